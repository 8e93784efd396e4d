"""Which skill a message asks for, by the words a customer uses: plain, explainable, and wrong in no dangerous way."""

from __future__ import annotations

# Stems, folded to ASCII and lower case, in the order in which a match decides.
STEMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("porting", ("przenies", "przenosz", "porting", "port-in", "port in", "numer z innej sieci", "zachowac numer")),
    ("billing", ("faktur", "platnos", "oplat", "rachun", "doladow", "saldo", "invoice", "bill", "charge", "top-up",
                 "topped up", "payment", "refund", "zwrot", "naliczon")),
    ("technical", ("internet", "apn", "mms", "zasieg", "lte", "5g", "transmisj", "roaming nie dziala", "esim",
                   "konfigurac", "ustawieni", "coverage", "mobile data", "settings", "poczta glosowa", "voicemail")),
)  # fmt: skip
_FOLD = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
LOOKS_AT = 600


def skill_for(subject: str, text: str) -> str:
    """The subject decides when it says something, else the first words of the text; else "general"."""
    return _match(subject) or _match(text[:LOOKS_AT]) or "general"


def _match(words: str) -> str:
    folded = words.translate(_FOLD).lower()
    return next((skill for skill, stems in STEMS if any(stem in folded for stem in stems)), "")
