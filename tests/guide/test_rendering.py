"""An article as a page and in plain words: for whom, with which facts and links."""

from __future__ import annotations

import pytest
from django.test.utils import override_settings
from django.urls import path

from samehand.guide import facts, rendering
from samehand.guide.models import OperatorFact, Picture, Revision
from tests.guide.articles import published
from tests.personas import MONDAY

BODY = """\
Zadzwoń: {{hotline}}, [tu](tel:{{hotline}}).

## Ustaw w {{app}} {#set-up}

1. Otwórz **Ustawienia**.

::: for iphone
2. Dotknij *Sieć*.
:::
::: for android
2. Dotknij `{{apn}}`.
:::

3. Gotowe. Zobacz [nową kartę](problem:sim-replace) albo [nic](problem:nothing).

## Tylko dla abonamentu {#bill}

::: for subscription
Zapłać [tutaj](https://fala.example/płać).
:::

## Co dalej

> **Uwaga.** Nie zgaduj.
"""
FACTS = {**{kind.key: kind.pl for kind in facts.KINDS}, "hotline": "*200", "apn": "a|b_c*", "app": "Moja Fala"}


def view(request: object, **kwargs: str) -> None: ...


app_name = "guide"
urlpatterns = [
    path("<language>/<category>/<slug>", view, name="article"),
    path("<language>/kontakt", view, name="contact"),
    path("pictures/<slug:name>", view, name="picture"),
]


class Addresses:
    """The doors of the public pages, without the pages."""

    from django.urls import include as _include

    urlpatterns = [path("", _include((urlpatterns, "guide")))]


@pytest.fixture
def article(db: None) -> Revision:
    published("sim-replace")
    return published("apn", BODY)


@pytest.fixture(autouse=True)
def addresses() -> object:
    with override_settings(ROOT_URLCONF=Addresses):
        yield


def test_without_a_reader_each_part_says_for_whom_it_is(article: Revision) -> None:
    page = rendering.page(article, scope=None, facts=FACTS)

    assert page.intro == '<p>Zadzwoń: *200, <a href="tel:*200">tu</a>.</p>\n'
    assert [(section.key, section.title, section.solution) for section in page.sections] == [
        ("set-up", "Ustaw w Moja Fala", True),
        ("bill", "Tylko dla abonamentu", True),
        ("", "Co dalej", False),
    ]
    html = page.sections[0].html
    assert '<p class="for-whom__name">iPhone</p>' in html
    assert "<code>a|b_c*</code>" in html
    assert '<ol start="3">' in html
    assert page.scopes == ("iphone", "android", "subscription")
    assert '<blockquote class="callout">' in page.sections[2].html


def test_a_known_phone_is_shown_its_own_part_only(article: Revision) -> None:
    page = rendering.page(article, scope={"samsung", "prepaid"}, facts=FACTS)

    assert [section.key for section in page.sections] == ["set-up", ""]
    assert "Sieć" not in page.sections[0].html
    assert "for-whom" not in page.sections[0].html
    assert page.sections[0].steps == (
        "Otwórz Ustawienia.", "Dotknij a|b_c*.", "Gotowe. Zobacz nową kartę albo nic."
    )  # fmt: skip


def test_links_lead_by_name_and_broken_ones_are_words(article: Revision) -> None:
    page = rendering.page(article, scope=None, facts=FACTS)

    assert '<a href="/pl/karta-sim/sim-replace-pl">nową kartę</a> albo nic.' in page.sections[0].html
    assert 'href="https://fala.example/p%C5%82a%C4%87" rel="nofollow noopener"' in page.sections[1].html
    assert page.broken == ("problem:nothing",)


def test_a_link_to_what_is_withdrawn_or_not_in_this_language_is_broken(article: Revision) -> None:
    target = Revision.objects.get(problem__key="sim-replace")
    target.problem.withdrawn_at = MONDAY
    target.problem.save()

    assert "problem:sim-replace" in rendering.page(article, scope=None, facts=FACTS).broken


def test_a_picture_has_its_size_and_a_missing_one_is_its_words(db: None) -> None:
    Picture.objects.create(
        name="frame", blob="0", content_type="image/png", width=640, height=480, uploaded_at=MONDAY
    )  # fmt: skip
    article = published("x", "![Ramka **karty**](picture:frame) ![Brak *go*](picture:nope)\n\n## A {#a}\n\nx\n")

    page = rendering.page(article, scope=None, facts=FACTS)

    assert page.intro == (
        '<p><img src="/pictures/frame?0" alt="Ramka karty" width="640" height="480" loading="lazy"> Brak go</p>\n'
    )


def test_in_plain_words_a_step_is_a_line(article: Revision) -> None:
    plain = rendering.plain(article, scope={"iphone"}, facts=FACTS)

    assert plain.intro == "Zadzwoń: *200, tu."
    assert plain.text == (
        "Zadzwoń: *200, tu.\n\nUstaw w Moja Fala\n1. Otwórz Ustawienia.\n2. Dotknij Sieć.\n3. Gotowe. Zobacz nową "
        "kartę albo nic.\n\nTylko dla abonamentu\nAbonament:\nZapłać tutaj.\n\nCo dalej\nUwaga. Nie zgaduj."
    )
    assert plain.solution("bill") == plain.sections[1]
    assert plain.solution("") is None


def test_in_an_answer_links_are_followed_by_their_whole_address(article: Revision) -> None:
    text = rendering.plain(article, scope=None, facts=FACTS, base="https://pomoc.fala.example").text

    assert "Zadzwoń: *200, tu." in text, "the number stands there already"
    assert "nową kartę (https://pomoc.fala.example/pl/karta-sim/sim-replace-pl) albo nic." in text
    assert "tutaj (https://fala.example/p%C5%82a%C4%87)." in text


def test_a_number_that_phones_dial_is_a_link_and_stays_a_number_in_plain_words(db: None) -> None:
    body = "Zadzwoń: {{hotline}} albo {{hotline_abroad}}. [Dzwoń {{hotline_abroad}}](contact:)\n\n## A {#a}\n\nx\n"
    article = published("call", body=body)
    number = facts.values("pl")["hotline_abroad"]

    html = rendering.page(article, scope=None, facts=FACTS).intro
    plain = rendering.plain(article, facts=FACTS, base="https://fala.example").text

    assert f'Zadzwoń: *200 albo <a href="tel:+48000200200">{number}</a>. ' in html
    assert html.count("<a ") == 2, "no link stands within a link"
    assert f"Zadzwoń: *200 albo {number}. " in plain


def test_a_table_and_code_in_plain_words(db: None) -> None:
    article = published("x", "| a | b |\n|---|---|\n| 1 | [c](contact:) |\n\n```\nx  y\n```\n\n## A {#a}\n\n- z\n")

    assert rendering.plain(article, facts=FACTS).text == "a | b\n1 | c\nx  y\n\nA\n- z"


def test_the_same_page_is_made_once(article: Revision) -> None:
    one = rendering.page(article, scope=None, facts=FACTS)

    assert rendering.page(Revision.objects.get(pk=article.pk), scope=set(), facts=dict(FACTS)) is one
    assert rendering.page(article, scope=None, facts={**FACTS, "hotline": "*300"}) is not one


def test_facts_are_the_operators_own_or_the_default(db: None) -> None:
    OperatorFact.objects.create(key="apn", values={"pl": "internet.fala"}, edited_at=MONDAY)

    assert facts.values("pl")["apn"] == "internet.fala"
    assert facts.values("en")["apn"] == "internet"
    assert set(facts.values("en")) == facts.KEYS
    assert rendering.words("Kosztuje **{{sim_fee}}**", facts.values("pl")) == "Kosztuje 25 zł"
