"""Message-IDs as they really come: folded, commented, without brackets, cut short, among prose."""

from __future__ import annotations

import pytest

from samehand.cases.models import Case
from samehand.people.models import Staff
from tests.personas import ZOFIA, a_mail, answer, arrive, at, the_case

pytestmark = pytest.mark.django_db

REPLY = b"From: Zofia <zofia@poczta.example>\r\nTo: helpdesk@fala.example\r\nSubject: Re: Pytanie\r\n"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param("In-Reply-To: <a.1@poczta.example>", id="as it should be"),
        pytest.param("in-reply-to:<a.1@poczta.example>", id="no space, small letters"),
        pytest.param("References: <x@y.example>\r\n\t<a.1@poczta.example>", id="references folded"),
        pytest.param("References: <x@y.example><a.1@poczta.example>", id="references without spaces"),
        pytest.param("References: <x@y.example>,\r\n <a.1@poczta.example>", id="references with commas"),
        pytest.param("References: <a.1@poczta\r\n .example>", id="folded within the id"),
        pytest.param("In-Reply-To: < a.1@poczta.example >", id="spaces within the brackets"),
        pytest.param("In-Reply-To: a.1@poczta.example", id="no brackets"),
        pytest.param("References: a.1@poczta.example", id="references without brackets"),
        pytest.param("In-Reply-To: (comment) <a.1@poczta.example> (Zofia's message)", id="comments"),
        pytest.param("In-Reply-To: Your message of Mon, 23 Nov. <a.1@poczta.example>", id="prose before the id"),
        pytest.param(
            'In-Reply-To: Message from "zofia@poczta.example" of "Mon" <a.1@poczta.example>',
            id="an address before the id",
        ),
        pytest.param("References: <a.1@poczta.example> <cut", id="the last one cut short"),
        pytest.param("References: cut@x.example> <a.1@poczta.example>", id="the first one cut short"),
        pytest.param("References: <<a.1@poczta.example>>", id="brackets twice"),
        pytest.param(
            "References: " + "".join(f"<{n}@x.example>\r\n " for n in range(300)) + "<a.1@poczta.example>",
            id="the last of three hundred",
        ),
        pytest.param(
            "References: <a.1@poczta.example>" + "".join(f"\r\n <{n}@x.example>" for n in range(300)),
            id="the first of three hundred",
        ),
    ],
)
def test_she_comes_back_to_her_case(anna: Staff, headers: str) -> None:
    arrive(a_mail(ZOFIA, mid="<a.1@poczta.example>"))

    arrive(REPLY + headers.encode() + b"\r\n\r\nDopisuje.\r\n", now=at(1))

    assert the_case().messages.count() == 2


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param("Message-ID: <a.1@poczta.example>", id="a used id as its own"),
        pytest.param("In-Reply-To: <A.1@poczta.example>", id="other letters"),
        pytest.param("In-Reply-To: Your message of Monday", id="prose alone"),
        pytest.param("X-In-Reply-To: <a.1@poczta.example>", id="another field"),
        pytest.param("", id="no header, no Message-ID"),
    ],
)
def test_what_proves_nothing_is_a_case_of_its_own_with_a_hint(anna: Staff, headers: str) -> None:
    arrive(a_mail(ZOFIA, mid="<a.1@poczta.example>"))
    first = the_case()

    arrive(REPLY + (headers.encode() + b"\r\n" if headers else b"") + b"\r\nDopisuje.\r\n", now=at(1))

    assert Case.objects.exclude(pk=first.pk).get().maybe_case == first


@pytest.mark.parametrize("change", ["upper", "swapped domain", "without brackets"])
def test_our_own_id_is_known_again_whatever_gateways_do_to_it(anna: Staff, change: str) -> None:
    arrive(a_mail(ZOFIA, mid="<a.1@poczta.example>"))
    mid = answer(the_case(), anna).message_id
    changed = {
        "upper": mid.upper(),
        "swapped domain": f"{mid.partition('@')[0]}@gateway.example>",
        "without brackets": mid.strip("<>"),
    }[change]

    arrive(REPLY + b"In-Reply-To: " + changed.encode() + b"\r\n\r\nDopisuje.\r\n", now=at(9))

    assert the_case().messages.count() == 3


def test_a_mark_whose_case_is_gone_leaves_the_next_proof_to_count(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, mid="<gone@poczta.example>"))
    gone = answer(the_case(), anna)
    arrive(a_mail(ZOFIA, "Druga", mid="<b@poczta.example>"), now=at(6))
    second = Case.objects.order_by("-id")[0]
    marks = {"to": gone.reply_to[0], "answers": gone.message_id, "references": f"<b@poczta.example> {gone.message_id}"}
    first = Case.objects.order_by("id")[0]
    first.messages.all().delete()
    first.delete()

    arrive(a_mail(ZOFIA, "Re: Druga", "Dopisuję.", **marks), now=at(9))  # type: ignore[arg-type]

    assert the_case() == second
    assert second.messages.count() == 2
