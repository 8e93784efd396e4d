"""Remember this phone: for a customer whom we know with her, else in this browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samehand.guide import actions
from samehand.lib.clock import now
from samehand.lib.languages import in_language
from samehand.lib.origins import is_ours
from samehand.portal import own_phone
from samehand.portal.guide import reader
from samehand.portal.setup.showing import found, unknown


# No token of a form: pages that everybody gets alike carry none; `is_ours` knows where a form came from.
@csrf_exempt
@require_POST
@in_language
def keep(request: HttpRequest, language: str, key: str) -> HttpResponse:
    made = found(key, language)
    if not is_ours(request):
        return HttpResponseForbidden()
    if made is None:
        return unknown(request, language)
    customer = reader.of(request).customer
    if customer and made.device:
        actions.own_device(customer_id=customer.pk, device_id=made.device.pk, now=now())
    response = redirect("guide:phone_steps", language=language, key=made.key)
    own_phone.remember(response, made.key)
    return response


@csrf_exempt
@require_POST
@in_language
def forget(request: HttpRequest, language: str) -> HttpResponse:
    if not is_ours(request):
        return HttpResponseForbidden()
    if customer := reader.of(request).customer:
        actions.disown_device(customer_id=customer.pk)
    response = redirect("guide:phone", language=language)
    own_phone.forget(response)
    return response
