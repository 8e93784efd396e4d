from django.urls import path

from samehand.desk.staffing import views

app_name = "staffing"
urlpatterns = [
    path("", views.page, name="page"),
    path("ask/<str:kind>", views.ask, name="ask"),
    path("piece/<str:kind>", views.piece, name="piece"),
    path("cancel/<int:reckoning_id>", views.cancel, name="cancel"),
]
