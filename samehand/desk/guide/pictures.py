"""Pictures that articles show: uploaded, looked at, taken away when no article needs them."""

from __future__ import annotations

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samehand.desk.guide import words
from samehand.desk.guide.forms import PictureForm
from samehand.desk.guide.frame import VIEW, tabs
from samehand.desk.office.acting import me
from samehand.guide import actions
from samehand.guide.models import Picture
from samehand.guide.pictures import LARGEST, NoPicture
from samehand.lib.clock import now
from samehand.people.access import needs_staff

log = structlog.get_logger()


@needs_staff
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        # One byte more than is taken: what is too large is refused without being read whole.
        data = form.cleaned_data["file"].read(LARGEST + 1)
        try:
            actions.put_picture(by=me(request), name=form.cleaned_data["name"], data=data, now=now())
        except NoPicture as trouble:
            form.add_error("file", _refused(trouble))
        except OSError as trouble:
            log.warning("picture not kept", trouble=str(trouble))
            form.add_error("file", _("We cannot keep it just now. Try again in a minute."))
        except words.REFUSALS as trouble:
            form.add_error("name", words.refusal(trouble))
        else:
            messages.success(request, _("The picture is there."))
            return redirect("desk_guide:pictures")
    context = {
        "view": VIEW,
        "tabs": tabs(me(request), "pictures"),
        "form": form,
        "pictures": Picture.objects.all(),
    }
    return render(request, "guide_desk/pictures.html", context, status=422 if form.errors else 200)


@needs_staff
@require_POST
def remove(request: HttpRequest, name: str) -> HttpResponse:
    try:
        actions.remove_picture(by=me(request), name=name)
    except actions.PictureInUse as trouble:
        messages.error(request, _("These show it: %(keys)s. Change them first.") % {"keys": ", ".join(trouble.keys)})
    else:
        messages.success(request, _("The picture is gone."))
    return redirect("desk_guide:pictures")


def _refused(trouble: NoPicture) -> str:
    return {
        "too-large": _("It is larger than 5 MB. Make it smaller first."),
        "too-many-pixels": _("It has more than 40 million dots. Make it smaller first."),
        "unknown": _("It is none of the kinds that we take: PNG, JPEG, WebP, GIF."),
    }.get(trouble.kind, _("It is damaged. Save it anew and try once more."))
