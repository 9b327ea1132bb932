"""GBK byte shift: text decoded one byte off behind a lost lead byte (。基地 → ?；刂), and its undoing.

A scraper that spoils one byte of GBK text makes every two-byte character behind it fall apart: the trail of
one and the lead of the next are read as a character, until an ASCII byte or an impossible pair brings the
decoder back into step. The bytes are still there: encoded again and paired one byte on, they give the text.
What the wrong decoder dropped (pairs that mean nothing) is filled in by a beam search over the character
model, with injected readings as further evidence: a reading behind a lost byte names its character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.read.charmodel import CharacterModel, is_known
from kg.read.draft import Draft, Edit
from kg.read.readings import is_reading_of

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
#: ?fù) : a lost byte took the opening bracket of a reading with it.
SWALLOWED = re.compile(rf"\?([a-zü]*[{_TONES}][a-zü]*)\)")
_READING = re.compile(rf"[(（]([a-zü{_TONES}]{{1,6}})[)）]")
#: Damage that shows that the text went through such a scraper at all.
_INJECTED = re.compile(rf"[(（][a-zü]*[{_TONES}][a-zü]*[)）]|,[，。、；：]")
_INJECTED_COMMA = re.compile(r",(?=[，。、；：,])")
_MAX_READING = 10
_ASCII_COMMAS = re.compile(r"[\u4e00-\u9fff],[\u4e00-\u9fff]")
_STOP = "。"
_STOP_TRAIL = _STOP.encode("gbk")[1]
#: Where a run may begin: a question mark and the full-width sign that the trail byte of 。 makes with what
#: follows, or a question mark that swallowed the bracket of a reading.
RUN = re.compile(
    rf"\?(?:(?P<sign>[\uff01-\uff5e￥￣])|(?P<mark>[!;:,()])(?=[^\x00-\x7f]|\?)|(?P<reading>[a-zü]*[{_TONES}][a-zü]*\)))"
)
_WHOLE_RUN = re.compile(RUN.pattern + r"[^\x00-\x7f]*")
#: A question mark in ASCII behind a Chinese sentence.
LONE = re.compile(r"(?<=[\u4e00-\u9fff”’）)》%0-9a-zA-Z,，])\?")
#: Leads of GBK's user-defined zones: pairs with them mean nothing and are dropped whole by some decoders.
_UNDEFINED_LEADS = frozenset((*range(0xA1, 0xA8), *range(0xAA, 0xB0), *range(0xF8, 0xFF)))
_BEAM = 24
#: Log costs of what the wrong decoder may have done besides pairing bytes wrongly.
_COST_DROPPED_BYTE = -1.0
_COST_DROPPED_PAIR = -1.0
#: What a trigger is worth (log odds): no writer sets ?Ｈ or ?fù), but some write ?；, and many ?!
_PRIOR = {"sign": 12.0, "reading": 12.0, "punctuation": 6.0, "mark": 0.0}
#: A restored run must beat the text as it stands by this much (log odds).
_GAIN = 3.0
#: … and read at least this well (mean log probability of a character).
_FLOOR = -11.0
_MAX_RUN = 120
_COST_UNPAIRED = -4.0
_FEW = 6
_FEWER = 2
_ASCII = 0x7F
#: A step this unlikely (log) makes the decoder look for bytes that were dropped.
_UNLIKELY = 5.0


@cache
def _character(lead: int, trail: int) -> str | None:
    """The character of a GBK pair, None where the pair means nothing."""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None


@cache
def _trails(lead: int) -> tuple[tuple[int, str], ...]:
    """All trail bytes that make a Chinese character or mark with ``lead``."""
    pairs = ((trail, _character(lead, trail)) for trail in range(0x40, 0xFF) if trail != 0x7F)
    return tuple((trail, char) for trail, char in pairs if char is not None)


@cache
def _undefined_trails(lead: int) -> tuple[tuple[int, str], ...]:
    """Those of ``_trails`` that, taken as a lead, begin pairs without a meaning."""
    return tuple((trail, char) for trail, char in _trails(lead) if trail in _UNDEFINED_LEADS)


@cache
def _leads(trail: int) -> tuple[tuple[int, str], ...]:
    pairs = ((lead, _character(lead, trail)) for lead in range(0x81, 0xFF))
    return tuple((lead, char) for lead, char in pairs if char is not None)


@cache
def _common_leads(trail: int) -> tuple[tuple[int, str], ...]:
    """Those of ``_leads`` beyond ASCII that make a character which the word list knows."""
    return tuple((lead, char) for lead, char in _leads(trail) if lead > _ASCII and is_known(char))


def _bytes_of(char: str) -> tuple[int, int] | None:
    """The two GBK bytes of a character, None for ASCII and what GBK lacks."""
    try:
        raw = char.encode("gbk")
    except UnicodeEncodeError:
        return None
    return (raw[0], raw[1]) if len(raw) == 2 else None


def _mark_bytes(char: str) -> tuple[int, int] | None:
    """The bytes of the full-width mark that a scraper turned into this ASCII one behind the damage."""
    return (_STOP_TRAIL, ord(char) | 0x80) if char in "!;:,()?" else None


@dataclass(frozen=True, slots=True)
class _Path:
    """A partial restoration: what was read so far, and the lead byte that waits for its trail."""

    score: float
    last: str  # the two characters read last, or those before the run
    text: str
    spans: tuple[tuple[int, int], ...]
    pending: int
    since: int  # position of the character that the pending byte came from
    end: int = -1  # position behind the run, once it is closed


class _Decoder:
    """Restores the runs of one text."""

    def __init__(self, text: str, model: CharacterModel) -> None:
        self.text = text
        self.model = model
        self._restored: list[tuple[int, str]] = []

    def restore(self, start: int) -> _Path | None:
        """The best restoration of the run whose question mark stands at ``start``, None if none reads well."""
        before = _last_before(self.text, start)
        closed: list[_Path] = []
        open_paths, at = self._start(start, before)
        while open_paths:
            closed += self._closings(open_paths, at)
            pair = None
            if at < len(self.text):
                pair = _bytes_of(self.text[at]) or _mark_bytes(self.text[at])
            if pair is None or at - start > _MAX_RUN:
                break
            open_paths = self._steps(open_paths, pair, at)
            at += 1
        if not closed:
            return None
        window = max(path.end for path in closed)
        best = max(closed, key=lambda path: path.score + self._tail(path, window))
        score = best.score + self._tail(best, window)
        as_is = self.model.score(_plain(self.text[start:window]), before)
        length = len(best.text) + window - best.end
        if score / length < _FLOOR or score + self._prior(start) < as_is + _GAIN:
            return None
        self._restored.append((start, best.text))
        return best

    def _prior(self, start: int) -> float:
        match = RUN.match(self.text, start)
        kind = match.lastgroup if match else None
        if kind == "sign" and self.text[start + 1] in "！，：；（）？":
            kind = "punctuation"
        return _PRIOR[kind] if kind else 0.0

    def _tail(self, path: _Path, window: int) -> float:
        """What the rest of the window adds: without it, longer runs would always look worse."""
        return self.model.score(_plain(self.text[path.end:window + _MAX_READING])[:window - path.end + 1], path.last)

    def _start(self, start: int, before: str) -> tuple[list[_Path], int]:
        """Paths whose first bytes are known or named by a reading, and the position behind those."""
        swallowed = SWALLOWED.match(self.text, start)
        if swallowed:
            previous = _bytes_of(self.text[start - 1]) if start else None
            return [
                _Path(0.0, before, "", (), lost, start)
                for lost, char in (_trails(previous[1]) if previous else ())
                if is_reading_of(char, swallowed[1])
            ], swallowed.end()
        pair = _bytes_of(self.text[start + 1]) or _mark_bytes(self.text[start + 1])
        if pair and pair[0] == _STOP_TRAIL:
            gain = self.model.log_probability(before, _STOP)
            return [_Path(gain, before[-1:] + _STOP, _STOP, ((start, start + 2),), pair[1], start + 1)], start + 2
        return [], start

    def _emit(self, path: _Path, char: str, pending: int, at: int, *, cost: float = 0.0, end: int = -1) -> _Path:
        """``path`` with one more character, whose trail byte stands at ``at`` (or was lost behind ``since``)."""
        gain = self.model.log_probability(path.last, char) + cost
        if char in "“”" and (char == "”") != self._quote_open(path):
            gain += _COST_UNPAIRED
        span = (path.since, max(at + 1, path.since + 1))
        return _Path(path.score + gain, path.last[-1:] + char, path.text + char, (*path.spans, span), pending, at, end)

    def _quote_open(self, path: _Path) -> bool:
        """Does a quotation begun in this line wait for its end?"""
        line = self.text.rfind("\n", 0, path.since) + 1
        before = self.text[line:path.since] + "".join(text for at, text in self._restored if at >= line)
        return (before + path.text).count("“") > (before + path.text).count("”")

    def _steps(self, paths: list[_Path], pair: tuple[int, int], at: int) -> list[_Path]:
        """All ways to read on over the character at ``at``."""
        found = []
        for path in paths:
            char = _character(path.pending, pair[0])
            if char:
                found.append(self._emit(path, char, pair[1], at))
        if not found or max(path.score for path in found) < max(path.score for path in paths) - _UNLIKELY:
            for path in paths[:_FEWER]:
                found += self._dropped_pair(path, pair[0], pair[1], at)
                found += self._dropped_pairs(path, pair[0], pair[1], at)
        return sorted(found, key=lambda path: -path.score)[:_BEAM]

    def _dropped_pair(self, path: _Path, trail: int, pending: int, at: int, *, end: int = -1) -> list[_Path]:
        """Two bytes are missing before ``trail``: the trail of one character and the lead of the next."""
        follows = self.model.log_probability
        firsts = sorted(
            ((follows(path.last, char), lost, char) for lost, char in _undefined_trails(path.pending)), reverse=True
        )
        seconds: list[tuple[float, int, str, str]] = []
        for gain, lost, first in firsts:
            if len(seconds) == _FEW and gain < seconds[-1][0]:
                break  # whatever follows, those found are better
            context = path.last[-1:] + first
            seconds += [
                (gain + follows(context, char), lost, first, char)
                for lead, char in _common_leads(trail)
                if _character(lost, lead) is None
            ]
            seconds = sorted(seconds, reverse=True)[:_FEW]
        return [
            self._emit(self._emit(path, first, lost, at - 1, cost=_COST_DROPPED_PAIR), char, pending, at, end=end)
            for _, lost, first, char in seconds
        ]

    def _dropped_pairs(self, path: _Path, trail: int, pending: int, at: int, *, end: int = -1) -> list[_Path]:
        """Two pairs in a row are missing before ``trail``, and with them a whole character.

        Only characters that the document has before the last one elsewhere are tried: without that, there
        is nothing to know the lost one by.
        """
        found = []
        for lead, last in _leads(trail):
            for middle in self.model.seen_before(last):
                lost = _bytes_of(middle)
                if lost is None or _character(lost[1], lead) is not None:
                    continue
                for first_trail, first in _undefined_trails(path.pending):
                    if _character(first_trail, lost[0]) is None:
                        one = self._emit(path, first, lost[0], at - 1, cost=2 * _COST_DROPPED_PAIR)
                        two = self._emit(one, middle, lead, at - 1)
                        found.append(self._emit(two, last, pending, at, end=end))
        return sorted(found, key=lambda closed: -closed.score)[:_FEW]

    def _closings(self, paths: list[_Path], at: int) -> Iterator[_Path]:
        """All ways in which the run can end before or with the character at ``at``."""
        char = self.text[at] if at < len(self.text) else "\n"
        swallowed = SWALLOWED.match(self.text, at)
        reading = _READING.match(self.text, at)
        pair = _bytes_of(char)
        for path in paths[:_FEW]:
            if swallowed:
                yield from self._lost_trail(path, at, swallowed.end(), reading=swallowed[1], following=ord("("))
                continue
            if char == "?":
                yield from self._lost_trail(path, at, at + 1, following=ord("("))
            following = pair[0] if pair else ord(char)
            yield from self._lost_trail(path, at, at, reading=reading[1] if reading else None, following=following)
            if not pair:
                if "@" <= char <= "~":
                    yield from self._ascii_trail(path, ord(char), at)

    def _ascii_trail(self, path: _Path, trail: int, at: int) -> Iterator[_Path]:
        """The ASCII character at ``at`` is a trail byte; a reading behind it names the character."""
        reading = _READING.match(self.text, at + 1)
        char = _character(path.pending, trail)
        found = [self._emit(path, char, -1, at, end=at + 1)] if char else []
        found += self._dropped_pair(path, trail, -1, at, end=at + 1)
        found += self._dropped_pairs(path, trail, -1, at, end=at + 1)
        for closed in found:
            if reading is None or is_reading_of(closed.last[-1], reading[1]):
                yield closed

    def _lost_trail(
        self, path: _Path, at: int, end: int, *, reading: str | None = None, following: int
    ) -> list[_Path]:
        """The trail byte before ``at`` was dropped: the likeliest characters with the pending lead byte."""
        following_char = self.text[end:end + 1] or "\n"
        found = []
        for lost, char in _trails(path.pending):
            if lost <= _ASCII or _character(lost, following) is not None:
                continue  # the decoder would have kept the byte, or paired these two
            if reading is None or is_reading_of(char, reading):
                cost = 0.0 if reading else _COST_DROPPED_BYTE
                found.append(self._emit(path, char, -1, end - 1, cost=cost, end=end))
        found.sort(key=lambda closed: -closed.score - self.model.log_probability(closed.last, following_char))
        return found[:_FEW]


def readable(text: str) -> str:
    """The text without its shifted runs, readings and injected commas."""
    return _plain(_WHOLE_RUN.sub("", text))


def _plain(text: str) -> str:
    """The text without readings and injected commas."""
    return _READING.sub("", _INJECTED_COMMA.sub("", text))


def _last_before(text: str, start: int) -> str:
    """The last two characters before ``start``, injected commas and readings left out."""
    return (_STOP + _plain(text[max(0, start - _MAX_READING * 2):start]).rstrip(",，"))[-2:]


def undo_shift(draft: Draft) -> list[tuple[int, int]]:
    """Restore the shifted runs of a text; returns the source spans of those that cannot be restored."""
    text = draft.text
    starts = [match.start() for match in RUN.finditer(text)]
    injected = bool(_INJECTED.search(text))
    edits: list[Edit] = []
    unreadable: list[tuple[int, int]] = []
    if starts:
        model = CharacterModel()
        model.learn(readable(text))
        decoder = _Decoder(text, model)
        done = 0
        for start in starts:
            if start < done:
                continue
            path = decoder.restore(start)
            if path:
                edits.append(Edit(start, path.end, path.text, path.spans))
                done = path.end
            else:
                done = _run_end(text, start)
                unreadable.append((start, done))
    if "?" in text and (starts or injected):
        edits += _lost_stops(text, edits, unreadable)
    offsets = draft.offsets
    spans = [offsets.to_source(start, end) for start, end in unreadable]
    draft.apply(sorted(edits, key=lambda edit: edit.start))
    return spans


def _run_end(text: str, start: int) -> int:
    """Position behind the characters that a run from ``start`` can have spoilt."""
    end = start + 1
    while end < len(text) and _bytes_of(text[end]):
        end += 1
    return end


def _lost_stops(text: str, edits: list[Edit], unreadable: list[tuple[int, int]]) -> Iterator[Edit]:
    """A full stop of which only a question mark is left, because what followed kept the decoder in step."""
    taken = [(edit.start, edit.end) for edit in edits] + unreadable
    marks_are_ascii = len(_ASCII_COMMAS.findall(text)) > text.count("，")
    for match in LONE.finditer(text):
        at = match.start()
        if any(a <= at < b for a, b in taken):
            continue
        following = _bytes_of(text[at + 1]) if at + 1 < len(text) else None
        if following and _character(_STOP_TRAIL, following[0]) is not None:
            continue  # these would have been paired
        if text[at - 1] in ",，" or not marks_are_ascii:
            yield Edit(at, at + 1, _STOP)
