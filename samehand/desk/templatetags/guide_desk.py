"""What the editors' templates say of the guide."""

from __future__ import annotations

from django import template

from samehand.desk.guide.forms import named

register = template.Library()
register.filter("named", named)
