"""Trains the name tagger from annotated pages and writes what kg.extract.tagger runs."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from kg.extract.segments import lines
from kg.extract.words import WORD_TAGS, word_tags
from kg.model import ENTITY_TYPES
from kg.training.corpus import Example, gold_mentions
from kg.training.lac import LacWeights, onnx_gru
from kg.training.networks import Crf, Encoder, descend
from kg.training.onnx_graph import write_encoder
from kg.training.swaps import name_pool, swapped

TAGS: list[str] = ["O", *(f"{position}-{kind}" for kind in ENTITY_TYPES for position in "BI")]
_INDEX = {tag: k for k, tag in enumerate(TAGS)}
_UNKNOWN = 1
_HIDE_CHARACTER = 0.05
_SWAP_LINE = 0.4  # chance that a line is shown with other names
_STATE = 256
#: A line of a page and the tag of each character.
Line = tuple[str, list[int]]
#: A line of a page and its mentions (start, end, type).
MarkedLine = tuple[str, list[tuple[int, int, str]]]


def marked_lines(example: Example) -> list[MarkedLine]:
    """Lines of a page with their gold names; what stands in blocked text is not taught."""
    text = example.document.text
    names = gold_mentions(text, example.gold, blocked=example.document.blocked)
    return [
        (text[a:b], [(m.start - a, m.end - a, m.type) for m in names if a <= m.start and m.end <= b])
        for a, b in lines(text)
    ]


def tagged(line: MarkedLine) -> Line:
    """A line with the BIO tag of each character."""
    text, mentions = line
    tags = [0] * len(text)
    for start, end, kind in mentions:
        tags[start:end] = [_INDEX[f"B-{kind}"]] + [_INDEX[f"I-{kind}"]] * (end - start - 1)
    return text, tags


class TaggerNetwork(nn.Module):
    """Encoder, a linear layer to tag scores, and a CRF."""

    def __init__(self, weights: LacWeights, *, drop: float = 0.4) -> None:
        super().__init__()
        self.encoder = Encoder(weights, tags=WORD_TAGS, drop=drop)
        self.drop = nn.Dropout(drop)
        self.output = nn.Linear(_STATE, len(TAGS))
        self.crf = Crf(TAGS)
        self.vocabulary = {c: k for k, c in enumerate(weights.characters, start=2)}
        self.width = weights.width

    def ids(self, text: str) -> list[int]:
        """Embedding rows of the characters of a text."""
        return [self.vocabulary.get(self.width.get(c, c), _UNKNOWN) for c in text]

    def loss(self, batch: Sequence[Line], hide: random.Random) -> torch.Tensor:
        """Mean negative log likelihood of a line."""
        lengths = torch.tensor([len(text) for text, _ in batch])
        longest = int(lengths.max())
        ids, words, gold = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
        for row, (text, tags) in enumerate(batch):
            chars = [_UNKNOWN if hide.random() < _HIDE_CHARACTER else i for i in self.ids(text)]
            ids[row, : len(text)], gold[row, : len(text)] = torch.tensor(chars), torch.tensor(tags)
            words[row, : len(text)] = torch.tensor(word_tags(text))
        emissions = self.output(self.drop(self.encoder(ids, lengths, words)))
        mask = torch.arange(longest)[None, :] < lengths[:, None]
        loss: torch.Tensor = self.crf.loss(emissions, gold, mask) / len(batch)
        return loss


def train(
    examples: Sequence[Example],
    weights: LacWeights,
    *,
    epochs: int,
    seed: int = 1,
    rate: float = 1e-3,
    start: TaggerNetwork | None = None,
    batch: int = 24,
    report: Callable[[int, float, TaggerNetwork], None] | None = None,
) -> TaggerNetwork:
    """Fine-tune from LAC's weights (or on from ``start``) with AdamW and a one-cycle schedule."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - no secret depends on it
    data = [line for example in examples for line in marked_lines(example)]
    pool = name_pool((text[a:b], kind) for text, mentions in data for a, b, kind in mentions)
    network = TaggerNetwork(weights)
    if start is not None:
        network.load_state_dict(start.state_dict())
    encoder = network.encoder
    groups = [
        (list(encoder.embedding.parameters()), rate * 0.3),
        ([encoder.tag_weights()], rate * 5),
        ([*encoder.first.parameters(), *encoder.second.parameters()], rate),
        ([*network.output.parameters(), *network.crf.parameters()], rate * 5),
    ]
    optimiser = torch.optim.AdamW([{"params": p, "lr": r} for p, r in groups], weight_decay=1e-4)
    steps = epochs * -(-len(data) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [r for _, r in groups], total_steps=steps + 1, pct_start=0.1
    )
    for epoch in range(epochs):
        network.train()
        total = 0.0
        order = sorted(data, key=lambda line: len(line[0]) + rng.random() * 40)
        batches = [order[k : k + batch] for k in range(0, len(order), batch)]
        rng.shuffle(batches)
        for members in batches:
            shown = [
                swapped(text, names, pool, rng) if rng.random() < _SWAP_LINE else (text, names)
                for text, names in members
            ]
            loss = network.loss([tagged(line) for line in shown], rng)
            total += descend(loss, network, optimiser, schedule, longest=5.0)
        if report:
            report(epoch, total, network)
    return network


def save(network: TaggerNetwork, weights: LacWeights, folder: Path) -> None:
    """Write tagger.onnx, tagger_crf.npz and tagger.json."""
    encoder = network.encoder
    write_encoder(
        folder / "tagger.onnx",
        embedding=encoder.embedding.weight.detach().numpy(),
        tag_embedding=encoder.tag_weights().detach().numpy(),
        layers=[onnx_gru(encoder.first), onnx_gru(encoder.second)],
        output=(network.output.weight.detach().numpy().T, network.output.bias.detach().numpy()),
    )
    np.savez(
        folder / "tagger_crf.npz",
        transitions=network.crf.transitions().detach().numpy(),
        start=network.crf.start().detach().numpy(),
    )
    config = {"tags": TAGS, "characters": "".join(weights.characters), "width": weights.width}
    (folder / "tagger.json").write_text(json.dumps(config, ensure_ascii=False), "utf-8")
