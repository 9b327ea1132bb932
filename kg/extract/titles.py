"""Posts of persons: the words between an organisation and a name, or right before the name."""

from __future__ import annotations

import re
from functools import cache

from kg import resources

_TRIM = ' 　、，,:：;；·“”"（）()—-的兼和及与是为任系该我本'
_LONGEST = 30
_BREAK = re.compile(r"[。！？；\n]")


@cache
def _heads() -> re.Pattern[str]:
    rows = resources.read_tsv(resources.data("lexicon", "titles.tsv"))
    words = sorted({w for row in rows for w in row["words"].split()}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def title_in(text: str) -> str | None:
    """The post in a stretch of text: up to its last head word, or None where it holds none."""
    last = None
    for last in _heads().finditer(text):  # noqa: B007 - the last match is wanted
        pass
    if last is None:
        return None
    title = text[: last.end()]
    for mark in _BREAK.finditer(title):
        title = text[mark.end() : last.end()]
    return title.strip(_TRIM) or None


def title_between(
    text: str, organisation: tuple[int, int], person: tuple[int, int], *, stops: list[tuple[int, int]]
) -> str | None:
    """Post of a person at an organisation, both given by their spans; ``stops`` are the other names of the text.

    Read between the two, up to the next name; else in the words right before the person.
    """
    if organisation[1] <= person[0]:
        end = min([s for s, _ in stops if organisation[1] <= s] + [person[0]])
        if end - organisation[1] <= _LONGEST and (found := title_in(text[organisation[1] : end])):
            return found
    start = max([e for _, e in stops if e <= person[0]] + [max(0, person[0] - _LONGEST)])
    if found := title_in(text[start : person[0]]):
        return re.split(r"[，,：:]", found)[-1].strip(_TRIM) or None
    end = min([s for s, _ in stops if s >= person[1]] + [person[1] + _LONGEST])
    return title_in(re.split(r"[。！？；\n]", text[person[1] : end])[0])
