"""What the writer said himself."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.quotes import Hints, Split, apart, split

OLD = "\n".join(f"> {line}" for line in ("Dzień dobry,", "", "sprawdzamy.", "Ania"))
BARE = "Dzień dobry,\n\nsprawdzamy.\nAnia"

CUT = [
    ("gmail pl", f"pon., 2 lis 2026 o 09:58 Fala Mobile <helpdesk@fala.test> napisał(a):\n\n{OLD}"),
    (
        "gmail pl, broken line",
        f"pon., 2 lis 2026 o 09:58 Fala Mobile <helpdesk+sprawa@fala.test>\nnapisał(a):\n\n{OLD}",
    ),
    ("gmail pl, older", f"W dniu 2 listopada 2026 09:58 użytkownik Fala <helpdesk@fala.test> napisał:\n\n{OLD}"),
    ("thunderbird pl", f"W dniu 02.11.2026 o 09:58, Fala Mobile pisze:\n{OLD}"),
    ("wp", f"Dnia 2 listopada 2026 09:58 Fala Mobile <helpdesk@fala.test> napisał(a):\n\n{BARE}"),
    ("o2", f"Dnia 2 listopada 2026 09:58 helpdesk@fala.test napisał:\n{BARE}"),
    ("onet", f"W dniu 2026-11-02 09:58:12 użytkownik Fala Mobile <helpdesk@fala.test> napisał:\n{OLD}"),
    ("user", f"Użytkownik Fala Mobile <helpdesk@fala.test> napisał:\n{OLD}"),
    (
        "apple pl",
        f"Wiadomość napisana przez Fala Mobile <helpdesk@fala.test> w dniu 2 lis 2026, o godz. 09:58:\n\n{OLD}",
    ),
    ("apple pl, quoted", f"> Wiadomość napisana przez Fala Mobile w dniu 2 lis 2026, o godz. 09:58:\n> \n{OLD}"),
    (
        "interia",
        f"Od: Fala Mobile <helpdesk@fala.test>\nDo: jan@poczta.test\nWysłane: 9:58 Poniedziałek\nTemat: x\n\n{BARE}",
    ),
    ("outlook pl", f"Od: Fala Mobile\nWysłano: 2 listopada 2026 09:58\nDo: Jan\nTemat: Re: Pytanie\n\n{BARE}"),
    (
        "outlook mobile pl",
        f"Pobierz aplikację Outlook dla systemu iOS\n________________________________\nOd: Fala <h@fala.test>\n"
        f"Wysłane: Monday\nDo: Jan\nTemat: x\n\n{BARE}",
    ),
    ("bold outlook", f"*Od:* Fala Mobile\n*Wysłano:* 2 listopada\n*Do:* Jan\n*Temat:* x\n\n{BARE}"),
    ("samsung", f"-------- Oryginalna wiadomość --------\nOd: Fala <h@fala.test>\nData: 2.11.2026\nDo: Jan\n\n{BARE}"),
    ("old outlook", f"-----Wiadomość oryginalna-----\nOd: Fala\nWysłano: 2 listopada\n\n{BARE}"),
    (
        "yahoo pl",
        f"W dniu poniedziałek, 2 listopada 2026 09:58:12 CET, użytkownik Fala <h@fala.test> napisał:\n\n{OLD}",
    ),
    ("ours pl", f"2 listopada 2026 o 09:58 napisali Państwo:\n{OLD}"),
    ("gmail en", f"On Mon, Nov 2, 2026 at 9:58 AM Fala Mobile <helpdesk@fala.test> wrote:\n\n{OLD}"),
    ("gmail en, broken line", f"On Mon, Nov 2, 2026 at 9:58 AM Fala Mobile <\nhelpdesk@fala.test> wrote:\n\n{OLD}"),
    ("apple en", f"On 2 Nov 2026, at 09:58, Fala Mobile <helpdesk@fala.test> wrote:\n\n{OLD}"),
    ("outlook en", f"From: Fala Mobile\nSent: Monday, November 2, 2026 9:58 AM\nTo: Jan\nSubject: RE: x\n\n{BARE}"),
    ("original message", f"-----Original Message-----\nFrom: Fala\nSent: Monday\n\n{BARE}"),
    ("no lead at all", OLD),
    ("signature", "-- \nJan Kowalski\ntel. 600 000 000"),
    ("signature and quote", f"-- \nJan\n\nW dniu 02.11.2026 o 09:58, Fala pisze:\n{OLD}"),
    ("quote and signature", f"W dniu 02.11.2026 o 09:58, Fala pisze:\n{OLD}\n\n-- \nJan"),
    ("phone", "Wysłano z iPhone'a"),
    ("phone en", f"Sent from my iPhone\n\nOn 2 Nov 2026, at 09:58, Fala <helpdesk@fala.test> wrote:\n\n{OLD}"),
]


@pytest.mark.parametrize("under", [text for _, text in CUT], ids=[name for name, _ in CUT])
def test_what_the_program_put_under_the_words_goes(under: str) -> None:
    own = "Dziękuję, ale nadal nie działa.\n\nJan"

    assert split(f"{own}\n\n{under}\n").reply_text == own


KEPT = [
    ("an SMS in the middle", "Dostałem taki SMS:\n> Zapłać 3 zł: x.test\n> Twój operator\nCzy to od was?"),
    ("an SMS at the end", "Dostałem taki SMS:\n> Zapłać 3 zł: x.test"),
    ("a person tells what was said", "W dniu 2 listopada konsultant napisał:\nproszę czekać.\nCzekam do dziś."),
    ("a list with dashes", "Mam pytania:\n--\n- jedno\n- drugie\n" + "\n".join(f"punkt {n}" for n in range(30))),
    ("a sentence that begins like a mark", "On the other hand, my phone works.\nFrom: now on I use another one."),
    ("only a quote", OLD),
    ("only a forward", f"-------- Przekazana wiadomość --------\nOd: x\nData: y\n\n{BARE}"),
    ("nothing", ""),
]


@pytest.mark.parametrize("text", [text for _, text in KEPT], ids=[name for name, _ in KEPT])
def test_what_may_be_the_writers_own_stays(text: str) -> None:
    assert split(text) == Split(text)


QUESTIONS = "> Jaki to telefon?\nNokia.\n> Od kiedy nie działa?\nOd wczoraj."
WROTE = "W dniu 02.11.2026 o 09:58, Fala pisze:"
SPLIT = [
    ("an answer under the whole quote", f"{WROTE}\n{OLD}\n\nNadal nie działa.", "Nadal nie działa.", ""),
    ("answers between the questions", f"{WROTE}\n{QUESTIONS}", QUESTIONS, ""),
    (
        "a word above answers between",
        f"Oto odpowiedzi.\n\n{WROTE}\n{QUESTIONS}",
        f"Oto odpowiedzi.\n\n{QUESTIONS}",
        "",
    ),
    (
        "an SMS above the quote of a mail",
        f"Dostałem taki SMS:\n> Twój pakiet wygasł\n\n{WROTE}\n{OLD}",
        "Dostałem taki SMS:\n> Twój pakiet wygasł",
        "",
    ),
    (
        "an SMS in the middle, and a signature",
        "Przyszło mi:\n> Twoj pakiet wygasl\nCo to znaczy?\n\nPozdrawiam,\nJan Nowak\ntel. 600 100 200",
        "Przyszło mi:\n> Twoj pakiet wygasl\nCo to znaczy?",
        "Pozdrawiam,\nJan Nowak\ntel. 600 100 200",
    ),
    ("a signature above the quote", f"Nie działa.\n\n-- \nJan\n\n{WROTE}\n{OLD}", "Nie działa.", "-- \nJan"),
    ("a signature under the quote", f"Nie działa.\n\n{WROTE}\n{OLD}\n\n-- \nJan", "Nie działa.", "-- \nJan"),
    ("a phone's line", "Nie działa.\n\nWysłano z iPhone'a", "Nie działa.", "Wysłano z iPhone'a"),
    (
        "a name and a phone's line",
        "Nie działa.\n\nPozdrawiam serdecznie, Jan Nowak\n\nWysłane z mojego Samsunga",
        "Nie działa.",
        "Pozdrawiam serdecznie, Jan Nowak\n\nWysłane z mojego Samsunga",
    ),
    ("thanks are own words", "Nie działa.\n\nDziękuję,\nJan", "Nie działa.\n\nDziękuję,\nJan", ""),
    (
        "a postscript is own words",
        "Nie działa.\n\nPozdrawiam\nJan\n\nPS Czy mam wyłączyć telefon?",
        "Nie działa.\n\nPozdrawiam\nJan\n\nPS Czy mam wyłączyć telefon?",
        "",
    ),
    (
        "the number that it is about is own words",
        "Nie działa.\n\nPozdrawiam\nJan Nowak\nnr klienta 123456",
        "Nie działa.\n\nPozdrawiam\nJan Nowak\nnr klienta 123456",
        "",
    ),
    (
        "a disclaimer",
        "Nie działa.\n\nTa wiadomość jest poufna i przeznaczona wyłącznie dla adresata; proszę jej nie kopiować.",
        "Nie działa.",
        "Ta wiadomość jest poufna i przeznaczona wyłącznie dla adresata; proszę jej nie kopiować.",
    ),
]


@pytest.mark.parametrize(("text", "own", "signature"), [row[1:] for row in SPLIT], ids=[row[0] for row in SPLIT])
def test_own_words_and_signature_are_told_apart(text: str, own: str, signature: str) -> None:
    found = split(text)

    assert (found.reply_text, found.signature) == (own, signature)


def test_a_forwarded_mail_alone_is_shown_whole_without_its_own_quote() -> None:
    text = f"Od: Jan <jan@poczta.test>\nWysłano: środa\nTemat: x\n\nCo to jest?\n\n{WROTE}\n{OLD}"

    assert split(text).reply_text == "Od: Jan <jan@poczta.test>\nWysłano: środa\nTemat: x\n\nCo to jest?"


def test_answers_that_are_announced_within_an_unmarked_quote_stay() -> None:
    text = f"Moje odpowiedzi poniżej na czerwono.\n\nOd: Fala <h@fala.test>\nDo: Jan\nTemat: x\n\n{BARE}\nTak."

    assert split(text).reply_text.endswith(f"{BARE}\nTak.")


def test_what_only_the_html_told_is_told_apart_again() -> None:
    text = f"Nie działa.\nJan Nowak\nNowak Transport\n\nOd: Fala\nWysłano: środa\nDo: Jan\nTemat: x\n\n{BARE}"

    assert split(text).reply_text == "Nie działa.\nJan Nowak\nNowak Transport"
    assert apart(text, "Nie działa.") == Split(
        "Nie działa.", f"Od: Fala\nWysłano: środa\nDo: Jan\nTemat: x\n\n{BARE}", "Jan Nowak\nNowak Transport"
    )


def test_told_apart_again_nothing_is_lost() -> None:
    text = f"Nie działa.\n\nPozdrawiam\nJan\n\n{WROTE}\n{OLD}"

    assert apart(text, "Nie działa.") == split(text)
    assert apart(text, "") == split(text)


LINES = st.sampled_from(
    [
        "", " ", "\xa0", "Nie działa.", "> Dzień dobry", ">> tak", "JK> tak", "-- ", "--", "____________", "/Jan",
        WROTE, "Pozdrawiam,", "Jan Nowak", "Od: Fala <h@fala.test>", "Do: Jan", "Temat: x",
        "-----Wiadomość oryginalna-----", "Wysłano z iPhone'a", "On Mon, Nov 2, 2026 at 9:58 AM Fala <",
        "helpdesk@fala.test> wrote:", "wrote:", "SMS:",
    ]
)  # fmt: skip


@given(st.lists(LINES | st.text(max_size=20), max_size=30).map("\n".join), st.data())
def test_every_line_stands_in_one_of_the_three_in_its_order(text: str, data: st.DataObject) -> None:
    number = st.integers(0, text.count("\n"))
    hints = data.draw(st.builds(Hints, st.tuples(number), st.tuples(number), st.tuples(st.tuples(number, number))))
    for found in (split(text), split(text, hints)):
        pieces = [_said(piece) for piece in (found.reply_text, found.folded, found.signature)]

        assert sorted(_said(text)) == sorted(line for piece in pieces for line in piece)
        assert all(_in_order(piece, _said(text)) for piece in pieces)
        assert bool(found.reply_text.strip()) == bool(text.strip())


def _said(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def _in_order(piece: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(line in rest for line in piece)


HOSTILE = {
    "one line": "a" * 10_000_000,
    "one quoted line": "> " * 5_000_000,
    "deep quotes": ">" * 1_000_000,
    "deeper and deeper": "\n".join(">" * depth for depth in range(1_400)),
    "colons": "x:\n" * 19_900,
    "fields": "Od: a\n" * 19_900,
    "answers everywhere": "SMS:\n> a\n\nb\n" * 4_900,
    "phones' lines between quotes": "Wysłano z iPhone'a\n> q\n" * 9_900,
    "headers after an announcement": "odpowiedzi poniżej\n" + "Od: a@b\nTemat: c\nData: d\n" * 6_600,
    "delimiters": "-- \n" * 19_900,
    "more lines than a letter has": "Nie działa.\n" * 500_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_text_and_with_nothing_else(text: str) -> None:
    start = time.process_time()
    split(text)

    assert time.process_time() - start < 5
