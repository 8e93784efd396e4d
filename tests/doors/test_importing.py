"""Archives: mbox, maildir, .eml; with progress, and again where it stopped."""

from __future__ import annotations

import mailbox
import os
import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samehand.channels.mail import archives
from samehand.channels.mail.archives import arrived_at, mails
from tests.personas import MONDAY, a_mail
from tests.system.house import COMMAND, ROOT, clean_environment, samehand

FIRST, SECOND = a_mail(text="Pierwsza.\n\nFrom tej strony patrząc.\n"), a_mail(text="Druga.\n")


def unopened(path: Path, trouble: OSError) -> None:
    raise AssertionError(f"{path}: {trouble}")


def as_mbox(folder: Path) -> Path:
    box = mailbox.mbox(folder / "stare.mbox")
    for raw in (FIRST, SECOND):
        box.add(raw)
    box.flush()
    return folder / "stare.mbox"


def as_maildir(folder: Path) -> Path:
    box = mailbox.Maildir(folder / "maildir")
    for raw in (FIRST, SECOND):
        box.add(raw)
    return folder / "maildir"


def as_files(folder: Path) -> Path:
    (folder / "pliki" / "głębiej").mkdir(parents=True)
    (folder / "pliki" / "1.eml").write_bytes(FIRST)
    (folder / "pliki" / "głębiej" / "2.eml").write_bytes(SECOND)
    (folder / "pliki" / ".ukryty").write_bytes(b"x")
    (folder / "pliki" / "obraz.png").write_bytes(b"x")
    return folder / "pliki"


@pytest.mark.parametrize("archive", [as_mbox, as_maildir, as_files])
def test_every_form_gives_the_same_mails(tmp_path: Path, archive: object) -> None:
    found = sorted(raw.strip() for raw in mails(archive(tmp_path), unopened=unopened))  # type: ignore[operator]

    assert found == sorted([FIRST.strip(), SECOND.strip()])


def test_what_cannot_be_opened_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    folder = as_files(tmp_path)
    (folder / "0.eml").symlink_to(tmp_path / "nowhere")
    told: list[Path] = []

    found = list(mails(folder, unopened=lambda path, _trouble: told.append(path)))

    assert len(found) == 2
    assert told == [folder / "0.eml"]


STAMP = b"From anna@fala.example  Mon Nov 23 10:00:00 2026\n"
BOX = b"".join(STAMP + b"Subject: %d\n\ntekst %d\n\n" % (number, number) for number in range(3))


@pytest.mark.parametrize(
    "box",
    [
        BOX,
        b"\n\r\n" + BOX,
        b"\xef\xbb\xbf" + BOX,
        b"\xef\xbb\xbf\r\n" + BOX.replace(b"\n", b"\r\n"),
        BOX.replace(b"\n", b"\r"),
        BOX.replace(STAMP, b"From jjl at pobox.com  Thu Nov  1 02:03:04 2001\n"),
        BOX.replace(STAMP, b"From - Thu Nov 1 02:03 CET 2001 remote from here\n"),
        BOX.replace(STAMP, b"From a@b.example Mon, 23 Nov 2026 10:00:00 +0100\n"),
        BOX.replace(STAMP, b"From a@b.example 2026-11-23 10:00:00\n"),
    ],
    ids=["plain", "blank lines", "BOM", "BOM and blank", "lone CR", "pipermail", "uucp", "as in Date", "ISO"],
)
def test_an_mbox_is_known_however_it_begins(tmp_path: Path, box: bytes) -> None:
    (tmp_path / "stare").write_bytes(box)

    found = list(mails(tmp_path / "stare", unopened=unopened))

    assert [raw.split()[:2] for raw in found] == [[b"Subject:", b"%d" % number] for number in range(3)]


@pytest.mark.parametrize(
    "sentence", [b"From Monday on: we pay 10:00 more", b"From May 2024 10:00 was too late", b"From: x", b"From here: 7"]
)
def test_a_sentence_does_not_split_a_mail(tmp_path: Path, sentence: bytes) -> None:
    raw = b"Subject: x\n\nHello,\n\n" + sentence + b"\nBye\n"
    (tmp_path / "stare").write_bytes(STAMP + raw)

    assert list(mails(tmp_path / "stare", unopened=unopened)) == [raw]


def test_a_file_without_a_mail_a_mail_too_large_and_a_link_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_MAIL", 5000)
    (tmp_path / "1").write_bytes(STAMP + b"\n")
    (tmp_path / "2").write_bytes(b"Subject: x\n\n" + b"y" * 5000)
    (tmp_path / "3").write_bytes(BOX + STAMP + b"Subject: x\n\n" + b"y\n" * 5000 + b"\n" + BOX)
    (tmp_path / "4").symlink_to(tmp_path)
    told: list[str] = []

    found = list(mails(tmp_path, unopened=lambda path, trouble: told.append(f"{path.name} {trouble.strerror}")))

    assert len(found) == 6
    assert [line.split()[0] for line in told] == ["1", "2", "3", "4"]
    assert "no mail" in told[0]
    assert all("over" in line for line in told[1:3])


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        (b"Received: by b; Mon, 23 Nov 2026 10:00:05 +0100\nReceived: by a; Mon, 23 Nov 2026 09:00:00 +0100\n",
         datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)),
        (b"received:\n by b;\n\tMon, 23 Nov 2026 09:00:05 +0000 (UTC)\n", datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)),
        (b"Date: Mon, 23 Nov 2026 08:00:00 +0000\n", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (b"Received: nonsense\nDate: Mon, 23 Nov 2026 08:00:00\n", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (b"Date: Fri, 31 Dec 2099 08:00:00 +0000\n", MONDAY),
        (b"Date: 99 99 99\n", MONDAY),
        (b"Subject: none\n", MONDAY),
    ],
    ids=["topmost received", "folded", "date alone", "bad received", "future", "bad date", "nothing"],
)  # fmt: skip
def test_a_mail_arrived_when_its_topmost_stamp_says(head: bytes, moment: datetime) -> None:
    assert arrived_at(head + b"\nReceived: in the text; Mon, 01 Jan 2001 00:00:00 +0000\n", MONDAY) == moment


@pytest.mark.system
def test_an_import_is_told_counted_interrupted_and_gone_on_with(tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number:05}.eml").write_bytes(
            a_mail(f"k{number}@x.example", text="x" * 3000, mid=f"<{number}@x.example>")
        )
    (folder / "pusty.eml").write_bytes(b"")
    data = str(tmp_path / "data")
    assert samehand("migrate", "--data", data).returncode == 0

    command = [*COMMAND, "mail", "import", str(folder), str(tmp_path / "nothing"), "--data", data]
    process = subprocess.Popen(command, env=clean_environment(), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    assert any("mails read" in line for line in process.stderr)
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(30) == 130
    assert "Run the command again" in process.stderr.read()

    again = samehand("mail", "import", str(folder), str(tmp_path / "nothing"), "--data", data)
    assert again.returncode == 1
    assert "nothing: No such file" in again.stderr
    assert "3001 mails read" in again.stderr
    assert " 0 known already" not in again.stderr
    exported = samehand("export", "messages", "--data", data)
    assert len(exported.stdout.splitlines()) == 3000
