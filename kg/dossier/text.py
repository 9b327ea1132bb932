"""The dossier for the terminal: facts with their sentences, by relation; agreements in the order of dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kg.dossier.model import Dossier, Quote, Signing
from kg.dossier.search import Candidate
from kg.query.records import DocumentRecord
from kg.words import Words, day, printable

_HEAD, _KEY, _QUIET = "bold", "cyan", "dim"


class Writer:
    """Writes to a terminal, wrapped at its width, or to a file, one line a paragraph.

    quotes: sentences shown of each fact; None shows all.
    """

    def __init__(self, output: TextIO, words: Words, *, width: int | None, quotes: int | None = 2) -> None:
        self.words = words
        self._quotes = quotes
        self._console = Console(
            file=output, width=width or 100_000, highlight=False, emoji=False, markup=False
        )

    def dossier(self, dossier: Dossier) -> None:
        """The whole dossier."""
        words, entity = self.words, dossier.entity
        about = [
            words(f"type.{entity.type}"),
            *dossier.regions,
            *(words.sector(each) for each in dossier.sectors),
        ]
        self._line(0, (entity.label, _HEAD), ("  " + " · ".join(about), ""))
        if dossier.aliases:
            self._line(0, (f"{words('ui.alias')} ", _QUIET), (words.listed(list(dossier.aliases)), ""))
        self._line(0, (entity.iri, _QUIET))
        if dossier.agreements:
            self._section("ui.agreements", len(dossier.agreements))
            for act in dossier.agreements:
                self._signing(dossier, act)
        for group in dossier.relations:
            self._heading(words.relation(group.kind, inverse=group.inverse), len(group.links))
            for link in group.links:
                self._line(1, (link.other.label, ""), (f"  {link.title or ''}", _KEY))
                self._said(link.quotes)
        if dossier.figures:
            self._section("ui.figures", len(dossier.figures))
            for figure in dossier.figures:
                self._line(
                    1,
                    (words(f"figure.{figure.property}") + "  ", ""),
                    (words.quantity(figure.value, figure.unit), _KEY),
                    (f"  {day(figure.date)}", _QUIET),
                )
                self._said(figure.quotes)
        self._section("show.pages", len(dossier.pages))
        for page in dossier.pages:
            self._line(1, (self._page(page), ""), (f"  {page.url or ''}", _QUIET))

    def candidates(self, found: Iterable[Candidate]) -> None:
        """Entities that a name may mean, each with what tells it from the others."""
        words = self.words
        for each in found:
            about = [words(f"type.{each.entity.type}"), *([each.region] if each.region else [])]
            about.append(words("show.counts", agreements=each.agreements, pages=each.pages))
            alias = f"（{each.matched}）" if each.matched else ""
            self._line(0, (each.entity.label + alias, _HEAD), ("  " + " · ".join(about), ""))
            self._line(1, (each.entity.iri, _QUIET))

    def _signing(self, dossier: Dossier, act: Signing) -> None:
        words = self.words
        others = [other.label for other in dossier.others(act)]
        parts = [
            (f"{day(act.date) or words('ui.date.unknown')}  ", _KEY),
            (f"{words(f'kind.{act.type}')} · {words(f'status.{act.status}')}", ""),
        ]
        if act.amount is not None and act.currency:
            parts.append((f" · {words.quantity(act.amount, act.currency)}", _KEY))
        parts.append((f"  {words.listed(others) or words('ui.party.unnamed')}", _HEAD))
        if act.event and act.event.iri != dossier.entity.iri:
            parts.append((f"  @{act.event.label}", _QUIET))
        self._line(1, *parts)
        self._said(act.quotes)

    def _said(self, quotes: tuple[Quote, ...]) -> None:
        """Sentences, each once, with every page that has it."""
        pages: dict[str, dict[str, None]] = {}
        for quote in quotes:
            if quote.text:
                pages.setdefault(quote.text, {})[self._page(quote.page)] = None
        shown = list(pages)[: self._quotes]
        for text in shown:
            self._line(2, (f"“{text}”", ""), (" — " + "；".join(pages[text]), _QUIET))
        if len(pages) > len(shown):
            self._line(2, (self.words("show.more", n=len(pages) - len(shown)), _QUIET))

    def _page(self, page: DocumentRecord) -> str:
        return "，".join(filter(None, (page.title or page.name, page.publisher, page.published)))

    def _section(self, key: str, count: int) -> None:
        self._heading(self.words(key), count)

    def _heading(self, title: str, count: int) -> None:
        self._console.print()
        self._line(0, (title, _HEAD), (f"  {count}", _QUIET))

    def _line(self, depth: int, *parts: tuple[str, str]) -> None:
        text = Text()
        for words, style in _visible(parts):
            text.append(words, style=style)
        text.rstrip()
        self._console.print(Padding(text, (0, 0, 0, 2 * depth), expand=False))


def _visible(parts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for words, style in parts:
        if words.strip():
            yield printable(words), style
