"""Trains the pair scorer from annotated pages and writes what kg.extract.pair_scorer runs."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from kg.extract.labels import LABEL_INDEX, MENTION_TYPES
from kg.extract.pair_scorer import PIECE
from kg.extract.segments import lines
from kg.model import QUANTITY_PROPERTIES
from kg.training.lac import LacWeights, onnx_gru
from kg.training.networks import _STATE, Encoder, PairHead, descend
from kg.training.onnx_graph import write_encoder
from kg.training.pair_examples import PairExample

_UNKNOWN = 1
_HIDE_NAME = (
    0.25  # share of names whose characters are hidden, so that the scorer learns sentences, not names
)
_HIDE_CHARACTER = 0.03
_ATTRIBUTE_WEIGHT = 0.3
_NEVER, _LEAST = -1e4, 1e-9  # a logit of what is not permitted; keeps logarithms finite
_MOST_LOSS = 10.0  # of one figure: gold is not always right
#: Arrays of the network over mentions, by what kg.extract.mention_context calls them.
_ORDER_ARRAYS = {"wi": "weight_ih", "wh": "weight_hh", "bi": "bias_ih", "bh": "bias_hh"}
#: Linear layers of the head that are stored, weight and bias.
HEAD_LAYERS = ("ma", "mb", "mt", "oa", "ob", "bt", "f1", "hid", "z", "ctx", "o", "at", "st")


class PairNetwork(nn.Module):
    """Encoder with mention tags, and the pair head."""

    def __init__(self, weights: LacWeights, *, features: int) -> None:
        super().__init__()
        self.encoder = Encoder(weights, tags=1 + 2 * len(MENTION_TYPES))
        self.head = PairHead(features)
        self.vocabulary = {c: k for k, c in enumerate(weights.characters, start=2)}
        self.width = weights.width

    def ids(self, text: str) -> list[int]:
        """Embedding rows of the characters of a text."""
        return [self.vocabulary.get(self.width.get(c, c), _UNKNOWN) for c in text]

    def states(
        self, examples: Sequence[PairExample], *, hide: random.Random | None = None
    ) -> list[torch.Tensor]:
        """Encoder states of every character of each text; ``hide`` blanks names and characters at random."""
        pieces = [
            (n, start, end) for n, e in enumerate(examples) for start, end in lines(e.text, longest=PIECE)
        ]
        longest = max(end - start for _, start, end in pieces)
        ids, tags = (
            torch.zeros(len(pieces), longest, dtype=torch.long),
            torch.zeros(len(pieces), longest, dtype=torch.long),
        )
        rows = [self._hidden_ids(e, hide) for e in examples]
        for r, (n, start, end) in enumerate(pieces):
            ids[r, : end - start] = torch.tensor(rows[n][start:end])
            tags[r, : end - start] = torch.from_numpy(examples[n].tags[start:end])
        lengths = torch.tensor([end - start for _, start, end in pieces])
        output = self.encoder(ids, lengths, tags)
        # one gather for all: slicing piece by piece makes autograd fill the whole output once a piece
        flat = torch.cat([output.reshape(-1, _STATE), output.new_zeros(1, _STATE)])
        where = [torch.full((len(e.text),), flat.shape[0] - 1, dtype=torch.long) for e in examples]
        for r, (n, start, end) in enumerate(pieces):
            where[n][start:end] = torch.arange(r * longest, r * longest + end - start)
        gathered = flat.index_select(0, torch.cat(where))
        return list(torch.split(gathered, [len(e.text) for e in examples]))

    def _hidden_ids(self, example: PairExample, hide: random.Random | None) -> list[int]:
        ids = self.ids(example.text)
        if hide is not None:
            values = example.candidates.values
            for m in example.candidates.structure.mentions:
                if m.entity not in values and hide.random() < _HIDE_NAME:
                    ids[m.start : m.end] = [_UNKNOWN] * (m.end - m.start)
            ids = [_UNKNOWN if hide.random() < _HIDE_CHARACTER else i for i in ids]
        return ids


def _loss(network: PairNetwork, example: PairExample, states: torch.Tensor) -> torch.Tensor:
    labels, types, statuses = network.head(example, states)
    permitted = torch.from_numpy(example.candidates.permitted)
    each = nn.functional.binary_cross_entropy_with_logits(
        labels, torch.from_numpy(example.gold), reduction="none"
    )
    entities = len(example.candidates.entity_types) - len(example.candidates.values)
    loss = ((each * permitted).sum() + _whose(labels, example)) / max(8, entities)
    if example.agreements:
        at, kind, status = torch.tensor(example.agreements).T
        loss = loss + _ATTRIBUTE_WEIGHT * nn.functional.cross_entropy(types[at], kind)
        loss = loss + _ATTRIBUTE_WEIGHT * nn.functional.cross_entropy(statuses[at], status)
    return loss


def _whose(labels: torch.Tensor, example: PairExample) -> torch.Tensor:
    """Cross-entropy of whose each stated figure is, and of what: its true subject and property against all others.

    Judged pair by pair, a figure near three names has three middling probabilities; this makes them compete.
    """
    columns = [LABEL_INDEX[name] for name in QUANTITY_PROPERTIES]
    permitted = torch.from_numpy(example.candidates.permitted)[:, columns]
    stated = torch.from_numpy(example.gold)[:, columns] > 0
    figure = torch.tensor([target for _, target in example.candidates.entity_pairs])
    figures = int(figure.max()) + 1
    logits = labels[:, columns].masked_fill(~permitted, _NEVER)
    top = torch.full((figures,), _NEVER).scatter_reduce(0, figure, logits.detach().amax(1), "amax")
    weight = torch.exp(logits - top[figure][:, None])
    every = torch.zeros(figures).index_add(0, figure, weight.sum(1))
    true = torch.zeros(figures).index_add(0, figure, (weight * stated).sum(1))
    known = torch.zeros(figures).index_add(0, figure, stated.float().sum(1)) > 0
    return (torch.log(every[known] + _LEAST) - torch.log(true[known] + _LEAST)).clamp(max=_MOST_LOSS).sum()


def train(
    examples: Sequence[Sequence[PairExample]],
    weights: LacWeights,
    *,
    epochs: int,
    seed: int = 1,
    rate: float = 1e-3,
    batch: int = 16,
    start: PairNetwork | None = None,
    report: Callable[[int, float, PairNetwork], None] | None = None,
) -> PairNetwork:
    """Train with AdamW and a one-cycle schedule, from LAC's weights or from a copy of ``start``.

    ``report`` is called after each epoch with its number, the loss and the network.

    Each page comes in one or more versions (with gold names, with found names); each epoch shows one, at random.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - no secret depends on it
    usable = [kept for page in examples if (kept := [e for e in page if len(e.candidates.mention_pairs)])]
    network = PairNetwork(weights, features=usable[0][0].candidates.features.shape[1])
    if start is not None:
        network.load_state_dict(start.state_dict())
    embedding = list(network.encoder.embedding.parameters())
    layers = [*network.encoder.first.parameters(), *network.encoder.second.parameters()]
    known = {id(p) for p in embedding + layers}
    fresh = [p for p in network.parameters() if id(p) not in known]
    rates = [rate * 0.3, rate, rate * 2]
    groups = [{"params": p, "lr": r} for p, r in zip((embedding, layers, fresh), rates, strict=True)]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * -(-len(usable) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=steps + 1, pct_start=0.1)
    for epoch in range(epochs):
        network.train()
        total = 0.0
        for members in _batches([rng.choice(page) for page in usable], batch, rng):
            states = network.states(members, hide=rng)
            loss = torch.stack([_loss(network, e, s) for e, s in zip(members, states, strict=True)]).mean()
            total += descend(loss, network, optimiser, schedule, longest=3.0)
        if report:
            report(epoch, total, network)
    return network


def _batches(examples: Sequence[PairExample], size: int, rng: random.Random) -> list[list[PairExample]]:
    """Batches of texts of like length, in random order."""
    order = sorted(examples, key=lambda e: len(e.text) + rng.random() * 300)
    batches = [order[k : k + size] for k in range(0, len(order), size)]
    rng.shuffle(batches)
    return batches


def order_arrays() -> Iterator[tuple[str, str]]:
    """Stored name and torch's name of each array of the network over mentions, both directions."""
    for name, parameter in _ORDER_ARRAYS.items():
        yield f"gru.{name}", f"{parameter}_l0"
        yield f"gru.{name}r", f"{parameter}_l0_reverse"


def save(network: PairNetwork, weights: LacWeights, folder: Path) -> None:
    """Write pairs.onnx, pairs_head.npz and pairs.json."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder = network.encoder
    write_encoder(
        folder / "pairs.onnx",
        embedding=encoder.embedding.weight.detach().numpy(),
        tag_embedding=encoder.tag_weights().detach().numpy(),
        layers=[onnx_gru(encoder.first), onnx_gru(encoder.second)],
    )
    arrays = {"ty": network.head.ty.weight.detach().numpy().astype(np.float16)}
    for name in HEAD_LAYERS:
        layer = getattr(network.head, name)
        arrays[f"{name}.w"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"{name}.b"] = layer.bias.detach().numpy().astype(np.float16)
    for name, parameter in order_arrays():
        arrays[name] = getattr(network.head.order, parameter).detach().numpy().T.astype(np.float16)
    np.savez_compressed(folder / "pairs_head.npz", **arrays)  # type: ignore[arg-type]
    config = {"characters": "".join(weights.characters), "width": weights.width}
    (folder / "pairs.json").write_text(json.dumps(config, ensure_ascii=False), "utf-8")


def probabilities(network: PairNetwork, example: PairExample) -> np.ndarray:
    """Label probabilities of the entity pairs, 0 where not permitted; pair is averaged over both orders."""
    network.eval()
    with torch.no_grad():
        labels = torch.sigmoid(network.head(example, network.states([example])[0])[0]).numpy()
    labels = labels * example.candidates.permitted
    index = {pair: k for k, pair in enumerate(example.candidates.entity_pairs)}
    column = LABEL_INDEX["pair"]
    both = labels[:, column].copy()
    for (a, b), k in index.items():
        if (b, a) in index:
            both[k] = (labels[k, column] + labels[index[b, a], column]) / 2
    labels[:, column] = both
    result: np.ndarray = labels
    return result
