# ruff: noqa: E501
"""The words of the simulator's table and report, in Polish and English: this room has no Django that translates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("en", "pl")
SHARES = [
    "loss",
    "in_time",
    "same_later",
    "owner_in_time",
    "same_as_before",
    "same_owner",
    "pair",
    "known_later",
    "promise_kept",
    "occupancy",
]
TABLE = [
    "promise_kept",
    "in_time",
    "same_as_before",
    "same_owner",
    "owner_in_time",
    "pair",
    "known_later",
    "same_later",
    "median",
    "p99",
    "occupancy",
]

_WORDS: dict[str, tuple[str, str]] = {
    "policy": ("policy", "zasada"),
    "short_in_time": ("in time", "w terminie"),
    "short_same_as_before": ("same as before", "ta sama co przedtem"),
    "short_same_owner": ("owner", "opiekun"),
    "short_owner_in_time": ("owner in time", "opiekun w terminie"),
    "short_pair": ("pair", "para"),
    "short_known_later": ("known later", "znana później"),
    "short_same_later": ("same later", "ta sama później"),
    "short_median": ("median", "mediana"),
    "short_p99": ("p99", "p99"),
    "short_occupancy": ("occupancy", "obciążenie"),
    "short_promise_kept": ("promise kept", "obietnica"),
    "legend": (
        "in time: first word within the promise. same as before, owner, owner in time, pair: of the messages that follow\n"
        "in a case, those answered by the person before, by whoever answered first (and in time), by one of the first two.\n"
        "known later, same later: of new cases of returning customers, those answered by somebody they knew, or by the one\n"
        "who answered them last. median, p99: opening minutes to the first word. occupancy: writing and calls over hours\n"
        "present. promise kept: of all messages, in time and by the right person (the owner in a case, somebody known for a\n"
        "returning customer, anybody for a new one).",
        "w terminie: pierwsze słowo w obiecanym czasie. ta sama co przedtem, opiekun, opiekun w terminie, para: z kolejnych\n"
        "wiadomości w sprawie te, na które odpisała ta sama osoba co przedtem, kto odpisał pierwszy (i w terminie), jedna\n"
        "z pierwszych dwóch osób. znana później, ta sama później: z nowych spraw powracających klientów te, na które odpisał\n"
        "ktoś znajomy, albo ten, kto odpisał ostatnio. mediana, p99: minuty otwarcia do pierwszego słowa. obciążenie: część\n"
        "godzin obecności, którą zajęły pisanie i rozmowy.\n"
        "obietnica: ze wszystkich wiadomości te w terminie i od właściwej osoby (opiekuna w sprawie, kogoś znajomego dla\n"
        "powracającego klienta, kogokolwiek dla nowego).",
    ),
    "speed": (
        "{events} events in {seconds} s of processor time ({rate} a second); {whole} s by the clock, with reading,"
        " drawing and measuring",
        "Zdarzenia: {events}, w {seconds} s czasu procesora ({rate} na sekundę); {whole} s na zegarze, z czytaniem,"
        " losowaniem i pomiarem",
    ),
    "progress": ("{policy}, seed {seed}: day {day}", "{policy}, ziarno {seed}: dzień {day}"),
    "title": ("What if?", "Co by było, gdyby?"),
    "headline": (
        "{policy}: {in_time} in time, the promise kept in {share} of messages.",
        "{policy}: {in_time} w terminie, obietnica dotrzymana w {share} wiadomości.",
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
        "{messages} messages a run, {seeds} runs; ± is half of the 95% interval. In each run every policy met the same "
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
    "less_title": (
        "Less the best other policy (by promise kept), paired seed by seed, in points and minutes:",
        "Różnica do najlepszej innej zasady (według obietnicy), w parach tych samych ziaren, w punktach i minutach:",
    ),
    "q_less": (
        "By how much does each differ from the best other one?",
        "O ile każda różni się od najlepszej z pozostałych?",
    ),
    "less_note": (
        "Best by promise kept. The difference is taken within each run, so the luck of the draw falls out; ± is half of its 95% interval, bold what goes beyond it.",
        "Najlepsza według obietnicy. Różnica jest liczona w każdym przebiegu osobno, więc szczęście losowania znika; ± to połowa przedziału ufności 95%, pogrubione jest to, co poza niego wychodzi.",
    ),
    "less_note_one": (
        "Best by promise kept. One run shows no interval: take more seeds.",
        "Najlepsza według obietnicy. Jeden przebieg nie daje przedziału: weź więcej ziaren.",
    ),
    "losses_title": (
        "Follow-ups that their owner did not answer in time, by what she did, in % of all follow-ups:",
        "Kolejne wiadomości, na które opiekun nie odpisał w terminie, według tego, co robił, w % wszystkich:",
    ),
    "losses_legend": (
        "Away: for the whole time of the promise; with this owner it cannot be kept, only owners whose roster fits make it\n"
        "rarer. The rest is what she did when somebody else began, or when the promise ended.",
        "Nieobecny: przez cały czas obietnicy; z tym opiekunem nie da się jej dotrzymać, rzadziej zdarza się to tylko przy\n"
        "opiekunach z pasującym grafikiem. Reszta to to, co robił, gdy zaczął ktoś inny albo gdy minął termin.",
    ),
    "q_losses": ("Why did the owner not answer in time?", "Dlaczego opiekun nie odpisał w terminie?"),
    "losses_note": (
        "Of all messages that follow in a case. Away: absent for the whole time of the promise, so that with this owner it "
        "cannot be kept; owners whose roster fits make it rarer.",
        "Ze wszystkich kolejnych wiadomości w sprawach. Nieobecny: przez cały czas obietnicy, więc z tym opiekunem nie da się "
        "jej dotrzymać; rzadziej zdarza się to przy opiekunach z pasującym grafikiem.",
    ),
    "loss_kept": ("answered by the owner in time", "opiekun odpisał w terminie"),
    "loss_unavoidable": ("owner away", "opiekun nieobecny"),
    "loss_avoidable": ("owner was there", "opiekun był"),
    "loss_left": ("away: left the company", "nieobecny: już nie pracuje"),
    "loss_sick": ("away: sick", "nieobecny: choroba"),
    "loss_leave": ("away: leave", "nieobecny: urlop"),
    "loss_day_off": ("away: day off", "nieobecny: dzień wolny"),
    "loss_off_shift": ("away: other hours", "nieobecny: inne godziny"),
    "loss_came_or_went": ("there for a part only", "był tylko przez część czasu"),
    "loss_on_break": ("there: on a break", "był: przerwa"),
    "loss_on_phone": ("there: on the phone", "był: przy telefonie"),
    "loss_busy": ("there: busy with other work", "był: zajęty inną pracą"),
    "loss_free_but_given_away": ("there: free, others took it", "był: wolny, wziął ktoś inny"),
    "loss_late_herself": ("there: answered, but late", "był: odpisał po terminie"),
    "loss_no_owner": ("nobody had answered before", "nikt wcześniej nie odpisał"),
    "q_week": ("When do customers write?", "Kiedy piszą klienci?"),
    "week_note": ("Mails an hour, by hour of the week.", "Wiadomości na godzinę, według godziny tygodnia."),
    "weekdays": ("Mo Tu We Th Fr Sa Su", "pn wt śr cz pt so nd"),
    "q_busy": ("How busy was the crew?", "Jak zajęta była załoga?"),
    "busy_note": (
        "Writing and calls over the time present without breaks, by hour of the day.",
        "Pisanie i rozmowy do czasu obecności bez przerw, według godziny.",
    ),
    "x_busy": ("busy", "zajętość"),
    "x_hour_day": ("hour of the day", "godzina"),
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
    return in_language(_WORDS, language)


def in_language(texts: Mapping[str, tuple[str, str]], language: str) -> dict[str, str]:
    place = LANGUAGES.index(language)
    return {key: both[place] for key, both in texts.items()}


def percent(share: float, language: str, digits: int = 1) -> str:
    return f"{number(100 * share, language, digits)}%"


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


def shown_difference(key: str, one: Any, language: str) -> str:
    """`+3.2 ±0.4`; a minus sign that is as wide as the plus."""
    text = shown(key, one, language)
    if one is None:
        return text
    return f"+{text}" if one.mean >= 0 else text.replace("-", "\u2212", 1)
