"""The marks that mail programs put over what they quote, and the lines that phones put under what one writes."""

from __future__ import annotations

import re

MAX_LINE = 400

_VERBS = re.compile(
    r"\b(?:napisał(?:\(-?a\)|a|/a|eś|aś)?|napisali|napisal(?:\(a\)|a)?|pisze|wrote|writes|schrieb|geschrieben|"
    r"écrit|schreef|escribió|scritto|skrev|escreveu|написал|пишет|kirjoitti|napsal(?:\(a\))?|írta|"
    r"napísal)(?![\w(])",
    re.IGNORECASE,
)
_OPENS = (
    "on ", "w dniu ", "dnia ", "użytkownik ", "uzytkownik ", "w wiadomości ", "am ", "le ", "op ", "el ", "il ", "den ",
    "em ", "dne ", "pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz.", "mon", "tue", "wed", "thu", "fri", "sat",
    "sun", "poniedz", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela",
)  # fmt: skip
_APPLE = ("wiadomość napisana przez ", "wiadomość od ")
_ADDRESS_OR_TIME = re.compile(r"[\w.+-]@[\w-]|\b\d{1,2}[:.]\d{2}\b")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}")
_BARE_STAMP = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?\b.{0,80}@[^\s]{1,200}>:")
_FROM = re.compile(r"[\s>*_]*(?:from|od|von|de|van|fra|från|lähettäjä|da|nadawca|expéditeur)\s?\*?\s?:", re.IGNORECASE)
_FIELD = re.compile(
    r"[\s>*_]*(?:sent|date|to|cc|subject|importance|reply-to|wysłano|wyslano|wysłane|data|do|dw|udw|temat|adresat|"
    r"gesendet|datum|an|betreff|envoyé|à|objet|verzonden|aan|onderwerp|sendt|til|emne|skickat|till|ämne|enviado|para|"
    r"asunto|inviato|a|oggetto|from|od|von)\s?\*?\s?:",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"[\s>*]*(?:-{2,}|_{2,}|={3,})\s*(?:original message|original appointment|wiadomość oryginalna|"
    r"oryginalna wiadomość|wiadomosc oryginalna|treść oryginalnej wiadomości|treść przekazanej wiadomości|"
    r"forwarded message|przekazana wiadomość|wiadomość przekazana|ursprüngliche nachricht|ursprungliche nachricht|"
    r"message original|message d'origine|oorspronkelijk bericht|oprindelig meddelelse|ursprungligt meddelande|"
    r"mensaje original|messaggio originale|reply message|forwarded by|przesłana dalej|исходное сообщение|"
    r"reply above this line|odpowiedz powyżej tej linii)\b",
    re.IGNORECASE,
)
_BEGIN_FORWARD = ("begin forwarded message:", "początek przekazywanej wiadomości:", "anfang der weitergeleiteten")
_UNDERLINE = re.compile(r"\s*_{10,}\s*|\s*-{20,}\s*")
_PHONE_FOOTER = re.compile(
    r"\s*[(<\[*]*(?:sent from (?:my|a|the|yahoo|outlook|mail|samsung|proton|mobile|\[)|sent (?:via|using|by) |"
    r"get \[?outlook for |wysłan[eoya] (?:z|ze|za pomocą|przy użyciu|przez) |wyslane z |pobierz (?:aplikację )?outlook|"
    r"von meinem .{1,30} gesendet|envoyé de mon |enviado desde mi |inviato da |gesendet (?:von|mit) |skickat från |"
    r"sendt fra |verzonden met )",
    re.IGNORECASE,
)


def is_quoted(line: str) -> bool:
    return line[:1] == ">" or line.lstrip()[:1] == ">"


def is_phone_footer(line: str) -> bool:
    return len(line) < 120 and bool(_PHONE_FOOTER.match(line))


def mark_at(lines: list[str], at: int) -> int:
    """How many lines the mark has that opens a quote at this line; 0 when there is none."""
    line = lines[at][:MAX_LINE]
    start = line.lstrip(" >*")[:2]
    if start in ("--", "__", "=="):
        return 1 if _RULE.match(line) or _ruled_header(lines, at, line) else 0
    if ":" in line[:40] and _FROM.match(line) and _fields_follow(lines, at + 1):
        return 1
    return _attribution(lines, at, line)


def _attribution(lines: list[str], at: int, line: str) -> int:
    """ "On ... wrote:" on one line or broken over up to four; its lines, 0 when this is none."""
    low = line.strip(" >*\t\xa0").lower()
    if low.startswith(_BEGIN_FORWARD) or _BARE_STAMP.match(low):
        return 1
    if low[-1:] == ":" and (span := _is_attribution(lines, at, low, 1)):
        return span
    if not low.startswith(_OPENS + _APPLE):
        return 0
    joined = low
    for span in range(2, 5):
        following = lines[at + span - 1][:MAX_LINE].strip(" >*\t\xa0").lower() if at + span <= len(lines) else ""
        if not following:
            return 0
        joined = f"{joined} {following}"
        if following[-1:] == ":":
            return _is_attribution(lines, at, joined, span)
    return 0


def _is_attribution(lines: list[str], at: int, joined: str, span: int) -> int:
    """Somebody wrote, at some time, and what he wrote follows. Where it follows without ">", the mark must be a
    machine's: people also say "on 2 November your man wrote:"."""
    if not (joined.startswith(_APPLE) or _VERBS.search(joined)):
        return 0
    if _ADDRESS_OR_TIME.search(joined):
        return span
    below = next((line for line in lines[at + span : at + span + 4] if line.strip()), "")
    return span if _DATE.search(joined) and is_quoted(below) else 0


def _fields_follow(lines: list[str], at: int) -> bool:
    """A quoted header: after "From:" at least two more of its fields within the next lines."""
    near = [line[:60] for line in lines[at : at + 12] if line.strip()][:6]
    return sum(1 for line in near if _FIELD.match(line)) >= 2


def _ruled_header(lines: list[str], at: int, line: str) -> bool:
    """A bare rule counts only with a quoted header under it."""
    if not _UNDERLINE.fullmatch(line):
        return False
    near = [below for below in range(at + 1, min(at + 4, len(lines))) if lines[below].strip()]
    return bool(near) and bool(_FROM.match(lines[near[0]][:60])) and _fields_follow(lines, near[0] + 1)
