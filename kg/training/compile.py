"""Turn notation files into a folder of pages and a folder of gold annotations.

usage: python -m kg.training.compile NOTATION.txt... OUT   (writes OUT/corpus and OUT/gold)
"""

from pathlib import Path

import click

from kg.errors import KgError
from kg.training.notation import load


@click.command()
@click.argument(
    "sources", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
def main(sources: tuple[Path, ...], out: Path) -> None:
    """Compile annotated pages; stops at the first fault and names its page and line."""
    (out / "corpus").mkdir(parents=True, exist_ok=True)
    (out / "gold").mkdir(parents=True, exist_ok=True)
    count = 0
    try:
        for source in sources:
            for page in load(source):
                stem = page.annotation.doc
                (out / "corpus" / f"{stem}.txt").write_text(page.text, "utf-8")
                (out / "gold" / f"{stem}.json").write_text(page.annotation.to_json(), "utf-8")
                count += 1
    except KgError as err:
        raise click.ClickException(str(err)) from err
    click.echo(f"{count} pages written to {out}", err=True)


if __name__ == "__main__":
    main()
