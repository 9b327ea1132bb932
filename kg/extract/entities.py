"""Entities of one document: mentions grouped by coreference, named by their fullest form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.alias_features import Surface
from kg.extract.coreference import cluster, entity_type
from kg.extract.structure import Mention
from kg.extract.tagger import TaggedSpan


@dataclass(frozen=True, slots=True)
class DocumentEntity:
    """A named thing of one document: fullest name, other forms, spans of the repaired text, probability."""

    type: str
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[tuple[int, int], ...]
    score: float


def tidy(form: str) -> str:
    """A surface form without the blanks and line breaks that pages put inside names (Latin words keep theirs)."""
    if form.isascii():
        return " ".join(form.split())
    kept: list[str] = []
    for index, char in enumerate(form):
        inside_latin = form[index - 1 : index].isascii() and form[index + 1 : index + 2].isascii()
        if not char.isspace() or (inside_latin and kept):
            kept.append(" " if char.isspace() else char)
    return "".join(kept)


def group_mentions(text: str, spans: Sequence[TaggedSpan]) -> list[DocumentEntity]:
    """Entities in order of first mention; no two of one type share a form."""
    forms = [(tidy(text[s.start : s.end]), s.type) for s in spans]
    counts = Counter(forms)
    result = []
    for kind, group in _apart([(entity_type(group, counts), group) for group in cluster(text, forms)]):
        inside = set(group)
        members = [s for s, form in zip(spans, forms, strict=True) if form in inside]
        names = sorted({name for name, _ in group}, key=lambda n: (-len(n), n))
        # the chance that at least one mention is right, never above the best mention's own
        score = max(s.score for s in members)
        result.append(
            DocumentEntity(kind, names[0], tuple(names[1:]), tuple((s.start, s.end) for s in members), score)
        )
    return sorted(result, key=lambda e: e.mentions[0])


def entity_mentions(entities: Sequence[DocumentEntity]) -> list[Mention]:
    """All mentions of the entities, each with its entity's index."""
    return [Mention(start, end, e.type, k) for k, e in enumerate(entities) for start, end in e.mentions]


def _apart(groups: list[tuple[str, list[Surface]]]) -> list[tuple[str, list[Surface]]]:
    """Joins groups that came out with one type and a common form: a form typed in two ways may be in both."""
    result: list[tuple[str, list[Surface]]] = []
    for kind, group in groups:
        names = {name for name, _ in group}
        alike = [known for known in result if known[0] == kind and names & {name for name, _ in known[1]}]
        result = [known for known in result if known not in alike]
        result.append((kind, [form for _, known in alike for form in known] + group))
    return result
