"""The guide's search with two thousand articles, while fifty people read and look for something else now and then."""

from __future__ import annotations

import json
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
    from samehand.guide.searching.shelves import Article

ARTICLES, READERS, SECONDS = 2_000, 50, 20.0
WORDS_OF_ONE = 120
# A reader looks at what was found before she asks anew.
READS = (1.0, 5.0)


def measure(data: Path, say: Callable[[str], None]) -> list[Row]:
    say(f"guide: {ARTICLES} articles, {READERS} readers, {SECONDS:g} seconds")
    done = subprocess.run(
        [sys.executable, "-m", "bench.guide"], env=environment(data), cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    told = json.loads(done.stdout)
    return [
        Row("guide", "lay out 2,000 articles", told["laid"], "s", remark="with all forms of their words"),
        Row("guide", "searches", told["per_second"], "/s", remark=f"{READERS} readers"),
        Row("guide", "a search: median", told["p50"], "ms"),
        Row("guide", "a search: slow ones", told["p95"], "ms", "20", "one in twenty"),
        Row("guide", "a search: slowest", told["p99"], "ms", remark="one in a hundred"),
    ]


def main() -> None:
    from samehand.config.cli import database, prepare

    prepare("guide eval", "database")
    with database("database"):
        print(json.dumps(_measured()))


def _measured() -> dict[str, float]:
    from django.db import connection, transaction

    from samehand.guide.models import Form
    from samehand.guide.searching import shelves, synonyms

    dice = Random(7)
    began = time.monotonic()
    with transaction.atomic():
        shelves.hold("pl")
        synonyms.refresh("pl", "pl")
        forms = Form.objects.filter(shelf="pl").exclude(folded__startswith="=")
        known = sorted(set(forms.values_list("shown", flat=True)))
        shelves.lay("pl", "pl", [_article(number, known, dice) for number in range(ARTICLES)])
    laid = time.monotonic() - began
    with connection.cursor() as cursor:
        # What PostgreSQL does by itself a minute after so many rows came.
        cursor.execute("VACUUM ANALYZE")
    took = _read(known)
    return {
        "laid": laid, "per_second": len(took) / SECONDS, "p50": percentile(took, 0.5), "p95": percentile(took, 0.95),
        "p99": percentile(took, 0.99),
    }  # fmt: skip


def _article(number: int, known: list[str], dice: Random) -> Article:
    from samehand.guide.searching.shelves import Article

    # Few words are in most articles, most words in few: as in every language.
    said = [known[int(len(known) * dice.random() ** 3)] for _word in range(WORDS_OF_ONE)]
    return Article(key=f"a-{number}", title=" ".join(said[:6]), summary=" ".join(said[6:20]), body=" ".join(said[20:]))


def _read(known: list[str]) -> list[float]:
    took: list[float] = []
    ends = time.monotonic() + SECONDS
    readers = [threading.Thread(target=_reader, args=(known, Random(n), ends, took)) for n in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return took


def _reader(known: list[str], dice: Random, ends: float, took: list[float]) -> None:
    from django.db import connection

    from samehand.core.search.words import folded
    from samehand.guide.searching import search

    search("karta", "pl")
    time.sleep(dice.uniform(*READS))
    while time.monotonic() < ends:
        said = [folded(dice.choice(known)) for _word in range(dice.choice((1, 2, 2, 3, 3, 4, 5)))]
        if dice.random() < 0.3:
            at = dice.randrange(len(said))
            middle = len(said[at]) // 2
            said[at] = said[at][:middle] + said[at][middle + 1 :]
        began = time.perf_counter()
        search(" ".join(said), "pl")
        took.append(1000 * (time.perf_counter() - began))
        time.sleep(dice.uniform(*READS))
    connection.close()


if __name__ == "__main__":
    main()
