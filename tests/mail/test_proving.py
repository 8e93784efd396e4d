"""The evidence about a writer, from the bytes of a mail: signatures, other hosts' words, seals, and all together."""

from __future__ import annotations

import base64
import hashlib
import time
from functools import cache

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.channels.mail.proving import Client, Hosts, Inquiry, canonical
from samehand.channels.mail.proving.heads import Head
from samehand.channels.mail.proving.words import words
from samehand.core.trust import Check, Evidence, Policy, verdict
from samehand.lib.domains import organization
from tests.zones import Table

NOW = 1_795_000_000.0
HEAD = b"""From: Zofia <zofia@wp.test>
To: helpdesk@fala.test
Subject: Pytanie
Date: Mon, 23 Nov 2026 11:00:00 +0100
""".replace(b"\n", b"\r\n")
BODY = b"Dzie\xc5\x84 dobry,  mam\t pytanie. \r\n\r\nZofia\r\n\r\n\r\n"
MAIL = HEAD + b"\r\n" + BODY
NOBODY = Hosts()
STRANGER = Client("8.8.8.8", "mx.evil.test", "x@evil.test")


@cache
def key(size: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, size)


def private(size: int = 2048) -> bytes:
    form = serialization.PrivateFormat.TraditionalOpenSSL
    return key(size).private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def record(size: int = 2048, more: str = "") -> str:
    der = (
        key(size).public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return f"v=DKIM1; k=rsa; {more}p={base64.b64encode(der).decode()}"


def zones(more: str = "", **others: dict[str, list[str]]) -> Table:
    return Table({"s1._domainkey.wp.test": {"TXT": [record(more=more)]}, **others})


def signed(mail: bytes = MAIL, domain: bytes = b"wp.test", form: str = "relaxed/relaxed", **options: object) -> bytes:
    head, body = (part.encode() for part in form.split("/"))
    return dkim.sign(mail, b"s1", domain, private(), canonicalize=(head, body), **options) + mail


def evidence(mail: bytes, names: Table, client: Client | None = None, hosts: Hosts = NOBODY) -> Evidence:
    return Inquiry(mail, names, now=NOW, hosts=hosts, client=client).in_full()


def level(found: Evidence, address: str = "zofia@wp.test") -> str:
    return verdict(found, address, organization=organization).level


@pytest.mark.parametrize("form", ["relaxed/relaxed", "simple/simple", "relaxed/simple", "simple/relaxed"])
def test_a_signature_that_another_library_made_is_right(form: str) -> None:
    assert evidence(signed(form=form), zones()).dkim == (Check("pass", "wp.test"),)
    assert dkim.verify(signed(form=form), dnsfunc=lambda *_, **__: record().encode())


@pytest.mark.parametrize(
    ("change", "result"),
    [
        pytest.param((b"mam", b"MAM"), "fail", id="another word"),
        pytest.param((b"Subject: Pytanie", b"Subject: Inne"), "fail", id="another subject"),
        pytest.param((b"From: Zofia <zofia@wp.test>", b"From: Zofia <jan@wp.test>"), "fail", id="another writer"),
        pytest.param((b"\r\n", b"\n"), "pass", id="line ends of an archive"),
        pytest.param((b"dobry,  mam\t", b"dobry, mam   "), "pass", id="spaces within lines"),
        pytest.param((b"Zofia\r\n\r\n\r\n", b"Zofia\r\n"), "pass", id="blank lines at the end"),
        pytest.param(
            (b"Zofia\r\n\r\n\r\n", b"Zofia\r\n\r\n\r\nPS. Nowy adres!\r\n"), "fail", id="words behind the end"
        ),
    ],
)
def test_what_a_signature_forgives(change: tuple[bytes, bytes], result: str) -> None:
    head, blank, rest = signed().partition(HEAD)

    assert evidence(head + (blank + rest).replace(*change), zones()).dkim[0].result == result


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(Table(), id="no key"),
        pytest.param(Table({"s1._domainkey.wp.test": {"TXT": ["v=DKIM1; p="]}}), id="a key taken back"),
        pytest.param(Table({"s1._domainkey.wp.test": {"TXT": ["v=DKIM1; p=AAAA"]}}), id="no key at all"),
        pytest.param(Table({"s1._domainkey.wp.test": {"TXT": [record(), record()]}}), id="two keys"),
        pytest.param(zones("s=tlsrpt; "), id="a key for something else"),
        pytest.param(zones("t=y; "), id="a key that is only tried out"),
        pytest.param(zones("h=sha1; "), id="a key for a weak digest"),
    ],
)
def test_without_a_usable_key_nothing_is_proven(names: Table) -> None:
    assert evidence(signed(), names).dkim == (Check("permerror", "wp.test"),)


def test_a_part_that_is_signed_proves_nothing_about_the_rest() -> None:
    longer = signed(length=True) + b"PS. Nowy adres!\r\n"

    assert evidence(longer, zones()).dkim == (Check("permerror", "wp.test"),)
    assert dkim.verify(longer, dnsfunc=lambda *_, **__: record().encode()), "the other library believes it"


def test_a_signature_ends_when_it_says_so() -> None:
    old = signed().replace(b"; t=", b"; x=1; t=", 1)

    assert evidence(old, zones()).dkim[0].result in ("permerror", "fail")


def test_a_weak_key_proves_nothing() -> None:
    weak = dkim.sign(MAIL, b"s1", b"wp.test", private(1024)) + MAIL
    strong = Table({"s1._domainkey.wp.test": {"TXT": [record(1024)]}})

    assert evidence(weak, strong).dkim[0].result == "pass"
    assert evidence(weak, zones()).dkim[0].result == "fail"


def test_a_second_from_above_the_signed_one_is_nobody() -> None:
    two = b"From: Ania <anna@fala.test>\r\n" + signed()

    asked = Inquiry(two, zones(), now=NOW, hosts=Hosts())

    assert asked.writer.doubt == "several"
    found = verdict(asked.in_full(), asked.writer.address, doubt=asked.writer.doubt, organization=organization)
    assert found.level == "forged"


def test_only_the_writers_own_domain_is_asked_for() -> None:
    names = Table()
    foreign = dkim.sign(MAIL, b"s1", b"evil.test", private()) + MAIL

    found = evidence(foreign, names, STRANGER)

    assert found.dkim == ()
    assert not [name for name in names.asked if "evil" in name]
    assert names.asked == ["_dmarc.wp.test"]


def test_a_domain_that_is_away_neither_proves_nor_accuses() -> None:
    away = Table({"s1._domainkey.wp.test": None, "_dmarc.wp.test": {"TXT": ["v=DMARC1; p=reject"]}})

    found = evidence(signed(), away, STRANGER)

    assert found.dkim == (Check("temperror", "wp.test"),)
    assert level(found) == "unproven"


def test_a_forger_at_our_own_door_is_disowned() -> None:
    names = Table({"_dmarc.wp.test": {"TXT": ["v=DMARC1; p=reject"]}})

    found = evidence(MAIL, names, STRANGER)

    assert found == Evidence(spf=Check("none", "evil.test"), policy=Policy("reject"))
    assert level(found) == "forged"


@pytest.mark.parametrize(
    ("record", "found"), [("v=spf1 ip4:8.8.8.8 -all", "proven"), ("v=spf1 -all", "forged"), ("v=spf1 ~all", "unproven")]
)
def test_the_servers_of_the_writers_domain(record: str, found: str) -> None:
    client = Client("8.8.8.8", "mx.wp.test", "zofia@wp.test")

    assert level(evidence(MAIL, Table({"wp.test": {"TXT": [record]}}), client)) == found


def test_a_server_inside_is_nobodys_server() -> None:
    client = Client("10.0.0.7", "proxy", "zofia@wp.test")
    names = Table({"wp.test": {"TXT": ["v=spf1 -all"]}, "_dmarc.wp.test": {"TXT": ["v=DMARC1; p=reject"]}})

    assert level(evidence(MAIL, names, client)) == "unproven"


OURS = Hosts(authserv=["mx.fala.test"], sealers=["list.test"])
RECEIVED = b"Received: from a by mx.fala.test; Mon, 23 Nov 2026 11:00:00 +0100\r\n"
THEIRS = b"Received: from b by mx.evil.test; Mon, 23 Nov 2026 11:00:00 +0100\r\n"
PASS = b"Authentication-Results: mx.fala.test;\r\n\tdmarc=pass (p=reject) header.from=wp.test\r\n"
FAIL = b"Authentication-Results: mx.fala.test; dmarc=fail (p=reject) header.from=wp.test\r\n"
SIGN = b"Authentication-Results: mx.fala.test; dkim=pass (2048-bit key) header.d=wp.test header.s=s1\r\n"
SOFT = b"Authentication-Results: mx.fala.test; spf=softfail smtp.mailfrom=wp.test\r\n"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        pytest.param(PASS, "proven", id="our host's word"),
        pytest.param(RECEIVED + PASS, "proven", id="below our host's own line"),
        pytest.param(SIGN, "proven", id="a signature that our host saw"),
        pytest.param(RECEIVED + SIGN + FAIL, "proven", id="a proof is a proof"),
        pytest.param(FAIL + PASS, "forged", id="the topmost word counts"),
        pytest.param(RECEIVED + THEIRS + PASS, "unproven", id="a word from below a strange server"),
        pytest.param(SOFT + RECEIVED + SIGN, "unproven", id="what the writer put below our host's word and line"),
        pytest.param(RECEIVED + SOFT + SIGN, "proven", id="two words of our host, below the line of its mailboxes"),
        pytest.param(PASS.replace(b"mx.fala", b"mx.evil"), "unproven", id="a host that we do not name"),
        pytest.param(
            PASS.replace(b"mx.fala.test", b"mx.fala.test.evil"), "unproven", id="a name that begins like ours"
        ),
        pytest.param(PASS.replace(b"wp.test", b"evil.test"), "unproven", id="a word about another domain"),
        pytest.param(PASS.replace(b"dmarc=pass", b'x="; dmarc=pass"'), "unproven", id="a word within quotes"),
        pytest.param(
            PASS.replace(b"dmarc=pass (", b"dmarc=fail (; dmarc=pass "), "forged", id="a word within brackets"
        ),
        pytest.param(FAIL.replace(b"p=reject", b"p=none"), "unproven", id="a domain that only watches"),
        pytest.param(FAIL.replace(b"mx.fala", b"mx.other"), "forged", id="a bad word needs no name"),
        pytest.param(RECEIVED + THEIRS + FAIL.replace(b"mx.fala", b"mx.other"), "unproven", id="a bad word from below"),
        pytest.param(b"Authentication-Results: mx.fala.test; none\r\n", "unproven", id="nothing was found"),
        pytest.param(b"Authentication-Results:\r\n", "unproven", id="an empty word"),
    ],
)
def test_other_hosts_words(head: bytes, found: str) -> None:
    assert level(evidence(head + MAIL, Table(), hosts=OURS)) == found


def test_a_strangers_words_about_himself_count_for_nothing() -> None:
    assert evidence(PASS + MAIL, Table(), STRANGER, OURS).dmarc == Check()


def test_words_are_read_as_hosts_write_them() -> None:
    heard = words(
        "mx.google.com; dkim=pass header.i=@wp.test header.s=s1 header.b=abc; spf=pass (google.com: domain of x@wp.test"
        ' designates 1.2.3.4; fine) smtp.mailfrom="x@wp.test"; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=wp.test'
    )

    assert heard.host == "mx.google.com"
    assert [(one.method, one.result) for one in heard.results] == [("dkim", "pass"), ("spf", "pass"), ("dmarc", "pass")]
    assert [one.domain("header.i", "smtp.mailfrom", "header.from") for one in heard.results] == ["wp.test"] * 3


def through_a_list(sealer: str = "list.test", pretends: str = "") -> bytes:
    """A mailing list changes the subject, notes what it had found before, and seals both."""
    mail = MAIL.replace(b"Subject: Pytanie", b"Subject: [lista] Pytanie")
    results = b"ARC-Authentication-Results: i=1; mx.list.test; dmarc=pass (p=reject) header.from=wp.test"
    shape = f"{{name}}: i=1; a=rsa-sha256; {{more}}d={sealer}; s=s1; b="
    digest = base64.b64encode(hashlib.sha256(canonical.body(BODY, "relaxed")).digest()).decode()
    signed = shape.format(
        name="ARC-Message-Signature", more=f"c=relaxed/relaxed; bh={digest}; h=from:subject; "
    ).encode()
    head = Head(mail)
    signed += sign(
        *(canonical.header(*field[::2], "relaxed") for field in head.all(b"from") + head.all(b"subject")), signed
    )
    seal = shape.format(name="ARC-Seal", more="cv=none; ").replace("s=s1;", f"s=s1;{pretends}").encode()
    seal += sign(relaxed(results), relaxed(signed), seal)
    return seal + b"\r\n" + signed + b"\r\n" + results + b"\r\n" + mail


def relaxed(raw: bytes) -> bytes:
    return canonical.header(raw.partition(b":")[0].lower(), raw, "relaxed")


def sign(*fields: bytes) -> bytes:
    text = b"".join(fields[:-1]) + relaxed(fields[-1]).removesuffix(b"\r\n")
    return base64.b64encode(key(2048).sign(text, PKCS1v15(), SHA256()))


def test_a_list_that_we_name_keeps_what_it_saw() -> None:
    names = Table({"s1._domainkey.list.test": {"TXT": [record()]}, "_dmarc.wp.test": {"TXT": ["v=DMARC1; p=reject"]}})
    unnamed = Hosts(sealers=["other.test"])
    assert dkim.arc_verify(through_a_list(), dnsfunc=lambda *_, **__: record().encode())[0] == dkim.CV_Pass

    assert evidence(through_a_list(), names, STRANGER, OURS).arc == Check("pass", "wp.test")
    assert level(evidence(through_a_list(), names, STRANGER, OURS)) == "proven"
    assert level(evidence(through_a_list(), names, STRANGER, unnamed)) == "forged"
    assert level(evidence(through_a_list().replace(b"pytanie.", b"PYTANIE."), names, STRANGER, OURS)) == "forged"
    assert level(evidence(through_a_list().replace(b"cv=none", b"cv=pass"), names, STRANGER, OURS)) == "forged"


@pytest.mark.parametrize("pretends", ["", "\x0bd=list.test;", "d=list.test;", "\x0cd = list.test;", "D=list.test;"])
def test_a_seal_is_his_whose_key_it_is_checked_with(pretends: str) -> None:
    names = Table({"s1._domainkey.evil.test": {"TXT": [record()]}, "_dmarc.wp.test": {"TXT": ["v=DMARC1; p=reject"]}})

    assert level(evidence(through_a_list("evil.test", pretends), names, STRANGER, OURS)) == "forged"


@pytest.mark.parametrize(
    "text", [b" " * 3_000_000, b"\t" * 3_000_000 + b"x\r\n", b" \r\n" * 1_000_000, b"\r" * 3_000_000]
)
def test_no_body_takes_longer_than_its_length(text: bytes) -> None:
    began = time.process_time()

    canonical.body(text, "relaxed")
    canonical.body(text, "simple")

    assert time.process_time() - began < 5


@settings(deadline=None)
@given(st.binary(max_size=400) | st.text("\r\n \tab", max_size=60).map(str.encode))
def test_bodies_are_brought_into_the_form_that_others_sign(text: bytes) -> None:
    # As on the wire: no lone CR or LF, and a line end at the end.
    text = text.replace(b"\r", b"").replace(b"\n", b"\r\n") + b"\r\n"

    policy = dkim.CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    assert canonical.body(text, "relaxed") == policy.canonicalize_body(text)


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_give_evidence(mail: bytes) -> None:
    hostile = b"DKIM-Signature: " + mail + b"\r\nAuthentication-Results: mx.fala.test;" + mail + b"\r\n" + MAIL

    assert isinstance(evidence(mail, Table(), STRANGER, OURS), Evidence)
    assert isinstance(evidence(hostile, zones(), hosts=OURS), Evidence)
