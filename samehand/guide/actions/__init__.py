"""What changes the guide: one function, one transaction, one sentence."""

from samehand.guide.actions.devices import load_devices
from samehand.guide.actions.trees import KeyTaken, count_ending, publish_tree, save_tree, take_starter_trees

__all__ = ["KeyTaken", "count_ending", "load_devices", "publish_tree", "save_tree", "take_starter_trees"]
