"""Pictures come into the guide, and go when no article needs them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.core.articles import KEY
from samehand.guide.access import needs, reviews, writes
from samehand.guide.actions.writing import BadKey
from samehand.guide.models import Picture, Revision
from samehand.guide.rendering import article_of
from samehand.lib import blobs
from samehand.people.models import Staff


class PictureInUse(Exception):
    """Articles that are published or written show it; `keys` are their problems."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


@transaction.atomic
def put_picture(*, by: Staff | None, name: str, data: bytes, now: datetime) -> Picture:
    """Articles may show the picture by this name; one of the same name is replaced. `by` None: the house, from a file.

    What customers see is replaced by who may publish. Raises guide.pictures.NoPicture, BadKey, NotAllowed.
    """
    needs(by is None or reviews(by) or (writes(by) and not _showing(name, Revision.State.PUBLISHED)))
    if not KEY.fullmatch(name):
        raise BadKey
    from samehand.guide.drawing import drawn

    made = drawn(data)
    kept = {
        "blob": blobs.put(made.data), "content_type": made.content_type, "width": made.width, "height": made.height,
        "uploaded_by": by, "uploaded_at": now,
    }  # fmt: skip
    picture, _new = Picture.objects.update_or_create(name=name, defaults=kept)
    return picture


@transaction.atomic
def remove_picture(*, by: Staff, name: str) -> None:
    """The picture goes; its bytes stay until they are erased for good. Raises PictureInUse."""
    needs(writes(by))
    if keys := _showing(name, Revision.State.PUBLISHED, *Revision.OPEN):
        raise PictureInUse(keys)
    Picture.objects.filter(name=name).delete()


def _showing(name: str, *states: str) -> list[str]:
    """The problems of which a version in one of these states shows the picture."""
    rows = Revision.objects.filter(state__in=states, body__contains=f"picture:{name}").values_list(
        "problem__key", "body"
    )
    link = ("picture", name)
    return sorted({key for key, body in rows if link in {(one.kind, one.key) for one in article_of(body).links}})
