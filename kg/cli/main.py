"""The group ``kg`` and its commands."""

from __future__ import annotations

import click

from kg import __version__
from kg.cli.build import build_command, extract_command
from kg.cli.common import Group
from kg.cli.evaluate import evaluate_command
from kg.cli.graph import export_command, validate_command
from kg.cli.query import query_command
from kg.cli.view import view_command


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Knowledge graph of regional health-industry ecosystems from scraped Chinese news pages."""


for _command in (
    build_command,
    extract_command,
    query_command,
    view_command,
    export_command,
    validate_command,
    evaluate_command,
):
    main.add_command(_command)
