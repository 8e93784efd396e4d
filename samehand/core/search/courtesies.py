"""What letters say beside their matter: greetings, thanks, who writes and where to answer. A search has none of it."""

from __future__ import annotations

import re

from samehand.core.search.words import folded

# Sentences and their parts, in small letters without marks.
_SAID = re.compile(
    r"""\b(?:
        dzien\ dobry | dobry\ wieczor | witam(?:\ serdecznie)? | szanowni\ panstwo | drodzy\ panstwo
        | prosz\w*\ o\ (?:\w+\ ){0,2}
          (?:kontakt|odpowiedz|pomoc|informacj\w+|wyjasnienie|reakcje|interwencje|rozwiazanie)
        | (?:z\ )?prosb\w+\ o\ (?:\w+\ )?(?:kontakt|odpowiedz|pomoc|informacj\w+)
        | pisz[ea]\ (?:do\ )?(?:panstwa|was|w\ sprawie|poniewaz|bo|z)
        | (?:jestem|bylem|bylam)\ (?:\w+\ ){0,2}klient\w*(?:\ od\ \w+(?:\ lat\w*|\ rok\w*|\ miesiec\w*)?)?
        | mam\ (?:taki\ |nastepujacy\ |pewien\ |wielki\ )?(?:problem|klopot|pytanie|sprawe|prosbe)
        | nie\ wiem,?\ co\ (?:mam\ )?(?:dalej\ )?robic | co\ (?:mam\ )?(?:dalej\ )?robic | z\ gory\ dziekuj\w+
        | (?:bardzo\ )?dziekuj\w+ | pozdrawiam\w* | pozdrowienia | (?:z\ )?(?:wyrazami\ )?(?:powazani\w+|szacunk\w+)
        | serdecznie | uprzejmie | pilnie | niestety | (?:albo|lub)\ (?:mailem|mailowo|telefonicznie)
        | jak\ najszybciej | czekam\ na\ (?:\w+\ )?(?:odpowiedz|kontakt|informacj\w+)
        | (?:moj\w*\ |pod\ |na\ )?(?:numer\w*|nr|tel)\W{1,3}(?:telefonu\W+|kom\w*\W+)?(?:to\W+|jest\W+)?\+?\d[\d\ -]{6,}
        | good\ (?:morning|afternoon|evening) | hello | hi(?:\ there|\ team)? | dear\ (?:sir|madam|all|team|sirs)\w*
        | (?:kind|best|warm)\ regards | regards | many\ thanks | thank\ you(?:\ (?:very\ much|in\ advance))?
        | thanks(?:\ in\ advance)? | yours\ (?:sincerely|faithfully|truly) | i\ am\ writing | i'?m\ writing
        | i\ (?:need|would\ like|want)\ (?:your\ |some\ )?help | (?:can|could)\ you\ (?:please\ )?help(?:\ me)?
        | (?:i\ have|i'?ve\ got|have)\ a\ (?:big\ |small\ )?(?:problem|question|issue)
        | (?:i\ am|i'?m|i\ have\ been|i'?ve\ been)\ (?:\w+\ ){0,2}customer
          (?:\ (?:for|since)\ \w+(?:\ (?:years?|months?))?)?
        | please\ (?:answer|reply|respond|help|advise|contact\ me|get\ back\ to\ me)\w*(?:\ (?:quickly|soon|asap))?
        | (?:could|can|please)\ (?:you\ )?get\ back\ to\ me | as\ soon\ as\ possible | asap
        | i\ don'?t\ know\ what\ to\ do | what\ (?:should|can|shall)\ i\ do | look(?:ing)?\ forward\ to\ \w+\ \w+
        | my\ (?:phone\ )?number\ is\W+\+?\d[\d\ -]{6,}
    )(?!\w)""",
    re.VERBOSE,
)


def without(text: str) -> str:
    """A letter without its courtesies; all of it when nothing else is said."""
    plain = folded(text)
    # Where a letter has signs that fold to none or to several, what is left is told without marks.
    whole = text if len(plain) == len(text) else plain
    left, end = [], 0
    for found in _SAID.finditer(plain):
        left.append(whole[end : found.start()])
        end = found.end()
    rest = " . ".join([*left, whole[end:]])
    return rest if any(letter.isalpha() for letter in rest) else text
