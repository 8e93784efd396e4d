"""Runs a world with a policy: a heap of events, and the rules of what each does.

`mail` is what customers do, `works` what is done with a message, `people` who comes, rests, goes and is called.
"""

from samehand.sim.running.log import Log
from samehand.sim.running.loop import Progress, run
from samehand.sim.running.policy import Policy, PolicyError

__all__ = ["Log", "Policy", "PolicyError", "Progress", "run"]
