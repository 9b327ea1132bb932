"""Filters of facts: by type, region, date and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.errors import QueryError
from kg.model import ENTITY_TYPES
from kg.resolve.divisions import divisions


@dataclass(frozen=True, slots=True)
class Filters:
    """Which facts to take; an empty field takes all.

    types: a fact must join an entity of one of these types. region: one of its entities must be at home in
    this division (name or code) or inside it. since, until: its date, or else its page's, as ISO 8601,
    partial allowed and both included. confidence: at least this much; facts without one (people's) count as
    certain.
    """

    types: frozenset[str] = frozenset()
    region: str | None = None
    since: str | None = None
    until: str | None = None
    confidence: float = 0.0

    def __bool__(self) -> bool:
        return self != Filters()


class Keep:
    """Whether a fact passes filters, given what the filters need to know of entities and pages (by IRI).

    types: the type of each entity; divisions: the codes of its home division and of all above; published:
    the date of each page. Raises QueryError for a type or a region that does not exist.
    """

    def __init__(
        self,
        filters: Filters,
        *,
        types: Mapping[str, str],
        divisions: Mapping[str, Sequence[str]],
        published: Mapping[str, str | None],
    ) -> None:
        if unknown := filters.types - set(ENTITY_TYPES):
            raise QueryError(
                f"no entity type {', '.join(sorted(unknown))}; choose from {', '.join(ENTITY_TYPES)}"
            )
        code = _code(filters.region) if filters.region else None
        self._filters = filters
        self._typed = {iri for iri, kind in types.items() if not filters.types or kind in filters.types}
        self._placed = {iri for iri, codes in divisions.items() if code is None or code in codes}
        self._published = published

    def __call__(
        self, joined: Iterable[str], date: str | None, *, page: str, confidence: Decimal | None
    ) -> bool:
        """joined: the entities that the fact joins; date: its own date, if it has one."""
        ends = set(joined)
        certain = confidence is None or confidence >= self._filters.confidence
        known = date if date and not date.startswith("--") else self._published.get(page)
        return bool(ends & self._typed) and bool(ends & self._placed) and certain and self._in_time(known)

    def _in_time(self, date: str | None) -> bool:
        """A partial date passes when any day that it may mean does; what has no year passes no bound."""
        since, until = self._filters.since, self._filters.until
        if since is None and until is None:
            return True
        if date is None or date.startswith("--"):
            return False
        late_enough = since is None or date >= since[: len(date)]
        return late_enough and (until is None or date[: len(until)] <= until[: len(date)])


def _code(region: str) -> str:
    table = divisions()
    code = region if region in table.by_code else table.lookup(region)
    if code is None:
        several = "several regions bear it; write the city before it, or the code"
        raise QueryError(
            f"region {region!r}: {several if table.is_ambiguous(region) else 'no region bears it'}"
        )
    return code
