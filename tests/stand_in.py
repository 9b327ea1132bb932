"""A stand-in for the extractor: firms are what is called …药业, and all that stand before 签约 sign."""

from __future__ import annotations

import re
from itertools import combinations

from kg.model import Agreement, Annotation, Document, Entity

#: Keys of the documents that it has read.
extracted: list[str] = []


def stand_in(document: Document) -> Annotation:
    """Quick and predictable; fails on a page that asks for it."""
    extracted.append(document.key)
    if "炸裂" in document.text:
        raise RuntimeError("the page broke it")
    names = sorted({m.group() for m in re.finditer(r"[甲乙丙丁戊]药业", document.text)})
    firms = tuple(
        Entity(id=f"e{n}", type="Firm", name=name, mentions=(document.offsets.to_source(at, at + 3),))
        for n, name in enumerate(names)
        if (at := document.text.index(name)) >= 0
    )
    signed = tuple(
        Agreement(id=f"a{n}", type="supply", status="signed", parties=(a.id, b.id), confidence=0.9,
                  evidence=document.evidence(0, 10))
        for n, (a, b) in enumerate(combinations(firms, 2))
        if "签约" in document.text
    )  # fmt: skip
    return Annotation(doc=document.name, published=document.published, entities=firms, agreements=signed)
