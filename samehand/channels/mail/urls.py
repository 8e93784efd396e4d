from django.urls import path

from samehand.channels.mail import addresses, office, sent
from samehand.channels.mail.boxes import proof
from samehand.channels.mail.oauth import pages

app_name = "mail"
urlpatterns = [
    path("desk/office/mail", proof.page, name="proof"),
    path("desk/office/mail/check", proof.check_now, name="check_now"),
    path("desk/office/addresses", addresses.listing, name="addresses"),
    path("desk/office/addresses/add", addresses.add, name="address_add"),
    path("desk/office/addresses/check/<str:domain>", addresses.domain, name="domain"),
    path("desk/office/addresses/<int:address_id>", addresses.edit, name="address_edit"),
    path("desk/office/addresses/<int:address_id>/remove", addresses.remove, name="address_remove"),
    path("desk/office/mailboxes", office.listing, name="mailboxes"),
    path("desk/office/mailboxes/add", office.add, name="mailbox_add"),
    path("desk/office/mailboxes/<int:mailbox_id>", office.edit, name="mailbox_edit"),
    path("desk/office/mailboxes/<int:mailbox_id>/remove", office.remove, name="mailbox_remove"),
    path("desk/office/mailboxes/<int:mailbox_id>/history/<str:word>", office.history, name="mailbox_history"),
    path("desk/office/mailboxes/signed-in", pages.finish, name="signed_in"),
    path("desk/office/mailboxes/<int:mailbox_id>/sign-in/<str:provider>", pages.begin, name="sign_in"),
    path("sent", sent.listing, name="sent"),
    path("sent/<str:name>", sent.one, name="sent_one"),
    path("sent/<str:name>/raw", sent.raw, name="sent_raw"),
]
