"""Kinds of things that are counted are no names."""

import pytest

from kg.extract.classes import without_classes
from kg.extract.tagger import TaggedSpan


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
    start = text.index(form)
    span = TaggedSpan(start, start + len(form), kind, 0.9)
    assert without_classes(text, [span]) == ([span] if is_name else [])
