# ruff: noqa: E501
"""The words of `samehand staffing`, in Polish and English: this room has no Django that translates."""

from __future__ import annotations

from samehand.sim.words import in_language

_WORDS: dict[str, tuple[str, str]] = {
    "head": (
        "{name}: {target} within {within} minutes, the same person as far as possible",
        "{name}: {target} w {within} minut, w miarę możności ta sama osoba",
    ),
    "needed": (
        "People needed by hour, breaks and calls included (in brackets what single simulated weeks needed)",
        "Ilu osób trzeba w każdej godzinie, z przerwami i rozmowami (w nawiasie: ile w pojedynczych tygodniach symulacji)",
    ),
    "hour": ("hour", "godz."),
    "days": ("Mon Tue Wed Thu Fri Sat Sun", "pn. wt. śr. czw. pt. sob. niedz."),
    "rostered": ("on duty", "na zmianie"),
    "plan": (
        "In shifts: {shifts} a week of {length} h ({hours} h), {people} people who work {days_on} days a week; {heads} to employ, with leave and illness.",
        "Zmiany: {shifts} w tygodniu po {length} godz. ({hours} godz.), {people} osób pracujących {days_on} dni w tygodniu; z urlopami i chorobami trzeba zatrudnić {heads}.",
    ),
    "starts": ("Shifts begin on {day}: {starts}.", "Początki zmian, {day}: {starts}."),
    "keeps": (
        "That keeps {in_time} in time; {same} of follow-ups go to the person who answered before.",
        "Wtedy {in_time} odpowiedzi jest w terminie, a {same} kolejnych wiadomości trafia do osoby, która odpisała przedtem.",
    ),
    "missed": (
        "The target was not reached: with so many people {in_time} are in time. More of the same changes little; a lower target or a longer promise does.",
        "Celu nie osiągnięto: przy tylu osobach w terminie jest {in_time}. Dokładanie ludzi zmienia niewiele; zmieni niższy cel albo dłuższa obietnica.",
    ),
    "pool": (
        "One queue for all would do with {shifts} shifts a week ({heads} people to employ): the same hands cost {more} shifts a week.",
        "Przy jednej wspólnej kolejce wystarczyłoby {shifts} zmian w tygodniu ({heads} zatrudnionych): te same ręce kosztują {more} zmian tygodniowo.",
    ),
    "late_comers": (
        "If the first shift began when the desk opens instead of two hours before: {in_time} in time with one queue, of the night's mail {night}.",
        "Gdyby pierwsza zmiana zaczynała z otwarciem, a nie dwie godziny przed nim: {in_time} w terminie przy wspólnej kolejce, z nocnej poczty {night}.",
    ),
    "prices": (
        "What one chair more or less changes (one shift, every day)",
        "Co zmienia jedno miejsce więcej lub mniej (jedna zmiana, codziennie)",
    ),
    "prices_of": (
        "of the {crew} that keeps {in_time} in time, same person {same}; {hours} h a week",
        "względem obsady ({crew}): w terminie {in_time}, ta sama osoba {same}; {hours} godz. w tygodniu",
    ),
    "crew_roster": ("roster", "grafik"),
    "crew_plan": ("plan above", "plan powyżej"),
    "part": ("shift", "zmiana"),
    "early": ("early, {start}", "ranna, {start}"),
    "middle": ("middle, {start}", "środkowa, {start}"),
    "late": ("late, {start}", "późna, {start}"),
    "col_hours": ("h/week", "godz./tydz."),
    "col_time": ("in time, points", "w terminie, pkt proc."),
    "col_same": ("same person, points", "ta sama osoba, pkt proc."),
    "col_kept": ("promises kept/week", "obietnice dotrzymane/tydz."),
    "col_cost": ("cost/week", "koszt/tydz."),
    "col_each": ("per promise", "za obietnicę"),
    "chance": (
        "± is half of the 95% interval over days compared with themselves; where it is wider than the figure, chance explains it as well.",
        "± to połowa przedziału ufności 95% z dni porównanych samych ze sobą; gdy jest szersza niż liczba, tłumaczy ją też przypadek.",
    ),
    "ill": ("What if {people} of {planned} are ill on {day}?", "A jeśli {day} zachoruje {people} z {planned} osób?"),
    "outage": (
        "What if an outage brings {factor} times the mail from {at}, for {minutes} minutes, on {day}?",
        "A jeśli awaria od {at} przez {minutes} minut przyniesie {factor} razy więcej poczty ({day})?",
    ),
    "case": ("that day and the next", "ten dzień i następny"),
    "usual": ("as usual", "jak zwykle"),
    "then": ("then", "wtedy"),
    "banner": (
        "with a banner after {after} min that {share} heed",
        "z banerem po {after} min, który powstrzyma {share}",
    ),
    "answer": ("with a mass answer after {after} min", "ze zbiorczą odpowiedzią po {after} min"),
    "col_messages": ("messages", "wiadomości"),
    "col_broken": ("promises broken", "złamane obietnice"),
    "col_waited": ("hours that customers waited", "godziny czekania klientów"),
    "col_backlog": ("until the backlog is gone, min", "do końca zaległości, min"),
    "erlang": (
        "Erlang beside it, for the mean load of the week's busiest hour ({messages} mails of {handling} min): C asks for {c}, A for {a}; we for {ours}.",
        "Dla porównania Erlang, przy średnim obciążeniu najgorętszej godziny tygodnia ({messages} wiadomości po {handling} min): C chce {c} osób, A {a}; my {ours}.",
    ),
    "erlang_why": (
        "Both mislead for mail. No customer waits on the line, so work may move within its {within} minutes; but the night's mail lies there in the morning,\n"
        "follow-ups depend on when answers went out, arrivals are more uneven than Poisson, calls and breaks interrupt, and mail is held for the right person.",
        "Oba mylą przy poczcie. Klient nie czeka na linii, więc pracę można przesuwać w granicach {within} minut; za to rano leży poczta z nocy,\n"
        "kolejne wiadomości zależą od tego, kiedy wyszły odpowiedzi, napływ jest bardziej nierówny niż Poissona, przeszkadzają rozmowy i przerwy, a poczta czeka na właściwą osobę.",
    ),
    "runs": ("{seeds} simulated weeks.", "Symulowane tygodnie: {seeds}."),
    "doing_people": ("people", "ludzie"),
    "doing_ill": ("illness", "choroby"),
    "doing_outage": ("outage", "awaria"),
    "speed": ("{seconds:.1f} s", "{seconds:.1f} s"),
}
DAY_NAMES = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "pl": ("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę"),
}


def words(language: str) -> dict[str, str]:
    return in_language(_WORDS, language)
