"""Character-level repairs: invisible characters, HTML leftovers, full-width letters, stray spaces."""

from __future__ import annotations

import html
import re

from kg.read.draft import Draft, Edit

#: Zero-width characters, soft hyphen, bidi marks, BOM, carriage returns, control characters but \\t and \\n.
INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+"
)
#: Line and paragraph separators, and a carriage return that stands alone.
LINE_END = re.compile(r"[\u2028\u2029\x85]|\r(?!\n)")
#: Spaces other than the ideographic one, which indents paragraphs.
SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f]")
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
#: Tags of HTML's inline and block vocabulary, whole or with the opening bracket lost.
TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|em|i|u|font|a|img|table|tbody|tr|td|th|ul|ol|li|h[1-6]|section|center)"
    r"(?:\s[^<>\n]{0,200})?\s*/?>|(?<![<\w])/(?:p|div|span|strong|font|section)>",
    re.IGNORECASE,
)
_ALPHANUMERIC = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_WIDE = "".join(map(chr, _ALPHANUMERIC)) + "％＋＆＃＠．－／"
_NARROW = str.maketrans({char: chr(ord(char) - 0xFEE0) for char in _WIDE})
WIDE = re.compile(f"[{_WIDE}]")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
#: Three or more single characters set apart by single blanks: 医 疗 器 械.
SPACED_WORD = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[ \u3000][{_HAN}])+(?![{_HAN}])")


def clean_characters(draft: Draft) -> None:
    """Undo character-level damage that does not depend on the language."""
    if LINE_END.search(draft.text):
        draft.substitute(LINE_END, "\n")
    if ENTITY.search(draft.text):
        draft.substitute(ENTITY, lambda match: html.unescape(match[0]).replace("\xa0", " "))
    if INVISIBLE.search(draft.text):
        draft.substitute(INVISIBLE, "")
    if TAG.search(draft.text):
        draft.substitute(TAG, "")
    if SPACE.search(draft.text):
        draft.rewrite(SPACE.sub(" ", draft.text))


def narrow_letters(draft: Draft) -> None:
    """Full-width letters, digits and the signs used with them become ASCII."""
    if WIDE.search(draft.text):
        draft.rewrite(draft.text.translate(_NARROW))


def close_gaps(draft: Draft) -> None:
    """Join characters that blanks set apart (医 疗 器 械; a name of two characters padded to three)."""
    edits = [
        Edit(at, at + 1, "")
        for match in SPACED_WORD.finditer(draft.text)
        for at in range(match.start() + 1, match.end(), 2)
    ]
    draft.apply(edits)
