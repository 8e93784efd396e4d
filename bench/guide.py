"""The guide's search with two thousand articles, while fifty people read and look for something else now and then.

Twice: with articles of nothing but words that have synonyms, and with articles made of the starter set's sentences.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.figures import Row, percentile
from bench.house import ROOT, environment

if TYPE_CHECKING:
    from bench.guide_worlds import World

READERS, SECONDS = 50, 30.0
ALONE = 200
# A reader looks at what was found before she asks anew.
READS = (1.0, 5.0)
TOLD = {"hard": "words with synonyms only", "real": "the starter set's sentences"}


def measure(data: Path, say: Callable[[str], None]) -> list[Row]:
    say(f"guide: 2,000 articles twice, {READERS} readers, {SECONDS:g} seconds each")
    done = subprocess.run(
        [sys.executable, "-m", "bench.guide"], env=environment(data), cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    return [row for name, told in json.loads(done.stdout).items() for row in _rows(TOLD[name], told)]


def _rows(articles: str, told: dict[str, float]) -> list[Row]:
    return [
        Row("guide", "lay out 2,000 articles", told["laid"], "s", remark=articles),
        Row("guide", "lay out one article", told["one"], "ms", remark="among them"),
        Row("guide", "searches", told["per_second"], "/s", remark=f"{READERS} readers, load {told['load']:.1f}"),
        Row("guide", "a search: median", told["p50"], "ms"),
        Row("guide", "a search: slow ones", told["p95"], "ms", "20", "one in twenty"),
        Row("guide", "a search: slowest", told["p99"], "ms", remark="one in a hundred"),
        Row("guide", "a search alone: median", told["alone50"], "ms", remark="one reader without a pause"),
        Row("guide", "a search alone: slow ones", told["alone95"], "ms", remark="one in twenty"),
    ]


def main() -> None:
    from samehand.config.cli import database, prepare

    prepare("guide eval", "database")
    with database("database"):
        print(json.dumps({name: _measured(name) for name in TOLD}))


def _measured(name: str) -> dict[str, float]:
    from django.db import connection

    began = time.monotonic()
    world = _lay(name)
    laid = time.monotonic() - began
    with connection.cursor() as cursor:
        # What PostgreSQL does by itself a minute after so many rows came.
        cursor.execute("VACUUM ANALYZE")
    one = [_one_more(world, number) for number in range(5)]
    alone = _alone(world)
    took = _read(world)
    return {
        "laid": laid, "one": percentile(one, 0.5), "per_second": len(took) / SECONDS, "load": os.getloadavg()[0],
        "p50": percentile(took, 0.5), "p95": percentile(took, 0.95), "p99": percentile(took, 0.99),
        "alone50": percentile(alone, 0.5), "alone95": percentile(alone, 0.95),
    }  # fmt: skip


def _lay(name: str) -> World:
    from django.db import transaction

    from bench import guide_worlds
    from samehand.guide.models import Form
    from samehand.guide.searching import shelves, synonyms

    with transaction.atomic():
        shelves.hold("pl")
        shelves.clear("pl")
        synonyms.refresh("pl", "pl")
        forms = Form.objects.filter(shelf="pl").exclude(folded__startswith="=")
        known = sorted(set(forms.values_list("shown", flat=True)))
        world = guide_worlds.hard(known, Random(7)) if name == "hard" else guide_worlds.real(Random(7))
        shelves.lay("pl", "pl", world.articles)
    return world


def _one_more(world: World, number: int) -> float:
    from django.db import transaction

    from samehand.guide.searching import shelves, synonyms

    began = time.perf_counter()
    with transaction.atomic():
        shelves.hold("pl")
        synonyms.refresh("pl", "pl")
        shelves.lay("pl", "pl", [world.articles[number]])
    return 1000 * (time.perf_counter() - began)


def _alone(world: World) -> list[float]:
    dice = Random(11)
    return [_search(world, dice) for _number in range(ALONE)]


def _search(world: World, dice: Random) -> float:
    from samehand.guide.searching import search

    typed = world.typed(dice)
    began = time.perf_counter()
    search(typed, "pl")
    return 1000 * (time.perf_counter() - began)


def _read(world: World) -> list[float]:
    took: list[float] = []
    ends = time.monotonic() + SECONDS
    readers = [threading.Thread(target=_reader, args=(world, Random(n), ends, took)) for n in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return took


def _reader(world: World, dice: Random, ends: float, took: list[float]) -> None:
    from django.db import connection

    from samehand.guide.searching import search

    search("karta", "pl")
    time.sleep(dice.uniform(*READS))
    while time.monotonic() < ends:
        took.append(_search(world, dice))
        time.sleep(dice.uniform(*READS))
    connection.close()


if __name__ == "__main__":
    main()
