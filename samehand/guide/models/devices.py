"""Phones, tablets and routers that the guide knows steps for."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from samehand.people.models import Customer


class Device(models.Model):
    """A model by its trade name. `family` is a word of `core.scopes`; `words` is what people type, folded to ASCII."""

    brand = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    codes = models.JSONField(default=list, help_text="What the maker calls it: model numbers and code names.")
    family = models.CharField(max_length=20)
    words = models.TextField()

    class Meta:
        ordering = ("brand", "name")
        constraints = (models.UniqueConstraint(fields=["brand", "name"], name="device_is_one"),)
        indexes = (GinIndex(OpClass("words", name="gin_trgm_ops"), name="device_words_trgm"),)

    def __str__(self) -> str:
        return self.name if self.name.lower().startswith(self.brand.lower()) else f"{self.brand} {self.name}"


class OwnedDevice(models.Model):
    """What a customer said that she has: the guide shows its steps first."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="device")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
