"""An article as a page of safe HTML, or as plain words, for a reader of whom something or nothing is known."""

from samehand.guide.rendering.faults import faults_of
from samehand.guide.rendering.pages import Rendered, Section, page, scopes_of
from samehand.guide.rendering.plain import Plain, PlainSection, plain, words
from samehand.guide.rendering.targets import Target, Targets, address, article_of, targets_of

__all__ = [
    "Plain",
    "PlainSection",
    "Rendered",
    "Section",
    "Target",
    "Targets",
    "address",
    "article_of",
    "faults_of",
    "page",
    "plain",
    "scopes_of",
    "targets_of",
    "words",
]
