"""A tree as its editor writes it: YAML, with every fault said beside it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samehand.guide.trees import LARGEST


class TreeForm(forms.Form):
    # Not stripped: what is edited comes back as it was typed.
    definition = forms.CharField(
        label=_("The questions, as YAML"),
        max_length=LARGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "trees-text"}),
    )
