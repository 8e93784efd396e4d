"""An answer about ill people or an outage, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samehand.desk.models import Reckoning
from samehand.desk.staffing.words import by_chance, clock, estimate, number, shortly, weekday

Values = Mapping[str, Any]


def bad_day(reckoning: Reckoning) -> dict[str, Any]:
    """An answer about illness or an outage: a sentence, and a table of the day as usual, then, and with each notice."""
    found, inputs = reckoning.answer or {}, reckoning.inputs
    names = {"usual": _("as usual"), "then": _("then")}
    rows = [(names[name], found[name]) for name in ("usual", "then")]
    notices = {
        "banner": _("with a banner"),
        "answer": _("with a mass answer"),
    }
    rows += [(notices[name], found["notices"][name]) for name in notices if name in found.get("notices", {})]
    return {
        "reckoning": reckoning,
        "inputs": inputs,
        "day": weekday(inputs["weekday"]),
        "planned": number(found["planned"]["mean"]) if "planned" in found else "",
        "saved": _saved(found),
        "more": estimate(found["then"]["more_broken"]),
        "chance": by_chance(found["then"]["more_broken"]),
        "with_backlog": any(day["backlog"] for _name, day in rows),
        "at": clock(inputs.get("at", 0)),
        "factor": shortly(inputs.get("factor", 0)),
        "rows": [
            {
                "name": name,
                "messages": estimate(day["messages"]),
                "broken": estimate(day["broken"]),
                "waited": estimate(day["waited"], scale=1 / 60),
                "backlog": estimate(day["backlog"]),
            }
            for name, day in rows
        ],
    }


def _saved(found: Values) -> dict[str, dict[str, str]]:
    """How many promises each notice saves, and how many hours of waiting."""
    then = found["then"]
    return {
        name: {
            "promises": number(max(0.0, then["broken"]["mean"] - day["broken"]["mean"])),
            "hours": number(max(0.0, then["waited"]["mean"] - day["waited"]["mean"]) / 60),
        }
        for name, day in found.get("notices", {}).items()
    }
