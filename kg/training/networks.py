"""The networks that are trained: the name tagger (encoder + CRF) and the pair scorer (encoder + pair head)."""

from __future__ import annotations

import torch
from torch import nn

from kg.extract.labels import LABEL_INDEX, LABELS, MENTION_TYPES, TYPE_INDEX
from kg.extract.mention_context import MENTION_FLAGS, mention_flags
from kg.extract.pair_scorer import _REACH
from kg.extract.pair_table import TABLE_VIEWS, table_views
from kg.model import AGREEMENT_STATUSES, AGREEMENT_TYPES
from kg.training.lac import LacWeights, gru_layer
from kg.training.pair_examples import PairExample

_STATE = 256
_SHARE = 24
_TYPE = 24
_ORDER_IN = 96  # what the network over mentions is told of each
_ORDER = 64  # what it keeps, in each direction
_NEVER = -1e4


def averaged(first: nn.Module, second: nn.Module) -> None:
    """Give ``first`` the mean of its weights and those of ``second``, which was tuned on from it.

    One network as good as the two together, at the price of one (Wortsman et al. 2022, "model soups").
    """
    other = second.state_dict()
    mean = {k: (v + other[k]) / 2 if v.is_floating_point() else v for k, v in first.state_dict().items()}
    first.load_state_dict(mean)


def descend(
    loss: torch.Tensor,
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    *,
    longest: float,
) -> float:
    """One step down the gradient, clipped to a norm of ``longest``; gives the loss."""
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), longest)
    optimiser.step()
    schedule.step()
    return loss.item()


class Encoder(nn.Module):
    """Character embedding (plus that of word or mention tags, if asked for), two bidirectional GRU layers, from LAC."""

    def __init__(self, weights: LacWeights, *, tags: int = 0, drop: float = 0.3) -> None:
        super().__init__()
        self.embedding = nn.Embedding(*weights.embedding.shape)
        self.embedding.weight.data = weights.embedding.clone()
        self.first = gru_layer(weights.layers[0], weights.embedding.shape[1])
        self.second = gru_layer(weights.layers[1], _STATE)
        self.tags = nn.Embedding(tags, weights.embedding.shape[1]) if tags else None
        if self.tags is not None:
            nn.init.normal_(self.tags.weight, std=0.05)
            self.tags.weight.data[0] = 0
        self.drop = nn.Dropout(drop)

    def tag_weights(self) -> torch.Tensor:
        """The embedding of the tags; raises ValueError where the encoder was made without."""
        if self.tags is None:
            raise ValueError("this encoder takes no tags: make it with tags=…")
        return self.tags.weight

    def forward(
        self, ids: torch.Tensor, lengths: torch.Tensor, tags: torch.Tensor | None = None
    ) -> torch.Tensor:
        x = self.embedding(ids)
        if self.tags is not None and tags is not None:
            x = x + self.tags(tags)
        return self._run(self.second, self.drop(self._run(self.first, x, lengths)), lengths)

    @staticmethod
    def _run(layer: nn.GRU, x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """A bidirectional layer over padded rows: each direction by itself, the backward one over turned rows.

        torch's own packed sequences give the same states, but their backward pass fills the whole batch with
        zeros once a time step (eight times slower on a CPU).
        """
        rows, longest, _ = x.shape
        steps = torch.arange(longest)[None, :].expand(rows, -1)
        turned = torch.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)
        # input, hidden, two biases; then those of the backward direction
        weights: list[torch.Tensor] = list(layer.parameters())
        start = x.new_zeros(1, rows, layer.hidden_size)
        outputs = []
        for weight, order in ((weights[:4], None), (weights[4:], turned)):
            given = x if order is None else _gather_steps(x, order)
            output, _ = torch.gru(given, start, weight, True, 1, 0.0, layer.training, False, True)
            outputs.append(output if order is None else _gather_steps(output, order))
        return torch.cat(outputs, 2)


def _gather_steps(x: torch.Tensor, order: torch.Tensor) -> torch.Tensor:
    return x.gather(1, order[:, :, None].expand(-1, -1, x.shape[2]))


class Crf(nn.Module):
    """Linear-chain CRF over BIO tags; moves that BIO forbids are never taken."""

    forbidden: torch.Tensor
    forbidden_start: torch.Tensor

    def __init__(self, tags: list[str]) -> None:
        super().__init__()
        size = len(tags)
        self.moves = nn.Parameter(torch.zeros(size, size))
        self.begin = nn.Parameter(torch.zeros(size))
        forbidden, forbidden_start = torch.zeros(size, size), torch.zeros(size)
        for j, tag in enumerate(tags):
            if tag.startswith("I-"):
                forbidden_start[j] = _NEVER
                for i, before in enumerate(tags):
                    if before[2:] != tag[2:]:
                        forbidden[i, j] = _NEVER
        self.register_buffer("forbidden", forbidden)
        self.register_buffer("forbidden_start", forbidden_start)

    def transitions(self) -> torch.Tensor:
        """Scores of moving from tag to tag."""
        return self.moves + self.forbidden

    def start(self) -> torch.Tensor:
        """Scores of starting with a tag."""
        return self.begin + self.forbidden_start

    def loss(self, emissions: torch.Tensor, gold: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Negative log likelihood of the gold tags, summed over the batch."""
        moves, state = self.transitions(), self.start() + emissions[:, 0]
        score = self.start()[gold[:, 0]] + emissions[:, 0].gather(1, gold[:, :1])[:, 0]
        for k in range(1, emissions.shape[1]):
            live = mask[:, k]
            following = torch.logsumexp(state.unsqueeze(2) + moves, 1) + emissions[:, k]
            state = torch.where(live[:, None], following, state)
            step = moves[gold[:, k - 1], gold[:, k]] + emissions[:, k].gather(1, gold[:, k : k + 1])[:, 0]
            score = score + step * live
        return (torch.logsumexp(state, 1) - score).sum()


class PairHead(nn.Module):
    """Judges pairs of mentions from the encoder's states; kg.extract.pair_scorer runs the same sums in numpy."""

    def __init__(self, features: int, *, size: int = 160, context: int = 96, drop: float = 0.3) -> None:
        super().__init__()
        self.drop = nn.Dropout(drop)
        self.ma, self.mb = nn.Linear(_STATE * 5, size), nn.Linear(_STATE * 5, size)
        self.mt = nn.Linear(_STATE * 5, _ORDER_IN)
        told = _ORDER_IN + _TYPE + len(MENTION_FLAGS)
        self.order = nn.GRU(told, _ORDER, batch_first=True, bidirectional=True)
        self.oa, self.ob = nn.Linear(2 * _ORDER, size), nn.Linear(2 * _ORDER, size)
        for layer in (self.oa, self.ob):  # begins as if there were no such network
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        self.bt, self.f1 = nn.Linear(_STATE, context), nn.Linear(features, 96)
        self.ty = nn.Embedding(len(MENTION_TYPES), _TYPE)
        self.hid = nn.Linear(size * 3 + context + 2 * _TYPE + 96, 256)
        self.z = nn.Linear(256, _SHARE * TABLE_VIEWS)
        self.ctx = nn.Linear(256 + _SHARE * TABLE_VIEWS, 256)
        self.o = nn.Linear(256, len(LABELS))
        nn.init.constant_(self.o.bias, -3.0)
        self.at, self.st = nn.Linear(256, len(AGREEMENT_TYPES)), nn.Linear(256, len(AGREEMENT_STATUSES))

    def forward(
        self, example: PairExample, states: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits of entity pairs: labels (log-sum-exp over mention pairs), agreement types, agreement statuses."""
        c, s = example.candidates, example.candidates.structure
        start = torch.tensor([m.start for m in s.mentions])
        end = torch.tensor([m.end for m in s.mentions])
        kind = torch.tensor([TYPE_INDEX[m.type] for m in s.mentions])
        group_start = torch.tensor([s.group_start[g] for g in s.groups])
        group_end = torch.tensor([s.group_end[g] for g in s.groups])
        length = states.shape[0]
        zero = states.new_zeros(1, states.shape[1])
        padded, summed = torch.cat([zero, states, zero]), torch.cat([zero, states.cumsum(0)])
        mean = (summed[end] - summed[start]) / (end - start)[:, None]
        report = self.drop(
            torch.cat(
                [
                    mean,
                    padded[start],
                    padded[(end + 1).clamp(max=length + 1)],
                    padded[group_start],
                    padded[(group_end + 1).clamp(max=length + 1)],
                ],
                1,
            )
        )
        told = [torch.relu(self.mt(report)), self.ty(kind), torch.from_numpy(mention_flags(s))]
        order = self.drop(self.order(torch.cat(told, 1)[None])[0][0])
        a, b = self.ma(report) + self.oa(order), self.mb(report) + self.ob(order)
        around = torch.relu(self.bt(states))
        running = torch.cat([around.new_zeros(1, around.shape[1]), around.cumsum(0)])
        ia, ib = torch.from_numpy(c.mention_pairs).T
        low = torch.minimum(end[ia], end[ib])
        high = torch.maximum(torch.maximum(start[ia], start[ib]), low)
        low = torch.maximum(low, high - _REACH)
        between = (running[high] - running[low]) / (high - low).clamp(min=1).sqrt()[:, None]
        given = self.drop(torch.relu(self.f1(torch.from_numpy(c.features))))
        x = torch.cat([a[ia], b[ib], a[ia] * b[ib], between, self.ty(kind[ia]), self.ty(kind[ib]), given], 1)
        hidden = self.drop(torch.relu(self.hid(x)))
        hidden = self.drop(torch.relu(self.ctx(torch.cat([hidden, self._table(hidden, example)], 1))))
        return self._gather(hidden, self.o(hidden), torch.from_numpy(c.owner), len(c.entity_pairs))

    def _table(self, hidden: torch.Tensor, example: PairExample) -> torch.Tensor:
        """What the other pairs of the document say that share a side with each pair: largest over each view."""
        shares = torch.split(torch.relu(self.z(hidden)), _SHARE, dim=1)
        views = []
        for share, keys in zip(shares, table_views(example.candidates), strict=True):
            key = torch.from_numpy(keys)
            index = key[:, None].expand(-1, _SHARE)
            most = torch.zeros(int(key.max()) + 1, _SHARE).scatter_reduce(0, index, share, "amax")
            views.append(most[key])
        return torch.cat(views, 1)

    def _gather(
        self, hidden: torch.Tensor, logits: torch.Tensor, owner: torch.Tensor, count: int
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        column = owner[:, None].expand(-1, logits.shape[1])
        top = torch.full((count, logits.shape[1]), _NEVER * 1e4).scatter_reduce(
            0, column, logits.detach(), "amax"
        )
        total = torch.zeros_like(top).index_add(0, owner, torch.exp(logits - top[owner]))
        pair = logits[:, LABEL_INDEX["pair"]].detach()
        weight = torch.exp(pair - top[owner, LABEL_INDEX["pair"]])
        weight = weight / torch.zeros(count).index_add(0, owner, weight)[owner]
        mixed = torch.zeros(count, hidden.shape[1]).index_add(0, owner, hidden * weight[:, None])
        return top + torch.log(total), self.at(mixed), self.st(mixed)
