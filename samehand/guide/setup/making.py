"""Everything that there is to say for one device: its steps, its values, where the page stands."""

from __future__ import annotations

from dataclasses import dataclass

from samehand.core import families
from samehand.guide import facts
from samehand.guide.models import Device
from samehand.guide.setup import values
from samehand.guide.setup.steps import Steps, steps_of
from samehand.guide.setup.values import Access, Value

# What a skin is called when nobody has said which device it is.
TITLES = {
    "samsung": ("Samsung", "Samsung"),
    "xiaomi": ("Xiaomi, Redmi albo POCO", "Xiaomi, Redmi or POCO"),
    "huawei": ("Huawei", "Huawei"),
    "honor": ("Honor", "Honor"),
    "pixel": ("Google Pixel", "Google Pixel"),
    "motorola": ("Motorola", "Motorola"),
    "oppo": ("Oppo, realme albo OnePlus", "Oppo, realme or OnePlus"),
    "vivo": ("vivo", "vivo"),
    "android": ("inny telefon z Androidem", "other Android phone"),
    "iphone": ("iPhone", "iPhone"),
    "ipad": ("iPad", "iPad"),
    "watch": ("Apple Watch", "Apple Watch"),
    "blackberry-10": ("BlackBerry 10", "BlackBerry 10"),
    "blackberry-7": ("starszy BlackBerry", "older BlackBerry"),
    "windows-phone": ("Windows Phone", "Windows Phone"),
    "kaios": ("telefon z KaiOS", "KaiOS phone"),
    "s30": ("prosty telefon Nokia", "simple Nokia phone"),
    "symbian": ("telefon z Symbianem", "Symbian phone"),
    "feature": ("telefon z klawiszami", "phone with keys"),
    "router": ("router albo modem", "router or modem"),
}


@dataclass(frozen=True, slots=True)
class Setup:
    """For a reader of `language`. `device` is None when only the skin is known; `key` names it in addresses."""

    device: Device | None
    skin: str
    language: str
    steps: Steps
    internet: tuple[Value, ...]
    mms: tuple[Value, ...]
    access: Access
    facts: dict[str, str]

    @property
    def key(self) -> str:
        return str(self.device.pk) if self.device else self.skin

    @property
    def title(self) -> str:
        if self.device:
            return str(self.device)
        polish, english = TITLES.get(self.skin, TITLES["router" if self.family == "router" else "android"])
        return english if self.language == "en" else polish

    @property
    def family(self) -> str:
        return families.SKINS[self.skin]

    @property
    def has_profile(self) -> bool:
        return self.skin in ("iphone", "ipad")


def setup_of(device: Device, language: str) -> Setup:
    return _made(device, device.skin if device.skin in families.SKINS else "android", language)


def setup_of_skin(skin: str, language: str) -> Setup | None:
    """For somebody who knows no more than whose phone it is; None for a word that is no skin."""
    return _made(None, skin, language) if skin in families.SKINS else None


def _made(device: Device | None, skin: str, language: str) -> Setup:
    said = facts.values(language)
    steps = steps_of(skin, language, said)
    internet, mms = values.internet(steps.fields, language, said), values.mms(steps.fields, language, said)
    return Setup(device, skin, language, steps, internet, mms, values.access(said), said)
