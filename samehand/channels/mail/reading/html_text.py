"""HTML to text that reads well: paragraphs, lists, quotes as "> " lines, addresses of links. One pass over the tags."""

from __future__ import annotations

import re
from html import unescape

from samehand.channels.mail.reading.structure import END, MARKABLE, SIGNATURE, sign_of, unmarked, without_signs

# Beyond this a page is not read by a person; what was cut stands in the HTML itself.
MAX_HTML = 2_000_000

_TOKEN = re.compile(
    r"<!--|<!\[[^>]*+>|<[!?][^>]*+>|<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30}+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+|[^<>]*+)>"
)
_HREF = re.compile(r"""\bhref\s{0,5}=\s{0,5}(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s"'>]{1,4000}))""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s{0,5}=\s{0,5}(?:"([^"]{1,300})"|'([^']{1,300})')""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_MANY_BREAKS = re.compile(r"\n{3,}")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f]")

_HIDDEN = {"script", "style", "head", "title", "template", "noframes"}
_LINE = {"br", "div", "tr", "dt", "dd", "section", "article", "header", "footer", "address", "form", "center", "option"}
_PARAGRAPH = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "hr", "figure"}
_NEEDED = _HIDDEN | _LINE | _PARAGRAPH | {"blockquote", "li", "pre", "a", "img", "td", "th"}


def text_of(html: str) -> str:
    """The text of an HTML body."""
    return unmarked(marked_text(html))[0]


def marked_text(html: str) -> str:
    """The text of an HTML body with signs for its structure, which `structure.unmarked` takes out."""
    return _Reading(without_signs(html[:MAX_HTML])).text()


class _Reading:
    def __init__(self, html: str) -> None:
        self.html = html
        self.out: list[str] = []
        self.depth = 0
        self.plain = False
        self.close = False
        self.link = ""
        self.link_from = 0
        # Where each quote began in `out`, to be indented when it closes.
        self.quotes: list[int] = []
        # The element that holds the signature, and how many of its name are open within.
        self.signature = ""
        self.signature_depth = 0

    def text(self) -> str:
        self._walk()
        while self.quotes:
            self._close_quote()
        return _tidy("".join(self.out))

    def _walk(self) -> None:
        html, at = self.html, 0
        missing: set[str] = set()
        # Behind the last ">" each "<!" would look for one to the very end.
        last = html.rfind(">") + 1
        while found := _TOKEN.search(html, at, last):
            if found.start() > at:
                self._words(html[at : found.start()])
            at = found.end()
            name = found[2]
            if not name:
                at = _past_comment(html, at, missing) if found[0] == "<!--" else at
                continue
            name = name.lower()
            if name not in _NEEDED:
                continue
            if name in _HIDDEN:
                at = _past_hidden(html, name, at, missing) if not found[1] else at
            elif found[1]:
                self._end(name)
            else:
                self._begin(name, found[3])
                if name in MARKABLE:
                    self._mark(name, found[3])
        self._words(html[at:])

    def _words(self, text: str) -> None:
        if self.plain:
            self.out.append(text.replace("\r\n", "\n"))
        elif not text.isspace():
            self.out.append(_SPACE.sub(" ", text))
        elif self.out and self.out[-1][-1:] not in ("\n", " "):
            self.out.append(" ")

    def _mark(self, name: str, attributes: str) -> None:
        """Behind the fresh line that the element began."""
        if name == self.signature:
            self.signature_depth += 1
        sign = sign_of(attributes) if attributes else ""
        if not sign or (sign == SIGNATURE and self.signature) or self.quotes:
            return
        self.out.append(sign)
        if sign == SIGNATURE:
            self.signature, self.signature_depth = name, 1

    def _end_signature(self) -> None:
        self.signature_depth -= 1
        if not self.signature_depth:
            self.signature = ""
            self.out.append(END)

    def _begin(self, name: str, attributes: str) -> None:
        if name in _LINE:
            # An empty row of <br> is a blank line; an empty row of <div> is nothing.
            self.out.append("\n") if name == "br" else self._fresh_line()
        elif name in _PARAGRAPH:
            self._fresh_line()
            # Word's paragraphs stand close; a blank line is a paragraph of its own.
            self.close = name == "p" and "MsoNormal" in attributes
            if not self.close:
                self.out.append("\n")
        elif name == "li":
            self._fresh_line()
            self.out.append("- ")
        elif name == "a":
            self._begin_link(attributes)
        elif name == "img":
            self._picture(attributes)
        elif name in ("td", "th"):
            self.out.append(" ")
        elif name == "blockquote":
            self._fresh_line()
            if len(self.quotes) < 10:
                self.quotes.append(len(self.out))
        elif name == "pre":
            self._fresh_line()
            self.plain = True

    def _end(self, name: str) -> None:
        if name == "a":
            self._end_link()
        elif name == "blockquote":
            if self.quotes:
                self._close_quote()
        elif name == "pre":
            self.plain = False
            self._fresh_line()
        elif name in _PARAGRAPH:
            self._fresh_line()
            if not (name == "p" and self.close):
                self.out.append("\n")
        elif name in _LINE and name != "br":
            self._fresh_line()
        if name == self.signature:
            self._end_signature()

    def _fresh_line(self) -> None:
        if self.out and self.out[-1][-1:] != "\n":
            self.out.append("\n")

    def _close_quote(self) -> None:
        start = self.quotes.pop()
        inside = _tidy("".join(self.out[start:]), entities=False)
        del self.out[start:]
        if inside:
            self.out.append("> " + inside.replace("\n", "\n> ").replace("\n> >", "\n>>") + "\n")

    def _begin_link(self, attributes: str) -> None:
        found = _HREF.search(attributes[:5_000]) if attributes else None
        self.link = (found[1] or found[2] or found[3] or "").strip() if found else ""
        self.link_from = len(self.out)

    def _end_link(self) -> None:
        link, self.link = self.link, ""
        if not link.lower().startswith(("http://", "https://")):
            return
        words = "".join(self.out[self.link_from :]).strip()
        bare = link.partition("://")[2].rstrip("/")
        if words and bare not in words and not _same(words, bare):
            self.out.append(f" &lt;{link}&gt;")

    def _picture(self, attributes: str) -> None:
        found = _ALT.search(attributes[:5_000]) if "alt" in attributes else None
        words = (found[1] or found[2] or "").strip() if found else ""
        if words:
            self.out.append(f"[{words}]")


def _same(words: str, bare: str) -> bool:
    return unescape(words).removeprefix("www.").rstrip("/") == unescape(bare).removeprefix("www.")


def _past_comment(html: str, at: int, missing: set[str]) -> int:
    end = -1 if "-->" in missing else html.find("-->", at)
    if end < 0:
        # A comment that is never closed would swallow the mail.
        missing.add("-->")
        return at
    return end + 3


def _past_hidden(html: str, name: str, at: int, missing: set[str]) -> int:
    """Behind the end of a hidden element. An end that is missing is looked for once, or it would cost a square."""
    if name in missing:
        return at
    end = re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE).search(html, at)
    if not end and name == "head":
        end = re.compile(r"(?=<body)", re.IGNORECASE).search(html, at)
    if not end:
        missing.add(name)
        return at
    return end.end()


def _tidy(text: str, entities: bool = True) -> str:
    if entities and "&" in text:
        text = unescape(text)
    if not text.isascii() and _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    text = "\n".join([line.strip() for line in text.split("\n")])
    return _MANY_BREAKS.sub("\n\n", text).strip().replace("\xa0", " ")
