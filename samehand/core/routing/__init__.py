"""Who answers: `choose` for one message and a crew, `Engine` for a desk that holds messages for the right person."""

from samehand.core.routing.choosing import Assign, Consultant, Need, Queue, Reason, choose
from samehand.core.routing.clock import Clock
from samehand.core.routing.engine import Engine
from samehand.core.routing.keeping import Known, Memory, Seen, Standing, Turn, kept, restored
from samehand.core.routing.values import Colleague, Give, Hold, Rules, Span

__all__ = [
    "Assign",
    "Clock",
    "Colleague",
    "Consultant",
    "Engine",
    "Give",
    "Hold",
    "Known",
    "Memory",
    "Need",
    "Queue",
    "Reason",
    "Rules",
    "Seen",
    "Span",
    "Standing",
    "Turn",
    "choose",
    "kept",
    "restored",
]
