"""Traditional to simplified characters, one for one, phrase-wise (OpenCC t2s), with exceptions from a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import opencc

from kg.read.draft import Draft
from kg.resources import data, read_tsv

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
#: Share of traditional characters from which a text (or a line of a simplified text) counts as traditional.
TEXT_SHARE = 0.02
LINE_SHARE = 0.15


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _exceptions() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words whose simplified form OpenCC does not know, longest first."""
    words = {row["traditional"]: row["simplified"] for row in read_tsv(data("repair", "variants.tsv"))}
    for traditional, simplified in words.items():
        if len(traditional) != len(simplified):
            raise ValueError(f"data/repair/variants.tsv: {traditional} and {simplified} differ in length")
    pattern = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    return re.compile(pattern), words


def to_simplified(text: str) -> str:
    """The text in simplified characters, as long as it was.

    乾 stays where it is read qián (乾隆, names) and becomes 干 in the words of the table (乾燥).
    """
    pattern, words = _exceptions()
    pieces = []
    done = 0
    for match in pattern.finditer(text):
        pieces += (_convert(text[done:match.start()]), words[match[0]])
        done = match.end()
    pieces.append(_convert(text[done:]))
    return "".join(pieces)


def _convert(text: str) -> str:
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(c if len(c) == 1 else t for t, c in ((t, _converter().convert(t)) for t in text))


def _traditional_share(text: str) -> float:
    han = len(_HAN.findall(text))
    if not han:
        return 0.0
    return sum(a != b for a, b in zip(text, _convert(text), strict=True)) / han


def simplify(draft: Draft) -> bool:
    """Convert a traditional text, or the traditional lines of a simplified one; True where anything was."""
    text = draft.text
    share = _traditional_share(text)
    if share == 0.0:
        return False
    if share >= TEXT_SHARE:
        draft.rewrite(to_simplified(text))
    else:
        draft.rewrite("\n".join(_lines(text)))
    return draft.text != text


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield to_simplified(line) if _traditional_share(line) >= LINE_SHARE else line
