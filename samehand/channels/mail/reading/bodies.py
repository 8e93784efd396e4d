"""Which parts are the message and which are kept beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from samehand.channels.mail.reading.charsets import codec_of, decoded, html_charset
from samehand.channels.mail.reading.guesses import is_utf7, mended
from samehand.channels.mail.reading.html_text import marked_text
from samehand.channels.mail.reading.names import file_name
from samehand.channels.mail.reading.params import disposition
from samehand.channels.mail.reading.structure import without_signs
from samehand.channels.mail.reading.transfer import size_of, undone
from samehand.channels.mail.reading.tree import Node, leaves, unfold
from samehand.core.arrivals import INSIDE, Part

_TEXTS = ("text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown")
# Shown by no one but the sender's own pages; they repeat what the other alternatives say.
_REPEATS = ("text/x-amp-html", "text/watch-html")
_MARKUP = ("text/html", "text/enriched", "text/richtext")
_NO_HTML_NOTICE = re.compile(r"\bhtml\b", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """The text leaves that are the message, in order, and everything else as attachments."""

    texts: list[tuple[Node, int]] = field(default_factory=list)
    attachments: list[tuple[int, Node]] = field(default_factory=list)


def sort_out(root: Node) -> Body:
    """Every leaf is either the message or an attachment."""
    body = Body()
    for index, (leaf, group) in enumerate(leaves(root)):
        if _is_message(leaf, root, body, group):
            body.texts.append((leaf, group))
        elif not (leaf.kind in _REPEATS and group):
            body.attachments.append((index, leaf))
    return body


def _is_message(leaf: Node, root: Node, body: Body, group: int) -> bool:
    if leaf.kind not in _TEXTS:
        return False
    if leaf is root:
        return True
    raw = leaf.fields.get("content-disposition")
    kind, params = disposition(unfold(raw[0])[:2_000]) if raw else ("", {})
    if kind == "attachment":
        return False
    named = params.get("filename") or leaf.params.get("name")
    # Some writers name the message itself; a named text after it is a file.
    return not named or not body.texts or (group > 0 and body.texts[-1][1] == group)


def text_and_charset(body: Body, defects: list[str]) -> tuple[str, str]:
    """The whole message as text, with signs for the structure of its HTML, and the charset of its first part."""
    pieces: list[str] = []
    charset = ""
    for texts in _by_group(body.texts):
        text, used = _best(texts, defects)
        charset = charset or used
        if text:
            pieces.append(text)
    return "\n\n".join(pieces), charset


def _by_group(texts: list[tuple[Node, int]]) -> list[list[Node]]:
    groups: list[list[Node]] = []
    last = 0
    for leaf, group in texts:
        if group and group == last:
            groups[-1].append(leaf)
        else:
            groups.append([leaf])
        last = group
    return groups


def _best(texts: list[Node], defects: list[str]) -> tuple[str, str]:
    """Of alternatives the plain text, unless it is blank or only says that there is HTML."""
    plain, charset = _joined([leaf for leaf in texts if leaf.kind != "text/html"], defects)
    others = [leaf for leaf in texts if leaf.kind == "text/html"]
    if plain and not (others and _only_a_notice(plain)):
        return plain, charset
    html, html_label = _joined(others, defects)
    return (html, html_label) if len(html) > len(plain) else (plain, charset)


def _only_a_notice(plain: str) -> bool:
    return len(plain) < 300 and bool(_NO_HTML_NOTICE.search(plain))


def _joined(texts: list[Node], defects: list[str]) -> tuple[str, str]:
    pieces: list[str] = []
    label = ""
    for leaf in texts:
        text, used = leaf_text(leaf, defects)
        label = label or used
        text = marked_text(text) if leaf.kind in _MARKUP else without_signs(tidy(text))
        if text:
            pieces.append(text)
    return "\n\n".join(pieces), label


def tidy(text: str) -> str:
    """One kind of line end, nothing blank around; a first line keeps its indent."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.rstrip()
    return text.lstrip("\n") if text[:1] == "\n" else text


def leaf_text(leaf: Node, defects: list[str]) -> tuple[str, str]:
    """A text leaf decoded, with the charset under the name that the mail gives it where that name was true."""
    raw = undone(leaf.body(), leaf.raw("content-transfer-encoding"))
    label = leaf.params.get("charset", "")
    if leaf.kind == "text/html" and not codec_of(label):
        label = html_charset(raw) or label
    text, used = decoded(raw, "utf-7" if raw.isascii() and is_utf7(raw) else label)
    declared = codec_of(label)
    text, broken = mended(text), text
    if text is not broken:
        defects.append("The text was encoded twice; it is shown as it was meant.")
    if label and not declared and not raw.isascii():
        defects.append(f"The charset {label[:40]!r} is not known; it was read as {used}.")
    elif declared and used != declared and not raw.isascii():
        defects.append(f"The text says {label[:40]} but is {used}.")
    if "\ufffd" in text:
        defects.append("Some letters could not be read.")
    return text, (label.strip("\"' ").lower() if declared == used and declared else used)


def html(body: Body) -> str:
    """The HTML of the message, its parts one after the other; '' when it has none."""
    return "\n".join(leaf_text(leaf, [])[0] for leaf, _ in body.texts if leaf.kind == "text/html")


def part_of(index: int, leaf: Node) -> Part:
    raw = leaf.fields.get("content-disposition")
    kind, params = disposition(unfold(raw[0])[:4_000]) if raw else ("", {})
    content_id = _content_id(leaf)
    picture = leaf.kind.startswith("image/")
    return Part(
        index=index,
        name=file_name(params.get("filename") or leaf.params.get("name") or "", leaf, index % INSIDE),
        content_type=leaf.kind,
        size=size_of(leaf.mail, leaf.start, leaf.end, leaf.raw("content-transfer-encoding")),
        inline=kind != "attachment" and ((picture and kind == "inline") or bool(content_id)),
        content_id=content_id,
    )


def _content_id(leaf: Node) -> str:
    raw = leaf.raw("content-id")
    return raw.decode("ascii", "ignore").strip("<> \t").replace("\x00", "")[:300] if raw else ""


def content_of(leaf: Node) -> bytes:
    return undone(leaf.body(), leaf.raw("content-transfer-encoding"))
