"""The site whose graph is reviewed, and a person's decisions on it."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.told_pages import Site

PAGES = {
    "a": "甲药业与丙药业签约。甲药业董事长王一。",
    "b": "长沙甲药业有限公司与乙药业签约。",
    "c": "丁药业有限公司（下称丁药业）亮相。",
    "d": "丁药业与乙药业签约，2025-06-01。",
}
#: Finds the one doubtful statement.
STATEMENT = "SELECT ?s { ?s rdf:predicate kg:hasRole }"


def review_site(folder: Path) -> Site:
    """The pages, and a store of them that is up to date."""
    made = Site(folder, PAGES)
    made.build()
    return made


def decide(site: Site, *decisions: tuple[str, str, str], name: str = "d.csv") -> Path:
    """A file of these decisions: verdict, id, other id."""
    path = site.folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["decision", "id", "other_id", "who", "when", "note"])
        table.writerows([*row, "王一", "2025-05-28", "查过工商登记"] for row in decisions)
    return path
