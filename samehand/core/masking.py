"""Numbers that must not lie open in lists and logs: telephones, PESEL, cards, accounts, SIM and identity cards, PUKs.

Where a number has check digits, they decide, so that orders and dates stay readable. What is hidden becomes "•••" and
its last digits, by which a person knows it again. Masking twice is masking once.
"""

from __future__ import annotations

import re

HIDDEN = "•••"
# So many letters a list shows of a message.
PREVIEW = 160
# Digits in groups, as people write them: "+48 601-234-567", "5555 4444 3333 1111". Possessive: every piece is eaten
# once. Behind hexadecimal letters it is a hash or a UUID.
_RUN = re.compile(r"[+0-9](?<![0-9A-Fa-f_•+][0-9])[0-9]*+(?:[ \xa0\u2009\u202f\u2010-\u2013./()-]{1,2}+[0-9]++)*+")
# Fewer than four digits near each other are nothing to hide.
_DIGITS = re.compile(r"[0-9](?:[ \xa0\u2009\u202f\u2010-\u2013./()-]{0,2}+[0-9]){3}")
_GROUP = re.compile(r"\+?[0-9]+")
_SECRET = re.compile(
    r"([Pp](?:uk|in|UK|IN)(?<![A-Za-z]...) ?[12]?)(?![0-9A-Za-z])([^\w•]{0,3}(?:kod|to|is|code|jest)?[^\w•]{1,3})"
    r"([0-9]{4,8})(?![0-9])"
)
_ACCOUNT = re.compile(r"[A-Z](?<![0-9A-Za-z].)[A-Z][0-9]{2}(?:[ -]?[0-9A-Z]{1,4}+){3,8}+")
_ID_CARD = re.compile(r"([A-Z](?<![0-9A-Za-z].)[A-Z]{2}) ?([0-9]{6})(?![0-9A-Za-z])")
_EMAIL = re.compile(r"(?<![\w.%+-])([\w%+])[\w.%+-]{0,63}+@(?=[\w-])")
_LONGEST = 34
# "6 0 1 2 3 4 5 6 7" has nine groups; without a limit a line of single digits would be read many times over.
_MOST_GROUPS = 9
_READS = 240
_LOG_READS = 20_000
_AREAS = frozenset(
    "12 13 14 15 16 17 18 22 23 24 25 29 32 33 34 41 42 43 44 45 46 47 48 50 51 52 53 54 55 56 57 58 59 60 61 62 63 65 "
    "66 67 68 69 71 72 73 74 75 76 77 78 79 81 82 83 84 85 86 87 88 89 91 94 95".split()
)


def mask(text: str) -> str:
    """The text with its private numbers hidden; all the rest stays as it is."""
    if not _DIGITS.search(text):
        return text
    text = _SECRET.sub(rf"\1\2{HIDDEN}", text)
    text = _ACCOUNT.sub(_account, text)
    text = _RUN.sub(_run, text)
    return _ID_CARD.sub(_id_card, text)


def preview(text: str, length: int = PREVIEW) -> str:
    """The beginning of a text on one line, masked; a number that would be cut in two is left out."""
    line = " ".join(text[:_READS].split())
    if len(text) > _READS:
        line = line.rstrip("0123456789 +-./()\u2010\u2011\u2012\u2013")
    return mask(line)[:length]


def mask_for_logs(text: str) -> str:
    """As `mask`, and of e-mail addresses only the first letter and the domain. No log needs more than its beginning."""
    text = text[:_LOG_READS]
    return mask(_EMAIL.sub(r"\1***@", text) if "@" in text else text)


def _account(found: re.Match[str]) -> str:
    """The longest beginning that is an account number: words in capitals may follow it."""
    said = found[0]
    ends = [at for at in range(15, len(said) + 1) if at == len(said) or said[at] in " -"]
    for end in reversed(ends):
        compact = re.sub(r"[ -]", "", said[:end])
        if 15 <= len(compact) <= _LONGEST and _mod_97(compact) == 1:
            return f"{compact[:2]}{HIDDEN}{compact[-3:]}{said[end:]}"
    return said


def _mod_97(account: str) -> int:
    turned = account[4:] + account[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97


def _run(found: re.Match[str]) -> str:
    """Each group begins the longest number that it can begin."""
    said = found[0]
    if len(said) < 8:
        return said
    # A hash or a name goes on behind the last group: that group is part of it.
    glued = found.string[found.end() : found.end() + 1].isalnum() or found.string[found.end() : found.end() + 1] == "_"
    spans = [group.span() for group in _GROUP.finditer(said)]
    spans = spans[:-1] if glued else spans
    out: list[str] = []
    at = last = 0
    while at < len(spans):
        size = _longest(said, spans, at)
        if size:
            begin, end = spans[at][0], spans[at + size - 1][1]
            out += [said[last:begin], HIDDEN, _kept(said[begin:end])]
            last = end
        at += size or 1
    return "".join(out) + said[last:]


def _kept(number: str) -> str:
    return number[-3:] if number[-3:].isdigit() else number[-2:] if number[-2:].isdigit() else number[-1:]


def _longest(said: str, spans: list[tuple[int, int]], at: int) -> int:
    """How many groups from `at` on are one private number; 0: none is."""
    digits, best = "", 0
    for size, (begin, end) in enumerate(spans[at : at + _MOST_GROUPS], start=1):
        digits += said[begin:end] if size == 1 else said[begin:end].lstrip("+")
        if len(digits) > _LONGEST:
            break
        if private(digits) and (size < 3 or not _chance(spans[at : at + size], digits)):
            best = size
    return best


def _chance(groups: list[tuple[int, int]], digits: str) -> bool:
    """Two telephones side by side add up to a card now and then: cards are written in fours and more."""
    return _card(digits) and any(end - begin < 4 for begin, end in groups[:-1])


def private(number: str) -> bool:
    """Whether digits without separators, perhaps with a plus in front, are a number that must not lie open."""
    digits = number.lstrip("+")
    if number != digits:
        return 8 <= len(digits) <= 15
    if not 9 <= len(digits) <= 28:
        return False
    return _phone(digits) or _pesel(digits) or _card(digits) or _sim(digits) or _polish_account(digits)


def _phone(digits: str) -> bool:
    if digits.startswith("00"):
        return 10 <= len(digits) <= 17
    national = digits[2:] if len(digits) == 11 and digits.startswith("48") else digits
    return len(national) == 9 and national[:2] in _AREAS


def _pesel(digits: str) -> bool:
    if len(digits) != 11 or not 1 <= int(digits[2:4]) % 20 <= 12 or not 1 <= int(digits[4:6]) <= 31:
        return False
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 10 == 0


def _card(digits: str) -> bool:
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and _luhn(digits)


def _sim(digits: str) -> bool:
    """ICCID; many print it without its check digit."""
    return 18 <= len(digits) <= 20 and digits.startswith("89")


def _luhn(digits: str) -> bool:
    turned = [int(digit) for digit in reversed(digits)]
    return (sum(turned[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in turned[1::2])) % 10 == 0


def _polish_account(digits: str) -> bool:
    return len(digits) == 26 and _mod_97(f"PL{digits}") == 1


def _id_card(found: re.Match[str]) -> str:
    letters, digits = found[1], found[2]
    values = [int(letter, 36) for letter in letters] + [int(digit) for digit in digits]
    # The check digit stands first among the digits and counts as one of the sum.
    right = sum(weight * value for weight, value in zip((7, 3, 1, 0, 7, 3, 1, 7, 3), values, strict=True)) % 10
    return f"{HIDDEN}{digits[-3:]}" if right == int(digits[0]) else found[0]
