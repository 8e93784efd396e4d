"""What consultants ask customers to do, in all the words that they have for it, Polish and English.

Each move has ways to say it, as patterns over folded text (small letters, no Polish marks). `_` between words lets a
few words stand there; whoever knows another way to say it adds a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

PHONE = (
    r"(?:telefon\w*|smartfon\w*|komork[aeiou]\w{0,2}|aparat\w*|urzadzeni\w*|iphone\w*|phone|handset|device"
    r"|mobile)"
)
ROUTER = r"(?:router\w*|modem\w*|livebox\w*)"
SIM = r"(?:kart[aeyo]\w{0,2}|sim\w{0,2}|simk\w{1,3}|sim card|card)"
AGAIN = r"(?:ponown\w{1,3}|jeszcze raz|od nowa|na nowo|raz jeszcze|z powrotem|again|once more|back(?: in)?)"
OFF = r"(?:wylacz\w*|off)"
ON = r"(?:wlacz\w*|uruchom\w*|on)"
# Verbs of setting something; "ustawienia" alone is a place.
SET = (
    r"(?:ustaw(?!ieni)\w*|ustawieni(?:e|u)\b|wpis\w*|wpro?wadz\w*|dodaj\w*|dodac|dodani\w*|skonfigur\w*"
    r"|zmien\w*|przepis\w*"
    r"|popraw(?!n)\w*|sprawdz\w*|zajrz\w*|wej\w*|podaj\w*|set|enter|type|add|check|change|configure|correct|create)"
)
TURN_ON = (
    r"(?:wlacz\w*|uruchom\w*|u?aktyw\w*|zaznacz\w*|przesun\w*|przelacz\w*|sprawdz\w*|zobacz\w*|stukn\w*|"
    r"turn|switch\w*|enable|activate|make sure|check|is on)"
)
NETWORK_SETTINGS = r"(?:ustawien\w* (?:\w+ )?siec\w*|(?:konfiguracj|parametr)\w* (?:sieci|lacznosci)|network settings)"

_GAP = re.compile(r"_\{(\d+)\}")
_WAYS: dict[str, tuple[str, ...]] = {
    "restart": (
        rf"\b(?:z?restart\w*|reboot\w*)\b(?!_{{4}}{ROUTER})(?!\w*_{{3}}(?:aplikacj|przegladark|komputer|app\b"
        rf"|browser))",
        rf"\b(?:uruchom\w*|uruchamia\w*)_{{3}}{AGAIN}(?!_{{3}}(?:{ROUTER}|aplikacj))",
        rf"\b{AGAIN} uruchom\w*(?!_{{3}}(?:{ROUTER}|aplikacj))",
        rf"\bwylacz\w*_{{3}}{PHONE}_{{12}}\bwlacz\w*",
        rf"\bwylacz\w* (?:i|oraz|a potem) (?:\w+ )?wlacz\w*_{{2}}{PHONE}",
        rf"\b{PHONE} (?:\w+ )?(?:off\b_{{8}}\bon\b|wylacz\w*_{{6}}wlacz\w*)",
        rf"\b(?:turn|switch|power)\w* (?:\w+ )?{PHONE} (?:\w+ )?off\b_{{12}}\bon\b",
        rf"\b(?:turn|switch|power)\w* off (?:\w+ )?{PHONE}_{{12}}\bon\b",
        rf"\bzresetuj\w* (?:\w+ )?{PHONE}|\bzresetowac (?:\w+ )?{PHONE}|\breset {PHONE}",
        rf"\b(?:wylaczeni\w*|wylacz\w*)_{{3}}(?:{AGAIN} )?wlacz\w*_{{2}}{PHONE}",
        rf"\bzga[sś]\w*_{{3}}{PHONE}_{{12}}\b(?:odpal\w*|zapal\w*|wlacz\w*)|\bpower[ -]cycl\w*_{{3}}{PHONE}",
    ),
    "airplane": (r"\btryb\w*_{0}(?:samolot\w*|lotnicz\w*)|\bsamolocik\w*", r"\b(?:airplane|aeroplane|flight) mode"),
    "restart-router": (
        rf"\b(?:z?restart\w*|zresetuj\w*|uruchom\w*|wylacz\w*|odlacz\w*|odepnij|wyjm\w*|unplug|turn|switch"
        rf"|reboot)_{{4}}{ROUTER}",
    ),
    "data-on": (
        rf"\b{TURN_ON}_{{6}}(?:dan\w{{1,3}} (?:komorkow\w*|mobiln\w*|pakietow\w*)|(?:pakietow\w* "
        rf"|mobiln\w* )?transmisj\w*"
        r"(?: danych)?|mobile data|cellular data|internet\w* komorkow\w*)",
        rf"(?<!nazwe )\b(?:dan\w{{1,3}} (?:komorkow\w*|mobiln\w*)|transmisj\w* danych|internet\w* komorkow\w*"
        rf"|mobile data|cellular data)"
        rf"_{{6}}{TURN_ON}",
    ),
    "data-off": (r"\bwylacz\w*_{3}(?:dan\w{1,3} (?:komorkow\w*|mobiln\w*)|transmisj\w*)(?!_{6}\bwlacz)",),
    "apn": (
        rf"\b{SET}_{{9}}(?:\bapn\w*|punkt\w{{0,3}} dostep\w*|access points?\b)",
        rf"(?:\bapn\w*|punkt\w{{0,3}} dostep\w*|access points?\b)_{{8}}\b{SET}",
        r"(?:konfiguracj\w*|ustawieni\w*)_{1}apn\w*",
        r"\bapn\w*_{2}internet\b",
    ),
    "mms": (rf"\b{SET}_{{6}}(?:\bmmsc?\b|ustawieni\w* mms)",),
    "reset-network": (
        rf"\b(?:z?resetuj\w*|zresetowa\w*|resetowan\w*|reset\w*|wyzeruj\w*|wyzerowa\w*|przywro\w*|przywraca\w*"
        rf"|wyczysc\w*|"
        rf"restore|skasuj\w*)_{{3}}{NETWORK_SETTINGS}",
        rf"{NETWORK_SETTINGS}_{{3}}(?:domysln\w*|fabryczn\w*|default\w*)",
        r"\breset\w* (?:siec\w*|network\b(?! operator))",
    ),
    "factory-reset": (
        r"\b(?:ustawien\w* fabryczn\w*|reset\w* fabryczn\w*|factory (?:reset|settings)|erase all|wymaz\w* dane)",
    ),
    "choose-network": (
        r"\b(?:wybo?[ir]\w*|wybierz\w*|wybrac|wyszuk\w*|znajdz|zaznacz\w*|ustaw\w*|choose|select\w*|pick|search)_{4}"
        r"(?:\bsiec\w*|operator\w*|network\w*)_{5}(?:auto\w*|reczn\w*|manual\w*|operator\w*|listy|zaznacz\w*)",
        r"\b(?:operator\w*|siec\w*)_{4}(?:wybor\w*|wybier\w*|zaznacz\w*|ustaw\w*)_{2}(?:auto\w*|reczn\w*)",
        r"\bwyb\w*_{1}(?:auto\w*|reczn\w*)",
        r"\b(?:auto\w*|reczn\w*) (?:wybor\w*|wybra\w*|wybier\w*)_{2}(?:sieci|operator\w*)",
        r"\b(?:auto\w*|manual\w*)_{3}(?:network selection|choose_{3}network)|network operators?_{3}automatic\w*",
    ),
    "network-mode": (r"\b(?:tryb\w*|typ\w*|mode)_{2}(?:sieci|network|lte|3g|4g|5g)|\btylko (?:3g|4g|lte)\b",),
    "sim-other-phone": (
        rf"\b(?:wloz\w*|wklada\w*|przeloz\w*|przelozyc|wsadz\w*|przetestow\w*|sprawdz\w*|wyprobuj\w*"
        rf"|wyprobow\w*)_{{2}}{SIM}_{{4}}"
        rf"(?:inn\w*|drug\w*|kogos|telefonu? (?:meza|zony|corki|syna|mamy|znajom\w*|koleg\w*)|aparat\w* (?:meza"
        rf"|zony))",
        rf"\b(?:try|put|insert|test|check|move)\b_{{4}}{SIM}_{{4}}\b(?:another|other|different|second|someone|somebody)",
        rf"\b(?:inn\w*|drug\w*|star\w*) (?:{PHONE})_{{4}}(?:wloz\w*|przeloz\w*|sprawdz\w*) (?:\w+ )?{SIM}",
    ),
    "sim-reinsert": (
        rf"\b(?:wyjm\w*|wyjac|wyjeci\w*|wyciagn\w*|wysun\w*|take|remove|pull)_{{3}}(?:{SIM}|tack\w*|tray)_{{14}}"
        rf"(?:wloz\w*|wlozyc|wlozeni\w*|wsun\w*|wsadz\w*|\bback\b|\breinsert\w*|put)(?!_{{4}}(?:inn|drug"
        rf"|another|different|other))",
        rf"\b(?:wyjm\w*|wyjac|wyciagn\w*) i (?:wloz\w*|wlozyc|wsun\w*)_{{3}}{SIM}",
        rf"\b(?:przeczysc\w*|przetrz\w*|wipe|clean)_{{3}}(?:styki|{SIM}|contacts)",
        rf"\b(?:reinsert|reseat)_{{3}}{SIM}",
    ),
    "qr-again": (
        r"\b(?:zeskan\w*|skanow\w*|wczyt\w*|sczyt\w*|scan)_{4}(?:\bqr\b|kod\w* qr|\besim\w*)",
        r"\bqr\b_{5}(?:zeskan\w*|wczyt\w*|scan)",
    ),
    "esim-remove": (r"\b(?:usun\w*|skasuj\w*|skasowac|delete|remove)_{4}\besim\w*",),
    "volte-on": (rf"\b{TURN_ON}_{{6}}\bvolte\b", rf"\bvolte\b_{{3}}{TURN_ON}"),
    "wifi-calling-on": (
        rf"\b{TURN_ON}_{{4}}(?:wi-?fi calling|vowifi|rozmow\w* przez wi-?fi)",
        rf"(?:wi-?fi calling|vowifi)_{{3}}{TURN_ON}",
    ),
    "roaming-on": (
        rf"\b{TURN_ON}_{{5}}\broaming\w*",
        rf"\b(?:opcj\w* )?roaming\w*(?: danych)?_{{4}}{TURN_ON}",
    ),
    "update": (
        rf"\b(?:zaktualizuj\w*|zaktualizow\w*|aktualizacj\w*|update)_{{4}}(?:{PHONE}|system\w*|oprogramow\w*"
        rf"|software|ios|android)",
    ),
    "spam-folder": (
        r"\b(?:spam\w*|niechcian\w*|smieci\w*|junk)\b",
    ),
    "topup-code": (
        r"\b(?:wpis\w*|przepis\w*|wprowadz\w*|wbij\w*|wstukaj\w*|podaj|type|enter)_{4}(?:kod\w*|cyfr\w*|code)_{5}"
        r"(?:doladow\w*|zdrapk\w*|wydruk\w*|paragon\w*|jeszcze raz|ponownie|od nowa|again)",
        r"\b(?:wprowadz\w*|wpis\w*|wbij\w*)_{1}ponownie_{2}(?:kod\w*|cyfr\w*)",
        r"\b(?:type|enter)_{3}(?:top-?up|voucher) code",
    ),
    "balance": (
        r"\b(?:sprawdz\w*|zobacz\w*|spojrz\w*|poznasz|pokaz\w*|check|see)_{4}(?:sald\w*|stan\w* kont\w*"
        r"|srodk\w* na koncie|balance)",
        r"\*101#",
        r"(?:stan\w* kont\w*|sald\w*)_{4}(?:sprawdz\w*|pokaz\w*|kod\w*)",
    ),
    "app-again": (
        r"\b(?:zamkn\w*|wylacz\w*|zrestart\w*|close|restart|quit)_{2}(?:aplikacj\w*|app)_{8}(?:otworz\w*"
        r"|uruchom\w*|wlacz\w*|open|start|$)",
        r"\b(?:odinstal\w*|przeinstal\w*|reinstal\w*|uninstal\w*)_{4}(?:aplikacj\w*|app)",
    ),
    "clear-cache": (r"\b(?:wyczysc\w*|wyczyszcz\w*|usun\w*|clear|delete)_{3}(?:cache|pamie\w* podreczn\w*"
    r"|ciastecz\w*|cookies)",),
    "other-browser": (r"\b(?:inn\w*|drug\w*|another|different)_{1}(?:przegladar\w*|browser)",),
    "log-in-again": (r"\b(?:wyloguj\w*|log out|sign out)_{6}(?:zaloguj\w*|in\b)",),
    "reset-password": (r"\b(?:zresetuj\w*|zresetowac|zmien\w*|ustaw\w*|odzysk\w*|reset|change)_{3}(?:hasl\w*"
    "|password)",),
    "window": (r"\b(?:podejdz|wyjdz|przejdz|go|step|move)_{4}(?:okn\w*|dwor\w*|zewnatrz|outside|window)",),
    "wifi-off": (r"\b(?:wylacz\w*|turn off|switch off)_{2}wi-?fi\b(?! calling)",),
    "check-outage": (r"\b(?:sprawdz\w*|zajrz\w*|check)_{5}(?:awari\w*|outage)",),
    "message-app": (
        r"\b(?:domysln\w*|default)_{3}(?:aplikacj\w*|app)_{4}(?:wiadomosci\w*|sms\w*|messag\w*)"
        r"|\baplikacj\w*_{1}wiadomosc\w*_{3}domysln\w*|\bmessaging app_{3}default\b"
        r"|\bsprawdz\w* aplikacj\w*_{1}wiadomosc\w*",
    ),
    "sms-centre": (
        rf"\b{SET}_{{6}}(?:centr\w*_{{1}}(?:sms|wiadomosci|uslug)|\bsmsc\b|message cent(?:re|er))",
        rf"(?:centr\w*_{{1}}(?:sms|wiadomosci|uslug)|\bsmsc\b|message cent(?:re|er))_{{4}}\b{SET}",
    ),
    "voicemail-off": (r"##002#|\b(?:wylacz\w*|dezaktyw\w*|turn off|disable)_{4}(?:poczt\w* glosow\w*|voicemail)",),
    "wait": (r"\b(?:poczekaj\w*|odczekaj\w*|poczekac|wait)_{3}(?:godzin\w*|dob\w*|dzien|dni|jutra|hours?|days?"
    "|tomorrow)",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A move in a folded text: which, and from where to where."""

    move: str
    start: int
    end: int


def moves_in(plain: str) -> Iterator[Found]:
    """Every move that a folded text names, asked for or not; those of one kind may overlap."""
    for move, pattern in _patterns():
        for match in pattern.finditer(plain):
            yield Found(move, match.start(), match.end())


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((move, re.compile("|".join(_spelled(way) for way in ways))) for move, ways in _WAYS.items())


def _spelled(way: str) -> str:
    """`_{n}`: at most n words between, across commas and quotes, and a full stop at most."""
    return _GAP.sub(lambda gap: rf"(?:[^\w*#]{{1,4}}[\w*'-]{{1,20}}){{0,{gap[1]}}}[^\w*#]{{1,4}}", way)
