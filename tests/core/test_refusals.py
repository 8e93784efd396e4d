"""What servers mean when they will not take a mail, as a table."""

from __future__ import annotations

import pytest

from samehand.core.refusals import Refusal, marks_address, understood


@pytest.mark.parametrize(
    ("words", "status", "meant"),
    [
        pytest.param("550 5.1.1 <a@b.test>: User unknown", "", Refusal(True, "no_such_user"), id="a code in the words"),
        pytest.param("whatever", "5.1.1", Refusal(True, "no_such_user"), id="a report's code"),
        pytest.param("552 5.2.2 Mailbox full", "", Refusal(True, "mailbox_full"), id="a full mailbox"),
        pytest.param("452 4.2.2 Over quota", "", Refusal(False, "mailbox_full"), id="a full mailbox, for now"),
        pytest.param(
            "550 Skrzynka odbiorcy jest przepełniona", "", Refusal(True, "mailbox_full"), id="full, in Polish"
        ),
        pytest.param("550 Użytkownik jan nie istnieje", "", Refusal(True, "no_such_user"), id="no user, in Polish"),
        pytest.param("550 5.7.1 No such user c18si23", "", Refusal(True, "no_such_user"), id="words beat a vague code"),
        pytest.param("554 5.7.1 Message rejected as spam", "", Refusal(True, "policy"), id="taken for spam"),
        pytest.param("554 5.7.26 DMARC", "", Refusal(True, "policy"), id="our own proof was missing"),
        pytest.param("Host or domain name not found", "5.4.4", Refusal(True, "no_such_domain"), id="no such domain"),
        pytest.param(
            "Sorry, I couldn't find any host named x.test. (#5.1.2)", "", Refusal(True, "no_such_domain"), id="qmail"
        ),
        pytest.param("This account has been disabled", "", Refusal(True, "disabled"), id="a closed account"),
        pytest.param(
            "connect to x.test: Connection timed out", "4.4.1", Refusal(False, "unreachable"), id="not reached"
        ),
        pytest.param("552 5.3.4 Message too big", "", Refusal(True, "too_large"), id="too large"),
        pytest.param("Call us at 480-624-2500", "", Refusal(True, ""), id="a telephone number is no code"),
        pytest.param("", "", Refusal(True, ""), id="nothing said"),
    ],
)
def test_what_a_server_means(words: str, status: str, meant: Refusal) -> None:
    assert understood(words, status) == meant


def test_who_still_tries_has_refused_nothing_for_good() -> None:
    assert understood("550 5.1.1 User unknown", final=False) == Refusal(False, "no_such_user")


@pytest.mark.parametrize(
    ("reason", "strikes", "dead"),
    [
        pytest.param("no_such_user", 1, True, id="nobody lives there: once is enough"),
        pytest.param("no_such_domain", 1, True, id="the domain is gone"),
        pytest.param("mailbox_full", 1, False, id="full today"),
        pytest.param("mailbox_full", 2, True, id="full twice"),
        pytest.param("", 2, True, id="refused twice without a reason"),
        pytest.param("policy", 9, False, id="it is us whom they do not like"),
    ],
)
def test_when_an_address_is_dead(reason: str, strikes: int, dead: bool) -> None:
    assert marks_address(reason, strikes) is dead


@pytest.mark.parametrize("letter", ["user ", "a", "x y ", "5.1.", "exceed ", "\u0142"])
def test_words_without_end_are_read_once(letter: str) -> None:
    assert understood(letter * 1_000_000).hard
