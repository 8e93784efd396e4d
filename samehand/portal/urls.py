from django.urls import path, re_path

from samehand.portal import views

TRIED = r"^s/(?P<token>[^/]+)/tried/(?P<message_id>[0-9]{1,18})/(?P<said>helped|failed)$"
app_name = "portal"
urlpatterns = [
    path("s/<token>", views.page, name="page"),
    path("s/<token>/wait", views.wait, name="wait"),
    path("s/<token>/no-wait", views.wait_no_more, name="wait_no_more"),
    path("s/<token>/guide", views.guide, name="guide"),
    re_path(TRIED, views.tried, name="tried"),
    path("s/<token>/file/<int:message_id>/<int:part>", views.attachment, name="attachment"),
]
