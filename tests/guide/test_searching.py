"""The search finds published articles by any form of their words, with slips of the pen and without marks."""

from __future__ import annotations

import pytest

from samehand.guide import searching
from samehand.guide.actions.asking import ask
from samehand.guide.models import Came, Category, Document, Form, Problem, Revision, Shelf
from samehand.people.models import Staff
from tests.personas import MONDAY, anna, at

__all__ = ["anna"]

pytestmark = pytest.mark.django_db


def article(key: str, title: str, body: str = "", language: str = "pl", *, number: int = 1) -> Revision:
    """A published version; one before it is replaced."""
    shelf, _ = Category.objects.get_or_create(key="sim", defaults={"names": {"pl": "SIM"}, "slugs": {"pl": "sim"}})
    problem, _ = Problem.objects.get_or_create(
        key=key, defaults={"kind": "formal", "category": shelf, "created_at": MONDAY}
    )
    Revision.objects.filter(problem=problem, language=language, state="published").update(state="superseded")
    revision = Revision.objects.create(
        problem=problem, language=language, number=number, title=title, slug=f"{key}-{number}", body=body,
        state="published", created_at=MONDAY, edited_at=MONDAY, published_at=MONDAY,
    )  # fmt: skip
    searching.index(revision)
    return revision


@pytest.fixture
def guide() -> None:
    article("sim-lost", "Zgubiona karta SIM", "Zablokuj numer, a wyślemy nową kartę.")
    article("apn", "Ustawienia internetu", "Wpisz nazwę punktu dostępu (APN).\n\n## Android {#android}\n\n1. Zapisz.")
    article("invoice", "Gdzie znajdę fakturę?", "Faktura VAT czeka w panelu.")
    article("sim-lost", "Lost SIM card", "Block your number at once.", "en")


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("zgubiłem kartę", "sim-lost"),
        ("ZGUBILEM KARTE", "sim-lost"),
        ("zgubienie karty sim", "sim-lost"),
        ("zgbuiona krata", "sim-lost"),
        ("ustawieniami internetu", "apn"),
        ("faktur", "invoice"),
        ("fakura", "invoice"),
        ("APN-u", "apn"),
        ("punktdostępu punkt dostepu", "apn"),
    ],
)
def test_an_article_is_found_by_what_people_type(guide: None, typed: str, right: str) -> None:
    assert searching.search(typed, "pl").hits[0].problem_key == right


def test_each_language_is_searched_for_itself(guide: None) -> None:
    assert [hit.title for hit in searching.search("losing my cards", "en").hits] == ["Lost SIM card"]
    assert searching.search("faktura", "en").hits == ()


def test_a_letter_that_stands_alone_is_no_part_of_the_next_word(guide: None) -> None:
    article("apn", "Internet settings written anew", language="en")

    assert searching.search("a new", "en").hits == ()
    assert [hit.problem_key for hit in searching.search("inter net", "en").hits] == ["apn"]


def test_what_is_turned_on_is_not_turned_off(guide: None) -> None:
    article("off", "Turn the voicemail off", language="en")
    article("on", "How to turn on your voicemail", language="en")

    assert searching.search("turning my voicemail on", "en").hits[0].problem_key == "on"
    assert searching.search("voicemail turned off", "en").hits[0].problem_key == "off"
    assert searching.search("trun on voicmail", "en").meant == "trun on voicemail"


def test_what_an_older_version_laid_out_is_laid_out_anew(guide: None) -> None:
    assert searching.out_of_date() == []
    Shelf.objects.filter(name="pl").update(rules="of an older version")
    Form.objects.filter(shelf="pl", folded="karte").delete()

    assert searching.out_of_date() == ["pl"]
    assert searching.reindex(["pl"]) == {"pl": 3}
    assert searching.search("karte", "pl").hits[0].why[0].how == "form"
    assert searching.out_of_date() == []


def test_who_publishes_before_the_house_started_anew_hides_nothing_from_it(guide: None) -> None:
    Shelf.objects.filter(name="pl").update(rules="of an older version")
    Form.objects.filter(shelf="pl", folded="karte").delete()
    article("contact", "Jak się z nami skontaktować?")

    assert searching.search("karte", "pl").hits[0].why[0].how == "form"
    assert searching.search("skontaktowac", "pl").hits[0].problem_key == "contact"
    assert searching.out_of_date() == []


def test_a_hit_tells_which_words_it_was_found_by(guide: None) -> None:
    hit = searching.search("zgubilem krate", "pl").hits[0]

    assert {(why.word, why.how, why.found) for why in hit.why} == {
        ("zgubilem", "form", "zgubić"),
        ("krate", "typo", "karta"),
    }


def test_marks_that_are_missing_are_shown_and_replace_nothing(guide: None) -> None:
    assert searching.search("zgubilem karte", "pl").meant == "zgubiłem kartę"
    assert searching.search("zgubiłem kartę", "pl").meant == ""


@pytest.mark.parametrize(
    "typed", ["", "   ", "%", "_", "\0", "\\", "😀", "';--", "a" * 10_000, "karta " * 2_000, "!?", "ﷺ"]
)
def test_any_text_may_be_typed(guide: None, typed: str) -> None:
    searching.search(typed, "pl")
    searching.suggest(typed, "pl")
    searching.problem_of(typed, "pl")


def test_a_new_version_takes_the_place_of_the_old_one(guide: None) -> None:
    newer = article("invoice", "Rachunki za telefon", number=2)

    assert searching.search("faktura", "pl").hits == ()
    assert searching.search("rachunek", "pl").hits[0].revision_id == newer.pk


def test_a_problem_that_is_withdrawn_is_found_in_no_language(guide: None) -> None:
    searching.forget(Problem.objects.get(key="sim-lost"))

    assert searching.search("karta", "pl").hits == searching.search("card", "en").hits == ()


def test_laying_out_anew_finds_the_same(guide: None) -> None:
    before = searching.search("zgubiona karta", "pl").hits

    assert searching.reindex(["pl", "en"]) == {"pl": 3, "en": 1}
    assert [hit.problem_key for hit in searching.search("zgubiona karta", "pl").hits] == [
        hit.problem_key for hit in before
    ]
    assert Document.objects.count() == 4


def test_titles_are_offered_by_the_beginnings_of_their_words(guide: None) -> None:
    assert [one.text for one in searching.suggest("ust int", "pl")] == ["Ustawienia internetu"]
    assert [one.problem_key for one in searching.suggest("gdzie fak", "pl")] == ["invoice"]
    assert searching.suggest("g", "pl") == []


def test_what_was_asked_often_is_offered_when_its_words_are_the_guides(guide: None) -> None:
    asked = {"jak znaleźć fakturę": 4, "jak zgubić kartę": 5, "zgubiłam kartę Jan Kowalski": 9}
    for query, times in asked.items():
        for _ in range(times):
            ask(query=query, language="pl", where=Came.SEARCH, found=1, now=at(0))

    def offered(typed: str) -> list[str]:
        return [one.text for one in searching.suggest(typed, "pl") if not one.problem_key]

    assert offered("jak") == ["jak zgubić kartę"]
    assert offered("zgub") == []


def test_what_a_mail_says_beside_its_matter_is_not_what_it_is_about(guide: None) -> None:
    article("contact", "Kontakt", "Napisz, a pomożemy: odpowiedź przyjdzie na numer telefonu klienta. Pilny problem?")
    mail = (
        "Witam, jestem Państwa klientem od trzech lat i mam problem. Nie widzę nigdzie faktury. "
        "Proszę o pilny kontakt pod numerem 500-600-700, czekam na odpowiedź. Z poważaniem, Jan"
    )

    assert searching.problem_of(mail, "pl")[0][0] == Problem.objects.get(key="invoice").pk


def test_little_words_make_phrases_in_a_mail_too(guide: None, anna: Staff) -> None:
    article("no-internet", "Brak internetu")
    searching.add_synonym(words=["nie działa internet"], means=["brak internetu"], language="pl", by=anna, now=MONDAY)

    told = searching.problem_of("Dzień dobry, internet od wczoraj nie działa. Pozdrawiam", "pl")

    assert told[0][0] == Problem.objects.get(key="no-internet").pk


def test_a_mail_is_known_by_its_problem(guide: None) -> None:
    mail = "Dzień dobry,\nwczoraj w tramwaju zgubiłam kartę SIM. Proszę o nową kartę.\n" + "Pozdrawiam " * 2_000
    told = searching.problem_of(mail, "pl")

    assert told[0] == (Problem.objects.get(key="sim-lost").pk, 1.0)
