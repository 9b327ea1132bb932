"""Trains everything that is learned: python -m kg.training SOURCE... --out FOLDER.

SOURCE is a folder with ``corpus`` and ``gold``, a split folder ``…/corpus/NAME`` with gold in ``…/gold/NAME``, a
notation file, or a folder of notation files. Calibration comes after it, on other pages: kg.training.calibration.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import torch

from kg.extract.tagger import Tagger
from kg.training import characters, coreference, lac, pairs, restore, tagger
from kg.training.corpus import Example, expand, load_examples
from kg.training.lac import LacWeights
from kg.training.networks import averaged
from kg.training.pair_examples import PairExample, found_example, pair_example

_FOLD_EPOCHS = 8
_OFTEN = 3
_TUNING_RATE = 6e-4  # of the second, shorter run whose weights are averaged with those of the first
Report = Callable[[int, float, object], None]


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--often", multiple=True, type=click.Path(exists=True, path_type=Path),
    help="A source whose pages are shown three times an epoch: those most like the pages to come.",
)  # fmt: skip
@click.option(
    "--start", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of trained weights to go on from, half the epochs; what is written is the mean of both.",
)  # fmt: skip
@click.option("--epochs", default=14, show_default=True, type=click.IntRange(min=1))
@click.option("--seed", default=1, show_default=True)
@click.option("--threads", default=2, show_default=True, type=click.IntRange(min=1))
def main(
    *,
    sources: tuple[Path, ...],
    out: Path,
    often: tuple[Path, ...],
    start: Path | None,
    epochs: int,
    seed: int,
    threads: int,
) -> None:
    """Train the alias scorer, the name tagger and the pair scorer, and write their weights."""
    torch.set_num_threads(threads)
    begun = time.monotonic()

    def report(epoch: int, loss: float, _: object) -> None:
        click.echo(f"epoch {epoch + 1}: loss {loss:.1f}, {time.monotonic() - begun:.0f} s", err=True)

    main_pages = list(load_examples(expand(often))) if often else []
    once = {e.document.name for e in main_pages}
    examples = main_pages + [e for e in load_examples(expand(sources)) if e.document.name not in once]
    click.echo(f"{len(examples)} annotated pages", err=True)
    shown = examples + main_pages * (_OFTEN - 1)
    weights = lac.load(characters.characters())
    half = -(-epochs // 2)
    if start is None:
        names = tagger.train(shown, weights, epochs=epochs, seed=seed, report=report)
    else:
        names, weights = restore.tagger_network(start)
    tuned = tagger.train(
        shown, weights, epochs=half, seed=seed + 1, rate=_TUNING_RATE, start=names, report=report
    )
    averaged(names, tuned)
    tagger.save(names, weights, out)
    found = _found(examples, lac.load(list(weights.characters)), seed=seed, report=report)
    forms = [coreference.gold_forms(example) for example in examples]
    coreference.train([*forms, *(seen for seen, _ in found)], out / "coreference.tsv")
    pages = [(pair_example(example), seen) for example, (_, seen) in zip(examples, found, strict=True)]
    pages += pages[: len(main_pages)] * (_OFTEN - 1)
    if start is None:
        judge = pairs.train(pages, weights, epochs=epochs, seed=seed, report=report)
    else:
        judge, weights = restore.pair_network(start)
        more = pairs.train(
            pages, weights, epochs=half, seed=seed + 1, rate=_TUNING_RATE, start=judge, report=report
        )
        averaged(judge, more)
    pairs.save(judge, weights, out)


def _found(
    examples: Sequence[Example], weights: LacWeights, *, seed: int, report: Report
) -> list[tuple[coreference.Forms, PairExample]]:
    """Each page with the names that a tagger finds which was trained on the other half of the pages."""
    seen: dict[int, tuple[coreference.Forms, PairExample]] = {}
    for fold in (0, 1):
        others = [e for k, e in enumerate(examples) if k % 2 != fold]
        with TemporaryDirectory() as folder:
            network = tagger.train(others, weights, epochs=_FOLD_EPOCHS, seed=seed, report=report)
            tagger.save(network, weights, Path(folder))
            half = Tagger(Path(folder))
        for k, e in enumerate(examples):
            if k % 2 == fold:
                seen[k] = coreference.found_forms(e, half), found_example(e, half)
    return [seen[k] for k in range(len(examples))]


if __name__ == "__main__":
    main()
