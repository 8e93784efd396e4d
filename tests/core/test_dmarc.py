"""What a domain publishes about mail in its name, as a table."""

from __future__ import annotations

import pytest

from samehand.core.dmarc import policy
from samehand.core.names import Away
from samehand.core.trust import Policy
from tests.zones import Table


def organization(domain: str) -> str:
    return ".".join(domain.split(".")[-2:])


def published(own: list[str], above: list[str] | None = None, domain: str = "poczta.wp.example") -> Policy | None:
    zones = {"_dmarc.poczta.wp.example": {"TXT": own}, "_dmarc.wp.example": {"TXT": above or []}}
    return policy(domain, Table(zones), organization)


@pytest.mark.parametrize(
    ("own", "above", "found"),
    [
        pytest.param(["v=DMARC1; p=reject"], [], Policy("reject"), id="its own word"),
        pytest.param(["v=DMARC1; p=none"], ["v=DMARC1; p=reject"], Policy("none"), id="its own word comes first"),
        pytest.param([], ["v=DMARC1; p=reject"], Policy("reject"), id="its owner's word"),
        pytest.param(
            [], ["v=DMARC1; p=none; sp=quarantine"], Policy("quarantine"), id="its owner's word for those below"
        ),
        pytest.param([], [], None, id="nobody says anything"),
        pytest.param(["v=spf1 -all"], [], None, id="another record is none"),
        pytest.param(["v=DMARC1; p=reject", "v=DMARC1; p=none"], [], None, id="two records are none"),
        pytest.param(["v=DMARC1; adkim=s; aspf=s; p=reject"], [], Policy("reject", True, True), id="strict"),
        pytest.param(["v=DMARC1;p=nonsense;rua=mailto:x@wp.example"], [], Policy("none"), id="a word nobody knows"),
        pytest.param(["v=DMARC1; p=reject; pct=0"], [], Policy("quarantine"), id="to none of its mail"),
        pytest.param(["v=DMARC1; p=reject; pct=20"], [], Policy("reject"), id="to a share of it"),
    ],
)
def test_policy(own: list[str], above: list[str], found: Policy | None) -> None:
    assert published(own, above) == found


def test_a_domain_that_is_away_is_told() -> None:
    with pytest.raises(Away):
        policy("wp.example", Table({"_dmarc.wp.example": None}), organization)
