"""Trains everything that is learned: python -m kg.training SOURCE... --out FOLDER.

SOURCE is a folder with ``corpus`` and ``gold``, a split folder ``…/corpus/NAME`` with gold in ``…/gold/NAME``, a
notation file, or a folder of notation files.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import click
import torch

from kg.training import characters, coreference, lac, pairs, tagger
from kg.training.corpus import load_examples
from kg.training.pair_examples import pair_example


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--epochs", default=14, show_default=True, type=click.IntRange(min=1))
@click.option("--seed", default=1, show_default=True)
@click.option("--threads", default=2, show_default=True, type=click.IntRange(min=1))
def main(sources: tuple[Path, ...], out: Path, epochs: int, seed: int, threads: int) -> None:
    """Train the alias scorer, the name tagger and the pair scorer, and write their weights."""
    torch.set_num_threads(threads)
    begun = time.monotonic()

    def report(epoch: int, loss: float, _: object) -> None:
        click.echo(f"epoch {epoch + 1}/{epochs}: loss {loss:.1f}, {time.monotonic() - begun:.0f} s", err=True)

    examples = list(load_examples(_expand(sources)))
    click.echo(f"{len(examples)} annotated pages", err=True)
    coreference.train(examples, out / "coreference.tsv")
    weights = lac.load(characters.characters())
    tagger.save(tagger.train(examples, weights, epochs=epochs, seed=seed, report=report), weights, out)
    labelled = [pair_example(example) for example in examples]
    pairs.save(pairs.train(labelled, weights, epochs=epochs, seed=seed, report=report), weights, out)


def _expand(sources: tuple[Path, ...]) -> Iterator[Path]:
    for source in sources:
        notation = sorted(source.glob("*.txt")) if source.is_dir() and source.name == "annotated" else []
        yield from notation or [source]


if __name__ == "__main__":
    main()
