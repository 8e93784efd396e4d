"""Which marks prove a case, and which do not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.threads import Proof, Signer, find_own, new_reference, proofs_of_signature

REF, OTHER = "SH-7K3M9QX2", "SH-00000000"
OURS, THEIRS = Signer(b"our secret"), Signer(b"their secret")
BASE, DOMAIN = "helpdesk@operator.example", "operator.example"
ADDRESS = OURS.reply_address(BASE, REF)
MESSAGE_ID = OURS.message_id(REF, "41", DOMAIN)
TOKEN = OURS.page_token(REF)

references = st.binary(min_size=5, max_size=5).map(new_reference)


def changed(mark: str) -> str:
    """The mark with the first letter of its mac changed."""
    start = mark.index("@") - 16 if "@" in mark else mark.rindex(".") + 1
    return mark[:start] + ("0" if mark[start] != "0" else "1") + mark[start + 1 :]


def without_mac(mark: str) -> str:
    start = mark.index("@") - 17
    return mark[:start] + mark[start + 17 :]


class TestBounceAddress:
    def test_names_the_answer_that_did_not_arrive(self) -> None:
        address = OURS.bounce_address(BASE, 4711)

        assert re.fullmatch(r"helpdesk\+b-4711\.[0-9a-hjkmnp-tv-z]{16}@operator\.example", address)
        assert OURS.message_of_bounce(address) == OURS.message_of_bounce(address.upper()) == 4711

    @pytest.mark.parametrize(
        "address",
        [
            pytest.param("", id="nothing"),
            pytest.param(BASE, id="the plain desk"),
            pytest.param("helpdesk+b-4711@operator.example", id="a number without a mac"),
            pytest.param(THEIRS.bounce_address(BASE, 4711), id="signed by somebody else"),
            pytest.param(OURS.bounce_address(BASE, 4711).replace("b-4711", "b-4712"), id="another number"),
            pytest.param(ADDRESS, id="an address for replies"),
        ],
    )
    def test_nothing_else_names_one(self, address: str) -> None:
        assert OURS.message_of_bounce(address) is None

    def test_joins_no_case(self) -> None:
        assert OURS.case_of_address(OURS.bounce_address(BASE, 4711)) is None


class TestAddress:
    def test_reads_as_the_desk_with_the_case(self) -> None:
        assert re.fullmatch(r"helpdesk\+sh-7k3m9qx2\.[0-9a-hjkmnp-tv-z]{16}@operator\.example", ADDRESS)

    def test_stays_the_same_so_that_customers_can_keep_it(self) -> None:
        assert Signer(b"our secret").reply_address(BASE, REF.lower()) == ADDRESS

    @pytest.mark.parametrize(
        "address",
        [
            pytest.param(ADDRESS, id="as we wrote it"),
            pytest.param(ADDRESS.upper(), id="in capitals"),
            pytest.param(ADDRESS.title(), id="in mixed case"),
            pytest.param(f" {ADDRESS}\r\n", id="with space around"),
            pytest.param(ADDRESS.replace(DOMAIN, "old-name.example"), id="at another domain of ours"),
            pytest.param(OURS.reply_address("care+pl@operator.example", REF), id="at a desk that has a plus itself"),
        ],
    )
    def test_proves_its_case(self, address: str) -> None:
        assert OURS.case_of_address(address) == REF

    @pytest.mark.parametrize(
        "address",
        [
            pytest.param("", id="nothing"),
            pytest.param(BASE, id="the plain desk"),
            pytest.param(without_mac(ADDRESS), id="a reference without a mac"),
            pytest.param(changed(ADDRESS), id="a changed mac"),
            pytest.param(ADDRESS.replace("7k3m9qx2", "00000000"), id="another case under this mac"),
            pytest.param(ADDRESS.replace(".", ".0", 1), id="a mac with a letter too many"),
            pytest.param(THEIRS.reply_address(BASE, REF), id="signed with another secret"),
            pytest.param(f"helpdesk+{TOKEN}@{DOMAIN}", id="the token of the page"),
            pytest.param(f"helpdesk+{MESSAGE_ID[1:-1].split('@')[0]}@{DOMAIN}", id="the mark of a Message-ID"),
            pytest.param(ADDRESS.replace("k", "\u212a"), id="a letter that only folds to ours"),
            pytest.param(ADDRESS.split("@")[0], id="no domain"),
            pytest.param(ADDRESS.replace("+", "-"), id="no plus"),
            pytest.param(f"helpdesk+@{DOMAIN}", id="an empty tag"),
            pytest.param(f"helpdesk+.{ADDRESS.split('.')[1]}", id="a mac of nothing"),
        ],
    )
    def test_proves_nothing(self, address: str) -> None:
        assert OURS.case_of_address(address) is None

    @pytest.mark.parametrize("base", ["", "helpdesk", "@operator.example", "helpdesk@"])
    def test_is_not_made_from_what_is_no_address(self, base: str) -> None:
        with pytest.raises(ValueError, match="Not an address"):
            OURS.reply_address(base, REF)


class TestMessageId:
    def test_has_the_form_of_a_message_id(self) -> None:
        assert re.fullmatch(r"<sh-7k3m9qx2\.41\.[0-9a-z]{16}@operator\.example>", MESSAGE_ID)

    @pytest.mark.parametrize(
        "mid",
        [
            pytest.param(MESSAGE_ID, id="as we wrote it"),
            pytest.param(MESSAGE_ID.replace(DOMAIN, DOMAIN.upper()), id="with its domain in capitals"),
            pytest.param(MESSAGE_ID.upper(), id="in capitals"),
            pytest.param(MESSAGE_ID[1:-1], id="without its brackets"),
            pytest.param(OURS.message_id(REF, "A.b-7", DOMAIN), id="with dots in what tells it apart"),
        ],
    )
    def test_proves_its_case(self, mid: str) -> None:
        assert OURS.case_of_message_id(mid) == REF

    @pytest.mark.parametrize(
        "mid",
        [
            pytest.param("", id="nothing"),
            pytest.param("<CAF=abc.def@mail.gmail.com>", id="somebody else's"),
            pytest.param(changed(MESSAGE_ID), id="a changed mac"),
            pytest.param(MESSAGE_ID.replace(".41.", ".42."), id="another message under this mac"),
            pytest.param(MESSAGE_ID.replace("7k3m9qx2", "00000000"), id="another case under this mac"),
            pytest.param(without_mac(MESSAGE_ID), id="without a mac"),
            pytest.param(THEIRS.message_id(REF, "41", DOMAIN), id="signed with another secret"),
            pytest.param(f"<{ADDRESS.partition('+')[2]}>", id="the tag of a reply address"),
            pytest.param(MESSAGE_ID.split("@")[0], id="no domain"),
        ],
    )
    def test_proves_nothing(self, mid: str) -> None:
        assert OURS.case_of_message_id(mid) is None

    @pytest.mark.parametrize("unique", ["", "4 1", "ż", "a@b", ".4", "4..1", "<41>", "41\n"])
    def test_is_not_made_from_what_would_break_it(self, unique: str) -> None:
        with pytest.raises(ValueError, match="Message-ID"):
            OURS.message_id(REF, unique, DOMAIN)


class TestPage:
    def test_is_long_and_safe_in_a_path(self) -> None:
        assert re.fullmatch(r"sh-7k3m9qx2\.[0-9a-z]{32}", TOKEN)

    @pytest.mark.parametrize("token", [TOKEN, TOKEN.upper()], ids=["as we wrote it", "typed in capitals"])
    def test_opens_its_case(self, token: str) -> None:
        assert OURS.case_of_page(token) == REF
        assert OURS.page_of(token) == (REF, 0)

    def test_each_turn_of_the_page_has_a_link_of_its_own(self) -> None:
        turned = OURS.page_token(REF, 3)

        assert OURS.page_of(turned) == (REF, 3)
        assert OURS.page_of(turned.replace(".3.", ".4.")) == (None, 0)

    @pytest.mark.parametrize(
        "token",
        [
            pytest.param("", id="nothing"),
            pytest.param(REF, id="the bare reference"),
            pytest.param(changed(TOKEN), id="a changed mac"),
            pytest.param(TOKEN[:-1], id="a mac cut short"),
            pytest.param(TOKEN.replace("7k3m9qx2", "00000000"), id="another case under this mac"),
            pytest.param(THEIRS.page_token(REF), id="signed with another secret"),
            pytest.param(ADDRESS.partition("+")[2].partition("@")[0], id="the tag of the reply address"),
        ],
    )
    def test_stays_shut(self, token: str) -> None:
        assert OURS.case_of_page(token) is None


OWN = {"<first@customer.example>": 7, "<second@customer.example>": 8, MESSAGE_ID: 9}
FORGED_ADDRESS, FORGED_ID = THEIRS.reply_address(BASE, REF), THEIRS.message_id(REF, "41", DOMAIN)
OTHER_ADDRESS, OTHER_ID = OURS.reply_address(BASE, OTHER), OURS.message_id(OTHER, "1", DOMAIN)


@pytest.mark.parametrize(
    ("recipients", "in_reply_to", "refs", "proof"),
    [
        pytest.param(
            ["jan@x.example", ADDRESS],
            OTHER_ID,
            [],
            Proof("address", reference=REF),
            id="the signed address comes before everything",
        ),
        pytest.param(
            [OTHER_ADDRESS, ADDRESS], "", [], Proof("address", reference=OTHER), id="of two signed addresses the first"
        ),
        pytest.param(
            [BASE],
            MESSAGE_ID,
            ["<first@customer.example>"],
            Proof("message_id", reference=REF, unique="41"),
            id="our own Message-ID answered",
        ),
        pytest.param(
            [FORGED_ADDRESS],
            "<first@customer.example>",
            [MESSAGE_ID, "<x@y.example>"],
            Proof("message_id", reference=REF, unique="41"),
            id="our own Message-ID in the references comes before a known one",
        ),
        pytest.param(
            [],
            "<x@y.example>",
            [OTHER_ID, MESSAGE_ID],
            Proof("message_id", reference=REF, unique="41"),
            id="of our own Message-IDs the last",
        ),
        pytest.param(
            [],
            f"Your message of Monday {MESSAGE_ID}",
            [],
            Proof("message_id", reference=REF, unique="41"),
            id="an id among other words",
        ),
        pytest.param(
            [BASE],
            "<first@customer.example>",
            ["<second@customer.example>"],
            Proof("in_reply_to", case_id=7),
            id="a known id answered",
        ),
        pytest.param(
            [BASE],
            "<x@y.example>",
            ["<first@customer.example>", "<second@customer.example>", "<z@y.example>"],
            Proof("references", case_id=8),
            id="the last known id of the references",
        ),
        pytest.param([BASE], "<x@y.example>", ["<z@y.example>"], None, id="ids of somebody else's cases"),
        pytest.param([FORGED_ADDRESS], FORGED_ID, [FORGED_ID], None, id="forged marks count as nothing"),
        pytest.param([without_mac(ADDRESS)], without_mac(MESSAGE_ID), [], None, id="bare references count as nothing"),
        pytest.param([BASE], "first@customer.example", [], None, id="an id without its brackets"),
        pytest.param([], "", [], None, id="a mail that says nothing"),
    ],
)
def test_where_it_belongs(recipients: list[str], in_reply_to: str, refs: list[str], proof: Proof | None) -> None:
    signed = proofs_of_signature(OURS, recipients, in_reply_to, refs)

    assert (signed[0] if signed else find_own(in_reply_to, refs, OWN)) == proof


def test_the_answered_message_says_more_exactly_than_the_address_where_the_case_is() -> None:
    earlier = OURS.message_id(REF, "7", DOMAIN)

    signed = proofs_of_signature(OURS, [ADDRESS], OTHER_ID, [earlier, MESSAGE_ID.upper()])

    assert signed == (
        Proof("message_id", reference=REF, unique="41"),
        Proof("message_id", reference=REF, unique="7"),
        Proof("address", reference=REF),
        Proof("message_id", reference=OTHER, unique="1"),
    )


def test_an_id_that_stands_in_two_cases_proves_neither() -> None:
    own = {"<again@x.example>": 0, "<first@customer.example>": 7}

    assert find_own("<again@x.example>", [], own) is None
    assert find_own("<again@x.example>", ["<first@customer.example>"], own) == Proof("references", case_id=7)


def test_the_two_halves_can_be_asked_alone() -> None:
    assert proofs_of_signature(OURS, [ADDRESS]) == (Proof("address", reference=REF),)
    assert proofs_of_signature(OURS, [BASE], "<first@customer.example>") == ()
    assert find_own("", iter(["<first@customer.example>"]), OWN) == Proof("references", case_id=7)
    assert find_own(MESSAGE_ID, [], {}) is None


def test_references_may_come_from_an_iterator() -> None:
    assert find_own("", iter(["<second@customer.example>"]), OWN) == Proof("references", case_id=8)
    assert proofs_of_signature(OURS, iter([ADDRESS]), "", iter([MESSAGE_ID]))[1].kind == "address"


@pytest.mark.parametrize("reference", ["", "SH 1", "SH-1.2", "SH-Ż", "-SH", "SH-1\n"])
def test_a_reference_with_other_letters_is_not_signed(reference: str) -> None:
    with pytest.raises(ValueError, match="Not a case reference"):
        OURS.reply_address(BASE, reference)
    with pytest.raises(ValueError, match="Not a case reference"):
        OURS.message_id(reference, "1", DOMAIN)
    with pytest.raises(ValueError, match="Not a case reference"):
        OURS.page_token(reference)


def test_an_empty_secret_signs_nothing() -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        Signer(b"")


@pytest.mark.parametrize(
    ("random", "reference"),
    [
        (b"\0\0\0\0\0", "SH-00000000"),
        (b"\xff\xff\xff\xff\xff", "SH-ZZZZZZZZ"),
        (b"\x39\xc7\x44\xdf\xa2", "SH-773M9QX2"),
        (b"\0\0\0\0\x01\xff\xff", "SH-00000001"),
    ],
    ids=["the lowest", "the highest", "one in between", "more bytes than needed"],
)
def test_a_reference_of_random_bytes(random: bytes, reference: str) -> None:
    assert new_reference(random) == reference


def test_a_reference_of_too_few_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="5 random bytes"):
        new_reference(b"1234")


@settings(deadline=None, max_examples=150)
@given(references, st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,5})?", fullmatch=True), st.data())
def test_every_mark_proves_its_own_case_in_any_letter_case(reference: str, unique: str, data: st.DataObject) -> None:
    def shaken(text: str) -> str:
        flips = data.draw(st.integers(0, 2 ** len(text) - 1))
        return "".join(one.upper() if flips >> n & 1 else one.lower() for n, one in enumerate(text))

    assert re.fullmatch(r"SH-[0-9A-HJKMNP-TV-Z]{8}", reference)
    assert OURS.case_of_address(shaken(OURS.reply_address(BASE, reference))) == reference
    assert OURS.case_of_message_id(shaken(OURS.message_id(reference, unique, DOMAIN))) == reference
    assert OURS.case_of_page(shaken(OURS.page_token(reference))) == reference


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([ADDRESS, MESSAGE_ID, TOKEN]), st.data())
def test_no_letter_of_a_mark_can_be_changed(mark: str, data: st.DataObject) -> None:
    start, end = mark.find("+") + 1, (mark.index("@") if "@" in mark else len(mark))
    place = data.draw(st.integers(max(start, 1 if mark[0] == "<" else 0), end - 1))
    letter = data.draw(
        st.sampled_from("0123456789abcdefghijklmnopqrstuvwxyz-._é").filter(lambda one: one != mark[place])
    )
    forged = mark[:place] + letter + mark[place + 1 :]

    read = {ADDRESS: OURS.case_of_address, MESSAGE_ID: OURS.case_of_message_id, TOKEN: OURS.case_of_page}[mark]

    assert read(forged) is None


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert OURS.case_of_address(text) is None
    assert OURS.case_of_address(f"helpdesk+{text}@{DOMAIN}") is None
    assert OURS.case_of_message_id(text) is None
    assert OURS.case_of_page(text) is None
