"""Bytes of a mail to an Arrival. Pure: no database, no clock, no network; bounded in time and memory for any bytes."""

from __future__ import annotations

from samehand.channels.mail.reading.arrival import (
    html_and_insides,
    html_of,
    letter_inside,
    part_bytes,
    read_mail,
)
from samehand.channels.mail.reading.folding import folded
from samehand.channels.mail.reading.report import as_json

__all__ = ["as_json", "folded", "html_and_insides", "html_of", "letter_inside", "part_bytes", "read_mail"]
