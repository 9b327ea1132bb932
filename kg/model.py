"""The nouns every stage speaks: Document, Annotation and their parts.

``Annotation`` is the JSON form of the annotation guidelines, for gold data and for the extractor's output alike.
Offsets count characters of the document's *source text* (a text file as decoded, or the article text
taken out of an HTML page, before repair); ``Document.offsets`` leads from the repaired text back to it.
"""

from __future__ import annotations

import bisect
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kg.errors import AnnotationError

EntityType = Literal[
    "GovernmentBody",
    "Park",
    "Firm",
    "Investor",
    "MedicalInstitution",
    "ResearchInstitution",
    "Association",
    "Organization",
    "Person",
    "Place",
    "Project",
    "Event",
    "Policy",
    "Product",
]
AgreementType = Literal[
    "strategic_cooperation",
    "investment",
    "equity_investment",
    "supply",
    "technology_service",
    "tech_transfer",
    "joint_construction",
    "lease",
    "settlement",
    "credit",
    "other",
]
AgreementStatus = Literal["signed", "intent", "planned", "terminated"]
RelationType = Literal[
    "locatedIn",
    "settledIn",
    "plansToSettleIn",
    "operates",
    "investsIn",
    "subsidiaryOf",
    "memberOf",
    "partOf",
    "hasRole",
    "organizes",
    "participatesIn",
    "implements",
    "issues",
    "establishes",
    "produces",
    "recognizes",
]
QuantityProperty = Literal[
    "landArea",
    "floorArea",
    "investment",
    "outputValue",
    "revenue",
    "taxRevenue",
    "fundSize",
    "financing",
    "enterpriseCount",
    "projectCount",
    "employeeCount",
    "attendeeCount",
    "growthRate",
]

ENTITY_TYPES: tuple[EntityType, ...] = EntityType.__args__  # type: ignore[attr-defined]
AGREEMENT_TYPES: tuple[AgreementType, ...] = AgreementType.__args__  # type: ignore[attr-defined]
AGREEMENT_STATUSES: tuple[AgreementStatus, ...] = AgreementStatus.__args__  # type: ignore[attr-defined]
RELATION_TYPES: tuple[RelationType, ...] = RelationType.__args__  # type: ignore[attr-defined]
QUANTITY_PROPERTIES: tuple[QuantityProperty, ...] = QuantityProperty.__args__  # type: ignore[attr-defined]

CORE_TYPES: frozenset[EntityType] = frozenset({"GovernmentBody", "Park", "Firm", "Investor"})
ORGANISATION_TYPES: frozenset[EntityType] = frozenset(
    {
        "GovernmentBody",
        "Firm",
        "Investor",
        "MedicalInstitution",
        "ResearchInstitution",
        "Association",
        "Organization",
    }
)
#: What may be a member of one enumeration, and what departments belong to: organisations, and the parks that act.
ACTING_TYPES: frozenset[EntityType] = ORGANISATION_TYPES | {"Park"}
HOST_TYPES: frozenset[EntityType] = frozenset({"Place", "Park"})
#: Who takes firms in and holds events.
LOCAL_TYPES: frozenset[EntityType] = HOST_TYPES | {"GovernmentBody"}
#: Companies, whether they make things or invest.
FIRM_TYPES: frozenset[EntityType] = frozenset({"Firm", "Investor"})
PARTY_TYPES: frozenset[EntityType] = ORGANISATION_TYPES | HOST_TYPES | {"Project"}

_SITES = ORGANISATION_TYPES | HOST_TYPES
#: Which types may stand on the two sides of a relation: {relation: (subject types, object types)}.
RELATION_SIGNATURES: dict[RelationType, tuple[frozenset[EntityType], frozenset[EntityType]]] = {
    "locatedIn": (_SITES | {"Project", "Event"}, HOST_TYPES),
    "settledIn": (ORGANISATION_TYPES | {"Project"}, HOST_TYPES),
    "plansToSettleIn": (ORGANISATION_TYPES | {"Project"}, HOST_TYPES),
    "operates": (ORGANISATION_TYPES | {"Park"}, _SITES | {"Product", "Project"}),
    "investsIn": (_SITES, _SITES | {"Project"}),
    "subsidiaryOf": (ORGANISATION_TYPES, ORGANISATION_TYPES),
    "memberOf": (_SITES, frozenset({"Association"})),
    "partOf": (_SITES | {"Project", "Product"}, _SITES | {"Project"}),
    "hasRole": (frozenset({"Person"}), _SITES | {"Project"}),
    "organizes": (_SITES, frozenset({"Event"})),
    "participatesIn": (_SITES | {"Person", "Project"}, frozenset({"Event"})),
    "implements": (_SITES, frozenset({"Project"})),
    "issues": (_SITES, frozenset({"Policy"})),
    "establishes": (_SITES | {"Person"}, _SITES | {"Product", "Project"}),
    "produces": (_SITES, frozenset({"Product"})),
    "recognizes": (_SITES, _SITES | {"Person"}),
}

PartialDate = Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?|--\d{2}-\d{2})$")]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


#: Fields that a file holds only where they say something; an agreement's date, event and amount always stand.
_LEFT_OUT = ("mentions", "title", "evidence", "confidence")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(_Part):
    """The span that states a fact: source offsets, and the same span after repair."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str


class Entity(_Part):
    """A named thing in one document; ``mentions`` are source offsets, sorted."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()
    confidence: Confidence | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The fullest name first, then the aliases."""
        return (self.name, *self.aliases)


class Amount(_Part):
    """Money in base units of an ISO 4217 currency."""

    value: float
    currency: str


class Agreement(_Part):
    """One act of agreement between parties (entity ids), one of them at least named."""

    id: str
    type: AgreementType
    status: AgreementStatus
    parties: tuple[str, ...] = Field(min_length=1)
    date: PartialDate | None = None
    event: str | None = None
    amount: Amount | None = None
    evidence: Evidence | None = None
    confidence: Confidence | None = None


class Relation(_Part):
    """A typed edge between two entities (ids); ``title`` only with hasRole and recognizes."""

    type: RelationType
    subject: str
    object: str
    title: str | None = None
    evidence: Evidence | None = None
    confidence: Confidence | None = None


class Quantity(_Part):
    """A figure of an entity (id) in base units: m2, an ISO 4217 code, count or percent."""

    subject: str
    property: QuantityProperty
    value: float
    unit: str
    date: PartialDate | None = None
    evidence: Evidence | None = None
    confidence: Confidence | None = None


class Annotation(_Part):
    """All facts of one document, in the form of the annotation guidelines."""

    doc: str
    published: PartialDate | None = None
    entities: tuple[Entity, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    relations: tuple[Relation, ...] = ()
    quantities: tuple[Quantity, ...] = ()

    def to_json(self) -> str:
        """Indented UTF-8 JSON; fields that gold files leave out are left out when unset."""
        form = self.model_dump(mode="json")
        for part in (*form["entities"], *form["agreements"], *form["relations"], *form["quantities"]):
            for name in _LEFT_OUT:
                if part.get(name, "") in (None, []):
                    del part[name]
        for quantity in form["quantities"]:
            if quantity["date"] is None:
                del quantity["date"]
        return json.dumps(form, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str, *, where: str = "annotation") -> Annotation:
        """Parse and validate; raises AnnotationError that names ``where`` and each fault."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as err:
            faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in err.errors()[:5])
            raise AnnotationError(f"{where}: not an annotation file ({faults})") from err

    @classmethod
    def load(cls, path: Path) -> Annotation:
        """Read one annotation file."""
        try:
            return cls.from_json(path.read_text("utf-8"), where=str(path))
        except UnicodeDecodeError as err:
            raise AnnotationError(f"{path}: not UTF-8 ({err.reason} at byte {err.start})") from err


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of the repaired text came from.

    ``starts[i]``/``ends[i]`` delimit the source characters that repaired character ``i`` stands for;
    both are non-decreasing, so a repaired span maps to one source span.
    """

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text that was not changed."""
        return cls(range(length), range(1, length + 1))

    def __len__(self) -> int:
        return len(self.starts)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Source span of the repaired span [start, end); an empty span maps to an empty span."""
        if not 0 <= start <= end <= len(self.starts):
            raise ValueError(
                f"span {start}:{end} is outside the repaired text of {len(self.starts)} characters"
            )
        if start == end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if len(self.ends) else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def to_repaired(self, start: int, end: int) -> tuple[int, int]:
        """Repaired span that covers every repaired character whose source overlaps [start, end)."""
        first = bisect.bisect_right(self.ends, start)
        last = bisect.bisect_left(self.starts, end)
        return first, max(first, last)


@dataclass(frozen=True, slots=True)
class Document:
    """One page, read and repaired.

    key: what tells it from every other document of a build (path relative to the source, or URL).
    source_text: text as decoded, or the article text of an HTML page; every published offset counts in it.
    text: ``source_text`` after repair; the extractor reads this.
    blocked: spans of ``text`` from which nothing may be extracted (furniture, spam, unreadable runs).
    """

    key: str
    name: str
    source: str
    source_text: str
    text: str
    offsets: OffsetMap
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    media_type: str = "text/plain"
    encoding: str | None = None
    blocked: tuple[tuple[int, int], ...] = field(default=())
    content_hash: str = ""

    @staticmethod
    def hash_of(data: bytes) -> str:
        """Content hash of the raw bytes: SHA-256, hexadecimal."""
        return hashlib.sha256(data).hexdigest()

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence for a span of the repaired text."""
        source_start, source_end = self.offsets.to_source(start, end)
        return Evidence(start=source_start, end=source_end, quote=self.text[start:end])
