"""The operator's values to type into a device, named as its screens name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# What an operator writes for "there is none".
NOTHING = frozenset({"", "-", "–", "zostaw puste", "puste", "brak", "leave empty", "empty", "none"})


@dataclass(frozen=True, slots=True)
class Value:
    """`empty`: the field stays empty, and `value` says so."""

    label: str
    value: str
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """The access point as programs need it; "" where there is none."""

    name: str
    apn: str
    user: str
    password: str


# For each kind of device: the keys of its fields and how Polish and English screens call them.
ANDROID = (
    ("name", "Nazwa", "Name"), ("apn", "APN", "APN"), ("apn_user", "Nazwa użytkownika", "Username"),
    ("apn_password", "Hasło", "Password"), ("mcc", "MCC", "MCC"), ("mnc", "MNC", "MNC"),
    ("authentication", "Typ uwierzytelniania", "Authentication type"), ("type", "Typ APN", "APN type"),
    ("protocol", "Protokół APN", "APN protocol"),
)  # fmt: skip
IPHONE = (
    ("apn", "APN", "APN"), ("apn_user", "Nazwa użytkownika", "Username"), ("apn_password", "Hasło", "Password"),
)  # fmt: skip
PLAIN = (
    ("name", "Nazwa", "Name"), ("apn", "APN (punkt dostępu)", "APN (access point)"),
    ("apn_user", "Użytkownik", "User name"), ("apn_password", "Hasło", "Password"),
)  # fmt: skip
ROUTER = (
    ("name", "Nazwa profilu", "Profile name"), ("apn", "APN", "APN"), ("apn_user", "Użytkownik", "User name"),
    ("apn_password", "Hasło", "Password"), ("authentication", "Uwierzytelnianie", "Authentication"),
    ("dial", "Numer do wybierania", "Dial number"),
)  # fmt: skip
FIELDS = {"android": ANDROID, "iphone": IPHONE, "plain": PLAIN, "router": ROUTER, "none": ()}
MMS = (
    ("mms_apn", "APN", "APN"), ("mmsc", "MMSC", "MMSC"), ("mms_proxy", "Serwer proxy MMS", "MMS proxy"),
    ("mms_port", "Port MMS", "MMS port"),
)  # fmt: skip
WITHOUT_MMS = frozenset({"router", "none"})


def internet(fields: str, language: str, facts: Mapping[str, str]) -> tuple[Value, ...]:
    return _values(FIELDS[fields], language, facts)


def mms(fields: str, language: str, facts: Mapping[str, str]) -> tuple[Value, ...]:
    return () if fields in WITHOUT_MMS else _values(MMS, language, facts)


def access(facts: Mapping[str, str]) -> Access:
    user, password = (_given(facts.get(key, "")) for key in ("apn_user", "apn_password"))
    return Access(facts["operator"], facts["apn"].strip(), user, password)


def _values(fields: tuple[tuple[str, str, str], ...], language: str, facts: Mapping[str, str]) -> tuple[Value, ...]:
    known = {**facts, **_fixed(language, facts)}
    empty = "leave empty" if language == "en" else "zostaw puste"
    return tuple(
        Value(english if language == "en" else polish, _given(known[key]) or empty, empty=not _given(known[key]))
        for key, polish, english in fields
    )


def _fixed(language: str, facts: Mapping[str, str]) -> dict[str, str]:
    """What follows from the facts, or is the same everywhere."""
    # A word of the list to choose from, not an empty field.
    none = "None (no password)" if language == "en" else "Brak (None)"
    return {
        "name": facts["operator"],
        "authentication": "PAP" if access(facts).user else none,
        "type": "default,supl",
        "protocol": "IPv4/IPv6",
        "dial": "*99#",
    }


def _given(value: str) -> str:
    return "" if value.strip().lower() in NOTHING else value.strip()
