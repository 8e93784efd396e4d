"""What is wrong with a tree, in sentences that say what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samehand.core.trees import Fault

WORDS: dict[str, str | Promise] = {
    "no-yaml": _("Line %(where)s is not YAML: %(word)s"),
    "no-tree": _("There are no questions in it: it needs key, problem, titles, start and nodes."),
    "too-large": _("%(where)s is too long (%(word)s)."),
    "too-many": _("%(word)s questions are more than a tree may have (200). Make two trees."),
    "bad-key": _("%(where)s: “%(word)s” is no key. Use small letters, digits and dashes."),
    "no-text": _("%(where)s has no words in this language: %(word)s."),
    "no-start": _("It starts at “%(word)s”, which is not there."),
    "bad-node": _("%(where)s must be one of: question, try, end."),
    "bad-end": _("%(where)s: “%(word)s” is not known here."),
    "bad-answers": _("%(where)s needs 2 to 12 answers, each with key, words and next."),
    "same-answer": _("%(where)s has the answer “%(word)s” twice."),
    "dangling": _("%(where)s leads to “%(word)s”, which is not there."),
    "unreachable": _("No answer leads to %(where)s."),
    "cycle": _("It goes round in a circle: %(word)s. Nobody would ever come out."),
    "dead-end": _("%(where)s leads to no end."),
}


def words_of(fault: Fault) -> str:
    return str(WORDS[fault.kind]) % {"where": fault.where, "word": fault.word}
