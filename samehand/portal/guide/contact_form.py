"""What somebody writes in the contact form, checked kindly: nothing of it is lost when something is missing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samehand.cases.keys import ours
from samehand.guide.models import Problem, Revision
from samehand.guide.shelves import by_keys
from samehand.people.queries import our_addresses
from samehand.portal.forms import ReplyForm

MOST_READ, REMEMBERED = 20, timedelta(hours=24)
QUERY = 200


@dataclass(frozen=True, slots=True)
class Read:
    """An article that she says she has read; `at` is ISO 8601."""

    problem: str
    at: str = ""
    query: str = ""
    helped: bool | None = None

    @property
    def packed(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


class ContactForm(ReplyForm):
    """The fields in the order in which people think: what happened, then who they are."""

    about = forms.CharField(label=gettext_lazy("What is it about?"), max_length=150, required=False)
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=100, required=False)
    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=200,
        help_text=gettext_lazy("We will answer you there."),
        error_messages={
            "required": gettext_lazy("Write your e-mail address: without it we cannot answer you."),
            "invalid": gettext_lazy("This is no whole e-mail address. It looks like anna@example.com."),
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("The number it is about"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("With it we find your SIM card faster. We do not call it without asking."),
    )
    # Robots fill in every field. People do not see this one.
    website = forms.CharField(label=gettext_lazy("Leave this field empty"), required=False, max_length=500)
    field_order = ("text", "about", "attached", "name", "address", "phone", "website", "form")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What happened?")
        self.fields["text"].widget.attrs |= {"rows": 7}
        self.fields["name"].widget.attrs |= {"autocomplete": "name"}
        self.fields["address"].widget.attrs |= {"autocomplete": "email", "inputmode": "email"}
        self.fields["phone"].widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_address(self) -> str:
        """Lower case, the domain in its xn-- form, as contact points are kept."""
        local, _at, domain = str(self.cleaned_data["address"]).lower().rpartition("@")
        try:
            address = f"{local}@{domain.encode('idna').decode('ascii')}"
        except UnicodeError:
            raise ValidationError(self.fields["address"].error_messages["invalid"]) from None
        if ours(address, our_addresses()):
            raise ValidationError(_("This is our own address. Write yours: we will answer you there."))
        return address

    def clean_website(self) -> str:
        if said := str(self.cleaned_data["website"]):
            raise ValidationError(_("Leave the last field empty, please: only programs fill it in."))
        return said


def told(packed: list[str], moment: datetime) -> list[Read]:
    """What the browser says was read: at most 20 articles of the last day; rubbish is passed over."""
    found = (_read(one, moment) for one in packed[:MOST_READ])
    return list({one.problem: one for one in found if one}.values())


def known(read: list[Read], language: str) -> list[tuple[Read, Revision]]:
    """Those that there are, with their articles."""
    articles = {one.problem.key: one for one in by_keys([one.problem for one in read], language)}
    return [(one, articles[one.problem]) for one in read if one.problem in articles]


def there(read: list[Read]) -> list[Read]:
    """Those whose problems there are, in whatever language."""
    keys = set(Problem.objects.filter(key__in=[one.problem for one in read]).values_list("key", flat=True))
    return [one for one in read if one.problem in keys]


def _read(packed: str, moment: datetime) -> Read | None:
    try:
        said = json.loads(packed[:2_000])
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, Mapping) or not isinstance(said.get("problem"), str):
        return None
    at = _moment(said.get("at"), moment)
    helped = said.get("helped")
    return Read(
        said["problem"][:60].replace("\x00", ""),
        at.isoformat(),
        str(said.get("query") or "")[:QUERY].replace("\x00", ""),
        helped if isinstance(helped, bool) else None,
    )


def _moment(said: object, moment: datetime) -> datetime:
    """Clocks of browsers are often wrong: what lies ahead, or further back than a browser remembers, is now."""
    try:
        found = parse_datetime(str(said)[:40])
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        return moment
    return found if moment - REMEMBERED <= found <= moment else moment
