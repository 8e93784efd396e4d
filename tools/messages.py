"""Translations: every message of code and templates has its Polish; `--merge` joins the rooms' parts first."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import house
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

FOLDER = house.PACKAGE / "locale" / "pl"
CATALOGUE = FOLDER / "LC_MESSAGES" / "django.po"
HEADER = rb"""msgid ""
msgstr ""
"Project-Id-Version: samehand\n"
"Language: pl\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : "
"n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);\n"
"""
# Function -> places of context, singular and plural among its arguments.
MARKS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
STRING = r"""(?:[uU]?'(?:\\.|[^'\\])*'|[uU]?"(?:\\.|[^"\\])*")"""
CALL_IN_TEMPLATE = re.compile(rf"\b(?:n?p?gettext|_)\((?:{STRING}|[^()'\"])*\)")
GAP = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]|\{(\w*)\}")

Key = tuple[str, str, str]
"""Context, singular, plural."""


def main() -> int:
    used = {key: place for place, key in find_used()}
    catalogue = read(CATALOGUE)
    if "--merge" in sys.argv:
        merge(catalogue, used)
    troubles = [f"{place}: {trouble}" for key, place in used.items() if (trouble := check(catalogue, key))]
    print("\n".join(troubles) or f"{len(used)} messages, all translated")
    return 1 if troubles else 0


def find_used() -> Iterator[tuple[str, Key]]:
    """Every message that code and templates ask for, with the place of it."""
    from django.utils.translation.template import templatize

    for path in sorted(house.PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _calls(path.read_text(), str(path.relative_to(house.ROOT)))
    for path in house.templates().values():
        place = str(path.relative_to(house.ROOT))
        for call in CALL_IN_TEMPLATE.findall(templatize(path.read_text(), origin=place)):
            yield from _calls(call, place)


def _calls(source: str, place: str) -> Iterator[tuple[str, Key]]:
    for node in ast.walk(ast.parse(source)):
        name = getattr(node, "func", None)
        mark = getattr(name, "id", getattr(name, "attr", ""))
        if isinstance(node, ast.Call) and mark in MARKS and (key := _key(node, mark)):
            yield place, key


def _key(call: ast.Call, mark: str) -> Key | None:
    texts = []
    for position in MARKS[mark]:
        argument = call.args[position] if position is not None and position < len(call.args) else None
        texts.append(argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else "")
    # `gettext(variable)` marks nothing; what the variable holds is marked elsewhere.
    return (texts[0], texts[1], texts[2]) if texts[1] else None


def read(path: Path) -> Catalog:
    source = path.read_bytes() if path.exists() else HEADER
    return read_po(BytesIO(source), locale="pl")


def look_up(catalogue: Catalog, key: Key) -> Message | None:
    context, singular, _plural = key
    return catalogue.get(singular, context or None)


def check(catalogue: Catalog, key: Key) -> str:
    """What is wrong with the translation of one message; empty when nothing is."""
    message = look_up(catalogue, key)
    if message is None:
        return f"not translated: {key[1]!r}"
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    if message.fuzzy:
        return f"fuzzy: {key[1]!r}"
    if not all(texts) or (key[2] and len(texts) != catalogue.num_plurals):
        return f"a form is empty: {key[1]!r}"
    allowed = gaps(key[1]) | gaps(key[2])
    wrong = set().union(*(gaps(text) for text in texts)) - allowed
    lost = gaps(key[1]) - gaps(texts[0]) if not key[2] else gaps(key[2]) - gaps(texts[-1])
    return f"gaps differ ({', '.join(sorted(wrong | lost))}): {key[1]!r}" if wrong or lost else ""


def gaps(text: str) -> set[str]:
    return {match.group(0) for match in GAP.finditer(text)}


def merge(catalogue: Catalog, used: dict[Key, str]) -> None:
    """Take what the rooms' parts translate, drop what nobody asks for any more, and write the catalogue."""
    merged = read_po(BytesIO(HEADER), locale="pl")
    parts = {path.stem: read(path) for path in sorted((FOLDER / "parts").glob("*.po"))}
    for key in used:
        # What stands in the catalogue was looked at already; the parts bring what is new.
        found = {name: message for name, part in parts.items() if (message := look_up(part, key)) and message.string}
        old = look_up(catalogue, key)
        chosen = old if old and old.string and not check(catalogue, key) else next(iter(found.values()), old)
        if len({str(message.string) for message in found.values()}) > 1:
            print(f"translated differently by {', '.join(found)}: {key[1]!r}")
        if chosen:
            identity = (key[1], key[2]) if key[2] else key[1]
            merged.add(identity, chosen.string, context=key[0] or None)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        # Our own header: a date in it would change the file at every merge.
        file.write(HEADER + b"\n")
        write_po(file, merged, width=110, no_location=True, sort_output=True, omit_header=True)
    catalogue._messages = merged._messages


if __name__ == "__main__":
    house.set_up()
    sys.exit(main())
