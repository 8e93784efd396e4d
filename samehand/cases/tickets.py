"""Short-lived signed tickets to one file, one formatted mail or one picture from elsewhere: for frames and hosts that
have no session. Who may have one was asked when it was made."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from django.core import signing

SALT = "samehand files"
# Long enough to begin a download.
LASTS = 120
# Pictures are asked for while the mail lies open.
PICTURE_SALT, PICTURE_LASTS = "samehand pictures", 3_600
FILE, PICTURE, PAGE, PAGE_WITH_PICTURES = "file", "picture", "page", "page+"


@dataclass(frozen=True, slots=True)
class Ticket:
    """`how` is one of the words above; `home` is the origin whose page asked, and may frame the answer."""

    how: str
    message_id: int
    part: int = 0
    home: str = ""


def issue(ticket: Ticket) -> str:
    return signing.dumps(astuple(ticket), salt=SALT)


def redeem(token: str) -> Ticket | None:
    try:
        return Ticket(*signing.loads(token, salt=SALT, max_age=LASTS))
    except (signing.BadSignature, TypeError):
        return None


def issue_picture(url: str) -> str:
    return signing.dumps(url, salt=PICTURE_SALT, compress=True)


def redeem_picture(token: str) -> str:
    """The address of the picture, '' for a token that is not ours or too old."""
    try:
        return str(signing.loads(token, salt=PICTURE_SALT, max_age=PICTURE_LASTS))
    except signing.BadSignature:
        return ""
