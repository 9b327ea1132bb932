"""What tables say: names, who carries a project out, figures, who signs with whom."""

from __future__ import annotations

import pytest

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.measures import find_measures
from kg.extract.quantities import QuantityFact
from kg.extract.record_facts import with_record_figures, with_record_names, with_record_relations
from kg.extract.record_signings import signed_in_tables
from kg.extract.tagger import TaggedSpan
from tests.extract_scenes import scene

TABLE = """序号 | 项目名称 | 投资方 | 投资额（亿元） | 备注
1 | 青禾胰岛素基地 | 青禾医械、济和饮片 | 3.2 | 占地60亩
2 | 影像维保服务 | 丙公司 | 0.2 | —
"""
CARD = """艾草基地项目
落户：青禾药园
投资：12亿元，用地200亩
达产：产值18亿元"""


def entity(text: str, kind: str, name: str) -> DocumentEntity:
    at = text.index(name)
    return DocumentEntity(kind, name, (), ((at, at + len(name)),), 0.9)


def span(text: str, name: str, kind: str, score: float = 0.6) -> TaggedSpan:
    return TaggedSpan(text.index(name), text.index(name) + len(name), kind, score)


def test_cells_of_projects_and_firms_are_names() -> None:
    given = [span(TABLE, "胰岛素", "Product"), span(TABLE, "济和饮片", "Investor")]
    named = [(TABLE[s.start : s.end], s.type) for s in with_record_names(TABLE, given)]
    assert named == [
        ("青禾胰岛素基地", "Project"),
        ("青禾医械", "Firm"),
        ("济和饮片", "Investor"),
        ("丙公司", "Firm"),
    ]


def test_a_name_that_fills_its_cell_keeps_its_type() -> None:
    given = [span(TABLE, "青禾胰岛素基地", "Park")]
    assert span(TABLE, "青禾胰岛素基地", "Park") in with_record_names(TABLE, given)


def test_who_stands_beside_a_project_carries_it_out() -> None:
    cast = [
        entity(TABLE, "Project", "青禾胰岛素基地"),
        entity(TABLE, "Firm", "青禾医械"),
        entity(TABLE, "Firm", "丙公司"),
    ]
    (fact,) = with_record_relations(TABLE, cast, [])
    assert (fact.label, fact.subject, fact.object) == ("implements", 1, 0)
    assert TABLE[fact.start : fact.end].startswith("1 | 青禾胰岛素基地")
    assert with_record_relations(TABLE, cast, [fact]) == [fact], "nothing is stated twice"
    park = [entity(TABLE, "Park", "青禾胰岛素基地"), *cast[1:]]
    assert with_record_relations(TABLE, park, []) == [], "only a project is carried out"


def figure(text: str, words: str, label: str, subject: int) -> QuantityFact:
    at = text.index(words)
    measure = next(m for m in find_measures(text) if m.start == at)
    return QuantityFact(Fact(label, subject, 9, 0.5, 0, 5), measure, "2024")


def stated(figures: list[QuantityFact]) -> list[tuple[int, str, float, str | None]]:
    return [(f.fact.subject, f.fact.label, f.measure.value, f.date) for f in figures]


def test_figures_of_a_row_are_its_projects() -> None:
    cast = [entity(TABLE, "Project", "青禾胰岛素基地"), entity(TABLE, "Firm", "丙公司")]
    found = with_record_figures(TABLE, cast, [figure(TABLE, "60亩", "landArea", 1)])
    assert stated(found) == [(0, "investment", 3.2e8, None), (0, "landArea", 40_000, "2024")]


@pytest.mark.parametrize(("kind", "label"), [("Investor", "fundSize"), ("Park", "investment")])
def test_money_in_a_column_is_what_such_a_thing_can_have(kind: str, label: str) -> None:
    text = TABLE.replace("青禾胰岛素基地", "青禾健康基金")
    found = with_record_figures(text, [entity(text, kind, "青禾健康基金")], [])
    assert stated(found) == [(0, label, 3.2e8, None)]
    assert with_record_figures(text, [entity(text, "Firm", "青禾健康基金")], []) == []


def test_figures_of_labelled_lines_are_those_of_the_line_above() -> None:
    cast = [entity(CARD, "Project", "艾草基地项目"), entity(CARD, "Park", "青禾药园")]
    told = [figure(CARD, "200亩", "landArea", 1), figure(CARD, "18亿元", "outputValue", 1)]
    assert [row[:3] for row in stated(with_record_figures(CARD, cast, told))] == [
        (0, "investment", 1.2e9),
        (0, "landArea", 133_334),
        (0, "outputValue", 1.8e9),
    ]


def test_a_figure_stays_with_who_stands_in_its_cell() -> None:
    text = CARD.replace("青禾药园", "青禾药园（占地90亩）")
    cast = [entity(text, "Project", "艾草基地项目"), entity(text, "Park", "青禾药园")]
    found = with_record_figures(text, cast, [figure(text, "90亩", "landArea", 1)])
    assert (1, "landArea", 60_000, "2024") in stated(found)


SIGNED = """项目 | 签约双方 | 签约额（万元） | 类别
导管项目 | 甲药业/乙区政府 | 26000 | 投资
厂房 | 丙公司、丁医院 | — | 租赁
"""
SIDES = """甲方 | 乙方 | 金额
乙区政府 | 甲药业、丙公司 | 2亿元
"""
CAST = [
    ("Firm", "甲药业"),
    ("GovernmentBody", "乙区政府"),
    ("Firm", "丙公司"),
    ("MedicalInstitution", "丁医院"),
]


def test_the_parties_of_a_row_sign_with_one_another() -> None:
    found = signed_in_tables(scene(SIGNED, CAST))
    assert sorted(found) == [(0, 1), (2, 3)]
    first, second = found[0, 1], found[2, 3]
    assert first.amount is not None and first.amount.value == 2.6e8
    assert (first.type, second.type, second.amount) == (None, "lease", None)
    assert SIGNED[second.start : second.end] == "厂房 | 丙公司、丁医院 | — | 租赁"


def test_one_side_signs_with_each_of_the_other() -> None:
    assert sorted(signed_in_tables(scene(SIDES, CAST[:3]))) == [(0, 1), (1, 2)]
    for host in ("引进方", "承接单位", "合作单位"):
        text = SIDES.replace("甲方", host).replace("乙方", "投资方")
        assert sorted(signed_in_tables(scene(text, CAST[:3]))) == [(0, 1), (1, 2)], host


def test_investors_of_a_table_sign_with_nobody_by_that() -> None:
    text = SIDES.replace("甲方", "属地").replace("乙方", "投资方")
    assert signed_in_tables(scene(text, CAST[:3])) == {}


def test_of_a_long_list_nobody_is_said_to_sign_with_whom() -> None:
    text = SIGNED.replace("甲药业/乙区政府", "甲药业/乙区政府/丙公司/丁医院").replace("丙公司、丁医院 ", "— ")
    assert signed_in_tables(scene(text, CAST)) == {}
