"""Phones, tablets and routers: found by what people type, `find`, and where their list comes from, `listed`."""

from samehand.guide.devices.finding import Hit, find, popular
from samehand.guide.devices.listed import Listed, fingerprint, listed

__all__ = ["Hit", "Listed", "find", "fingerprint", "listed", "popular"]
