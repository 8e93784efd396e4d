"""The addresses that answers leave from."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SendingAddress(models.Model):
    """An address of ours that answers leave from, and the words around them; where those are blank, the house's own.

    Words may hold {first_name}, {operator} and {customer}.
    """

    address = models.CharField(_("address"), max_length=254, unique=True)
    receives = ArrayField(models.CharField(max_length=254), verbose_name=_("answers mail to"), default=list, blank=True)
    is_default = models.BooleanField(_("used when no other fits"), default=False)
    name_pl = models.CharField(_("sender's name, Polish"), max_length=120, blank=True)
    name_en = models.CharField(_("sender's name, English"), max_length=120, blank=True)
    greeting_pl = models.TextField(_("greeting, Polish"), max_length=1000, blank=True)
    greeting_en = models.TextField(_("greeting, English"), max_length=1000, blank=True)
    closing_pl = models.TextField(_("closing, Polish"), max_length=2000, blank=True)
    closing_en = models.TextField(_("closing, English"), max_length=2000, blank=True)
    sealed_relay = models.TextField(blank=True, help_text="A relay of its own, encrypted; see lib.seal.")

    class Meta:
        ordering = ("-is_default", "address")
        constraints = (
            # Two addresses "used when no other fits" would be none.
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_address"),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    def words(self, which: str, language: str) -> str:
        """The "name", "greeting" or "closing" in the customer's language."""
        return str(getattr(self, f"{which}_{'en' if language == 'en' else 'pl'}"))
