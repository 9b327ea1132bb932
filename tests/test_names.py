"""Names put right by their shape: titles in brackets, firms inside project names."""

import pytest

from kg.extract.departments import without_departments
from kg.extract.nested_firms import nested_firms
from kg.extract.quoted import with_quoted_parks, with_whole_brackets, with_whole_quotes, with_whole_titles
from kg.extract.tagger import TaggedSpan


def span(text: str, form: str, kind: str, score: float = 0.9) -> TaggedSpan:
    start = text.index(form)
    return TaggedSpan(start, start + len(form), kind, score)


def forms(text: str, spans: list[TaggedSpan]) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.type) for s in spans]


def test_a_policy_is_what_stands_between_the_brackets() -> None:
    text = "该区印发《关于扶持康养产业的若干意见》，自发布之日起施行。"
    assert forms(text, with_whole_titles(text, [span(text, "康养产业的若干意见", "Policy")])) == [
        ("关于扶持康养产业的若干意见", "Policy")
    ]


def test_two_titles_side_by_side_are_two_policies() -> None:
    text = "市里出台《康养三年行动计划》《创新药十条措施》。"
    found = with_whole_titles(text, [span(text, "康养三年行动计划》《创新药十条措施", "Policy")])
    assert forms(text, found) == [("康养三年行动计划", "Policy"), ("创新药十条措施", "Policy")]


def test_names_inside_a_title_belong_to_it_and_names_outside_stay() -> None:
    text = "青禾市印发《青禾市医疗器械产业促进办法》。"
    spans = [
        TaggedSpan(0, 3, "Place", 0.9),
        TaggedSpan(6, 9, "Place", 0.9),
        span(text, "医疗器械产业促进办法", "Policy"),
    ]
    assert forms(text, with_whole_titles(text, spans)) == [
        ("青禾市", "Place"),
        ("青禾市医疗器械产业促进办法", "Policy"),
    ]


def test_a_policy_without_brackets_and_a_book_that_is_none_stay_as_they_are() -> None:
    text = "按照康养十条，记者翻开《本草集要》。"
    spans = [span(text, "康养十条", "Policy"), span(text, "本草集要", "Product")]
    assert with_whole_titles(text, spans) == spans


@pytest.mark.parametrize(
    ("project", "firm"),
    [
        ("启杉制药中药颗粒项目", "启杉制药"),
        ("杭州启杉科技有限公司康复机器人项目", "杭州启杉科技有限公司"),
        ("启杉集团总部项目", "启杉集团"),
        ("启杉建设集团有限公司污水处理厂项目", "启杉建设集团有限公司"),
        ("启杉集团北方制药有限公司化药中试项目", "启杉集团北方制药有限公司"),
        ("启杉生物创新药研发项目", "启杉生物"),
        ("启杉医药综合制剂厂项目", "启杉医药"),
        ("启杉医药创新中心项目", None),
        ("高端医疗器械产业园项目", None),
        ("生物医药中试平台项目", None),
        ("启杉生物港项目", None),
        ("启杉医疗器械产业园项目", None),
    ],
)
def test_a_firm_at_the_head_of_a_project(project: str, firm: str | None) -> None:
    found = nested_firms(project, [(0, len(project), "Project")])
    assert [project[s.start : s.end] for s in found] == ([firm] if firm else [])


def test_a_firm_that_the_page_names_elsewhere_is_found_without_any_cue() -> None:
    text = "启杉与园区签约，启杉康复医院项目动工。"
    start = text.index("启杉康复医院项目")
    found = nested_firms(text, [(0, 2, "Firm"), (start, start + 8, "Project")])
    assert [(s.start, s.end, s.type) for s in found] == [(start, start + 2, "Firm")]


def test_a_subsidiary_at_the_head_of_a_project_is_not_its_parent() -> None:
    text = "启杉集团到会，启杉集团北方制药有限公司化药中试项目动工。"
    start = text.index("启杉集团北方")
    found = nested_firms(text, [(0, 4, "Firm"), (start, len(text) - 3, "Project")])
    assert [text[s.start : s.end] for s in found] == ["启杉集团北方制药有限公司"]


def test_a_department_is_its_organisation_where_the_page_names_that() -> None:
    text = "青禾园区招商。青禾园区南片区事业部总经理周远山到场。"
    spans = [span(text, "青禾园区", "Park"), span(text, "青禾园区南片区事业部", "GovernmentBody")]
    assert forms(text, without_departments(text, spans)) == [("青禾园区", "Park"), ("青禾园区", "Park")]


def test_a_department_of_an_unnamed_organisation_and_a_longer_name_stay() -> None:
    text = "白石区招商二处在，青禾园区在，青禾园区医院在。"
    spans = [span(text, "白石区招商二处", "GovernmentBody"), span(text, "青禾园区", "Park")]
    spans.append(span(text, "青禾园区医院", "MedicalInstitution"))
    assert without_departments(text, spans) == spans


def test_a_name_that_begins_inside_a_bracket_begins_before_it() -> None:
    text = "远山实验室（青禾）产业投资基金（有限合伙）成立。"
    spans = [
        span(text, "远山实验室", "ResearchInstitution"),
        span(text, "青禾）产业投资基金（有限合伙）", "Investor"),
    ]
    assert forms(text, with_whole_brackets(text, spans)) == [
        ("远山实验室（青禾）产业投资基金（有限合伙）", "Investor")
    ]


def test_a_whole_bracket_and_a_half_one_behind_no_name_stay() -> None:
    text = "昨天（青禾）产业基金与远山（青禾）医院签约。"
    spans = [span(text, "青禾）产业基金", "Investor"), span(text, "远山（青禾）医院", "MedicalInstitution")]
    assert with_whole_brackets(text, spans) == spans


@pytest.mark.parametrize(
    ("text", "found", "kept"),
    [
        (
            "由甲药业主办的“青禾省优秀成果签约大会”在此举行",
            "“青禾省优秀成果签约大会",
            "青禾省优秀成果签约大会",
        ),
        (
            "由甲药业主办的“青禾省优秀成果签约大会”在此举行",
            "青禾省优秀成果签约大会”",
            "青禾省优秀成果签约大会",
        ),
        ("双方共建“两养”产业技术研究院", "两养”产业技术研究院", "“两养”产业技术研究院"),
        ("双方共建青禾院“育成中心”", "青禾院“育成中心", "青禾院“育成中心”"),
        ("“乘风”青禾签约会开幕", "“乘风”青禾签约会", "“乘风”青禾签约会"),
        ("所谓“云听诊”走红", "“云听诊”", "云听诊"),
        ("甲药业与“乙药业签约", "甲药业", "甲药业"),
    ],
)
def test_a_name_has_both_quotation_marks_or_none(text: str, found: str, kept: str) -> None:
    (whole,) = with_whole_quotes(text, [span(text, found, "Event")])
    assert text[whole.start : whole.end] == kept


@pytest.mark.parametrize(
    ("text", "park"),
    [
        ("高规格打造“青禾药谷”", "青禾药谷"),
        ("“山青康养小镇”开镇", "山青康养小镇"),
        ("打造青禾药谷", None),
        ("布局“四大产业园”", None),
        ("获评“五星级科技企业加速器”", None),
        ("“青禾药谷之夜”开幕", None),
    ],
)
def test_a_park_in_quotation_marks_is_a_name(text: str, park: str | None) -> None:
    found = with_quoted_parks(text, [])
    assert [(text[s.start : s.end], s.type) for s in found] == ([(park, "Park")] if park else [])
    named = [TaggedSpan(0, len(text), "Event", 0.9)]
    assert with_quoted_parks(text, named) == named
