"""The words of an answer as plain text and as HTML.

The HTML is of the plainest kind: one table that Outlook understands, no colour of text or paper of its own (so that a
dark screen stays dark), nothing that is fetched from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from samehand.channels.mail.composing.values import MARKER, File, Quoted, Words, lines_of
from samehand.channels.mail.reading.text import one_line

MAX_QUOTED_LINES = 300
WIDTH = 600
_URL = re.compile(r"https?://[^\s<>\"]{1,2000}[^\s<>\".,;:!?)\]]")
_PICTURE = re.compile(r"\[([^\[\]\n]{1,200})\]")
# No colour of ours: no grey is readable on both a white and a dark grey ground.
_SMALL = "font-size:14px"
_QUOTE = "margin:0 0 16px;padding:0 0 0 12px;border-left:2px solid #999999"


def plain(words: Words) -> str:
    blocks = [words.own]
    if words.asks:
        blocks.append("\n".join(map(one_line, words.asks)))
    if words.footer:
        blocks.append(one_line(words.footer))
    if history := _said_before(words.history):
        blocks.append(MARKER)
        blocks += [f"{one_line(one.lead)}\n{_quoted(lines)}" for one, lines in history]
    return "\n\n".join(blocks) + "\n"


def _quoted(lines: Sequence[str]) -> str:
    return "\n".join(f"> {line}".rstrip() if line[:1] != ">" else f">{line}" for line in lines)


def _said_before(history: Sequence[Quoted]) -> list[tuple[Quoted, list[str]]]:
    """Each with its lines, altogether not more than people scroll through."""
    shown, room = [], MAX_QUOTED_LINES
    for one in history:
        lines = lines_of(one.text).split("\n")[:room]
        if room <= 0 or not any(line.strip() for line in lines):
            continue
        shown.append((one, lines))
        room -= len(lines)
    return shown


def html(words: Words, pictures: Sequence[File] = ()) -> str:
    inside = "\n".join(
        f'<p style="margin:0 0 16px">{_marked_up(paragraph, pictures)}</p>'
        for paragraph in re.split(r"\n\s*\n", words.own)
    )
    if words.asks:
        asked = "\n".join(map(one_line, words.asks))
        inside += f'\n<p style="margin:0 0 16px;{_SMALL}">{_marked_up(asked)}</p>'
    if words.footer:
        inside += f'\n<p style="margin:0 0 16px;{_SMALL}">{_marked_up(one_line(words.footer))}</p>'
    return _PAGE % {
        "language": escape(words.language),
        "title": escape(one_line(words.title)),
        "inside": inside,
        "history": _html_history(words.history),
    }


def _html_history(history: Sequence[Quoted]) -> str:
    blocks = [
        f"<p>{escape(one_line(one.lead))}</p>\n"
        f'<blockquote type="cite" style="{_QUOTE}">' + "<br>\n".join(map(escape, lines)) + "</blockquote>"
        for one, lines in _said_before(history)
    ]
    # Mail programs fold away what has this class, as they do with their own quotes.
    over = f'<p style="{_SMALL}">{escape(MARKER)}</p>'
    return '\n<div class="gmail_quote">' + "\n".join([over, *blocks]) + "</div>" if blocks else ""


def _marked_up(text: str, pictures: Sequence[File] = ()) -> str:
    out, at = [], 0
    for found in _URL.finditer(text):
        out += [_with_pictures(text[at : found.start()], pictures), _link(found[0])]
        at = found.end()
    out.append(_with_pictures(text[at:], pictures))
    return "".join(out).replace("\n", "<br>\n")


def _link(url: str) -> str:
    return f'<a href="{escape(url)}">{escape(url)}</a>'


def _with_pictures(text: str, pictures: Sequence[File]) -> str:
    if not pictures:
        return escape(text)
    named = {picture.name: picture for picture in pictures}
    out, at = [], 0
    for found in _PICTURE.finditer(text):
        if picture := named.get(found[1]):
            out += [escape(text[at : found.start()]), _image(picture)]
            at = found.end()
    return "".join([*out, escape(text[at:])])


def _image(picture: File) -> str:
    # Outlook knows no max-width: without a number a photograph would be as wide as it was taken.
    wide = f' width="{WIDTH}"' if _width(picture.data) > WIDTH else ""
    return (
        f'<img src="cid:{escape(picture.content_id)}" alt="{escape(picture.name)}"{wide} '
        'style="display:block;max-width:100%;height:auto;border:0">'
    )


def _width(data: bytes) -> int:
    """Of a PNG, the form in which browsers paste pictures; 0 for others."""
    return int.from_bytes(data[16:20], "big") if data[:8] == b"\x89PNG\r\n\x1a\n" else 0


_PAGE = """<!DOCTYPE html>
<html lang="%(language)s"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>%(title)s</title></head>
<body style="margin:0;padding:0">
<table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0"><tr>
<td style="padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5">
%(inside)s%(history)s
</td></tr></table>
</body></html>
"""
