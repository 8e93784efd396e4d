"""Phones, tablets and routers that the guide knows steps for."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from samehand.people.models import Customer


class Device(models.Model):
    """A model by its trade name. `family` is a word of `core.scopes`, `skin` one of `core.families`: whose menus."""

    brand = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    codes = models.JSONField(default=list, help_text="What the maker calls it: model numbers and code names.")
    family = models.CharField(max_length=20)
    skin = models.CharField(max_length=20, default="android")
    rank = models.PositiveSmallIntegerField(default=1, help_text="How many people here have it, in steps from 0 to 4.")
    named = ArrayField(
        models.CharField(max_length=120), default=list, help_text="The words of its name that tell it from others."
    )
    words = models.TextField(help_text="What it is found by: see core.device_words.")

    class Meta:
        ordering = ("brand", "name")
        constraints = (models.UniqueConstraint(fields=["brand", "name"], name="device_is_one"),)

    def __str__(self) -> str:
        return self.name if self.name.lower().startswith(self.brand.lower()) else f"{self.brand} {self.name}"


class DeviceWord(models.Model):
    """A word and the devices that have it: made anew from the devices whenever their list changes."""

    word = models.CharField(max_length=120, primary_key=True)
    devices = ArrayField(models.BigIntegerField())

    class Meta:
        # What is typed is a word with a typing error; for beginnings the key has an index of its own.
        indexes = (GinIndex(OpClass("word", name="gin_trgm_ops"), name="device_word_like"),)


class DeviceList(models.Model):
    """The one row that says which list the devices come from; without the same fingerprint they are loaded anew."""

    fingerprint = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()


class OwnedDevice(models.Model):
    """What a customer said that she has: the guide shows its steps first."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="device")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
