"""How an SMS is counted: letters of the GSM alphabet, the parts that a text takes, what stands for other letters.

3GPP TS 23.038, 6.2.1: 160 letters in one part or 153 in each of several; some letters count twice. With any letter from
outside, all are sent in 16 bits: 70, or 67 in each of several.
"""

from __future__ import annotations

import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("\f^{}\\[~]|€")
_INSTEAD = str.maketrans({**dict(zip("„”“’–—•\u00a0łŁ", '"""\'--- lL', strict=True)), "…": "..."})


def is_gsm(text: str) -> bool:
    return all(each in _BASIC or each in _TWICE for each in text)


def parts(text: str) -> int:
    """In how many messages a text leaves; 0 for none."""
    if not text:
        return 0
    if is_gsm(text):
        length, one, each = sum(2 if letter in _TWICE else 1 for letter in text), 160, 153
    else:
        # Letters beyond the basic plane take two places.
        length, one, each = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= one else -(-length // each)


def plain(text: str) -> str:
    """The text in letters of the GSM alphabet: Polish letters without their marks, what has no like left out."""
    return "".join(_plain(each) for each in text.translate(_INSTEAD))


def _plain(letter: str) -> str:
    if letter in _BASIC or letter in _TWICE:
        return letter
    return "".join(each for each in unicodedata.normalize("NFKD", letter) if each in _BASIC or each in _TWICE)
