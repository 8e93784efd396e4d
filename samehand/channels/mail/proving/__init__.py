"""Who really wrote a mail: the evidence, gathered where it comes in (core.trust weighs it)."""

from __future__ import annotations

from samehand.channels.mail.proving.gathering import Client, Hosts, Inquiry

__all__ = ["Client", "Hosts", "Inquiry"]
