"""Staff: who signs in, what each may do and is good at."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
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


class Tongue(models.TextChoices):
    """What customers write in and colleagues answer in; the pages themselves speak a `Language`."""

    POLISH = "pl", _("Polish")
    ENGLISH = "en", _("English")
    UKRAINIAN = "uk", _("Ukrainian")


def tongues_of_the_house() -> list[str]:
    """Who is not asked answers in both languages of the house."""
    return [Tongue.POLISH, Tongue.ENGLISH]


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
    languages = ArrayField(
        models.CharField(max_length=5),
        verbose_name=_("answers in"),
        default=tongues_of_the_house,
        db_default=tongues_of_the_house(),
    )
    language = models.CharField(_("language"), max_length=5, choices=Language.choices, default=Language.POLISH)
    is_active = models.BooleanField(_("active"), default=True)
    calendar_turn = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How often the link to her own calendar was made; 0: there is none."
    )
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
