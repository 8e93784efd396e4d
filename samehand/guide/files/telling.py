"""Faults of files in words, for whoever runs the command."""

from __future__ import annotations

from samehand.core.articles import LARGEST, Fault

_WORDS = {
    "too-large": f"it has {{word}} kB; an article has {LARGEST // 1000} kB at most",
    "control": "it holds a sign that cannot be kept (NUL or another control character)",
    "no-solution": "no heading has a mark like {{#set-apn}}: without one there is no solution",
    "empty-section": "nothing stands below the heading “{word}”",
    "no-title": "a title or heading is empty",
    "bad-key": "the mark {word} must look like {{#set-apn}}: small letters, digits, hyphens",
    "same-key": "the mark {{#{word}}} stands there twice",
    "heading-1": "“{word}” is a heading of the first level: the title is one already, write ##",
    "underlined": "“{word}” would become a heading by the line below it: write ##",
    "unknown-scope": "“{word}” is no phone and no tariff that we know",
    "no-scope": "“::: {word}” must look like “::: for iphone, samsung” or “::: not iphone”",
    "nested-block": "“::: {word}” begins within another part: close that one with ::: first",
    "indented-block": "“{word}” must begin at the beginning of its line",
    "stray-end": "::: closes a part that was never opened",
    "unclosed-block": "this part is never closed with :::",
    "too-deep": "quotes or lists lie in one another too deep: what is inside would not be shown",
    "unclosed-fence": "this piece of code is never closed",
    "unknown-fact": "{{{{{word}}}}} is no fact that we know",
    "bad-link": "“{word}” leads nowhere: it needs the key of a problem, tree or picture",
    "outside-link": "links that begin with “{word}” are not taken",
    "no-utf8": "it is no UTF-8",
    "no-head": "it must begin with what is said of it, between two lines of ---",
    "no-yaml": "this is no YAML that is taken: {word}",
    "no-list": "it must be a list of categories",
    "unknown-field": "“{word}” is no field that we know",
    "same-field": "“{word}” stands there twice",
    "bad-value": "the value of “{word}” cannot be right",
    "no-field": "“{word}” is missing",
    "wrong-place": "“{word}” does not fit the place of the file",
    "too-many": "more than {word} files lie in it: those beyond are not read",
    "bad-name": "its name must be a key: small letters, digits, hyphens",
    "link": "it is a link to another place, and is not followed",
    "no-category": "there is no category “{word}”",
    "slug-taken": "the address leads to “{word}” already",
    "draft-open": "somebody writes a version of it at the moment ({word}): publish or discard that one first",
    "other-source": "“{word}” differs from what the source says of the problem",
    "no-version": "the source has no version {word}",
    "other-language": "the problem is written in “{word}” first: this needs “translates”",
    "no-tree": "it is no sound tree: {word}",
    "tree-shown": "customers walk this tree, and it has no drafts: take it back first, or import it without --draft",
    "other-file": "it says nothing about “{word}”",
    "no-picture": "it is no picture that is taken: {word}",
    "unreadable": "it cannot be read: {word}",
    "no-problem": "there is no problem “{word}”",
    "lone-mark": "the solution {{#{word}}} stands in one language only",
    "leads-nowhere": "“{word}” leads nowhere",
}
# What a field wants, where its name does not say it.
_WANTED = {
    "title": "one line of 200 letters at most",
    "slug": "small letters without accents, digits and single hyphens",
    "kind": "formal or technical",
    "category": "the key of a category",
    "summary": "one line of 300 letters at most",
    "keywords": "a list like [a, b], each of 80 letters at most",
    "related": "a list of keys like [sim-replace, no-signal]",
    "review_every": "a number of days",
    "version": "a number",
    "translates": "the number of the version that it follows, or 0",
    "former": "a list of addresses like [old-address]",
}


def said(fault: Fault) -> str:
    words = _WORDS[fault.kind].format(word=fault.word)
    wanted = _WANTED.get(fault.word) if fault.kind == "bad-value" else None
    return f"{words}: {wanted}" if wanted else words
