"""Who really wrote, as a table; and the law that nothing but the writer's own domain can prove him."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.trust import NOTHING, Check, Evidence, Policy, Verdict, backed, parted, verdict

ZOFIA = "zofia@wp.example"
SIGNED = Evidence(dkim=(Check("pass", "wp.example"),))
REJECT = Policy("reject")


def organization(domain: str) -> str:
    """The last two labels; "example" alone is nobody's."""
    labels = domain.split(".")
    return ".".join(labels[-2:]) if len(labels) > 1 else ""


def judge(evidence: Evidence, address: str = ZOFIA, *, doubt: str = "", insider: bool = False) -> Verdict:
    return verdict(evidence, address, doubt=doubt, insider=insider, organization=organization)


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        pytest.param(NOTHING, ("unproven", "silent"), id="nothing speaks for or against"),
        pytest.param(SIGNED, ("proven", "signed:wp.example"), id="her domain signed it"),
        pytest.param(
            Evidence(dkim=(Check("pass", "poczta.wp.example"),)),
            ("proven", "signed:poczta.wp.example"),
            id="another host of her domain signed it",
        ),
        pytest.param(
            Evidence(dkim=(Check("pass", "poczta.wp.example"),), policy=Policy("reject", strict_dkim=True)),
            ("unproven", "other:poczta.wp.example"),
            id="a strict domain does not let its hosts sign",
        ),
        pytest.param(
            Evidence(dkim=(Check("pass", "evil.example"),)),
            ("unproven", "other:evil.example"),
            id="somebody else signed",
        ),
        pytest.param(
            Evidence(dkim=(Check("pass", "example"),)),
            ("unproven", "other:example"),
            id="a whole suffix signs for nobody",
        ),
        pytest.param(
            Evidence(dkim=(Check("fail", "wp.example"), Check("pass", "wp.example"))),
            ("proven", "signed:wp.example"),
            id="one right signature is enough",
        ),
        pytest.param(
            Evidence(dkim=(Check("fail", "wp.example"),)),
            ("unproven", "broken:wp.example"),
            id="her signature is broken",
        ),
        pytest.param(
            Evidence(spf=Check("pass", "wp.example")), ("proven", "sent:wp.example"), id="her domain's server sent it"
        ),
        pytest.param(
            Evidence(spf=Check("pass", "evil.example")), ("unproven", "other:evil.example"), id="another server sent it"
        ),
        pytest.param(
            Evidence(spf=Check("fail", "wp.example")),
            ("forged", "not_its_server:wp.example"),
            id="her domain says that this server is not its own",
        ),
        pytest.param(
            Evidence(spf=Check("softfail", "wp.example")),
            ("unproven", "silent"),
            id="her domain is not sure of the server",
        ),
        pytest.param(
            Evidence(spf=Check("fail", "wp.example"), dkim=(Check("pass", "wp.example"),)),
            ("proven", "signed:wp.example"),
            id="a forwarded mail keeps its signature",
        ),
        pytest.param(
            Evidence(spf=Check("fail", "evil.example")),
            ("unproven", "silent"),
            id="another domain's refusal says nothing",
        ),
        pytest.param(
            Evidence(spf=Check("pass", "evil.example"), policy=REJECT),
            ("forged", "disowned:wp.example"),
            id="a domain that wants all else refused disowns what others sent",
        ),
        pytest.param(
            Evidence(spf=Check("none", "evil.example"), policy=Policy("none")),
            ("unproven", "silent"),
            id="a domain that only watches disowns nothing",
        ),
        pytest.param(
            Evidence(policy=REJECT), ("unproven", "silent"), id="nobody is accused when the server was not asked for"
        ),
        pytest.param(
            Evidence(spf=Check("none", "evil.example"), dkim=(Check("temperror", "wp.example"),), policy=REJECT),
            ("unproven", "away:wp.example"),
            id="nobody is accused while her domain cannot be asked",
        ),
        pytest.param(
            Evidence(spf=Check("none", "evil.example"), dkim=(Check("temperror", "evil.example"),), policy=REJECT),
            ("forged", "disowned:wp.example"),
            id="a forger's own dead servers protect him from nothing",
        ),
        pytest.param(
            Evidence(dmarc=Check("pass", "wp.example"), by="mx.fala.example"),
            ("proven", "told:mx.fala.example"),
            id="a host that we name vouches",
        ),
        pytest.param(
            Evidence(dmarc=Check("pass", "evil.example"), by="mx.fala.example"),
            ("unproven", "silent"),
            id="its word about another domain does not count",
        ),
        pytest.param(
            Evidence(dmarc=Check("fail", "wp.example"), by="mx.fala.example"),
            ("forged", "disowned:wp.example"),
            id="a host that we name says no",
        ),
        pytest.param(
            Evidence(dmarc=Check("fail", "wp.example"), policy=Policy("none"), by="mx.fala.example"),
            ("unproven", "silent"),
            id="its no is weak for a domain that only watches",
        ),
        pytest.param(
            Evidence(spf=Check("fail", "wp.example"), arc=Check("pass", "wp.example"), sealer="list.example"),
            ("proven", "sealed:list.example"),
            id="a list that we name had it in hand when it was whole",
        ),
    ],
)
def test_verdict(evidence: Evidence, found: tuple[str, str]) -> None:
    judged = judge(evidence)

    assert (judged.level, judged.as_text()) == found


@pytest.mark.parametrize("doubt", ["repeated", "group", "name", "no_from"])
def test_an_odd_from_is_never_proven(doubt: str) -> None:
    assert judge(SIGNED, doubt=doubt) == Verdict("unproven", doubt)
    assert judge(Evidence(spf=Check("fail", "wp.example")), doubt=doubt).level == "forged"


def test_several_writers_are_forged_whoever_signed() -> None:
    assert judge(SIGNED, doubt="several") == Verdict("forged", "several")


@pytest.mark.parametrize("evidence", [NOTHING, Evidence(dkim=(Check("pass", "evil.example"),))])
def test_one_of_us_does_not_write_from_outside_unproven(evidence: Evidence) -> None:
    assert judge(evidence, insider=True) == Verdict("forged", "insider", "wp.example")
    assert judge(SIGNED, insider=True).level == "proven"


def test_a_mark_that_came_back_speaks_only_where_nothing_else_does() -> None:
    proven, forged = judge(SIGNED), judge(Evidence(spf=Check("fail", "wp.example")))

    assert backed(judge(NOTHING), "mark") == Verdict("token", "mark")
    assert backed(proven, "mark") == proven
    assert backed(forged, "mark") == forged


DOMAINS = st.sampled_from(["wp.example", "a.wp.example", "evil.example", "wp.example.evil.test", "example", ""])
RESULTS = st.sampled_from(["", "pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"])
CHECKS = st.builds(Check, RESULTS, DOMAINS)
POLICIES = st.none() | st.builds(
    Policy, st.sampled_from(["none", "quarantine", "reject"]), st.booleans(), st.booleans()
)
EVIDENCE = st.builds(
    Evidence, spf=CHECKS, dkim=st.lists(CHECKS, max_size=4).map(tuple), policy=POLICIES, dmarc=CHECKS, arc=CHECKS
)


@settings(deadline=None)
@given(EVIDENCE, st.booleans())
def test_without_a_pass_of_her_own_domain_nothing_proves_her(evidence: Evidence, insider: bool) -> None:
    checks = (evidence.spf, *evidence.dkim, evidence.dmarc, evidence.arc)
    own = any(one.result == "pass" and organization(one.domain) == "wp.example" for one in checks)

    found = judge(evidence, insider=insider)

    assert found.level in ("proven", "unproven", "forged")
    assert own or found.level != "proven"


@settings(deadline=None)
@given(EVIDENCE)
def test_evidence_comes_back_from_the_envelope_as_it_was(evidence: Evidence) -> None:
    row = json.loads(json.dumps(evidence.as_row()))

    assert Evidence.of(row) == evidence
    assert Evidence.of(None) == Evidence.of({}) == NOTHING
    assert replace(evidence) == evidence


def test_a_reason_is_kept_as_text() -> None:
    assert parted(Verdict("proven", "signed", "wp.example").as_text()) == ("signed", "wp.example")
    assert parted(Verdict("unproven", "silent").as_text()) == ("silent", "")
