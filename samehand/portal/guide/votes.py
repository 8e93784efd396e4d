"""Did this help? A word for each reader and version, without knowing who she is."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samehand.guide.actions.voting import vote as keep
from samehand.guide.models import Revision, Vote, VoteReason
from samehand.guide.queries import published
from samehand.lib.clock import now
from samehand.lib.languages import in_language
from samehand.lib.limits import limited
from samehand.lib.origins import is_ours
from samehand.lib.publishing import private
from samehand.portal.guide import addresses
from samehand.portal.guide.coming import coming_of
from samehand.portal.guide.slowing import VOTES, too_often

COOKIE = "samehand_vote"
SECONDS = 365 * 24 * 3600
MARK = re.compile(r"[A-Za-z0-9_-]{32}")
# "1 of 1 says that it helped" is a joke; from ten voices on it says something.
ENOUGH = 10


class VoteForm(forms.Form):
    helped = forms.ChoiceField(choices=(("yes", "yes"), ("no", "no")))
    reason = forms.ChoiceField(
        choices=VoteReason.choices, required=False, widget=forms.RadioSelect, label=gettext_lazy("What was missing?")
    )
    comment = forms.CharField(
        max_length=600,
        required=False,
        label=gettext_lazy("Tell us more, if you like"),
        help_text=gettext_lazy("Nobody answers here. Write no number and no name; if you need help, write to us."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class Voting:
    """How the question stands for this reader: `mine` is what she said, `yes` is shown from ten voices on."""

    form: VoteForm
    mine: Vote | None
    yes: int


def voting(request: HttpRequest, revision: Revision) -> Voting:
    mark = request.COOKIES.get(COOKIE, "")
    mine = Vote.objects.filter(reader=_hashed(mark), revision=revision).first() if MARK.fullmatch(mark) else None
    said = {"reason": mine.reason, "comment": mine.comment} if mine else {}
    yes = Vote.objects.filter(revision=revision, helped=True).count()
    return Voting(VoteForm(initial=said), mine, yes if yes >= ENOUGH else 0)


@csrf_exempt
@require_POST
@in_language
@limited(VOTES, too_often)
def vote(request: HttpRequest, language: str, revision_id: int) -> HttpResponse:
    if not is_ours(request):
        return HttpResponseForbidden()
    revision = get_object_or_404(published(language), pk=revision_id)
    mark = request.COOKIES.get(COOKIE, "")
    mark = mark if MARK.fullmatch(mark) else secrets.token_urlsafe(24)
    response = private(redirect(f"{addresses.of_article(revision, **_way(request))}#helped"))
    if (said := VoteForm(request.POST)).is_valid():
        came = coming_of(request.POST)
        keep(
            reader=_hashed(mark), revision=revision, helped=said.cleaned_data["helped"] == "yes",
            reason=said.cleaned_data["reason"], comment=said.cleaned_data["comment"], came=came.came,
            query=came.query, now=now(),
        )  # fmt: skip
        _remember(response, mark)
    return response


def _way(request: HttpRequest) -> dict[str, str]:
    came = coming_of(request.POST)
    return {"from": came.came, "q": came.query} if "from" in request.POST else {}


def _remember(response: HttpResponse, mark: str) -> None:
    response.set_cookie(COOKIE, mark, max_age=SECONDS, secure=settings.SECURE, httponly=True, samesite="Lax")


def _hashed(mark: str) -> str:
    """What is stored: nobody who reads the table can vote in a reader's place."""
    return sha256(b"samehand vote" + mark.encode()).hexdigest()
