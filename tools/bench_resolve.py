"""How long resolution takes, and how much memory, over synthetic pages; and whether twice the pages take about twice.

    python tools/bench_resolve.py [--mentions 100000]

Prints one line for each size and the ratio of the processor times, which do not depend on what else the machine does;
ends with status 1 where a limit is passed (5 minutes, 2 GB, 2.3 times). A mention is an entity of a page. The pages
are made of a fixed seed: firms under long and short names with declared aliases, chains of one brand in many cities,
bodies, hospitals, parks, persons and projects of cities, drawn so that few things are in many pages and many in few, as
in news.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from kg.model import Annotation, Entity, EntityType, Relation, RelationType
from kg.resolve import resolve
from kg.resolve.divisions import divisions

SECONDS, MEGABYTES, RATIO = 300.0, 2048.0, 2.3
_SYLLABLES = "安博晨达恩方谷海佳康莱迈宁欧普启瑞盛泰维希药益泽智卓清远鼎华星辰科美润百嘉天和正"
_INDUSTRIES = (
    "医疗科技",
    "生物医药",
    "药业",
    "医药",
    "医疗器械",
    "健康产业",
    "基因科技",
    "诊断技术",
    "生物科技",
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_TITLES = ("董事长", "总经理", "副总裁", "主任", "院长")
_PER_PAGE = 20


class World:
    """The things that pages are about; as many as the pages need, so that larger corpora know more things."""

    def __init__(self, mentions: int) -> None:
        self.random = random.Random(mentions)  # noqa: S311 - not for secrets
        table = divisions()
        self.cities = [d for d in table.by_code.values() if d.level == "city"]
        self.brands = [self._word(2 + (i % 3 == 0)) for i in range(max(50, mentions // 30))]
        self.persons = [self.random.choice(_SURNAMES) + self._word(2) for _ in range(max(50, mentions // 20))]

    def _word(self, length: int) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=length))

    def pages(self, mentions: int) -> Iterator[tuple[str, Annotation]]:
        """Pages with that many entities in all."""
        for number in range(mentions // _PER_PAGE):
            yield f"page-{number:06}", self._page(number)

    def _page(self, number: int) -> Annotation:
        rng = self.random
        city = self.cities[int(rng.paretovariate(0.7)) % len(self.cities)]
        entities = [_entity(0, "Place", city.name, city.short), _entity(1, "Place", "四川省", "四川")]
        entities.append(
            _entity(2, "GovernmentBody", city.name + rng.choice(("卫生健康委员会", "卫健委", "政府")))
        )
        entities.append(_entity(3, "GovernmentBody", rng.choice(("市政府", "市卫健委", "高新区管委会"))))
        entities.append(
            _entity(4, "Park", city.short + rng.choice(("高新区", "高新技术产业开发区", "生物医药产业园")))
        )
        hospital = rng.choice(("第一人民医院", "中医院", "中心医院"))
        entities.append(_entity(5, "MedicalInstitution", city.name + hospital))
        relations = [_relation("locatedIn", 4, 0)]
        while len(entities) < _PER_PAGE - 4:
            at = len(entities)
            brand = self.brands[int(rng.paretovariate(0.6)) % len(self.brands)]
            industry = _INDUSTRIES[hash_of(brand) % len(_INDUSTRIES)]
            form = rng.random()
            home = self.cities[hash_of(brand) % len(self.cities)].short
            if form < 0.4:
                entities.append(_entity(at, "Firm", brand + industry))
            elif form < 0.8:
                entities.append(
                    _entity(at, "Firm", f"{home}{brand}{industry}有限公司", brand + industry, brand)
                )
            elif form < 0.9:
                entities.append(_entity(at, "Firm", f"{city.short}{brand}{industry}有限公司"))
            else:
                entities.append(_entity(at, "Investor", f"{brand}资本"))
            relations.append(_relation("settledIn", at, 4))
        for at in range(len(entities), _PER_PAGE - 1):
            entities.append(
                _entity(at, "Person", self.persons[int(rng.paretovariate(0.6)) % len(self.persons)])
            )
            relations.append(_relation("hasRole", at, 6 + at % 5, rng.choice(_TITLES)))
        entities.append(_entity(len(entities), "Project", f"{rng.choice(self.brands)}生产基地建设项目"))
        return Annotation(doc=str(number), entities=tuple(entities), relations=tuple(relations))


def hash_of(word: str) -> int:
    """A number of a word that is the same in every run."""
    return sum(ord(char) * 31**place for place, char in enumerate(word))


def _entity(number: int, kind: EntityType, name: str, *aliases: str) -> Entity:
    return Entity(id=f"e{number}", type=kind, name=name, aliases=aliases)


def _relation(kind: RelationType, subject: int, target: int, title: str | None = None) -> Relation:
    return Relation(type=kind, subject=f"e{subject}", object=f"e{target}", title=title)


def measure(mentions: int) -> None:
    """Resolve that many mentions in this process; prints seconds, those of the processor, megabytes,
    entities and uncertain pairs.
    """
    pages = list(World(mentions).pages(mentions))
    start, worked = time.perf_counter(), time.process_time()
    found = resolve(pages)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counted = sum(len(annotation.entities) for _, annotation in pages)
    sys.stdout.write(
        f"{counted} {seconds:.1f} {worked:.2f} {megabytes:.0f} {len(found.entities)} {len(found.uncertain)}\n"
    )


def main() -> int:
    """Measure the size asked for and twice that, each in a process of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--only", action="store_true", help="measure in this process and print plain figures")
    options = parser.parse_args()
    if options.only:
        measure(options.mentions)
        return 0
    times = []
    good = True
    for mentions in (options.mentions, 2 * options.mentions):
        command = [sys.executable, __file__, "--only", "--mentions", str(mentions)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seconds, worked, megabytes = map(float, told[1:4])
        sys.stdout.write(
            f"{told[0]:>8} mentions: {seconds:6.1f} s ({worked:.1f} s of the processor), {megabytes:5.0f} MB, "
            f"{told[4]} entities, {told[5]} uncertain pairs\n"
        )
        times.append(worked)
        if mentions == options.mentions:
            good = seconds < SECONDS and megabytes < MEGABYTES
    ratio = times[1] / times[0]
    good = good and ratio <= RATIO
    sys.stdout.write(f"twice the mentions take {ratio:.2f} times as long\n")
    sys.stdout.write(
        f"limits ({SECONDS:.0f} s, {MEGABYTES:.0f} MB, {RATIO} times): {'kept' if good else 'exceeded'}\n"
    )
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
