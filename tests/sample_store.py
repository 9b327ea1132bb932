"""The sample corpus as a store: its pages as they are read, its gold annotations as what was extracted."""

from __future__ import annotations

from pathlib import Path

from kg import resources
from kg.graph import open_store
from kg.model import Annotation, Document, Evidence
from kg.read import read_file
from tests.graph_samples import build, with_evidence


def sample_pages() -> list[tuple[Document, Annotation]]:
    """Every sample page with its gold annotation; a fact's evidence is the sentence that names it best."""
    found = []
    for path in sorted(resources.data("samples", "pages").iterdir()):
        document = read_file(path)
        gold = Annotation.load(resources.data("samples", "gold", f"{path.stem}.json"))
        found.append((document, _at_source(with_evidence(gold, document.text), document)))
    return found


def build_sample_store(folder: Path) -> Path:
    """Writes the sample pages into a store in ``folder``, and gives the folder back."""
    with open_store(folder, create=True) as store:
        build(store, sample_pages())
    return folder


def _at_source(annotation: Annotation, document: Document) -> Annotation:
    """The annotation with spans of the source instead of spans of the repaired text."""

    def moved(evidence: Evidence | None) -> Evidence | None:
        return evidence and document.evidence(evidence.start, evidence.end)

    def mentions(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple(document.offsets.to_source(*span) for span in spans)

    def all_moved(parts):  # type: ignore[no-untyped-def]
        return tuple(part.model_copy(update={"evidence": moved(part.evidence)}) for part in parts)

    return annotation.model_copy(
        update={
            "entities": tuple(
                each.model_copy(update={"mentions": mentions(each.mentions)}) for each in annotation.entities
            ),
            "agreements": all_moved(annotation.agreements),
            "relations": all_moved(annotation.relations),
            "quantities": all_moved(annotation.quantities),
        }
    )
