"""A customer who puts somebody in copy shows him the link to her page: group A of the hostile inputs, A5."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from django.test import Client

from samehand.cases import actions, queries
from samehand.cases.access import case_of_link
from samehand.cases.models import Case
from samehand.lib import blobs
from samehand.people.models import Staff
from tests.personas import PROVEN, ZOFIA, a_mail, answer, arrive, at, the_case

pytestmark = pytest.mark.django_db


class TestA5TheLinkInACopiedMail:
    """The customer quotes our answer to somebody in copy: the link to her page stands in it."""

    def shown(self, anna: Staff, **headers: str) -> tuple[str, Case]:
        arrive(a_mail(ZOFIA), evidence=PROVEN)
        case = the_case()
        sent = answer(case, anna)
        link = queries.page_url(case)
        text = f"Dziękuję!\n\nW dniu 23.11.2026 o 10:05 Anna pisze:\n> Twoja sprawa: {link}\n"
        arrive(a_mail(ZOFIA, text=text, answers=sent.message_id, **headers), now=at(9), evidence=PROVEN)
        return link.rpartition("/s/")[2], the_case()

    def test_opens_nothing_any_more_and_the_next_answer_brings_a_new_one(self, anna: Staff) -> None:
        token, case = self.shown(anna, Cc="ktos@evil.example")

        assert case_of_link(token) is None
        again = answer(case, anna, now=at(12))
        new = queries.page_url(case)
        assert case_of_link(new.rpartition("/s/")[2]) == case
        assert (
            new in message_from_bytes(blobs.get(again.blob), policy=policy.default).get_body(("plain",)).get_content()
        )

    def test_the_consultant_is_told(self, anna: Staff) -> None:
        _token, case = self.shown(anna, Cc="ktos@evil.example")

        assert case.messages.latest("id").remarks == [{"kind": "page-shown"}]

    def test_what_a_stranger_wrote_with_the_old_link_never_gets_in(self, anna: Staff, client: Client) -> None:
        token, case = self.shown(anna, Cc="ktos@evil.example")

        assert client.get(f"/s/{token}").status_code == 404
        assert client.post(f"/s/{token}", {"text": "Proszę o nową kartę."}).status_code == 404
        assert case.messages.count() == 3

    def test_a_reply_to_us_alone_changes_nothing(self, anna: Staff) -> None:
        token, case = self.shown(anna, Cc="helpdesk+sprawa@fala.example")

        assert case_of_link(token) == case

    def test_links_of_what_was_joined_with_it_are_changed_too(self, anna: Staff) -> None:
        arrive(a_mail(ZOFIA, "Druga sprawa"), evidence=PROVEN)
        other = the_case()
        old = queries.page_url(other).rpartition("/s/")[2]
        arrive(a_mail(ZOFIA), evidence=PROVEN)
        case = Case.objects.exclude(pk=other.pk).get()
        actions.merge(case_id=other.pk, into_id=case.pk, author_id=anna.pk, now=at(3))
        assert case_of_link(old) == case

        text = f"> {queries.page_url(case)}"
        arrive(a_mail(ZOFIA, text=text, Cc="ktos@evil.example"), now=at(9), evidence=PROVEN)

        assert case_of_link(old) is None
