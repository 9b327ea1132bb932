#!/usr/bin/env python3
"""Rebuild the generated tables of this folder: readings.tsv and characters.tsv.

usage: python data/repair/build.py      (needs pypinyin and jieba; only a maintainer runs it)

readings.tsv    pypinyin's table of readings (MIT), turned round: syllable without tone -> characters.
characters.tsv  character and character-pair frequencies counted in jieba's word list with frequencies (MIT).
"""

import re
import sys
from collections import Counter, defaultdict
from importlib.resources import files
from math import log
from pathlib import Path

from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

HERE = Path(__file__).resolve().parent
HAN = re.compile(r"[\u4e00-\u9fff]")
HAN_WORD = re.compile(r"[\u4e00-\u9fff]+")
#: Pairs seen less often than this in the word list add size, not certainty.
RARE_PAIR = 40


def readings() -> None:
    """Write readings.tsv."""
    by_syllable: dict[str, set[str]] = defaultdict(set)
    for code, values in PINYIN_DICT.items():
        if code > 0xFFFF:
            continue
        for value in values.split(","):
            by_syllable[to_normal(value).replace("ü", "v")].add(chr(code))
    with (HERE / "readings.tsv").open("w", encoding="utf-8") as out:
        out.write("# Readings of Chinese characters without tones (ü as v). Source: pypinyin (MIT), by build.py.\n")
        out.write("syllable\tcharacters\n")
        for syllable in sorted(by_syllable):
            if re.fullmatch("[a-zê]+", syllable):
                out.write(f"{syllable}\t{''.join(sorted(by_syllable[syllable]))}\n")


def characters() -> None:
    """Write characters.tsv."""
    pairs: Counter[str] = Counter()
    total: Counter[str] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines():
        word, count = line.split(" ")[:2]
        if not HAN_WORD.fullmatch(word):
            continue
        weight = int(count)
        first[word[0]] += weight
        last[word[-1]] += weight
        for char in word:
            total[char] += weight
        for left, right in zip(word, word[1:], strict=False):
            pairs[left + right] += weight
    followers: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for pair, count in pairs.items():
        if count >= RARE_PAIR:
            followers[pair[0]].append((pair[1], count))
    with (HERE / "characters.tsv").open("w", encoding="utf-8") as out:
        out.write("# How often characters and character pairs occur within words. Source: jieba dict.txt (MIT), by build.py.\n")
        out.write("# count: occurrences; first, last: of them at a word's start and end; followers: character and the\n")
        out.write("# rounded natural logarithm (times 4) of the pair's count, as one printable digit (chr(48 + n)).\n")
        out.write("character\tcount\tfirst\tlast\tfollowers\n")
        for char in sorted(total, key=lambda c: (-total[c], c)):
            tail = "".join(
                follower + chr(48 + round(4 * log(count)))
                for follower, count in sorted(followers[char], key=lambda item: (-item[1], item[0]))
            )
            out.write(f"{char}\t{total[char]}\t{first[char]}\t{last[char]}\t{tail}\n")


if __name__ == "__main__":
    readings()
    characters()
    sys.exit(0)
