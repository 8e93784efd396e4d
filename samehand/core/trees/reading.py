"""From data, as YAML or JSON gives it, to a tree: `checked` finds all faults at once.

key: no-internet
problem: no-internet
titles: {pl: ..., en: ...}
summaries: {pl: ..., en: ...}                        # may be missing
start: wifi
nodes:
  wifi: {question: {pl: ..., en: ...}, help: {pl: ..., en: ...}, answers: [{key: yes, words: {...}, next: apn}]}
  apn: {try: no-internet#set-apn, next: us, unable: us}         # unable may be missing: as next
  us: {end: case, words: {pl: ..., en: ...}, topic: no-internet, urgency: high}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from samehand.core.trees.shape import shape_faults
from samehand.core.trees.values import LANGUAGES, Answer, End, Fault, Faulty, Node, Question, Tree, Try, Words

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SOLUTION = re.compile(r"[a-z0-9-]{1,60}#[a-z0-9-]{1,60}")
MOST_NODES = 200
MOST_ANSWERS = 12
LONGEST_KEY, LONGEST_TEXT = 60, 600
END_KINDS = ("solution", "article", "setup", "case")


def checked(definition: Any) -> Tree:
    """The tree of a definition, or `Faulty` with everything that is wrong with it."""
    if not isinstance(definition, Mapping) or not isinstance(definition.get("nodes"), Mapping):
        raise Faulty((Fault("no-tree"),))
    if len(definition["nodes"]) > MOST_NODES:
        raise Faulty((Fault("too-many", word=str(len(definition["nodes"]))),))
    reader = _Reader()
    tree = reader.tree(definition)
    faults = (*reader.faults, *shape_faults(tree))
    if faults:
        raise Faulty(faults)
    return tree


class _Reader:
    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def tree(self, said: Mapping[Any, Any]) -> Tree:
        nodes = {str(key): self._node(str(key), node) for key, node in said["nodes"].items()}
        return Tree(
            key=self._key(said.get("key"), "key"),
            problem=self._key(said.get("problem"), "problem"),
            titles=self._words(said.get("titles"), "titles"),
            summaries=self._words(said.get("summaries"), "summaries", needed=False),
            start=str(said.get("start", "")),
            nodes={key: node for key, node in nodes.items() if node},
        )

    def _node(self, key: str, said: Any) -> Node | None:
        if not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
            self._fault("bad-key", key[:LONGEST_KEY], key[:LONGEST_KEY])
        if isinstance(said, Mapping):
            makers: dict[str, Callable[[str, Mapping[Any, Any]], Node]] = {
                "question": self._question,
                "try": self._try,
                "end": self._end,
            }
            kinds = [kind for kind in makers if kind in said]
            if len(kinds) == 1:
                return makers[kinds[0]](key, said)
        self._fault("bad-node", key)
        return None

    def _question(self, key: str, said: Mapping[Any, Any]) -> Question:
        answers = said.get("answers")
        if not isinstance(answers, list) or not 2 <= len(answers) <= MOST_ANSWERS:
            self._fault("bad-answers", key)
            answers = answers[:MOST_ANSWERS] if isinstance(answers, list) else []
        read = tuple(self._answer(key, place, answer) for place, answer in enumerate(answers, start=1))
        keys = [answer.key for answer in read]
        for repeated in sorted({each for each in keys if keys.count(each) > 1}):
            self._fault("same-answer", key, repeated)
        help_ = self._words(said.get("help"), f"{key}.help", needed=False)
        return Question(key, self._words(said["question"], f"{key}.question"), help_, read)

    def _answer(self, node: str, place: int, said: Any) -> Answer:
        where = f"{node}.answers.{place}"
        if not isinstance(said, Mapping):
            self._fault("bad-answers", where)
            said = {}
        return Answer(self._key(said.get("key"), where), self._words(said.get("words"), where), _name(said.get("next")))

    def _try(self, key: str, said: Mapping[Any, Any]) -> Try:
        onward = _name(said.get("next"))
        return Try(key, self._solution(said["try"], key), onward, _name(said.get("unable")) or onward)

    def _end(self, key: str, said: Mapping[Any, Any]) -> End:
        kind = str(said["end"])
        if kind not in END_KINDS:
            self._fault("bad-end", key, kind[:LONGEST_KEY])
        urgency = said.get("urgency", "normal")
        if urgency not in ("normal", "high"):
            self._fault("bad-end", key, str(urgency)[:LONGEST_KEY])
        topic = self._key(said["topic"], key) if said.get("topic") else ""
        words = self._words(said.get("words"), f"{key}.words", needed=kind == "case")
        return End(key, kind, self._target(kind, said, key), words, topic, urgency == "high")

    def _target(self, kind: str, said: Mapping[Any, Any], key: str) -> str:
        if kind == "solution":
            return self._solution(said.get("solution"), key)
        return self._key(said.get("problem"), key) if kind == "article" else ""

    def _solution(self, said: Any, where: str) -> str:
        if not isinstance(said, str) or not SOLUTION.fullmatch(said):
            self._fault("bad-end", where, str(said)[:LONGEST_KEY])
            return ""
        return said

    def _key(self, said: Any, where: str) -> str:
        # YAML reads an unquoted yes and no as a truth.
        text = {True: "yes", False: "no"}.get(said, said) if isinstance(said, bool) else said
        if not isinstance(text, str) or not KEY.fullmatch(text) or len(text) > LONGEST_KEY:
            self._fault("bad-key", where, str(said)[:LONGEST_KEY])
            return ""
        return text

    def _words(self, said: Any, where: str, *, needed: bool = True) -> Words:
        if said is None and not needed:
            return {}
        found = said if isinstance(said, Mapping) else {}
        for language in LANGUAGES:
            text = found.get(language)
            if not isinstance(text, str) or not text.strip():
                self._fault("no-text", where, language)
            elif len(text) > LONGEST_TEXT:
                self._fault("too-large", where, language)
        return {language: str(found.get(language) or "").strip() for language in LANGUAGES}

    def _fault(self, kind: str, where: str = "", word: str = "") -> None:
        self.faults.append(Fault(kind, where, word))


def _name(said: Any) -> str:
    return said if isinstance(said, str) else ""
