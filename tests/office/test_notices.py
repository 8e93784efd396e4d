"""Ola tells customers something, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from samehand.lib.models import Event
from samehand.people.actions import noticing
from samehand.people.models import Notice, NoticeKind, Staff
from samehand.people.notices import current, for_topic
from samehand.people.queries import calendar
from tests.personas import MONDAY, at

pytestmark = pytest.mark.django_db

# By the wall clock in Warsaw; it is 11:00 there.
OUTAGE: dict[str, Any] = {
    "kind": "outage", "title_pl": "Awaria we Wrocławiu", "title_en": "Outage in Wrocław", "first_day": "2026-11-23",
    "begins": "10:30", "last_day": "2026-11-23", "ends": "18:00", "about": "on", "shown": "now",
    "topics": ["no-internet"],
}  # fmt: skip
SATURDAY = {
    "kind": "closed", "title_pl": "Infolinia nieczynna", "first_day": "2026-11-28", "closes": "on", "shown": "now",
}  # fmt: skip


@pytest.fixture(autouse=True)
def eleven(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def set_to(moment: datetime) -> None:
        for place in ("desk.office.notices.views", "people.frame"):
            monkeypatch.setattr(f"samehand.{place}.now", lambda: moment)

    set_to(MONDAY)
    return set_to


def post(client: Client, address: str, **said: Any) -> str:
    return client.post(f"/desk/office/notices{address}", said, follow=True).content.decode()


def said(by: Staff, **changed: Any) -> Notice:
    told = {
        "kind": NoticeKind.OUTAGE,
        "titles": {"pl": "Awaria", "en": "Outage"},
        "starts_at": MONDAY,
        "ends_at": at(120),
        **changed,
    }
    return noticing.announce(by=by, said=noticing.Announcement(**told), now=MONDAY)


class TestTheForm:
    @pytest.mark.parametrize("preset", ["outage", "closed", "slow", "works", "news", "nothing known"])
    def test_it_opens_filled_in(self, lead: Client, preset: str) -> None:
        page = lead.get("/desk/office/notices/add", {"as": preset})

        assert page.status_code == 200
        assert "notice-preview" in page.content.decode()

    def test_an_outage_is_told_on_every_page(self, lead: Client, ola: Staff) -> None:
        page = post(lead, "/add", **OUTAGE)

        notice = Notice.objects.get()
        assert (notice.starts_at, notice.ends_at, notice.created_by) == (at(-30), at(420), ola)
        assert "Awaria we Wrocławiu do ok. 18:00" in page
        assert Event.objects.get(kind="notice.announced").data["notice"] == notice.pk

    def test_a_day_without_hours_is_the_whole_day(self, lead: Client) -> None:
        post(lead, "/add", **SATURDAY)

        notice = Notice.objects.get()
        assert notice.ends_at - notice.starts_at == timedelta(days=1)
        assert [one.pk for one in current(MONDAY)] == [notice.pk]
        assert "w sobotę" in lead.get("/desk/notices").content.decode()

    def test_an_hour_before_the_beginning_is_the_next_day(self, lead: Client) -> None:
        post(lead, "/add", **OUTAGE | {"begins": "22:00", "last_day": "", "ends": "6:00"})

        notice = Notice.objects.get()
        assert notice.ends_at - notice.starts_at == timedelta(hours=8)

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"title_pl": "  "}, "To pole jest wymagane"),
            ({"ends": "10:45"}, "To już minęło"),
            ({"begins": "19:00"}, "Koniec jest przed początkiem"),
            ({"last_day": "2026-11-22"}, "Koniec jest przed początkiem"),
            ({"last_day": "2027-01-22", "closes": "on"}, "najwyżej 31 dni"),
            ({"last_day": "2028-01-22"}, "najwyżej 366 dni"),
            ({"first_day": "9999-12-31", "last_day": ""}, "zbyt odległy"),
            ({"promise_minutes": "0"}, "większa lub równa 1"),
            ({"topics": ["cokolwiek"]}, "cokolwiek"),
            ({"title_pl": "x" * 121}, "120"),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(self, lead: Client, wrong: dict[str, Any], told: str) -> None:
        answer = lead.post("/desk/office/notices/add", OUTAGE | wrong)

        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert not Notice.objects.exists()

    def test_what_somebody_writes_is_shown_as_text(self, lead: Client) -> None:
        page = post(lead, "/add", **OUTAGE | {"title_pl": "<script>x</script>", "text_pl": "<b>y</b>"})

        assert "<script>x" not in page
        assert "<b>y" not in page

    def test_changing_it_shows_what_stood_there(self, lead: Client) -> None:
        post(lead, "/add", **OUTAGE)
        notice = Notice.objects.get()

        page = lead.get(f"/desk/office/notices/{notice.pk}").content.decode()
        post(lead, f"/{notice.pk}", **OUTAGE | {"ends": "20:00"})

        assert 'value="18:00"' in page
        notice.refresh_from_db()
        assert notice.ends_at == at(540)


class TestThePreview:
    def test_it_says_how_it_reads_and_what_changes(self, lead: Client) -> None:
        slow = OUTAGE | {"kind": "slow", "promise_minutes": "100"}

        page = lead.post("/desk/office/notices/preview", slow).content.decode()

        assert "Awaria we Wrocławiu do ok. 18:00" in page
        assert "Outage in Wrocław until about 18:00" in page
        assert "odpowiemy do 12:40 zamiast do 11:30" in page
        assert not Notice.objects.exists()

    def test_of_a_planned_day_it_says_it_of_that_day(self, lead: Client) -> None:
        page = lead.post("/desk/office/notices/preview", SATURDAY).content.decode()

        assert "Infolinia nieczynna w sobotę" in page
        assert "28 listopada" in page
        assert "zamiast" in page

    def test_news_changes_no_promise(self, lead: Client) -> None:
        page = lead.post("/desk/office/notices/preview", OUTAGE | {"kind": "news"}).content.decode()

        assert "Obietnice się nie zmieniają" in page

    def test_what_is_not_whole_yet_shows_nothing(self, lead: Client) -> None:
        page = lead.post("/desk/office/notices/preview", OUTAGE | {"title_pl": ""}).content.decode()

        assert "Podgląd pojawi się" in page


class TestTheActs:
    def test_it_lasts_longer_and_then_is_over(self, lead: Client, ola: Staff) -> None:
        notice = said(ola)

        post(lead, f"/{notice.pk}/longer", minutes="60")
        notice.refresh_from_db()
        longer = notice.ends_at
        post(lead, f"/{notice.pk}/end")
        notice.refresh_from_db()

        assert longer == at(180)
        assert Event.objects.filter(kind__startswith="notice.").count() == 2

    def test_what_has_just_begun_is_taken_back_rather_than_ended(self, lead: Client, ola: Staff) -> None:
        notice = said(ola)

        assert "wycofaj to zamiast kończyć" in post(lead, f"/{notice.pk}/end")
        assert "Wycofane" in post(lead, f"/{notice.pk}/withdraw")
        assert current(MONDAY) == []

    def test_what_is_over_cannot_be_changed_any_more(
        self, lead: Client, ola: Staff, eleven: Callable[[datetime], None]
    ) -> None:
        notice = said(ola)
        eleven(at(121))

        assert "już się skończył" in post(lead, f"/{notice.pk}/withdraw")
        assert lead.post(f"/desk/office/notices/{notice.pk}", OUTAGE).status_code == 422
        assert "nie można go zmienić" in lead.get(f"/desk/office/notices/{notice.pk}").content.decode()

    def test_nobody_lengthens_it_by_what_is_no_button(self, lead: Client, ola: Staff) -> None:
        notice = said(ola)

        post(lead, f"/{notice.pk}/longer", minutes="999999")

        assert Notice.objects.get().ends_at == notice.ends_at

    def test_consultants_read_it_and_leads_say_it(self, signed_in: Callable[[Staff], Client], anna: Staff) -> None:
        browser = signed_in(anna)

        assert browser.get("/desk/office/notices").status_code == 403
        assert browser.post("/desk/office/notices/add", OUTAGE).status_code == 403
        assert browser.get("/desk/notices").status_code == 200


class TestReading:
    def test_a_topic_finds_its_notice(self, ola: Staff) -> None:
        notice = said(ola, topics=["no-internet"])

        assert for_topic("no-internet", MONDAY) == [notice]
        assert for_topic("puk-needed", MONDAY) == []

    def test_closings_may_overlap(self, ola: Staff) -> None:
        said(ola, closes=True)
        said(ola, closes=True, starts_at=at(60), ends_at=at(240))

        hours, _terms = calendar(MONDAY)
        assert hours.closed == ((MONDAY, at(240)),)

    def test_what_is_planned_is_shown_after_what_runs(self, ola: Staff) -> None:
        planned = said(ola, starts_at=at(60))
        running = said(ola)

        assert current(at(1)) == [running, planned]
