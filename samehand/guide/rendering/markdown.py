"""Markdown into tokens that may be shown: raw HTML as text, facts in their places, links only where they may lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from samehand.core.articles import FACT, filled
from samehand.guide.rendering.targets import Target, Targets

_PHONE = re.compile(r"[0-9+*#,;()./ -]{2,40}")
_MAIL = re.compile(r"[^\s@:/?#<>\"']{1,64}@[^\s@:/?#<>\"']{1,190}")
# Facts that are called. Phones refuse to dial a star or a hash from a page: those stay words.
_CALLED = frozenset({"hotline", "hotline_abroad", "voicemail", "voicemail_abroad"})
_DIALLED = re.compile(r"\+?[0-9 ]{3,30}")
_INSIDE = ("problem", "tree", "setup", "contact")
CALLOUTS = ("uwaga.", "warning.")


class _Markdown(MarkdownIt):
    """CommonMark and tables. Where a link may lead is decided on the tokens: here everything is let through."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        # As it is written, or the braces of a fact would be gone before it is filled in.
        return url


# Deeper than six quotes or lists nobody writes. What lies deeper is left out instead of being nested without end, and
# all that follows a list that deep as well: no article is saved with it.
_DEEPEST = 20
_MARKDOWN = _Markdown("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table").disable(["html_block"])
_NESTING = {"blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open"}


@dataclass(slots=True)
class Read:
    """`broken`: links within the guide that lead nowhere, as they are written."""

    tokens: list[Token]
    broken: list[str] = field(default_factory=list)


def tokens_of(text: str, facts: Mapping[str, str], targets: Targets) -> Read:
    read = Read(_MARKDOWN.parse(text))
    for token in read.tokens:
        _fill(token, facts)
        _soften(token)
        if token.children:
            token.children = list(_inline(token.children, facts, targets, read.broken))
    _mark_callouts(read.tokens)
    return read


def too_deep(text: str) -> int | None:
    """The line, from 0, of the first quote or list whose inside would be left out."""
    deep = (token for token in _MARKDOWN.parse(text) if token.level >= _DEEPEST - 1 and token.type in _NESTING)
    return next((token.map[0] for token in deep if token.map), None)


def html_of(tokens: list[Token]) -> str:
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return html


def _fill(token: Token, facts: Mapping[str, str]) -> None:
    if token.type in {"text", "code_inline", "code_block", "fence"}:
        token.content = filled(token.content, facts)


def _soften(token: Token) -> None:
    """Headings stand below those of the sections; a table's inline styles would be refused by the page."""
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(max(int(token.tag[1]), 3), 5)}"
    if token.type in {"th_open", "td_open"}:
        token.attrs.pop("style", None)


def _inline(children: list[Token], facts: Mapping[str, str], targets: Targets, broken: list[str]) -> Iterator[Token]:
    leads: list[bool] = []
    for token in children:
        if token.type == "text" and not leads:
            yield from _dialled(token, facts)
            continue
        _fill(token, facts)
        if token.type == "link_open":
            leads.append(_lead(token, facts, targets, broken))
            if not leads[-1]:
                continue
        elif token.type == "link_close":
            if not leads.pop():
                continue
        elif token.type == "image":
            token = _picture(token, facts, targets, broken)
        yield token


def _dialled(text: Token, facts: Mapping[str, str]) -> Iterator[Token]:
    """The text with its facts; a number that is called is a link, so that a phone dials it."""
    begin = 0
    for place in FACT.finditer(text.content):
        key = place[1].strip()
        number = facts.get(key, "")
        if key in _CALLED and _DIALLED.fullmatch(number):
            yield Token("text", "", 0, content=filled(text.content[begin : place.start()], facts))
            yield Token("link_open", "a", 1, attrs={"href": outside(f"tel:{number}")})
            yield Token("text", "", 0, content=number)
            yield Token("link_close", "a", -1)
            begin = place.end()
    yield Token("text", "", 0, content=filled(text.content[begin:], facts))


def _lead(token: Token, facts: Mapping[str, str], targets: Targets, broken: list[str]) -> bool:
    """Whether the link leads anywhere that it may; its address is put right then."""
    written = str(token.attrs.get("href", ""))
    scheme, _, key = written.partition(":")
    token.attrs = {}
    if scheme in _INSIDE:
        target = targets.get((scheme, key))
        if target is None:
            broken.append(written)
            return False
        token.attrs["href"] = target.url
        return True
    if href := outside(FACT.sub(lambda place: facts.get(place[1].strip(), ""), written)):
        token.attrs["href"] = href
        if href.startswith("http"):
            token.attrs["rel"] = "nofollow noopener"
    return bool(href)


def outside(written: str) -> str:
    """A whole address outside the guide, made sound; empty when it may not be one."""
    scheme, _, rest = written.partition(":")
    scheme = scheme.lower()
    if scheme == "tel" and _PHONE.fullmatch(rest):
        return f"tel:{quote(re.sub('[ ()./-]', '', rest), safe='+*,;')}"
    if scheme == "mailto" and _MAIL.fullmatch(rest):
        return f"mailto:{quote(rest, safe='@+')}"
    if scheme in {"http", "https"} and _whole(written):
        return quote(written, safe="%/:=&?~#+!$,;'@()*[]")
    return ""


def _whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _picture(token: Token, facts: Mapping[str, str], targets: Targets, broken: list[str]) -> Token:
    """The picture with its size, or the words that stand for it."""
    written = str(token.attrs.get("src", ""))
    for child in token.children or ():
        _fill(child, facts)
    token.content = "".join(child.content for child in token.children or ())
    scheme, _, key = written.partition(":")
    target: Target | None = targets.get((scheme, key)) if scheme == "picture" else None
    if target is None:
        broken.append(written[:80])
        return Token("text", "", 0, content=token.content)
    token.attrs = {"src": target.url, "alt": "", "width": target.width, "height": target.height, "loading": "lazy"}
    return token


def _mark_callouts(tokens: list[Token]) -> None:
    """A quote that begins with **Uwaga.** or **Warning.** warns; another one is a quote."""
    for token, inline in zip(tokens, tokens[2:], strict=False):
        if token.type == "blockquote_open" and inline.type == "inline":
            words = [child for child in inline.children or () if child.content or child.type == "strong_open"]
            if len(words) > 1 and words[0].type == "strong_open" and words[1].content.lower() in CALLOUTS:
                token.attrs = {"class": "callout"}
