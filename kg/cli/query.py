"""``kg query``: named queries, SPARQL texts and .rq files."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from kg.cli.common import STORE_HELP
from kg.errors import QueryError
from kg.graph import open_store
from kg.query import FORMATS, get_query, list_queries, run_named, run_sparql, write_result
from kg.query.catalogue import NamedQuery
from kg.query.run import SparqlResult
from kg.query.table import Table


@click.command("query")
@click.argument("query", required=False, metavar="[NAME | FILE.rq]")
@click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--store", "-s", envvar="KG_STORE", metavar="STORE", help=STORE_HELP + " [env: KG_STORE]")
@click.option("--sparql", metavar="TEXT", help="A SPARQL query; its usual prefixes need no declaration.")
@click.option(
    "--format", "-f", "form", type=click.Choice(sorted(FORMATS)), default="table", show_default=True
)
@click.option("--list", "listing", is_flag=True, help="List the named queries and their parameters.")
def query_command(
    query: str | None,
    parameters: tuple[str, ...],
    store: str | None,
    sparql: str | None,
    form: str,
    listing: bool,
) -> None:
    """Answer a named query, a SPARQL text or a .rq file."""
    if listing:
        _list(query)
        return
    if (query is None) == (sparql is None):
        raise click.UsageError("give the name of a query (kg query --list), a .rq file, or --sparql TEXT")
    if store is None:
        raise click.UsageError("name the store with --store or the environment variable KG_STORE")
    if query is not None and not query.endswith(".rq"):
        _named(query)
    with open_store(store) as opened:
        result: SparqlResult
        if sparql is not None:
            if parameters:
                raise click.UsageError("--sparql takes no parameters")
            result = run_sparql(opened, sparql)
        elif query is not None and query.endswith(".rq"):
            if parameters:
                raise click.UsageError("a .rq file takes no parameters; write the values into it")
            result = run_sparql(opened, _read(Path(query)))
        else:
            try:
                result = run_named(opened, query or "", _pairs(parameters))
            except QueryError as err:  # an unknown, missing or malformed parameter
                raise click.UsageError(str(err)) from err
        if isinstance(result, Table):
            for note in result.notes:
                click.echo(note, err=True)
        terminal = sys.stdout.isatty()
        write_result(result, sys.stdout, format=form, width=Console().width if terminal else None)


def _pairs(parameters: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for parameter in parameters:
        key, found, value = parameter.partition("=")
        if not found:
            raise click.UsageError(f"{parameter!r} is not KEY=VALUE")
        pairs[key] = value
    return pairs


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as err:
        raise QueryError(f"{path}: {err.strerror}") from err
    except UnicodeDecodeError as err:
        raise QueryError(f"{path}: not UTF-8 ({err.reason} at byte {err.start})") from err


def _named(name: str) -> NamedQuery:
    try:
        return get_query(name)
    except QueryError as err:
        raise click.UsageError(str(err)) from err


def _list(name: str | None) -> None:
    for query in [_named(name)] if name else list_queries():
        click.echo(f"{query.name}: {query.title_zh} | {query.title_en}")
        click.echo(f"    {query.en}")
        for parameter in query.parameters:
            need = "" if parameter.required else " (optional)"
            choices = f" [{'|'.join(parameter.detail)}]" if parameter.kind == "choice" else ""
            click.echo(
                f"    {parameter.name}={parameter.kind}{choices}{need}: {parameter.zh} | {parameter.en}"
            )
        click.echo(f"    columns: {', '.join(column.name for column in query.columns)}")
