from django.urls import path

from samehand.desk.solutions import reports

app_name = "solutions"
urlpatterns = [
    path("", reports.page, name="page"),
    path("solutions.csv", reports.file, name="file"),
]
