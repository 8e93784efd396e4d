"""The writer's own words: what a mail program quoted under them and the signature are folded away.

Line by line and by what stands at a line's edges, so that time grows with the text and with nothing else. When it is
not clear that words are somebody else's, they stay: too much on the screen is a nuisance, a lost sentence is a broken
promise.
"""

from __future__ import annotations

import re

MAX_LINE = 400
# A text of more lines is no letter; it is left alone.
MAX_LINES = 50_000
_WROTE = (
    "napisał(a):", "napisał:", "napisała:", "napisał/a:", "napisali:", "pisze:", "napisal(a):", "napisal:",
    "napisala:", "napisał(-a):", "wrote:", "writes:", "said:", "schrieb:", "geschrieben:", "a écrit :", "a écrit:",
    "schreef:", "escribió:", "ha scritto:", "skrev:", "escreveu:", "написал:", "пишет:", "kirjoitti:", "napsal:",
    "napsal(a):", "írta:", "naposled:", "のメッセージ:", "さんは書きました:",
)  # fmt: skip
_OPENS = (
    "on ", "w dniu ", "dnia ", "użytkownik ", "uzytkownik ", "wiadomość napisana przez ", "w wiadomości ", "am ", "le ",
    "op ", "el ", "il ", "den ", "em ", "dne ", "pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz.", "niedz",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
)  # fmt: skip
_HAS_DATE = re.compile(r"\d{1,2}[.:/\-]\d{2}|\b(?:19|20)\d\d\b|[\w.+-]@[\w-]")
_FROM = re.compile(r"[\s>*_]*(?:from|od|von|de|van|fra|från|lähettäjä|da|nadawca|expéditeur)\s?\*?\s?:", re.IGNORECASE)
_FIELD = re.compile(
    r"[\s>*_]*(?:sent|date|to|cc|subject|importance|reply-to|wysłano|wyslano|data|do|dw|udw|temat|wysłane|adresat|gesendet|"
    r"datum|an|betreff|envoyé|à|objet|verzonden|aan|onderwerp|sendt|til|emne|skickat|till|ämne|enviado|para|asunto|"
    r"inviato|a|oggetto|from|od|von)\s?\*?\s?:",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"[\s>*]*(?:-{2,}|_{2,}|={3,})\s*(?:original message|original appointment|wiadomość oryginalna|oryginalna wiadomość|"
    r"wiadomosc oryginalna|treść oryginalnej wiadomości|treść przekazanej wiadomości|forwarded message|przekazana wiadomość|wiadomość przekazana|"
    r"ursprüngliche nachricht|ursprungliche nachricht|message original|message d'origine|oorspronkelijk bericht|"
    r"oprindelig meddelelse|ursprungligt meddelande|mensaje original|messaggio originale|reply message|"
    r"forwarded by|przesłana dalej|исходное сообщение|reply above this line|odpowiedz powyżej tej linii)\b",
    re.IGNORECASE,
)
_BEGIN_FORWARD = ("begin forwarded message:", "początek przekazywanej wiadomości:", "anfang der weitergeleiteten")
_UNDERLINE = re.compile(r"\s*[_]{10,}\s*|\s*-{20,}\s*")
_PHONE_FOOTER = re.compile(
    r"\s*(?:sent from (?:my|a|the|yahoo|outlook|mail|samsung|proton)|sent (?:via|using) |get outlook for |wysłan[eoya] (?:z|ze|za pomocą|przy użyciu|przez) "
    r"|wyslane z |pobierz (?:aplikację )?outlook|von meinem .{1,30} gesendet|envoyé de mon |enviado desde mi "
    r"|inviato da |gesendet (?:von|mit) |skickat från |sendt fra )",
    re.IGNORECASE,
)
_SIGNATURE_LINES = 15


def reply_text(text: str) -> str:
    """What the writer said himself; the whole text when nothing else is left. Never empty for a text that is not."""
    if text.count("\n") > MAX_LINES:
        return text
    lines = text.split("\n")
    end = _start_of_quote(lines)
    if end is None:
        end = _without_signature(lines, len(lines))
        end = _before_trailing_quote(lines, end)
    end = _without_signature(lines, end)
    own = "\n".join(lines[:end]).strip("\n").rstrip()
    return own if own.strip() else _rest(lines, text)


def _rest(lines: list[str], text: str) -> str:
    """Nothing stands above the quote: the words may stand below it, or there are none but the quote."""
    return text.strip()


def _start_of_quote(lines: list[str]) -> int | None:
    """The line where a mail program began to repeat an earlier mail and after which the writer says nothing more."""
    for at, line in enumerate(lines):
        if not line or line.isspace():
            continue
        first = _mark_at(lines, at, line[:MAX_LINE])
        if first and not _answers_below(lines, at + first):
            return at
    return None


def _mark_at(lines: list[str], at: int, line: str) -> int:
    """How many lines the mark has that opens a quote at this line; 0: there is none."""
    tail = line.rstrip()[-1:]
    if tail == ":" or line[:1].isalpha() or line[:1] in "<*>[\"'0123456789":
        span = _attribution(lines, at, line)
        if span:
            return span
    if ":" in line[:40] and _FROM.match(line) and _fields_follow(lines, at + 1):
        return 1
    if line.lstrip(" >*")[:2] in ("--", "__", "==") and (_RULE.match(line) or _ruled_header(lines, at, line)):
        return 1
    return 1 if line.strip(" >").lower().startswith(_BEGIN_FORWARD) else 0


def _attribution(lines: list[str], at: int, line: str) -> int:
    """ "On ... wrote:" on one line or broken over up to four."""
    low = line.strip(" >*\t\xa0").lower()
    if low.startswith("wiadomość napisana przez ") or low.startswith("użytkownik "):
        return _ends_with_colon(lines, at)
    opens = low.startswith(_OPENS)
    if low.endswith(_WROTE):
        return 1 if opens or _HAS_DATE.search(low) else 0
    if not opens:
        return 0
    joined = low
    for span in range(2, 5):
        if at + span > len(lines):
            break
        joined = f"{joined} {lines[at + span - 1][:MAX_LINE].strip(' >*').lower()}"
        if joined.endswith(_WROTE):
            return span if _HAS_DATE.search(joined) else 0
        if not lines[at + span - 1].strip():
            break
    if low.startswith(("am ", "op ")) and (" schrieb " in low or " schreef " in low) and low.endswith(":"):
        return 1
    return 0


def _ends_with_colon(lines: list[str], at: int) -> int:
    joined = ""
    for span in range(1, 4):
        if at + span > len(lines):
            return 0
        joined += " " + lines[at + span - 1][:MAX_LINE].strip()
        if joined.endswith(":"):
            return span if _HAS_DATE.search(joined) else 0
    return 0


def _fields_follow(lines: list[str], at: int) -> bool:
    """A quoted header: after "From:" at least two more of its fields within the next lines."""
    near = [line[:60] for line in lines[at : at + 12] if line.strip()][:6]
    return sum(1 for line in near if _FIELD.match(line)) >= 2


def _ruled_header(lines: list[str], at: int, line: str) -> bool:
    """A bare rule counts only with a quoted header under it."""
    if not _UNDERLINE.fullmatch(line):
        return False
    near = [nearby for nearby in range(at + 1, min(at + 4, len(lines))) if lines[nearby].strip()]
    return bool(near) and bool(_FROM.match(lines[near[0]][:60])) and _fields_follow(lines, near[0] + 1)


def _answers_below(lines: list[str], at: int) -> bool:
    """Quoted lines follow, and under or between them stands text that is not quoted: answers in between."""
    quoted = False
    for number in range(at, len(lines)):
        line = lines[number]
        if line[:1] == ">" or line.lstrip()[:1] == ">":
            quoted = True
        elif line.strip():
            if not quoted:
                # Not marked by ">" at all: the rest is the old mail.
                return False
            return not _is_tail(lines, number)
    return False


def _is_tail(lines: list[str], at: int) -> bool:
    """From here on there is only a signature or another program's footer."""
    first = lines[at].strip()
    if first in ("--", "—", "-- ") or _PHONE_FOOTER.match(lines[at][:MAX_LINE]):
        return True
    # A folded quotation: the mark of a second mail that is quoted without ">".
    return bool(_mark_at(lines, at, lines[at][:MAX_LINE])) and not _answers_below(lines, at + 1)


def _before_trailing_quote(lines: list[str], end: int) -> int:
    """A block of "> " lines at the very end goes, unless the writer leads up to it with a colon (a text message that
    he quotes)."""
    at = end
    while at > 0 and (not lines[at - 1].strip() or lines[at - 1].lstrip()[:1] == ">"):
        at -= 1
    if at == 0 or not any(line.lstrip()[:1] == ">" for line in lines[at:end]):
        return end
    return end if lines[at - 1].rstrip()[-1:] == ":" else at


def _without_signature(lines: list[str], end: int) -> int:
    low = max(0, end - _SIGNATURE_LINES - 5)
    for at in range(low, end):
        line = lines[at]
        if line[:2] == "--" and line.rstrip() == "--" and end - at <= _SIGNATURE_LINES + 1 and _blank_or_first(lines, at):
            end = at
            break
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    if end > 1 and _PHONE_FOOTER.match(lines[end - 1][:MAX_LINE]) and len(lines[end - 1]) < 120:
        return end - 1
    return end


def _blank_or_first(lines: list[str], at: int) -> bool:
    return any(line.strip() for line in lines[:at][-40:])
