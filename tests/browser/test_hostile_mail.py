"""Mails that were made to hurt, in a real browser. The letters and numbers are those of the project's list of hostile
inputs."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from samehand.cases.models import Case
from samehand.people.models import Staff
from tests.browser.conftest import Open, address, arrive

pytestmark = pytest.mark.browser

RUNS = "window.top.ranIt=1;parent.ranIt=1;document.title='ranIt'"
ATTACKS = {
    "B1 a script": f"<script>{RUNS}</script>",
    "B1 a picture that fails": f'<img src=x onerror="{RUNS}">',
    "B1 a link that runs": f'<a id=l href="javascript:{RUNS}">kliknij</a>',
    "B1 a drawing that loads": f'<svg onload="{RUNS}"><animate onbegin="{RUNS}" attributeName=x dur=1s></svg>',
    "B2 tags within tags": f"<scr<script>ipt>{RUNS}</scr</script>ipt><img src=x oonnerror='{RUNS}' onerror='{RUNS}'>",
    "B6 math and glyphs": "<math><mtext><table><mglyph><style><!--</style>"
    f'<img title="--&gt;&lt;img src=1 onerror={RUNS}&gt;">',
    "B6 forms in math": f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={RUNS}>",
    "B6 a style in a drawing": f"<svg></p><style><a id='</style><img src=1 onerror={RUNS}>'>",
    "B6 noscript": f"<noscript><p title='</noscript><img src=x onerror={RUNS}>'>",
    "B6 a select": "<select><template><style><!--</style>"
    f"<a rel='--></style></template></select><img id=x src onerror={RUNS}>'>",
}


def came(html: str) -> Case:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Zofia <zofia@poczta.example>", "helpdesk@fala.example", "Wroga"
    mail["Message-ID"] = f"<{abs(hash(html))}@poczta.example>"
    mail.set_content(html + "<p id=end>Koniec</p>", subtype="html")
    return arrive("", mail=mail.as_bytes())


def opened(page: Page) -> None:
    """Look at the formatting. Some attacks end in a tag that swallows the rest: then the frame is empty, not late."""
    with page.expect_response(lambda answer: answer.url.endswith("/html")):
        page.click("details.formatted summary")
    page.frame_locator("iframe").locator("body").wait_for(state="attached")


def ran(page: Page) -> bool:
    return bool(page.evaluate("window.ranIt === 1 || document.title === 'ranIt'")) or any(
        frame.evaluate("window.ranIt === 1 || document.title === 'ranIt'") for frame in page.frames
    )


@pytest.mark.parametrize("case", ATTACKS)
def test_nothing_runs(case: str, anna: Staff, open_as: Open) -> None:
    page = open_as(anna, address(came(ATTACKS[case])))
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.on("dialog", lambda _dialog: refused.append("a dialog"))

    opened(page)
    for link in page.frame_locator("iframe").locator("a[href]").all():
        link.click(timeout=1000)
    page.wait_for_timeout(200)

    assert not ran(page)
    # Nothing was left for the policy to stop either: it is the second wall.
    assert not [said for said in refused if "Content Security Policy" in said or said == "a dialog"]


def test_the_trap_would_be_noticed(anna: Staff, open_as: Open) -> None:
    page = open_as(anna, address(came("<p>x</p>")))
    opened(page)
    page.evaluate("window.ranIt = 1")

    assert ran(page)


def test_b3_an_overlay_stays_in_its_frame(anna: Staff, open_as: Open) -> None:
    style = "position:fixed;top:-5000px;left:-5000px;width:20000px;height:20000px;z-index:99999;background:red"
    page = open_as(
        anna, address(came(f"<style>@import 'https://zle.example/x.css'</style><div style='{style}'>x</div>"))
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page)

    frame = page.locator("iframe").bounding_box()
    div = page.frame_locator("iframe").locator("div").first
    assert frame and frame["width"] < 1440
    assert div.evaluate("it => getComputedStyle(it).position") == "static"
    # Our own buttons are ours: they can be pressed.
    page.get_by_role("button", name="Zamknij").first.hover(timeout=2000)
    assert not [url for url in asked if "zle.example" in url]


def test_b4_pictures_from_elsewhere_never_come_from_elsewhere(anna: Staff, open_as: Open) -> None:
    page = open_as(anna, address(came("<img src='https://sledz.example/a.png'><img src='//sledz.example/b.png'>")))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    opened(page)
    before = list(asked)
    with page.expect_request(lambda request: request.url.endswith("/picture")):
        page.click("a[target^='mail-']")
    expect(page.frame_locator("iframe").locator("img[src*='/f/']")).to_have_count(2)

    assert not [url for url in before if "/picture" in url]
    assert not [url for url in asked if "sledz.example" in url]


def test_b5_nothing_asks_for_a_password_or_leads_away(anna: Staff, open_as: Open) -> None:
    html = (
        "<base href='https://zle.example/'><meta http-equiv=refresh content='0;url=https://zle.example/'>"
        "<form action='https://zle.example/'><input type=password name=haslo><button>Dalej</button></form>"
    )
    page = open_as(anna, address(came(html)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page)
    page.wait_for_timeout(300)

    frame = page.frame_locator("iframe")
    assert frame.locator("form, input, button, base, meta[http-equiv=refresh]").count() == 0
    assert not [url for url in asked if "zle.example" in url]


def test_b10_a_name_does_not_turn_round(anna: Staff, open_as: Open) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Zofia <zofia@poczta.example>",
        "helpdesk@fala.example",
        "\u202etsop\u2066 x",
    )
    mail["Message-ID"] = "<odwrotna@poczta.example>"
    mail.set_content("Tekst")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="faktura\u202efdp.exe")
    page = open_as(anna, address(arrive("", mail=mail.as_bytes())))

    expect(page.locator("h1")).to_have_text("tsop x")
    expect(page.locator(".file .clip")).to_have_text("fakturafdp.exe")


def test_b14_a_subject_of_a_megabyte_is_short_in_lists(anna: Staff, open_as: Open) -> None:
    raw = (
        b"From: Zofia <zofia@poczta.example>\r\nTo: helpdesk@fala.example\r\nMessage-ID: <dluga@p.example>\r\nSubject: "
    )
    arrive("", mail=raw + b"=?utf-8?q?=C5=82a=C5=82?= " * 20_000 + b"\r\n\r\nTekst")
    page = open_as(anna)

    row = page.locator("#rows li").first
    box = row.bounding_box()
    assert box and box["height"] < 200
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
