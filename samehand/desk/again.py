"""An answer that does not go out once more, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from samehand.cases.actions.offering.sending import Met
from samehand.lib.spoken import day


def again_words(met: Iterable[Met], moment: datetime) -> str:
    """What it offers that did not help before."""
    said = _("This is “%(title)s” again, which did not help on %(day)s.")
    return " ".join(said % {"title": one.title, "day": day(one.offer.offered_at, moment)} for one in met)
