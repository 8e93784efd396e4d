from django.urls import path

from samehand.desk.guide.trees import views

app_name = "desk_guide_trees"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new", views.new, name="new"),
    path("<int:tree_id>", views.edit, name="edit"),
    path("<int:tree_id>/publish", views.publish, name="publish"),
]
