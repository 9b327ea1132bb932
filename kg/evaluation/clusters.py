"""Pairwise precision and recall of resolution over a gold set of clusters.

A gold file is a table (data/crossdoc/*.tsv): one row for each entity of a document, rows of one cluster are one
thing, a cluster of one row is a thing that must stay alone. Every pair of rows counts: joined in gold and by
``resolve`` is a hit, joined by ``resolve`` alone is wrong, joined in gold alone is missed. Entities that the file
does not list take part in resolution but not in the count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg import resources
from kg.errors import AnnotationError
from kg.evaluation.score import Tally
from kg.model import Annotation
from kg.resolve import resolve
from kg.resolve.types import Member

_COLUMNS = ("half", "cluster", "document", "type", "name")
#: The figure over all documents together.
WHOLE = "all"


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One entity of one document and the cluster that it belongs to; ``half`` names the part of the set."""

    half: str
    cluster: str
    document: str
    type: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.type}, {self.document})"


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """Tallies of pairs by part of the set, and the pairs that were joined wrongly or missed over all."""

    tallies: Mapping[str, Tally]
    wrong: tuple[tuple[GoldRow, GoldRow], ...]
    missed: tuple[tuple[GoldRow, GoldRow], ...]

    def lines(self, *, errors: bool = False) -> list[str]:
        """The printed report; ``errors`` adds the pairs themselves."""
        out = [
            f"clusters {part:19} P {t.precision:.3f}  R {t.recall:.3f}  F1 {t.f1:.3f}   "
            f"gold {t.tp + t.fn:4}  predicted {t.tp + t.fp:4}"
            for part, t in self.tallies.items()
        ]
        if errors:
            out += [f"joined wrongly: {one} + {other}" for one, other in self.wrong]
            out += [f"missed: {one} + {other}" for one, other in self.missed]
        return out

    def figures(self) -> dict[str, dict[str, float]]:
        """The report as data, by part of the set."""
        return {
            f"clusters {part}": {
                "p": t.precision,
                "r": t.recall,
                "f1": t.f1,
                "gold": t.tp + t.fn,
                "predicted": t.tp + t.fp,
            }
            for part, t in self.tallies.items()
        }


def load_clusters(path: Path) -> list[GoldRow]:
    """Rows of a gold file; raises AnnotationError that names the file where a column or a value is missing."""
    try:
        rows = list(resources.read_tsv(path))
    except (OSError, UnicodeDecodeError) as err:
        raise AnnotationError(f"{path}: cannot be read as a table of clusters ({err})") from err
    if not rows or not set(_COLUMNS) <= set(rows[0]):
        raise AnnotationError(f"{path}: needs rows with the columns {', '.join(_COLUMNS)}")
    for number, row in enumerate(rows, 1):
        if empty := [name for name in _COLUMNS if not row[name]]:
            raise AnnotationError(f"{path}: data row {number} has nothing in {', '.join(empty)}")
    return [GoldRow(**{name: row[name] for name in _COLUMNS}) for row in rows]


def load_annotations(folder: Path) -> dict[str, Annotation]:
    """All annotation files below a folder, by document stem; raises AnnotationError where two share a stem."""
    found: dict[str, Annotation] = {}
    for path in sorted(folder.rglob("*.json")):
        if path.stem in found:
            raise AnnotationError(f"{path}: a second annotation of the document {path.stem}")
        found[path.stem] = Annotation.load(path)
    return found


def score_clusters(rows: Iterable[GoldRow], annotations: Mapping[str, Annotation]) -> ClusterScores:
    """Resolve the documents that the rows name, each part of the set by itself and all together, and count.

    Raises AnnotationError for rows whose document or entity the annotations do not hold.
    """
    rows = list(rows)
    members = _members(rows, annotations)
    halves = sorted({row.half for row in rows})
    tallies: dict[str, Tally] = {}
    for part in halves if len(halves) > 1 else ():
        tallies[part] = _tally([row for row in rows if row.half == part], members, annotations)[0]
    tallies[WHOLE], pairs = _tally(rows, members, annotations)
    wrong = tuple(pair for pair, (gold, _) in pairs.items() if not gold)
    missed = tuple(pair for pair, (gold, _) in pairs.items() if gold)
    return ClusterScores(tallies, wrong, missed)


def _members(rows: Iterable[GoldRow], annotations: Mapping[str, Annotation]) -> dict[GoldRow, Member]:
    ids: dict[tuple[str, str, str], str] = {
        (document, entity.type, entity.name): entity.id
        for document, annotation in annotations.items()
        for entity in annotation.entities
    }
    found: dict[GoldRow, Member] = {}
    unknown: list[GoldRow] = []
    for row in rows:
        if (identifier := ids.get((row.document, row.type, row.name))) is None:
            unknown.append(row)
        else:
            found[row] = (row.document, identifier)
    if unknown:
        raise AnnotationError(
            f"{len(unknown)} row(s) of the clusters name entities that the annotations do not hold; "
            f"the first is {unknown[0]}"
        )
    return found


def _tally(
    rows: list[GoldRow], members: Mapping[GoldRow, Member], annotations: Mapping[str, Annotation]
) -> tuple[Tally, dict[tuple[GoldRow, GoldRow], tuple[bool, bool]]]:
    """Counts, and the pairs on which gold and resolution disagree: {pair: (joined in gold, joined)}."""
    documents = sorted({row.document for row in rows})
    resolution = resolve((document, annotations[document]) for document in documents)
    iris = {row: resolution.iri(*members[row]) for row in rows}
    gold = set(_joined(rows, {row: row.cluster for row in rows}))
    given = set(_joined(rows, iris))
    tally = Tally(tp=len(gold & given), fp=len(given - gold), fn=len(gold - given))
    differing = sorted(gold ^ given, key=lambda pair: (str(pair[0]), str(pair[1])))
    return tally, {pair: (pair in gold, pair in given) for pair in differing}


def _joined(rows: Iterable[GoldRow], cluster_of: Mapping[GoldRow, str]) -> Iterator[tuple[GoldRow, GoldRow]]:
    by_cluster: dict[str, list[GoldRow]] = {}
    for row in rows:
        by_cluster.setdefault(cluster_of[row], []).append(row)
    for together in by_cluster.values():
        yield from combinations(sorted(together, key=str), 2)
