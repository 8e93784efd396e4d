"""What the writer said himself."""

from __future__ import annotations

import pytest

from samehand.channels.mail.reading.quotes import reply_text

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
    assert (
        reply_text(f"Dziękuję, ale nadal nie działa.\n\nJan\n\n{under}\n") == "Dziękuję, ale nadal nie działa.\n\nJan"
    )


KEPT = [
    (
        "answers between the questions",
        "W dniu 02.11.2026 o 09:58, Fala pisze:\n> Jaki to telefon?\nNokia.\n> Od kiedy nie działa?\nOd wczoraj.",
    ),
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
    assert reply_text(text) == text


def test_an_answer_under_the_whole_quote_is_the_answer() -> None:
    assert (
        reply_text(f"W dniu 02.11.2026 o 09:58, Fala pisze:\n{OLD}\n\nNadal nie działa.\n\n-- \nJan")
        == "Nadal nie działa."
    )
