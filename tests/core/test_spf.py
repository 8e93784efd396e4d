"""Whether a domain lets a server send in its name: the examples of RFC 7208 and its limits, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.spf import check_host
from samehand.core.spf_terms import BadTerm, expanded, terms
from tests.zones import Table

# The zone of RFC 7208, appendix A.
ZONE = {
    "example.com": {"MX": ["mail-a.example.com", "mail-b.example.com"], "A": ["192.0.2.10", "192.0.2.11"]},
    "amy.example.com": {"A": ["192.0.2.65"]},
    "bob.example.com": {"A": ["192.0.2.66"]},
    "mail-a.example.com": {"A": ["192.0.2.129"]},
    "mail-b.example.com": {"A": ["192.0.2.130"]},
    "example.org": {"MX": ["mail-c.example.org"]},
    "mail-c.example.org": {"A": ["192.0.2.140"]},
    "192.0.2.10": {"PTR": ["example.com"]},
    "192.0.2.65": {"PTR": ["amy.example.com"]},
    "10.0.0.4": {"PTR": ["bob.example.com"]},
    "mary.mobile-users._spf.example.com": {"A": ["127.0.0.2"]},
    "fred.mobile-users._spf.example.com": {"A": ["127.0.0.2"]},
    "15.15.168.192.joel.remote-users._spf.example.com": {"A": ["127.0.0.2"]},
}


def check(record: str | list[str], address: str, sender: str = "jan@example.com", **zones: dict[str, list[str]]) -> str:
    records = [record] if isinstance(record, str) else record
    table = ZONE | {"example.com": ZONE["example.com"] | {"TXT": records}}
    table |= {name.replace("_DOT_", "."): zone for name, zone in zones.items()}
    return check_host(address, domain="example.com", sender=sender, helo="mx.example.com", names=Table(table))


@pytest.mark.parametrize(
    ("record", "address", "result"),
    [
        pytest.param("v=spf1 +all", "192.0.2.1", "pass", id="A.1 anybody"),
        pytest.param("v=spf1 a -all", "192.0.2.10", "pass", id="A.1 a host of the name"),
        pytest.param("v=spf1 a -all", "192.0.2.65", "fail", id="A.1 no host of the name"),
        pytest.param("v=spf1 a:example.org -all", "192.0.2.10", "fail", id="A.1 another name without hosts"),
        pytest.param("v=spf1 mx -all", "192.0.2.129", "pass", id="A.1 an exchanger"),
        pytest.param("v=spf1 mx:example.org -all", "192.0.2.140", "pass", id="A.1 another's exchanger"),
        pytest.param("v=spf1 mx mx:example.org -all", "192.0.2.140", "pass", id="A.1 one of both"),
        pytest.param("v=spf1 mx/30 mx:example.org/30 -all", "192.0.2.131", "pass", id="A.1 beside an exchanger"),
        pytest.param("v=spf1 ptr -all", "192.0.2.65", "pass", id="A.1 by its own name"),
        pytest.param("v=spf1 ptr -all", "192.0.2.140", "fail", id="A.1 a name of another domain"),
        pytest.param("v=spf1 ptr -all", "10.0.0.4", "fail", id="A.1 a name that does not lead back"),
        pytest.param("v=spf1 ip4:192.0.2.128/28 -all", "192.0.2.65", "fail", id="A.1 out of the network"),
        pytest.param("v=spf1 ip4:192.0.2.128/28 -all", "192.0.2.129", "pass", id="A.1 within the network"),
        pytest.param("v=spf1 ip6:2001:db8::/32 ~all", "2001:db8::1", "pass", id="a network of IPv6"),
        pytest.param("v=spf1 ip4:192.0.2.1 -all", "::ffff:192.0.2.1", "pass", id="IPv4 in the dress of IPv6"),
        pytest.param(
            "v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 -all", "2001:db9::1", "fail", id="IPv6 out of the network"
        ),
        pytest.param("v=spf1 ip4:192.0.2.1 ~all", "192.0.2.2", "softfail", id="not sure"),
        pytest.param("v=spf1 ?all", "192.0.2.2", "neutral", id="says nothing"),
        pytest.param("v=spf1", "192.0.2.2", "neutral", id="an empty record"),
        pytest.param("v=spf10 -all", "192.0.2.2", "none", id="another version is no record"),
        pytest.param("V=SPF1 -ALL", "192.0.2.2", "fail", id="in any letter case"),
        pytest.param("v=spf1 -all moo", "192.0.2.2", "permerror", id="a bad word behind the end"),
        pytest.param("v=spf1 ip4:192.0.2.1/33 -all", "192.0.2.2", "permerror", id="too many bits"),
        pytest.param("v=spf1 ip4:300.0.2.1 -all", "192.0.2.2", "permerror", id="no address"),
        pytest.param("v=spf1 include -all", "192.0.2.2", "permerror", id="an include of nothing"),
        pytest.param("v=spf1 redirect=a.example redirect=b.example", "192.0.2.2", "permerror", id="two redirects"),
        pytest.param("v=spf1 unknown=x -all", "192.0.2.2", "fail", id="an unknown modifier is passed over"),
        pytest.param("v=spf1 redirect=nowhere.example", "192.0.2.2", "permerror", id="a redirect to no record"),
        pytest.param("v=spf1 include:nowhere.example -all", "192.0.2.2", "permerror", id="an include of no record"),
        pytest.param(["v=spf1 -all", "v=spf1 +all"], "192.0.2.2", "permerror", id="two records"),
        pytest.param(["something else"], "192.0.2.2", "none", id="no record"),
        pytest.param("v=spf1 a:a%{x}.example -all", "192.0.2.2", "permerror", id="an unknown macro"),
    ],
)
def test_check_host(record: str | list[str], address: str, result: str) -> None:
    assert check(record, address) == result


def test_a_mobile_user_is_let_through_by_name() -> None:
    record = "v=spf1 mx exists:%{l}.mobile-users._spf.%{d} exists:%{ir}.%{l}.remote-users._spf.%{d} -all"

    assert check(record, "203.0.113.7", "mary@example.com") == "pass"
    assert check(record, "192.168.15.15", "joel@example.com") == "pass"
    assert check(record, "203.0.113.7", "eve@example.com") == "fail"


def test_an_include_passes_on_only_what_it_lets_through() -> None:
    other = {"TXT": ["v=spf1 ip4:192.0.2.1 -all"]}

    assert check("v=spf1 include:other.example ?all", "192.0.2.1", other_DOT_example=other) == "pass"
    assert check("v=spf1 include:other.example ?all", "192.0.2.2", other_DOT_example=other) == "neutral"
    assert check("v=spf1 redirect=other.example", "192.0.2.2", other_DOT_example=other) == "fail"


def test_a_record_may_not_send_us_round_for_ever() -> None:
    assert check("v=spf1 include:example.com -all", "192.0.2.1") == "permerror"
    assert check("v=spf1 redirect=example.com", "192.0.2.1") == "permerror"
    assert check("v=spf1 " + "exists:mary.mobile-users._spf.example.org " * 3 + "-all", "192.0.2.1") == "permerror"
    assert check("v=spf1 " + "a:bob.example.com " * 11 + "-all", "192.0.2.1") == "permerror"
    assert check("v=spf1 " + "a:bob.example.com " * 10 + "-all", "192.0.2.1") == "fail"
    many = {"MX": [f"mx{number}.example.com" for number in range(11)]}
    assert check("v=spf1 mx:many.example -all", "192.0.2.1", many_DOT_example=many) == "permerror"


def test_a_domain_that_is_away_accuses_nobody() -> None:
    away = Table({"example.com": None})

    assert check_host("192.0.2.1", domain="example.com", sender="x@example.com", helo="mx", names=away) == "temperror"
    inner = Table({"example.com": {"TXT": ["v=spf1 include:away.example -all"]}, "away.example": None})
    assert check_host("192.0.2.1", domain="example.com", sender="x@example.com", helo="mx", names=inner) == "temperror"


# RFC 7208, 7.4.
LETTERS = {
    "s": "strong-bad@email.example.com",
    "l": "strong-bad",
    "o": "email.example.com",
    "d": "email.example.com",
    "i": "192.0.2.3",
    "v": "in-addr",
    "h": "mx.example.com",
    "p": "unknown",
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"),
        ("%{l-}", "strong.bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
        ("a%%b%-c", "a%b%20c"),
    ],
)
def test_macros(text: str, name: str) -> None:
    assert expanded(text, LETTERS) == name


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_record_is_read_or_refused(text: str) -> None:
    try:
        terms(f"v=spf1 {text}")
    except BadTerm:
        return
    assert check(f"v=spf1 {text}", "192.0.2.1") in {
        "pass", "fail", "softfail", "neutral", "none", "permerror", "temperror",
    }  # fmt: skip
