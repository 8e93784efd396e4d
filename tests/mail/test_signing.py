"""What we sign is checked by dkimpy, which shares no line with our signer."""

from __future__ import annotations

import base64
from types import SimpleNamespace

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.mail import send_mail
from dkim.util import DuplicateTag, parse_tag_value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samehand.channels.mail.models import DkimKey
from samehand.channels.mail.reading import read_mail
from samehand.channels.mail.signing import keys
from samehand.channels.mail.signing.signer import signed
from samehand.lib import blobs
from samehand.people.models import Staff
from tests.personas import MONDAY, a_mail, anna, answer, arrive, the_case

__all__ = ["anna"]

MAIL = (
    b"From: Ania\r\n <helpdesk@fala.example>\r\nTo: zofia@poczta.example\r\nSubject: a  b\r\nDate: today\r\n"
    b"Message-ID: <1@fala.example>\r\nMIME-Version: 1.0\r\n\r\nDzie\xc5\x84 dobry \t \r\n  x\r\n\r\n\r\n"
)


@pytest.fixture
def key(db: None) -> DkimKey:
    return keys.make(domain="fala.example", selector="s1", kind="rsa", now=MONDAY)


@pytest.fixture
def modern(db: None) -> DkimKey:
    return keys.make(domain="fala.example", selector="s2", kind="ed25519", now=MONDAY)


def holds(raw: bytes, index: int = 0) -> bool:
    """Whether the signature holds against what we would publish."""
    published = {f"{key.name}.".encode(): keys.record(key).encode() for key in DkimKey.objects.all()}
    try:
        return bool(dkim.DKIM(raw).verify(index, dnsfunc=lambda name, timeout=5: published.get(name)))
    except dkim.DKIMException:
        return False


def ours(raw: bytes) -> bytes:
    return signed(raw, keys.keys_for("helpdesk@fala.example"), MONDAY)


def tags(raw: bytes) -> dict[bytes, bytes]:
    value = raw.partition(b"DKIM-Signature:")[2].partition(b"\r\nFrom:")[0]
    try:
        return dict(parse_tag_value(value))
    except DuplicateTag:
        return {}


def test_a_signature_holds(key: DkimKey) -> None:
    assert holds(ours(MAIL))


def test_it_is_made_for_the_moment_of_the_answer(key: DkimKey) -> None:
    assert ours(MAIL) == ours(MAIL)
    assert tags(ours(MAIL))[b"t"] == str(int(MONDAY.timestamp())).encode()


def the_modern_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """dkimpy leaves Ed25519 to a library that is not there; here stands ours."""

    class VerifyKey:
        def __init__(self, public: bytes, encoder: object) -> None:
            self.key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))

        def verify(self, said: bytes, signature: bytes) -> bytes:
            self.key.verify(signature, said)
            return said

    nacl = SimpleNamespace(
        signing=SimpleNamespace(VerifyKey=VerifyKey),
        encoding=SimpleNamespace(Base64Encoder=None),
        exceptions=SimpleNamespace(ValueError=ValueError, BadSignatureError=InvalidSignature),
    )
    monkeypatch.setattr(dkim, "nacl", nacl, raising=False)


def test_two_kinds_of_keys_sign_side_by_side(key: DkimKey, modern: DkimKey, monkeypatch: pytest.MonkeyPatch) -> None:
    the_modern_way(monkeypatch)
    raw = ours(MAIL)

    assert raw.count(b"DKIM-Signature:") == 2
    assert [holds(raw, index) for index in (0, 1)] == [True, True]
    assert [holds(raw + b"x", index) for index in (0, 1)] == [False, False]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.lists(st.sampled_from([b" ", b"\t", b"\r\n", b"x", b"\xc4\x85", b"=", b"."])).map(b"".join))
def test_a_signature_holds_whatever_the_body(key: DkimKey, body: bytes) -> None:
    assert holds(ours(MAIL.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body + b"\r\n"))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda raw: raw.replace(b"dobry", b"zly"), id="a word of the body is changed"),
        pytest.param(lambda raw: raw.replace(b"Subject: a  b", b"Subject: a c"), id="the subject is changed"),
        pytest.param(lambda raw: b"From: evil@x.test\r\n" + raw, id="another From is put on top"),
        pytest.param(lambda raw: b"Reply-To: evil@x.test\r\n" + raw, id="a Reply-To is added where there was none"),
        pytest.param(lambda raw: b"Subject: evil\r\n" + raw, id="a second subject is added"),
        pytest.param(lambda raw: raw + b"more\r\n", id="something is added at the end"),
    ],
)
def test_nothing_can_be_changed_on_the_way(key: DkimKey, changed: object) -> None:
    assert not holds(changed(ours(MAIL)))  # type: ignore[operator]


def test_servers_may_fold_and_space_anew(key: DkimKey) -> None:
    raw = ours(MAIL).replace(b"Subject: a  b", b"subject:  a\r\n\t b").replace(b"dobry \t \r\n", b"dobry\r\n")

    assert holds(raw)


@pytest.mark.parametrize(
    ("address", "signs"),
    [
        pytest.param("bok@fala.example", ["fala.example"], id="the domain's own key"),
        pytest.param("bok@mail.fala.example", ["fala.example"], id="the key of the domain above"),
        pytest.param("bok@inna.example", [], id="no key of a stranger"),
        pytest.param("bok@example", [], id="nor of a top"),
    ],
)
def test_whose_key_signs(key: DkimKey, address: str, signs: list[str]) -> None:
    assert [one.domain for one in keys.keys_for(address)] == signs


def test_a_second_key_waits_until_it_is_published(key: DkimKey) -> None:
    later = keys.make(domain="fala.example", selector="s9", kind="rsa", now=MONDAY)
    assert [one.selector for one in keys.keys_for("a@fala.example")] == ["s1"]

    keys.use(later)
    assert [one.selector for one in keys.keys_for("a@fala.example")] == ["s9"]


def test_the_key_is_kept_sealed_and_the_record_fits_a_zone_file(key: DkimKey) -> None:
    assert "PRIVATE" not in key.sealed_private
    assert "PRIVATE" not in keys.zone_line(key)
    strings = keys.zone_line(key).split('"')[1::2]
    assert "".join(strings) == keys.record(key)
    assert max(map(len, strings)) <= 255


def test_every_answer_is_signed(key: DkimKey, anna: Staff) -> None:
    arrive(a_mail())
    raw = blobs.get(answer(the_case(), anna).blob)

    assert holds(raw)
    assert tags(raw)[b"d"] == b"fala.example"
    assert read_mail(raw).message_id


def test_a_mail_with_a_link_for_a_new_password_is_signed(key: DkimKey, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr("samehand.channels.mail.backend.post.defer", lambda key, recipient: kept.append(key))
    monkeypatch.setattr("django.conf.settings.EMAIL_BACKEND", "samehand.channels.mail.backend.OutboxBackend")

    send_mail("Hasło", "Nowe hasło, proszę.", None, ["anna@fala.example"])

    assert holds(blobs.get(kept[0]))
