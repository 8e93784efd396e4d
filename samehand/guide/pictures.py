"""Pictures of articles: what is kept of them, and why one is not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samehand.guide.models import Picture

LARGEST = 5_000_000
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


class NoPicture(Exception):
    """What was given is no picture that is taken; `kind`: too-large, too-many-pixels, unknown or broken."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Drawn:
    data: bytes
    content_type: str
    width: int
    height: int


def blobs_in_use(keys: Sequence[str]) -> set[str]:
    """Which of the kept bytes are pictures of the guide."""
    return set(Picture.objects.filter(blob__in=keys).values_list("blob", flat=True))
