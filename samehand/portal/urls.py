from django.urls import path

from samehand.portal import views

app_name = "portal"
urlpatterns = [
    path("s/<token>", views.page, name="page"),
    path("s/<token>/wait", views.wait, name="wait"),
    path("s/<token>/no-wait", views.wait_no_more, name="wait_no_more"),
    path("s/<token>/guide", views.guide, name="guide"),
    path("s/<token>/file/<int:message_id>/<int:part>", views.attachment, name="attachment"),
]
