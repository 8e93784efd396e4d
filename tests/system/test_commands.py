"""The command line as an operator meets it: help, refusals in one line, exit codes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError

from samehand.config import cli, migrating
from samehand.config.locks import FileLock
from tests.system.house import COMMAND, ROOT, clean_environment, samehand

MAIL = b"From: Jan <jan@example.com>\nTo: helpdesk@fala.example\nSubject: SIM\n\nHej\n"


@pytest.mark.parametrize("words", cli.COMMANDS)
def test_every_command_explains_itself(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*words.split(), "--help"]) == 0

    assert "--data DIR" in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0

    shown = capsys.readouterr().out
    assert all(f"samehand {words} " in shown for words in cli.COMMANDS)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param(["bogus"], "no command 'bogus'", id="an unknown command"),
        pytest.param(["mail"], "samehand mail import", id="half a command lists the rest"),
        pytest.param(["mail", "bogus"], "samehand mail read", id="a wrong second word lists the right ones"),
        pytest.param(["mail", "trust", "--ip", "here", "mail.eml"], "argument --ip", id="no address of a server"),
    ],
)
def test_wrong_usage_is_exit_code_2(words: list[str], shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 2

    assert shown in capsys.readouterr().err


@pytest.mark.system
@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        pytest.param({"SAMEHAND_HTTP": "many"}, "SAMEHAND_HTTP='many': must be a whole number", id="not a number"),
        pytest.param({"SAMEHAND_HTTP": "70000"}, "choose one from 1 to 65535 with --http", id="no port"),
        pytest.param({"SAMEHAND_LMTP": "8000"}, "is wanted twice", id="one port for two"),
        pytest.param({"DATABASE_URL": "mysql://x"}, "DATABASE_URL", id="another kind of database"),
        pytest.param({"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, "the database does not answer", id="nobody there"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(tmp_path: Path, wrong: dict[str, str], shown: str) -> None:
    refused = samehand("run", "--data", str(tmp_path / "data"), **wrong)

    assert refused.returncode == 1
    assert shown in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.system
@pytest.mark.parametrize(("word", "shown"), [("read", '"subject"'), ("fold", '"reply_text"'), ("trust", '"verdict"')])
def test_looking_at_a_mail_makes_no_data_folder(tmp_path: Path, word: str, shown: str) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(MAIL)

    nowhere = {"DATABASE_URL": "postgresql://127.0.0.1:1/x", "SAMEHAND_DNS": "off"}
    looked = samehand("mail", word, str(mail), "--data", str(tmp_path / "data"), **nowhere)

    assert looked.returncode == 0, looked.stderr
    assert shown in looked.stdout
    assert not (tmp_path / "data").exists()


@pytest.mark.system
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(MAIL + b"text " * 20_000)
    readable, writable = os.pipe()
    process = subprocess.Popen(
        [*COMMAND, "mail", "read", *[str(mail)] * 20],
        env=clean_environment(SAMEHAND_DATA=str(tmp_path / "data")),
        cwd=ROOT,
        stdout=writable,
        stderr=subprocess.PIPE,
    )
    os.close(writable)
    os.close(readable)

    _out, complaint = process.communicate(timeout=60)

    assert complaint == b""
    assert process.returncode == 141


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_under_a_command_is_told_in_one_line() -> None:
    with pytest.raises(SystemExit, match="the database broke off: server closed the connection"):  # noqa: SIM117
        with migrating.ready_database(migrated=False):
            raise OperationalError("server closed the connection\nThis probably means ...")

    lock = FileLock(settings.DATA / "postgres.starting.lock")
    is_free = lock.try_alone()
    lock.close()
    assert is_free, "the next one would wait for ever"


def test_ctrl_c_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(_argv: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", stop)

    assert cli.main(["guide", "reindex"]) == 130
    assert capsys.readouterr().err == "samehand: stopped\n"
