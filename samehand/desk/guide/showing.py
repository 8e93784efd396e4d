"""A version as its editors see it before customers do."""

from __future__ import annotations

from samehand.guide import facts
from samehand.guide.models import Revision
from samehand.guide.rendering import Rendered, page


def preview_of(revision: Revision) -> Rendered:
    """The whole article, each part for some readers under its label."""
    return page(revision, scope=None, facts=facts.values(revision.language))
