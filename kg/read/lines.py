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


def join_wrapped_lines(draft: Draft) -> None:
    """Delete each newline that breaks a sentence (between Latin words it becomes a blank)."""
    lines = draft.text.split("\n")
    edits = []
    at = 0
    paragraph = ""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    for number, line in enumerate(lines[:-1]):
        kept = line.rstrip()
        following = lines[number + 1]
        paragraph += kept
        if kept and number > first and _goes_on(paragraph, following):
            blank = " " if _is_latin(kept[-1]) and _is_latin(following[0]) else ""
            edits.append(Edit(at + len(kept), at + len(line) + 1, blank))
        else:
            paragraph = ""
        at += len(line) + 1
    draft.apply(edits)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _goes_on(line: str, following: str) -> bool:
    """Does the sentence at the end of ``line`` (the paragraph so far) go on in the next line?"""
    if not following.strip() or _BEGINS.match(following):
        return False
    if _UNFINISHED.search(line) or (_OPEN_ENDED.search(line) and _bracket_open(line)):
        return True
    if not _OPEN_ENDED.search(line) or not _SENTENCE_MARK.search(line) or not _PROSE.search(following):
        return False
    return len(line) >= _LONG or (len(line) >= _MIN and is_word_pair(line[-1], following[0]))


def _bracket_open(line: str) -> bool:
    return any(line.count(opening) > line.count(closing) for opening, closing in _BRACKETS)
