"""Searches that failed, as work: a word taught to the search, an article written, or put aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samehand.core.search.synonyms import LONGEST_PHRASE, BadSynonyms
from samehand.desk.guide.finding import known_language
from samehand.desk.guide.forms import SynonymForm
from samehand.desk.guide.frame import VIEW, tabs
from samehand.desk.office.acting import me
from samehand.guide import facts, searching
from samehand.guide.models import Synonym
from samehand.guide.rendering import address, words
from samehand.guide.searching import Failed
from samehand.lib.clock import now
from samehand.people.access import needs_staff
from samehand.people.models import Language

LOOKS_BACK = timedelta(days=30)
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A failed search; `address`: what customers are shown for it now."""

    gap: Failed
    address: str


@needs_staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    rows = [Row(gap, _address(gap)) for gap in searching.gaps(now() - LOOKS_BACK)]
    return render(request, "guide_desk/gaps.html", {"view": VIEW, "tabs": tabs(me(request), "gaps"), "rows": rows})


@needs_staff
@require_POST
def put_aside(request: HttpRequest) -> HttpResponse:
    folded = request.POST.get("folded", "").replace("\x00", "").strip()
    language = known_language(request.POST.get("language", ""))
    if folded:
        searching.put_aside(folded=folded, language=language, by=me(request), now=now())
        messages.success(request, _("Put aside. It comes back when it fails again."))
    return redirect("desk_guide:gaps")


@needs_staff
@require_http_methods(["GET", "HEAD", "POST"])
def synonyms(request: HttpRequest) -> HttpResponse:
    form = SynonymForm(request.POST) if request.method == "POST" else SynonymForm(initial=_wished(request))
    if form.is_bound and form.is_valid():
        try:
            taught = searching.add_synonym(**form.rule(), by=me(request), now=now())
        except BadSynonyms:
            form.add_error(None, _bad())
        else:
            messages.success(request, _finds_now(taught))
            return redirect("desk_guide:synonyms")
    context = {
        "view": VIEW,
        "tabs": tabs(me(request), "synonyms"),
        "form": form,
        "synonyms": Synonym.objects.select_related("added_by"),
    }
    return render(request, "guide_desk/synonyms.html", context, status=422 if form.errors else 200)


@needs_staff
@require_POST
def drop_synonym(request: HttpRequest, synonym_id: int) -> HttpResponse:
    searching.remove_synonym(synonym_id=synonym_id, by=me(request))
    messages.success(request, _("The search has forgotten it."))
    return redirect("desk_guide:synonyms")


def _address(gap: Failed) -> str:
    found = address("search", gap.language)
    return f"{found}?{urlencode({'q': gap.query})}" if found else ""


def _wished(request: HttpRequest) -> dict[str, str]:
    language = request.GET.get("language", "")
    words = request.GET.get("words", "").replace("\x00", "")[:80]
    return {"words": words, "language": language if language in Language.values else get_language() or "pl"}


def _finds_now(taught: Synonym) -> str:
    """What came of it, so that who teaches sees whether it helps."""
    said = taught.words[0]
    hits = searching.search(said, taught.language, limit=SHOWN).hits
    if not hits:
        return _("The search knows it, but no article says what it means: “%(said)s” finds nothing.") % {"said": said}
    known = facts.values(taught.language, now())
    found = " · ".join(words(hit.title, known) for hit in hits)
    return _("The search knows it from now on. “%(said)s” finds: %(found)s") % {"said": said, "found": found}


def _bad() -> str:
    return _("Say at least one word on both sides, and no phrase of more than %(count)d words.") % {
        "count": LONGEST_PHRASE
    }
