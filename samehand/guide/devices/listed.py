"""The devices that come with Samehand: a public list of Android models, and our own of everything else."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files

from samehand.core import device_words
from samehand.core.families import SKINS, skin_of

DATA = files("samehand.guide") / "data"
ANDROID, OURS, SOUNDS = DATA / "android_devices.csv.gz", DATA / "devices.txt", DATA / "sounds.txt"
# Counts up when the same files are read in another way.
READING = "1"
# As the list calls makers, and as people do.
MAKERS = {
    "LGE": "LG", "TCT (Alcatel)": "Alcatel", "MyPhone (PL)": "myPhone", "Myphone": "MyPhone (PH)", "realme": "Realme",
}  # fmt: skip
RANKS = {
    "Samsung": 3, "Redmi": 3, "Xiaomi": 3, "POCO": 3, "Motorola": 3, "Google": 2, "Huawei": 2, "Honor": 2, "Realme": 2,
    "Oppo": 2, "OnePlus": 2, "Nokia": 2, "Sony": 2, "Vivo": 1, "Alcatel": 2, "LG": 2, "Hammer": 2, "myPhone": 2,
    "Cat": 2, "Apple": 3, "Maxcom": 2, "Doro": 2, "BlackBerry": 2, "HMD": 2,
}  # fmt: skip
# Whose phones they are said to be as well.
OTHER_MAKERS = {"Redmi": "Xiaomi", "POCO": "Xiaomi", "Hammer": "myPhone", "Honor": "Huawei", "HMD": "Nokia"}
NO_PHONE = re.compile(r"\b(tv|bravia|chromebook|monitor|stb|set[- ]?top|watch|box|projector)\b|_cheets|chromebox", re.I)
# What is left of letters that were lost long ago, and all letters that may have been hurt beside them.
LOST, HURT = re.compile("[\ubfef\ue000-\uf8ff]"), re.compile("[^\x20-\u024f]+")
FOUND_FIRST = 4
OUR_NAME = re.compile(r"^(?P<name>.+?)(?: \[(?P<more>[^\]]+)\])?$")


@dataclass(slots=True)
class Listed:
    """One device, all rows of one brand and name joined."""

    brand: str
    name: str
    skin: str
    rank: int
    codes: list[str] = field(default_factory=list)
    more: str = ""

    @property
    def family(self) -> str:
        return SKINS[self.skin]

    @property
    def words(self) -> list[str]:
        """What it is found by; the maker's name is one of them."""
        named = device_words.words_of(f"{self.brand} {OTHER_MAKERS.get(self.brand, '')} {self.name} {self.more}")
        numbers = [word for code in self.codes for word in device_words.words_of_code(code)]
        return list(dict.fromkeys([*named, *numbers]))

    @property
    def named(self) -> list[str]:
        return device_words.weighty(self._own_words)

    @property
    def key(self) -> tuple[str, str]:
        """What two spellings of one device share: "HUAWEI P30 Lite", "P30 lite"."""
        return self.brand.lower(), " ".join(self._own_words) or self.name.lower()

    @property
    def _own_words(self) -> list[str]:
        maker = device_words.words_of(self.brand)
        return [word for word in device_words.words_of(self.name) if word not in maker]


def fingerprint() -> str:
    digest = sha256(READING.encode())
    for file in (ANDROID, OURS):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def listed() -> list[Listed]:
    """Every device once, our own list before the other."""
    found: dict[tuple[str, str], Listed] = {}
    for device in (*_ours(), *_android()):
        known = found.setdefault(device.key, device)
        if known is not device:
            known.codes += [code for code in device.codes if code not in known.codes]
    return list(found.values())


def _ours() -> Iterator[Listed]:
    for line in OURS.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        brand, skin, names = (part.strip() for part in line.removeprefix("*").split("|"))
        rank = FOUND_FIRST if line.startswith("*") else RANKS.get(brand, 2)
        for each in names.split(", "):
            said = OUR_NAME.match(each.strip())
            assert said, f"devices.txt: {each!r}"
            name = said["name"]
            yield Listed(brand, name, skin_of(brand, name) if skin == "-" else skin, rank, more=said["more"] or "")


def _android() -> Iterator[Listed]:
    with gzip.open(ANDROID.open("rb"), "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = _legible(row["name"]) or row["model"].strip()[:120]
            brand = MAKERS.get(row["brand"], row["brand"].strip())[:80]
            rank = 0 if NO_PHONE.search(f"{name} {row['device']}") else RANKS.get(brand, 1)
            codes = list(dict.fromkeys(code for code in (row["model"], row["device"]) if code and code != name))
            yield Listed(brand, name, skin_of(brand, name), rank, codes=codes)


def _legible(name: str) -> str:
    """The name without what nobody can read: some rows of the list have lost their Chinese letters."""
    latin = HURT.sub(" ", name) if LOST.search(name) else name
    return " ".join(latin.split())[:120]


@cache
def sounds() -> dict[str, tuple[str, ...]]:
    """What is typed -> the words that are meant by it."""
    meant: dict[str, list[str]] = defaultdict(list)
    for line in SOUNDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or " = " not in line:
            continue
        word, _equals, heard = line.partition(" = ")
        for each in heard.split():
            meant["".join(device_words.words_of(each))].append(word)
    return {heard: tuple(words) for heard, words in meant.items()}
