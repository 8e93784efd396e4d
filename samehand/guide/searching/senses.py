"""What each sense has in each article, found out when either is laid out and not while somebody waits."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from samehand.guide.models import Document
from samehand.lib.sql import named


def lay(documents: Sequence[int]) -> None:
    """Lay out what the senses have in these documents, of which nothing is laid out; the transaction holds the
    shelf."""
    if documents:
        with connection.cursor() as cursor:
            cursor.execute(named("samehand.guide", "lay_senses"), {"documents": list(documents)})


def lay_all(shelf: str) -> None:
    """The shelf's senses are new: lay them out in all its documents."""
    lay(list(Document.objects.filter(shelf=shelf).values_list("pk", flat=True)))
