"""A mail's HTML made fit to be looked at: a document of its own for a sandboxed frame, with nothing in it that runs,
asks, sends or calls home."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import nh3

from samehand.channels.mail.reading.html_text import text_of
from samehand.channels.mail.tangles import is_tangled

# Beyond this nobody reads; the original stays one click away.
MAX_HTML = 2_000_000
# Of the addresses of pictures inside the mail, each as often as it is shown; the others stay attachments.
MAX_INSIDE = 10_000_000

_TAGS = {
    "a", "abbr", "address", "article", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav",
    "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
# Dropped with everything inside them; other unknown tags only lose themselves.
_GONE = {"script", "style", "title", "template", "noscript", "noembed", "noframes", "iframe", "object", "textarea",
         "svg", "math", "select", "xmp", "plaintext", "applet"}  # fmt: skip
_ATTRIBUTES = {
    "*": {"align", "bgcolor", "class", "dir", "height", "lang", "style", "title", "valign", "width"},
    "a": {"href"},
    "col": {"span"},
    "font": {"color", "face", "size"},
    "img": {"alt", "border", "src"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "nowrap", "rowspan"},
    "th": {"colspan", "nowrap", "rowspan", "scope"},
}
_STYLES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-radius",
    "border-right", "border-spacing", "border-style", "border-top", "border-width", "color", "direction", "display",
    "font", "font-family", "font-size", "font-style", "font-variant", "font-weight", "height", "letter-spacing",
    "line-height", "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top",
    "max-width", "min-width", "padding", "padding-bottom", "padding-left", "padding-right", "padding-top",
    "table-layout", "text-align", "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space",
    "width", "word-break", "word-wrap", "overflow-wrap",
}  # fmt: skip
_LINKS = ("http://", "https://", "mailto:", "tel:")
_REMOTE = ("http://", "https://", "//")
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
# Anything that could fetch, run or hide itself behind an escape.
_SLY_STYLE = re.compile(r"url\s*\(|expression|javascript|@|\\|image\s*\(|var\s*\(", re.IGNORECASE)
_CSP = (
    "default-src 'none'; img-src 'self' data:{remote}; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
)
_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{csp}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<style>
body {{ margin: 0; padding: 12px; font: 15px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  overflow-wrap: anywhere; }}
img {{ max-width: 100%; height: auto; }} table {{ max-width: 100%; }} pre {{ white-space: pre-wrap; }}
blockquote {{ margin: 0 0 0 8px; padding-left: 8px; border-left: 2px solid #ccc; }}
img:not([src]) {{ display: inline-block; min-width: 16px; min-height: 16px; border: 1px dashed #aaa; }}
</style></head>
<body>
{body}
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole HTML document and how many remote images were left out of it."""

    html: str
    blocked_images: int


def safe_html(
    html: str, *, images: bool, cid_url: Callable[[str], str], remote_url: Callable[[str], str] = str
) -> Shown:
    """The mail's HTML for a sandboxed frame. `cid_url` gives our own address for a Content-ID (without <>), '' when
    there is none, and is asked once for each that is shown; remote images are there only when `images` is true, under
    the address that `remote_url` makes of theirs.
    HTML that was built to hang a parser is shown as text."""
    html = html[:MAX_HTML]
    gate = _Gate(images, cid_url, remote_url)
    body = f"<pre>{escape(text_of(html))}</pre>" if is_tangled(html) else _cleaned(html, gate)
    csp = _CSP.format(remote=" http: https:" if images else "")
    return Shown(_PAGE.format(csp=csp, body=body), gate.blocked)


def _cleaned(html: str, gate: _Gate) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_GONE,
        attributes=_ATTRIBUTES,
        attribute_filter=gate,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties=_STYLES,
        strip_comments=True,
    )


class _Gate:
    """Looks at every attribute that nh3 would let pass, and lets it, changes it or drops it."""

    def __init__(self, images: bool, cid_url: Callable[[str], str], remote_url: Callable[[str], str]) -> None:
        self.images = images
        self.cid_url = cid_url
        self.remote_url = remote_url
        self.inside: dict[str, str] = {}
        self.room = MAX_INSIDE
        self.blocked = 0

    def __call__(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            return self._picture(value)
        if attribute == "href":
            return value if value.strip().lower().startswith(_LINKS) else None
        if attribute == "style":
            return ";".join(rule for rule in value.split(";") if not _SLY_STYLE.search(rule))
        return value

    def _picture(self, value: str) -> str | None:
        address = value.strip()
        low = address[:10].lower()
        if low.startswith("cid:"):
            return self._inside(address[4:].strip("<> "))
        if low.startswith(_REMOTE):
            return self._remote(address)
        return address if _PICTURE.fullmatch(address) else None

    def _inside(self, content_id: str) -> str | None:
        address = self.inside[content_id] if content_id in self.inside else self.cid_url(content_id)
        if len(address) > self.room:
            address = ""
        self.inside[content_id] = address
        self.room -= len(address)
        return address or None

    def _remote(self, address: str) -> str | None:
        if self.images:
            return self.remote_url("https:" + address if address.startswith("//") else address)
        self.blocked += 1
        return None
