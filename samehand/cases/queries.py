"""Reading cases: queues in the order of their promises, a customer's whole history, search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case as Choice
from django.db.models import Count, Exists, F, Func, Max, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Left

from samehand.cases.access import visible_to
from samehand.cases.keys import signer
from samehand.cases.models import Case, MachineMail, Message, RawArrival
from samehand.core import promises
from samehand.core.days import Day
from samehand.people.models import ContactPoint, Staff
from samehand.people.queries import service_hours, terms

PAGE = 50
# How many letters of a message the pages show; the rest is in its original.
SHOWN = 60_000


def by_promise(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The next promise first; cases that owe nothing after those that do."""
    return cases.select_related("customer", "owner").order_by(F("due_at").asc(nulls_last=True), "id")


def my_queue(user: Staff, now: datetime) -> QuerySet[Case]:
    return by_promise(visible_to(user).filter(owner=user, status=Case.Status.OPEN))


def my_waiting(user: Staff) -> QuerySet[Case]:
    """Mine, answered: the customer's turn."""
    return visible_to(user).filter(owner=user, status=Case.Status.WAITING).order_by("-touched_at", "-id")


def team_queue(now: datetime) -> QuerySet[Case]:
    return by_promise(Case.objects.filter(status=Case.Status.OPEN, due_at__isnull=False))


def unassigned(now: datetime) -> QuerySet[Case]:
    return by_promise(Case.objects.filter(status=Case.Status.OPEN, owner__isnull=True))


def recent(user: Any, status: str = "") -> QuerySet[Case]:
    cases = visible_to(user).order_by("-touched_at", "-id")
    return cases.filter(status=status) if status else cases.filter(merged_into=None)


def with_promise(cases: QuerySet[Case], promise: str, now: datetime) -> QuerySet[Case]:
    """Those whose promise is "broken" and waits, is "at_risk", or those in which one of today was "missed"."""
    row = service_hours()
    if promise == "broken":
        return cases.filter(status=Case.Status.OPEN, due_at__lt=now)
    if promise == "at_risk":
        return cases.filter(status=Case.Status.OPEN, due_at__gte=now, due_at__lte=now + terms(row).risk)
    today = Day.of(now, ZoneInfo(row.zone))
    late = Q(answered_at__gt=F("due_at")) | Q(answered_at=None, waived_at=None, due_at__lt=now)
    plain = Message.objects.filter(late, due_before_choice=None, waits_for=None)
    return cases.filter(pk__in=plain.filter(due_at__gte=today.starts, due_at__lt=today.ends).values("case"))


def before(cases: QuerySet[Case], touched_at: datetime, case_id: int) -> QuerySet[Case]:
    """The rest of a list ordered by `recent`, behind the given row: a page costs the same however deep it lies."""
    return cases.filter(Q(touched_at__lt=touched_at) | Q(touched_at=touched_at, id__lt=case_id))


def counts(user: Staff, now: datetime) -> dict[str, int]:
    """What the desk's tabs show: mine, the team's, nobody's yet, and the broken and endangered among them."""
    waiting = Case.objects.filter(status=Case.Status.OPEN, due_at__isnull=False)
    return waiting.aggregate(
        mine=Count("id", filter=Q(owner=user)),
        team=Count("id"),
        unassigned=Count("id", filter=Q(owner=None)),
        broken=Count("id", filter=Q(due_at__lt=now)),
    )


def holding() -> dict[int, int]:
    """How many cases that wait for an answer each consultant holds."""
    held = Case.objects.filter(status=Case.Status.OPEN, due_at__isnull=False, owner__isnull=False)
    return dict(held.values_list("owner").annotate(n=Count("id")).order_by())


def history(case: Case, latest: int | None = None) -> list[Message]:
    """The messages of all the customer's cases, or the latest of them, ready to show: oldest first, but what belongs
    to this case stands last, right above the place to answer."""
    here = Choice(When(case=case, then=1), default=0)
    messages = ready_to_show(_of_customer(case)).order_by(here.desc(), "-at", "-id")
    return list(messages[:latest])[::-1]


def length_of_history(case: Case) -> int:
    return _of_customer(case).count()


def served_by(case: Case) -> QuerySet[Staff]:
    """Who has answered this customer, the latest first."""
    answers = Q(messages__case__customer_id=case.customer_id, messages__direction=Message.Direction.OUT)
    return Staff.objects.filter(answers).annotate(last=Max("messages__at")).order_by("-last", "-pk")


def _of_customer(case: Case) -> QuerySet[Message]:
    return Message.objects.filter(case__customer_id=case.customer_id)


def ready_to_show(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Without their texts, which may be megabytes. Instead `shown` holds the writer's own words and `folded` the whole
    text when it says more; a text longer than `SHOWN` comes with one letter too many."""
    own_words = Q(reply_text__regex=r"\S")
    says_more = own_words & ~Q(bare_text=F("bare_reply"))
    return (
        messages.select_related("case", "author", "delivery")
        .prefetch_related("attachments")
        .defer("text", "reply_text")
        .alias(bare_text=_bare("text"), bare_reply=_bare("reply_text"))
        .annotate(
            shown=Choice(When(own_words, then=_start("reply_text")), default=_start("text")),
            folded=Choice(When(says_more, then=_start("text")), default=Value("")),
        )
    )


def _bare(field: str) -> Func:
    return Func(F(field), Value(" \t\r\n\f\v\xa0"), function="BTRIM", output_field=TextField())


def _start(field: str) -> Left:
    return Left(field, SHOWN + 1)


def conversation(case: Case) -> list[Message]:
    """The case as its customer may see it: what was written to and fro, no notes."""
    messages = case.messages.exclude(direction=Message.Direction.NOTE).exclude(delivery__state="cancelled")
    return list(messages.select_related("author", "delivery").prefetch_related("attachments").order_by("at", "id"))


def search(user: Any, text: str, limit: int = PAGE) -> list[Case]:
    """Cases by reference, customer's name or address, or subject; any part of it, in any letter case."""
    text = " ".join(text.replace("\0", " ").split())[:200]
    if not text:
        return []
    by_address = ContactPoint.objects.filter(value__icontains=text).values("customer_id")
    # One index scan for each way: with OR across tables PostgreSQL would read every case.
    ways = (
        Q(reference=text.upper()),
        Q(merged__reference=text.upper()),
        Q(customer__in=by_address),
        Q(customer__name__icontains=text),
        Q(subject__icontains=text),
    )
    found = {case.pk: case for way in ways for case in recent(user).filter(way)[:limit]}
    return sorted(found.values(), key=lambda case: (case.touched_at, case.pk), reverse=True)[:limit]


def promise_of(message: Message, now: datetime, terms: promises.Terms) -> str:
    """ "none", "open", "at_risk", "kept", "broken" or "waived"."""
    return promises.state(message.due_at, message.answered_at, message.waived_at, now, terms.risk)


def unanswered(case: Case) -> QuerySet[Message]:
    return case.messages.filter(due_at__isnull=False, answered_at__isnull=True, waived_at__isnull=True)


def address_of(case: Case) -> str:
    """Where answers of the case go: the address the customer himself last wrote from in it, else his first one; one
    from which mail comes back only when he has no other."""
    own = Exists(ContactPoint.objects.filter(customer=OuterRef("case__customer"), value=OuterRef("from_address")))
    written = case.messages.filter(own, direction=Message.Direction.IN).order_by("-id")
    address = written.values_list("from_address", flat=True).first() or ""
    points = list(case.customer.contact_points.order_by("id"))
    alive = [point.value for point in points if not point.undeliverable_since]
    if address in alive or (address and not alive):
        return address
    return next(iter(alive), "") or next((point.value for point in points), "")


def unreached(case: Case, address: str) -> ContactPoint | None:
    """The customer's address from which mail comes back: the one the next answer would go to, else the one that it
    would have gone to."""
    dead = case.customer.contact_points.filter(undeliverable_since__isnull=False).order_by("-undeliverable_since")
    return next((point for point in dead if point.value == address), None) or dead.first()


def trust_of(cases: Sequence[Case]) -> dict[int, str]:
    """How sure it is who wrote the last mail of each case; robots and others than the customer do not count."""
    came = Message.objects.filter(
        case__in=cases, direction=Message.Direction.IN, third_party=False, auto_submitted=False
    )
    last = came.order_by("case", "-at", "-id").distinct("case")
    return dict(last.values_list("case_id", "trust")) if cases else {}


def page_url(case: Case) -> str:
    """The customer's page of the case: whoever has the link may read it."""
    return f"{settings.URL}/s/{signer().page_token(case.reference, case.page_turn)}"


def reply_address(case: Case, ours: str = "") -> str:
    return signer().reply_address(ours or settings.ADDRESS, case.reference)


def put_aside() -> QuerySet[RawArrival]:
    return RawArrival.objects.filter(state=RawArrival.State.ASIDE).order_by("-id")


def waiting_to_be_filed(limit: int) -> int:
    """How many arrivals wait, counted up to `limit`."""
    return RawArrival.objects.filter(state=RawArrival.State.WAITING).order_by("id")[:limit].count()


def blobs_in_use(keys: Sequence[str]) -> set[str]:
    """Which of the kept bytes an arrival or a message refers to. No index serves this: erasing is rare."""
    arrivals = RawArrival.objects.filter(blob__in=keys).values_list("blob", flat=True)
    messages = Message.objects.filter(blob__in=keys).values_list("blob", flat=True)
    return {*arrivals, *messages}


def machine_mail(text: str = "") -> QuerySet[MachineMail]:
    """What machines wrote without a case, the latest first; with `text`, where it stands in subject or sender."""
    mails = MachineMail.objects.order_by("-received_at", "-id")
    text = " ".join(text.replace("\0", " ").split())[:200]
    return mails.filter(Q(subject__icontains=text) | Q(from_address__icontains=text)) if text else mails


def machine_mail_behind(mails: QuerySet[MachineMail], received_at: datetime, mail_id: int) -> QuerySet[MachineMail]:
    """The rest of the list: a page costs the same however deep it lies."""
    return mails.filter(received_at__lte=received_at).exclude(received_at=received_at, id__gte=mail_id)
