"""Which forms of a document are one thing: definitions join, registered names stay apart, chains do not run away."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import coreference
from kg.extract.alias_features import (
    Surface,
    candidates,
    defines,
    features,
    is_from_elsewhere,
    is_shortened,
    is_subsequence,
)
from kg.extract.coreference import cluster, entity_type, same_entity_probability
from kg.extract.name_parts import NameParts, only_parts, split_name

FULL = "湖南青禾医疗科技有限公司"


def joined(text: str, *surfaces: Surface) -> list[set[str]]:
    return [{name for name, _ in group} for group in cluster(text, surfaces)]


def scored(monkeypatch: pytest.MonkeyPatch, scores: Mapping[tuple[str, str], float]) -> None:
    """Make the scorer say these probabilities of pairs of firms."""

    def score_pairs(text: str, forms: object) -> dict[tuple[Surface, Surface], float]:
        found = {}
        for (a, b), p in scores.items():
            short, long = sorted((a, b), key=lambda name: (len(name), name))
            found[(short, "Firm"), (long, "Firm")] = p
        return found

    monkeypatch.setattr(coreference, "score_pairs", score_pairs)


@pytest.mark.parametrize(
    "text",
    [
        f"{FULL}（以下简称“青禾医疗”）与市医院签约。青禾医疗称",
        f"{FULL}（下称青禾医疗）与市医院签约。青禾医疗称",
        f"{FULL}（简称“青禾医疗”，股票代码300000）与市医院签约",
    ],
)
def test_a_definition_joins(text: str) -> None:
    assert defines(text, FULL, "青禾医疗")
    assert joined(text, (FULL, "Firm"), ("青禾医疗", "Firm")) == [{FULL, "青禾医疗"}]


def test_a_definition_joins_a_form_that_shares_no_character() -> None:
    text = "白石湾科技发展有限公司（以下简称“云谷”）今天成立。云谷说"
    assert list(candidates(text, [("白石湾科技发展有限公司", "Firm"), ("云谷", "Firm")]))


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        (f"{FULL}与长沙市中心医院（以下简称“青禾医疗”）签约", FULL, "青禾医疗"),
        (f"{FULL}签约。青禾医疗称", FULL, "青禾医疗"),
        (f"（{FULL}）青禾医疗", FULL, "青禾医疗"),
    ],
)
def test_what_is_no_definition(text: str, long: str, short: str) -> None:
    assert not defines(text, long, short)


def test_a_short_form_joins_its_only_long_form() -> None:
    text = f"{FULL}签约。青禾医疗董事长出席。"
    assert joined(text, (FULL, "Firm"), ("青禾医疗", "Firm")) == [{FULL, "青禾医疗"}]
    assert joined("长沙市与长沙", ("长沙市", "Place"), ("长沙", "Place")) == [{"长沙市", "长沙"}]


def test_a_subsidiary_is_not_its_parent() -> None:
    full = "青禾生物医药（上海）有限公司"
    cast = (("青禾生物", "Firm"), (full, "Firm"))
    assert joined(f"青禾生物宣布融资。公司旗下的{full}研发新药。", *cast) == [{"青禾生物"}, {full}]
    assert joined(f"青禾生物宣布融资。{full}研发新药。", *cast) == [{"青禾生物", full}]
    assert joined(f"青禾生物的新事\n控股子公司{full}（下称青禾生物）融资。", *cast) == [{"青禾生物", full}]
    assert joined(f"旗下{full}宣布融资。青禾生物研发新药。", *cast) == [{"青禾生物", full}]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("长沙云泽医疗科技有限公司到场，来自上海的云泽科技也到场。", True),
        ("长沙云泽医疗科技有限公司到场，来自湖南的云泽科技签约。", False),
        ("长沙云泽医疗科技有限公司到场，来自远方的云泽科技签约。", False),
        ("长沙云泽医疗科技有限公司到场，它在上海的店由云泽科技开。", False),
        ("云泽医疗科技有限公司到场，来自上海的云泽科技签约。", False),
    ],
)
def test_a_brand_from_another_province_is_another_firm(text: str, apart: bool) -> None:
    full = text[: text.index("公司") + 2]
    assert is_from_elsewhere(text, full, "云泽科技") is apart
    if apart:
        assert len(cluster(text, [(full, "Firm"), ("云泽科技", "Firm")])) == 2


def test_a_firm_of_a_group_is_not_the_group() -> None:
    text = "青禾集团新城医疗公司今天开园。青禾集团到场，青禾集团有限公司签约。"
    firm, group, registered = (
        ("青禾集团新城医疗公司", "Firm"),
        ("青禾集团", "Firm"),
        ("青禾集团有限公司", "Firm"),
    )
    assert joined(text, firm, group, registered) == [{firm[0]}, {group[0], registered[0]}]


def test_a_body_spelled_out_is_the_same_body() -> None:
    forms = ("青禾省卫生健康委", "青禾省卫生健康委员会", "白石省卫生健康委", "白石省卫生健康委员会")
    surfaces = [(form, "GovernmentBody") for form in forms]
    assert joined("，".join(forms), *surfaces) == [set(forms[:2]), set(forms[2:])]
    zones = [("青禾区管委会", "GovernmentBody"), ("青禾区管理委员会", "GovernmentBody")]
    assert len(joined("青禾区管委会即青禾区管理委员会", *zones)) == 1


@pytest.mark.parametrize(
    ("short", "long", "one"),
    [
        ("青禾集团", "安徽青禾医药集团", True),
        ("青禾集团", "安徽白石医药集团", False),
        ("白石公司", "瑞典白石公司", True),
        ("青禾医药集团", "安徽青禾康养集团", False),
    ],
)
def test_a_name_without_region_and_trade_is_the_same_firm(short: str, long: str, one: bool) -> None:
    surfaces = [(long, "Firm"), (short, "Firm")]
    assert is_shortened(*surfaces) is one
    assert is_shortened((long, "Park"), (short, "Firm")) is False
    if one:
        assert joined(f"{long}来了。{short}签约。", *surfaces) == [{long, short}]


def test_of_two_firms_none_is_settled_by_the_short_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coreference, "same_entity_probability", lambda *_, rivals: 0.0)
    forms = [("安徽青禾医药集团", "Firm"), ("湖北青禾康养集团", "Firm"), ("青禾集团", "Firm")]
    assert len(joined("，".join(name for name, _ in forms), *forms)) == 3


def test_a_university_in_short_is_the_one_with_the_fewest_characters_left_out() -> None:
    forms = ("澳大", "澳科大", "澳门大学", "澳门科技大学", "药大", "岭南药科大学")
    surfaces = [(form, "ResearchInstitution") for form in forms]
    groups = joined("，".join(forms), *surfaces)
    assert sorted(map(sorted, groups)) == [
        ["岭南药科大学", "药大"],
        ["澳大", "澳门大学"],
        ["澳科大", "澳门科技大学"],
    ]


def test_of_two_universities_of_one_length_none_is_settled_by_its_name() -> None:
    names = [(form, "ResearchInstitution") for form in ("交大", "青禾交通大学", "白石交通大学")]
    text = "青禾交通大学（以下简称“交大”）与白石交通大学签约。"
    assert {"交大", "青禾交通大学"} in joined(text, *names)
    text = "白石交通大学（以下简称“交大”）与青禾交通大学签约。"
    assert {"交大", "白石交通大学"} in joined(text, *names)


def test_what_is_built_and_its_project_are_one() -> None:
    text = "青禾药谷项目开工，青禾药谷占地90亩。"
    assert len(joined(text, ("青禾药谷", "Park"), ("青禾药谷项目", "Project"))) == 1
    text = "青禾研究院项目开工，青禾研究院占地90亩。"
    assert len(joined(text, ("青禾研究院", "ResearchInstitution"), ("青禾研究院项目", "Project"))) == 2


def test_two_registered_names_are_never_one() -> None:
    first, second = "湖南青禾医疗科技有限公司", "湖南青禾医疗器械有限公司"
    text = f"{first}（以下简称“青禾医疗”）与{second}（以下简称“青禾医疗”）签约。"
    groups = joined(text, (first, "Firm"), (second, "Firm"), ("青禾医疗", "Firm"))
    assert len(groups) == 2
    assert sum(first in g and second in g for g in groups) == 0


def test_strangers_stay_apart() -> None:
    text = "青禾医疗、云杉资本与木荷生物签约。"
    assert len(joined(text, ("青禾医疗", "Firm"), ("云杉资本", "Investor"), ("木荷生物", "Firm"))) == 3
    assert len(joined("张三与张三丰", ("李四", "Person"), ("张三", "Person"))) == 2


def test_a_chain_stops_where_two_forms_are_clearly_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    scored(monkeypatch, {("甲", "甲乙"): 0.9, ("甲", "甲丙"): 0.8, ("甲乙", "甲丙"): 0.01})
    surfaces = [("甲", "Firm"), ("甲乙", "Firm"), ("甲丙", "Firm")]
    assert joined("", *surfaces) == [{"甲", "甲乙"}, {"甲丙"}]


def test_the_best_pair_is_joined_first(monkeypatch: pytest.MonkeyPatch) -> None:
    scored(monkeypatch, {("甲", "甲乙"): 0.6, ("甲", "甲丙"): 0.9, ("甲乙", "甲丙"): 0.01})
    surfaces = [("甲", "Firm"), ("甲乙", "Firm"), ("甲丙", "Firm")]
    assert joined("", *surfaces) == [{"甲", "甲丙"}, {"甲乙"}]


def test_a_doubtful_pair_stays_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    scored(monkeypatch, {("甲", "甲乙"): 0.49})
    assert joined("", ("甲", "Firm"), ("甲乙", "Firm")) == [{"甲"}, {"甲乙"}]


forms = st.lists(
    st.tuples(
        st.text(alphabet="长沙青禾云杉医疗科技有限公司市", min_size=1, max_size=12),
        st.sampled_from(["Firm", "Place", "Person", "Park"]),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=50)
@given(forms)
def test_clustering_is_a_partition_in_order_of_first_appearance(surfaces: list[Surface]) -> None:
    text = "、".join(name for name, _ in surfaces)
    groups = cluster(text, surfaces)
    flat = [form for group in groups for form in group]
    assert sorted(flat) == sorted(set(surfaces))
    order = list(dict.fromkeys(surfaces))
    firsts = [min(order.index(form) for form in group) for group in groups]
    assert firsts == sorted(firsts)
    assert cluster(text, surfaces) == groups


@settings(deadline=None, max_examples=50)
@given(forms)
def test_probabilities_are_probabilities(surfaces: list[Surface]) -> None:
    text = "、".join(name for name, _ in surfaces)
    for short, long in candidates(text, surfaces):
        assert (len(short[0]), short[0]) < (len(long[0]), long[0])
        assert 0 < same_entity_probability(short, long, text) < 1
        assert features(short, long, text, rivals=0) == features(short, long, text, rivals=0)


def test_the_type_is_what_most_mentions_say() -> None:
    park, firm = ("青禾谷", "Park"), ("青禾谷", "Firm")
    assert entity_type([park, firm], {park: 3, firm: 1}) == "Park"
    assert entity_type([park, firm], {park: 1, firm: 3}) == "Firm"
    assert entity_type([("青禾", "Place"), (FULL, "Firm")], {}) == "Firm"  # the longer name knows better


def test_subsequences() -> None:
    assert is_subsequence("重药博瑞", "重药控股湖南博瑞药业")
    assert not is_subsequence("博瑞重药", "重药控股湖南博瑞药业")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("长沙青禾医疗科技有限公司", NameParts("长沙", "青禾", "医疗科技", "有限公司")),
        ("湖南长沙青禾集团有限公司", NameParts("湖南长沙", "青禾", "", "集团有限公司")),
        ("青禾（中国）医药科技有限公司", NameParts("", "青禾", "医药科技", "有限公司")),
        ("青禾", NameParts("", "青禾", "", "")),
    ],
)
def test_names_taken_apart(name: str, parts: NameParts) -> None:
    assert split_name(name) == parts


def test_only_parts() -> None:
    assert only_parts("医疗科技有限公司")
    assert not only_parts("青禾医疗")
