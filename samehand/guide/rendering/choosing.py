"""Which parts of an article a reader is shown, and under which label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from samehand.core.articles import Piece
from samehand.core.scopes import Fit, label


def chosen(pieces: Iterable[Piece], scope: Set[str], language: str) -> Iterator[tuple[Piece, str]]:
    """The parts for this reader in order. A part that may or may not concern her says for whom it is."""
    for piece in pieces:
        fit = piece.scope.fit(scope) if piece.scope else Fit.YES
        if fit is not Fit.NO:
            yield piece, label(piece.scope, language) if piece.scope and fit is Fit.MAYBE else ""
