"""The pages of the addresses that we write from: their names, words and relays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samehand.channels.mail.checking import checked
from samehand.channels.mail.framing import framed
from samehand.channels.mail.reading.addresses import normal
from samehand.channels.mail.relays import WrongRelay, relay
from samehand.channels.mail.signing.keys import keys_for
from samehand.core.threads import Signer
from samehand.lib.clock import now
from samehand.lib.seal import seal
from samehand.people.access import needs_admin
from samehand.people.actions import addressing
from samehand.people.models import SendingAddress, Staff
from samehand.people.queries import sending_addresses

VIEW = "office-addresses"
# A local part may have 64 letters; the signed tags of replies and bounces need room beside it (RFC 5321, 4.5.3.1.1).
LONGEST_LOCAL = 64 - len(Signer(b"x").reply_address("a@b", "SH-00000000").partition("@")[0]) + 1
LONG = ("greeting_pl", "greeting_en", "closing_pl", "closing_en")
_ADDRESS = re.compile(r"[a-z0-9!#$%&'*/=?^_`{|}~.-]+@(?:[a-z0-9-]+\.)+[a-z0-9-]{2,63}")

if TYPE_CHECKING:
    AddressModelForm = forms.ModelForm[SendingAddress]
else:
    AddressModelForm = forms.ModelForm


class AddressForm(AddressModelForm):
    receives = forms.CharField(
        label=gettext_lazy("Answers mail to"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Other addresses of ours, one a line. Mail to the address itself counts anyway."),
    )
    relay = forms.CharField(
        label=gettext_lazy("A relay of its own"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("smtp://user:password@host:587. Empty: the house's relay. Kept sealed."),
    )
    forget_relay = forms.BooleanField(label=gettext_lazy("use the house's relay again"), required=False)

    # Not the model's: the form would refuse a second one before the action makes it the only one.
    is_default = forms.BooleanField(required=False)

    class Meta:
        model = SendingAddress
        fields = ("address", "receives", "name_pl", "name_en", *LONG)
        widgets = dict.fromkeys(LONG, forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_default"] = self.instance.is_default
        self.initial["receives"] = "\n".join(self.instance.receives)
        self.fields["name_pl"].help_text = _("Empty: “%(usual)s”.") % {"usual": f"Anna z {settings.OPERATOR}"}
        if self.instance.sealed_relay:
            self.fields["relay"].help_text = _("It has one. Type another one in to change it.")

    def clean_address(self) -> str:
        return _checked(self.cleaned_data["address"])

    def clean_receives(self) -> list[str]:
        return list(dict.fromkeys(_checked(line) for line in self.cleaned_data["receives"].split() if line))

    def clean_relay(self) -> str:
        url = str(self.cleaned_data["relay"])
        try:
            if url:
                relay(url)
        except WrongRelay:
            raise forms.ValidationError(_("A relay looks like smtp://user:password@host:587.")) from None
        return url

    def apply(self) -> SendingAddress:
        address = self.instance
        address.is_default = self.cleaned_data["is_default"]
        if self.cleaned_data["relay"]:
            address.sealed_relay = seal(self.cleaned_data["relay"])
        elif self.cleaned_data["forget_relay"]:
            address.sealed_relay = ""
        return address


def _checked(text: str) -> str:
    """The address as mail is compared with it. Raises a ValidationError for one that nobody can write to."""
    address = normal(text.strip())
    local, _at, _domain = address.partition("@")
    if not _ADDRESS.fullmatch(address):
        raise forms.ValidationError(_("“%(text)s” is no address."), params={"text": text[:100]})
    if len(local) > LONGEST_LOCAL:
        raise forms.ValidationError(
            _("Before the @ there is room for %(count)d letters."), params={"count": LONGEST_LOCAL}
        )
    return address


@needs_admin
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    shown = [(address, keys_for(address.address)) for address in sending_addresses()]
    return framed(request, "mail/addresses.html", {"addresses": shown}, view=VIEW)


@needs_admin
@require_safe
def domain(request: HttpRequest, domain: str) -> HttpResponse:
    """What the checker finds, for the domains that we write from."""
    ours = {address.address.rpartition("@")[2]: address for address in sending_addresses()}
    if domain not in ours:
        raise Http404
    context = {"domain": domain, "found": checked(domain, ours[domain].address)}
    return framed(request, "mail/domain.html", context, view=VIEW)


@sensitive_post_parameters("relay")
@needs_admin
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    # The address of the settings gets its words here, too.
    form = AddressForm(request.POST or None, initial={"address": request.GET.get("address", "")})
    return _save(request, form) if form.is_valid() else _form(request, form)


@sensitive_post_parameters("relay")
@needs_admin
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, address_id: int) -> HttpResponse:
    saved = get_object_or_404(SendingAddress, pk=address_id)
    form = AddressForm(request.POST or None, instance=saved)
    return _save(request, form) if form.is_valid() else _form(request, form)


@needs_admin
@require_POST
def remove(request: HttpRequest, address_id: int) -> HttpResponse:
    addressing.remove(by=_me(request), address_id=address_id, now=now())
    messages.success(request, _("Nothing leaves from that address any more."))
    return redirect("mail:addresses")


def _save(request: HttpRequest, form: AddressForm) -> HttpResponse:
    addressing.save(by=_me(request), address=form.apply(), now=now())
    messages.success(request, _("Saved. It counts for every answer from now on."))
    return redirect("mail:addresses")


def _me(request: HttpRequest) -> Staff:
    return cast(Staff, request.user)


def _form(request: HttpRequest, form: AddressForm) -> HttpResponse:
    context = {"form": form, "address": form.instance if form.instance.pk else None}
    return framed(request, "mail/address_form.html", context, view=VIEW, status=422 if form.errors else 200)
