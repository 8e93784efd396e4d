"""What the checker says of a domain: each finding from a zone, in both languages, with what to do."""

from __future__ import annotations

import argparse
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from samehand.channels.mail import checking, commands
from samehand.channels.mail.checking import Found
from samehand.channels.mail.models import DkimKey
from samehand.channels.mail.signing import keys
from samehand.config.cli import COMMANDS
from samehand.core.names import Away
from samehand.people.models import Staff
from tests.personas import MONDAY, adam, anna
from tests.zones import Table

__all__ = ["adam", "anna"]

DOMAIN, RELAY = "fala.example", "relay.fala.example"
WELL: dict[str, dict[str, list[str]]] = {
    DOMAIN: {"MX": ["mx.fala.example"], "TXT": ["hello", "v=spf1 ip4:198.51.100.7 -all"]},
    RELAY: {"A": ["198.51.100.7"]},
    "198.51.100.7": {"PTR": ["relay.fala.example"]},
    "_dmarc.fala.example": {"TXT": ["v=DMARC1; p=reject; rua=mailto:dmarc@fala.example"]},
}


@pytest.fixture
def key(db: None) -> DkimKey:
    return keys.make(domain=DOMAIN, selector="s1", kind="rsa", now=MONDAY)


def zone(key: DkimKey | None = None, **changes: dict[str, list[str]]) -> Any:
    published = {key.name: {"TXT": [keys.record(key)]}} if key else {}
    return Table(WELL | published | {name.replace("_DOT_", "."): value for name, value in changes.items()})


def found(names: Any, *known: DkimKey, relay: str = RELAY) -> list[Found]:
    with translation.override("en"):
        return checking.check(DOMAIN, names, keys=known, host=relay)


def test_all_is_well(key: DkimKey) -> None:
    assert {(one.about, one.kind, one.to_do) for one in found(zone(key), key)} == {
        (about, "well", "") for about in ("MX", "SPF", "DKIM", "DMARC", "PTR")
    }


SPF = "fala_DOT_example"


@pytest.mark.parametrize(
    ("records", "kind", "words"),
    [
        pytest.param([], "trouble", "no SPF record", id="none"),
        pytest.param(["v=spf1 -all", "v=spf1 mx -all"], "trouble", "several", id="two"),
        pytest.param(["v=spf1 +all"], "trouble", "the whole world", id="everybody"),
        pytest.param(["v=spf1 mx"], "care", "says nothing of other servers", id="no end"),
        pytest.param(["v=spf1 mx -all"], "care", "does not name our relay", id="without our relay"),
        pytest.param(["v=spf1 nonsense:x -all"], "trouble", "cannot be followed", id="a mistake"),
        pytest.param(
            ["v=spf1 " + " ".join(f"a:n{n}.fala.example" for n in range(11)) + " -all"],
            "trouble", "more than ten lookups", id="too many lookups",
        ),
    ],
)  # fmt: skip
def test_spf(key: DkimKey, records: list[str], kind: str, words: str) -> None:
    hosts = {f"n{n}_DOT_fala_DOT_example": {"A": ["192.0.2.9"]} for n in range(11)}
    said = found(zone(key, **{SPF: {"MX": ["mx.fala.example"], "TXT": records}}, **hosts), key)

    assert any(one.about == "SPF" and one.kind == kind and words in one.words and one.to_do for one in said)


def test_dkim_that_is_not_published_or_another_one(key: DkimKey) -> None:
    (missing,) = [one for one in found(zone(), key) if one.about == "DKIM"]
    other = {key.name: {"TXT": ["v=DKIM1; k=rsa; p=AAAA"]}}
    (differs,) = [one for one in found(Table(WELL | other), key) if one.about == "DKIM"]

    assert missing.kind == differs.kind == "trouble"
    assert keys.zone_line(key) in missing.to_do
    assert "another key" in differs.words


def test_mail_that_nobody_signs() -> None:
    assert [(one.kind, one.to_do) for one in found(zone()) if one.about == "DKIM"] == [
        ("trouble", "Make a key: samehand mail dkim new fala.example")
    ]


@pytest.mark.parametrize(
    ("record", "kind", "words"),
    [
        pytest.param([], "trouble", "no DMARC record", id="none"),
        pytest.param(["v=DMARC1; p=none; rua=mailto:a@b"], "care", "only counted", id="counting only"),
        pytest.param(["v=DMARC1; p=reject"], "care", "Nobody gets the reports", id="without reports"),
    ],
)
def test_dmarc(key: DkimKey, record: list[str], kind: str, words: str) -> None:
    said = found(Table(WELL | {"_dmarc.fala.example": {"TXT": record}}), key)

    assert any(one.about == "DMARC" and one.kind == kind and words in one.words for one in said)


def test_a_domain_that_nobody_can_write_to() -> None:
    said = found(zone(**{SPF: {"TXT": ["v=spf1 -all"]}}))

    assert next(one.kind for one in said if one.about == "MX") == "trouble"


def test_names_that_do_not_answer_are_no_verdict(key: DkimKey) -> None:
    class Silent:
        def __getattr__(self, _name: str) -> Any:
            def asked(*_given: Any, **_more: Any) -> Any:
                raise Away(DOMAIN)

            return asked

    assert {one.kind for one in found(Silent(), key)} == {"care"}


def test_it_is_said_in_polish(key: DkimKey) -> None:
    with translation.override("pl"):
        said = checking.check(DOMAIN, zone(key), keys=[key], host=RELAY)

    assert "Nasz klucz s1._domainkey.fala.example jest opublikowany." in [one.words for one in said]


def test_administrators_see_it_on_a_page_for_our_own_domains(
    key: DkimKey, adam: Staff, anna: Staff, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samehand.channels.mail.checking.names", lambda: zone(key))
    client.force_login(adam)

    page = client.get("/desk/office/addresses/check/fala.example").content.decode()
    assert "s1._domainkey.fala.example" in page
    assert client.get("/desk/office/addresses/check/onet.pl").status_code == 404
    client.force_login(anna)
    assert client.get("/desk/office/addresses/check/fala.example").status_code == 403


def test_it_is_a_command(key: DkimKey, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from argparse import Namespace

    from samehand.channels.mail import commands

    monkeypatch.setattr("samehand.channels.mail.checking.names", lambda: zone(key))

    assert commands.check(Namespace(domain=DOMAIN, language="en")) == 0
    assert "Our key s1._domainkey.fala.example is published." in capsys.readouterr().out
    assert COMMANDS["mail check"].path.endswith("mail.commands:check")


def test_what_is_no_domain_is_not_asked_for() -> None:
    with pytest.raises(SystemExit, match="'moja domena' is no domain"):
        commands.check(argparse.Namespace(domain="moja domena", language="pl"))
