"""The guide: problems and their solutions in versions, what readers said of them, phones, and decision trees."""

from samehand.guide.models.articles import Redirect, Revision, Significance
from samehand.guide.models.devices import Device, DeviceList, DeviceWord, OwnedDevice
from samehand.guide.models.facts import OperatorFact
from samehand.guide.models.feedback import Asked, Came, Gap, Vote, VoteReason
from samehand.guide.models.originals import Original
from samehand.guide.models.pictures import Picture
from samehand.guide.models.problems import Category, Kind, Problem, Solution, SolutionText
from samehand.guide.models.search import (
    Document,
    Expression,
    Form,
    Lead,
    Lemma,
    Posting,
    Sense,
    SensePosting,
    Shelf,
    Synonym,
    Vector,
)
from samehand.guide.models.trees import Tree, TreeEnding

__all__ = [
    "Asked",
    "Came",
    "Category",
    "Device",
    "DeviceList",
    "DeviceWord",
    "Document",
    "Expression",
    "Form",
    "Gap",
    "Kind",
    "Lead",
    "Lemma",
    "OperatorFact",
    "Original",
    "OwnedDevice",
    "Picture",
    "Posting",
    "Problem",
    "Redirect",
    "Revision",
    "Sense",
    "SensePosting",
    "Shelf",
    "Significance",
    "Solution",
    "SolutionText",
    "Synonym",
    "Tree",
    "TreeEnding",
    "Vector",
    "Vote",
    "VoteReason",
]
