"""``kg serve``: pages, graph and SPARQL endpoint of a store over HTTP."""

from __future__ import annotations

import click

from kg.cli.common import store_option
from kg.serve.app import serve
from kg.serve.limits import Limits

_DEFAULT = Limits()


@click.command("serve")
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
@click.option("--title", default="健康产业知识图谱", show_default=True, help="Name of the site.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name under which clients reach the server (repeatable).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=_DEFAULT.seconds,
    show_default=True,
    help="Seconds that a query may run.",
)
@click.option(
    "--max-result",
    type=click.FloatRange(min=0.001),
    default=_DEFAULT.megabytes,
    show_default=True,
    help="Megabytes that an answer may have.",
)
@click.option(
    "--max-memory",
    type=click.IntRange(min=0),
    default=_DEFAULT.memory,
    show_default=True,
    help="MiB that a process may use (0: no limit).",
)
@click.option(
    "--workers",
    "-j",
    type=click.IntRange(min=1),
    default=_DEFAULT.workers,
    show_default=True,
    help="Processes that answer at the same time.",
)
def serve_command(
    store: str,
    host: str,
    port: int,
    title: str,
    hosts: tuple[str, ...],
    timeout: float,
    max_result: float,
    max_memory: int,
    workers: int,
) -> None:
    """Serve pages, the graph and a read-only SPARQL 1.1 endpoint.

    It listens until Ctrl-C. A build of the same store may run meanwhile; its result is served from the next
    request on.
    """
    limits = Limits(seconds=timeout, megabytes=max_result, memory=max_memory, workers=workers)
    try:
        serve(
            store,
            host=host,
            port=port,
            limits=limits,
            title=title,
            hosts=hosts,
            ready=lambda address: click.echo(f"Serving {store} at {address} (Ctrl-C ends it)", err=True),
        )
    except OSError as err:
        raise click.ClickException(f"cannot listen on {host}:{port}: {err.strerror or err}") from err
