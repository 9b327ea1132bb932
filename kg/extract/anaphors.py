"""Bare nouns that stand for something named before: 该公司, 园区, 本次活动, and 项目 at the head of a clause.

They make facts told far from the name near again. What an anaphor stands for is not always decided here: one that
does not point (园区, not 该园区) becomes a mention of the entity of its type that was named last, and of the one named
most often so far; the pair scorer knows that such mentions are guesses and weighs them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from kg import resources
from kg.extract.structure import Mention
from kg.read.wordlists import either

_LONGEST_NOUN = 5
#: First characters of nouns that need no cue before them: 我院, 该校, 本院.
_SELF = "我该本"

#: What points back to the last thing of its kind, and only to that.
_POINTING = r"(?:该|本|此|这|这一|这个|这家|这座|本次|本届|此次|这次)"
#: What opens a clause or takes an object; elsewhere a bare noun is mostly generic (产业园区建设).
_OPENING = (
    r"(?:整个|目前|其中|建成后|截至|据悉|与|对|为|向|在|由|到|入驻|落户|进驻|走进|[，。；：！？“\n])\s*"
)


@cache
def _lexicon() -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    types: dict[str, list[str]] = {}
    for row in resources.read_tsv(resources.data("lexicon", "anaphors.tsv")):
        for word in row["words"].split():
            types.setdefault(word, []).append(row["types"])

    whole = either(w for w in types if "Place" in types[w] or w[0] in _SELF)
    nouns = either(w for w in types if "Place" not in types[w])
    pattern = re.compile(f"(?:(?P<pointing>{_POINTING})|{_OPENING})(?P<word>{nouns})|(?P<whole>{whole})")
    return pattern, {word: tuple(kinds) for word, kinds in types.items()}


def find_anaphors(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions, marked ``anaphor``, of what bare nouns may stand for.

    mentions: the named ones. None of those returned overlaps them.
    """
    pattern, types = _lexicon()
    found: list[Mention] = []
    before = _Before(text)
    named = sorted(mentions)
    behind = 0
    for match in pattern.finditer(text):
        word = match["word"] or match["whole"]
        start, end = match.span("word") if match["word"] else match.span("whole")
        while behind < len(named) and named[behind].start < end:
            before.add(named[behind])
            behind += 1
        if behind and named[behind - 1].end > start:
            continue
        for kind in types[word]:
            pointing = bool(match["pointing"]) or word[0] == "该"
            meant = before.meant(kind, word, pointing=pointing)
            found += [Mention(start, end, kind, entity, anaphor=True) for entity in meant]
    return found


class _Before:
    """The names before a place in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last: dict[str, int] = {}
        self._last_ending: dict[tuple[str, str], int] = {}
        self._often: dict[str, Counter[int]] = {}

    def add(self, mention: Mention) -> None:
        """Take in the next name."""
        name = self._text[mention.start : mention.end]
        self._last[mention.type] = mention.entity
        for length in range(1, _LONGEST_NOUN + 1):
            self._last_ending[mention.type, name[-length:]] = mention.entity
        self._often.setdefault(mention.type, Counter())[mention.entity] += 1

    def meant(self, kind: str, word: str, *, pointing: bool) -> list[int]:
        """Entities that a bare noun may stand for, the likeliest first; none if none of its type was named.

        该产业园 is the last name that ends so, else the last of its type; 全市 the last place that ends in 市.
        """
        if kind not in self._last:
            return []
        ending = word[-1] if kind == "Place" else word.lstrip(_SELF)
        last = self._last_ending.get((kind, ending), self._last[kind])
        most = max(self._often[kind].items(), key=lambda item: item[1])[0]
        return [last] if pointing or kind == "Place" or most == last else [last, most]
