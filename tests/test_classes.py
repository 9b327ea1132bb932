"""Kinds of things, by which no single thing is named."""

import pytest

from kg.extract.classes import without_classes
from kg.extract.tagger import TaggedSpan


def stays(text: str, form: str, kind: str) -> bool:
    start = text.index(form)
    span = TaggedSpan(start, start + len(form), kind, 0.9)
    kept = without_classes(text, [span])
    assert kept in ([span], [])
    return kept == [span]


@pytest.mark.parametrize(
    ("text", "form", "kind", "is_name"),
    [
        ("签约的10个绿色药业产业园项目", "绿色药业产业园项目", "Project", False),
        ("二十余个两地合作重点项目集中签约", "两地合作重点项目集中签约", "Event", False),
        ("建成两座康养小镇", "康养小镇", "Park", False),
        ("建有博士后科研工作站2个、中试平台", "博士后科研工作站", "ResearchInstitution", False),
        ("青禾区建一座康养小镇", "康养小镇", "Park", True),
        ("全国第三个罕见病药物保障基地落成", "罕见病药物保障基地", "Park", True),
        ("落户青禾经开区7个、白石区3个", "青禾经开区", "Park", True),
        ("甲研究院、乙实验室2个，", "乙实验室", "ResearchInstitution", True),
        ("两家青禾药业的工厂", "青禾药业", "Firm", True),
    ],
)
def test_a_number_beside_a_name_tells_a_kind(text: str, form: str, kind: str, is_name: bool) -> None:
    assert stays(text, form, kind) == is_name


@pytest.mark.parametrize(
    ("text", "form", "kind", "is_name"),
    [
        ("致力于成为中部康养示范区。", "中部康养示范区", "Park", False),
        ("把这里做成集科研与教学于一体的全产业链小镇。", "全产业链小镇", "Park", False),
        ("规划建设为“医、养、研”五位一体的产城综合片区", "产城综合片区", "Park", False),
        ("将打造成有海派特色的康养旅游目的地项目", "康养旅游目的地项目", "Project", False),
        ("甲药业成为青禾药谷首家企业", "青禾药谷", "Park", True),
        ("由甲集团投资建设的青禾药谷开园", "青禾药谷", "Park", True),
        ("甲护理将成为西湾医疗的子公司", "西湾医疗", "Firm", True),
    ],
)
def test_what_something_is_to_become_is_a_kind(text: str, form: str, kind: str, is_name: bool) -> None:
    assert stays(text, form, kind) == is_name
