"""A QR code that opens an address on the phone that is pointed at it."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(address: str) -> SafeString:
    """An image for the page, without a size or colour of its own; the stylesheet gives it both."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, svgclass="qr", lineclass="qr-lines", omitsize=True, border=2
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308  # segno's own drawing


def squares(address: str) -> list[list[bool]]:
    """Row by row: is it dark?"""
    return [[bool(square) for square in row] for row in segno.make(address, error="m").matrix]
