"""What the customer wants: the sentences that ask, request or say what does not work."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samehand.core.briefs.sentences import folded, sentences, shown
from samehand.core.briefs.trying import outcome_of
from samehand.core.briefs.values import Quote, Said

_REQUEST = re.compile(
    r"\b(?:pros(?:ze|imy|il(?:a)?bym)|prosba|poprosz\w{1,3}|chcial(?:a)?(?:by)?m|chcial(?:em|am)|chce|chcemy|"
    r"potrzebuj\w{1,4}|zalezy mi|mozecie|moglibyscie|mogliby|"
    r"czy (?:moge|mozna|da sie|jest mozliw\w{1,3}|mozesz|moglabys|moglbys)|da sie|"
    r"oczekuj\w{1,3}|zadam|domagam|wnosze|zglaszam|reklamuje|rezygnuj\w{1,3}|wypowiadam|cofam|zamawiam|"
    r"zwroc(?:cie|ie|ic)?|oddajcie|napraw\w{0,4}|wyjasni\w{0,4}|please|pls|"
    r"(?:can|could|would) you|can i|could i|may i|i(?:'d| would) like|i (?:need|want)|refund|help me)\b"
)
_PROBLEM = re.compile(
    r"\b(?:nie (?:dzial\w{1,3}|mam|moge|mog\w{1,3}|da sie|przysz\w{1,3}|przychodz\w{1,3}|dochodz\w{1,3}|"
    r"wid\w{1,4}|dosta\w{1,4}|laduje|otwiera|odpisal\w{0,4}|ma|dotar\w{1,3}|umiem|wiem)|brak\w{0,2}|zero|"
    r"znikn\w{1,4}|zgin\w{1,4}|zgubil\w{0,2}|ukrad\w{1,5}|pobran\w{1,2}|naliczy\w{1,4}|blad|bledn\w{1,3}|"
    r"awari\w{1,2}|zablokowan\w{0,2}|odrzucon\w{0,2}|zepsu\w{1,3}|nie do uzycia|zrywa|zawiesza|wiesza|urywa|"
    r"not work\w{0,3}|(?:doesn|don|didn|isn|can|couldn|won|hasn|haven)'?t|cannot|no (?:signal|internet|data|service)|"
    r"lost|stolen|charged|missing|wrong|error|stuck|slow|still)\b"
)
_ASKS = re.compile(
    r"^(?:a |i |no )?(?:czy|jak\w{0,3}|gdzie|kiedy|ile|dlaczego|czemu|co|kto|"
    r"which|how|when|where|why|what|who|can|does|is|do)\b"
)
# Questions that ask for nothing.
_SIGHS = re.compile(
    r"^(?:no )?(?:i )?(?:ile (?:mozna|jeszcze)|co to ma (?:byc|znaczyc)|zartujecie|serio|"
    r"really|seriously|are you (?:kidding|serious)|how much longer)\b[^,;]{0,30}$"
    r"|^(?:halo|hello)\W*$"
)
_THANKS = re.compile(r"\b(?:dziekuj\w{1,3}|dzieki|thanks?|thank you|thx)\b")
ENOUGH = 2
# How much of it a colleague reads at a glance.
MOST = 230


def wants(said: Sequence[Said]) -> tuple[Quote, ...]:
    """What it began with, and what was asked last when that is something else."""
    asked = [(one, _chosen(one.text)) for one in said if one.who == "customer"]
    speaking = [(one, chosen) for one, chosen in asked if chosen]
    if not speaking:
        return _anything([one for one, _chosen in asked])
    first, *later = speaking
    quotes = [Quote(shown(first[1], MOST), first[0].at)]
    for one, chosen in reversed(later):
        # "It still does not work" is a reaction to what was tried, not a new wish.
        new = [sentence for sentence in chosen if _weight(sentence) >= ENOUGH and not outcome_of(sentence)]
        if new:
            quotes.append(Quote(shown(new, MOST), one.at))
            break
    return tuple(quotes)


def _anything(asked: Sequence[Said]) -> tuple[Quote, ...]:
    """Nothing that we know as a wish: then the customer's first words."""
    for one in asked:
        if found := sentences(one.text)[:2]:
            return (Quote(shown(found, MOST), one.at),)
    return ()


def _chosen(text: str) -> list[str]:
    """The two weightiest sentences in the order in which they stand."""
    found = sentences(text)
    ranked = sorted(range(len(found)), key=lambda at: (-_weight(found[at]) - (at == 0), at))[:2]
    kept = [at for at in sorted(ranked) if _weight(found[at]) >= ENOUGH]
    if len(kept) == 1 and kept[0] and _weight(found[0]) >= 0:
        # "Where is it stuck?" says little without what the mail begins with.
        kept.insert(0, 0)
    return [found[at] for at in kept]


def _asks(sentence: str, plain: str) -> bool:
    """A question, also of those who write no marks; "as it is, I shall leave." is none."""
    ends = sentence.rstrip("\"'”)")[-1:]
    return ends == "?" or (ends not in ".!" and bool(_ASKS.match(plain)))


def _weight(sentence: str) -> int:
    plain = folded(sentence)
    weight = 2 * bool(_PROBLEM.search(plain)) + 3 * bool(_REQUEST.search(plain))
    weight += 2 * _asks(sentence, plain) - 5 * bool(_SIGHS.search(plain))
    words = plain.count(" ") + 1
    return weight - 3 * bool(_THANKS.search(plain)) - 2 * (words < 2)
