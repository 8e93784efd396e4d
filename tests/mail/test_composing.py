"""The bytes that we really send, read back by other people's readers and our own."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from typing import Any

import pytest

from samehand.channels.mail.composing import MARKER, CannotBeWritten, File, Person, Quoted, Words, compose
from samehand.channels.mail.reading import html_of, part_bytes, read_mail

WORDS = Words(
    text="Dzień dobry,\n\nwłączyłam <transmisję> & sprawdziłam: https://fala.test/pomoc.\n\nAnia",
    footer="Twoja sprawa i nasza obietnica: https://fala.test/s/xyz",
    history=[Quoted("2 listopada 2026 o 08:58 napisała Pani:", "Nie działa.\n> stare")],
)
GIVEN: dict[str, Any] = {
    "sender": Person("helpdesk@fala.test", "Ania z Fala Mobile"),
    "to": Person("zofia@poczta.test", "Zofia Żółć"),
    "subject": "Odp: Nie działa transmisja danych w telefonie, proszę o pilną pomoc",
    "words": WORDS,
    "date": datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
    "message_id": "<sh.abc.1@fala.test>",
    "in_reply_to": "<a9@poczta.test>",
    "references": [f"<a{n}@poczta.test>" for n in range(10)],
    "reply_to": Person("helpdesk+abc.x1@fala.test", "Ania z Fala Mobile"),
}


def test_an_answer_says_the_same_to_two_readers() -> None:
    raw = compose(**GIVEN)
    other = email.message_from_bytes(raw, policy=email.policy.default)
    ours = read_mail(raw)

    assert str(other["From"]) == "Ania z Fala Mobile <helpdesk@fala.test>"
    assert other["To"].addresses[0].display_name == "Zofia Żółć"
    assert other["Subject"] == ours.subject == GIVEN["subject"]
    assert other["Message-ID"] == ours.message_id == "<sh.abc.1@fala.test>"
    assert ours.in_reply_to == "<a9@poczta.test>"
    assert ours.references == tuple(GIVEN["references"])
    assert ours.reply_to == ("helpdesk+abc.x1@fala.test",)
    assert ours.date == GIVEN["date"]
    assert not ours.auto_submitted
    plain = other.get_body(("plain",))
    assert plain is not None
    words = plain.get_content().replace("\r\n", "\n")
    assert words.startswith(WORDS.text)
    assert "> Nie działa.\n>> stare" in words
    assert ours.reply_text.endswith("https://fala.test/s/xyz")


def test_the_html_holds_the_words_and_not_their_power() -> None:
    html = html_of(compose(**GIVEN))

    assert "&lt;transmisję&gt; &amp; sprawdziłam" in html
    assert '<a href="https://fala.test/pomoc">https://fala.test/pomoc</a>.' in html
    assert '<a href="https://fala.test/s/xyz">' in html


def test_the_same_answer_is_the_same_bytes() -> None:
    files = [File("a.pdf", "application/pdf", b"%PDF")]

    assert compose(**GIVEN, files=files) == compose(**GIVEN, files=files)


def test_every_relay_can_take_it() -> None:
    long_word = "https://x.test/" + "ą" * 3_000
    raw = compose(
        **GIVEN
        | {
            "words": Words(f"{long_word}\n.\nFrom tej pory\n\r\n\x00x"),
            "subject": "x" * 2_000 + " " + long_word,
        }
    )

    assert raw.isascii()
    assert b"\x00" not in raw
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\r\n.\r\n" not in raw
    assert b"\r\nFrom tej" not in raw
    assert f"{long_word}\n.\nFrom tej pory" in read_mail(raw).text


EVIL = "a\r\nBcc: evil@x.test\r\n\r\nbody\nX: y"


@pytest.mark.parametrize(
    "given",
    [{"subject": EVIL}, {"words": Words(EVIL, EVIL, EVIL, EVIL, title=EVIL)}],
    ids=["in the subject", "in words"],
)
def test_no_header_can_be_smuggled_in_by_words(given: dict[str, Any]) -> None:
    raw = compose(**GIVEN | given)

    other = email.message_from_bytes(raw)
    assert "Bcc" not in other
    assert "X" not in other


def test_no_header_can_be_smuggled_in_by_names() -> None:
    evil = 'Jan\r\nBcc: evil@x.test "x" <evil@x.test>, =?utf-8?Q?a?='
    raw = compose(**GIVEN | {"to": Person("jan@poczta.test", evil), "files": [File(evil, "text/plain\r\nX: y", b"1")]})

    other = email.message_from_bytes(raw, policy=email.policy.default)
    assert "Bcc" not in other
    assert [address.addr_spec for address in other["To"].addresses] == ["jan@poczta.test"]
    assert read_mail(raw).to == ("jan@poczta.test",)


@pytest.mark.parametrize(
    "address", ["", "jan", "a b@x.test", "a@x.test\r\nBcc: b", "jan@żółw.test", "<a@x.test>", "a@b@c"]
)
def test_an_address_that_cannot_stand_in_a_mail_is_refused(address: str) -> None:
    with pytest.raises(CannotBeWritten):
        compose(**GIVEN | {"to": Person(address)})


@pytest.mark.parametrize("message_id", ["", "abc@x", "<a b@x>", "<a@x>\r\nX: y", "<ą@x>"])
def test_a_bad_message_id_is_refused(message_id: str) -> None:
    with pytest.raises(CannotBeWritten):
        compose(**GIVEN | {"message_id": message_id})


def test_references_do_not_grow_for_ever() -> None:
    raw = compose(**GIVEN | {"references": [f"<r{n}@x>" for n in range(500)] + ["junk"], "in_reply_to": "<last@x>"})

    assert read_mail(raw).references == (
        *("<r0@x>", "<r1@x>", "<r2@x>", "<r3@x>"),
        *("<r495@x>", "<r496@x>", "<r497@x>", "<r498@x>", "<r499@x>", "<last@x>"),
    )


def test_files_arrive_with_their_names_and_bytes() -> None:
    files = [
        File(
            "Zażółć gęślą jaźń - potwierdzenie przelewu za październik.pdf", "application/pdf", bytes(range(256)) * 50
        ),
        File("a.eml", "message/rfc822", b"Subject: x\n\ny"),
        File("pusty.txt", "text/plain", b""),
    ]
    raw = compose(**GIVEN, files=files)

    got = [part_bytes(raw, part.index) for part in read_mail(raw).attachments]
    assert [(part.name, content) for part, content in got] == [(file.name, file.data) for file in files]
    assert got[1][0].content_type == "application/octet-stream"


def test_what_was_said_before_stands_under_a_line_that_our_own_reader_knows() -> None:
    raw = compose(**GIVEN | {"words": Words("Już działa.", "Dzień dobry,", "Ania", history=WORDS.history)})
    text = read_mail(raw).text.replace("\r\n", "\n")

    assert text.startswith(f"Dzień dobry,\n\nJuż działa.\n\nAnia\n\n{MARKER}\n\n2 listopada")
    assert read_mail(raw).reply_text == "Dzień dobry,\n\nJuż działa.\n\nAnia"
    assert html_of(raw).count(MARKER) == 1


def test_without_a_history_there_is_no_line() -> None:
    raw = compose(**GIVEN | {"words": Words("Już działa.", history=[Quoted("Wczoraj napisano:", " \n ")])})

    assert MARKER not in read_mail(raw).text


def test_a_long_history_is_cut() -> None:
    long = [Quoted(f"{number}. dnia napisano:", "wiersz\n" * 200) for number in range(6)]

    assert read_mail(compose(**GIVEN | {"words": Words("Krótko.", history=long)})).text.count("> wiersz") == 300


def test_the_html_is_the_plainest() -> None:
    html = html_of(compose(**GIVEN))

    assert not {word for word in ("src=", "background", "<style", "<script", "<link", "color:#0") if word in html}
    assert '<html lang="pl">' in html
    assert 'content="light dark"' in html
    assert 'role="presentation"' in html


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (1200).to_bytes(4, "big") + (800).to_bytes(4, "big")


def test_a_picture_stands_where_its_name_stands() -> None:
    files = [File("zrzut <1>.png", "image/png", PNG), File("umowa.pdf", "application/pdf", b"%PDF")]
    words = Words("Proszę spojrzeć: [zrzut <1>.png]\n\nI przeczytać [umowa.pdf], [nic].")
    raw = compose(**GIVEN | {"words": words, "files": files})

    other = email.message_from_bytes(raw, policy=email.policy.default)
    assert [part.get_content_type() for part in other.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/pdf",
    ]  # fmt: skip
    picture, document = read_mail(raw).attachments
    assert (picture.inline, document.inline) == (True, False)
    assert f'src="cid:{picture.content_id.strip("<>")}" alt="zrzut &lt;1&gt;.png" width="600"' in html_of(raw)
    assert "[umowa.pdf], [nic]." in html_of(raw)
    assert part_bytes(raw, picture.index)[1] == PNG


def test_a_picture_that_the_text_does_not_name_is_attached() -> None:
    raw = compose(**GIVEN | {"files": [File("zrzut.png", "image/png", PNG)]})

    assert [part.inline for part in read_mail(raw).attachments] == [False]


def test_a_persons_answer_looks_like_nothing_else() -> None:
    mail = email.message_from_bytes(compose(**GIVEN))

    assert not {"List-Id", "List-Unsubscribe", "Precedence", "Auto-Submitted", "Bcc", "Sender"} & set(mail.keys())


def test_a_machines_answer_says_so() -> None:
    raw = compose(**GIVEN, automatic=True)

    assert email.message_from_bytes(raw)["Auto-Submitted"] == "auto-replied"
    assert read_mail(raw).auto_submitted


def test_an_address_of_polish_letters_stands_as_it_is() -> None:
    raw = compose(**GIVEN | {"to": Person("żółw@poczta.test", "Żółw")})

    assert b"<\xc5\xbc\xc3\xb3\xc5\x82w@poczta.test>" in raw
    assert read_mail(raw).to == ("żółw@poczta.test",)
