"""What the commands share: errors as messages, progress bars, summaries, options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.errors import KgError
from kg.read import ReadFailure

F = TypeVar("F", bound=Callable[..., Any])

STORE_HELP = "A folder (Oxigraph), memory:, or the address of a SPARQL 1.1 server."


def store_option(function: F) -> F:
    """``--store``, with the environment variable KG_STORE behind it."""
    return click.option(
        "--store",
        "-s",
        envvar="KG_STORE",
        required=True,
        metavar="STORE",
        help=STORE_HELP + " [env: KG_STORE]",
    )(function)


class Group(click.Group):
    """A group whose commands turn the project's own errors into one message and status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as err:
            raise click.ClickException(str(err)) from err
        except BrokenPipeError:
            # the reader of a pipe has gone (`kg query … | head`): nobody is left to tell
            sys.stderr.close()
            raise SystemExit(1) from None


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr where that is a terminal; else None."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(label, total=None)

        def step(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield step


def report_failures(failures: list[ReadFailure], *, strict: bool, read: int) -> None:
    """Name each page that could not be read; end with status 1 if ``strict``, or if nothing was ``read``."""
    for failure in failures:
        click.echo(f"not read: {failure.source}: {failure.reason}", err=True)
    if failures:
        click.echo(f"{len(failures)} page(s) could not be read", err=True)
        if strict or not read:
            raise SystemExit(1)
