"""Who is there: customers and the addresses they write from, staff, shifts, and the desk's hours."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CONSULTANT = "consultant", _("consultant")
    LEAD = "lead", _("team lead")
    ADMIN = "admin", _("administrator")


class Skill(models.TextChoices):
    GENERAL = "general", _("general")
    TECHNICAL = "technical", _("technical")
    BILLING = "billing", _("billing")
    PORTING = "porting", _("number porting")


class Language(models.TextChoices):
    POLISH = "pl", "polski"
    ENGLISH = "en", "English"


class StaffManager(BaseUserManager["Staff"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> Staff:
        staff = self.model(email=self.normalize_email(email).lower(), **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff


class Staff(AbstractBaseUser, PermissionsMixin):
    """A person of the operator who signs in: consultant, team lead or administrator."""

    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.CONSULTANT)
    skills = ArrayField(models.CharField(max_length=20), verbose_name=_("skills"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=Language.choices, default=Language.POLISH)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name"]

    objects = StaffManager()

    class Meta:
        ordering = ("first_name", "last_name", "id")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()

    @property
    def leads(self) -> bool:
        """May see the whole team's work and the health of the mailboxes."""
        return self.role in (Role.LEAD, Role.ADMIN)

    @property
    def administers(self) -> bool:
        return self.role == Role.ADMIN


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


class Shift(models.Model):
    consultant = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start"
            ),
        )
        indexes = (models.Index(fields=["ends_at", "starts_at"], name="shift_now"),)

    def __str__(self) -> str:
        return f"{self.consultant} {self.starts_at:%Y-%m-%d %H:%M}"


def daily_eight_to_ten() -> list[list[list[str]]]:
    return [[["08:00", "22:00"]] for _day in range(7)]


class ServiceHours(models.Model):
    """When the desk answers, and what it promises. One row.

    `week` holds seven days from Monday, each a list of ["HH:MM", "HH:MM"]; a span whose end is not after its
    begin runs over midnight ("22:00"-"06:00"; "00:00"-"00:00" is the whole day).
    """

    zone = models.CharField(_("time zone"), max_length=60, default="Europe/Warsaw")
    week = models.JSONField(_("week"), default=daily_eight_to_ten)
    country = models.CharField(_("public holidays of"), max_length=2, default="PL", blank=True)
    promise_minutes = models.PositiveIntegerField(_("answer within (minutes)"), default=30)
    risk_minutes = models.PositiveIntegerField(_("at risk when fewer minutes are left"), default=10)
    receipts = models.BooleanField(
        _("tell known customers at once that their mail is here, and by when we answer"),
        default=False,
        db_default=False,
    )

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="service_hours_is_one_row"),)


class SpecialDay(models.Model):
    """A day that differs from the week: closed (`spans` empty) or with hours of its own."""

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    spans = models.JSONField(_("hours"), default=list, blank=True)

    class Meta:
        ordering = ("date",)


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
