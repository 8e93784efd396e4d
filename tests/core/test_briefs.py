"""The brief of a case: each rule as a table, then whole cases, then what hostile text does to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.briefs import Brief, Said, brief
from samehand.core.briefs.promising import promised
from samehand.core.briefs.sentences import sentences, shown
from samehand.core.briefs.trying import reaction_of

WARSAW = ZoneInfo("Europe/Warsaw")
# A Monday, 11:00 in Warsaw.
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
STORIES = Path(__file__).parents[2] / "samehand" / "demo" / "stories"


def told(*said: tuple[str, str], now: datetime | None = None) -> Brief:
    """The brief of utterances an hour apart: ("customer", "…"), ("us", "…"), ("note", "…")."""
    return brief(case(*said), now=now or MONDAY + timedelta(hours=len(said)), zone=WARSAW)


def case(*said: tuple[str, str]) -> list[Said]:
    moments = (MONDAY + timedelta(hours=at) for at in range(len(said)))
    return [
        Said(who, at, text, "" if who == "customer" else "Anna")  # type: ignore[arg-type]
        for (who, text), at in zip(said, moments, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Dzień dobry,\n\nproszę o duplikat faktury za październik.\n\nPozdrawiam\nZofia",
            "proszę o duplikat faktury za październik.",
            id="a request without greeting and farewell",
        ),
        pytest.param("internet nie dziala od rana\nco robic", "internet nie dziala od rana co robic", id="no marks"),
        pytest.param(
            "Byłam w zeszłym tygodniu u siostry. Ładnie tam. Od powrotu nie mogę dzwonić. Czy to karta?",
            "Od powrotu nie mogę dzwonić. Czy to karta?",
            id="the problem and the question, not the story",
        ),
        pytest.param(
            "Wniosek złożyłam w środę. Na jakim to etapie?",
            "Wniosek złożyłam w środę. Na jakim to etapie?",
            id="a short question with what stands before it",
        ),
        pytest.param(
            "Z karty zeszło mi dwa razy 45 zł. Na koncie jest tylko jedno. Proszę o zwrot.",
            "Z karty zeszło mi dwa razy 45 zł. Proszę o zwrot.",
            id="a request alone with what the mail begins with",
        ),
        pytest.param("Lost my phone. How long does it take?", "Lost my phone. How long does it take?", id="how long"),
        pytest.param(
            "Hello,\nmy data stopped working. Could you reset it? Thanks in advance.\nBest regards\nJohn",
            "my data stopped working. Could you reset it?",
            id="in English",
        ),
        pytest.param(
            "Mieszkam przy ul. Polnej 3 m. 4 i nie mam zasięgu.",
            "Mieszkam przy ul. Polnej 3 m. 4 i nie mam zasięgu.",
            id="abbreviations end nothing",
        ),
        pytest.param("Zielono tu dzisiaj.", "Zielono tu dzisiaj.", id="no wish that we know: the first words"),
    ],
)
def test_what_is_wanted(text: str, wanted: str) -> None:
    assert [quote.text for quote in told(("customer", text)).wants] == [wanted]


def test_a_later_wish_stands_beside_the_first_but_a_reaction_is_none() -> None:
    found = told(
        ("customer", "Nie mam internetu."),
        ("us", "Włączyłam pakiet."),
        ("customer", "Dalej nie działa."),
        ("us", "Zrestartuj telefon."),
        ("customer", "Działa, dziękuję. Czy mogę też prosić o fakturę za listopad?"),
    )

    assert [quote.text for quote in found.wants] == [
        "Nie mam internetu.",
        "Czy mogę też prosić o fakturę za listopad?",
    ]


@pytest.mark.parametrize("text", ["Ile można?", "Co to ma być?!", "Hello???", "Jak tak ma być, to przenoszę numer."])
def test_a_sigh_is_no_wish(text: str) -> None:
    found = told(("customer", "Nie mam internetu."), ("us", "Włączyłam pakiet."), ("customer", text))

    assert [quote.text for quote in found.wants] == ["Nie mam internetu."]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Nie pomogło.", "failed"),
        ("nic to nie dalo", "failed"),
        ("Zrobiłam jak w mailu i dalej nic.", "failed"),
        ("Restart nie pomógł, ten sam błąd.", "failed"),
        ("Ósma rano i nic. Stara karta dalej działa.", "failed"),
        ("Wciąż bez zasięgu :(", "failed"),
        ("This did not help, same error.", "failed"),
        ("Still nothing.", "failed"),
        ("I never got it.", "failed"),
        ("Znowu nie ma zasięgu.", "failed"),
        ("Dziękuję, znowu działa!", "helped"),
        ("Nadal chcę zmienić ofertę.", "unclear"),
        ("Co mam dalej robić?", "unclear"),
        ("It is still available in your shop.", "unclear"),
        ("I will call until it's fixed.", "unclear"),
        ("I only asked HOW it works.", "unclear"),
        ("Rebooting didn’t help.", "failed"),
        ("Pomogło, dziękuję!", "helped"),
        ("Działa", "helped"),
        ("Najpierw nie działało. Teraz działa, dzięki!", "helped"),
        ("Zwrot jest na koncie.", "helped"),
        ("That did it, thanks.", "helped"),
        ("All good now.", "helped"),
        ("Przez chwilę było dobrze, a teraz znowu to samo.", "failed"),
        ("Jest trochę lepiej.", "partly"),
        ("Kod przyszedł, ale pisze, że jest zły.", "partly"),
        ("Sometimes works.", "partly"),
        ("Jeśli nie zadziała, napiszę.", "unclear"),
        ("Czy to działa też za granicą?", "unclear"),
        ("Czy mogę to samo ustawić u męża?", "unclear"),
        ("Dziękuję za odpowiedź.", "unclear"),
        ("Poczekam do piątku.", "unclear"),
    ],
)
def test_how_it_ended(text: str, outcome: str) -> None:
    assert reaction_of(text)[0] == outcome


def _phrases(kind: str) -> Iterator[str]:
    with (STORIES / "phrases.toml").open("rb") as file:
        yield from tomllib.load(file)["pl"][kind]


@pytest.mark.parametrize("text", list(_phrases("still")))
def test_the_house_s_own_phrases_of_failure_are_understood(text: str) -> None:
    assert reaction_of(text)[0] == "failed" or "nie mogę jej znaleźć" in text


@pytest.mark.parametrize("text", list(_phrases("thanks")))
def test_thanks_are_never_taken_for_a_failure(text: str) -> None:
    assert reaction_of(text)[0] in ("helped", "unclear")


class TestWhatWasTried:
    def test_each_try_with_its_end(self) -> None:
        found = told(
            ("customer", "Nie mam internetu."),
            ("us", "Sprawdziłam konto. Włączyłam pakiet. Zrestartuj proszę telefon."),
            ("customer", "Nie pomogło."),
            ("us", "Wejdź w ustawienia i dodaj APN „fala”."),
            ("customer", "Jest, działa! Dziękuję."),
        )

        assert [(one.what.text, one.outcome, one.reaction) for one in found.tried] == [
            ("Włączyłam pakiet. Zrestartuj proszę telefon.", "failed", "Nie pomogło."),
            ("Wejdź w ustawienia i dodaj APN „fala”.", "helped", "Jest, działa!"),
        ]
        assert found.tried[0].what.name == "Anna"

    def test_kind_words_after_it_helped_were_not_tried(self) -> None:
        found = told(
            ("customer", "Nie mam internetu."),
            ("us", "Włączyłam pakiet."),
            ("customer", "Działa!"),
            ("us", "Zamykam sprawę z czystym sumieniem."),
        )

        assert [one.what.text for one in found.tried] == ["Włączyłam pakiet."]

    def test_an_explanation_is_told_while_nothing_helped(self) -> None:
        found = told(("customer", "Ile kosztuje roaming?"), ("us", "W Unii rozmowy są bez dopłat, jak w Polsce."))

        assert [one.what.text for one in found.tried] == ["W Unii rozmowy są bez dopłat, jak w Polsce."]

    def test_nothing_came_after_it(self) -> None:
        found = told(("customer", "Nie mam internetu."), ("us", "Zresetowałam Twoją kartę w sieci."))

        assert found.tried[0].outcome == "silent"

    def test_a_note_between_is_no_reaction(self) -> None:
        found = told(("customer", "Brak sieci."), ("us", "Wymieniłam kartę."), ("note", "Nie pomogło, dzwoniła."))

        assert found.tried[0].outcome == "silent"
        assert [note.text for note in found.notes] == ["Nie pomogło, dzwoniła."]

    def test_what_hangs_on_a_condition_was_not_tried(self) -> None:
        found = told(
            ("customer", "Brak sieci."),
            ("us", "Wyłączyłam blokadę. Gdyby to nie pomogło, odpisz, a wyślę nową kartę."),
        )

        assert found.tried[0].what.text == "Wyłączyłam blokadę."
        assert found.promised == ()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        pytest.param("Oddzwonimy jutro do 12.", at(24, 12), id="tomorrow by the hour"),
        pytest.param("Sprawdzę to i odpiszę dziś do 16:30.", at(23, 16, 30), id="today with minutes"),
        pytest.param("Odezwę się w piątek z wynikiem.", at(27, 23, 59), id="a day of the week"),
        pytest.param("W poniedziałek dam znać.", at(30, 23, 59), id="on a Monday the next one is meant"),
        pytest.param("Zwrócimy pieniądze w ciągu 24 godzin.", at(24, 11), id="within hours"),
        pytest.param("Karta będzie u Ciebie w ciągu dwóch dni roboczych.", at(25, 11), id="working days"),
        pytest.param("Zadzwonię pojutrze przed południem.", at(25, 12), id="before noon"),
        pytest.param("Oddzwonię o 9.", at(24, 9), id="an hour that is over is tomorrow's"),
        pytest.param("I'll call you back tomorrow by 3 pm.", at(24, 15), id="in English"),
        pytest.param("We will refund it within three days.", at(26, 11), id="within days, in English"),
        pytest.param("Dam znać, gdy będę wiedzieć więcej.", None, id="no moment named"),
        pytest.param("Doliczymy 20 zł do konta.", None, id="an amount is no hour"),
    ],
)
def test_what_was_promised_and_until_when(text: str, until: datetime | None) -> None:
    found = promised(case(("us", text)), MONDAY, WARSAW)

    assert [(one.what.text, one.until) for one in found] == [(text, until)]


@pytest.mark.parametrize(
    "text",
    [
        "Gdyby nie ruszyło, napiszę do sieci.",
        "Jeśli wolisz, wyślę nową kartę.",
        "Czy mam wysłać nową kartę, czy wolisz eSIM?",
        "Gdy nie odbierzesz, dostaniesz SMS.",
        "If it stays disconnected, I'll send a new card.",
        "Przesłałam Ci kod.",
        "Na stronie jest godzina, do której odpowiemy.",
    ],
)
def test_what_binds_nobody_is_no_promise(text: str) -> None:
    assert promised(case(("us", text)), MONDAY, WARSAW) == ()


@pytest.mark.parametrize(
    ("hours", "more", "fate"),
    [
        pytest.param(3, (), "due", id="its moment has not come"),
        pytest.param(30, (), "past", id="its moment is over and nobody wrote"),
        pytest.param(30, (("us", "Już wiem: stacja działa."),), "followed", id="one of us wrote since"),
        pytest.param(3, (("us", "Jeszcze sprawdzamy."),), "due", id="a word in between does not end it"),
    ],
)
def test_what_came_of_a_promise(hours: int, more: tuple[tuple[str, str], ...], fate: str) -> None:
    found = told(("us", "Odpiszę jutro do 12."), *more, now=MONDAY + timedelta(hours=hours))

    assert [one.fate for one in found.promised] == [fate]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Czy mogę zmienić numer?", ["calm"]),
        ("Dziękuję, bardzo miła obsługa!", ["thankful"]),
        ("To jest skandal, ile można czekać!", ["upset"]),
        ("TO SĄ KPINY, NIE DZIAŁA", ["upset"]),
        ("Nie działa mi VOLTE ani ESIM na IPHONE.", ["calm"]),
        ("Nie dochodzą kody z banku!!", ["upset"]),
        ("Dziękuję!!", ["thankful"]),
        ("Ale macie ładne karty!!", ["calm"]),
        ("Please change your hold music.", ["calm"]),
        ("Jak tak dalej będzie, przenoszę numer.", ["leaving"]),
        ("Chcę przenieść numer do Was z Orange.", ["calm"]),
        ("Przenoszę się do Was, co mam zrobić?", ["calm"]),
        ("Składam reklamację i piszę do UKE.", ["authority", "complaint"]),
        ("Proszę pilnie o kontakt.", ["urgent"]),
        ("This is ridiculous, I am switching to another provider.", ["leaving", "upset"]),
        ("I will talk to my lawyer.", ["authority"]),
        ("Thanks, but that is not what I asked.", ["calm"]),
    ],
)
def test_the_tone(text: str, keys: list[str]) -> None:
    assert [key for key, _why in told(("customer", text)).tone] == keys


def test_anger_passes_but_a_threat_stays() -> None:
    found = told(
        ("customer", "Masakra. Jak tak ma być, to się przenoszę."),
        ("us", "Naprawiłam."),
        ("customer", "Działa, dziękuję."),
    )

    assert found.tone == (("leaving", "Jak tak ma być, to się przenoszę."), ("thankful", "Działa, dziękuję."))


@pytest.mark.parametrize(
    ("said", "count"),
    [
        pytest.param([("customer", "Brak sieci."), ("customer", "Halo, czy ktoś to czyta?")], 1, id="asked again"),
        pytest.param([("customer", "Brak sieci."), ("customer", "Brak sieci.")], 1, id="the same mail again"),
        pytest.param([("customer", "Brak sieci."), ("customer", "Dodam, że mam Samsunga.")], 0, id="only more to say"),
        pytest.param(
            [("customer", "Brak sieci."), ("us", "Sprawdzam."), ("customer", "Ponawiam prośbę.")],
            0,
            id="answered before",
        ),
        pytest.param(
            [("customer", "No signal."), ("customer", "Any update?"), ("customer", "Still waiting.")], 2, id="twice"
        ),
    ],
)
def test_how_often_we_were_reminded(said: list[tuple[str, str]], count: int) -> None:
    assert told(*said).reminders == count


def test_nothing_said_is_an_empty_brief() -> None:
    assert told().is_empty
    assert not told(("customer", "Brak sieci.")).is_empty


def test_a_line_broken_by_a_mail_program_is_one_sentence() -> None:
    text = "Od wczorajszego popołudnia nie mam w domu zasięgu i bardzo\nproszę o sprawdzenie stacji."

    assert sentences(text) == [text.replace("\n", " ")]


def test_what_is_shown_is_cut_between_words() -> None:
    assert shown(["ala ma kota"], 8) == "ala ma …"
    assert shown(["abcdefgh"], 4) == "abcd …"


class TestHostileText:
    @pytest.mark.parametrize(
        "text",
        [
            "nie " * 50_000,
            "i dalej " * 30_000,
            "a" * 200_000,
            "!?" * 100_000,
            "prosze " + "ab " * 60_000,
            "\n".join(["jutro do 12"] * 20_000),
            "do 1" * 50_000,
            "<script>alert(1)</script>" * 1000,
        ],
        ids=lambda text: text[:12].strip(),
    )
    def test_long_and_repeated_it_is_read_in_little_time(self, text: str) -> None:
        found = told(*[("customer", text), ("us", text)] * 20)

        assert all(len(quote.text) < 400 for quote in found.wants)

    @given(st.lists(st.tuples(st.sampled_from(["customer", "us", "note"]), st.text(max_size=300)), max_size=6))
    def test_any_text_makes_a_brief(self, said: list[tuple[str, str]]) -> None:
        found = told(*said)

        assert len(found.tried) <= sum(who == "us" for who, _text in said)
        assert found.reminders <= sum(who == "customer" for who, _text in said)
