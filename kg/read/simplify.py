"""Traditional to simplified characters, one for one, by phrases (OpenCC t2s) and a table of exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import opencc

from kg.read.draft import Draft
from kg.read.wordlists import either
from kg.resources import data, read_tsv

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
#: Share of traditional characters from which a text (or a line of a simplified text) counts as traditional;
#: in real ones it is about 0.3.
TEXT_SHARE = 0.08
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
    return re.compile(either(words)), words


def to_simplified(text: str) -> str:
    """The text in simplified characters, as long as it was.

    乾 stays where it is read qián (乾隆, names) and becomes 干 in the words of the table (乾燥).
    """
    pattern, words = _exceptions()
    pieces: list[str] = []
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
    singles = ((char, str(_converter().convert(char))) for char in text)
    return "".join(single if len(single) == 1 else char for char, single in singles)


def _traditional_share(text: str) -> float:
    """Share of characters that only traditional text has: OpenCC changes them and GB2312 lacks them."""
    converted = _convert(text)
    if converted == text:
        return 0.0
    changed = sum(a != b and not _in_gb2312(a) for a, b in zip(text, converted, strict=True))
    return changed / max(1, len(_HAN.findall(text)))


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def simplify(draft: Draft) -> None:
    """Convert a traditional text, or the traditional lines of a simplified one.

    A simplified text keeps the few characters that OpenCC would change: they are meant (乾, 於 in names).
    """
    share = _traditional_share(draft.text)
    if share >= TEXT_SHARE:
        draft.rewrite(to_simplified(draft.text))
    elif share:
        draft.rewrite("\n".join(_lines(draft.text)))


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield to_simplified(line) if _traditional_share(line) >= LINE_SHARE else line
