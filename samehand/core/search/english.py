"""English without a dictionary: a light stemmer."""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR = {
    "lost": "lose", "stolen": "steal", "stole": "steal", "broke": "break", "broken": "break", "found": "find",
    "forgot": "forget", "forgotten": "forget", "paid": "pay", "sent": "send", "bought": "buy", "went": "go",
    "gone": "go", "took": "take", "taken": "take", "gave": "give", "given": "give", "left": "leave", "kept": "keep",
    "wrote": "write", "written": "write", "chose": "choose", "chosen": "choose", "spent": "spend", "told": "tell",
    "phones": "phone", "data": "data", "roaming": "roaming", "billing": "bill", "rang": "ring", "ran": "run",
    "slower": "slow", "abroad": "abroad",
}  # fmt: skip
_ENDINGS = (
    ("ational", "ate"), ("isation", "ise"), ("ization", "ise"), ("ations", "at"), ("ation", "at"), ("ators", "at"),
    ("ator", "at"), ("ating", "at"), ("ated", "at"), ("ates", "at"), ("ings", ""), ("ments", ""), ("ment", ""),
    ("ies", "i"), ("ied", "i"), ("ing", ""), ("edly", ""), ("ed", ""), ("ers", ""), ("er", ""), ("ies", "i"),
    ("es", ""), ("ly", ""), ("s", ""), ("ate", "at"), ("e", ""), ("y", "i"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending: "activated", "activating" and "activation" are one. Short words stay whole."""
    word = re.sub("['’]s$", "", word)
    word = _IRREGULAR.get(word, word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return _single(word[: -len(ending)]) + instead
    return word


def _single(word: str) -> str:
    """The doubled letter of "topping" and "stopped" goes."""
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if doubled else word
