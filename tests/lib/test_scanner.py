"""The virus scanner's protocol, spoken with a stand-in that speaks as clamd does."""

from __future__ import annotations

from pathlib import Path

import pytest

from samehand.lib.scanner import CHUNK, ScannerAway, TooLarge, scan
from tests.clamd import EICAR, Clamd


@pytest.fixture
def clamd() -> Clamd:
    with Clamd() as one:
        yield one  # type: ignore[misc]


@pytest.mark.parametrize("content", [b"", b"x", b"x" * CHUNK, b"x" * (3 * CHUNK + 1)], ids=len)
def test_clean_bytes_arrive_whole(content: bytes, clamd: Clamd) -> None:
    assert scan(clamd.address, content) == ""
    assert clamd.seen == [content]


def test_what_is_found_has_its_name(clamd: Clamd) -> None:
    assert scan(clamd.address, b"przed " + EICAR + b" po") == "Eicar-Test-Signature"


def test_more_than_it_takes_is_said_so(clamd: Clamd) -> None:
    with pytest.raises(TooLarge):
        scan(clamd.address, b"x" * (clamd.most + CHUNK))


@pytest.mark.parametrize("says", [b"", b"INSTREAM: engine not ready ERROR\0", b"\0", b"x" * 9_000])
def test_an_answer_that_is_no_verdict_is_none(says: bytes) -> None:
    with Clamd(says=says) as odd, pytest.raises(ScannerAway):
        scan(odd.address, b"x")


def test_a_scanner_that_is_not_there_is_away(tmp_path: Path) -> None:
    with Clamd() as gone:
        pass
    for address in (gone.address, str(tmp_path / "clamd.sock"), "no-such-host.invalid:3310"):
        with pytest.raises(ScannerAway):
            scan(address, b"x")
