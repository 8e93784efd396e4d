"""Whether a translation has fallen behind in something that matters."""

from __future__ import annotations

from collections.abc import Mapping

from samehand.core.staleness import Standing, Version, standing
from samehand.guide.models import Revision
from samehand.portal.guide.lists import Entry, entries

ONCE_PUBLISHED = (Revision.State.PUBLISHED, Revision.State.SUPERSEDED)


def behind(found: Revision, versions: Mapping[str, Revision]) -> Entry | None:
    """The version in the source language, when it has changed since in what was wrong or dangerous before."""
    source = versions.get(found.problem.source_language)
    if source is None or source.pk == found.pk:
        return None
    told = source.problem.revisions.filter(language=source.language, state__in=ONCE_PUBLISHED, number__gt=1)
    since = [Version(number, weight) for number, weight in told.values_list("number", "significance")]
    follows = found.based_on.number if found.based_on else None
    return entries([source], "related")[0] if standing(follows, since) is Standing.OUT_OF_DATE else None
