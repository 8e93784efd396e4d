"""What leads do to the roster; each act is one transaction and refuses with words that say what stands in the way."""

from samehand.people.actions.rostering.absences import add_absence, drop_absence, end_absence, ill_today
from samehand.people.actions.rostering.importing import Imported, import_roster
from samehand.people.actions.rostering.links import make_link
from samehand.people.actions.rostering.refusals import Refused
from samehand.people.actions.rostering.shifts import add_shift, drop_shift, edit_shift, split_shift
from samehand.people.actions.rostering.weeks import apply_template, copy_week, drop_template, save_template

__all__ = [
    "Imported",
    "Refused",
    "add_absence",
    "add_shift",
    "apply_template",
    "copy_week",
    "drop_absence",
    "drop_shift",
    "drop_template",
    "edit_shift",
    "end_absence",
    "ill_today",
    "import_roster",
    "make_link",
    "save_template",
    "split_shift",
]
