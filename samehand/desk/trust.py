"""Verdicts over writers in words: proven quietly, forged loudly, always with the reason."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samehand.cases.models import Message
from samehand.core.trust import parted

SENTENCES: dict[str, Any] = {
    "signed": gettext_lazy("Proven: signed by %(about)s"),
    "sent": gettext_lazy("Proven: sent by a server of %(about)s"),
    "told": gettext_lazy("Proven: checked by %(about)s"),
    "sealed": gettext_lazy("Proven: %(about)s passed it on and speaks for it"),
    "mark": gettext_lazy("Recognised: it answers a mail of ours to this customer"),
    "page": gettext_lazy("Recognised: written on the customer's own page"),
    "vouched": gettext_lazy("Recognised: %(about)s vouches for the writer"),
    "silent": gettext_lazy("Not proven: nothing speaks for or against the writer"),
    "claimed": gettext_lazy("Not proven: written in the contact form, where anybody may type any address"),
    "away": gettext_lazy("Not proven: %(about)s could not be asked when it came"),
    "broken": gettext_lazy("Not proven: the signature of %(about)s does not fit this mail"),
    "other": gettext_lazy("Not proven: only %(about)s speaks for it, and that is not the writer's own domain"),
    "repeated": gettext_lazy("Not proven: the mail names its writer more than once"),
    "group": gettext_lazy("Not proven: the mail names a group as its writer"),
    "name": gettext_lazy("Not proven: the writer's name shows another address"),
    "no_from": gettext_lazy("Not proven: the mail names no writer, only who sent it"),
    "several": gettext_lazy("Forged: the mail names several writers at once"),
    "disowned": gettext_lazy("Not from %(about)s: the domain says that this is not its mail"),
    "not_its_server": gettext_lazy("Not from %(about)s: it came from a server that the domain does not use"),
    "insider": gettext_lazy("Not from one of us: a colleague's address, but the mail came from outside"),
}
WORDS: dict[str, Any] = {
    "proven": gettext_lazy("proven"),
    "token": gettext_lazy("recognised"),
    "unproven": gettext_lazy("not proven"),
    "forged": gettext_lazy("forged"),
}
ICONS = {"proven": "shield-check", "token": "shield-check", "unproven": "circle-dashed", "forged": "shield-alert"}


class Badge:
    """What a page shows of a verdict: a sign, a word, and the sentence behind it."""

    def __init__(self, level: str, text: str = "") -> None:
        self.level = level
        self.icon, self.word = ICONS[level], WORDS[level]
        reason, about = parted(text)
        sentence = SENTENCES.get(reason, self.word)
        self.sentence = str(sentence) % {"about": about} if about else str(sentence)


def badge(message: Message) -> Badge | None:
    """None for what nobody judged: our own words, and mail from before there were verdicts."""
    judged = message.direction == Message.Direction.IN and message.trust in WORDS
    return Badge(message.trust, message.trust_reason) if judged else None


def warning(level: str) -> str:
    """What a consultant must know before she answers."""
    if level == "unproven":
        return _("Nobody has proven who wrote this. Tell no number, balance, address or code before you know.")
    return ""
