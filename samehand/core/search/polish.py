"""Polish without a dictionary: where a word's ending begins, and which words are of one family.

It stands in where Morfeusz is not to be had, and for words that no dictionary knows. All words are folded.
"""

from __future__ import annotations

from functools import lru_cache

# Endings of nouns, adjectives and verbs, the longest first. Cutting the same from every form matters more than
# cutting what a grammar would.
_ENDINGS = sorted(
    """
    owalibysmy owalismy owalysmy owaniami owaniach owaniem owaniom owaniu owania owanie owania owanych owanymi owanego
    owanemu owanej owana owane owany owani owali owaly owalo owalem owalam owales owalas owala owal owac owano ujesz
    ujecie ujemy ujacy ujaca ujace ujac ujcie ujmy ujesz uje uja uj
    iliscie ilismy ilysmy alismy alysmy eliscie elismy elysmy alibysmy albym alabym ilbym ilabym
    eniami eniach eniem eniom eniu enia enie aniami aniach aniem aniom aniu ania anie
    onego onemu onych onymi onej ona one ony oni ono anego anemu anych anymi anej ana ane any ani ano
    ilem ilam iles ilas ilo ila ily ili il alem alam ales alas alo ala aly ali al elem elam ela elo eli ely
    ylem ylam yla ylo yli yly yl nalem nalam nela nelo neli nely nal nac niesz niecie niemy nie na
    ieciu owie owych owymi owego owemu owej owym owa owe owy owi ow om ami iami ach iach iego iemu iej ich imi im
    ego emu ej ych ymi ym em iem ie ia io iu ii ij i a e y u o
    acie asz amy aja ac icie isz imy ic ycie ysz ymy yc esz ecie emy iecie iesz iemy iec eja
    iejszy ejszy iejsza ejsza osci oscia osc
    """.split(),
    key=lambda ending: (-len(ending), ending),
)
_SHORTEST = 3

# What makes a noun or an adjective of a verb, and a verb of a noun.
_FAMILY_ENDINGS = sorted(
    """
    owanie owac ywanie ywac iwanie iwac enie ienie anie ienic nienie nic niac acja acyjny acji owany ony iony any ty
    ic yc ac ec nac owy owa owe ny na ne ski cki ka ek ik nik arka arz acz aczka ba oba ada ota ostwo osc alny alnosc
    izacja izowac yzacja yzowac encja encyjny or ura um a y e o
    """.split(),
    key=lambda ending: (-len(ending), ending),
)
_SHORTEST_ROOT = 4


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its ending; forms of one word nearly always give the same. At least three letters are left."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=50_000)
def root(lemma: str) -> str:
    """What a dictionary form shares with those derived from it: "zgubic", "zguba" and "zgubienie" give "zgub"."""
    for ending in _FAMILY_ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= _SHORTEST_ROOT:
            return lemma[: -len(ending)].rstrip("ij")
    return lemma
