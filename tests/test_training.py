"""What is trained is what is run: the networks of training and the numpy and ONNX code give the same numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")
pytest.importorskip("onnx", reason="training needs the extra 'train'")

from kg.extract.pair_scorer import PairScorer  # noqa: E402
from kg.extract.tagger import TaggedSpan, Tagger  # noqa: E402
from kg.model import Annotation  # noqa: E402
from kg.read import read_text  # noqa: E402
from kg.training import pairs, restore, tagger  # noqa: E402
from kg.training.__main__ import main  # noqa: E402
from kg.training.coreference import found_forms  # noqa: E402
from kg.training.corpus import Example  # noqa: E402
from kg.training.lac import LacWeights  # noqa: E402
from kg.training.networks import Encoder, averaged  # noqa: E402
from kg.training.pair_examples import found_example, pair_example  # noqa: E402

TEXT = "远山制药有限公司、蓝湾生物入驻青禾园区。\n该园区占地90亩，远山制药有限公司与青禾园区签约。"
GOLD = Annotation.model_validate(
    {
        "doc": "a",
        "entities": [
            {"id": "f", "type": "Firm", "name": "远山制药有限公司"},
            {"id": "g", "type": "Firm", "name": "蓝湾生物"},
            {"id": "p", "type": "Park", "name": "青禾园区"},
        ],
        "agreements": [{"id": "a1", "type": "investment", "status": "signed", "parties": ["f", "p"]}],
        "relations": [{"type": "settledIn", "subject": "g", "object": "p"}],
        "quantities": [{"subject": "p", "property": "landArea", "value": 60000, "unit": "m2"}],
    }
)
EXAMPLE = Example(read_text(TEXT, key="a"), GOLD)


@pytest.fixture(scope="module")
def weights() -> LacWeights:
    """Random weights of LAC's shapes, for the characters of the page."""
    torch.manual_seed(0)
    characters = tuple(sorted(set(TEXT) - {"\n"}))

    def layer(width: int) -> dict[str, np.ndarray]:
        shapes = {"W": (2, 384, width), "R": (2, 384, 128), "B": (2, 768)}
        return {name: 0.1 * torch.randn(shape).numpy() for name, shape in shapes.items()}

    return LacWeights(
        embedding=torch.randn(len(characters) + 2, 128),
        layers=(layer(128), layer(256)),
        characters=characters,
        width={},
    )


def test_padded_rows_are_read_like_packed_sequences(weights: LacWeights) -> None:
    encoder = Encoder(weights).eval()
    ids, lengths = torch.randint(1, 9, (3, 7)), torch.tensor([7, 3, 5])
    ours = encoder(ids, lengths)
    x = encoder.embedding(ids)
    for gru in (encoder.first, encoder.second):
        packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        x = torch.nn.utils.rnn.pad_packed_sequence(gru(packed)[0], batch_first=True, total_length=7)[0]
    live = torch.arange(7)[None] < lengths[:, None]
    assert torch.allclose(ours[live], x[live], atol=1e-5)


def test_the_scorer_runs_what_was_trained(weights: LacWeights, tmp_path: Path) -> None:
    example = pair_example(EXAMPLE)
    network = pairs.train([[example]], weights, epochs=2)
    for layer in (
        network.head.oa,
        network.head.ob,
    ):  # two epochs leave them near the zeros that they begin with
        torch.nn.init.normal_(layer.weight, std=0.1)
    pairs.save(network, weights, tmp_path)
    said = PairScorer(tmp_path).raw(example.text, example.candidates)
    network.eval()
    with torch.no_grad():
        logits = network.head(example, network.states([example])[0])[0].numpy()
    trained = 1 / (1 + np.exp(-logits)) * example.candidates.permitted
    assert np.abs(said - trained).max() < 5e-3  # weights are kept in 16 bits


def test_the_tagger_runs_and_learns_what_it_is_shown(weights: LacWeights, tmp_path: Path) -> None:
    network = tagger.train([EXAMPLE], weights, epochs=1)
    averaged(network, tagger.train([EXAMPLE], weights, epochs=1, start=network))
    tagger.save(network, weights, tmp_path)
    for span in Tagger(tmp_path).tag(TEXT):
        assert 0 <= span.start < span.end <= len(TEXT)


def test_weights_read_back_are_those_that_were_written(weights: LacWeights, tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    first.mkdir(), again.mkdir()
    tagger.save(tagger.train([EXAMPLE], weights, epochs=1), weights, first)
    pairs.save(pairs.train([[pair_example(EXAMPLE)]], weights, epochs=1), weights, first)
    tagger.save(*restore.tagger_network(first), again)
    pairs.save(*restore.pair_network(first), again)
    written = sorted(path.name for path in first.iterdir())
    assert written == sorted(path.name for path in again.iterdir())
    for name in written:
        assert (first / name).read_bytes() == (again / name).read_bytes(), name


PAGES = """=== {name}
--- text
蓝湾生物科技有限公司（简称蓝湾生物）和蓝湾生物制药集团入驻青禾园区。
--- facts
E Firm 蓝湾生物科技有限公司 | 蓝湾生物
E Firm 蓝湾生物制药集团
E Park 青禾园区
R settledIn 蓝湾生物 -> 青禾园区
"""


def test_one_command_trains_and_goes_on_from_what_it_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.training.__main__._FOLD_EPOCHS", 1)
    pages = tmp_path / "pages.txt"
    pages.write_text(PAGES.format(name="a") + PAGES.format(name="b"), "utf-8")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, more in ((first, []), (second, ["--seed", "5", "--start", str(first)])):
        result = CliRunner().invoke(main, [str(pages), "--out", str(folder), "--epochs", "1", *more])
        assert result.exit_code == 0, result.output
    before, after = (restore.pair_network(folder)[0].head.ma.weight for folder in (first, second))
    moved = float((after - before).detach().abs().max())
    assert 0 < moved < 0.01  # gone on from there, not begun anew
    assert PairScorer(second)
    assert Tagger(second).tag(TEXT) is not None


def test_a_page_with_found_names_keeps_the_facts_of_the_names_that_were_found() -> None:
    class Found(Tagger):
        def __init__(self) -> None: ...

        def tag(self, text: str) -> list:
            from kg.extract.tagger import TaggedSpan

            forms = (("蓝湾生物", "Firm"), ("青禾园区", "Park"), ("该园区占", "Firm"))
            return [TaggedSpan(text.index(f), text.index(f) + len(f), k, 0.9) for f, k in forms]

    example = found_example(EXAMPLE, Found())
    assert example.gold.sum() == 2  # settledIn and landArea; the firm that signs was not found
    assert example.missing["pair"] == 2


def test_a_form_that_a_tagger_types_otherwise_keeps_its_entity() -> None:
    class Wrong:
        def tag(self, text: str) -> list[TaggedSpan]:
            at = text.index("蓝湾生物")
            return [TaggedSpan(at, at + 4, "Investor", 0.9), TaggedSpan(0, 2, "Place", 0.9)]

    text, owner = found_forms(EXAMPLE, Wrong())  # type: ignore[arg-type]
    assert text == EXAMPLE.document.text
    assert owner == {("蓝湾生物", "Investor"): "g"}
