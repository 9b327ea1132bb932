"""Line wraps: a sentence broken by a newline in its middle becomes whole again, so that names are whole."""

from __future__ import annotations

import re

from kg.read.charmodel import is_word_pair
from kg.read.draft import Draft, Edit

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
#: A line that ends so cannot be the end of a sentence …
_UNFINISHED = re.compile(r"[，、,（(《“]$")
#: … and one that ends so may be; a heading may end so too.
_OPEN_ENDED = re.compile(rf"[{_HAN}0-9A-Za-z》”\"）)]$")
#: What cannot begin the rest of a sentence: an indent, a list mark, a number, a label.
_BEGINS = re.compile(
    rf"\s|[【▲△◆◇■□●○★☆▌▍▶▷◎※·•❶-❿①-⑳⑴-⒇✅👉]|——|[一二三四五六七八九十]{{1,3}}[、.．]|\d{{1,2}}[、.．](?!\d)"
    rf"|[（(][一二三四五六七八九十\d]{{1,2}}[)）]|[{_HAN}]{{1,6}}[：:]|https?:"
)
_PROSE = re.compile(r"[，。；,;]|[！？：…”.]$")
_SENTENCE_MARK = re.compile(r"[，、。；]|(?<=[^\x00-\x7f])[,;]")
_BRACKETS = (("（", "）"), ("(", ")"), ("《", "》"), ("“", "”"))
#: A heading is seldom as long (characters) as a wrapped line.
_LONG = 26
_MIN = 18
#: The lines of one wrapped paragraph differ in length by about a word.
_ALIKE = 0.8


def join_wrapped_lines(draft: Draft) -> None:
    """Delete each newline that breaks a sentence (between Latin words it becomes a blank)."""
    lines = draft.text.split("\n")
    edits = []
    at = 0
    joined = False
    seen_text = False
    for number, line in enumerate(lines[:-1]):
        kept = line.rstrip()
        following = lines[number + 1]
        before = len(lines[number - 1]) if joined else 0
        joined = bool(kept) and seen_text and _goes_on(kept, following, before)
        if joined:
            latin = kept[-1].isascii() and kept[-1].isalnum() and following[0].isascii() and following[0].isalnum()
            edits.append(Edit(at + len(kept), at + len(line) + 1, " " if latin else ""))
        seen_text = seen_text or bool(kept)
        at += len(line) + 1
    draft.apply(edits)


def _goes_on(line: str, following: str, before: int) -> bool:
    """Does the sentence at the end of ``line`` go on in the next line?

    ``before`` is the length of the line before, where that one was joined to this.
    """
    if not following.strip() or _BEGINS.match(following):
        return False
    if _UNFINISHED.search(line) or (_OPEN_ENDED.search(line) and _bracket_open(line)):
        return True
    if not _OPEN_ENDED.search(line) or not _SENTENCE_MARK.search(line) or not _PROSE.search(following):
        return False
    if len(line) >= _LONG or (before and len(line) >= _ALIKE * before):
        return True
    return len(line) >= _MIN and is_word_pair(line[-1], following[0])


def _bracket_open(line: str) -> bool:
    return any(line.count(opening) > line.count(closing) for opening, closing in _BRACKETS)
