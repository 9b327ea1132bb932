"""``kg validate``, ``kg export`` and ``kg import``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli.common import progress_bar, store_option
from kg.graph import open_store
from kg.graph.export import FORMATS, Filters, export
from kg.graph.validate import validate
from kg.model import ENTITY_TYPES

_LANGUAGE = click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)


@click.command("validate")
@store_option
@_LANGUAGE
def validate_command(store: str, language: Literal["zh", "en"]) -> None:
    """Check a store against the shapes of the ontology; status 1 where a fact breaks one."""
    with open_store(store) as opened, progress_bar("checking") as progress:
        report = validate(opened, progress=progress)
    click.echo(report.text(language))
    if not report.conforms:
        raise SystemExit(1)


@click.command("export")
@store_option
@click.option("--format", "-f", "form", required=True, type=click.Choice(sorted(FORMATS)))
@click.option(
    "--out", "-o", required=True, type=click.Path(path_type=Path), help="A file; a folder for csv and neo4j."
)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(ENTITY_TYPES),
    help="Only facts of these types.",
)
@click.option("--region", metavar="NAME", help="Only facts at home in this division.")
@click.option("--since", metavar="DATE", help="Only facts since this date (YYYY[-MM[-DD]]).")
@click.option("--until", metavar="DATE", help="Only facts up to this date.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True)
@_LANGUAGE
def export_command(
    store: str,
    form: str,
    out: Path,
    types: tuple[str, ...],
    region: str | None,
    since: str | None,
    until: str | None,
    min_confidence: float,
    language: Literal["zh", "en"],
) -> None:
    """Write the graph, or the facts that options choose, in another format."""
    filters = Filters(
        types=frozenset(types), region=region, since=since, until=until, confidence=min_confidence
    )
    with open_store(store) as opened:
        report = export(opened, out, format=form, filters=filters, language=language)
    for path in report.files:
        click.echo(str(path))


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@store_option
def import_command(files: tuple[Path, ...], store: str) -> None:
    """Add RDF files to a store, in bulk: all of them, or none.

    Files end in .nq, .trig, .jsonld, .nt, .ttl or .rdf. The first three keep the named graphs that queries
    look into; the others have none.
    """
    with open_store(store, create=True) as opened:
        before = len(opened)
        with opened.writing() as target:
            for path in files:
                target.load(path)
        click.echo(f"{len(opened) - before} quads added", err=True)
