"""Where a letter ends and its signature begins: delimiters, phones' lines, formal ends with a name, disclaimers."""

from __future__ import annotations

import re

from samehand.core.quotes import vocabulary as words

# A name and an address have no more lines; what is longer is a letter.
MAX_LINES = 15
_MAX_LINE = 120
_AROUND = " \t\r\xa0*_.,;!:-–—~"

_MANY_WORDS = 6
_EXCUSE = re.compile(
    r"excuse|sorry|typo|brevity|forgive|przepraszam|wybacz|literów|tippfehler|kürze|fautes", re.IGNORECASE
)

_DEVICE = (
    r"(?:i?phone|ipad|ipod|telefon|smartfon|smartphone|handy|mobil|komórk|komork|tablet|urządzeni|urzadzeni|android|samsung|"
    r"galaxy|huawei|honor|xiaomi|redmi|poco|motorol|nokia|nokii|lg\b|htc|sony|oneplus|oppo|realme|pixel|blackberry|windows|outlook|"
    r"gmail|yahoo|proton|poczt|mail|aplikacj|thunderbird|spark|wp\b|onet|interi|o2\b|przeglądark|apple|mac)"
)
_FOOTER = re.compile(
    rf"""[\s(<\[*~_"„>-]{{0,9}}(?:
    sent\s(?:from|via|using|with|by)\s(?:my\s|an?\s|the\s|{_DEVICE}|mobile|airmail|(?-i:[A-Z\[]))
    | from\smy\s{_DEVICE} | someone\sfrom\smobile | sent\smobile | get\s\[?(?:outlook|bluemail) | download\s\[?outlook
    | (?:ta\s)?(?:wiadomość\s|e-?mail\s)?(?:została?\s)?wys[łl]an[eoya]\s
      (?:z|ze|za\spomoc[ąa]|przy\su[żz]yciu|przez|poprzez)\s(?:\S{{1,20}}\s){{0,3}}?{_DEVICE}
    | (?:pobierz|uzyskaj|pobierać)\s(?:aplikację\s|program\s)?\[?(?:outlook|bluemail)
    | (?:diese\s(?:nachricht|e-?mail)\swurde\s)?(?:von|mit|über)\s.{{1,60}}\s(?:gesendet|geschickt|verschickt)
    | gesendet\s(?:von|mit|über|aus)\s | holen\ssie\ssich\s\[?outlook | outlook\sfür\s\S{{1,20}}\sherunterladen
    | envoyée?\s(?:de|depuis|à\spartir|avec|par)\s | (?:télécharger|téléchargez|obtenez)\s\[?outlook
    | enviad[oa]\s(?:desde|do|de|a\spartir|através|por|mediante)\s | (?:obtener|obtenga|obter\so|descargar)\s\[?outlook
    | inviat[oa]\s(?:da|dal|dallo|con|tramite)\s | (?:scarica|ottieni)\s\[?outlook
    | (?:verzonden|verstuurd)\s(?:met|vanaf|vanuit|van|via)\s | outlook\svoor\s\S{{1,20}}\sdownloaden
    | sendt\s(?:fra|med|via)\s | skickat\s(?:från|med|via)\s | skickades\sfrån\s | (?:hämta|hent)\s\[?outlook
    | lähetetty\s | odesláno\s(?:z|ze|pomocí)\s | odoslané\s(?:z|zo|pomocou)\s | (?:získejte|získať)\s\[?outlook
    | отправлено\s(?:с|из|от|через)\s | надіслано\s(?:з|із)\s | iphone'umdan\s | trimis\s(?:de\spe|din|cu)\s
    | [從从]我的.{{1,30}}[傳发][送出] | 发自我的 | 傳送自 | .{{1,30}}から送信 | .{{1,40}}에서\s보냄
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_VIRUS = re.compile(
    r"\W{0,3}(?:wolny od wirusów|virus-free|virenfrei|sans virus|bez virů|libre de virus)\b", re.IGNORECASE
)
_LEGAL = re.compile(
    r"\W{0,3}(?:(?:niniejsz[aey]|ta|treść (?:tej|niniejszej)|zawartość tej|informacj[ae] zawart[ae])\s.{0,40}"
    r"(?:wiadomoś|e-?mail|korespondencj|przesyłk)|(?:this|the information|the contents? of this|the content)\s.{0,40}"
    r"(?:e-?mail|message|communication|transmission)|diese e-?mail|"
    r"(?:confidentiality|disclaimer|uwaga|zastrzeżenie)\b)",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"poufn|adresat|odbiorc|prawnie chronion|wirus|confidential|intended|recipient|privileged|virus|vertraulich|avast|"
    r"administratorem (?:twoich |państwa |pani/pana )?danych",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:tel|mob|kom|fax|nip|krs|regon|ul|al|gsm|phone|mobile|telefon)\b|\+?\d[\d ()-]{6,}",
    re.IGNORECASE,
)
_OWN_DATA = re.compile(
    r"\b(?:nr|numer|pesel|umow\w*|klienta|iccid|imei|sim|number|account|customer|contract)\b", re.IGNORECASE
)
_LINK = re.compile(r"https?://\S{1,400}")
_LINK_ALONE = re.compile(r"\s*[<(\[]?(?:https?://|www\.|#)\S{1,300}\s*")
_RULE = re.compile(r"\s*([-_=*~#])\1{2,}\s*")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_END_OF_SENTENCE = re.compile(r"[.!…]\W{0,3}\Z")
_PARTICLES = frozenset(
    "von van de di da der den la le i z o.o. o.o sp. s.a. ds. s.c. and und og och et y e & m.".split()
)
_FIRST_WORDS = frozenset(closing.split(" ")[0] for closing in words.CLOSINGS)


def is_footer(line: str) -> bool:
    """What phones and virus scanners write under a letter."""
    if len(line) >= _MAX_LINE:
        return False
    found = _FOOTER.match(line)
    if not found:
        return bool(_VIRUS.match(line))
    # "Sent from my desk, which is easier than my phone" is no footer; "... please excuse any typos" is one.
    rest = _LINK.sub("", line[found.end() :])
    return len(_WORD.findall(rest)) <= _MANY_WORDS or bool(_EXCUSE.search(rest))


def start_of_signature(lines: list[str], start: int, end: int) -> int:
    """Where among the lines from `start` to `end` the signature at their end begins; `end` when there is none."""
    end = _behind_words(lines, start, end)
    at = _without_footers(lines, start, end)
    first = min(_delimiter(lines, start, at), _closing(lines, start, at), _slash(lines, start, at))
    return first if first == at else _without_footers(lines, start, first)


def _behind_words(lines: list[str], start: int, end: int) -> int:
    while end > start and not lines[end - 1].strip():
        end -= 1
    return end


def _without_footers(lines: list[str], start: int, end: int) -> int:
    end = _behind_words(lines, start, end)
    while end > start:
        above = _behind_words(lines, start, end - 1)
        linked = above > start and _LINK_ALONE.fullmatch(lines[end - 1][:400]) and is_footer(lines[above - 1])
        if linked or is_footer(lines[end - 1]):
            end = above
        elif (paragraph := _legal(lines, start, end)) < end:
            end = _behind_words(lines, start, paragraph)
        else:
            break
    return end


def _legal(lines: list[str], start: int, end: int) -> int:
    """Where the paragraph that ends here begins when it is a disclaimer, else `end`."""
    first = end
    while (
        first > max(start, end - 40) and lines[first - 1].strip() and not _RULE.fullmatch(lines[first - 1][:_MAX_LINE])
    ):
        first -= 1
    if first == end or not _LEGAL.match(lines[first][:300]):
        return end
    text = " ".join(line[:2_000] for line in lines[first:end])
    return first if len(text) > 60 and _SECRET.search(text[:4_000]) else end


def _delimiter(lines: list[str], start: int, end: int) -> int:
    for at in range(max(start, end - MAX_LINES - 1), end):
        if lines[at][:1].isalnum():
            continue
        bare = lines[at].strip()
        if bare in ("--", "—") or _RULE.fullmatch(bare[:_MAX_LINE]):
            tail = [line for line in lines[at + 1 : end] if line.strip()]
            if _is_signature_under(lines[at], bare, tail):
                return at
    return end


def _is_signature_under(line: str, bare: str, tail: list[str]) -> bool:
    """People draw lines, too, and write on under them."""
    if not tail or line == "-- ":
        return True
    if bare in ("--", "—"):
        return not any(_asks_or_lists(below) for below in tail)
    if bare[0] == "_" and len(bare) >= 10:
        return len(tail) <= 6 and not any(_asks_or_lists(below) for below in tail)
    return (
        len(tail) <= 8
        and any(_CONTACT.search(below[:_MAX_LINE]) for below in tail)
        and not any(map(_is_sentence, tail))
    )


def _asks_or_lists(line: str) -> bool:
    return "?" in _LINK.sub("", line[:400]) or line.lstrip()[:2] in ("- ", "* ", "• ")


def _closing(lines: list[str], start: int, end: int) -> int:
    """The first formal end of the letter under which only a name and addresses follow."""
    found, below = end, ""
    closings = [at for at in range(max(start, end - MAX_LINES - 1), end) if _is_closing(lines[at])]
    for at in range(end - 1, closings[0] - 1 if closings else end, -1):
        line = lines[at]
        if not line.strip():
            continue
        if at in closings and (not below or _is_name(below) or _CONTACT.search(below[:_MAX_LINE])):
            found = at
        elif _is_sentence(line):
            break
        below = line
    return found


def _is_closing(line: str) -> bool:
    """ "Pozdrawiam", "Pozdrawiam, Jan Nowak"; not "Pozdrawiam i czekam na odpowiedź"."""
    if not line or len(line) > words.LONGEST_CLOSING + 40:
        return False
    pieces = line.replace(",", " ").replace(":", " ").strip(_AROUND).split()
    if not pieces or pieces[0].lower() not in _FIRST_WORDS:
        return False
    if all(half.strip(_AROUND) in words.CLOSINGS for half in " ".join(pieces).lower().split("/")):
        return True
    return any(
        " ".join(pieces[:size]).lower() in words.CLOSINGS and _is_name(" ".join(pieces[size:]))
        for size in range(min(6, len(pieces) - 1), 0, -1)
    )


def _is_name(line: str) -> bool:
    """One to five words with capitals."""
    pieces = line[:80].strip(" \t\r\xa0*_,").split()
    if not 1 <= len(pieces) <= 5 or len(line) > 80 or not pieces[0][:1].isupper():
        return False
    if _END_OF_SENTENCE.search(line) and len(pieces[-1].rstrip(".")) > 1 and pieces[-1].lower() not in _PARTICLES:
        return False
    return all(piece[0].isupper() or piece.lower() in _PARTICLES or piece[0] in "(„\"'|/-–" for piece in pieces)


def _is_sentence(line: str) -> bool:
    """Somebody says something here, or gives the number that it is about."""
    line = line.strip()
    if len(line) > _MAX_LINE or _asks_or_lists(line) or line[:2].lower() == "ps" or _OWN_DATA.search(line):
        return True
    said = _WORD.findall(line)
    small = sum(1 for word in said if word[0].islower() and word.lower() not in _PARTICLES)
    if _CONTACT.search(line):
        return small > 4
    return small > 3 or (len(said) > 2 and small > 0 and bool(_END_OF_SENTENCE.search(line)))


def _slash(lines: list[str], start: int, end: int) -> int:
    """ "/John": how people sign in Sweden."""
    line = lines[end - 1].strip() if end > start else ""
    return end - 1 if line[:1] == "/" and _is_name(line[1:].strip()) else end
