"""Texts of the stories in the right form: by the sex of writer and reader, with the case's own facts filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

# {Sprawdziłam|Sprawdziłem} is said by the writer, {^byłaś|byłeś} to the reader, {numer} is a fact.
_FORMS = re.compile(r"\{(\^?)([^{}|]*)\|([^{}|]*)\}")
_FACTS = re.compile(r"\{([^\W\d]+)\}")
_PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–", 'acelnoszzACELNOSZZ""-')


class UnknownFact(KeyError):
    """A story asks for a fact that no case has."""


def fill(text: str, facts: Mapping[str, str], *, writer_is_she: bool, reader_is_she: bool) -> str:
    """The text as this writer would write it to this reader. Raises UnknownFact."""

    def form(match: re.Match[str]) -> str:
        she = reader_is_she if match[1] else writer_is_she
        return match[2] if she else match[3]

    def fact(match: re.Match[str]) -> str:
        if match[1] not in facts:
            raise UnknownFact(match[1])
        return facts[match[1]]

    return _FACTS.sub(fact, _FORMS.sub(form, text)).strip()


def without_accents(text: str) -> str:
    """As people write who never learnt where the Polish letters are."""
    return text.translate(_PLAIN)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def in_words(moment: datetime, language: str) -> str:
    """A moment as mail programs write it above a quote; `moment` is in the reader's zone."""
    return f"{moment:%d.%m.%Y o %H:%M}" if language == "pl" else f"{moment:%d/%m/%Y at %H:%M}"
