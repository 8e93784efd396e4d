"""Whether a translation has fallen behind in something that matters."""

from __future__ import annotations

from collections.abc import Mapping

from samehand.core.staleness import Standing
from samehand.guide import queries
from samehand.guide.models import Revision
from samehand.portal.guide.lists import Entry, entries


def behind(found: Revision, versions: Mapping[str, Revision]) -> Entry | None:
    """The version in the source language, when it has changed since in what was wrong or dangerous before."""
    source = versions.get(found.problem.source_language)
    if source is None or source.pk == found.pk:
        return None
    standings = {one.language: one.standing for one in queries.translations(found.problem)}
    return entries([source], "related")[0] if standings[found.language] is Standing.OUT_OF_DATE else None
