"""Line wraps: a sentence broken by a newline in its middle becomes whole again."""

from __future__ import annotations

import re
import unicodedata

from kg.read.draft import Draft, Edit

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
#: What may stand at the end of a line that goes on: Chinese or Latin letters, digits, a comma, an opening mark.
GOES_ON = re.compile(rf"[{_HAN}0-9A-Za-z，、,（(《“\"]$")
#: What cannot begin the rest of a sentence: blanks (indent), list marks, headings, brackets that open a label.
BEGINS = re.compile(
    r"[\s\u3000]|[【▲△◆◇■□●○★☆▌▶◎※·•—❶-❿①-⑳⑴-⒇]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[)）]|图[:：]"
)
#: Two lines belong to one wrapped paragraph only if the first is about as wide as its widest neighbour.
MIN_WIDTH = 40
WRAP_SHARE = 0.8


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def join_wrapped_lines(draft: Draft) -> None:
    """Delete each newline that breaks a sentence, so that names broken over lines are whole."""
    lines = draft.text.split("\n")
    edits = []
    at = 0
    for number, line in enumerate(lines[:-1]):
        at += len(line)
        if number and _wrapped(line, lines[number + 1]):
            edits.append(Edit(at, at + 1, ""))
        at += 1
    draft.apply(edits)


def _wrapped(line: str, following: str) -> bool:
    if not following or BEGINS.match(following) or not GOES_ON.search(line):
        return False
    return _open_bracket(line) or _width(line) >= MIN_WIDTH


def _open_bracket(line: str) -> bool:
    return any(line.count(a) > line.count(b) for a, b in ("（）", "()", "《》", "“”"))
