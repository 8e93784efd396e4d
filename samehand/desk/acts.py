"""What a consultant does with a case. Each act changes by POST, calls one action and goes back to the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samehand.cases import actions, queries
from samehand.cases.access import messages_visible_to, visible_to
from samehand.cases.models import Case, Delivery, Message
from samehand.desk.again import again_words
from samehand.desk.cases import of_case
from samehand.desk.forms import HandOverForm, NoteForm, ReplyForm
from samehand.desk.numbers import number
from samehand.desk.showing import entries
from samehand.desk.solutions.views import inserted_in
from samehand.lib.clock import now
from samehand.people.queries import terms

Act = Callable[..., HttpResponse]


def act(function: Callable[[HttpRequest, Case], HttpResponse]) -> Act:
    """A view that needs a signed-in colleague, a POST and a case she may see."""

    @wraps(function)
    def guarded(request: HttpRequest, reference: str) -> HttpResponse:
        case = get_object_or_404(visible_to(request.user), reference=reference.upper())
        # Who had to sign in first, or changed the language, comes back by GET: to the case, where the draft waits.
        if request.method != "POST":
            return _back(case)
        try:
            return function(request, case)
        except actions.Joined:
            return _joined_meanwhile(request, case)

    return login_required(guarded)


@act
def reply(request: HttpRequest, case: Case) -> HttpResponse:
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, case, form, trouble=_first_error(form))
    try:
        sent = actions.reply(
            case_id=case.pk,
            author_id=_me(request),
            text=form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
            now=now(),
            solve=form.cleaned_data["solve"],
            files=form.to_send(),
            to=form.cleaned_data["to"],
            sender=form.cleaned_data["sender"],
            more_follows=form.cleaned_data["more_follows"],
            inserted=inserted_in(request),
            in_spite_of=form.cleaned_data["in_spite_of"],
        )
    except actions.AlreadyAnswered as meanwhile:
        newer = entries(_to_show(request, meanwhile.newer), terms(), now())
        return _refused(request, case, form, newer=newer, files_lost=bool(request.FILES))
    except actions.AlreadyFailed as failed:
        lost = bool(request.FILES)
        return _refused(request, case, form, failed_again=failed.met, inserted=inserted_in(request), files_lost=lost)
    except actions.NotARecipient:
        return _refused(request, case, form, trouble=_("Not sent: nobody in this case has that address."))
    except actions.NotOurAddress:
        return _refused(request, case, form, trouble=_("Not sent: that address is no longer ours. Choose another one."))
    except actions.NothingToSend:
        return _refused(request, case, form, trouble=_("Not sent: there is no text, or the customer has no address."))
    return _back(case, sent="reply", at=f"m-{sent.pk}")


@act
def note(request: HttpRequest, case: Case) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _refused(request, case, form, mode="note", trouble=_first_error(form))
    try:
        kept = actions.note(case_id=case.pk, author_id=_me(request), text=form.cleaned_data["text"], now=now())
    except actions.NothingToSend:
        return _refused(request, case, form, mode="note", trouble=_("Write something first."))
    return _back(case, sent="note", at=f"m-{kept.pk}")


@act
def solve(request: HttpRequest, case: Case) -> HttpResponse:
    try:
        actions.solve(case_id=case.pk, author_id=_me(request), seen=_seen(request), now=now())
    except actions.AlreadyAnswered:
        messages.error(request, _("Not closed: something new came meanwhile. Look at it first."))
        return _back(case)
    messages.success(request, _("The case is solved. A mail from the customer opens it again."))
    return _back(case)


@act
def reopen(request: HttpRequest, case: Case) -> HttpResponse:
    actions.reopen(case_id=case.pk, author_id=_me(request), now=now())
    return _back(case)


@act
def take(request: HttpRequest, case: Case) -> HttpResponse:
    actions.take(case_id=case.pk, author_id=_me(request), now=now())
    messages.success(request, _("The case is in your hands."))
    return _back(case)


@act
def hand_over(request: HttpRequest, case: Case) -> HttpResponse:
    form = HandOverForm(request.POST)
    try:
        if not form.is_valid():
            raise actions.NotOnTheDesk
        chosen = form.cleaned_data
        actions.hand_over(case_id=case.pk, author_id=_me(request), to_id=chosen["to"], word=chosen["word"], now=now())
    except actions.NotOnTheDesk:
        messages.error(request, _("Not handed over: choose a colleague who works here."))
        return _back(case)
    except actions.InOthersHands as others:
        words = _("Not handed over: %(name)s is answering it now. A team lead may give it to somebody else.")
        messages.error(request, words % {"name": others.holder.first_name})
        return _back(case)
    case.refresh_from_db(fields=["owner"])
    name = case.owner.first_name if case.owner else ""
    messages.success(request, _("%(name)s has the case now.") % {"name": name})
    return _back(case, sent="word")


@act
def vouch(request: HttpRequest, case: Case) -> HttpResponse:
    try:
        actions.vouch(case_id=case.pk, author_id=_me(request), reason=request.POST.get("reason", "")[:2_000], now=now())
    except actions.NoReason:
        messages.error(request, _("Say how you know that it is the customer."))
    except actions.NobodyToVouchFor:
        messages.error(request, _("Somebody has vouched for the writer already."))
    else:
        messages.success(request, _("The case belongs to the customer now. Your reason stands in it as a note."))
    return _back(case)


@act
def let_in(request: HttpRequest, case: Case) -> HttpResponse:
    address = request.POST.get("address", "")
    try:
        actions.let_in(case_id=case.pk, address=address, author_id=_me(request), now=now())
    except actions.NotInCopy:
        messages.error(request, _("Only who stands in a mail of this case can take part in it."))
    else:
        messages.success(request, _("%(address)s takes part: choose whom you answer.") % {"address": address})
    return _back(case)


@act
def let_out(request: HttpRequest, case: Case) -> HttpResponse:
    address = request.POST.get("address", "")
    actions.let_out(case_id=case.pk, address=address, author_id=_me(request), now=now())
    return _back(case)


@login_required
def send_again(request: HttpRequest, message_id: int) -> HttpResponse:
    message = get_object_or_404(messages_visible_to(request.user), pk=message_id)
    if request.method == "POST":
        try:
            actions.send_again(message_id=message.pk, author_id=_me(request), now=now())
        except actions.AlreadyFailed as failed:
            messages.error(request, again_words(failed.met, now()))
    return _back(message.case, at=f"m-{message.pk}")


@login_required
def cancel(request: HttpRequest, message_id: int) -> HttpResponse:
    message = get_object_or_404(messages_visible_to(request.user), pk=message_id)
    if request.method == "POST":
        try:
            actions.cancel(message_id=message.pk, author_id=_me(request), now=now())
        except (actions.LeftAlready, Delivery.DoesNotExist):
            messages.error(request, _("Too late: it has left already, or may have."))
    return _back(message.case, at=f"m-{message.pk}")


def _joined_meanwhile(request: HttpRequest, case: Case) -> HttpResponse:
    """What was written for a case that is part of another one now comes back there, unsent: look first."""
    into = get_object_or_404(visible_to(request.user), merged=case)
    why = _("Not done: this case was joined with another one meanwhile, which you see here. Look at it first.")
    typed = request.POST.get("text", "")
    if not typed.strip():
        messages.error(request, why)
        return _back(into)
    mode = "note" if request.path.endswith("/note") else "reply"
    context = of_case(request, into, mode=mode, typed=typed, trouble=why, files_lost=bool(request.FILES))
    return render(request, "desk/case.html", context, status=409)


def _me(request: HttpRequest) -> int:
    return cast(int, request.user.pk)


def _back(case: Case, *, sent: str = "", at: str = "") -> HttpResponse:
    """To the case; `sent` tells the page which draft has done its work."""
    query = f"?sent={sent}" if sent else ""
    return redirect(f"{reverse('desk:case', args=[case.reference])}{query}{'#' + at if at else ''}")


def _to_show(request: HttpRequest, newer: list[Message]) -> QuerySet[Message]:
    seen = messages_visible_to(request.user).filter(pk__in=[message.pk for message in newer])
    return queries.ready_to_show(seen).order_by("at", "id")


def _refused(request: HttpRequest, case: Case, form: Any, *, mode: str = "reply", **more: Any) -> HttpResponse:
    """The case again with what was typed; nothing that was written is ever lost."""
    typed, chosen = form.data.get("text", ""), form.data.get("to", "")
    context = of_case(
        request, case, mode=mode, typed=typed, chosen=chosen, solve_too=bool(form.data.get("solve")), **more
    )
    return render(request, "desk/case.html", context, status=409 if "newer" in more else 422)


def _first_error(form: Any) -> str:
    if form.errors.get("text") and not form.data.get("text", "").strip():
        return _("Write something first.")
    return str(next(iter(form.errors.values()))[0])


def _seen(request: HttpRequest) -> int:
    """The newest message before the reader's eyes; a page that does not say saw nothing."""
    return number(request.POST.get("seen")) or 0
