"""Whether a form came from a page of ours, without a cookie: pages that everybody gets alike carry no token."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_ours(request: HttpRequest) -> bool:
    """By what browsers say themselves and no page can make them say otherwise. Without a word (a browser of long ago,
    a script) it is no other site that sends: such browsers name the origin of what other sites send."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "")
    if not origin:
        return True
    return urlsplit(origin).netloc.lower() in {request.get_host().lower(), urlsplit(settings.URL).netloc.lower()}
