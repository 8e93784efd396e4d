"""The people of the guide's tests."""

from __future__ import annotations

from tests.personas import adam, anna, marek, ola

__all__ = ["adam", "anna", "marek", "ola"]
