"""Who is at the desk: signs of life from the open pages, and what a consultant says of herself."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samehand.cases.actions import dispatching
from samehand.cases.models import Post
from samehand.lib.clock import now
from samehand.people.models import Staff


@require_POST
@login_required
def here(request: HttpRequest) -> HttpResponse:
    """An open page says that she is before it."""
    dispatching.here(staff_id=_me(request).pk, now=now())
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post(request: HttpRequest) -> HttpResponse:
    """What she does now; by POST she says it, and is led back to where she was."""
    if request.method != "POST":
        return render(request, "desk/post.html", {"back": request.GET.get("back", "")[:500]})
    wish = request.POST.get("wish", "")
    if wish not in Post.Wish.values:
        raise Http404
    if dispatching.hands_out():
        dispatching.say(staff_id=_me(request).pk, wish=wish, now=now())
    else:
        messages.error(request, _("Mails are not handed out one at a time any more."))
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "desk:queue")


def _me(request: HttpRequest) -> Staff:
    return cast(Staff, request.user)
