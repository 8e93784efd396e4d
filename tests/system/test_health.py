"""What the house tells those who watch it."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samehand.cases.models import Case, Message
from samehand.config import health, metrics
from samehand.people.models import Staff
from tests.personas import a_mail, anna, answer, arrive, at

__all__ = ["anna"]


@pytest.fixture
def settled_database(monkeypatch: pytest.MonkeyPatch) -> None:
    # The check closes its connection, which is the test's own here.
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.mark.django_db
def test_ready_when_database_and_disk_are(settled_database: None) -> None:
    assert health.database_trouble() == ""
    assert health.disk_trouble() == ""


def test_a_database_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(connection, "close", lambda: None)

    assert health.database_trouble() == "the database does not answer"


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=10 * 2**20))

    assert "has 10 MB left, 50 are needed" in health.disk_trouble()


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        pytest.param("127.0.0.1", {}, 200, id="this machine may see the metrics"),
        pytest.param("10.1.2.3", {}, 403, id="another machine may not"),
        pytest.param("10.1.2.3", {"HTTP_AUTHORIZATION": "Bearer open-sesame"}, 200, id="unless it knows the token"),
        pytest.param("10.1.2.3", {"HTTP_AUTHORIZATION": "Bearer guess"}, 403, id="a guess is not the token"),
        pytest.param("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "1.2.3.4"}, 403, id="nor does a proxy here lend its place"),
    ],
)
@pytest.mark.django_db
def test_who_may_see_the_metrics(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str, headers: dict[str, str], status: int
) -> None:
    monkeypatch.setenv("SAMEHAND_METRICS_TOKEN", "open-sesame")

    answer = client.get("/metrics", REMOTE_ADDR=address, **headers)

    assert answer.status_code == status


@pytest.mark.django_db
def test_the_metrics_have_what_an_alarm_needs(client: Client) -> None:
    shown = client.get("/metrics").content.decode()

    for name in (
        "samehand_arrivals_waiting 0.0",
        "samehand_filing_lag_seconds 0.0",
        "samehand_arrivals_aside 0.0",
        'samehand_promises{state="broken"} 0.0',
        "samehand_promises_kept_total 0.0",
        'samehand_outbox{state="queued"} 0.0',
        "samehand_mailbox_trouble 0.0",
    ):
        assert name in shown


def test_the_metrics_count_what_waits_by_its_promise(anna: Staff) -> None:
    for minute in (0, 1, 20, 55):
        arrive(a_mail(f"k{minute}@x.example", f"asked {minute}"), now=at(minute))
    answer(Case.objects.get(subject="asked 0"), anna, now=at(3))
    chosen = Message.objects.filter(case__subject="asked 55")
    chosen.update(waits_for=anna)

    with CaptureQueriesContext(connection) as asked:
        told = {one.name: one.samples for one in metrics.House(at(45)).collect()}

    counted = {one.labels["state"]: one.value for one in told["samehand_promises"]}
    assert counted == {"open": 0.0, "at_risk": 1.0, "broken": 1.0, "by_choice": 1.0}
    # Among a million messages the way by all the promises takes a hundred times as long.
    assert any('"cases_case"."due_at" IS NOT NULL' in query["sql"] for query in asked.captured_queries)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_only_reading_is_allowed(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
