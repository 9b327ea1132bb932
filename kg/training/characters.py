"""The characters that the networks know: GB 2312 (all of everyday Chinese), ASCII and common punctuation."""

from __future__ import annotations

_EXTRA = (
    "“”‘’—…·、。《》「」『』【】（）％：；，！？～①②③④⑤⑥⑦⑧⑨⑩▲●■◆★→～αβγμⅠⅡⅢ㎡℃"
    "镕喆堃昇煜翀旻玥珺邨赟祎昉甦菁妤彧钘珏璟琮頔濛湉珈琦骉羴淼焱垚鑫犇淏暐晟甯堉"
)


def characters() -> list[str]:
    """Sorted list; rows of the embeddings follow it."""
    found = {chr(c) for c in range(0x20, 0x7F)} | set(_EXTRA)
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            char = bytes((high, low)).decode("gb2312", "ignore")
            if (
                char
                and not 0x3040 <= ord(char) <= 0x30FF
                and not 0x0370 <= ord(char) <= 0x04FF
                and not 0x2500 <= ord(char) <= 0x257F
            ):
                found.add(char)
    return sorted(found)
