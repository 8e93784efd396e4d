"""Customers and the addresses they write from."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from samehand.people.models.staff import Language, Staff


class Customer(models.Model):
    """A subscriber, known by his contact points."""

    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, choices=Language.choices, default=Language.POLISH)
    known_since = models.DateTimeField()
    served_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="customers_served"
    )
    served_at = models.DateTimeField(null=True, blank=True)
    claimed_address = models.CharField(
        max_length=320,
        blank=True,
        default="",
        db_default="",
        help_text="Somebody who shows this address and is not its owner; he has no contact point.",
    )

    class Meta:
        constraints = (
            # All that is forged in the name of an address lies together, and apart from its owner.
            models.UniqueConstraint(
                fields=["claimed_address"], name="claim_is_one", condition=~models.Q(claimed_address="")
            ),
        )
        indexes = (
            # Search by any part of the name: Django asks for UPPER(name) LIKE UPPER(part).
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="customer_name_trgm"),
        )

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class ContactPoint(models.Model):
    """An address by which a customer is known; `value` is normalised (lower case, domain in its xn-- form)."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=20, default="email")
    value = models.CharField(max_length=320)
    undeliverable_since = models.DateTimeField(null=True, help_text="Mail to it comes back; cleared by a proven mail.")
    undeliverable_reason = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints = (
            # Two mails of a new customer in the same millisecond must end in one customer.
            models.UniqueConstraint(fields=["kind", "value"], name="contact_point_is_one"),
        )
        indexes = (
            GinIndex(OpClass(Upper("value"), name="gin_trgm_ops"), name="contact_value_trgm"),
            # Asked of every batch of mails: few are marked.
            models.Index(
                fields=["value"], name="contact_undeliverable", condition=models.Q(undeliverable_since__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.value
