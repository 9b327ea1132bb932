"""``kg evaluate``: the figures of predicted annotations, or of the extractor on pages."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import click

from kg.cli.common import progress_bar, report_failures
from kg.errors import AnnotationError
from kg.evaluation import score_documents
from kg.evaluation.ablations import ablation_lines, ablations
from kg.evaluation.clusters import load_annotations, load_clusters, score_clusters
from kg.evaluation.ledger import error_ledger
from kg.evaluation.reliability import reliability, reliability_lines
from kg.extract.many import extract_documents
from kg.model import Annotation, Document
from kg.read import ReadFailure, read_sources


@click.command("evaluate")
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option(
    "--clusters",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Score the joining of entities across the documents of GOLD instead, against this table of clusters "
    "(data/crossdoc); takes no SOURCE.",
)
@click.option("--errors", is_flag=True, help="List what was missed and found wrongly, grouped by cause.")
@click.option("--reliability", "table", is_flag=True, help="How many facts are right, by confidence.")
@click.option(
    "--ablations", "without", is_flag=True, help="The figures with one component left out at a time."
)
@click.option(
    "--json",
    "json_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the figures here.",
)
@click.option(
    "--workers",
    "-j",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="all cores",
    help="Processes that extract at the same time.",
)
def evaluate_command(
    gold: Path,
    sources: tuple[str, ...],
    clusters: Path | None,
    errors: bool,
    table: bool,
    without: bool,
    json_file: Path | None,
    workers: int,
) -> None:
    """Score against the gold annotations in GOLD.

    SOURCE is a folder of annotation files (.json), which are scored as they are, or pages, which are
    extracted first. Counts are summed over documents; a gold document without a page counts as all missed.
    """
    if clusters is not None:
        if sources:
            raise click.UsageError("--clusters takes the annotations of GOLD and no SOURCE")
        found = score_clusters(load_clusters(clusters), load_annotations(gold))
        for line in found.lines(errors=errors):
            click.echo(line)
        _write(json_file, found.figures())
        return
    if not sources:
        raise click.UsageError("Missing argument 'SOURCE...'.")
    wanted = _load(gold)
    predicted: dict[str, Annotation] = {}
    pages: list[str] = []
    for source in sources:
        if Path(source).is_dir() and any(Path(source).glob("*.json")):
            predicted.update(_load(Path(source)))
        else:
            pages.append(source)
    failures: list[ReadFailure] = []
    documents: list[Document] = []
    if pages:
        items = list(read_sources(pages))
        failures = [f for f in items if isinstance(f, ReadFailure)]
        documents = [d for d in items if isinstance(d, Document) and d.name in wanted]
        with progress_bar("extracting") as progress:
            made = extract_documents(documents, workers=workers, progress=progress)
        for document, result in zip(documents, made, strict=True):
            if isinstance(result, ReadFailure):
                failures.append(result)
            else:
                predicted[document.name] = result
    scores = score_documents(wanted, predicted)
    for line in scores.lines():
        click.echo(line)
    if errors:
        for line in error_ledger(wanted, predicted).lines():
            click.echo(line)
    if table:
        for line in reliability_lines(reliability(wanted, predicted)):
            click.echo(line)
    if without:
        if not documents:
            raise click.UsageError("--ablations needs pages: annotation files are already extracted")
        for line in ablation_lines(ablations(wanted, documents)):
            click.echo(line)
    _write(json_file, scores.figures())
    report_failures(failures, strict=False, read=len(predicted))


def _write(file: Path | None, figures: Mapping[str, object]) -> None:
    if file is not None:
        try:
            file.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
        except OSError as err:
            raise click.ClickException(f"cannot write {file}: {err.strerror}") from err


def _load(folder: Path) -> dict[str, Annotation]:
    files = sorted(folder.glob("*.json"))
    if not files:
        raise AnnotationError(f"{folder}: holds no annotation files (*.json)")
    return {path.stem: Annotation.load(path) for path in files}
