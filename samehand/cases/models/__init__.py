"""Arrivals kept raw, cases, messages with their promises, turns, and what became of each answer on its way out."""

from samehand.cases.models.arrivals import MachineMail, RawArrival
from samehand.cases.models.briefs import Brief
from samehand.cases.models.cases import Case, Participant, Rearrangement
from samehand.cases.models.deliveries import Delivery
from samehand.cases.models.dispatching import Acquaintance, Hands, Post, RoutingMemory, Turn
from samehand.cases.models.forecasts import Forecast
from samehand.cases.models.messages import Attachment, Message
from samehand.cases.models.offers import Offer, Outcome, Prevented, ReadBefore

__all__ = [
    "Acquaintance",
    "Attachment",
    "Brief",
    "Case",
    "Delivery",
    "Forecast",
    "Hands",
    "MachineMail",
    "Message",
    "Offer",
    "Outcome",
    "Participant",
    "Post",
    "Prevented",
    "RawArrival",
    "ReadBefore",
    "Rearrangement",
    "RoutingMemory",
    "Turn",
]
