#!/usr/bin/env python3
"""Rebuild the generated tables of this folder: readings.tsv and characters.tsv.

usage: python data/repair/build.py      (needs pypinyin and jieba; only a maintainer runs it)

readings.tsv    pypinyin's table of readings (MIT), turned round: syllable without tone -> characters.
characters.tsv  how often characters and character pairs occur in words, counted in jieba's word list with
                frequencies (MIT).
triples.tsv     the same for three characters.
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
#: Pairs and triples seen less often than this in the word list add size, not certainty.
RARE_PAIR = 40
RARE_TRIPLE = 100
#: Readings that the noise of real pages uses and pypinyin's table lacks: the simplified form of 瞭 is 了.
MORE_READINGS = {"le": "瞭"}


def readings() -> None:
    """Write readings.tsv."""
    by_syllable: dict[str, set[str]] = defaultdict(set)
    for code, values in PINYIN_DICT.items():
        if code > 0xFFFF:
            continue
        for value in values.split(","):
            by_syllable[to_normal(value).replace("ü", "v")].add(chr(code))
    for syllable, more in MORE_READINGS.items():
        by_syllable[syllable].update(more)
    with (HERE / "readings.tsv").open("w", encoding="utf-8") as out:
        out.write("# Readings of Chinese characters without tones (ü as v).\n")
        out.write("# Source: pypinyin (MIT), by build.py.\n")
        out.write("syllable\tcharacters\n")
        for syllable in sorted(by_syllable):
            if re.fullmatch("[a-zê]+", syllable):
                out.write(f"{syllable}\t{''.join(sorted(by_syllable[syllable]))}\n")


def characters() -> None:
    """Write characters.tsv and triples.tsv."""
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
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
        for at, char in enumerate(word):
            total[char] += weight
            if at:
                pairs[word[at - 1 : at + 1]] += weight
            if at > 1:
                triples[word[at - 2 : at + 1]] += weight
    with (HERE / "characters.tsv").open("w", encoding="utf-8") as out:
        out.write(
            "# How often characters and pairs occur within words.\n"
            "# Source: jieba dict.txt (MIT), by build.py.\n"
            "# count: occurrences; first, last: of them at a word's start and end; followers: characters,\n"
            "# each with the rounded natural logarithm (times 4) of the pair's count as chr(48 + n).\n"
        )
        out.write("character\tcount\tfirst\tlast\tfollowers\n")
        followers = grouped(pairs, RARE_PAIR)
        for char in sorted(total, key=lambda c: (-total[c], c)):
            out.write(f"{char}\t{total[char]}\t{first[char]}\t{last[char]}\t{followers.get(char, '')}\n")
    with (HERE / "triples.tsv").open("w", encoding="utf-8") as out:
        out.write(
            "# How often three characters occur within words; digits as in characters.tsv.\n"
            "# Source: jieba dict.txt (MIT), by build.py.\n"
        )
        out.write("pair\tfollowers\n")
        for pair, tail in sorted(grouped(triples, RARE_TRIPLE).items()):
            out.write(f"{pair}\t{tail}\n")


def grouped(counts: Counter[str], least: int) -> dict[str, str]:
    """What stands before the last character -> last characters with their counts, commonest first."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for text, count in counts.items():
        if count >= least:
            found[text[:-1]].append((-count, text[-1]))
    return {
        head: "".join(char + chr(48 + round(4 * log(-count))) for count, char in sorted(tail))
        for head, tail in found.items()
    }


if __name__ == "__main__":
    readings()
    characters()
    sys.exit(0)
