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
from kg.extract.phrases import phrase
from kg.extract.structure import Mention
from kg.model import FIRM_TYPES
from kg.read.wordlists import either

_LONGEST_NOUN = 5
#: First characters of nouns that need no cue before them: 我院, 该校, 本院.
_SELF = "我该本"
#: What stands around the last character of a name: 全区, 市内, 我院.
_AROUND = _SELF + "全内"
_DIVISION = "区"
_ISSUER = ("公司", "本公司")

#: What points back to the last thing of its kind, and only to that.
_POINTING = r"(?:该|本|此|这|这一|这个|这家|这座|本次|本届|此次|这次)"
#: 本次闭门会, 这场对接会: no list has all of them.
_MEETING, _ITS_NOUN = r"(?:[本此这]次|[本这]场|本届)", r"[\u4e00-\u9fff]{1,3}会"
#: What opens a clause or takes an object; elsewhere a bare noun is mostly generic (产业园区建设).
_OPENING = (
    r"(?:整个|目前|其中|建成后|截至|据悉|代表|与|对|为|向|在|由|到|是|将|从|据|让|把|年|月|日|底"
    r"|入驻|落户|进驻|走进|[，。；：！？“\n])\s*"
)
#: What may stand before a noun that echoes a name; more than before nouns of the list, since it fits one name only.
_BEFORE_ECHO = re.compile(rf"(?:{_POINTING}|{_OPENING}|[^\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_ECHO_LENGTHS = (4, 3, 2)
_SHORTEST_REST = 2  # characters of the name before the echoed noun
_ECHOED = frozenset(
    {
        "Park",
        "Project",
        "Event",
        "Association",
        "Organization",
        "MedicalInstitution",
        "ResearchInstitution",
    }
)


@cache
def _lexicon() -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    types: dict[str, list[str]] = {}
    for row in resources.read_tsv(resources.data("lexicon", "anaphors.tsv")):
        for word in row["words"].split():
            types.setdefault(word, []).append(row["types"])

    whole = either(w for w in types if "Place" in types[w] or w[0] in _SELF)
    nouns = either(w for w in types if "Place" not in types[w])
    pattern = re.compile(
        f"(?:(?P<pointing>{_POINTING})|{_OPENING})(?P<word>{nouns})|(?P<whole>{whole})|{_MEETING}(?P<meeting>{_ITS_NOUN})"
    )
    return pattern, {word: tuple(kinds) for word, kinds in types.items()}


def find_anaphors(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions, marked ``anaphor``, of what bare nouns may stand for.

    mentions: the named ones. None of those returned overlaps them.
    """
    pattern, types = _lexicon()
    found: list[Mention] = []
    named = sorted(mentions)
    before = _Before(text, issuer=_issuer(text, named))
    behind = 0
    for match in pattern.finditer(text):
        group = match.lastgroup or "word"
        word, (start, end) = match[group], match.span(group)
        while behind < len(named) and named[behind].start < end:
            before.add(named[behind])
            behind += 1
        if behind and named[behind - 1].end > start:
            continue
        for kind in ("Event",) if group == "meeting" else types[word]:
            pointing = bool(match["pointing"]) or group == "meeting" or word[0] == "该"
            meant = before.meant(kind, word, pointing=pointing)
            found += [Mention(start, end, kind, entity, anaphor=True) for entity in meant]
    return found + _echoes(text, named, found)


def _echoes(text: str, named: Sequence[Mention], found: Sequence[Mention]) -> list[Mention]:
    """Bare nouns that no list has, each the end of a name before it: 小镇 after 良渚生命科技小镇."""
    told = {(m.start, m.entity) for m in found}
    taken = _characters(named)
    ending: dict[str, Mention] = {}
    behind, echoes = 0, []
    for opening in _BEFORE_ECHO.finditer(text):
        start = opening.end()
        while behind < len(named) and named[behind].end <= start:
            m = named[behind]
            if m.type in _ECHOED:
                name = text[m.start : m.end]
                ending.update((name[-n:], m) for n in _ECHO_LENGTHS if len(name) >= n + _SHORTEST_REST)
            behind += 1
        word = next((w for n in _ECHO_LENGTHS if (w := text[start : start + n]) in ending), "")
        if not word or taken.intersection(range(start, start + len(word))):
            continue
        meant = ending[word]
        if (start, meant.entity) not in told:
            echoes.append(Mention(start, start + len(word), meant.type, meant.entity, anaphor=True))
    return echoes


def _issuer(text: str, named: Sequence[Mention]) -> int | None:
    """The firm that a company's announcement calls 公司: that of 证券简称, or the one before （以下简称“公司”）."""
    firms = [m for m in named if m.type in FIRM_TYPES]
    if match := phrase("securities_short_name").search(text):
        name = match["name"]
        return next((m.entity for m in firms if text[m.start : m.end] == name), None)
    if match := phrase("called_company").search(text):
        return next((m.entity for m in firms if m.end == match.start()), None)
    return None


def _characters(mentions: Sequence[Mention]) -> set[int]:
    return {k for m in mentions for k in range(m.start, m.end)}


class _Before:
    """The names before a place in the text."""

    def __init__(self, text: str, *, issuer: int | None) -> None:
        self._text = text
        self._issuer = issuer
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

        该产业园 is the last name that ends so, else the last of its type; 全市 the last place that ends in 市; 公司 in
        an announcement the one that issued it.
        """
        if self._issuer is not None and word in _ISSUER and not pointing:
            return [self._issuer]
        if kind not in self._last:
            return []
        ending = word.strip(_AROUND)
        last = self._last_ending.get((kind, ending))
        if last is None:
            if kind == "Park" and ending in _DIVISION:
                return []  # 全区 is no 产业园
            last = self._last[kind]
        most = max(self._often[kind].items(), key=lambda item: item[1])[0]
        return [last] if pointing or kind == "Place" or most == last else [last, most]
