"""``kg review``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import store_option
from kg.review.review import review


@click.command("review")
@store_option
@click.option(
    "--out",
    "-o",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The sheet, .csv or .xlsx; rows that are filled in already are kept.",
)
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Decisions taken so far; without it those of the last build.",
)
@click.option(
    "--below",
    default=0.5,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Highest confidence of facts.",
)
@click.option(
    "--limit", default=500, show_default=True, type=click.IntRange(min=0), help="Open questions of each kind."
)
def review_command(store: str, out: Path, decisions: Path | None, below: float, limit: int) -> None:
    """Write what is uncertain to a spreadsheet, for a person to decide.

    The rows are uncertain merges, uncertain splits and facts of low confidence, with the sentences they rest on.
    Fill its column "decision" (same or different; right or wrong) and build with --decisions.
    """
    report = review(store, out, decisions=decisions, below=below, limit=limit)
    stale = f", {report.stale} of them no longer apply" if report.stale else ""
    click.echo(f"{report.open} open question(s) and {report.decided} decision(s){stale} in {out}", err=True)
