"""How the customer speaks, each finding with the sentence that shows it, and how often she had to remind us."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samehand.core.briefs.sentences import folded, sentences, shown
from samehand.core.briefs.values import Said

# The gravest first; so they are told.
KEYS = ("authority", "leaving", "complaint", "upset", "urgent", "thankful", "calm")
QUOTED = 110

_AUTHORITY = re.compile(
    r"\b(?:uke|uokik|uodo|rzecznik\w{0,3}|sadu|sadow\w{1,3}|sadzie|prawnik\w{0,3}|adwokat\w{0,3}|prokuratur\w{1,2}|"
    r"ombudsman|regulator|lawyer|solicitor|attorney|(?:small claims |take you to )court|legal action|sue)\b"
)
_LEAVING = re.compile(
    r"\b(?:(?:prze)?nosze (?:sie|numer)|sie przenosze|przenosze gdzie|przeniesc (?:sie|numer) do inn\w{2,3}|"
    r"przeniose (?:sie|numer)|przenosimy sie|zmieni(?:am|e|amy) (?:operatora|siec)|"
    r"(?:zrezygnuj|rezygnuj)\w{1,2} z (?:wa\w{1,4}|uslug|umowy|abonamentu|fali)|wypowi(?:adam|em|edzenie) umow\w{1,2}|"
    r"wypowiadam|odchodze|odejde (?:do|z|od)|id(?:e|ziemy) do (?:inne\w{1,3}|konkurencji)|"
    r"do (?:konkurencji|innej sieci|innego operatora)|koncze (?:z wami|umowe|wspolprace)|rozwiaz\w{2,4} umow\w{1,2}|"
    r"cancel (?:my|the|our) (?:contract|plan|subscription|service|account)|cancell?ed my|"
    r"leav(?:e|ing) (?:you|your|for another)|"
    r"(?:switch|mov|chang)(?:e|ing)? "
    r"(?:to (?:another|a different)|(?:my )?(?:providers?|operators?|networks?|carriers?))|"
    r"lost me as a customer|take my business)\b"
)
# To us, not away from us.
_COMING = re.compile(
    r"\b(?:do (?:was|panstwa|fali|fala)|to (?:you|fala)|"
    r"z (?:poprzednie\w{1,2}|innej|play|plus|orange|t-mobile)\w{0,3})\b"
)
_COMPLAINT = re.compile(
    r"\b(?:reklamacj\w{1,3}|reklamuje|skarg\w{1,2}|skarze sie|zazalen\w{1,2}|"
    r"odwolan\w{1,3}|odszkodowan\w{1,2}|rekompensat\w{1,2}|zlozyc zawiadomienie|"
    r"(?:formal |official )?complaints?|complain|compensation)\b"
)
_UPSET = re.compile(
    r"\b(?:skandal\w{0,4}|kpin\w{1,2}|zenad\w{1,2}|zenuj\w{2,4}|masakr\w|ile (?:mozna|jeszcze)|"
    r"mam (?:juz )?dos[cy]c?|dosyc tego|mam dosc|(?:nie )?(?:zamierzam|bede) (?:dluzej |juz )?czekac|"
    r"oszu(?:st|k)\w{1,6}|zlodziej\w{0,5}|wstyd|beznadziej\w{1,4}|fatal\w{1,4}|porazk\w|dramat|tragedi\w|"
    r"wkurz\w{1,6}|wsciek\w{1,5}|zdenerwowan\w{1,2}|rozczarowan\w{1,2}|oburz\w{2,5}|nerwy|cierpliwosc sie|"
    r"traci\w? cierpliwosc|lekcewaz\w{1,6}|ignoruj\w{2,4}|niepowazn\w{1,3}|niedopuszczaln\w{1,3}|jaja sobie|"
    r"zartujecie|zarty|kpicie|nie do przyjecia|nikt (?:mi )?nie (?:odpis|odpowi|pomog|reag)\w{1,6}|"
    r"nie zaplace|bez sensu|co to ma byc|to nie pierwszy raz|(?:czwart|piat|kolejn)\w{1,2} raz|"
    r"ridiculous|unacceptable|disgrace\w{0,3}|disgust\w{0,4}|fed up|sick of|worst|angry|furious|joke|frustrat\w{1,4}|"
    r"pathetic|terrible|awful|useless|appalling|rip ?off|scam|liars?|nobody (?:answers|replies|responds|cares)|"
    r"no ?one (?:is respond\w{1,3}|answers|replies)|waste of|wasting my|patience|(?:third|fourth|fifth) time)\b"
)
_URGENT = re.compile(
    r"\b(?:pilne|pilnie|pilna|natychmiast\w{0,4}|jak najszybciej|"
    r"niezwlocznie|od zaraz|na juz|dzis musze|nie moge byc bez|"
    r"urgent\w{0,2}|asap|immediately|right away|as soon as possible)\b"
)
_THANKFUL = re.compile(
    r"\b(?:dziekuj\w{1,3}|dzieki|dziekowac|wdzieczn\w{1,3}|super|"
    r"swietnie|rewelacj\w{1,3}|mila obsluga|ratujecie|ciesze|"
    r"thanks?|thx|thankx|grateful|appreciat\w{1,3}|great|brilliant|lovely)\b"
)
# "Dziękuję z góry" and "thanks, but no" thank for nothing yet.
_NOT_YET = re.compile(r"\b(?:z gory|in advance|ale|but|niestety|unfortunately|za nic|for nothing)\b")
_SHOUTED = re.compile(r"\b[A-ZĄĆĘŁŃÓŚŹŻ]{4,}\b")
# Names that are written so.
_NAMES = frozenset(
    "ESIM VOLTE VOWIFI PESEL IMEI HTML HTTP IBAN BLIK UOKIK UODO IPHONE MMSC REGON FALA ASAP ICCID WIFI".split()
)
_LOUD = re.compile(r"!{2,}|\?{2,}|[!?]{3,}")
# "Very clever!!" is loud, and friendly.
_AGAINST = re.compile(
    r"\b(?:nie|brak\w{0,2}|zero|nic|no|not|never|nothing|\w{2,6}n't|jak|czemu|dlaczego|co|kiedy|why|how|what|when)\b"
)
_AGAIN = re.compile(
    r"\b(?:ponawiam\w{0,2}|ponownie (?:pisze|prosze|pytam)|przypomina(?:m|my)|"
    r"(?:nadal|wciaz|caly czas|dalej) (?:czekam\w{0,2}|brak odpowiedzi)|czekam (?:juz|od|na odpowiedz)|"
    r"kiedy (?:dostane|otrzymam|bedzie) odpowied\w{1,2}|czy ktos|halo|nikt (?:mi )?nie (?:odpis|odpowi|reag)\w{1,6}|"
    r"brak (?:odpowiedzi|reakcji)|pisze (?:juz )?(?:po raz )?(?:drugi|trzeci|czwarty|kolejny)|"
    r"(?:drugi|trzeci|kolejny) mail|i co z|jest jakas odpowiedz|"
    r"any (?:update|news)|reminder|still waiting|following up|follow(?:ing)? up|anybody there|anyone there|hello\?|"
    r"no (?:reply|response|answer)|second (?:mail|email|message)|have not (?:heard|received)|haven't heard)\b"
)


def tone(said: Sequence[Said]) -> tuple[tuple[str, str], ...]:
    """What is heard, the gravest first. Threats and complaints stay until somebody deals with them; how she feels is
    told by the latest of what she wrote."""
    wrote = [one.text for one in said if one.who == "customer"]
    if not wrote:
        return ()
    heard: dict[str, str] = {}
    for text in wrote:
        heard |= _lasting(text)
    heard |= _feeling(wrote[-1])
    if not heard:
        heard["calm"] = ""
    return tuple((key, heard[key]) for key in KEYS if key in heard)


def _lasting(text: str) -> dict[str, str]:
    heard: dict[str, str] = {}
    for sentence in sentences(text):
        plain = folded(sentence)
        if _AUTHORITY.search(plain):
            heard["authority"] = shown([sentence], QUOTED)
        if _LEAVING.search(plain) and not _COMING.search(plain):
            heard["leaving"] = shown([sentence], QUOTED)
        if _COMPLAINT.search(plain):
            heard["complaint"] = shown([sentence], QUOTED)
    return heard


def _feeling(text: str) -> dict[str, str]:
    heard: dict[str, str] = {}
    for sentence in sentences(text):
        plain = folded(sentence)
        if _is_upset(sentence, plain):
            heard.setdefault("upset", shown([sentence], QUOTED))
        if _URGENT.search(plain):
            heard.setdefault("urgent", shown([sentence], QUOTED))
        if _THANKFUL.search(plain) and not _NOT_YET.search(plain):
            heard.setdefault("thankful", shown([sentence], QUOTED))
    if "upset" in heard:
        # "Thanks a lot" in anger is none.
        heard.pop("thankful", None)
    return heard


def _is_upset(sentence: str, plain: str) -> bool:
    shouted = [word for word in _SHOUTED.findall(sentence) if word not in _NAMES]
    thanks = _THANKFUL.search(plain)
    return bool(
        _UPSET.search(plain) or len(shouted) > 1 or (_LOUD.search(sentence) and _AGAINST.search(plain) and not thanks)
    )


def reminders(said: Sequence[Said]) -> int:
    """How often the customer asked again while nobody had answered: the same words again, or words of reminding."""
    count = 0
    waiting: list[str] = []
    for one in said:
        if one.who == "us":
            waiting = []
        elif one.who == "customer":
            plain = folded(one.text[:2000])
            count += bool(waiting) and (plain in waiting or bool(_AGAIN.search(plain)))
            waiting.append(plain)
    return count
