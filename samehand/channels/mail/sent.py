"""Where sent mail lies when no relay is set: the folder `settings.SENT`, shown to staff."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from heapq import nlargest
from os import scandir
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samehand.channels.mail.framing import framed

VIEW = "sent"
PAGE = 50
NAME = re.compile(r"[\w@-][\w.@-]*\.eml")
HEADERS = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted")


@dataclass(frozen=True, slots=True)
class Sent:
    name: str
    at: datetime
    size: int
    to: str
    subject: str


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first; `before` is the moment and name of the last one on the page before."""
    keys = _newest(request.GET.get("before", ""))
    mails = [_sent(*key) for key in keys[:PAGE]]
    older = "{:.6f}/{}".format(*keys[PAGE - 1]) if len(keys) > PAGE else ""
    context = {"mails": mails, "older": older, "relay": bool(settings.RELAY)}
    return framed(request, "mail/sent.html", context, view=VIEW)


@login_required
@require_safe
def one(request: HttpRequest, name: str) -> HttpResponse:
    path = _known(name)
    mail = _read(path)
    headers = [(header, _header(mail, header)) for header in HEADERS if mail[header]]
    text = _text(mail)
    context = {"name": name, "headers": headers, "text": text, "size": path.stat().st_size}
    return framed(request, "mail/sent_one.html", context, view=VIEW)


@login_required
@require_safe
def raw(request: HttpRequest, name: str) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="sent.eml"'}
    return HttpResponse(_known(name).read_bytes(), content_type="message/rfc822", headers=headers)


def _newest(before: str) -> list[tuple[float, str]]:
    """Moment and name of up to a page and one more; the folder may hold ten thousand, only a page is opened."""
    moment, _slash, name = before.partition("/")
    try:
        limit = (float(moment), name) if before else None
        with scandir(settings.SENT) as entries:
            keys = [(round(entry.stat().st_mtime, 6), entry.name) for entry in entries if NAME.fullmatch(entry.name)]
    except (FileNotFoundError, ValueError):
        return []
    return nlargest(PAGE + 1, (key for key in keys if limit is None or key < limit))


def _sent(modified: float, name: str) -> Sent:
    path = Path(settings.SENT) / name
    mail = _read(path)
    at = datetime.fromtimestamp(modified, UTC)
    return Sent(name, at, path.stat().st_size, parseaddr(_header(mail, "To"))[1], _header(mail, "Subject"))


def _known(name: str) -> Path:
    """The file of that name in the folder, and no other file of the machine."""
    path = Path(settings.SENT) / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise Http404
    return path


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail[name] or "")
    except (ValueError, IndexError, LookupError):
        return ""


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    try:
        return str(body.get_content()) if body else ""
    except (LookupError, ValueError, KeyError):
        return ""
