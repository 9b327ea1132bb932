"""How well characters follow one another: judges whether a restored text reads like Chinese.

A model of three characters over simplified characters. Within words the counts come from a word list with
frequencies (data/repair/characters.tsv, triples.tsv); between words, the end of one and the start of the
next are independent. What the document itself says elsewhere is added, because names come back.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, log

import opencc

from kg.resources import data, read_tsv

_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》【】—…·,.;:?!()\"'-\n \u3000")
#: Share of word ends that a mark follows, and its spread over the marks.
_MARK_SHARE = 0.24
_MARKS = {
    "，": 0.4, "。": 0.2, "、": 0.2, "“": 0.05, "”": 0.05,
    "：": 0.03, "；": 0.02, "（": 0.02, "）": 0.02,
}
_OTHER_MARK = 0.003
#: Marks behind marks.
_MARKS_TOGETHER = {
    "。”": 0.2, "。“": 0.1, "。\n": 0.2, "，“": 0.05, "：“": 0.4, "、“": 0.1, "！”": 0.3, "？”": 0.3,
    "”，": 0.2, "”。": 0.05, "”、": 0.1, "”（": 0.02, "）、": 0.2, "）。": 0.1, "），": 0.2,
    "——": 0.9, "……": 0.9,
}
_OTHER_TOGETHER = 0.0005
#: A Latin letter or digit, half or full width, and how often one begins what follows.
_LATIN = re.compile(r"[0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_LATIN_SHARE = 0.0001
#: Probability of a character that the word list does not know, and share of plain frequency in the mixture.
_UNKNOWN = 1e-7
_PLAIN = 0.01
#: How much the document's own pairs and triples count beside the word list.
_DOCUMENT_PAIRS = 0.15
_DOCUMENT_TRIPLES = 0.3
#: How much more often than by chance the characters of a word meet.
_WORD_RATIO = 5.0
#: How many characters count as common.
_COMMON = 4500


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counts in the word list.

    starting: pairs at the start of a word; compound: characters that start a word of several; going_on: pairs
    that a third character follows in the word.
    """

    count: dict[str, int]
    first: dict[str, int]
    last: dict[str, int]
    pairs: dict[str, int]
    triples: dict[str, int]
    starting: dict[str, int]
    compound: dict[str, int]
    going_on: dict[str, int]
    characters: int
    words: int


def _followers(tail: str) -> Iterator[tuple[str, int]]:
    """Characters and counts of a ``followers`` cell (see data/repair/build.py)."""
    for char, digit in zip(tail[::2], tail[1::2], strict=True):
        yield char, round(exp((ord(digit) - 48) / 4))


@cache
def _counts() -> _Counts:
    count: dict[str, int] = {}
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    pairs: dict[str, int] = {}
    triples: dict[str, int] = {}
    for row in read_tsv(data("repair", "characters.tsv")):
        char = row["character"]
        count[char], first[char], last[char] = int(row["count"]), int(row["first"]), int(row["last"])
        for follower, size in _followers(row["followers"]):
            pairs[char + follower] = size
    starting = dict(pairs)
    going_on: defaultdict[str, int] = defaultdict(int)
    for row in read_tsv(data("repair", "triples.tsv")):
        for follower, size in _followers(row["followers"]):
            triples[row["pair"] + follower] = size
            going_on[row["pair"]] += size
            inner = row["pair"][1] + follower
            starting[inner] = max(0, starting.get(inner, 0) - size)
    compound: defaultdict[str, int] = defaultdict(int)
    for pair, size in starting.items():
        compound[pair[0]] += size
    characters, words = sum(count.values()), sum(first.values())
    return _Counts(count, first, last, pairs, triples, starting, compound, going_on, characters, words)


@cache
def simplified() -> dict[str, str]:
    """Traditional character → simplified, one for one, for the characters of GBK."""
    chars = [chr(code) for code in range(0x4E00, 0x9FA6)]
    converted = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    pairs = zip(chars, converted, strict=True)
    return {char: simple for char, simple in pairs if char != simple and len(simple) == 1}


def is_known(char: str) -> bool:
    """Does the word list know the character (in its simplified form)?"""
    return simplified().get(char, char) in _counts().count


@dataclass(slots=True)
class CharacterModel:
    """The model for one document; ``learn`` adds its readable text."""

    _one: Counter[str] = field(default_factory=Counter)
    _two: Counter[str] = field(default_factory=Counter)
    _three: Counter[str] = field(default_factory=Counter)
    _before: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _known: dict[str, float] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Count the pairs and triples of a readable text of the document."""
        for left, right in pairwise(text):
            self._before[right].add(left)
        simple = simplified()
        text = "".join(simple.get(char, char) for char in text)
        self._known.clear()
        self._one.update(text)
        self._two.update(map("".join, pairwise(text)))
        self._three.update(map("".join, zip(text, text[1:], text[2:], strict=False)))

    def seen_before(self, char: str) -> frozenset[str]:
        """Characters (as written, not simplified) that stand before ``char`` in the learnt text."""
        return frozenset(self._before.get(char, ()))

    def log_probability(self, context: str, char: str) -> float:
        """Natural logarithm of the probability that ``char`` follows ``context`` (its last two count)."""
        key = context[-2:] + char
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._compute(context[-2:], char)
        return known

    def score(self, text: str, context: str = "。") -> float:
        """Log probability of a text that stands behind ``context``."""
        total = 0.0
        for char in text:
            total += self.log_probability(context, char)
            context = context[-1:] + char
        return total

    def _compute(self, context: str, char: str) -> float:
        simple = simplified()
        context = "".join([simple.get(c, c) for c in context])
        char = simple.get(char, char)
        general = _behind(context).probability(char)
        left = context[-1]
        pairs = self._two.get(left + char)
        if not pairs:
            return log(general)
        triples = self._three.get(context + char, 0) if len(context) > 1 else 0
        own = _DOCUMENT_PAIRS * pairs / (self._one[left] + 2)
        if triples:
            own += _DOCUMENT_TRIPLES * triples / (self._two[context] + 1)
        return log((1 - _DOCUMENT_PAIRS - _DOCUMENT_TRIPLES) * general + own)


@cache
def _alone(char: str) -> tuple[float, float]:
    """How likely ``char`` begins the next word (or is the mark behind one), and how frequent it is at all."""
    counts = _counts()
    if char in _PUNCTUATION:
        return _MARK_SHARE * _MARKS.get(char, _OTHER_MARK), 0.0
    if _LATIN.fullmatch(char):
        return _LATIN_SHARE, 0.0
    starts = counts.first.get(char, 0) / counts.words * (1 - _MARK_SHARE)
    return starts, _PLAIN * counts.count.get(char, 0) / counts.characters


class _Behind:
    """Probabilities by the word list of what follows one or two characters."""

    __slots__ = ("_alone", "_context", "_counts", "_inside", "_left", "_over", "_pair", "_starts")

    def __init__(self, context: str) -> None:
        counts = self._counts = _counts()
        self._context, self._left = context, context[-1]
        left, before = context[-1], context[:-1]
        self._starts = counts.first.get(left, 0)
        #: Share of the words that begin with ``left`` and end there.
        self._alone = max(0, self._starts - counts.compound.get(left, 0)) / max(1, self._starts)
        self._pair = counts.pairs.get(context, 0) if before else 0
        #: Chance that both stand in one word, and that the word ends behind them.
        self._inside = self._over = 0.0
        if self._pair:
            chance = counts.last[before] * self._starts / counts.words
            self._inside = self._pair / (self._pair + chance)
            self._over = max(0.0, 1 - counts.going_on.get(context, 0) / self._pair)

    def probability(self, char: str) -> float:
        """Probability that ``char`` comes next."""
        new_word, plain = _alone(char)
        if not self._starts:
            if self._left in _PUNCTUATION and char in _PUNCTUATION:
                return _MARKS_TOGETHER.get(self._left + char, _OTHER_TOGETHER)
            if self._left not in self._counts.count:
                return max(_UNKNOWN, new_word + plain)
        opening = self._counts.starting.get(self._left + char, 0) / max(1, self._starts)
        opening += self._alone * new_word
        if self._pair:
            going_on = self._counts.triples.get(self._context + char, 0) / self._pair
            opening = self._inside * (going_on + self._over * new_word) + (1 - self._inside) * opening
        return max(_UNKNOWN, opening + plain)


@lru_cache(maxsize=20_000)
def _behind(context: str) -> _Behind:
    return _Behind(context)


@cache
def common_characters() -> frozenset[str]:
    """The most frequent characters, simplified and traditional."""
    ordered = sorted(_counts().count.items(), key=lambda item: (-item[1], item[0]))
    common = {char for char, _ in ordered[:_COMMON]}
    return frozenset(common | {char for char, simple in simplified().items() if simple in common})


def is_word_pair(left: str, right: str) -> bool:
    """Do two characters stand in one word far more often than they meet by chance?"""
    simple = simplified()
    left, right = simple.get(left, left), simple.get(right, right)
    counts = _counts()
    chance = counts.last.get(left, 0) * counts.first.get(right, 0) / counts.words
    return counts.pairs.get(left + right, 0) > _WORD_RATIO * chance
