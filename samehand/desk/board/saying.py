"""What the board says in words: a sentence above each picture, and the same for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samehand.cases.figures import Flow, Hands, Wait
from samehand.core.days import Day

CHANNELS = {"mail": gettext_lazy("Mail"), "web": gettext_lazy("Customer's page"), "desk": gettext_lazy("Desk")}


def channel(name: str) -> str:
    return str(CHANNELS.get(name, name))


def percent(share: float | None) -> str:
    """ "96.4%"; all and nothing without a decimal, and never rounded up to all."""
    if share is None:
        return "–"
    hundredths = 100 * share
    if 99.9 < hundredths < 100:
        hundredths = 99.9
    return f"{number_format(hundredths, 0 if hundredths in (0, 100) else 1)}%"


def hours_span(hour: int) -> str:
    return f"{hour}:00–{hour + 1}:00"


def flow(flow: Flow, now: datetime, day: Day) -> str:
    """How much came until now, against the usual until the same minute."""
    local = now.astimezone(day.zone)
    came = int(sum(flow.asked))
    said = ngettext("%(n)d message came today", "%(n)d messages came today", came) % {"n": came}
    if not flow.usual:
        return _("%(said)s; what is usual will show after a week.") % {"said": said}
    usual = sum(flow.usual[: local.hour]) + flow.usual[local.hour] * local.minute / 60
    if usual < 1:
        return f"{said}."
    more = came / usual - 1
    if more >= 1:
        times = number_format(came / usual, 1)
        return _("%(said)s, %(times)s times the usual by now.") % {"said": said, "times": times}
    if abs(more) < 0.1:
        return _("%(said)s, as many as usual by now.") % {"said": said}
    words = (
        _("%(said)s, %(share)s more than usual by now.")
        if more > 0
        else _("%(said)s, %(share)s fewer than usual by now.")
    )
    return words % {"said": said, "share": f"{number_format(abs(more) * 100, 0)}%"}


def waits(rows: Sequence[Wait], promise: int) -> str:
    if not rows:
        return _("Nobody has been answered today yet.")
    worst = max(rows, key=lambda row: row.ninetieth)
    if worst.ninetieth <= promise:
        return _("In every hour nine of ten customers had a human word within %(n)s minutes.") % {
            "n": number_format(max(worst.ninetieth, 1), 0)
        }
    return _("Slowest between %(span)s: one of ten waited more than %(n)s minutes.") % {
        "span": hours_span(worst.hour),
        "n": number_format(worst.ninetieth, 0),
    }


def hands(today: Hands, week: Hands) -> list[dict[str, Any]]:
    """The three shares with what they mean, today and this week."""
    return [
        _hand(_("the same person again"), today.first_share, today.followups, week.first_share, week.followups),
        _hand(_("one of the first two"), today.pair_share, today.followups, week.pair_share, week.followups),
        _hand(
            _("somebody known, in a new matter"), today.known_share, today.returning, week.known_share, week.returning
        ),
    ]


def _hand(name: str, today: float | None, of: int, week: float | None, of_week: int) -> dict[str, Any]:
    return {
        "name": name,
        "today": percent(today),
        "week": percent(week),
        "width": round(100 * (today or 0), 1),
        "mark": None if week is None else round(100 * week, 1),
        "of": of,
        "of_week": of_week,
    }


def forecast(told: dict[str, Any], now: datetime, day: Day) -> dict[str, str]:
    """The sentence, and what helps; both empty when there is nothing to say."""
    status = told.get("status", "none")
    if status != "told":
        return {"head": _refusal(status, told), "help": ""}
    worst, broken = told["worst"], round(told["worst_broken"])
    if round(told["broken"]) < 1 or worst is None or broken < 1:
        return {"head": _("At this pace every promise of today is kept."), "help": ""}
    words = ngettext(
        "At this pace %(span)s breaks %(n)d promise.", "At this pace %(span)s breaks %(n)d promises.", broken
    )
    return {"head": words % {"span": hours_span(worst), "n": broken}, "help": _help(told, now, day)}


def _refusal(status: str, told: dict[str, Any]) -> str:
    if status == "closed":
        return _("The desk is closed for today: nothing more is promised.")
    if status == "early":
        return _("The forecast begins two hours before the desk opens.")
    if status == "short":
        return _(
            "There is no forecast yet: %(cases)d cases in %(weeks)s weeks say too little about what is usual. It needs "
            "two weeks and a hundred cases."
        ) % {"cases": told["cases"], "weeks": number_format(told["weeks"], 1)}
    return _("A forecast is made every five minutes while the desk is open.")


def _help(told: dict[str, Any], now: datetime, day: Day) -> str:
    remedy = told.get("remedy")
    if not remedy:
        return _("One or two more people would not change that.")
    saves = max(1, round(remedy["saves"]))
    since, span = remedy["since"], hours_span(told["worst"])
    words = {
        "one": _("Call one more, from %(since)s on"),
        "two": _("Call two more, from %(since)s on"),
        "breaks": _("Move the breaks of %(span)s behind it"),
        "earlier": _("Let those who come later begin an hour earlier"),
        "notice": _("A notice of what has happened, from %(since)s on"),
    }[remedy["kind"]] % {"since": since, "span": span}
    all_of_it = round(told["broken"])
    return ngettext(
        "%(words)s: that saves %(n)d of the %(all)d that the day would break.",
        "%(words)s: that saves %(n)d of the %(all)d that the day would break.",
        saves,
    ) % {"words": words, "n": min(saves, all_of_it), "all": all_of_it}


def hour_of_flow(hour: int, asked: int, said: int, usual: float | None) -> str:
    words = _("%(span)s: %(asked)d came, %(said)d answered") % {
        "span": hours_span(hour), "asked": asked, "said": said,
    }  # fmt: skip
    return words if usual is None else words + _(", usually %(usual)s come") % {"usual": number_format(usual, 1)}


def hour_of_waits(row: Wait) -> str:
    return _("%(span)s: half within %(median)s min, nine of ten within %(ninetieth)s min") % {
        "span": hours_span(row.hour),
        "median": number_format(row.median, 0),
        "ninetieth": number_format(row.ninetieth, 0),
    }


def hour_of_forecast(hour: dict[str, Any]) -> str:
    return _("%(span)s: %(broken)s broken (%(low)s to %(high)s), with one more %(one)s") % {
        "span": hours_span(hour["hour"]),
        **{
            key: number_format(hour[key], 1 if key in {"broken", "one"} else 0)
            for key in ("broken", "low", "high", "one")
        },
    }


def alt_flow(rows: Sequence[tuple[int, int, int, float | None]]) -> str:
    return _("Messages that came and were answered, by the hour; the table below says the same.")


def alt_waits(rows: Sequence[Wait]) -> str:
    return _("Minutes until the first human word, by the hour; the table below says the same.")


def alt_forecast(hours: Sequence[dict[str, Any]]) -> str:
    return _("Promises that will be broken, by the hour; the table below says the same.")
