"""``kg view``: the interactive page."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli.common import store_option
from kg.graph import open_store
from kg.model import ENTITY_TYPES
from kg.view.from_store import build_view
from kg.view.page import write_page


@click.command("view")
@store_option
@click.option(
    "--out", "-o", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The HTML file."
)
@click.option("--title", default="区域健康产业知识图谱", show_default=True)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--focus", metavar="NAME", help="Only what lies around this entity.")
@click.option(
    "--hops", type=click.IntRange(min=1), default=1, show_default=True, help="How far around --focus."
)
@click.option(
    "--type", "types", multiple=True, type=click.Choice(ENTITY_TYPES), help="Only these types (repeatable)."
)
@click.option("--region", metavar="NAME", help="Only what lies in this region.")
@click.option("--since", metavar="DATE", help="Only agreements and pages since this date (YYYY[-MM[-DD]]).")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True)
def view_command(
    store: str,
    out: Path,
    title: str,
    language: Literal["zh", "en"],
    focus: str | None,
    hops: int,
    types: tuple[str, ...],
    region: str | None,
    since: str | None,
    min_confidence: float,
) -> None:
    """Write the graph as one self-contained HTML page that opens offline."""
    with open_store(store) as opened:
        graph = build_view(
            opened,
            focus=focus,
            hops=hops,
            types=types,
            region=region,
            since=since,
            min_confidence=min_confidence,
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_page(graph, out, title=title, language=language)
    except OSError as err:
        raise click.ClickException(f"cannot write {out}: {err.strerror}") from err
    click.echo(f"{len(graph.nodes)} node(s) and {len(graph.ties)} tie(s) written to {out}", err=True)
