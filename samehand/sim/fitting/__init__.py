"""From what happened to a profile that makes such weeks: every figure says from how many observations it comes."""

from samehand.sim.fitting.fit import Evidence, Fitted, fit
from samehand.sim.fitting.history import History, PastCase, PastPerson, PastShift, PastWork
from samehand.sim.fitting.recorded import history_of

__all__ = ["Evidence", "Fitted", "History", "PastCase", "PastPerson", "PastShift", "PastWork", "fit", "history_of"]
