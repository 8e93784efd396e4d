"""What changes the guide: one function, one transaction, one sentence."""

from samehand.guide.actions.devices import load_devices

__all__ = ["load_devices"]
