"""GBK byte shift: text decoded one byte off behind a lost lead byte (。基地 → ?；刂)."""

from __future__ import annotations

import re

from kg.read.draft import Draft

#: A question mark in ASCII and, straight behind it, the full-width sign that a stray 0xA3 makes.
RUN = re.compile(r"\?(?:[\uff01-\uff5e][^\x00-\x7f，。、；：]*)")


def undo_shift(draft: Draft) -> list[tuple[int, int]]:
    """Restore shifted runs; returns the source spans of those that cannot be restored."""
    offsets = draft.offsets
    return [offsets.to_source(*match.span()) for match in RUN.finditer(draft.text)]
