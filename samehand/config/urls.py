"""Every address of the house."""

from django.urls import include, path
from django.views.defaults import page_not_found

from samehand.config import health
from samehand.portal.guide import urls as guide
from samehand.portal.setup import urls as setup
from samehand.portal.solver import urls as solver

handler403 = "samehand.lib.errors.forbidden"
handler500 = "samehand.lib.errors.broken"
# One name space. The guide comes last: every other word after /pl/pomoc/ is one of its shelves.
GUIDE = [*setup.urlpatterns, *solver.urlpatterns, *guide.urlpatterns]
urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("", include("samehand.desk.urls")),
    path("", include("samehand.portal.urls")),
    path("", include((GUIDE, "guide"))),
    path("", include("samehand.channels.mail.urls")),
    path("desk/staffing/", include("samehand.desk.staffing.urls")),
    path("desk/solutions/", include("samehand.desk.solutions.urls")),
    path("desk/board/", include("samehand.desk.board.urls")),
    path("desk/guide/trees/", include("samehand.desk.guide.trees.urls")),
    path("desk/guide/", include("samehand.desk.guide.urls")),
    path("desk/office/", include("samehand.desk.office.urls")),
    # allauth would let people change the address they sign in with; here an administrator does.
    path("account/email/", page_not_found, {"exception": None}),
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
