"""What figures cannot state, by their unit and the words beside them."""

from __future__ import annotations

import pytest

from kg.extract.figure_limits import never_stated
from kg.extract.figures import figures_of
from kg.model import QUANTITY_PROPERTIES
from tests.extract_scenes import scene


def never(words: str) -> frozenset[str]:
    """What the last figure of a sentence about a park does not state."""
    candidates = scene(f"临湖药谷介绍，{words}。", [("Park", "临湖药谷")])
    return never_stated(candidates.structure, figures_of(candidates)[-1].measure)


@pytest.mark.parametrize(
    ("words", "possible"),
    [
        ("现有专利300个", False),
        ("入选专项23项", False),
        ("提供岗位300个", True),
        ("用工达300个", True),
        ("全部投产要添300个岗位", True),
        ("眼下只有11个人", True),
        ("眼下有300人", True),
    ],
)
def test_things_are_no_people(words: str, possible: bool) -> None:
    assert ({"employeeCount", "attendeeCount"} <= never(words)) is not possible


@pytest.mark.parametrize(
    ("words", "possible"),
    [
        ("有三级医院12家", False),
        ("有12家三级医院", False),
        ("服务合作社共30户", False),
        ("有12家企业", True),
        ("医院旁有企业12家", True),
        ("引来12家，医院不算在内", True),
    ],
)
def test_institutions_are_no_firms(words: str, possible: bool) -> None:
    assert ("enterpriseCount" in never(words)) is not possible


@pytest.mark.parametrize("words", ["有一支科研队伍30支", "有高校30所"])
def test_teams_and_schools_count_nothing(words: str) -> None:
    assert {"enterpriseCount", "projectCount", "employeeCount", "attendeeCount"} <= never(words)


@pytest.mark.parametrize(
    ("words", "possible"),
    [
        ("税收超1000万元的23家", False),
        ("签约5亿元以上项目", False),
        ("年产值5亿元及以上的龙头企业", False),
        ("总投资5亿元的项目", True),
        ("总投资5亿元以上", True),
        ("总投资5亿元", True),
    ],
)
def test_a_bound_on_what_is_counted_is_nobodys_money(words: str, possible: bool) -> None:
    candidates = scene(f"临湖药谷介绍，{words}。", [("Park", "临湖药谷")])
    measure = figures_of(candidates)[0].measure
    assert (never_stated(candidates.structure, measure) == set(QUANTITY_PROPERTIES)) is not possible


def test_a_share_is_no_growth() -> None:
    assert never("产值占全市的80%、全省的30%") == never("产值占全市的80%") == {"growthRate"}
    assert never("产值增长80%") == never("占全市三成，产值增长80%") == set()


@pytest.mark.parametrize(
    ("words", "possible"),
    [
        ("引进博士15名", False),
        ("引进15名博士", False),
        ("聘请海内外专家共15人", False),
        ("有员工150人", True),
        ("博士带队，员工150人", True),
        ("有150人在岗", True),
        ("提供博士岗位150个", True),
    ],
)
def test_scholars_are_no_staff(words: str, possible: bool) -> None:
    assert ("employeeCount" in never(words)) is not possible
    assert "attendeeCount" not in never(words)


@pytest.mark.parametrize(
    ("words", "possible"),
    [
        ("黄精种植面积2万亩", False),
        ("建起2万亩虎杖基地", False),
        ("药材2万亩", False),
        ("占地2000亩", True),
        ("基地占地2000亩", True),
        ("规划种植园2000亩", True),
        ("总面积2000亩", True),
        ("药材种植园区2平方公里", True),
    ],
)
def test_planted_land_is_nobodys_area(words: str, possible: bool) -> None:
    assert ("landArea" in never(words)) is not possible


@pytest.mark.parametrize(
    ("words", "possible"),
    [
        ("年利税3亿元", False),
        ("实现净利润3亿元", False),
        ("研发投入达到3亿元", False),
        ("户均增收3万元", False),
        ("总资产3亿元", False),
        ("去年出口额3亿元", False),
        ("单价为3万元", False),
        ("签约额比上届多出3亿元", False),
        ("这里的产品售价28元", False),
        ("设备3万元/台", False),
        ("每月发放28元", False),
        ("年税收3亿元", True),
        ("利税之外，产值3亿元", True),
        ("租金收入3亿元", True),
        ("出口占六成，产值3亿元", True),
        ("销售3亿元", True),
    ],
)
def test_prices_profits_and_differences_are_no_property(words: str, possible: bool) -> None:
    assert (never(words) == set(QUANTITY_PROPERTIES)) is not possible


@pytest.mark.parametrize(
    ("words", "never_said"),
    [
        ("接待游客3万人次", {"employeeCount"}),
        ("门急诊30万人次", {"employeeCount", "attendeeCount"}),
        ("在校生3000人", {"employeeCount", "attendeeCount"}),
        ("观众3万人", set()),
    ],
)
def test_visits_and_patients_are_no_staff(words: str, never_said: set[str]) -> None:
    assert never(words) & {"employeeCount", "attendeeCount"} == never_said


@pytest.mark.parametrize(
    ("words", "possible"),
    [
        ("比年初净增5家", False),
        ("去年走了5家", False),
        ("带动周边2700户", False),
        ("有种植户2700户", False),
        ("新增5家", True),
        ("有商户2700户", True),
        ("带动上下游企业30家", True),
    ],
)
def test_differences_and_households_are_no_firms(words: str, possible: bool) -> None:
    assert ("enterpriseCount" in never(words)) is not possible
