"""What the tests of exports write: the sample graph, and one whose names and quotes are hostile."""

from functools import cache
from pathlib import Path

from kg.graph import Store, open_store
from kg.graph.export import FORMATS, export
from kg.model import Annotation, Entity, Evidence, Relation
from tests.graph_samples import build, make_document

HOSTILE = '=cmd|"/c calc"!A1,\n\x0b<b>&|甲'


@cache
def hostile_store() -> Store:
    """Two entities with hostile names and a relation with a hostile quote."""
    text = HOSTILE + "乙园"
    entities = (
        Entity(id="e1", type="Firm", name=HOSTILE, aliases=("+1",)),
        Entity(id="e2", type="Park", name="乙园"),
    )
    relation = Relation(
        type="settledIn", subject="e1", object="e2", evidence=Evidence(start=0, end=len(text), quote=text)
    )
    store = open_store("memory:")
    build(store, [(make_document("x", text), Annotation(doc="x", entities=entities, relations=(relation,)))])
    return store


def written(store: Store, folder: Path, form: str, **options: object) -> Path:
    target = folder / f"out{FORMATS[form]}"
    report = export(store, target, format=form, **options)  # type: ignore[arg-type]
    assert report.files
    assert all(path.is_file() for path in report.files)
    return target
