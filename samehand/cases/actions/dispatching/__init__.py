"""Mails are handed out one at a time: the engine of core.routing decides in the transaction of each event."""

from samehand.cases.actions.dispatching.keeping import keep_for_owner

__all__ = ["keep_for_owner"]
