"""What the house says to the person who started it, once mail and pages are served."""

from __future__ import annotations

from django.conf import settings

MAIL_IN_ONE_LINE = (
    """python3 -c "import smtplib, email.utils as u; smtplib.SMTP('localhost', {port}).sendmail('jan@example.com', """
    """'{to}', 'From: Jan Nowak <jan@example.com>\\r\\nTo: {to}\\r\\nMessage-ID: ' + u.make_msgid() + '\\r\\n"""
    """Subject: Internet\\r\\n\\r\\nOd rana nie mam internetu.')\""""
)


def ready_line() -> str:
    return f"ready http://localhost:{settings.HTTP_PORT}"


def lines(first_login: str) -> list[str]:
    """Address, logins, where mail goes, how to write the first one, how to stop."""
    rows = [("pages", settings.URL), *_logins(first_login)]
    rows.append(("mail for", f"{settings.ADDRESS}   (SMTP port {settings.SMTP_PORT}, LMTP port {settings.LMTP_PORT})"))
    rows.append(("answers go to", settings.RELAY.rpartition("@")[2] or f"{_sent()}   (no SAMEHAND_RELAY is set)"))
    rows.append(("data", str(settings.DATA)))
    rows += _facts()
    rows.append(("write a mail", MAIL_IN_ONE_LINE.format(port=settings.SMTP_PORT, to=settings.ADDRESS)))
    rows.append(("stop", "Ctrl-C"))
    return [f"  {name:<14}{text}".rstrip() for name, text in rows]


def _sent() -> str:
    return f"{settings.URL}/sent" if settings.DEMO else str(settings.SENT)


def _facts() -> list[tuple[str, str]]:
    """Where the operator says who it is, until it has begun to: customers read the guide from the first moment."""
    from samehand.guide.models import OperatorFact

    if settings.DEMO or OperatorFact.objects.exists():
        return []
    return [("your facts", f"{settings.URL}/desk/guide/facts   (numbers and fees are a made-up operator's so far)")]


def _logins(first_login: str) -> list[tuple[str, str]]:
    if settings.DEMO:
        from samehand.demo.load import LOGINS

        return [("sign in" if not place else "", _in_words(login)) for place, login in enumerate(LOGINS)]
    if first_login:
        return [("sign in", f"{first_login}   (kept in {settings.DATA / 'admin-login.txt'})")]
    return [("sign in", "as before; forgotten? samehand admin password EMAIL")]


def _in_words(login: object) -> str:
    return "  ".join(str(part) for part in login) if isinstance(login, tuple | list) else str(login)
