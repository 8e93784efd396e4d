"""One mail as one JSON object, for `samehand mail read`."""

from __future__ import annotations

from typing import Any

from samehand.channels.mail.reading.arrival import read_mail
from samehand.core.arrivals import Arrival, Unreadable


def as_json(path: str, raw: bytes) -> dict[str, Any]:
    """What we understand of a mail; Message-IDs keep their <>, addresses are lower case without names."""
    try:
        return _row(path, read_mail(raw), quarantined=False)
    except Unreadable as reason:
        return _row(path, Arrival(defects=(str(reason),), charset=""), quarantined=True)


def _row(path: str, mail: Arrival, *, quarantined: bool) -> dict[str, Any]:
    return {
        "file": path,
        "from": mail.from_address,
        "from_name": mail.from_name,
        "to": list(mail.to),
        "cc": list(mail.cc),
        "reply_to": list(mail.reply_to),
        "subject": mail.subject,
        "date": mail.date.isoformat() if mail.date else None,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "text": mail.text,
        "html_present": mail.html_present,
        "reply_text": mail.reply_text,
        "attachments": [
            {"name": part.name, "content_type": part.content_type, "size": part.size, "inline": part.inline}
            for part in mail.attachments
        ],
        "auto_submitted": mail.auto_submitted,
        "bounce": mail.bounce,
        "bounce_recipients": list(mail.bounce_recipients),
        "bounce_permanent": mail.notice.failed if mail.notice else None,
        "bounce_reason": mail.notice.reason if mail.notice else "",
        "bounce_of": list(mail.notice.message_ids) if mail.notice else [],
        "charset": mail.charset,
        "defects": list(mail.defects),
        "quarantined": quarantined,
    }
