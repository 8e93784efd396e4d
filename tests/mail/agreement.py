"""How far our reading agrees with what other projects expect of their own odd mails.

The mails lie outside the project (their licences differ); SAMEHAND_SHARED names the folder, by default `shared` beside
the project. `python -m tests.mail.agreement [source] ...` prints the table, and the misses of the sources named;
`--folding` prints the rows of docs/mail.md that tell own words from quotes.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from samehand.channels.mail.reading import as_json
from samehand.channels.mail.reading.html_text import text_of
from samehand.core.quotes import split

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("SAMEHAND_SHARED") or PROJECT.parent / "shared") / "data" / "email"


FOLDING = ("reply_text", "reply_contains", "reply_not_contains")


@dataclass(frozen=True)
class Case:
    source: str
    file: str
    kind: str
    expect: dict[str, Any]
    raw: bytes


@dataclass(frozen=True)
class Judged:
    """One expectation of one mail, and what we made of it."""

    source: str
    key: str
    file: str
    agrees: bool
    got: Any
    wanted: Any


@lru_cache(maxsize=1)
def cases() -> list[Case]:
    found = []
    for listing in sorted(FOLDER.glob("*.json")):
        for case in json.loads(listing.read_text())["cases"]:
            raw = (FOLDER / case["file"]).read_bytes()
            found.append(Case(listing.stem, case["file"], case["kind"], case["expect"], raw))
    return found


def judge() -> Iterator[Judged]:
    for case in cases():
        start = time.process_time()
        row = _row(case)
        spent = time.process_time() - start
        yield Judged(case.source, "seconds", case.file, spent < 1, spent, "under 1")
        for key, wanted in case.expect.items():
            if key in _RULES:
                field, rule = _RULES[key]
                yield Judged(case.source, key, case.file, rule(row[field], wanted, case.expect), row[field], wanted)


def _row(case: Case) -> dict[str, Any]:
    if case.kind == "eml":
        return as_json(case.file, case.raw)
    text = case.raw.decode("utf-8", "replace").replace("\r\n", "\n")
    text = text_of(text) if case.kind == "html" else text
    return {"text": text, "reply_text": split(text).reply_text}


def _flat(text: str) -> str:
    return " ".join(text.split())


def _same_text(got: str, wanted: str, expect: dict[str, Any]) -> bool:
    if "removed" in expect.get("reply_text_mode", ""):
        return "".join(got.split()) == "".join(wanted.split())
    return _flat(got) == _flat(wanted)


def _same_words(got: str, wanted: str, expect: dict[str, Any]) -> bool:
    """Bodies are given as another system's own HTML: the words count, addresses of links and pictures do not."""
    if expect.get("body_content_type") != "text/plain" and expect.get("body_form") != "text":
        wanted = text_of(wanted)
    ours, theirs = _words(got), _words(wanted)
    return len(ours & theirs) >= 0.95 * len(ours | theirs)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", re.sub(r"<?https?://\S+|\[[^\]]*\]", " ", text.lower())))


def _same_addresses(got: list[str], wanted: str | list[str], expect: dict[str, Any]) -> bool:
    text = wanted if isinstance(wanted, str) else " ".join(wanted)
    return set(got) == {found.lower() for found in re.findall(r'[^\s<>,"]+@[^\s<>,"]+', text)}


def _same_ids(got: str | list[str], wanted: str | list[str], expect: dict[str, Any]) -> bool:
    def bare(ids: str | list[str]) -> list[str]:
        return [one.strip("<>") for one in ([ids] if isinstance(ids, str) else ids)]

    return bare(got) == bare(wanted)


def _has_files(got: list[dict[str, Any]], wanted: list[dict[str, Any]], expect: dict[str, Any]) -> bool:
    ours = {(part["name"], part["size"]) for part in got}
    return all((part.get("name"), part.get("size")) in ours for part in wanted)


Rule = Callable[[Any, Any, dict[str, Any]], bool]
_RULES: dict[str, tuple[str, Rule]] = {
    "from": ("from", lambda got, wanted, _: got == wanted.lower()),
    "from_name": ("from_name", lambda got, wanted, expect: got == wanted or (not got and wanted == expect.get("from"))),
    "to": ("to", _same_addresses),
    "cc": ("cc", _same_addresses),
    "reply_to": ("reply_to", _same_addresses),
    "subject": ("subject", _same_text),
    "message_id": ("message_id", _same_ids),
    "in_reply_to": ("in_reply_to", _same_ids),
    "references": ("references", _same_ids),
    "body": ("text", _same_words),
    "body_text": ("text", _same_text),
    "reply_text": ("reply_text", _same_text),
    "reply_contains": ("reply_text", lambda got, wanted, _: all(_flat(one) in _flat(got) for one in wanted)),
    "reply_not_contains": ("reply_text", lambda got, wanted, _: not any(_flat(one) in _flat(got) for one in wanted)),
    "attachments": ("attachments", _has_files),
    "attachment_count": ("attachments", lambda got, wanted, _: len(got) == wanted),
    "auto_submitted": ("auto_submitted", lambda got, wanted, _: got == wanted),
    "bounce": ("bounce", lambda got, wanted, _: got == wanted),
    "bounce_permanent": ("bounce_permanent", lambda got, wanted, _: got == wanted),
    "bounce_recipients": ("bounce_recipients", lambda got, wanted, _: set(got) == {one.lower() for one in wanted}),
}


def table(judged: list[Judged]) -> dict[str, tuple[int, int]]:
    """ "source key" -> (agreeing, all)."""
    counts: dict[str, tuple[int, int]] = {}
    for one in judged:
        name = f"{one.source} {one.key}"
        agreeing, every = counts.get(name, (0, 0))
        counts[name] = (agreeing + one.agrees, every + 1)
    return counts


def markdown(judged: list[Judged], keys: tuple[str, ...]) -> Iterator[str]:
    """A row for each source and expectation: how many ask, how many are right, which are wrong."""
    yield "| collection | asked | right | wrong |\n| --- | --- | --- | --- |"
    asked = [one for one in judged if one.key in keys]
    for source, key in dict.fromkeys((one.source, one.key) for one in asked):
        of_source = [one for one in asked if (one.source, one.key) == (source, key)]
        wrong = ", ".join(f"`{Path(one.file).stem}`" for one in of_source if not one.agrees)
        yield f"| {source}: `{key}` | {len(of_source)} | {sum(one.agrees for one in of_source)} | {wrong} |"


def main() -> None:
    judged = list(judge())
    if "--folding" in sys.argv[1:]:
        print("\n".join(markdown(judged, FOLDING)))
        return
    for name, (agreeing, every) in table(judged).items():
        print(f"{agreeing:4} of {every:4}  {name}")
    for one in judged:
        if not one.agrees and one.source in sys.argv[1:]:
            print(f"\n{one.file}: {one.key}\n  got    {one.got!r}\n  wanted {one.wanted!r}"[:1_500])


if __name__ == "__main__":
    main()
