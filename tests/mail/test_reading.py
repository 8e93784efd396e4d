"""What we understand of odd mails."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from samehand.channels.mail.reading import as_json, html_of, part_bytes, read_mail
from samehand.core.arrivals import Unreadable
from tests.mail.samples import CORPUS, mail, multipart, sample

EXPECTED: list[tuple[str, dict[str, Any]]] = [
    (
        "iso-8859-2-quoted-printable",
        {
            "from_address": "zofia@poczta.test",
            "from_name": "Zofia Żdźűało",
            "subject": "Nie działa transmisja danych, proszę o pomoc",
            "text": "Dzień dobry, od wczoraj nie działa mi Internet w telefonie. Zażółć gęślą jaźń.",
            "charset": "iso-8859-2",
            "date": datetime(2026, 11, 2, 8, 0, tzinfo=UTC),
            "language": "pl",
        },
    ),
    (
        "cp1250-labelled-utf-8",
        {"subject": "Gęślą jaźń", "text": "Zażółć gęślą jaźń. Proszę o śrubkę, źdźbło i ąę.", "charset": "cp1250"},
    ),
    ("utf-8-labelled-iso-8859-1", {"subject": "Zażółć", "text": "Zażółć gęślą jaźń.", "charset": "utf-8"}),
    (
        "utf-7-and-group",
        {"text": "Zażółć gęślą jaźń.", "from_address": "ola@poczta.test", "to": ("helpdesk@fala.test",)},
    ),
    (
        "html-only-with-quote",
        {
            "from_name": "Kowalska, Anna",
            "to": ("helpdesk@fala.test", "reklamacje@fala.test"),
            "cc": ("maz@poczta.test",),
            "html_present": True,
            "in_reply_to": "<c1@fala.test>",
            "references": ("<a0@poczta.test>", "<c1@fala.test>"),
            "reply_text": "Dziękuję za odpowiedź.\nMam dwa pytania:\n\n- kiedy zwrot?\n- czy faktura będzie & jaka?\n\n"
            "Regulamin jest tutaj <https://fala.test/regulamin>.",
        },
    ),
    ("two-from-headers", {"from_address": "bank@bank.test"}),
    (
        "name-that-is-an-address",
        {
            "from_address": "oszust@zly.test",
            "subject": "abc",
            "message_id": "<a8.very-long-id-that-was-folded@zly.test>",
            "in_reply_to": "<c9@fala.test>",
            "references": ("<c8@fala.test>", "<c9@fala.test>"),
            "text": "Treść z zerem: .",
        },
    ),
    ("broken-base64", {"text": "Dzień dobry!\n\ndobra część"}),
    ("mbox-lf-no-close", {"text": "Pierwsza część.\n\nDruga część, ucięta w pół sł", "date": None, "to": ()}),
    (
        "bounce-postfix",
        {"bounce": True, "auto_submitted": True, "bounce_recipients": ("nobody@poczta.test",), "in_reply_to": ""},
    ),
    ("out-of-office-pl", {"auto_submitted": True, "bounce": False, "subject": "Automatyczna odpowiedź: Odp: pomoc"}),
    ("calendar-only", {"text": "", "html_present": False}),
    (
        "nothing-inside",
        {"from_address": "jan@xn--w-uga1v8h.test", "reply_to": ("inny@poczta.test",), "subject": "", "text": ""},
    ),
]


@pytest.mark.parametrize(("name", "expected"), EXPECTED, ids=[name for name, _ in EXPECTED])
def test_an_odd_mail_is_understood(name: str, expected: dict[str, Any]) -> None:
    arrival = read_mail(sample(name))

    assert {field: getattr(arrival, field) for field in expected} == expected


def test_pictures_and_files_are_kept_beside_the_message() -> None:
    raw = sample("related-inline-picture")
    arrival = read_mail(raw)

    assert arrival.text == "Proszę zobaczyć zrzut ekranu."
    assert [(part.name, part.content_type, part.inline) for part in arrival.attachments] == [
        ("zrzut.png", "image/png", True),
        ("Potwierdzenie wpłaty za październik.pdf", "application/pdf", False),
        ("notatka.txt", "text/plain", False),
        ("Dawny list o umowie.eml", "message/rfc822", False),
    ]
    assert arrival.attachments[0].content_id == "shot@poczta.test"
    assert html_of(raw).strip().startswith("<p>Proszę zobaczyć")
    for part in arrival.attachments:
        same, content = part_bytes(raw, part.index)
        assert same == part
        assert len(content) == part.size


def test_a_part_that_is_no_attachment_is_refused() -> None:
    raw = sample("related-inline-picture")

    with pytest.raises(Unreadable):
        part_bytes(raw, 0)
    with pytest.raises(Unreadable):
        part_bytes(raw, 99)


def test_file_names_cannot_leave_their_folder_or_turn_round() -> None:
    names = [part.name for part in read_mail(sample("names-that-attack")).attachments]

    assert names == ["x", "win.ini", "fakturafdp.exe", "zdjęcie z Łodzi.jpg", "image-6.png", "htaccess"]


def test_a_long_file_name_keeps_its_extension() -> None:
    raw = multipart(b'Content-Type: application/pdf; name="' + b"x" * 400 + b'.pdf"\r\n\r\n%PDF')

    (part,) = read_mail(raw).attachments

    assert len(part.name) == 200
    assert part.name.endswith(".pdf")


def test_one_bad_part_does_not_cost_the_others() -> None:
    raw = sample("broken-base64")
    (picture,) = read_mail(raw).attachments

    assert part_bytes(raw, picture.index)[1].startswith(b"\x00\x00\x00")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\x00" * 5_000, "no mail header"),
        (bytes(range(256)) * 9, "no mail header"),
        (b"%PDF-1.4\nobj stream of letters and more letters\n\x01\x02endstream", "no mail header"),
    ],
    ids=["nothing", "white space", "zeros", "rubbish", "a document"],
)
def test_bytes_that_are_no_mail_are_put_aside_with_the_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_mail(raw)
    row = as_json("x.eml", raw)
    assert row["quarantined"]
    assert reason in row["defects"][0]


def test_text_without_a_header_is_still_a_message() -> None:
    assert read_mail(b"Prosze o kontakt, nie dziala telefon.").text == "Prosze o kontakt, nie dziala telefon."


def test_every_sample_makes_a_whole_json_row() -> None:
    keys = set(as_json("", b"")) | {"file"}
    for path in CORPUS.glob("*.eml"):
        row = as_json(path.name, path.read_bytes())
        assert set(row) == keys
        assert not row["quarantined"]
    assert len(keys) == 24


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"From": "", "Sender": "b@x.test", "Reply-To": "c@x.test"}, "b@x.test"),
        ({"From": "", "Reply-To": "c@x.test", "Return-Path": "<d@x.test>"}, "c@x.test"),
        ({"From": "", "Return-Path": "<d@x.test>"}, "d@x.test"),
        ({"From": "root", "Return-Path": "<d@x.test>"}, "d@x.test"),
        ({"From": "MAILER-DAEMON"}, "mailer-daemon"),
        ({"From": "<>"}, ""),
        ({"From": '"Kowalski, Jan" <jan@x.test>'}, "jan@x.test"),
        ({"From": "=?utf-8?Q?Kowalski=2C_Jan?= <jan@x.test>"}, "jan@x.test"),
        ({"From": "=?utf-8?Q?=22x=22_=3Cboss=40bank.test=3E?= <evil@x.test>"}, "evil@x.test"),
        ({"From": "=?utf-8?Q?Jan_=3Cjan=40x.test=3E?="}, "jan@x.test"),
        ({"From": "boss@bank.test <evil@x.test>"}, "evil@x.test"),
        ({"From": "(boss@bank.test) evil@x.test (Evil)"}, "evil@x.test"),
        ({"From": "<@relay.test,@other.test:jan@x.test>"}, "jan@x.test"),
        ({"From": "Team: jan@x.test, ola@x.test;"}, "jan@x.test"),
        ({"From": "<<jan@x.test>>"}, "jan@x.test"),
        ({"From": "'jan@x.test'"}, "jan@x.test"),
        ({"From": '"jan \\"the\\" man" <JAN@X.TEST>'}, "jan@x.test"),
        ({"From": "Jan <jan@bücher.test>"}, "jan@xn--bcher-kva.test"),
        ({"From": "Jan <jan@раураl.test>"}, "jan@xn--l-7sba6dbr.test"),
    ],
)
def test_the_sender_is_one_mailbox(fields: dict[str, str], address: str) -> None:
    assert read_mail(mail(**{name.replace("-", "_"): value for name, value in fields.items()})).from_address == address


@pytest.mark.parametrize(
    ("header", "ids"),
    [
        ("<a@x> <b@x>", ("<a@x>", "<b@x>")),
        ("<a@x>\r\n\t<b@x>\r\n <a@x>", ("<a@x>", "<b@x>")),
        ("<a\r\n @x>", ("<a@x>",)),
        ("a@x b@x", ("<a@x>", "<b@x>")),
        ('Message from "Jan" of yesterday', ()),
        ("<" + "x" * 600 + "@x>", ()),
    ],
    ids=["two", "folded", "folded inside", "without brackets", "words only", "too long for an index"],
)
def test_references(header: str, ids: tuple[str, ...]) -> None:
    assert read_mail(mail(References=header)).references == ids


def test_several_ids_in_in_reply_to_help_to_find_the_thread() -> None:
    arrival = read_mail(mail(In_Reply_To="<a@x> <b@x>", References="<r@x>"))

    assert arrival.in_reply_to == "<a@x>"
    assert arrival.references == ("<r@x>", "<b@x>")


def test_a_thread_that_grew_for_ever_keeps_its_beginning_and_its_end() -> None:
    references = read_mail(mail(References=" ".join(f"<{n}@x>" for n in range(5_000)))).references

    assert len(references) == 100
    assert (references[0], references[-1]) == ("<0@x>", "<4999@x>")


@pytest.mark.parametrize(
    "date",
    ["yesterday", "Mon, 02 Nov 1026 09:00:00 +0100", "Mon, 99 Nov 2026 09:00:00", "Mon, 02 Nov 2026 09:00 +9999999"],
)
def test_an_insane_date_is_no_date(date: str) -> None:
    assert read_mail(mail(Date=date)).date is None


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("=?utf-8?Q?Za=C5=BC=C3=B3?= =?utf-8?Q?=C5=82=C4=87?=", "Zażółć"),
        ("=?utf-8?B?xbzDsw?= x", "żó x"),
        ("=?UTF-8?Q?Za=C5?=\r\n =?UTF-8?Q?=BC=C3=B3=C5=82=C4=87?=", "Zażółć"),
        ("=?windows-1250?Q?=9Cledz?=", "śledz"),
        ("=?x-unknown?Q?abc?=", "abc"),
        ("=?utf-8?Q?Czy_dzia=C5=82a??=", "Czy działa?"),
        ("  wiele \r\n\t odstępów  ", "wiele odstępów"),
        ("=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
    ],
    ids=[
        "two words",
        "base64 without its end",
        "letter cut in two",
        "cp1250",
        "unknown charset",
        "bare ?",
        "folds",
        "CR LF",
    ],
)
def test_subjects(subject: str, expected: str) -> None:
    assert read_mail(mail(Subject=subject)).subject.startswith(expected)


@pytest.mark.parametrize(
    ("fields", "automatic"),
    [
        ({}, False),
        ({"Auto_Submitted": "auto-replied (vacation)"}, True),
        ({"Auto_Submitted": "auto-generated"}, True),
        ({"Auto_Submitted": "no"}, False),
        ({"Precedence": "bulk"}, True),
        ({"Precedence": "auto_reply"}, True),
        ({"Precedence": "bulk", "List_Id": "<news.test>"}, False),
        ({"List_Unsubscribe": "<https://x.test>"}, False),
        ({"X_Autoreply": "yes"}, True),
        ({"X_Auto_Response_Suppress": "All"}, False),
        ({"Subject": "Automatyczna odpowiedź: urlop", "In_Reply_To": "<ours@fala.test>"}, True),
        ({"Subject": "Autoodpowiedź Re: faktura", "In_Reply_To": "<ours@fala.test>"}, True),
        ({"Subject": "Out of Office: back on Monday", "In_Reply_To": "<ours@fala.test>"}, True),
        ({"Subject": "Re: Automatyczna odpowiedź na moje pytanie?"}, False),
        ({"Subject": "Autoodpowiedź nie działa"}, False),
        ({"Subject": "Urlop: brak internetu", "In_Reply_To": "<ours@fala.test>"}, False),
    ],
)
def test_mail_that_no_person_wrote(fields: dict[str, str], automatic: bool) -> None:
    assert read_mail(mail(**fields)).auto_submitted is automatic


def test_a_receipt_is_no_bounce_and_a_customer_who_says_failure_is_none() -> None:
    receipt = multipart(
        b"Content-Type: text/plain\r\n\r\nDelivered.",
        b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@x.test\r\nAction: delivered\r\n",
        kind="report; report-type=delivery-status",
        From="mailer-daemon@x.test",
    )

    assert not read_mail(receipt).bounce
    assert not read_mail(mail("user unknown", Subject="Undeliverable: failure notice")).bounce


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("alternative", (b"text/plain", b"zwykly", b"text/html", b"<p>ladny</p>"), "zwykly"),
        ("alternative", (b"text/plain", b" \r\n", b"text/html", b"<p>ladny</p>"), "ladny"),
        (
            "alternative",
            (b"text/plain", b"Your client shows no HTML", b"text/html", b"<p>" + b"ladny " * 20 + b"</p>"),
            "ladny",
        ),
        ("mixed", (b"text/plain", b"pierwszy", b"text/html", b"<p>drugi</p>"), "pierwszy\n\ndrugi"),
    ],
    ids=["plain first", "blank plain", "notice only", "one after the other"],
)
def test_which_part_is_the_message(kind: str, body: tuple[bytes, ...], text: str) -> None:
    parts = [
        b"Content-Type: " + name + b"\r\n\r\n" + content for name, content in zip(body[::2], body[1::2], strict=True)
    ]

    assert read_mail(multipart(*parts, kind=kind)).text.startswith(text)


def test_a_boundary_is_not_mistaken_for_a_longer_one() -> None:
    inner = b"--b1\r\n\r\ninside\r\n--b1--\r\n"
    raw = multipart(b"Content-Type: multipart/mixed; boundary=b1\r\n\r\n" + inner, b"\r\noutside")

    assert read_mail(raw).text == "inside\n\noutside"


def test_the_language_is_guessed() -> None:
    assert read_mail(mail("Dzień dobry, nie działa mi telefon")).language == "pl"
    assert read_mail(mail("Hello, my phone is not working and I have no signal")).language == "en"
    assert read_mail(mail("???")).language == "pl"
