"""Write data/regions.tsv from jionlp's table of administrative divisions and CLDR's names of countries.

Usage: python tools/make_regions.py > data/regions.tsv   (needs the packages jionlp and babel)

Left out: the statistical zones (codes xxxx71 to xxxx79 and other development zones), which are parks within
divisions, and the pseudo-divisions 省直辖行政区划, whose counties hang directly below their province.
"""

import re
import sys
from importlib.metadata import distribution, version
from pathlib import Path

from babel import Locale

# The package is not imported: its import prints to standard output.
_DICTIONARY = Path(str(distribution("jionlp").locate_file("jionlp/dictionary")))
_ZONE = re.compile(r"(开发区|园区|管理区|示范区|实验区)$")
_ZONE_CODES = re.compile(r"^\d{4}7[1-9]$")
_NOT_A_COUNTY = {"510102", "510156"}  # Chengdu's high-tech zone and Tianfu New Area under made-up codes
_LEVELS = {0: "province", 1: "city", 2: "county"}

Row = tuple[str, str, str, str, str]


def divisions() -> dict[str, Row]:
    """Rows (code, level, name, short, parent) of the provinces, cities and counties, by code."""
    rows: dict[str, Row] = {}
    parents = ["", "", ""]
    text = (_DICTIONARY / "china_location.txt").read_text("utf-8")
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip("\t"))
        cells = line.strip().split("\t")
        if depth > 2 or len(cells) != 3:
            continue
        name, code, short = cells[0], cells[1], cells[2].split("/")[0]
        if depth < 2:
            parents[depth + 1] = parents[depth] if name.startswith("省直辖") else code
        if name.startswith("省直辖") or code in rows:  # a municipality stands twice, as province and as city
            continue
        zone = _ZONE.search(name) or _ZONE_CODES.match(code) or code in _NOT_A_COUNTY
        if depth == 2 and zone and not name.endswith("林区"):
            continue
        rows[code] = (code, _LEVELS[depth], name, short, parents[depth])
    return rows


def former_names(rows: dict[str, Row]) -> dict[str, set[str]]:
    """Abolished names, by the code of the division that they went to."""
    by_path = {(row[2], rows[row[4]][2] if row[4] in rows else ""): code for code, row in rows.items()}
    former: dict[str, set[str]] = {}
    text = (_DICTIONARY / "china_location_change.txt").read_text("utf-8")
    for line in text.splitlines():
        old, _, new = line.partition("=>")
        *_, name, short = old.split("\t")
        path = new.strip().split("\t")
        code = by_path.get((path[-1], path[-2] if len(path) > 1 else ""))
        if code and name != rows[code][2]:
            former.setdefault(code, set()).update({name, short} - {rows[code][3]})
    return former


def countries() -> list[Row]:
    """Countries other than China, under their ISO 3166-1 codes."""
    names = Locale("zh", "Hans").territories
    codes = sorted(c for c in names if re.fullmatch("[A-Z]{2}", c))
    left_out = {"CN", "HK", "MO", "TW", "EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}
    return [(c, "country", names[c], names[c], "") for c in codes if c not in left_out]


def main() -> None:
    """Print the table."""
    rows = divisions()
    former = former_names(rows)
    out = sys.stdout
    out.write(
        f"# Administrative divisions of China (GB/T 2260 codes): jionlp {version('jionlp')}, Apache-2.0, "
        f"china_location.txt. Countries: CLDR through babel {version('babel')}, Unicode-3.0.\n"
        "# former: names abolished since 2002 whose area belongs to this division now. "
        "Made by tools/make_regions.py; edit by hand where it is wrong.\n"
        "code\tlevel\tname\tshort\tparent\tformer\n"
    )
    for row in [*sorted(rows.values()), *countries()]:
        out.write("\t".join(row) + "\t" + "|".join(sorted(former.get(row[0], ()))) + "\n")


if __name__ == "__main__":
    main()
