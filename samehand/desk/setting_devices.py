"""A consultant says which phone her customer has."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samehand.cases.models import Case
from samehand.desk.acts import act
from samehand.guide import actions, devices
from samehand.lib.clock import now


@act
def set_device(request: HttpRequest, case: Case) -> HttpResponse:
    """By what she calls it: the device that fits best, which is said, so that a wrong one is seen."""
    typed = request.POST.get("device", "").replace("\x00", "").strip()
    found = devices.find(typed, 1) if typed else []
    if not typed:
        actions.disown_device(customer_id=case.customer_id)
        messages.success(request, _("Nothing is said of the customer's phone any more."))
    elif found:
        actions.own_device(customer_id=case.customer_id, device_id=found[0].id, now=now())
        messages.success(request, _("The customer has: %(device)s.") % {"device": found[0].title})
    else:
        messages.error(request, _("We know no phone by this name. Try the model alone, such as “galaxy a54”."))
    return redirect("desk:case", reference=case.reference)
