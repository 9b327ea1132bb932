"""A compact notation for annotated pages, for people who write training text.

One file holds many pages. A page is a header, its text and its facts::

    === 012-suzhou-fund
    published: 2024-03-28
    --- text
    (the page, as many lines as it needs)
    --- facts
    E Firm 长沙巨翊医疗科技有限公司 | 巨翊科技
    A supply signed 2025-05-28 @签约活动 #240000000CNY : 长沙巨翊医疗科技有限公司 + 长沙市中心医院
    R settledIn 长沙巨翊医疗科技有限公司 -> 雨花经开区
    R hasRole 张三 -> 巨翊科技 = 董事长
    Q 雨花经开区 landArea 60000 m2 2024

``A`` takes ``-`` for an unknown date; ``@event`` and ``#amount`` may be left out. Facts refer to an entity by its
name or any alias; a name that two entities share is written with its type before it: ``Place/雨花``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from kg.errors import AnnotationError
from kg.model import Agreement, Amount, Annotation, Entity, Quantity, Relation

_PAGE = re.compile(r"^=== *(\S+) *$", re.M)
_AMOUNT = re.compile(r"#(-?[\d.]+)([A-Z]{3})$")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a notation file: its text and its annotation."""

    text: str
    annotation: Annotation


def parse(source: str, *, where: str = "notation") -> Iterator[Page]:
    """Pages of a notation file; raises AnnotationError naming the page and the line at fault."""
    parts = _PAGE.split(source)
    if len(parts) == 1:
        raise AnnotationError(f"{where}: no page starts here; write a line '=== name' before each")
    seen: set[str] = set()
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        if name in seen:
            raise AnnotationError(f"{where}: page {name}: stands twice")
        seen.add(name)
        yield _page(name, body, where=f"{where}: page {name}")


def load(path: Path) -> Iterator[Page]:
    """Pages of the notation file at ``path``; raises AnnotationError as ``parse`` does."""
    try:
        source = path.read_text("utf-8")
    except UnicodeDecodeError as err:
        raise AnnotationError(f"{path}: not UTF-8 ({err.reason} at byte {err.start})") from err
    return parse(source, where=str(path))


def _page(name: str, body: str, *, where: str) -> Page:
    head, _, rest = body.partition("--- text\n")
    text, found, facts = rest.partition("--- facts\n")
    if not found:
        raise AnnotationError(f"{where}: needs the lines '--- text' and '--- facts'")
    published = None
    for line in head.strip().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "published" and value.strip() not in ("", "-"):
            published = value.strip()
    return Page(text.strip("\n") + "\n", _Facts(text, where).read(name, published, facts))


def _reason(err: ValueError) -> str:
    if not isinstance(err, ValidationError):
        return str(err)
    first = err.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


class _Facts:
    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        self.entities: list[Entity] = []
        self.agreements: list[Agreement] = []
        self.relations: list[Relation] = []
        self.quantities: list[Quantity] = []

    def read(self, name: str, published: str | None, facts: str) -> Annotation:
        rows = [line.strip() for line in facts.splitlines() if line.strip() and not line.startswith("#")]
        readers = {"E": self._entity, "A": self._agreement, "R": self._relation, "Q": self._quantity}
        unknown = [row for row in rows if row.split(" ", 1)[0] not in readers]
        if unknown:
            raise AnnotationError(f"{self.where}: {unknown[0]!r}: a fact starts with E, A, R or Q")
        for kind, read in readers.items():
            for row in rows:
                if row.split(" ", 1)[0] == kind:
                    try:
                        read(row[2:].strip())
                    except ValueError as err:
                        raise AnnotationError(f"{self.where}: {row!r}: {_reason(err)}") from err
        try:
            return Annotation(
                doc=name,
                published=published,
                entities=tuple(self.entities),
                agreements=tuple(self.agreements),
                relations=tuple(self.relations),
                quantities=tuple(self.quantities),
            )
        except ValidationError as err:
            raise AnnotationError(f"{self.where}: {_reason(err)}") from err

    def _entity(self, row: str) -> None:
        kind, _, rest = row.partition(" ")
        names = [n.strip() for n in rest.split("|") if n.strip()]
        if not names:
            raise ValueError("write: E Type name [| alias]")
        for n in names:
            if kind not in ("Event", "Project") and n not in self.text:
                raise ValueError(f"{n!r} is not in the text")
        self.entities.append(
            Entity.model_validate(
                {"id": f"e{len(self.entities) + 1}", "type": kind, "name": names[0], "aliases": names[1:]}
            )
        )

    def _ref(self, name: str) -> str:
        name = name.strip()
        kind, slash, rest = name.partition("/")
        hits = [e for e in self.entities if slash and e.type == kind and rest in e.names]
        hits = hits or [e for e in self.entities if name in e.names]
        if len(hits) != 1:
            raise ValueError(f"{name!r} names {len(hits)} entities, not one")
        return hits[0].id

    def _agreement(self, row: str) -> None:
        head, sep, parties = row.partition(" : ")
        words = head.split(" ", 3)
        if not sep or len(words) < 3:
            raise ValueError("write: A type status date [@event] [#amount] : party + party")
        tail = words[3] if len(words) > 3 else ""
        amount = None
        if found := _AMOUNT.search(tail):
            amount = Amount(value=float(found[1]), currency=found[2])
            tail = tail[: found.start()]
        event = tail.strip().removeprefix("@").strip()
        self.agreements.append(
            Agreement.model_validate(
                {
                    "id": f"a{len(self.agreements) + 1}",
                    "type": words[0],
                    "status": words[1],
                    "date": None if words[2] == "-" else words[2],
                    "event": self._ref(event) if event else None,
                    "amount": amount,
                    "parties": [self._ref(p) for p in parties.split(" + ")],
                }
            )
        )

    def _relation(self, row: str) -> None:
        kind, _, rest = row.partition(" ")
        pair, _, title = rest.partition(" = ")
        subject, arrow, target = pair.partition(" -> ")
        if not arrow:
            raise ValueError("write: R type subject -> object [= title]")
        self.relations.append(
            Relation.model_validate(
                {
                    "type": kind,
                    "subject": self._ref(subject),
                    "object": self._ref(target),
                    "title": title.strip() or None,
                }
            )
        )

    def _quantity(self, row: str) -> None:
        found = re.match(r"(.+) (\w+) (-?[\d.]+) (\w+)(?: ([\d-]+))?$", row)
        if not found:
            raise ValueError("write: Q subject property value unit [date]")
        self.quantities.append(
            Quantity.model_validate(
                {
                    "subject": self._ref(found[1]),
                    "property": found[2],
                    "value": float(found[3]),
                    "unit": found[4],
                    "date": found[5],
                }
            )
        )
