"""Every address of the house."""

from django.urls import include, path

from samehand.config import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("", include("samehand.desk.urls")),
    path("", include("samehand.portal.urls")),
    path("", include("samehand.channels.mail.urls")),
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
