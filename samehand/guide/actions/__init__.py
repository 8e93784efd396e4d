"""What changes the guide: one function, one transaction, one sentence."""

from samehand.guide.access import NotAllowed
from samehand.guide.actions.arranging import (
    ShelfNotEmpty,
    ShelfTaken,
    UnknownFact,
    remove_category,
    save_category,
    state_fact,
)
from samehand.guide.actions.devices import load_devices
from samehand.guide.actions.ground import BadSlug, Faulty, SlugTaken, Text
from samehand.guide.actions.hearing import see_to
from samehand.guide.actions.keeping import NotPublished, bring_back, confirm, describe, give, look_at, withdraw
from samehand.guide.actions.owning import disown_device, own_device
from samehand.guide.actions.picturing import PictureInUse, put_picture, remove_picture
from samehand.guide.actions.reviewing import NothingRemarked, NotSubmitted, OwnText, publish, send_back, submit
from samehand.guide.actions.taking_in import NotTaken, Taken, take_in
from samehand.guide.actions.trees import (
    KeyTaken,
    TreeChanged,
    count_ending,
    publish_tree,
    save_tree,
    take_starter_trees,
)
from samehand.guide.actions.writing import (
    BadKey,
    DraftOpen,
    EditedMeanwhile,
    KeyInUse,
    NotOpen,
    discard,
    make_problem,
    revert,
    save,
    start,
)

__all__ = [
    "BadKey",
    "BadSlug",
    "DraftOpen",
    "EditedMeanwhile",
    "Faulty",
    "KeyInUse",
    "KeyTaken",
    "NotAllowed",
    "NotOpen",
    "NotPublished",
    "NotSubmitted",
    "NotTaken",
    "NothingRemarked",
    "OwnText",
    "PictureInUse",
    "ShelfNotEmpty",
    "ShelfTaken",
    "SlugTaken",
    "Taken",
    "Text",
    "TreeChanged",
    "UnknownFact",
    "bring_back",
    "confirm",
    "count_ending",
    "describe",
    "discard",
    "disown_device",
    "give",
    "load_devices",
    "look_at",
    "make_problem",
    "own_device",
    "publish",
    "publish_tree",
    "put_picture",
    "remove_category",
    "remove_picture",
    "revert",
    "save",
    "save_category",
    "save_tree",
    "see_to",
    "send_back",
    "start",
    "state_fact",
    "submit",
    "take_in",
    "take_starter_trees",
    "withdraw",
]
