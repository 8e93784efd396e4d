"""`samehand guide search`, `eval` and `reindex`: the search without its pages."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from samehand.guide.searching import embedding, trials
from samehand.guide.searching.asking import search as look_for
from samehand.guide.searching.hits import Hit
from samehand.guide.searching.shelves import reindex as lay_anew

LANGUAGES = ("pl", "en")


def search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", help="what a customer would type")
    parser.add_argument("--language", choices=LANGUAGES, default="pl")
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--json", action="store_true", help="a list of {article, score, why} for programs")


def search(args: argparse.Namespace) -> int:
    found = look_for(args.query, args.language, limit=max(1, args.limit))
    if args.json:
        _print(json.dumps([_told(hit) for hit in found.hits], ensure_ascii=False, indent=2))
        return 0
    for hit in found.hits:
        _print(f"{hit.score:7.3f}  {hit.problem_key:<32} {hit.title}\n{'':9}{_reasons(hit)}")
    if found.meant:
        _print(f"as the guide writes it: {found.meant}")
    if not found.hits:
        _print("nothing found")
    return 0


def _told(hit: Hit) -> dict[str, object]:
    return {"article": hit.problem_key, "score": round(hit.score, 4), "why": [asdict(why) for why in hit.why]}


def _reasons(hit: Hit) -> str:
    return ", ".join(f"{why.word} = {why.found} ({why.how})" for why in hit.why) or "by its meaning"


def eval_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="JSON: articles, and queries with the right article for each")
    parser.add_argument("--language", choices=LANGUAGES, default="pl", help="of articles that do not say theirs")
    parser.add_argument("--json", action="store_true", help="shares from 0 to 1 for programs")
    parser.add_argument(
        "--embedder", metavar="PATH", default="", help="module:Class; the meaning counts beside the words"
    )
    parser.add_argument("--misses", action="store_true", help="print the searches whose article was not first")


def eval_(args: argparse.Namespace) -> int:
    try:
        answers = trials.run(trials.read(args.file, args.language), _embedder(args.embedder))
    except (trials.BadTrial, embedding.NoEmbedder) as bad:
        raise SystemExit(str(bad)) from bad
    figures = trials.judged(answers)
    if args.json:
        _print(json.dumps({kind: asdict(one) for kind, one in figures.items()}, ensure_ascii=False, indent=2))
    else:
        _print(f"{'':<20}{'searches':>9}{'first':>9}{'in three':>10}{'MRR':>8}")
        for kind, one in figures.items():
            _print(f"{kind:<20}{one.n:>9}{100 * one.first:>7.1f} %{100 * one.top3:>8.1f} %{one.mrr:>8.3f}")
    if args.misses:
        for answer in answers:
            if answer.place != 1:
                _print(f"{answer.kind}: {answer.query}  right: {answer.right} ({answer.place})  {answer.keys[:3]}")
    return 0


def _embedder(path: str = "") -> embedding.Named | None:
    """The one named, else the house's. Raises NoEmbedder: who waits at a command wants to know."""
    path = path or settings.GUIDE_EMBEDDER
    return embedding.load(path) if path else None


def reindex(args: argparse.Namespace) -> int:
    try:
        _embedder()
    except embedding.NoEmbedder as none:
        raise SystemExit(f"SAMEHAND_GUIDE_EMBEDDER: {none}") from none
    for language, count in lay_anew(LANGUAGES).items():
        _print(f"{language}: {count} articles")
    return 0


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
