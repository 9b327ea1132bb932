"""Beam search that reads a shifted run of GBK text one byte on.

State between two characters of the damaged text: the lead byte that waits for its trail. Each damaged
character brings two bytes; the first completes a character, the second waits. Where the wrong decoder met
a pair that means nothing it dropped the pair or its first byte; they are filled in by what reads best.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.read import gbk
from kg.read.charmodel import CharacterModel
from kg.read.readings import INJECTED_READING, SWALLOWED_READING, is_reading_of

STOP = "。"
STOP_TRAIL = STOP.encode("gbk")[1]
_INJECTED_COMMA = re.compile(r",(?=[，。、；：,])")
_BRACKET = ord("(")
_MAX_READING = 10
_MAX_RUN = 120

#: Log costs of a byte or a pair that the wrong decoder dropped, and of a quotation mark without its partner.
_COST_DROPPED = -1.0
_COST_UNPAIRED = -4.0
#: A restored run must read at least this well (mean log probability of a character); names read worse, and
#: where a reading names the characters they may.
_FLOOR = -11.0
_FLOOR_NAMED = -15.0
#: … and must beat the text as it stands by this much (log odds), with what the trigger is worth.
_GAIN = 3.0
#: A reading this close (log odds) to the best one makes the characters in which they differ doubtful.
_DOUBT = 1.5
#: … as does a probability (log) as low as this; with so many of them, and this share, the whole run is.
_ODD = -12.0
_MANY, _MAX_DOUBT = 3, 0.25
_BEAM = 24
_FEW = 6
_FEWER = 2
#: A step this unlikely (log) makes the search look for bytes that were dropped.
_UNLIKELY = 5.0


@dataclass(frozen=True, slots=True)
class Path:
    """A partial restoration: what was read so far, and the lead byte that waits for its trail."""

    score: float
    last: str  # the two characters read last, or those before the run
    text: str
    spans: tuple[tuple[int, int], ...]  # in the damaged text, one for each character read
    pending: int
    since: int  # position of the character that the pending byte came from
    end: int = -1  # position behind the run, once it is closed


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored run: ``text`` stands for the damaged text up to ``end``; ``doubtful`` indexes ``text``."""

    text: str
    spans: tuple[tuple[int, int], ...]
    end: int
    doubtful: tuple[int, ...]


def plain(text: str) -> str:
    """The text without injected readings and commas."""
    return INJECTED_READING.sub("", _INJECTED_COMMA.sub("", text))


def mark_bytes(char: str) -> tuple[int, int] | None:
    """The bytes of the full-width mark that a scraper turned into this ASCII one behind the damage."""
    return (STOP_TRAIL, ord(char) | 0x80) if char in "!;:,()?" else None


class ShiftDecoder:
    """Restores the runs of one text; ``model`` has learnt what of it can be read."""

    def __init__(self, text: str, model: CharacterModel) -> None:
        self._text = text
        self._model = model
        self._quotes: list[tuple[int, str]] = []

    def restore(self, start: int, *, prior: float) -> Restored | None:
        """The best reading of the run whose question mark stands at ``start``, None if none reads well.

        ``prior`` is what the look of the run's beginning is worth as evidence of a shift (log odds).
        """
        before = (STOP + plain(self._text[max(0, start - 2 * _MAX_READING):start]).rstrip(",，"))[-2:]
        closed = self._search(start, before)
        if not closed:
            return None
        window = max(path.end for path in closed)
        scored = [(path.score + self._tail(path, window), path) for path in closed]
        scored.sort(key=lambda pair: -pair[0])
        score, best = scored[0]
        as_is = self._model.score(plain(self._text[start:window]), before)
        floor = _FLOOR_NAMED if SWALLOWED_READING.match(self._text, start) else _FLOOR
        if score / (len(best.text) + window - best.end) < floor or score + prior < as_is + _GAIN:
            return None
        self._quotes.append((start, best.text))
        rivals = [path for rival, path in scored[1:] if rival > score - _DOUBT]
        doubtful = _differences(best, rivals) | self._odd(best.text, before)
        if len(doubtful) >= max(_MANY, _MAX_DOUBT * len(best.text)):
            doubtful = set(range(len(best.text)))
        return Restored(best.text, best.spans, best.end, tuple(sorted(doubtful)))

    def _odd(self, text: str, before: str) -> set[int]:
        """Indices of characters that do not fit what stands before them."""
        whole = before + text
        return {
            place
            for place, char in enumerate(text)
            if self._model.log_probability(whole[:len(before) + place], char) < _ODD
        }

    def _search(self, start: int, before: str) -> list[Path]:
        """All readings of the run that came to an end."""
        closed: list[Path] = []
        paths, at = self._begin(start, before)
        while paths:
            closed += self._closings(paths, at)
            pair = self._pair(at)
            if pair is None or at - start > _MAX_RUN:
                break
            paths = self._steps(paths, pair, at)
            at += 1
        return closed

    def _pair(self, at: int) -> tuple[int, int] | None:
        """The two bytes of the character at ``at``, None for ASCII and behind the end."""
        if at >= len(self._text):
            return None
        return gbk.bytes_of(self._text[at]) or mark_bytes(self._text[at])

    def _tail(self, path: Path, window: int) -> float:
        """What the rest of the window adds: without it, longer runs would always look worse."""
        rest = plain(self._text[path.end:window + _MAX_READING])
        return self._model.score(rest[:window - path.end + 1], path.last)

    def _begin(self, start: int, before: str) -> tuple[list[Path], int]:
        """Paths whose first bytes are known or named by a reading, and the position behind those."""
        swallowed = SWALLOWED_READING.match(self._text, start)
        if swallowed:
            previous = gbk.bytes_of(self._text[start - 1]) if start else None
            return [
                Path(0.0, before, "", (), lost, start)
                for lost, char in (gbk.trails(previous[1]) if previous else ())
                if is_reading_of(char, swallowed[1])
            ], swallowed.end()
        pair = self._pair(start + 1)
        if pair is None or pair[0] != STOP_TRAIL:
            return [], start
        gain = self._model.log_probability(before, STOP)
        first = Path(gain, before[-1:] + STOP, STOP, ((start, start + 1),), pair[1], start + 1)
        return [first], start + 2

    def _emit(
        self, path: Path, char: str, pending: int, at: int, *, cost: float = 0.0, end: int = -1
    ) -> Path:
        """``path`` with one more character whose trail byte stands at ``at``, or was lost before it."""
        score = path.score + cost + self._model.log_probability(path.last, char)
        if char in "“”" and (char == "”") != self._quote_open(path):
            score += _COST_UNPAIRED
        # A character stands where its lead byte is; so the spans of a run do not overlap.
        spans = (*path.spans, (path.since, max(at, path.since + 1) if end < 0 else end))
        return Path(score, path.last[-1:] + char, path.text + char, spans, pending, max(at, path.since), end)

    def _quote_open(self, path: Path) -> bool:
        """Does a quotation begun in this line wait for its end?"""
        line = self._text.rfind("\n", 0, path.since) + 1
        restored = "".join(text for at, text in self._quotes if at >= line)
        before = self._text[line:path.since] + restored + path.text
        return before.count("“") > before.count("”")

    def _steps(self, paths: list[Path], pair: tuple[int, int], at: int) -> list[Path]:
        """All ways to read on over the character at ``at``."""
        found = []
        for path in paths:
            char = gbk.character(path.pending, pair[0])
            if char:
                found.append(self._emit(path, char, pair[1], at))
        if not found or max(path.score for path in found) < max(path.score for path in paths) - _UNLIKELY:
            for path in paths[:_FEWER]:
                found += self._dropped(path, pair[0], pair[1], at)
        return sorted(found, key=lambda path: -path.score)[:_BEAM]

    def _dropped(self, path: Path, trail: int, pending: int, at: int, *, end: int = -1) -> list[Path]:
        """Paths on which one or two pairs are missing before ``trail``."""
        return [
            *self._dropped_pair(path, trail, pending, at, end=end),
            *self._dropped_pairs(path, trail, pending, at, end=end),
        ]

    def _dropped_pair(self, path: Path, trail: int, pending: int, at: int, *, end: int) -> Iterator[Path]:
        """A pair is missing: the trail of one character and the lead of the next."""
        follows = self._model.log_probability
        firsts = ((follows(path.last, char), lost, char) for lost, char in gbk.undefined_trails(path.pending))
        seconds: list[tuple[float, int, str, str]] = []
        for gain, lost, first in sorted(firsts, reverse=True):
            if len(seconds) == _FEW and gain < seconds[-1][0]:
                break  # whatever follows, those found are better
            seconds += [
                (gain + follows(path.last[-1:] + first, char), lost, first, char)
                for lead, char in gbk.common_leads(trail)
                if gbk.character(lost, lead) is None
            ]
            seconds = sorted(seconds, reverse=True)[:_FEW]
        for _, lost, first, char in seconds:
            one = self._emit(path, first, lost, at - 1, cost=_COST_DROPPED)
            yield self._emit(one, char, pending, at, end=end)

    def _dropped_pairs(self, path: Path, trail: int, pending: int, at: int, *, end: int) -> list[Path]:
        """Two pairs in a row are missing, and with them a whole character.

        Only characters that the document has before the next one elsewhere are tried: without that, there
        is nothing to know the lost one by.
        """
        found = []
        for lead, last in gbk.leads(trail):
            for middle in self._model.seen_before(last):
                lost = gbk.bytes_of(middle)
                if lost is None or gbk.character(lost[1], lead) is not None:
                    continue
                for first_trail, first in gbk.undefined_trails(path.pending):
                    if gbk.character(first_trail, lost[0]) is None:
                        one = self._emit(path, first, lost[0], at - 1, cost=2 * _COST_DROPPED)
                        two = self._emit(one, middle, lead, at - 1)
                        found.append(self._emit(two, last, pending, at, end=end))
        return sorted(found, key=lambda closed: -closed.score)[:_FEW]

    def _closings(self, paths: list[Path], at: int) -> Iterator[Path]:
        """All ways in which the run can end before or with the character at ``at``."""
        char = self._text[at] if at < len(self._text) else "\n"
        pair = gbk.bytes_of(char)
        swallowed = SWALLOWED_READING.match(self._text, at)
        reading = INJECTED_READING.match(self._text, at)
        for path in paths[:_FEW]:
            if swallowed:
                yield from self._lost_trail(path, swallowed.end(), following=_BRACKET, reading=swallowed[1])
                continue
            if char == "?":
                yield from self._lost_trail(path, at + 1, following=_BRACKET)
            following = pair[0] if pair else ord(char) * char.isascii()
            named = reading[1] if reading else None
            yield from self._lost_trail(path, at, following=following, reading=named)
            if not pair and "@" <= char <= "~":
                yield from self._ascii_trail(path, ord(char), at)

    def _ascii_trail(self, path: Path, trail: int, at: int) -> Iterator[Path]:
        """The ASCII character at ``at`` is a trail byte; a reading behind it names the character."""
        reading = INJECTED_READING.match(self._text, at + 1)
        char = gbk.character(path.pending, trail)
        found = [self._emit(path, char, -1, at, end=at + 1)] if char else []
        found += self._dropped(path, trail, -1, at, end=at + 1)
        for closed in found:
            if reading is None or is_reading_of(closed.last[-1], reading[1]):
                yield closed

    def _lost_trail(self, path: Path, end: int, *, following: int, reading: str | None = None) -> list[Path]:
        """The trail byte before ``end`` was dropped: the likeliest characters with the pending lead byte."""
        next_char = self._text[end:end + 1] or "\n"
        found = []
        for lost, char in gbk.trails(path.pending):
            if lost <= gbk.ASCII_END or gbk.character(lost, following) is not None:
                continue  # the decoder would have kept the byte, or paired these two
            if reading is None or is_reading_of(char, reading):
                cost = 0.0 if reading else _COST_DROPPED
                found.append(self._emit(path, char, -1, end - 1, cost=cost, end=end))
        found.sort(key=lambda closed: -closed.score - self._model.log_probability(closed.last, next_char))
        return found[:_FEW]


def _differences(best: Path, rivals: list[Path]) -> set[int]:
    """Where the best reading differs from rivals of the same shape."""
    places = set()
    for rival in rivals:
        if rival.end == best.end and len(rival.text) == len(best.text):
            places |= {n for n, (a, b) in enumerate(zip(best.text, rival.text, strict=True)) if a != b}
    return places
