from django.urls import path

from samehand.desk.board import views

app_name = "board"
urlpatterns = [
    path("", views.show, name="show"),
    path("parts", views.parts, name="parts"),
    path("forecast", views.again, name="again"),
]
