"""``kg show``: the dossier of one entity in the terminal."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console

from kg.cli.common import store_option
from kg.dossier import Candidate, Dossier, read_dossier, search_entities
from kg.dossier.text import Writer
from kg.errors import QueryError
from kg.graph import open_store
from kg.graph.stores import Store
from kg.model import ENTITY_TYPES
from kg.query.entities import near_names
from kg.words import Language, Words

_SHOWN = 20


@click.command("show")
@click.argument("name")
@store_option
@click.option(
    "--type", "types", multiple=True, type=click.Choice(ENTITY_TYPES), help="Only these types (repeatable)."
)
@click.option("--all", "every", is_flag=True, help="Every sentence of a fact, not only the first two.")
@click.option(
    "--format", "-f", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def show_command(
    name: str, store: str, types: tuple[str, ...], every: bool, form: str, language: Language
) -> None:
    """Show all facts of one entity with the sentences that state them.

    NAME is any of its names, a part of one, or its IRI. Where it may mean several, they are listed and the
    status is 1.
    """
    if not name.strip():
        raise click.UsageError("the name is empty; give a name, a part of one, or an IRI")
    with open_store(store) as opened:
        found = _find(opened, name.strip(), types)
    writer = Writer(
        sys.stdout,
        Words(language),
        width=Console().width if sys.stdout.isatty() else None,
        quotes=None if every else 2,
    )
    if isinstance(found, Dossier):
        if form == "json":
            click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        else:
            writer.dossier(found)
        return
    candidates, total = found
    if form == "json":
        click.echo(json.dumps([asdict(each) for each in candidates], ensure_ascii=False, indent=1))
    else:
        writer.candidates(candidates)
    more = f" (the first {len(candidates)} are listed)" if total > len(candidates) else ""
    click.echo(f"{name!r} may mean {total} entities{more}; give the full name, --type or an IRI", err=True)
    raise SystemExit(1)


def _find(store: Store, name: str, types: tuple[str, ...]) -> Dossier | tuple[list[Candidate], int]:
    """The dossier of the one that is meant, or all that may be meant; QueryError where nothing is."""
    if dossier := read_dossier(store, name) if ":" in name else None:
        return dossier
    candidates, total = search_entities(store, name, types=types, limit=_SHOWN)
    exact = [each for each in candidates if each.exact]
    meant = exact if exact else candidates
    if len(meant) == 1 and (exact or total == 1) and (one := read_dossier(store, meant[0].entity.iri)):
        return one
    if meant:
        return meant, len(exact) or total
    near = near_names(store, name, types=types)
    hint = f"near names: {'、'.join(near)}" if near else "kg query organisations lists the names"
    raise QueryError(f"no {' or '.join(types) or 'entity'} bears a name that contains {name!r}; {hint}")
