from django.urls import path

from samehand.desk.guide import arranging, hearing, lists, pictures, problem, reviewing, searches, writing

app_name = "desk_guide"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("new", writing.new, name="new"),
    path("mine", lists.mine, name="mine"),
    path("review", reviewing.listing, name="reviews"),
    path("version/<int:revision_id>", reviewing.difference, name="difference"),
    path("version/<int:revision_id>/review", reviewing.review, name="review"),
    path("version/<int:revision_id>/restore", reviewing.restore, name="restore"),
    path("searches", searches.listing, name="gaps"),
    path("searches/aside", searches.put_aside, name="gap"),
    path("synonyms", searches.synonyms, name="synonyms"),
    path("synonyms/<int:synonym_id>/drop", searches.drop_synonym, name="synonym_drop"),
    path("pictures", pictures.listing, name="pictures"),
    path("pictures/<slug:name>/remove", pictures.remove, name="picture_remove"),
    path("votes", hearing.listing, name="votes"),
    path("votes/<int:vote_id>", hearing.see_to, name="vote"),
    path("categories", arranging.categories, name="categories"),
    path("categories/<slug:key>", arranging.category, name="category"),
    path("facts", arranging.facts, name="facts"),
    path("problem/<slug:key>", problem.show, name="problem"),
    path("problem/<slug:key>/looked", problem.looked, name="looked"),
    path("problem/<slug:key>/keep", problem.keep, name="keep"),
    path("problem/<slug:key>/withdraw", problem.withdraw, name="withdraw"),
    path("problem/<slug:key>/<str:language>/start", writing.start, name="start"),
    path("problem/<slug:key>/<str:language>/write", writing.write, name="write"),
    path("problem/<slug:key>/<str:language>/preview", writing.preview, name="preview"),
    path("problem/<slug:key>/<str:language>/confirm", problem.confirm, name="confirm"),
]
