"""What the customer says of what was advised: that it helped, that it did not, or that she has not tried it yet.

Only plain words count. What may be meant in two ways, asks, hopes, thanks or mocks is none: then a person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from samehand.core.briefs.sentences import folded, sentences, shown

Outcome = Literal["helped", "failed", "not_tried"]
WORDS = 160
_THING = (
    r"(?:internet|net|zasieg|siec|telefon|karta|mms\w?|sms\w?|wifi|polaczenia|rozmowy|aplikacja|wszystko"
    r"|to|it|data|signal)"
)
_NOT_TRIED = re.compile(
    r"\bjeszcze (?:tego )?nie (?:probowa|sprawdza|sprawdzi|robi|zrobi|mia|mog|restartowa|wlacza|wpisa)\w*"
    r"|\bnie (?:mial[aey]?m|mialam|mialem) (?:jeszcze )?(?:czasu|okazji|kiedy|jak)\b"
    r"|\bnie (?:probowal|sprawdzal|zdazyl|zdazyl|zrobil)[ae]?m\b(?! wczesniej)"
    r"|\b(?:sprobuje|sprawdze|zrobie|zrestartuje|wyprobuje|przetestuje)\b"
    r"|\b(?:have ?n[o']t|did ?n[o']t|not) (?:yet )?(?:tried|try|had (?:the |a )?(?:time|chance)"
    r"|have (?:the )?time|got round)\b"
    r"|\bhave not (?:had time|tried)\b|\bnot tried (?:it|that|this)? ?yet\b|\b(?:i will|i'll|will) (?:try|check"
    r"|test)\b"
)
_FAILED = re.compile(
    r"\b(?:nadal|dalej|wciaz|ciagle|znowu?|jednak|i|niestety|u mnie) (?:\w+ ){0,2}(?:nie (?:dziala\w*"
    r"|ma\w?\b(?! za co| problem)|"
    r"moge|wysyla|laduje|laczy|widzi|dochodz\w*|przychodz\w*|dzwoni)|to samo|nic\b|bez zmian)"
    r"|\b(?:nic|niestety|to|tez|restart|reset|wcale|w ogole|niewiele|jednak) (?:\w+ ){0,3}?nie (?:pomog\w+"
    r"|pomaga|zadzialal\w*|"
    r"dal\w|zmienil\w*|poskutkowal\w*|dziala)\b"
    r"|\bnie (?:pomog\w{1,3}|pomaga|zadzialal\w{1,2}|poskutkowal\w|dalo (?:to )?(?:nic|efektu|rezultatu|skutku))\b"
    rf"|\b{_THING} (?:\w+ ){{0,2}}(?:nadal|dalej|wciaz|ciagle) (?:\w+ )?(?:nie\b|brak\b)"
    r"|\b(?:bez (?:zmian|skutku|efektu|rezultatu|poprawy)|zadnej (?:zmiany|poprawy|roznicy)|nic sie nie zmienil\w+|"
    r"nic z tego|to samo co wczesniej|(?:dalej|nadal|wciaz|ciagle) (?:jest )?to samo|tak samo jak (?:wczesniej"
    r"|bylo))\b"
    r"|\b(?:nadal|dalej|wciaz|ciagle) (?:\w+ ){0,2}bez (?:netu|internetu|zasiegu|sieci)\b"
    r"|\b(?:dalej|nadal|wciaz) (?:brak|zero)\b|\bnie dziala (?:nadal|dalej|wciaz)\b"
    r"|\bdid ?n[o']t (?:help|work|change anything|fix|make any difference)|\bdoes ?n[o']t (?:help|work)"
    r"|\bstill (?:not|no|nothing|does ?n[o']t|doesn't|broken|the same|can(?:'t|not)|won't|isn't|down|dead)\b"
    r"|\b(?:no (?:luck|change|difference|effect|improvement|joy)|nothing (?:changed|has changed|happened)"
    r"|same (?:problem|issue|thing|error)"
    r"(?: again| as before| still)?|to no avail|without success|not working|is no better|made no difference)\b"
)
_HELPED = re.compile(
    r"\b(?:pomoglo|pomogl [a-z]+|pomogla|pomogly|zadzialal\w?|poskutkowalo|udalo sie|ruszylo|zaskoczylo"
    r"|rozwiazane|naprawione)\b"
    rf"|\b(?:juz|teraz|znowu|wreszcie|w koncu|nareszcie) (?:\w+ ){{0,2}}(?:dziala\w*|smiga|hula|jest (?:ok"
    rf"|dobrze|w porzadku|super)|ok\b|wszystko gra)"
    rf"|\b{_THING} (?:\w+ )?(?:juz |znow\w* |teraz |wreszcie )?(?:dziala\w?|smiga|hula|wrocil\w?)\b"
    r"|^(?:(?:tak|super|ok|dziekuje|dzieki|hura|jest)[, !]+)?(?:juz )?(?:dziala|smiga|wszystko dziala"
    r"|wszystko gra|jest dobrze)\b"
    r"|\bproblem (?:zniknal|rozwiazany|z glowy)\b|\bwrocil\w? (?:internet|zasieg|siec)\b"
    r"|\b(?:it|that|this|everything|all|internet|data|phone) (?:\w+ )?(?:works|working|worked|helped|is fixed"
    r"|fixed it|did it|solved it)\b"
    r"|\b(?:works (?:now|again|fine|perfectly)|working (?:now|again|fine)|did the trick|that did it|problem solved|"
    r"is (?:solved|resolved|fixed|back)|all (?:good|sorted|set) now|now it works)\b|^works\b|^solved\b|^fixed\b"
    r"|^helped\b"
)  # fmt: skip
_NOT_BEFORE = re.compile(r"\b(?:nie|not|never|nic|ani|hardly|wcale|niewiele)(?:,? \w+){0,2} $")
_PERHAPS = re.compile(
    r"\b(?:jesli|jezeli|gdyby|jakby|zeby|oby|czy|mam nadzieje|moze|powinno|chyba|podobno|bedzie|if|when|hope"
    r"|hopefully|"
    r"should|would|might|whether|unless|until|once|jak tylko|wydaje"
    r"|nie jest tak|nie to,? ze|not that)\b"
)
_HALF = re.compile(
    r"\b(?:troche|czasem|czasami|raz dziala|na chwile|przez chwile|czesciowo|tylko (?:przez|na|w)|a bit"
    r"|sometimes|partly|for a while|"
    r"slightly|then stopped|i przestalo|po chwili|except|oprocz|poza tym ze|prawie|almost"
    r"|ale (?:(?:teraz|juz|dalej|nadal) )?(?:nie|tylko|wolno|slabo)|ale (?:\w+ ){1,3}tak|but (?:slow|not|only|still)"
    r"|but (?:\w+ ){1,4}did"
    r"|na (?:\w+ ){0,2}(?:minut\w?|godzin\w?|dzien|dob\w)|for (?:\w+ ){0,3}(?:minutes?|hours?|days?))\b"
)
_MOCKS = re.compile(
    r"\b(?:jak umarlemu|kadzidlo|akurat|no jasne|gratuluj\w*|brawo|szkoda slow|jasne,? ze|yeah,? right|as if"
    r"|sure it|very funny|bravo|"
    r"rewelacj\w*|wybitn\w*|slow clap|dzieki za nic|thanks for nothing)\b"
)
_OTHERS = re.compile(
    r"\b(?:u (?:zony|meza|kolegi|syna|corki|sasiada|znajomych)|w (?:innym|drugim) telefonie|wczesniej|kiedys"
    r"|w zeszlym|wczoraj jeszcze|"
    r"on my wife|another phone|used to|before it|until yesterday|last time)\b"
)
_THEN = re.compile(r"\b(?:teraz|juz|wreszcie|w koncu|nareszcie|dopiero|now|finally|again|potem|pozniej|then|after)\b")
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
# From here on an older mail stands below, or is forwarded: whoever adds nothing of her own says nothing.
_BELOW = re.compile(
    r"^(?:-{3,} *(?:original|forwarded|wiadomo|oryginaln|przekazan|tre)|(?:od|from): .*\n(?:wysłano|data|sent|date): )",
    re.MULTILINE | re.IGNORECASE,
)
_SPOKEN = re.compile(r"[„\"“][^„\"“”\n]{1,300}[”\"]")


@dataclass(frozen=True, slots=True)
class Said:
    """`words` are the sentence that says so, as it was written."""

    outcome: Outcome
    words: str


def said_of(text: str) -> Said | None:
    """What a customer's own words say of what she was advised; None when they leave it open."""
    # A line with a link is ours, quoted: "It still does not work: https://..." is what we ask, not what she says.
    heard = [one for sentence in sentences(_bare(text)) if "://" not in sentence and (one := _of(sentence))]
    kinds = {one.outcome for one in heard}
    if not heard or "half" in kinds:
        return None
    if kinds == {"helped", "failed"}:
        # "Nie działało. Teraz działa" ends well; the other way round nothing is sure.
        return _told(heard[-1]) if heard[-1].outcome == "helped" and _turned(heard[-1].words) else None
    worst = next(kind for kind in ("failed", "helped", "not_tried") if kind in kinds)
    return _told(next(one for one in heard if one.outcome == worst))


@dataclass(frozen=True, slots=True)
class _Heard:
    outcome: Outcome | Literal["half"]
    words: str


def _told(heard: _Heard) -> Said | None:
    return None if heard.outcome == "half" else Said(heard.outcome, shown([heard.words], WORDS))


def _bare(text: str) -> str:
    return _SPOKEN.sub(" ", _QUOTED.sub("", _BELOW.split(text, maxsplit=1)[0]))


def _of(sentence: str) -> _Heard | None:
    plain = folded(sentence)
    if plain.rstrip(' )"').endswith("?") or _MOCKS.search(plain):
        return None
    if _NOT_TRIED.search(plain) and not _FAILED.search(plain):
        return _Heard("not_tried", sentence)
    failed, helped = _FAILED.search(plain), _helped(plain)
    if not (failed or helped):
        return None
    if _HALF.search(plain):
        return _Heard("half", sentence)
    if _PERHAPS.search(plain) or (_OTHERS.search(plain) and not failed):
        return None
    if failed and helped:
        return (
            _Heard("helped", sentence)
            if failed.end() < helped.start() and _turned(sentence)
            else _Heard("half", sentence)
        )
    return _Heard("failed" if failed else "helped", sentence)


def _helped(plain: str) -> re.Match[str] | None:
    found = _HELPED.finditer(plain)
    return next((one for one in found if not (_NOT_BEFORE.search(plain[: one.start()]) or _negated(one[0]))), None)


def _negated(words: str) -> bool:
    return bool(re.search(r"\b(?:nie|not|n't|never)\b", words))


def _turned(sentence: str) -> bool:
    return bool(_THEN.search(folded(sentence)))
