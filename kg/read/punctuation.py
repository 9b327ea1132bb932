"""Punctuation: commas injected before punctuation, ASCII marks in Chinese sentences."""

from __future__ import annotations

import re

from kg.read.draft import Draft, Edit

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
#: ASCII comma set before a full-width mark, or before a second ASCII one: 开,。 开,， 开,,
INJECTED = re.compile(r",+(?=[，。、；：！？])|(?<=[^\x00-\x7f]),+(?=[,;:!?])|，(?=，)")
#: An ASCII mark that stands in a Chinese sentence: something Chinese on one side, no bare ASCII word on both.
MARK = re.compile(
    rf"(?<=[{_HAN}”’）》】%])[,;:!?](?![0-9])|(?<=[{_HAN}])[,;:!?]|(?<=[0-9A-Za-z)\"']),(?=[{_HAN}“《（])"
)
STOP = re.compile(rf"(?<=[{_HAN}”’）》])\.(?=[{_HAN}“《\n]|$)")
BRACKETS = re.compile(r"\(([^()\n]{1,80})\)")
_HAN_CHAR = re.compile(f"[{_HAN}]")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}


def repair_punctuation(draft: Draft) -> None:
    """Drop injected commas; give Chinese sentences full-width marks, brackets and quotation marks."""
    draft.substitute(INJECTED, "")
    text = STOP.sub("。", MARK.sub(lambda match: _FULL[match[0]], draft.text))
    text = BRACKETS.sub(lambda m: f"（{m[1]}）" if _HAN_CHAR.search(m[1]) else m[0], text)
    draft.rewrite("\n".join(map(_quotes, text.split("\n"))) if '"' in text else text)


def _quotes(line: str) -> str:
    """Straight quotation marks in pairs become “ and ” where the line is Chinese and they pair up."""
    if line.count('"') % 2 or not _HAN_CHAR.search(line):
        return line
    parts = line.split('"')
    return "".join(part + mark for part, mark in zip(parts, [*"“”" * (len(parts) // 2), ""], strict=True))


__all__ = ["Edit", "repair_punctuation"]
