# ruff: noqa: E501
"""The words of the simulator's table and report, in Polish and English: this room has no Django that translates."""

from __future__ import annotations

from typing import Any

LANGUAGES = ("en", "pl")
SHARES = [
    "in_time",
    "owner_in_time",
    "same_as_before",
    "same_owner",
    "pair",
    "known_later",
    "promise_kept",
    "occupancy",
]
MINUTES = ["median", "p99"]
TABLE = [
    "in_time",
    "same_as_before",
    "same_owner",
    "owner_in_time",
    "pair",
    "known_later",
    "median",
    "p99",
    "occupancy",
    "promise_kept",
]

_WORDS: dict[str, tuple[str, str]] = {
    "policy": ("policy", "zasada"),
    "short_in_time": ("in time", "w terminie"),
    "short_same_as_before": ("same as before", "ta sama co przedtem"),
    "short_same_owner": ("owner", "opiekun"),
    "short_owner_in_time": ("owner in time", "opiekun w terminie"),
    "short_pair": ("pair", "para"),
    "short_known_later": ("known later", "znana później"),
    "short_median": ("median", "mediana"),
    "short_p99": ("p99", "p99"),
    "short_occupancy": ("occupancy", "obciążenie"),
    "short_promise_kept": ("promise kept", "obietnica"),
    "legend": (
        "in time: first word within the promise. same as before, owner, owner in time, pair: of the messages that follow\n"
        "in a case, those answered by the person before, by whoever answered first (and in time), by one of the first two.\n"
        "known later: of new cases of returning customers, those answered by somebody they knew. median, p99: opening\n"
        "minutes to the first word. occupancy: writing and calls over hours present. promise kept: of all messages, in time\n"
        "and by the right person (the owner in a case, somebody known for a returning customer, anybody for a new one).",
        "w terminie: pierwsze słowo w obiecanym czasie. ta sama co przedtem, opiekun, opiekun w terminie, para: z kolejnych\n"
        "wiadomości w sprawie te, na które odpisała ta sama osoba co przedtem, kto odpisał pierwszy (i w terminie), jedna\n"
        "z pierwszych dwóch osób. znana później: z nowych spraw powracających klientów te, na które odpisał ktoś znajomy.\n"
        "mediana, p99: minuty otwarcia do pierwszego słowa. obciążenie: pisanie i rozmowy przez godziny obecności.\n"
        "obietnica: ze wszystkich wiadomości te w terminie i od właściwej osoby (opiekuna w sprawie, kogoś znajomego dla\n"
        "powracającego klienta, kogokolwiek dla nowego).",
    ),
    "speed": (
        "{events:,} events in {seconds:.2f} s ({rate:,.0f} a second); {whole:.2f} s with reading, drawing and measuring",
        "{events:,} zdarzeń w {seconds:.2f} s ({rate:,.0f} na sekundę); {whole:.2f} s z czytaniem, losowaniem i pomiarem",
    ),
    "progress": ("{policy}, seed {seed}: day {day}", "{policy}, ziarno {seed}: dzień {day}"),
    "title": ("What if?", "Co by było, gdyby?"),
    "headline": (
        "{policy}: the promise kept in {share} of messages.",
        "{policy}: obietnica dotrzymana w {share} wiadomości.",
    ),
    "promise": (
        "The promise: a first word within {minutes} minutes of opening hours, from the right person.",
        "Obietnica: pierwsze słowo w ciągu {minutes} minut otwarcia, od właściwej osoby.",
    ),
    "facts_one": (
        "{messages} messages measured; every policy met the same customers, the same crew, the same illness.",
        "Zmierzone wiadomości: {messages}. Każda zasada miała tych samych klientów, tę samą załogę i te same choroby.",
    ),
    "facts_many": (
        "{messages} messages a run, {seeds} runs; ± is half of the 95 % interval. In each run every policy met the same "
        "customers, the same crew, the same illness.",
        "Wiadomości w przebiegu: {messages}, przebiegów: {seeds}; ± to połowa przedziału ufności 95%. W każdym przebiegu "
        "wszystkie zasady miały tych samych klientów, tę samą załogę i te same choroby.",
    ),
    "q_kept": ("How often was the whole promise kept?", "Jak często dotrzymano całej obietnicy?"),
    "q_trade": ("In time, or the same person – or both?", "Na czas czy ta sama osoba – a może jedno i drugie?"),
    "trade_note": ("Up and to the right is better.", "Im wyżej i dalej w prawo, tym lepiej."),
    "x_time": ("answered in time", "odpowiedzi w terminie"),
    "y_owner": ("follow-ups answered by the owner", "kolejne wiadomości do opiekuna"),
    "q_wait": ("How long did customers wait for the first word?", "Jak długo klienci czekali na pierwsze słowo?"),
    "x_wait": ("opening minutes", "minuty otwarcia"),
    "y_wait": ("answered until then", "odpowiedziano do tej chwili"),
    "promise_line": ("promise", "obietnica"),
    "q_hour": ("At what hour did it break?", "O której godzinie zawodziło?"),
    "hour_note": (
        "Lines: share in time by the hour in which the mail arrived. Bars: mails a day.",
        "Linie: odsetek w terminie według godziny nadejścia. Słupki: wiadomości na dobę.",
    ),
    "x_hour": ("hour of arrival", "godzina nadejścia"),
    "all_figures": ("All figures", "Wszystkie liczby"),
    "none": ("-", "–"),
    "minute": ("min", "min"),
    "of_first": ("(first run)", "(pierwszy przebieg)"),
    "fifo": ("Shared pool", "Wspólna kolejka"),
    "round-robin": ("Round robin", "Po kolei"),
    "least-loaded": ("Least loaded", "Najmniej obciążony"),
    "strict-owner": ("Strict owner", "Tylko opiekun"),
    "owner-timeout": ("Owner with time-out", "Opiekun z limitem"),
    "ours": ("Same hands", "Te same ręce"),
}


def words(language: str) -> dict[str, str]:
    place = LANGUAGES.index(language)
    return {key: texts[place] for key, texts in _WORDS.items()}


def percent(share: float, language: str, digits: int = 1) -> str:
    return f"{number(100 * share, language, digits)}{'%' if language == 'pl' else ' %'}"


def number(value: float, language: str, digits: int = 1) -> str:
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", "\u00a0,")) if language == "pl" else text


def shown(key: str, one: Any, language: str) -> str:
    """An estimate as people read it: `99.1 ±0.2`, shares in per cent."""
    if one is None:
        return words(language)["none"]
    scale = 100 if key in SHARES else 1
    text = number(one.mean * scale, language)
    return text if one.half_width is None else f"{text} ±{number(one.half_width * scale, language)}"
