"""GBK byte shift: text decoded one byte off behind a lost lead byte (。基地 → ?；刂), and its undoing.

A scraper that spoils one byte of GBK text makes every two-byte character behind it fall apart: the trail of
one and the lead of the next are read as a character, until an ASCII byte or an impossible pair brings the
decoder back into step. The bytes are still there: encoded again and paired one byte on, they give the text
(shiftdecoder.py). Runs that cannot be restored, and other garbled text, are reported as unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.read import gbk
from kg.read.charmodel import CharacterModel, common_characters
from kg.read.draft import Draft, Edit
from kg.read.readings import INJECTED_READING, SWALLOWED_READING
from kg.read.shiftdecoder import STOP, STOP_TRAIL, ShiftDecoder, plain

#: Where a run may begin: a question mark (or replacement character) and the full-width sign that the trail
#: byte of 。 makes with what follows, or one that swallowed the bracket of a reading.
_RUN = re.compile(
    r"[?\ufffd](?:(?P<punctuation>[！，：；（）？])|(?P<sign>[\uff01-\uff5e￥￣])|(?P<mark>[!;:,()])(?=[^\x00-\x7f]|\?))"
    rf"|(?P<reading>{SWALLOWED_READING.pattern})"
)
#: What a beginning is worth as evidence (log odds): no writer sets ?fù), hardly one ?Ｈ, but some write ?；,
#: and many ?! In a text that is not otherwise damaged it is worth less.
_PRIOR = {"sign": 12.0, "reading": 12.0, "punctuation": 6.0, "mark": 0.0}
_DISCOUNT = 8.0
_WHOLE_RUN = re.compile(rf"(?:{_RUN.pattern})[^\x00-\x7f]*")
#: An ASCII question mark behind a Chinese sentence.
_LONE = re.compile(r"(?<=[\u4e00-\u9fff”’）)》%0-9a-zA-Z,，])\?")
_INJECTED_COMMA = re.compile(r",[，。、；：]")
_ASCII_COMMA = re.compile(r"[\u4e00-\u9fff],[\u4e00-\u9fff]")
#: So many injected readings or commas show that a text went through such a scraper.
_MIN_INJECTED = 3
#: A text is garbled where so many rare characters stand so close together.
_RARE_RUN, _RARE_REACH = 4, 8
#: Not rare in this sense: signs and scripts that stand in Chinese pages by intention.
_NOT_HAN = "\u0000-\u036f\u0500-\u2e7f\u3000-\u303f\u3130-\u33ff\ua000-\uffff"
_BREAK = re.compile(r"[\s、，。]")
#: What wrong decoding makes of bytes that stand for nothing.
_NONSENSE = re.compile(r"(?:锟斤拷|锟斤|烫烫|屯屯)+[锟斤拷烫屯]*")


def undo_shift(draft: Draft) -> list[tuple[int, int]]:
    """Restore the shifted runs of a text; returns the source spans of what remains unreadable or doubtful."""
    text = draft.text
    edits: list[Edit] = []
    unreadable: list[tuple[int, int]] = []
    damaged = _injections(text) >= _MIN_INJECTED
    if _RUN.search(text):
        edits, unreadable = _restore_runs(text, 0.0 if damaged else _DISCOUNT)
        damaged = damaged or bool(edits)
    if "?" in text and damaged:
        edits += _lost_stops(text, [*((edit.start, edit.end) for edit in edits), *unreadable])
    offsets = draft.offsets
    spans = [offsets.to_source(start, end) for start, end in unreadable]
    draft.apply(sorted(edits, key=lambda edit: edit.start))
    offsets = draft.offsets
    spans += [offsets.to_source(start, end) for start, end in _garbled(draft.text)]
    return spans


def _restore_runs(text: str, discount: float) -> tuple[list[Edit], list[tuple[int, int]]]:
    """Edits that restore runs, and the spans of ``text`` in which a character stays doubtful."""
    model = CharacterModel()
    model.learn(plain(_WHOLE_RUN.sub("", text)))
    decoder = ShiftDecoder(text, model)
    edits: list[Edit] = []
    doubtful: list[tuple[int, int]] = []
    done = 0
    for match in _RUN.finditer(text):
        start = match.start()
        if start < done:
            continue
        restored = decoder.restore(start, prior=_PRIOR[match.lastgroup or "mark"] - discount)
        if restored:
            edits.append(Edit(start, restored.end, restored.text, restored.spans))
            doubtful += [restored.spans[place] for place in restored.doubtful]
            done = restored.end
        elif match.lastgroup == "reading":
            doubtful.append(match.span())
    return edits, doubtful


def _injections(text: str) -> int:
    return len(INJECTED_READING.findall(text)) + len(_INJECTED_COMMA.findall(text))


def _lost_stops(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[Edit]:
    """A full stop of which only a question mark is left, because what followed kept the decoder in step."""
    taken = list(taken)
    marks_are_ascii = len(_ASCII_COMMA.findall(text)) > text.count("，")
    for match in _LONE.finditer(text):
        at = match.start()
        if any(start <= at < end for start, end in taken):
            continue
        following = gbk.bytes_of(text[at + 1]) if at + 1 < len(text) else None
        if following and gbk.character(STOP_TRAIL, following[0]) is not None:
            continue  # the decoder would have paired these
        if text[at - 1] in ",，" or not marks_are_ascii:
            yield Edit(at, at + 1, STOP)


@cache
def _rare() -> re.Pattern[str]:
    return re.compile(f"[^{re.escape(''.join(sorted(common_characters())))}{_NOT_HAN}]")


def _garbled(text: str) -> list[tuple[int, int]]:
    """Spans in which rare characters crowd: text in a wrong encoding, not restored."""
    spans = [match.span() for match in _NONSENSE.finditer(text)]
    places = [match.start() for match in _rare().finditer(text)]
    for first, last in zip(places, places[_RARE_RUN - 1:], strict=False):
        if last - first < _RARE_REACH and not _BREAK.search(text, first, last):
            spans.append((first, last + 1))
    return spans
