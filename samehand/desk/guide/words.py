"""Why something was refused, as people say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samehand.core.articles import Fault
from samehand.guide import actions

MOST_MARKS = 20
FAULTS = {
    "too-large": gettext_lazy("The text is too long. Make several problems of it."),
    "control": gettext_lazy("There is a character that cannot be kept. Type the line anew."),
    "no-solution": gettext_lazy("No heading has a mark like {#set-apn}: without one there is no solution."),
    "empty-section": gettext_lazy("Nothing stands under the heading."),
    "no-title": gettext_lazy("The title is missing, or a heading is empty."),
    "bad-key": gettext_lazy(
        "A mark looks like {#set-apn}, with small letters without Polish marks, digits and hyphens: “%(word)s”."
    ),
    "same-key": gettext_lazy("Two headings have the mark “%(word)s”."),
    "heading-1": gettext_lazy("A heading with one # is the title itself; use ##."),
    "underlined": gettext_lazy("Write headings with ##, not with a line under them."),
    "unknown-scope": gettext_lazy("“%(word)s” is no phone and no tariff that we know."),
    "no-scope": gettext_lazy("Say for whom the part is: ::: for iphone"),
    "nested-block": gettext_lazy("A part for some readers stands inside another one."),
    "indented-block": gettext_lazy("::: must stand at the beginning of the line."),
    "stray-end": gettext_lazy("::: closes a part that was never opened."),
    "unclosed-block": gettext_lazy("A part for some readers is never closed by :::"),
    "too-deep": gettext_lazy("Quotes or lists lie in one another too deep."),
    "unclosed-fence": gettext_lazy("``` is never closed."),
    "unknown-fact": gettext_lazy("There is no fact “%(word)s”."),
    "bad-link": gettext_lazy("The link leads nowhere: “%(word)s”."),
    "outside-link": gettext_lazy("Only links with https:, http:, tel: and mailto: may lead outside: “%(word)s”."),
}


def faults(found: Iterable[Fault]) -> list[str]:
    """ "Line 12: ..."; what is about the whole text has no line."""
    return [_line(fault) for fault in found]


def _line(fault: Fault) -> str:
    said = str(FAULTS.get(fault.kind, fault.kind)) % {"word": fault.word[:60]}
    return _("Line %(line)d: %(said)s") % {"line": fault.line, "said": said} if fault.line else said


def lone(marks: Sequence[str]) -> str:
    """Marks as a page tells of them; "…" stands for more than twenty."""
    return ", ".join([f"#{mark}" for mark in marks[:MOST_MARKS]] + ["…"] * (len(marks) > MOST_MARKS))


def refusal(trouble: Exception) -> str:
    """One sentence that says what to do; raises what is no refusal of the guide."""
    match trouble:
        case actions.SlugTaken():
            return _("This address leads to “%(key)s” already. Choose another one.") % {"key": trouble.problem.key}
        case actions.BadSlug():
            return _("An address has small letters without Polish marks, digits and single hyphens.")
        case actions.DraftOpen():
            return _("Somebody is writing a new version already: go on with that one.")
        case actions.NotOpen():
            return _("This version has been published, replaced or discarded meanwhile.")
        case actions.OwnText():
            return _("You wrote or changed this text. Let somebody else read it, or say that your own eyes are enough.")
        case actions.NotSubmitted():
            return _("Its author has not asked for review yet.")
        case actions.NothingRemarked():
            return _("Say to the author why you return it.")
        case actions.EditedMeanwhile():
            return _("The text has changed since you opened it. Read it once more.")
        case actions.NotPublished():
            return _("Nothing is published in this language yet.")
        case actions.NotAllowed():
            return _("A team lead or an administrator does this.")
        case actions.ShelfTaken():
            return _("The category “%(key)s” has this address.") % {"key": trouble.category.key}
        case actions.ShelfNotEmpty():
            return _("Problems stand in this category: move them first.")
        case actions.BadKey():
            return _("A key has small letters without Polish marks, digits and hyphens.")
        case actions.KeyInUse():
            return _("There is a problem with this key already.")
    raise trouble


REFUSALS = (
    actions.SlugTaken, actions.BadSlug, actions.DraftOpen, actions.NotOpen, actions.OwnText, actions.NotSubmitted,
    actions.NothingRemarked, actions.EditedMeanwhile, actions.NotPublished, actions.NotAllowed, actions.ShelfTaken,
    actions.ShelfNotEmpty, actions.BadKey, actions.KeyInUse,
)  # fmt: skip
