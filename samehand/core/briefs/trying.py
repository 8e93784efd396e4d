"""What we did or proposed, and whether it helped: by the first words of the customer's that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samehand.core.briefs.sentences import folded, sentences, shown
from samehand.core.briefs.values import Outcome, Quote, Said, Tried

# "Sprawdziłam", "włączyliśmy": what somebody of us did.
_DID = re.compile(
    r"\b(?!(?:mial|bylo?|byl|chcial|mog|mogl|dzia|powinn|wiedzial)\w{0,4}\b)"
    r"[a-z]{3,18}(?:lam|lem|lismy|lysmy|nalam|nalem)\b"
    r"|\b(?:wysylam|zwracam|anuluje|przywracam|zlecon\w|zwrocon\w|"
    r"(?<!nie )zalatwione|(?<!nie )zrobione|(?<!nie )wlaczon\w)\b"
    r"|\b(?:i|we)(?:'ve| have)(?: just| now| also)? [a-z]{2,14}"
    r"|\b(?:i|we) (?:just |also )?(?:[a-z]{3,12}ed|sent|put|set|reset|found|made|took)\b"
    r"|^done\b"
)
# What the customer shall do: imperatives of phones and accounts.
_DO = re.compile(
    r"\b(?:(?:wy|w|prze|od)?lacz(?:cie)?(?! sie)|zrestartuj|uruchom|wejdz|wybierz|ustaw|dodaj|kliknij|sprobuj|sprawdz|"
    r"zaloguj|zainstaluj|odinstaluj|pobierz|przeloz|wyjmij|wloz|wpisz|zapisz|zmien|przesun|przestaw|przywroc|usun|"
    r"zaktualizuj|zajrzyj|zeskanuj|polacz|potwierdz|odpisz|przeslij|przyslij|wyslij|podaj|zadzwon|oznacz|otworz|"
    r"zaznacz|napisz|zrob|wskaz|wyczysc|odblokuj|zablokuj|poczekaj|odczekaj|podpisz|zglos|zaakceptuj)(?:cie)?\b"
    r"|\bprosze(?: \w{2,12}){0,2} (?:wy|w|z|po|prze|u|o)\w{2,14}c\b"
    r"|\b(?:turn|switch|restart|reboot|reset|choose|open|check|try|scan|enter|install|remove|insert|"
    r"update|tap|select|reply|set|go to|log in|call)\b"
)
# "Sprawdziłam Twoje konto" alone moves nothing: what follows from it says more.
_LOOKED = re.compile(r"\b(?:sprawdzil|zajrzal|zobaczyl|looked|checked|widze)\w{0,4}\b")
_FRIENDLY = re.compile(r"\b(?:dziek\w{1,5}|ciesz\w{1,4}|witam\w?|pozdr\w{0,9}|milo|thank\w{0,3}|glad|welcome|enjoy)\b")
_ONLY_IF = re.compile(r"^(?:gdyby|jesli|jezeli|jakby|kiedy|gdy|if|when|in case)\b")
_SORRY = re.compile(r"\b(?:przepraszam|przepraszamy|sorry|apologi[sz]e)\b")

_FAILED = re.compile(
    r"\b(?:nie (?:jest (?:lepiej|dobrze)|pomog\w{1,3}|pomaga\w{0,2}|zadzial\w{1,3}|dzial\w{1,4}|udalo|wrocil\w?|"
    r"przysz\w{1,4}|przychodz\w{1,3}|dochodz\w{1,2}|dotar\w{1,3}|da sie|moge|widz\w{1,3}|ma\b(?! za co)|dostal\w{1,3})|"
    r"nic (?:to |sie |mi )?(?:nie )?(?:sie |to |mi )?(?:dal\w|pomog\w{1,3}|zmieni\w{1,3}|wplyn\w{1,3}|"
    r"przysz\w{1,3}|dzial\w{1,3}|otwiera|laduje|wida\w{0,2}|dosta\w{2,3}|daje|rusz\w{2,4}|wroc\w{1,3})|"
    r"(?:i|dalej|nadal|wciaz|ciagle|wiec) (?:\w{1,8} )?(?:nic|to samo)|nic z tego|bez zmian|bez skutku|"
    r"bez rezultatu|to samo|nadal (?!chce|mam pytanie|dziala)|nadal$|(?<!tak )(?<!co )dalej (?!bede|dziala|rob)|"
    r"wciaz (?!dziala)|ciagle (?!dziala)|znowu? (?!dziala|jest ok|wszystko|mam internet)|znowu?$|"
    r"never (?:got|came|arrived|received|worked)|ponownie nie|gorzej|"
    r"did(?:n't| not) (?:help|work|change|fix)|does(?:n't| not) (?:help|work)|"
    r"not working|not work|hasn't|haven't (?:received|got)|no (?:luck|change|difference|effect)|"
    r"nothing (?:changed|worked|happens|happened)|same (?:thing|problem|issue|message|error|again)|"
    r"still (?:not|no|nothing|broken|waiting|slow\w{0,3}|doesn't|does not|keeps|getting|problem|"
    r"persist\w{0,2}|haven't|have not|cannot|can't|won't|isn't|down|the same|sitting|says?|stuck|is|have)|"
    r"again the same|worse|without success|to no avail)\b"
)
_PARTLY = re.compile(
    r"\b(?:troche lepiej|lepiej, ale|lepiej ale|czesciowo|tylko czesc|raz dziala|"
    r"czasem dziala|na chwile|przez chwile|chwile dziala|jeden przyszedl|reszta|"
    r"a bit better|slightly better|better,? but|partly|sometimes works|worked for|for a while)\b"
)
_HELPED = re.compile(
    r"(?<!\bnie )(?<!\bnie mi )(?<!\bdalej )(?<!\bnadal )(?<!\bjuz nie )\b"
    r"(?:pomogl\w|pomoglo|zadzialal\w{0,2}|dziala|smiga|udalo sie|wrocil\w? (?:zasieg|internet)|"
    r"zalatwion\w|rozwiazan\w|naprawion\w|"
    r"(?:juz )?wszystko (?:juz )?(?:jest )?(?:w porzadku|ok|jasne|dobrze|gra|dziala|super)|"
    r"(?:juz|teraz) (?:jest )?(?:ok|dobrze|w porzadku)|zaskoczylo|poszlo|o to chodzilo|przyszl[yoa]|"
    r"doszl[yoa]|przyszedl|dostal[ae]m|juz (?:mam|jest|sa|widze)|(?:jest|sa) (?:juz )?na koncie|"
    r"wplynel\w|kurier byl|ani razu|sa\b(?=[.!])|jest!|karta jest|problem zniknal|wpisane|"
    r"(?:it |all |everything )?works(?! for)|working (?:now|again|fine)|works now|that did it|"
    r"did the trick|solved|resolved|fixed|all good|all set|sorted|(?:works|working) perfect\w{0,2}|"
    r"crystal clear|refund received|received (?:it|the|my)|(?<!never )got it|"
    r"scanned it|switched over|figured this out|helped|taken care of|already handled)\b"
    r"|^(?:jest|sa|dziala|works|perfect)(?:[.! ]|$)"
)
_BUT = re.compile(r"\b(?:ale|tylko ze|but|however|except)\b")
_SUPPOSES = re.compile(r"\b(?:czy|can i|could i|will|does|is it|a jak|a co)\b")
_UNREAL = re.compile(
    r"\b(?:jesli|jezeli|gdyby|jakby|kiedy|if|when|zeby|aby|jak bedzie|jak dostane|once it|"
    r"hop(?:e|ing)|how it works|until|doubt\w?|used to|should|would|mam nadzieje|watpie)\b"
    r"|^(?:czy|a czy|is it|will it|does it)\b"
)


def tried(said: Sequence[Said]) -> tuple[Tried, ...]:
    """Each answer that did or proposed something, with what came back, the oldest first."""
    found: list[Tried] = []
    for at, one in enumerate(said):
        if one.who != "us":
            continue
        # What we say after it helped is friendly, and was not tried.
        over = bool(found) and found[-1].outcome == "helped"
        if steps := _steps(one.text) or ([] if over else _told(one.text)):
            outcome, reaction = _reaction(said[at + 1 :])
            found.append(Tried(Quote(shown(steps), one.at, one.name), outcome, reaction))
    return tuple(found)


def _steps(text: str) -> list[str]:
    """What was done and what was asked for: at most two sentences, in the order in which they stand."""
    found = [one for one in sentences(text) if not _ONLY_IF.match(folded(one)) and not _SORRY.search(folded(one))]
    weights = {at: _weight(folded(one)) for at, one in enumerate(found)}
    best = sorted((at for at, weight in weights.items() if weight), key=lambda at: (-weights[at], at))[:2]
    return [found[at] for at in sorted(best)]


def _told(text: str) -> list[str]:
    """An answer that only explains is told by the first sentence that says something."""
    found = (one for one in sentences(text) if one.count(" ") > 3 and not _FRIENDLY.search(folded(one)))
    return list(found)[:1]


def _weight(plain: str) -> int:
    did = [match[0] for match in _DID.finditer(plain)]
    moved = any(not _LOOKED.match(one) for one in did)
    return 3 * moved + bool(did) + 2 * bool(_DO.search(plain)) - (plain.endswith("?") and not moved)


def _reaction(after: Sequence[Said]) -> tuple[Outcome, str]:
    """What the customer wrote next, until one of us wrote again."""
    first = ""
    for one in after:
        if one.who == "us":
            break
        if one.who == "customer":
            outcome, sentence = reaction_of(one.text)
            if outcome != "unclear":
                return outcome, sentence
            first = first or sentence
    return ("unclear", first) if first else ("silent", "")


def reaction_of(text: str) -> tuple[Outcome, str]:
    """How a message judges what was tried, and the sentence that says so. What fails weighs more than what works."""
    found = sentences(text)
    judged = [(outcome, one) for one in found if (outcome := outcome_of(one))]
    kinds = {outcome for outcome, _sentence in judged}
    if not kinds:
        return "unclear", shown(found[:2], 110) or "…"
    if kinds == {"helped", "failed"} and judged[-1][0] == "helped":
        # "It did not work at first. Now it works."
        return "helped", shown([judged[-1][1]])
    worst: Outcome = next(kind for kind in ("failed", "partly", "helped") if kind in kinds)
    return worst, shown([next(one for outcome, one in judged if outcome == worst)])


def outcome_of(sentence: str) -> Outcome | None:
    """What one sentence says of it; None when it says nothing, asks or only supposes."""
    plain = folded(sentence)
    if _UNREAL.search(plain) or (plain.endswith("?") and _SUPPOSES.search(plain)):
        return None
    partly = _PARTLY.search(plain)
    failed = _FAILED.search(plain)
    if partly:
        return "failed" if failed and failed.start() > partly.start() else "partly"
    if failed:
        return "failed"
    helped = None if plain.endswith("?") else _HELPED.search(plain)
    if not helped:
        return None
    return "partly" if _BUT.search(plain, helped.end()) else "helped"
