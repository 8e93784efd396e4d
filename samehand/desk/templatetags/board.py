"""What the board's templates say."""

from __future__ import annotations

from django import template

from samehand.desk.board import saying

register = template.Library()
register.filter("percent", saying.percent)
