"""Trouble with incoming mail is told to the administrators by another way than the screen: a mail through the relay."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from samehand.channels.mail.boxes.troubles import Trouble, troubles
from samehand.channels.mail.models import Alarm
from samehand.lib.sql import named
from samehand.people.models import Role, Staff

NOT_AGAIN_FOR = timedelta(days=1)


class NotPutInLine(OSError):
    """The mail could not be kept: nobody was told, so nothing is written down as told."""


def tell(*, now: datetime) -> int:
    """Tell the administrators of troubles that last, of each at most once a day; return how many mails were written."""
    patience = timedelta(minutes=settings.ALARM_MINUTES)
    with transaction.atomic():
        Alarm.objects.filter(told_at__lt=now - NOT_AGAIN_FOR).delete()
        lasting = [one.key for one in troubles(now) if one.since is None or one.since < now - patience]
        news = {key for key in lasting if _claim(key, now)}
        admins = Staff.objects.filter(role=Role.ADMIN, is_active=True) if news else Staff.objects.none()
        return sum(_write(admin, news, now) for admin in admins)


def _claim(key: str, now: datetime) -> bool:
    """Whether nobody was told of it yet; two workers cannot both be the first."""
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.channels.mail", "claim_alarm"), [key[:200], now])
        return bool(cursor.rowcount)


def _write(admin: Staff, news: set[str], now: datetime) -> int:
    with override(admin.language):
        told = [one for one in troubles(now) if one.key in news]
        subject = _("%(operator)s: incoming mail needs you") % {"operator": settings.OPERATOR}
        mail = EmailMessage(subject, "\n\n".join([*map(_paragraph, told), _ending()]), to=[admin.email])
    if not mail.send():
        raise NotPutInLine
    return 1


def _paragraph(trouble: Trouble) -> str:
    return f"{trouble.words}\n{settings.URL}{trouble.href}"


def _ending() -> str:
    return _("You get this mail once a day as long as it lasts.")
