"""Mails by rule: right in most places and wrong in some, nested, mislabelled, cut."""

from __future__ import annotations

from base64 import encodebytes
from quopri import encodestring

from hypothesis import strategies as st

from tests.mail.envelopes import Packed, winmail

CHARSETS = [
    "utf-8",
    "iso-8859-2",
    "windows-1250",
    "cp852",
    "utf-7",
    "utf-16",
    "iso-2022-jp",
    "gb18030",
    "x-unknown",
    "",
]
KINDS = [
    "text/plain", "text/html", "text/enriched", "text/calendar", "text/rfc822-headers", "image/png", "message/rfc822",
    "message/delivery-status", "message/partial", "application/octet-stream", "application/ms-tnef", "x/y", "text", "",
    "application/pkcs7-mime", "application/pkcs7-signature", "application/pgp-encrypted", "application/pgp-signature",
]  # fmt: skip
MULTIPARTS = ["mixed", "alternative", "related", "signed", "encrypted", "report", "digest", "x-odd"]
CODINGS = ["7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "binary", "x-none", ""]
FIELDS = [
    "From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
    "Content-Language", "Precedence", "Return-Path", "Received", "List-Id", "X-Failed-Recipients",
]  # fmt: skip
VALUES = [
    "Zofia <zofia@poczta.test>", "=?utf-8?q?Za=C5=BC=C3=B3=C5=82?= <z@p.test>", "=?utf-7?Q?+AXw-?=", "undisclosed:;",
    "<a@b>, <c@d>", "Re: Pytanie", "Mon, 30 Feb 2026 25:61:00 +9999", "auto-replied", '"a\\"b" <x@y.test>', "<@a:b@c>",
    "=?utf-8?B?!!!?=", "=?", "MAILER-DAEMON", "x" * 1_200, "\u202egnp.exe", "a\x00b", "(((", "[127.0.0.1]",
]  # fmt: skip
TEXTS = [
    "Dzień dobry, telefon nie działa.", "> cytat\n> dalej", "W dniu 1.11.2026 o 10:00 Zofia pisze:", "-- \nZofia", "",
    "<p>Zażółć <b>gęślą</b></p>", "<blockquote>a<br>b", "<img src='cid:a@b'><img src=http://x.test/a>", "<!--",
    "\x00\x01",
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nx\n-----BEGIN PGP SIGNATURE-----\n", "begin 644 a\n#86)C\nend\n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nDTSTART:20261101\nEND:VEVENT\nEND:VCALENDAR\n", "ZaÅ¼Ã³Å‚Ä‡",
    "a" * 3_000,
    "Final-Recipient: rfc822; a@b.test\nAction: failed\nStatus: 5.1.1\n", "On 1.1.2020 10:10 a@b.test wrote:\n> x\n",
]  # fmt: skip
ENDS = st.sampled_from([b"\r\n", b"\r\n", b"\n"])

words = st.lists(st.sampled_from(TEXTS) | st.text(max_size=60), max_size=4).map("\n".join)
values = st.sampled_from(VALUES) | st.text(max_size=80)


@st.composite
def contents(draw: st.DrawFn) -> tuple[str, bytes]:
    """A charset's name, and bytes in that or another one."""
    label, real = draw(st.sampled_from(CHARSETS)), draw(st.sampled_from(CHARSETS[:8]))
    return label, draw(words).encode(real, "replace") if draw(st.booleans()) else draw(st.binary(max_size=200))


@st.composite
def envelopes(draw: st.DrawFn) -> bytes:
    packed = winmail(
        text=draw(st.sampled_from(TEXTS[:6])).encode("cp1250", "replace").decode("cp1250"),
        rtf=draw(st.binary(max_size=60)),
        files=tuple(Packed(name, b"x" * 20) for name in draw(st.lists(st.text(max_size=12), max_size=3))),
    )
    at = draw(st.integers(0, len(packed)))
    return draw(st.sampled_from([packed, packed[:at], packed[:at] + b"\xff" + packed[at + 1 :]]))


def coded(content: bytes, coding: str) -> bytes:
    if coding == "base64":
        return encodebytes(content)
    return encodestring(content) if coding == "quoted-printable" else content


@st.composite
def leaves(draw: st.DrawFn) -> bytes:
    kind, coding = draw(st.sampled_from(KINDS)), draw(st.sampled_from(CODINGS))
    label, content = draw(contents())
    if kind == "application/ms-tnef":
        content = draw(envelopes())
    head = f"Content-Type: {kind}" + (f"; charset={label}" if label else "")
    if draw(st.booleans()):
        head += f"\nContent-Transfer-Encoding: {coding}"
        head += f'\nContent-Disposition: {draw(st.sampled_from(["attachment", "inline"]))}; filename="{draw(values)}"'
    said = draw(st.sampled_from([coding, draw(st.sampled_from(CODINGS))]))
    return head.encode("utf-8", "replace") + b"\n\n" + coded(content, said)


def multiparts(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    @st.composite
    def made(draw: st.DrawFn) -> bytes:
        name = draw(st.sampled_from(["b", "bb", "a b", "=_x", ""]))
        mark = b"\n--" + draw(st.sampled_from([name, name, "b"])).encode()
        parts = draw(st.lists(inner, max_size=4))
        head = f'Content-Type: multipart/{draw(st.sampled_from(MULTIPARTS))}; boundary="{name}"\n'.encode()
        return (
            head + b"".join(mark + b"\n" + part for part in parts) + draw(st.sampled_from([mark + b"--\n", mark, b""]))
        )

    return made()


def forwarded(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return inner.map(lambda part: b"Content-Type: message/rfc822\n\nFrom: a@b.test\n" + part)


bodies = st.recursive(leaves(), lambda inner: multiparts(inner) | forwarded(inner), max_leaves=8)


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    """A whole mail, sometimes cut, sometimes with a byte that does not belong."""
    fields = draw(st.lists(st.tuples(st.sampled_from(FIELDS), values), max_size=8))
    head = "".join(f"{name}: {value}\n" for name, value in fields).encode("utf-8", "replace")
    raw = (head + draw(bodies)).replace(b"\n", draw(ENDS))
    at = draw(st.integers(0, len(raw)))
    return draw(st.sampled_from([raw, raw, raw, raw[:at], raw[:at] + draw(st.binary(max_size=3)) + raw[at:]]))
