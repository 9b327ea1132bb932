"""The group ``kg`` and its commands."""

from __future__ import annotations

from importlib import import_module

import click

from kg import __version__
from kg.cli.common import Group

#: Name of each command: where it is, and its line in the help. A command is imported when it is called, so that a
#: query does not wait for the language pipeline.
COMMANDS = {
    "build": ("kg.cli.build:build_command", "Read pages, extract their facts and bring a store up to date."),
    "review": (
        "kg.cli.review:review_command",
        "Write what is uncertain to a spreadsheet, for a person to decide.",
    ),
    "extract": ("kg.cli.build:extract_command", "Write the facts of each page as one JSON file."),
    "query": ("kg.cli.query:query_command", "Answer a named query, a SPARQL text or a .rq file."),
    "show": ("kg.cli.show:show_command", "Show all facts of one entity with the sentences that state them."),
    "view": ("kg.cli.view:view_command", "Write the graph as one self-contained HTML page."),
    "serve": ("kg.cli.serve:serve_command", "Serve pages, the graph and a read-only SPARQL 1.1 endpoint."),
    "export": (
        "kg.cli.graph:export_command",
        "Write the graph, or the facts that options choose, in another format.",
    ),
    "import": ("kg.cli.graph:import_command", "Add RDF files to a store, in bulk."),
    "validate": ("kg.cli.graph:validate_command", "Check a store against the shapes of the ontology."),
    "evaluate": ("kg.cli.evaluate:evaluate_command", "Score against the gold annotations in GOLD."),
}


class LazyGroup(Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Knowledge graph of regional health-industry ecosystems from scraped Chinese news pages."""
