"""How long does one more page take? ``python tools/bench_incremental.py [--pages 10000] [--folder DIR]``

Synthetic annotations of that many pages go into the ledger of a new store (nothing is extracted), the store is
written once, and then a page is added, changed and removed, by naming the page alone and by naming the whole folder.
Prints seconds and the peak of memory. The page that is added is really read and extracted: what that costs by itself
(loading the models above all) stands in a line of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.build import BuildReport, build
from kg.extract import extract
from kg.extract.version import fingerprint
from kg.graph.fingerprint import digest_of
from kg.model import Agreement, Amount, Annotation, Document, Entity, Evidence, OffsetMap, Quantity, Relation
from kg.pages import Ledger, Page, ledger_path
from kg.read import read_text
from kg.reprints import signature
from kg.resolve.divisions import Division, divisions

_SYLLABLES = "康泰元诺安瑞华博恒济仁正和盛源生健科达佳欣星辰海天润民禾木青云山川光明远智联通信达"
_FORMS = ("医疗科技有限公司", "生物医药有限公司", "药业股份有限公司", "健康产业有限公司", "医疗器械有限公司")
_FAMILY = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗"
_NEW_PAGE = (
    "星城日报讯 2025年5月28日，星城生命科学园与湖南麓谷青禾医疗科技有限公司签署投资协议，总投资3亿元。"
    "湖南麓谷青禾医疗科技有限公司董事长高一鸣出席。\n"
)


class World:
    """Firms, parks, people: what synthetic pages speak of, some often and most seldom."""

    def __init__(self, seed: int, pages: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing secret
        self.districts = [d for d in divisions().by_code.values() if d.level == "county"]
        self.firms = [self._firm() for _ in range(pages * 4)]
        self.parks = [
            (d, f"{d.short}{self._brand()}产业园") for d in self._some(self.districts, pages // 5 + 1)
        ]
        self.people = [self.random.choice(_FAMILY) + self._brand() for _ in range(pages)]

    def _brand(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=2))

    def _firm(self) -> tuple[str, str]:
        brand = self._brand() + self.random.choice(_SYLLABLES)
        place = self.random.choice(self.districts).short
        return f"{place}{brand}{self.random.choice(_FORMS)}", brand

    def _some(self, items: list[Division], count: int) -> list[Division]:
        return self.random.choices(items, k=count)

    def page(self, number: int) -> tuple[str, Annotation]:
        """Text and annotation of one page: about 16 entities, 3 agreements, 14 relations, 2 figures."""
        draw = self.random
        district, park = draw.choice(self.parks)
        firms = [self.firms[min(int(draw.paretovariate(0.6)), len(self.firms)) - 1] for _ in range(3)]
        firms = list(dict.fromkeys([*firms, *draw.sample(self.firms, 6)]))
        people = draw.sample(self.people, 2)
        entities = [
            Entity(id="e0", type="Place", name=district.name),
            Entity(id="e1", type="Park", name=park),
            Entity(id="e2", type="GovernmentBody", name=f"{district.name}政府"),
            *(Entity(id=f"p{n}", type="Person", name=name) for n, name in enumerate(people)),
            *(
                Entity(id=f"f{n}", type="Firm", name=name, aliases=(short,))
                for n, (name, short) in enumerate(firms)
            ),
        ]
        text = f"第{number}号：{park}与" + "、".join(e.name for e in entities) + f"签约，共{number}项。"
        said = Evidence(start=0, end=len(text), quote=text)
        signed = [
            Agreement(id=f"a{n}", type="investment", status="signed", parties=("e1", f"f{n}"), date="2025-05-28",
                      amount=Amount(value=1e6 * draw.randint(1, 900), currency="CNY"), evidence=said, confidence=0.8)
            for n in range(3)
        ]  # fmt: skip
        ties = [
            Relation(type="locatedIn", subject="e1", object="e0", evidence=said, confidence=0.9),
            *(Relation(type="hasRole", subject=f"p{n}", object=f"f{n}", title="董事长", evidence=said, confidence=0.9)
              for n in range(2)),
            *(Relation(type="settledIn", subject=f"f{n}", object="e1", evidence=said, confidence=0.7)
              for n in range(len(firms))),
        ]  # fmt: skip
        figures = [
            Quantity(subject="e1", property="enterpriseCount", value=number, unit="count", evidence=said),
            Quantity(subject="e1", property="landArea", value=1e3 * number, unit="m2", evidence=said),
        ]
        placed = tuple(
            e.model_copy(update={"mentions": ((text.index(e.name), text.index(e.name) + len(e.name)),)})
            for e in entities
        )
        return text, Annotation(
            doc=f"{number:06}",
            published=f"2025-{1 + number % 12:02}-{1 + number % 28:02}",
            entities=placed,
            agreements=tuple(signed),
            relations=tuple(ties),
            quantities=tuple(figures),
        )


def fill(folder: Path, store: str, count: int) -> int:
    """Pages on disk and in the ledger as if they had been extracted; gives the number of mentions."""
    world = World(1, count)
    folder.mkdir(parents=True)
    mentions = 0
    current = fingerprint()

    def made() -> Iterator[Page]:
        nonlocal mentions
        for number in range(count):
            text, annotation = world.page(number)
            mentions += len(annotation.entities)
            path = folder / f"{number:06}.txt"
            path.write_text(text, "utf-8")
            document = Document(
                key=path.name,
                name=path.stem,
                source=str(path),
                source_text=text,
                text=text,
                offsets=OffsetMap.identity(len(text)),
                encoding="utf-8",
                content_hash=Document.hash_of(text.encode()),
            )
            yield Page(
                str(folder),
                str(path),
                document,
                annotation,
                signature(document),
                current,
                digest_of(document, annotation),
            )

    with Ledger(ledger_path(store)) as ledger:
        ledger.update(changed=made())
    return mentions


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took, by the clock and of the processor (another program may be at work)."""
    start, used = time.perf_counter(), time.process_time()
    yield
    clock, processor = time.perf_counter() - start, time.process_time() - used
    print(f"{what:<52} {clock:8.1f} s {processor:8.1f} s of processor time", flush=True)  # noqa: T201


def run(folder: Path, count: int) -> None:
    """Print the table."""
    pages, store = folder / "pages", str(folder / "store")
    with timed(f"{count} pages into the ledger (synthetic)"):
        mentions = fill(pages.resolve(), store, count)
    print(f"{'mentions':<52} {mentions:8}")  # noqa: T201
    with timed("a page is read and extracted, models loaded"):
        extract(read_text(_NEW_PAGE, key="x.txt"))

    def step(what: str, change: Callable[[], object], *sources: Path) -> BuildReport:
        change()
        with timed(what):
            return build(list(sources), store)

    first = step("the store is written from the ledger", lambda: None, pages)
    new = pages / "new.txt"
    alone = folder / "more" / "one.txt"
    alone.parent.mkdir()
    reports = [
        step("nothing changed, the folder is named", lambda: None, pages),
        step(
            "a page is added, the page alone is named",
            lambda: alone.write_text(_NEW_PAGE * 2, "utf-8"),
            alone,
        ),
        step("a page is added, the folder is named", lambda: new.write_text(_NEW_PAGE, "utf-8"), pages),
        step(
            "a page is changed, the folder is named",
            lambda: new.write_text("更正：" + _NEW_PAGE, "utf-8"),
            pages,
        ),
        step("a page is removed, the folder is named", new.unlink, pages),
    ]
    for report in (first, *reports):
        told = report.written
        if told is not None:
            print(f"  extracted {report.extracted}, {told}")  # noqa: T201
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{'peak of memory':<52} {peak:8.2f} GB")  # noqa: T201


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="an empty folder to work in, kept afterwards")
    arguments = parser.parse_args()
    if arguments.folder is not None:
        run(arguments.folder, arguments.pages)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), arguments.pages)


if __name__ == "__main__":
    sys.exit(main())
