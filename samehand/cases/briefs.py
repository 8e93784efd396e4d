"""Reading a case's brief: what the rule says of it now, what somebody wrote instead, and what has come since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Case as Choice
from django.db.models import Q, QuerySet, When
from django.db.models.functions import Left

from samehand.cases.models import Brief, Case, Delivery, Message
from samehand.core import briefs
from samehand.core.briefs import Quote, Said
from samehand.core.briefs.sentences import LETTERS, sentences, shown
from samehand.core.masking import mask
from samehand.people.models import Staff
from samehand.people.queries import service_hours

# A case that is longer is told by what was said last.
MOST = 120
SINCE = 4
_WHO: dict[str, briefs.values.Who] = {
    Message.Direction.IN: "customer", Message.Direction.OUT: "us", Message.Direction.NOTE: "note"
}  # fmt: skip
# What the house notes by itself ("her desk fell silent") is no colleague's knowledge of the case.
_BY_THE_HOUSE = Q(direction=Message.Direction.NOTE, author=None)


@dataclass(frozen=True, slots=True)
class Told:
    """`rule` is what the messages say. `own` is what somebody wrote, `since` what came after it, and `gone` how many
    messages that it speaks of lie elsewhere now; `joined` was written for cases that are part of this one."""

    rule: briefs.Brief
    own: Brief | None
    since: tuple[Quote, ...]
    more_since: int
    gone: int
    joined: tuple[Brief, ...]
    seen: int

    @property
    def version(self) -> int:
        return self.own.version if self.own else 0

    @property
    def is_empty(self) -> bool:
        return self.rule.is_empty and not self.own and not self.joined


def told(case: Case, now: datetime) -> Told:
    """Every text of it may be the customer's: whoever shows it escapes it."""
    said = _said(case)
    kept = list(Brief.objects.filter(Q(case=case) | Q(case__merged_into=case)).select_related("author").order_by("at"))
    own = next((one for one in kept if one.case_id == case.pk), None)
    known = set(own.knows) if own else set()
    since = [one for pk, one in said if pk not in known] if own else []
    return Told(
        rule=briefs.brief([one for _pk, one in said], now=now, zone=ZoneInfo(service_hours().zone)),
        own=own,
        since=tuple(_quoted(one) for one in since[-SINCE:]),
        more_since=max(len(since) - SINCE, 0),
        gone=len(known) - case.messages.filter(pk__in=known).count() if known else 0,
        joined=tuple(one for one in kept if one.case_id != case.pk and one.in_use),
        seen=max((pk for pk, _one in said), default=0),
    )


def opens_by_itself(case: Case, reader: Staff) -> bool:
    """For whoever has not written in it, once there is more to know than the one mail before her eyes."""
    wrote = case.messages.filter(author=reader).exists()
    return not wrote and case.messages.filter(auto_submitted=False).exclude(_BY_THE_HOUSE)[:2].count() > 1


def known_at(case: Case, seen: int) -> list[int]:
    """The messages of which somebody speaks who has seen all up to this one."""
    return [pk for pk, _one in _said(case) if pk <= seen]


def _said(case: Case) -> list[tuple[int, Said]]:
    own_words = When(reply_text__regex=r"\S", then=Left("reply_text", LETTERS))
    rows = _speaking(case).annotate(words=Choice(own_words, default=Left("text", LETTERS)))
    columns = ("pk", "direction", "at", "words", "author__first_name")
    latest = rows.order_by("-at", "-id").values_list(*columns)[:MOST]
    return [(pk, Said(_WHO[who], at, mask(words), name or "")) for pk, who, at, words, name in reversed(latest)]


def _speaking(case: Case) -> QuerySet[Message]:
    """What the customer and we said: no robots, no strangers, nothing that the customer never got, no remark of the
    house's own."""
    said = case.messages.filter(auto_submitted=False, third_party=False).exclude(trust="forged").exclude(_BY_THE_HOUSE)
    return said.exclude(delivery__state__in=Delivery.NEVER_ARRIVED)


def _quoted(one: Said) -> Quote:
    return Quote(shown(sentences(one.text)[:2], 160), one.at, one.name)
