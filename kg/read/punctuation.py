"""Punctuation: commas injected before marks, ASCII marks in Chinese sentences."""

from __future__ import annotations

import re

from kg.read.draft import Draft

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HAN_CHAR = re.compile(f"[{_HAN}]")
#: ASCII commas set before a full-width mark, or before a second ASCII one: 开,。 开,， 开,, and 开，，
_INJECTED = re.compile(r",+(?=[，。、；：！？])|(?<=[^\x00-\x7f]),+(?=[,;:!?])|，(?=，)")
#: An ASCII mark in a Chinese sentence: behind something Chinese, or between Latin and Chinese.
_MARK = re.compile(
    rf"(?<=[{_HAN}”’）》】%])[,;:!?](?![0-9])|(?<=[{_HAN}])[,;:!?]|(?<=[0-9A-Za-z)\"']),(?=[{_HAN}“《（])"
)
_STOP = re.compile(rf"(?<=[{_HAN}”’）》])\.(?=[{_HAN}“《\n]|$)")
_BRACKETS = re.compile(r"\(([^()\n]{1,80})\)")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}


def repair_punctuation(draft: Draft) -> None:
    """Drop injected commas; give Chinese sentences full-width marks, brackets and quotation marks."""
    draft.substitute(_INJECTED, "")
    text = draft.text
    if '"' in text:
        text = "\n".join(map(_quotes, text.split("\n")))
    text = _BRACKETS.sub(lambda match: f"（{match[1]}）" if _HAN_CHAR.search(match[1]) else match[0], text)
    text = _MARK.sub(lambda match: _FULL[match[0]], text)
    draft.rewrite(_STOP.sub("。", text))


def _quotes(line: str) -> str:
    """Straight quotation marks become “ and ” by turns where the line is Chinese and they pair up."""
    if line.count('"') % 2 or not _HAN_CHAR.search(line):
        return line
    parts = line.split('"')
    marks = [*"“”" * (len(parts) // 2), ""]
    return "".join(part + mark for part, mark in zip(parts, marks, strict=True))
