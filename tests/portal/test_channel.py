"""What the page sends, read as an arrival."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from samehand.channels.web import channel
from samehand.core.arrivals import Unreadable

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SAID: dict[str, Any] = {"token": "t", "form": "f", "language": "pl", "text": "Cześć", "files": []}
FILE = {"name": "a.txt", "content_type": "text/plain", "data": "YWJj"}


def raw(**changes: Any) -> bytes:
    return json.dumps(SAID | changes).encode()


def test_words_and_files_come_out_as_they_went_in() -> None:
    arrival = channel.read(raw(files=[FILE]), NOW, {})

    assert (arrival.text, arrival.reply_text, arrival.case_token, arrival.date) == ("Cześć", "Cześć", "t", NOW)
    assert [(part.name, part.size, part.index) for part in arrival.attachments] == [("a.txt", 3, 0)]
    part, content = channel.part_bytes(raw(files=[FILE]), 0)
    assert (part.content_type, content) == ("text/plain", b"abc")


def test_nul_bytes_do_not_reach_the_database() -> None:
    assert channel.read(raw(text="a\x00b"), NOW, {}).text == "ab"


@pytest.mark.parametrize(
    "rubbish",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe\x00", id="not text"),
        pytest.param(b"[" * 100_000, id="nested without end"),
        pytest.param(b"[]", id="a list"),
        pytest.param(raw(text=""), id="neither text nor files"),
        pytest.param(raw(text=7), id="text is a number"),
        pytest.param(raw(token=None), id="no token"),
        pytest.param(raw(files={"a": 1}), id="files are no list"),
        pytest.param(raw(files=[{"name": "a"}]), id="a file without bytes"),
        pytest.param(raw(files=[FILE | {"data": "*"}]), id="a file that is not base64"),
    ],
)
def test_rubbish_is_unreadable_and_nothing_else(rubbish: bytes) -> None:
    with pytest.raises(Unreadable):
        channel.read(rubbish, NOW, {})


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(Unreadable):
        channel.part_bytes(raw(), 0)
