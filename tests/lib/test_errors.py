"""Pages that cannot do what was asked."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError
from django.test import Client

from samehand.people.models import Staff
from tests.personas import anna

__all__ = ["anna"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/desk/", "/s/anything"])
def test_a_page_without_a_database_says_try_again(path: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_anything: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("samehand.portal.views.case_of_link", gone)
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore._get_session_from_db", gone)
    client.raise_request_exception = False
    client.cookies["samehand_session"] = "a" * 32

    response = client.get(path)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "wróć i wyślij ponownie" in response.content.decode()
    assert "go back and send it again" in response.content.decode()


def test_a_mistake_of_ours_is_still_called_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_token: str) -> None:
        raise ValueError("x")

    monkeypatch.setattr("samehand.portal.views.case_of_link", wrong)
    client.raise_request_exception = False

    assert client.get("/s/anything").status_code == 500


def test_a_closed_door_is_a_line_in_the_log_and_no_fault(
    client: Client, anna: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(anna)

    with caplog.at_level(logging.DEBUG, "django.request"):
        assert client.get("/desk/office/team").status_code == 403

    assert not [record for record in caplog.records if record.exc_info]
