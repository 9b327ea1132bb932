"""Features that say what the text is speaking of."""

from __future__ import annotations

import pytest

from kg.extract.pair_topics import TOPIC_FEATURES, topic_features
from tests.extract_scenes import scene

TEXT = "启明谷昨日开园，甲药业首批入驻。投资方是乙资本，占地90亩。\n丙中心落成，启明谷引来300家企业。"
CAST = [("Park", "启明谷"), ("Firm", "甲药业"), ("Investor", "乙资本"), ("ResearchInstitution", "丙中心")]
PARK, FIRM, INVESTOR, CENTRE = range(4)


def said_of(subject: int, target: str, *, at: int = 0) -> dict[str, float]:
    """The features of a subject's mention number ``at`` with the figure or name that stands as ``target``."""
    structure = scene(TEXT, CAST).structure
    mentions = structure.mentions
    a = [k for k, m in enumerate(mentions) if m.entity == subject][at]
    b = next(k for k, m in enumerate(mentions) if TEXT[m.start : m.end] == target)
    row = topic_features(structure, [(a, b)])[0]
    return dict(zip(TOPIC_FEATURES, row.tolist(), strict=True))


def test_what_opened_the_sentence_before_and_what_was_named_last() -> None:
    park, firm, investor = (said_of(k, "90亩") for k in (PARK, FIRM, INVESTOR))
    assert [f["a opens the sentence before b"] for f in (park, firm, investor)] == [1, 0, 0]
    assert [f["a opens the paragraph of b"] for f in (park, firm, investor)] == [1, 0, 0]
    assert [f["a opens the sentence of b"] for f in (park, firm, investor)] == [0, 0, 1]
    assert [f["a is named last before b"] for f in (park, firm, investor)] == [0, 0, 1]
    assert [f["a is the last of its type before b"] for f in (park, firm, investor)] == [1, 1, 1]


def test_a_new_paragraph_has_a_topic_of_its_own() -> None:
    park, centre = said_of(PARK, "300家", at=1), said_of(CENTRE, "300家")
    assert (park["a opens the paragraph of b"], centre["a opens the paragraph of b"]) == (0, 1)
    assert (park["a is named in the paragraph of b"], park["0 paragraphs apart"]) == (1, 1)
    firm = said_of(FIRM, "300家")
    assert (firm["a is named in the paragraph of b"], firm["1-2 paragraphs apart"]) == (0, 1)


@pytest.mark.parametrize(("unit", "firm"), [("clause", 1), ("sentence", 0), ("paragraph", 0)])
def test_who_opens_what(unit: str, firm: int) -> None:
    assert said_of(PARK, "90亩")[f"a opens its {unit}"] == 1
    assert said_of(FIRM, "90亩")[f"a opens its {unit}"] == firm
    assert said_of(PARK, "90亩")[f"b opens its {unit}"] == 0, "a figure opens nothing"


def test_an_only_park_and_one_firm_of_two() -> None:
    assert said_of(PARK, "90亩")["a is the only one of its type"] == 1
    cast = [*CAST, ("Firm", "乙药业")]
    structure = scene(TEXT + "乙药业到场。", cast).structure
    firm = next(k for k, m in enumerate(structure.mentions) if m.entity == FIRM)
    row = dict(zip(TOPIC_FEATURES, topic_features(structure, [(firm, 0)])[0].tolist(), strict=True))
    assert row["a is the only one of its type"] == 0
    assert row["entities of the type of a"] == pytest.approx(2 / 5)


def of_host(subject: int, host: int, *, text: str = TEXT) -> dict[str, float]:
    """The features of a subject's last mention with a host's first."""
    structure = scene(text, CAST).structure
    a = [k for k, m in enumerate(structure.mentions) if m.entity == subject][-1]
    b = next(k for k, m in enumerate(structure.mentions) if m.entity == host)
    row = topic_features(structure, [(a, b)])[0]
    return dict(zip(TOPIC_FEATURES, row.tolist(), strict=True))


def test_the_host_that_a_sentence_and_a_paragraph_speak_of() -> None:
    firm, investor, centre = (of_host(k, PARK) for k in (FIRM, INVESTOR, CENTRE))
    assert [f["b opens the sentence of a"] for f in (firm, investor, centre)] == [1, 0, 0]
    assert [f["b opens the sentence before a"] for f in (firm, investor, centre)] == [0, 1, 0]
    assert [f["b opens the paragraph of a"] for f in (firm, investor, centre)] == [1, 1, 0]
    assert [f["b is named last before a"] for f in (firm, investor, centre)] == [1, 0, 0]
    assert [f["b is the last of its type before a"] for f in (firm, investor, centre)] == [1, 1, 1]
    assert [f["b is named in the paragraph of a"] for f in (firm, investor, centre)] == [1, 1, 1]
    assert of_host(FIRM, CENTRE)["b is named in the paragraph of a"] == 0


def test_who_is_named_in_the_headline_and_how_much_of_the_page_is_the_hosts() -> None:
    firm, centre = of_host(FIRM, PARK), of_host(CENTRE, PARK)
    assert (firm["a is named in the headline"], centre["a is named in the headline"]) == (1, 0)
    assert firm["b is named in the headline"] == centre["b is named in the headline"] == 1
    indented = of_host(CENTRE, PARK, text=f"\n\n{TEXT}")
    assert (indented["a is named in the headline"], indented["b is named in the headline"]) == (0, 1)
    assert firm["share of b in the mentions of its type"] == 1
    assert (firm["b is the only one of its type"], firm["entities of the type of b"]) == (
        1,
        pytest.approx(1 / 5),
    )
    structure = scene(TEXT + "乙谷也来了。", [*CAST, ("Park", "乙谷")]).structure
    shared = topic_features(structure, [(1, 0)])[0][
        TOPIC_FEATURES.index("share of b in the mentions of its type")
    ]
    assert shared == pytest.approx(2 / 3)
