"""Shape of a document around its mentions: sentences, clauses, enumerations.

An enumeration (A、B和C) is one group: what stands before its first member and behind its last holds for all.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import ACTING_TYPES

_SENTENCE_END = "。！？!?\n"
_CLAUSE_END = "；;，,：:" + _SENTENCE_END
_PARENTHESIS = re.compile(r"[（(][^（()）]{0,25}[)）]")
_LIST_GAP = re.compile(r"[”\"》]?[”\"》）)]?(?:、|和|与|及|以及|暨|/|；|;|\s)[“\"《]?")


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span of the repaired text that names entity ``entity`` (an index) or states a figure or date.

    ``anaphor``: a bare noun (该公司) that may stand for the entity.
    """

    start: int
    end: int
    type: str
    entity: int
    anaphor: bool = False


class Structure:
    """Sentences, clauses and enumerations of one text; mentions are kept sorted."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = sorted(mentions)
        self._sentence_ends = [i for i, c in enumerate(text) if c in _SENTENCE_END]
        self._clause_ends = [i for i, c in enumerate(text) if c in _CLAUSE_END]
        self.ends = [self._end_behind_parenthesis(m) for m in self.mentions]
        self.groups = self._enumerations()
        self.group_start: dict[int, int] = {}
        self.group_end: dict[int, int] = {}
        self.group_size: Counter[int] = Counter(self.groups)
        for index, group in enumerate(self.groups):
            self.group_start.setdefault(group, self.mentions[index].start)
            self.group_end[group] = max(self.group_end.get(group, 0), self.ends[index])
        self.first: dict[int, int] = {}
        self.frequency: Counter[int] = Counter()
        for index, mention in enumerate(self.mentions):
            if not mention.anaphor:
                self.first.setdefault(mention.entity, index)
                self.frequency[mention.entity] += 1

    def sentence(self, offset: int) -> int:
        """Number of the sentence that holds a character."""
        return bisect.bisect_left(self._sentence_ends, offset)

    def clause(self, offset: int) -> int:
        """Number of the clause that holds a character."""
        return bisect.bisect_left(self._clause_ends, offset)

    def clause_start(self, offset: int) -> int:
        """Start of the clause that holds a character."""
        number = self.clause(offset)
        return self._clause_ends[number - 1] + 1 if number else 0

    def clause_span(self, offset: int) -> tuple[int, int]:
        """Start and end of the clause that holds a character, without the mark that ends it."""
        number = self.clause(offset)
        end = self._clause_ends[number] if number < len(self._clause_ends) else len(self.text)
        return self.clause_start(offset), end

    def sentence_span(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a character; its final mark belongs to it, a newline does not."""
        number = self.sentence(offset)
        start = self._sentence_ends[number - 1] + 1 if number else 0
        end = self._sentence_ends[number] if number < len(self._sentence_ends) else len(self.text)
        if end < len(self.text) and self.text[end] != "\n":
            end += 1
        return start, end

    def _end_behind_parenthesis(self, mention: Mention) -> int:
        match = _PARENTHESIS.match(self.text, mention.end)
        return match.end() if match else mention.end

    def _enumerations(self) -> list[int]:
        groups = list(range(len(self.mentions)))
        for index in range(1, len(self.mentions)):
            previous, current = self.mentions[index - 1], self.mentions[index]
            if current.start < self.ends[index - 1]:  # the short form in the parenthesis behind a name
                if previous.entity == current.entity:
                    groups[index] = groups[index - 1]
                continue
            gap = self.text[self.ends[index - 1] : current.start]
            alike = previous.type == current.type or {previous.type, current.type} <= ACTING_TYPES
            if alike and _LIST_GAP.fullmatch(gap):
                groups[index] = groups[index - 1]
        return groups
