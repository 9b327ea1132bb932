"""Parts of parks, by their names."""

import pytest

from kg.extract.coreference import cluster
from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.park_parts import with_park_parts


def park(name: str, *aliases: str, kind: str = "Park") -> DocumentEntity:
    return DocumentEntity(kind, name, aliases, ((7, 7 + len(name)),), 0.9)


@pytest.mark.parametrize("part", ["青禾药谷二期", "青禾药谷（一期）", "青禾药谷西区", "青禾药谷智造起步区"])
def test_a_phase_or_an_area_is_part_of_the_park_that_it_is_named_after(part: str) -> None:
    (fact,) = with_park_parts([park("青禾药谷"), park(part)], [])
    assert (fact.label, fact.subject, fact.object) == ("partOf", 1, 0)
    assert (fact.start, fact.end) == (7, 7 + len(part))


def test_the_whole_may_be_named_in_full_elsewhere() -> None:
    (fact,) = with_park_parts([park("药谷二期"), park("滨江青禾药谷")], [])
    assert (fact.subject, fact.object) == (0, 1)


def test_of_two_parks_that_end_so_neither_is_the_whole() -> None:
    assert with_park_parts([park("药谷二期"), park("青禾药谷"), park("白露药谷")], []) == []


@pytest.mark.parametrize("other", [park("青禾药谷公寓"), park("青禾药谷二期", kind="Project"), park("二期")])
def test_other_names_say_nothing(other: DocumentEntity) -> None:
    assert with_park_parts([park("青禾药谷"), other], []) == []


@pytest.mark.parametrize("pair", [(1, 0), (0, 1)])
def test_what_is_stated_of_the_two_is_not_said_again(pair: tuple[int, int]) -> None:
    stated = [Fact("partOf", *pair, 0.7, 0, 3)]
    assert with_park_parts([park("青禾药谷"), park("青禾药谷二期")], stated) == stated


@pytest.mark.parametrize("part", ["药谷西区", "药谷二期"])
def test_a_park_and_its_part_are_two(part: str) -> None:
    text = f"青禾药谷开园，药谷占地90亩，{part}动工。"
    park_and_part = cluster(text, [("青禾药谷", "Park"), ("药谷", "Park"), (part, "Park")])
    assert [[form for form, _ in forms] for forms in park_and_part] == [["青禾药谷", "药谷"], [part]]
