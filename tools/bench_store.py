"""Time the folder store against pyoxigraph itself: bulk loading, and every named query.

Usage: python tools/bench_store.py [--quads 1000000] [--folder DIR]

Writes synthetic pages as one N-Quads file, loads it both ways into fresh folders in turn (the best of three
each), and runs each named query both ways on the loaded store. Ratios above 1 mean that the store is faster
than pyoxigraph.
"""

import argparse
import itertools
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.graph import Extractor, open_store
from kg.graph.derived import derived_quads
from kg.graph.stores import Store
from kg.graph.terms import PREFIXES
from kg.graph.writer import document_quads
from kg.model import Agreement, Annotation, Document, Entity, Evidence, OffsetMap, Relation
from kg.query import list_queries, run_named
from kg.query.catalogue import slot
from kg.query.entities import find_entities
from kg.resolve import resolve

_CITIES = ("长沙", "成都", "上海", "苏州", "武汉", "广州", "杭州", "北京", "天津", "重庆")
_BRANDS = "青禾白桦赤松远岫澄心迎晖康泰天回麓谷星河云杉明湖"
_RUNS = 3


def pages(random_numbers: random.Random) -> Iterator[tuple[Document, Annotation]]:
    """Synthetic pages without end: ten entities, four agreements and ten relations each."""
    for number in itertools.count():
        firms = [
            f"{random_numbers.choice(_CITIES)}{''.join(random_numbers.choices(_BRANDS, k=2))}"
            f"{random_numbers.randrange(400)}医药有限公司"
            for _ in range(8)
        ]
        names = [("Firm", name) for name in dict.fromkeys(firms)]
        names += [
            ("Park", f"{random_numbers.choice(_CITIES)}药谷{random_numbers.randrange(50)}"),
            ("Person", f"林{number}"),
        ]
        text = "，".join(name for _, name in names) + "签约。"
        entities = tuple(
            Entity(
                id=f"e{i}",
                type=kind,
                name=name,
                confidence=0.9,  # type: ignore[arg-type]
                mentions=((text.index(name), text.index(name) + len(name)),),
            )
            for i, (kind, name) in enumerate(names)
        )
        park, person = f"e{len(names) - 2}", f"e{len(names) - 1}"
        evidence = Evidence(start=0, end=len(text), quote=text)
        relations = tuple(
            Relation(type="settledIn", subject=f"e{i}", object=park, evidence=evidence, confidence=0.7)
            for i in range(len(names) - 2)
        )
        role = Relation(
            type="hasRole", subject=person, object="e0", title="董事长", evidence=evidence, confidence=0.7
        )
        agreements = tuple(
            Agreement(
                id=f"a{i}",
                type="supply",
                status="signed",
                parties=(f"e{i}", f"e{i + 1}"),
                date=f"20{random_numbers.randrange(10, 26)}",
                evidence=evidence,
                confidence=0.8,
            )
            for i in range(4)
        )
        annotation = Annotation(
            doc=f"p{number}",
            published="2025-01-01",
            entities=entities,
            agreements=agreements,
            relations=(*relations, role),
        )
        yield (
            Document(
                f"p{number}.txt", f"p{number}", f"p{number}.txt", text, text, OffsetMap.identity(len(text))
            ),
            annotation,
        )


def write_quads(path: Path, wanted: int) -> int:
    """Write pages as N-Quads until there are enough quads; gives their number."""
    source = pages(random.Random(7))  # noqa: S311 (no secret)
    extractor = Extractor("bench", "1")
    taken = [next(source) for _ in range(wanted // 290)]
    resolution = resolve((document.key, annotation) for document, annotation in taken)
    count = 0

    def counted() -> Iterator[ox.Quad]:
        nonlocal count
        for document, annotation in taken:
            for quad in document_quads(document, annotation, resolution, extractor=extractor):
                count += 1
                yield quad
        for quad in derived_quads(((d.key, a) for d, a in taken), resolution):
            count += 1
            yield quad

    ox.serialize(counted(), path, ox.RdfFormat.N_QUADS)
    return count


def best(
    action: Callable[[], object], *, before: Callable[[], object] = lambda: None, runs: int = _RUNS
) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(runs):
        before()
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def load_natively(source: Path, folder: Path) -> None:
    """pyoxigraph's own bulk load, until the data is on disk."""
    store = ox.Store(folder)
    store.bulk_load(path=source, format=ox.RdfFormat.N_QUADS)
    store.flush()


def compare_queries(store: Store, native: ox.Store) -> Iterator[tuple[str, float, float, int]]:
    """Name, seconds of the named query and of pyoxigraph on the same text, and number of rows."""
    example = {"entity": _CITIES[0] + "药谷1", "since": "2025"}
    for query in list_queries():
        params = {p.name: example[p.name] for p in query.parameters if p.required}
        text = query.text
        for name, value in params.items():
            terms = find_entities(store, value) if name == "entity" else [ox.Literal(value)]
            text = slot(name).sub(f"VALUES ?given_{name} {{ {' '.join(map(str, terms))} }}", text)

        def natively(text: str = text) -> list[ox.QuerySolution]:
            return list(native.query(text, prefixes=PREFIXES, use_default_graph_as_union=True))  # type: ignore[arg-type]

        rows = len(natively())
        yield (
            query.name,
            best(lambda name=query.name, params=params: run_named(store, name, params)),  # type: ignore[misc]
            best(natively),
            rows,
        )


def main() -> None:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder unless given")
    options = parser.parse_args()
    out = sys.stdout
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        source, ours, theirs = (Path(folder) / name for name in ("data.nq", "ours", "theirs"))
        count = write_quads(source, options.quads)
        out.write(f"{count} quads, {source.stat().st_size / 1e6:.0f} MB of N-Quads\n")
        own = best(
            lambda: open_store(ours, create=True).load(source),
            before=lambda: shutil.rmtree(ours, ignore_errors=True),
        )
        plain = best(
            lambda: load_natively(source, theirs), before=lambda: shutil.rmtree(theirs, ignore_errors=True)
        )
        out.write(
            f"bulk load: store {count / own:,.0f} quads/s, pyoxigraph {count / plain:,.0f} quads/s, "
            f"ratio {plain / own:.2f}\n"
        )
        store, native = open_store(ours), ox.Store.read_only(str(theirs))
        for name, seconds, reference, rows in compare_queries(store, native):
            out.write(
                f"{name:22} {rows:7} rows  store {seconds:7.3f} s  pyoxigraph {reference:7.3f} s  "
                f"time x {seconds / reference:.2f}\n"
            )


if __name__ == "__main__":
    main()
