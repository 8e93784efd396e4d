"""Which steps fit a device: its skin (whose menus it shows) and the skin's family (a word that articles are scoped by).

A skin is finer than a family: an iPad shows other menus than an iPhone, yet what is written for iPhones holds for it.
"""

from __future__ import annotations

from types import MappingProxyType

# Skin -> family. Whoever adds a skin adds a line, and its steps.
SKINS = MappingProxyType(
    {
        "samsung": "samsung",
        "xiaomi": "xiaomi",
        "huawei": "huawei",
        "honor": "huawei",
        "pixel": "pixel",
        "motorola": "motorola",
        "oppo": "android",
        "vivo": "android",
        "android": "android",
        "iphone": "iphone",
        "ipad": "iphone",
        "watch": "iphone",
        "blackberry-10": "blackberry",
        "blackberry-7": "blackberry",
        "windows-phone": "windows-phone",
        "kaios": "feature-phone",
        "s30": "feature-phone",
        "symbian": "feature-phone",
        "feature": "feature-phone",
        "router": "router",
        "router-huawei": "router",
        "router-zte": "router",
        "router-tplink": "router",
        "router-netgear": "router",
        "router-dlink": "router",
        "router-avm": "router",
        "router-teltonika": "router",
        "router-mikrotik": "router",
        "router-alcatel": "router",
        "router-nokia": "router",
    }
)
FAMILIES = frozenset(SKINS.values())
# What Android the brands put their own menus over.
BRANDS = MappingProxyType(
    {
        "samsung": "samsung",
        "xiaomi": "xiaomi",
        "redmi": "xiaomi",
        "poco": "xiaomi",
        "huawei": "huawei",
        "honor": "honor",
        "google": "pixel",
        "motorola": "motorola",
        "oppo": "oppo",
        "realme": "oppo",
        "oneplus": "oppo",
        "vivo": "vivo",
        "apple": "iphone",
    }
)


def skin_of(brand: str, name: str) -> str:
    """The menus of a device of the list of Android models, or of Apple's, by its brand and trade name."""
    maker, model = brand.strip().lower(), name.strip().lower()
    if maker == "huawei" and model.startswith("honor"):
        return "honor"
    if maker == "apple":
        return "ipad" if model.startswith("ipad") else "watch" if "watch" in model else "iphone"
    # A Chromebook or a tablet of Google's is no Pixel phone, but its menus are the same plain ones.
    return BRANDS.get(maker, "android")


def family_of(brand: str, name: str) -> str:
    """The scope word of a device (see `core.scopes`): samsung, iphone, ..., and android for every other brand."""
    return SKINS[skin_of(brand, name)]
