"""The brief of a case for whoever takes it over: what is wanted, what was tried and how it ended, what was promised,
and in which tone. By plain words, Polish and English, with the sentence that decided beside every claim."""

from samehand.core.briefs.making import brief
from samehand.core.briefs.values import Brief, Given, Quote, Said, Tried

__all__ = ["Brief", "Given", "Quote", "Said", "Tried", "brief"]
