"""Where a mail without proof may belong: by its subject, its quotes, its time and whom it greets."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.hints import Candidate, Hint, Letter, bare, hint, lines_of, numbers_in, quoted_lines

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ANSWER = "Sprawdziłam to na Pana koncie i wysłałam nową fakturę."


def letter(subject: str = "Re: Faktura", text: str = "Dziękuję.", own: str = "") -> Letter:
    return Letter(subject, text, own or text, NOON)


def case(case_id: int = 1, subject: str = "Faktura", days: float = 2, said: str = "", name: str = "") -> Candidate:
    return Candidate(case_id, subject, NOON - timedelta(days=days), lines_of(said), name)


@pytest.mark.parametrize(
    ("subject", "wanted"),
    [
        pytest.param("Re: Faktura", "faktura", id="an answer"),
        pytest.param("Odp.: Faktura", "odp.: faktura", id="an abbreviation that no program writes stays"),
        pytest.param("ODP: PD: Re: Fwd: FW: Faktura", "faktura", id="one prefix in another"),
        pytest.param("SV: AW: VS: Antw: Faktura", "faktura", id="other languages"),
        pytest.param("Re[2]: RE(3): Re^4: Faktura", "faktura", id="counted answers"),
        pytest.param("[lista-pl] Re: [Fala] Faktura", "faktura", id="tags of lists"),
        pytest.param("回复:Ответ: Faktura", "faktura", id="other alphabets"),
        pytest.param("Re : Faktura", "faktura", id="a space before the colon"),
        pytest.param("Faktura (fwd)", "faktura", id="forwarded, said behind"),
        pytest.param("Automatyczna odpowiedź: Faktura", "faktura", id="a robot's answer"),
        pytest.param("  Faktura   za\tlistopad ?!", "faktura za listopad", id="spaces and signs"),
        pytest.param("Reklamacja", "reklamacja", id="a word that begins like a prefix"),
        pytest.param("Regulamin: pytanie", "regulamin: pytanie", id="a colon of the subject's own"),
        pytest.param("", "", id="nothing"),
        pytest.param("Re:", "", id="nothing but a prefix"),
    ],
)
def test_the_bare_subject(subject: str, wanted: str) -> None:
    assert bare(subject) == wanted


@pytest.mark.parametrize(
    ("mail", "cases", "wanted"),
    [
        pytest.param(letter(), [case()], Hint(1, ("subject",), 2), id="the same subject"),
        pytest.param(letter(), [case(1, days=9), case(2, days=3)], Hint(2, ("subject",), 3), id="of two the latest"),
        pytest.param(letter(), [], None, id="no cases at all"),
        pytest.param(letter(), [case(subject="Zasięg")], None, id="another subject"),
        pytest.param(letter(), [case(days=500)], None, id="the same subject, but ages ago"),
        pytest.param(letter("Faktura"), [case()], Hint(1, ("subject",), 2), id="no Re:, but lately"),
        pytest.param(letter("Faktura"), [case(days=31)], None, id="no Re: and a month later: a new matter"),
        pytest.param(letter("Re:"), [case(subject="")], None, id="two empty subjects are not the same subject"),
        pytest.param(
            letter("Nowa karta (było: Faktura)"), [case()], Hint(1, ("subject",), 2), id="it says what it was before"
        ),
        pytest.param(
            letter("Re: Faktura", "Dziękuję.\n\n> " + ANSWER, "Dziękuję."),
            [case(1, days=1), case(2, days=40, said=ANSWER)],
            Hint(2, ("quotes", "subject"), 40),
            id="a quote tells two cases of one subject apart",
        ),
        pytest.param(
            letter("Dziękuję", f"Super.\n\nOd: Fala\nTemat: Faktura\n\n{ANSWER}", "Super."),
            [case(said=ANSWER)],
            Hint(1, ("quotes",), 2),
            id="a quote without marks, as Outlook makes it",
        ),
        pytest.param(
            letter("Coś innego", "Z poważaniem, Jan Żuk z Krakowa"),
            [case(said="Z poważaniem, Jan Żuk z Krakowa")],
            None,
            id="the same closing words in both are no quote",
        ),
        pytest.param(
            letter("Brak internetu Kraków", "Panie Marku, nadal nic."),
            [case(subject="Brak internetu w domu, Kraków", name="Marek")],
            Hint(1, ("like", "name"), 2),
            id="nearly the same subject, and a greeting to who holds it",
        ),
        pytest.param(
            letter("Nowa", "Panie Marku, mam nową sprawę."), [case(name="Marek")], None, id="a greeting alone"
        ),
        pytest.param(
            letter("Coś", "x"),
            [Candidate(9, "Faktura", NOON - timedelta(days=700), signs=frozenset({"number"}))],
            Hint(9, ("number",), 700),
            id="its number, however old it is",
        ),
    ],
)
def test_where_it_may_belong(mail: Letter, cases: list[Candidate], wanted: Hint | None) -> None:
    assert hint(mail, cases) == wanted


def test_numbers_are_found_in_any_letter_case_and_only_whole() -> None:
    assert numbers_in("Sprawa sh-7k3m9qx2", "i SH-00000000, nie SH-7K3 ani XSH-7K3M9QX2") == (
        "SH-7K3M9QX2",
        "SH-00000000",
    )


def test_what_is_quoted_and_what_is_said() -> None:
    text = "Tak, ten sam numer telefonu.\n> To jest zacytowana linia listu.\n\n-- \nPodpis niecytowany, ale złożony."

    quoted = quoted_lines(text, "Tak, ten sam numer telefonu.")

    assert "to jest zacytowana linia listu." in quoted
    assert "tak, ten sam numer telefonu." not in quoted


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=60))
def test_whatever_somebody_writes_is_read(subject: str, text: str, other: str) -> None:
    candidate = Candidate(1, other, NOON, lines_of(text), other[:5])

    found = hint(Letter(subject, text, text[:10], NOON), [candidate])

    assert found is None or found.signs
    assert bare(bare(subject)) == bare(subject)


@pytest.mark.parametrize(
    "text",
    ["Re: " * 500_000, "> " * 1_000_000, "[" * 1_000_000, "sh-" * 500_000, "a\n" * 1_000_000, "(was: " * 200_000],
)
def test_no_text_is_too_long(text: str) -> None:
    started = time.process_time()

    hint(Letter(text, text, text[:50_000], NOON), [case(said=text)])
    numbers_in(text, text)

    assert time.process_time() - started < 1
