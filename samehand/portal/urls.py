from django.urls import path

from samehand.portal import views

app_name = "portal"
urlpatterns = [
    path("s/<token>", views.page, name="page"),
    path("s/<token>/file/<int:message_id>/<int:part>", views.attachment, name="attachment"),
]
