"""B13: winmail.dat, S/MIME, PGP and invitations are kept, opened where they can be, and told of where they cannot."""

from __future__ import annotations

import time
from base64 import encodebytes
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from samehand.channels.mail.reading import html_of, letter_inside, part_bytes, read_mail
from samehand.channels.mail.reading.bodies import INSIDE
from samehand.channels.mail.reading.inside import rtf, smime, tnef
from samehand.core.arrivals import Remark, Unreadable
from tests.mail.envelopes import Packed, compressed, winmail, with_winmail
from tests.mail.samples import mail, multipart

WORDS = "Zażółć gęślą jaźń"
INNER = (
    "Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    f"{WORDS}\r\n--q\r\nContent-Type: application/pdf\r\n"
    'Content-Disposition: attachment; filename="umowa.pdf"\r\n\r\nPDF\r\n--q--\r\n'
).encode()
SECONDS = 4.0


def names(raw: bytes) -> list[tuple[str, bytes]]:
    """What is offered as a file, and what one gets of it."""
    return [(part.name, part_bytes(raw, part.index)[1]) for part in read_mail(raw).attachments]


# Outlook


def test_the_files_of_winmail_dat_are_files_of_the_mail() -> None:
    files = (Packed("Umowa żółta.pdf", b"PDF", "application/pdf"), Packed("zrzut.png", b"\x89PNG", content_id="a@b"))
    raw = with_winmail(winmail(files=files), b"\r\nTekst", b"Content-Type: image/png\r\n\r\nPNG")
    arrival = read_mail(raw)

    assert arrival.text == "Tekst"
    assert [(part.index, part.name, part.content_type, part.size) for part in arrival.attachments][1:] == [
        (2, "winmail.dat", "application/ms-tnef", len(winmail(files=files))),
        (3 * INSIDE, "Umowa żółta.pdf", "application/pdf", 3),
        (3 * INSIDE + 1, "zrzut.png", "image/png", 4),
    ]
    assert names(raw)[2:] == [("Umowa żółta.pdf", b"PDF"), ("zrzut.png", b"\x89PNG")]
    assert arrival.attachments[3].inline


RICH = b"{\\rtf1\\ansi Za\\'bf\\'f3\\'b3\\'e6 g\\u281 ?\\u347 ?l\\u261\\'b9 ja\\'9f\\'f1}"
WRAPPED = (
    b"{\\rtf1\\fromhtml1{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag84 <p>}\\htmlrtf {\\htmlrtf0 "
    b"Za\\'bf\\'f3\\'b3\\'e6 g\\'ea\\'9cl\\'b9 ja\\'9f\\'f1\\htmlrtf\\par}\\htmlrtf0{\\*\\htmltag92 </p>}}"
)


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param(winmail(text=WORDS), id="plain"),
        pytest.param(winmail(html=f"<p>{WORDS}</p>".encode("cp1250")), id="HTML in its own charset"),
        pytest.param(winmail(rtf=compressed(RICH)), id="RTF"),
        pytest.param(winmail(rtf=compressed(WRAPPED)), id="HTML wrapped in RTF"),
    ],
)
def test_where_there_is_no_text_the_envelope_has_it(envelope: bytes) -> None:
    assert read_mail(with_winmail(envelope)).text == WORDS
    assert read_mail(with_winmail(envelope, b"\r\nTen tekst jest w liscie")).text == "Ten tekst jest w liscie"


def test_its_html_can_be_looked_at() -> None:
    assert WORDS in html_of(with_winmail(winmail(html=f"<p>{WORDS}</p>".encode("cp1250"))))


def test_rich_text_is_unpacked_as_it_was_packed() -> None:
    letter = b"{\\rtf1 " + b"Ala ma kota, a kot ma Ale. " * 40 + b"a" * 200 + b"}"

    assert rtf.unpacked(compressed(letter)) == letter


def test_an_envelope_cut_anywhere_gives_what_is_there() -> None:
    whole = winmail(text=WORDS, files=(Packed("a.txt", b"x" * 50), Packed("b.txt", b"y" * 50)))
    for end in range(len(whole)):
        read_mail(with_winmail(whole[:end]))

    assert names(with_winmail(whole[:-100]))[1:] == [("a.txt", b"x" * 50)]
    assert tnef.opened(b"no envelope at all") is None


# S/MIME


@cache
def signer(kind: str = "ec") -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Zofia Zielińska")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=9))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name("zofia@poczta.test")]), False)
    return builder.sign(key, hashes.SHA256()), key


def signed(content: bytes, *, kind: str = "ec", beside: bool = False) -> bytes:
    certificate, key = signer(kind)
    options = [pkcs7.PKCS7Options.Binary] + ([pkcs7.PKCS7Options.DetachedSignature] if beside else [])
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, options)


def smime_mail(envelope: bytes, kind: str = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m") -> bytes:
    return mail(encodebytes(envelope), kind=kind, Content_Transfer_Encoding="base64")


def sealed() -> bytes:
    certificate, _ = signer("rsa")
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(INNER).add_recipient(certificate)
    return builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


@pytest.mark.parametrize("kind", ["ec", "rsa"])
@pytest.mark.parametrize(
    "label", ["application/pkcs7-mime", "application/x-pkcs7-mime", "application/octet-stream; name=smime.p7m"]
)
def test_a_signed_envelope_is_opened_and_its_signature_told_of(label: str, kind: str) -> None:
    raw = smime_mail(signed(INNER, kind=kind), label)
    arrival = read_mail(raw)

    assert arrival.text == WORDS
    assert names(raw)[1:] == [("umowa.pdf", b"PDF")]
    assert [one.kind for one in arrival.remarks] == ["smime-signed"]
    assert arrival.remarks[0].words == {
        "state": "fits",
        "signer": "Zofia Zielińska zofia@poczta.test",
        "issuer": "Zofia Zielińska",
    }


def test_a_signature_that_does_not_fit_is_told_of() -> None:
    altered = signed(INNER).replace(WORDS.encode(), WORDS.upper().encode())
    arrival = read_mail(smime_mail(altered))

    assert arrival.text == WORDS.upper()
    assert arrival.remarks[0].words["state"] == "broken"


@pytest.mark.parametrize(
    ("ends", "altered", "state"), [(b"\r\n", False, "fits"), (b"\n", False, "fits"), (b"\r\n", True, "broken")]
)
def test_a_signature_beside_the_words(ends: bytes, altered: bool, state: str) -> None:
    words = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + WORDS.encode()
    signature = encodebytes(signed(words, beside=True)).replace(b"\n", b"\r\n")
    beside = b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    raw = multipart(words + b"!" * altered, beside + signature, kind="signed")
    arrival = read_mail(raw.replace(b"\r\n", ends))

    assert arrival.text == WORDS + "!" * altered
    assert arrival.remarks[0].words["state"] == state
    assert [part.name for part in arrival.attachments] == ["smime.p7s"]


def test_an_encrypted_mail_is_kept_and_said_to_be_so() -> None:
    raw = smime_mail(sealed())
    arrival = read_mail(raw)

    assert arrival.remarks == (Remark("smime-sealed"),)
    assert "The mail is encrypted; we cannot open it." in arrival.defects
    assert names(raw) == [("smime.p7m", sealed()[:0] + part_bytes(raw, 0)[1])]
    assert part_bytes(raw, 0)[1].startswith(b"\x30")


def test_what_only_pretends_to_be_an_envelope_stays_a_file() -> None:
    arrival = read_mail(smime_mail(b"\x30\x82\x00\x10 no envelope"))

    assert arrival.remarks == ()
    assert [part.name for part in arrival.attachments] == ["smime.p7m"]


# PGP

PGP_SIGNED = f"""-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

{WORDS}
- - punkt
-----BEGIN PGP SIGNATURE-----

iQEzBAEBCAAdFiEE
=abcd
-----END PGP SIGNATURE-----
"""


def test_the_armour_of_signed_words_is_folded() -> None:
    arrival = read_mail(mail(PGP_SIGNED))

    assert arrival.reply_text == f"{WORDS}\n- punkt"
    assert "BEGIN PGP SIGNATURE" in arrival.text
    assert arrival.remarks == (Remark("pgp-signed"),)


def test_words_about_pgp_are_no_pgp() -> None:
    arrival = read_mail(mail("Co znaczy -----BEGIN PGP SIGNED MESSAGE----- w mailu od was?"))

    assert arrival.reply_text == arrival.text
    assert arrival.remarks == ()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(mail("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"), id="in the text"),
        pytest.param(
            multipart(
                b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
                b"Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN PGP MESSAGE-----",
                kind="encrypted",
            ),
            id="as parts",
        ),
    ],
)
def test_what_pgp_encrypted_is_kept_and_said_to_be_so(raw: bytes) -> None:
    arrival = read_mail(raw)

    assert arrival.remarks == (Remark("pgp-sealed"),)
    assert "The mail is encrypted; we cannot open it." in arrival.defects


# Invitations and forwarded mails

EVENT = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:1@poczta.test
DTSTAMP:20261101T080000Z
SUMMARY:Wizyta technika\\, nowa karta
LOCATION:Łódź\\, Piotrkowska 1
ORGANIZER;CN=Zofia:mailto:zofia@poczta.test
DTSTART;TZID=Europe/Warsaw:20261203T100000
DTEND;TZID=Europe/Warsaw:20261203T110000
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def invitation(event: bytes) -> bytes:
    return multipart(b"\r\nZapraszam", b"Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\n" + event)


def test_an_invitation_says_what_when_and_where() -> None:
    raw = invitation(EVENT)

    assert read_mail(raw).remarks == (
        Remark("invitation", {
            "method": "REQUEST", "what": "Wizyta technika, nowa karta", "where": "Łódź, Piotrkowska 1", "who": "Zofia",
            "starts": "2026-12-03T10:00:00+01:00", "ends": "2026-12-03T11:00:00+01:00",
        }),
    )  # fmt: skip
    assert part_bytes(raw, 1)[1] == EVENT


def test_a_whole_day_has_no_hour() -> None:
    event = EVENT.replace(b";TZID=Europe/Warsaw:20261203T100000", b";VALUE=DATE:20261203")

    assert read_mail(invitation(event)).remarks[0].words["starts"] == "2026-12-03"


@pytest.mark.parametrize(
    "event",
    [b"", b"BEGIN:VEVENT", EVENT[:200], EVENT.replace(b"20261203T100000", b"yesterday"), b"BEGIN:VEVENT\r\n" * 100_000],
    ids=["nothing", "a beginning", "cut", "no moment", "endless"],
)
def test_a_broken_invitation_stays_a_file(event: bytes) -> None:
    arrival = read_mail(invitation(event))

    assert arrival.text == "Zapraszam"
    assert len(arrival.attachments) == 1


def forwarded(inner: bytes) -> bytes:
    return multipart(b"\r\nPatrz nizej", b"Content-Type: message/rfc822\r\n\r\n" + inner)


def test_a_forwarded_mail_can_be_opened_with_its_files() -> None:
    inner = (
        multipart(b"\r\nPierwszy list", b"Content-Disposition: attachment; filename=a.txt\r\n\r\nA", Subject="Dawny")
        .replace(b"=b\r\n", b"=inner\r\n")
        .replace(b"--b", b"--inner")
    )
    raw = forwarded(inner)
    letter = letter_inside(raw, 1)

    assert (letter.subject, letter.from_address, letter.text) == ("Dawny", "jan@poczta.test", "Pierwszy list")
    assert [(part.name, part_bytes(raw, part.index)[1]) for part in letter.attachments] == [("a.txt", b"A")]
    assert read_mail(raw).attachments[0].name == "Dawny.eml"


@pytest.mark.parametrize("index", [0, 1, 2, INSIDE, 2 * INSIDE, 2 * INSIDE + 5, 10**12])
def test_what_is_not_there_cannot_be_opened(index: int) -> None:
    raw = multipart(b"\r\nx", b"Content-Type: image/png\r\n\r\nPNG")

    with pytest.raises(Unreadable):
        letter_inside(raw, index)
    if index != 1:
        with pytest.raises(Unreadable):
            part_bytes(raw, index)


# Built to hurt

CMS = bytes.fromhex("308006092a864886f70d010702a0803080020101310030800609 2a864886f70d010701a0802480".replace(" ", ""))
PROPERTIES = b"\x01\x03\x90\x06\x00\x40\x00\x00\x00" + b"\xff" * 66
OUTLOOK = with_winmail(winmail(text="x")).partition(b"\r\n\r\n--b\r\n")[2]


def rich(mark: bytes, content: bytes) -> bytes:
    """A letter that promises to be endless."""
    return with_winmail(winmail(rtf=b"\x00" * 4 + b"\xff" * 4 + mark + b"\x00" * 4 + content))


def armour(begins: int, ends: int) -> bytes:
    return mail("-----BEGIN PGP SIGNED MESSAGE-----\n" * begins + "-----BEGIN PGP SIGNATURE-----\n" * ends)


def events(number: int) -> bytes:
    event = b"BEGIN:VEVENT\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n"
    return invitation(b"BEGIN:VCALENDAR\r\n" + event * number)


HURTFUL: dict[str, Callable[[], bytes]] = {
    "an envelope of ten million pieces": lambda: smime_mail(CMS + b"\x04\x01a" * 3_000_000),
    "an envelope of nests": lambda: smime_mail(b"\x30\x80" * 4_000_000),
    "as many pieces as we take": lambda: smime_mail(CMS + b"\x04\x01a" * 49_000 + b"\x00" * 40),
    "properties without end": lambda: with_winmail(winmail() + PROPERTIES * 90_000),
    "a thousand winmail.dat": lambda: multipart(*[OUTLOOK] * 1_000),
    "rich text that unpacks for ever": lambda: rich(b"LZFu", b"\x00\x0f" * 2_000_000),
    "rich text of braces": lambda: rich(b"MELA", b"{" * 9_000_000),
    "armour again and again": lambda: armour(200_000, 100_000),
    "as many events as we take": lambda: events(1_600),
}


@pytest.mark.parametrize("name", HURTFUL)
def test_envelopes_that_were_built_to_hurt_cost_little(name: str) -> None:
    raw = HURTFUL[name]()
    start = time.process_time()
    read_mail(raw)

    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("raw", [b"", b"\x30", b"\x30\x80", b"0\x84\xff\xff\xff\xff", CMS, b"x" * 100])
def test_bytes_that_are_no_signature(raw: bytes) -> None:
    found = smime.opened(raw)

    assert found is None or isinstance(found, smime.Signed)
