"""``kg build`` and ``kg extract``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.build import build
from kg.cli.common import progress_bar, report_failures, store_option
from kg.extract.many import extract_documents
from kg.model import Document
from kg.read import ReadFailure, read_sources

_SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
_STRICT = click.option("--strict", is_flag=True, help="End with status 1 if any page could not be read.")
_WORKERS = click.option(
    "--workers",
    "-j",
    type=click.IntRange(min=1),
    default=lambda: max(1, (os.cpu_count() or 2) // 2),
    show_default="half of the cores",
    help="Processes that extract at the same time.",
)


@click.command("build")
@_SOURCES
@store_option
@_STRICT
@_WORKERS
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What people decided: a sheet of kg review, filled in. Without it that of the last build, or "
    "STORE.decisions.csv where it is there.",
)
@click.option("--no-decisions", is_flag=True, help="Build without any decisions.")
@click.option(
    "--rewrite", is_flag=True, help="Write unchanged pages' graphs again too: undoes edits by hand."
)
def build_command(
    sources: tuple[str, ...],
    store: str,
    strict: bool,
    workers: int,
    decisions: Path | None,
    no_decisions: bool,
    rewrite: bool,
) -> None:
    """Read pages, extract their facts and bring a store up to date.

    SOURCE is a file, a folder or a glob pattern of text and HTML pages. Pages of earlier builds stay in the
    store; unchanged pages are not extracted again; pages that are gone from a folder leave the graph.
    """
    if no_decisions and decisions is not None:
        raise click.UsageError("--decisions and --no-decisions exclude each other")
    with progress_bar("extracting") as progress:
        report = build(
            sources,
            store,
            workers=workers,
            progress=progress,
            decisions=decisions,
            ignore_decisions=no_decisions,
            rewrite=rewrite,
        )
    if report.written:
        gone = f", {report.written.removed} gone" if report.written.removed else ""
        click.echo(
            f"{report.extracted} page(s) extracted, {report.reused} unchanged{gone}; the store holds "
            f"{report.written.documents} document(s) and {report.written.facts} fact(s)",
            err=True,
        )
    if report.copies:
        click.echo(f"{report.copies} page(s) are reprints of others; their facts count once", err=True)
    if report.decisions:
        click.echo(f"{report.decided} decision(s) of {report.decisions} applied", err=True)
    for decision, reason in report.stale:
        click.echo(
            f"no longer applies: {decision.where} ({decision.verdict}): {reason}",
            err=True,
        )
    report_failures(report.failures, strict=strict, read=report.extracted + report.reused)


@click.command("extract")
@_SOURCES
@click.option(
    "--out",
    "-o",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for one annotation file a page.",
)
@_STRICT
@_WORKERS
def extract_command(sources: tuple[str, ...], out: Path, strict: bool, workers: int) -> None:
    """Write the facts of each page as one JSON file (the stem of the page + .json)."""
    found = list(read_sources(sources))
    failures = [f for f in found if isinstance(f, ReadFailure)]
    documents = [d for d in found if isinstance(d, Document)]
    written = 0
    try:
        out.mkdir(parents=True, exist_ok=True)
        with progress_bar("extracting") as progress:
            made = extract_documents(documents, workers=workers, progress=progress)
        for document, result in zip(documents, made, strict=True):
            if isinstance(result, ReadFailure):
                failures.append(result)
            else:
                (out / f"{document.name}.json").write_text(result.to_json(), "utf-8")
                written += 1
    except OSError as err:
        raise click.ClickException(f"cannot write to {out}: {err.strerror}") from err
    click.echo(f"{written} annotation file(s) written to {out}", err=True)
    report_failures(failures, strict=strict, read=written)
