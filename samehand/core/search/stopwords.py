"""Words that every article and every question has, folded: they say nothing about what is meant."""

from __future__ import annotations

_POLISH = """
a aby ach acz aczkolwiek aj albo ale alez ani az bardziej bardzo bez bo bowiem by byc byl byla byli bylo byly bym
byloby bylby byscie chce chcemy chcial chcialabym chcialbym chcialem chcialam chociaz choc ci cie ciebie cos
cokolwiek cóz co cala caly czasami czasem czemu czy czyli daje dac dla dlaczego dlatego do dobry dosc dwa dzien
dziekuje dzis dzisiaj gdy gdyby gdyz gdzie gdzies go i ich ile im inna inne inny innych iz ja jak jakas jakby jaki
jakie jakichs jakis jakiz jakkolwiek jako jakos je jeden jedna jednak jednakze jedno jego jej jemu jest jestem
jestes jesli jezeli juz ją kazdy kiedy kilka kims kto ktokolwiek ktora ktore ktorego ktorej ktory ktorych ktorym
ktorymi ktos ku lecz lub ma maja mam mamy mi miec mial mialem mialam mna mnie moga mogla moglbym moglabym mogl moi
moim moimi mozliwe mozna moze mozecie mozesz moge moj moja moje mojego mojej moją mu musze my na nad nam nami nas
nasi nasz nasza nasze naszego naszych natomiast nawet nic nich nie niech niej niemu nigdy nim nimi niz no o obie od
oraz on ona one oni ono pan pana pani panie panstwo panstwa po pod podczas pomimo ponad poniewaz powinien powinna
powinno poza prosze przeciez przed przede przedtem przez przy roku rowniez sam sama są sie skad soba sobie sposob
swoje swoj swoja swojego swojej ta tak taka taki takie takze tam te tego tej ten teraz też tę to toba tobie totez
totobą tu tutaj twoi twoim twoja twoje twoj twojego twojej twym ty tych tylko tym u w was wasz wasza wasze we wedlug
wiele wielu wiec wlasnie wszyscy wszystkich wszystkie wszystkim wszystko wtedy wy za zaden zadna zadne zadnych
zapewne zawsze ze zeby znow znowu zostal zostala zostac zrobic robic robi trzeba witam czesc hej halo pozdrawiam
pozdrowienia prosic uprzejmie serdecznie szanowni pomoc pomozcie pomocy pytanie pytam wie wiem wiecie powiedziec
powiedz napisac jakim jakiej jaka jaką tez sa wam chodzi da mozliwosc musi nadal ciagle czas wogole ogole generalnie
niby akurat nikt nikogo nikomu nikim niczego niczemu nigdzie kogos komus kims czegos czemus wreszcie nareszcie kogo
komu czyj czyja czyje
"""

_ENGLISH = """
a about after again all also am an and any are as at be because been before being but by can cannot could did do
does doing done down each few for from further get gets getting got had has have having he her here hers him his how
i if in into is it its itself just let like me more most my myself no nor not now of off on once only or other our
ours out over own please s same she should so some such t than thank thanks that the their theirs them then there
these they this those through to too under until up us very want was way we were what when where which while who
whom why will with would you your yours one ones another want wants wanted need needs needed happen happens happened
much many still already ever never someone anyone thing hello hi dear regards don doesn didn isn won can't cant im ive
"""

# Folded words that mean something here although lists of stop words have them.
_MEAN = frozenset({"pomoc", "poza", "bez", "ponad"})

STOP_WORDS: dict[str, frozenset[str]] = {
    "pl": frozenset(
        word.translate(str.maketrans("ąćęłńóśźż", "acelnoszz")) for word in _POLISH.split() if word not in _MEAN
    ),
    "en": frozenset(_ENGLISH.split()),
}
