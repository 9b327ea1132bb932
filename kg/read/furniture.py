"""Page furniture and spam: spans of a repaired text from which nothing may be extracted."""

from __future__ import annotations

import re
from functools import cache

from kg.resources import data, read_tsv

#: Cue kinds of data/repair/furniture.tsv.
LINE, TAIL, INLINE, SPAM = "line", "tail", "inline", "spam"
#: This many spam words make a line spam.
SPAM_WORDS = 2


@cache
def _cues(kind: str) -> re.Pattern[str]:
    patterns = [row["pattern"] for row in read_tsv(data("repair", "furniture.tsv")) if row["kind"] == kind]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def find_furniture(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of furniture, sorted: whole lines, the tail behind 相关阅读 and its like, inline bylines, spam."""
    spans: list[tuple[int, int]] = []
    at = 0
    tail = False
    for line in text.split("\n"):
        end = at + len(line)
        stripped = line.strip()
        if stripped:
            tail = tail or bool(_cues(TAIL).match(stripped))
            if tail or _is_furniture(stripped):
                spans.append((at, end))
            else:
                spans += [(at + m.start(), at + m.end()) for m in _cues(INLINE).finditer(line)]
        at = end + 1
    return tuple(spans)


def _is_furniture(line: str) -> bool:
    return bool(_cues(LINE).search(line)) or len(set(_cues(SPAM).findall(line))) >= SPAM_WORDS
