"""Bare nouns that stand for something named before."""

from kg.extract.anaphors import find_anaphors
from kg.extract.structure import Mention, Structure


def anaphors(text: str, names: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """(bare noun, what it may stand for) for names given as (form, type), each at its first place."""
    mentions = [
        Mention(text.index(form), text.index(form) + len(form), kind, k)
        for k, (form, kind) in enumerate(names)
    ]
    return [(text[m.start : m.end], names[m.entity][0]) for m in find_anaphors(text, mentions)]


def test_a_bare_noun_stands_for_the_last_name_of_its_type() -> None:
    text = "启明谷医药港昨日开园。蓝杉生物首批入驻，该公司员工120人，园区占地300亩。"
    found = anaphors(text, [("启明谷医药港", "Park"), ("蓝杉生物", "Firm")])
    assert found == [("公司", "蓝杉生物"), ("园区", "启明谷医药港")]


def test_the_most_frequent_name_is_a_second_guess_unless_the_noun_points() -> None:
    text = "蓝杉生物成立于2015年，蓝杉生物与远望制药合作，公司总部设在杭州。"
    names = [Mention(0, 4, "Firm", 0), Mention(12, 16, "Firm", 0), Mention(17, 21, "Firm", 1)]
    assert {m.entity for m in find_anaphors(text, names)} == {0, 1}
    pointing = text.replace("，公司", "，该公司")
    assert [m.entity for m in find_anaphors(pointing, names)] == [1]


def test_in_an_announcement_the_company_is_who_issues_it() -> None:
    text = "证券简称：青禾药业。甲生物来访，公司与其签约，该公司员工20人，本公司出资。"
    cast = [("青禾药业", "Firm"), ("甲生物", "Firm")]
    assert anaphors(text, cast) == [("公司", "青禾药业"), ("公司", "甲生物"), ("本公司", "青禾药业")]
    defined = "青禾药业（以下简称“公司”）公告。甲生物来访，公司与其签约。"
    assert set(anaphors(defined, cast)) == {("公司", "青禾药业")}
    other = "青禾药业（以下简称“青禾”）公告。甲生物来访，公司与其签约。"
    assert ("公司", "甲生物") in anaphors(other, cast)
    unknown = "证券简称：白石药业。青禾药业公告。甲生物来访，公司与其签约。"
    assert ("公司", "甲生物") in anaphors(unknown, cast)


def test_a_noun_that_ends_a_name_stands_for_the_last_such_name() -> None:
    text = "云帆产业园与启明谷签约。该产业园占地300亩。"
    assert anaphors(text, [("云帆产业园", "Park"), ("启明谷", "Park")]) == [("产业园", "云帆产业园")]


def test_the_whole_district_is_the_last_place_of_that_level() -> None:
    text = "白石区地处青禾市。2024年全区产值50亿元。"
    assert anaphors(text, [("白石区", "Place"), ("青禾市", "Place")]) == [("全区", "白石区")]


def test_no_anaphor_without_a_name_before_it_or_inside_a_name() -> None:
    assert anaphors("该公司总部设在杭州，蓝杉生物正在搬迁。", [("蓝杉生物", "Firm")]) == []
    assert anaphors("，基地生物公司签约", [("基地生物公司", "Firm")]) == []


def test_a_noun_in_the_middle_of_a_phrase_is_generic() -> None:
    text = "启明谷医药港位于江北，推动高水平园区建设和生物医药企业集聚。"
    assert anaphors(text, [("启明谷医药港", "Park")]) == []


def test_anaphors_count_neither_as_first_nor_as_frequent_mention() -> None:
    structure = Structure(
        "该公司是蓝杉生物", [Mention(1, 3, "Firm", 0, anaphor=True), Mention(4, 8, "Firm", 0)]
    )
    assert structure.first[0] == 1
    assert structure.frequency[0] == 1


def test_our_hospital_is_one_that_ends_so_wherever_it_stands() -> None:
    text = "远山蒙医医院与青禾大学签约，上台的是我院副院长。"
    assert anaphors(text, [("远山蒙医医院", "MedicalInstitution"), ("青禾大学", "ResearchInstitution")]) == [
        ("我院", "远山蒙医医院"),
        ("我院", "青禾大学"),
    ]


def test_a_noun_that_no_list_has_echoes_the_name_that_ends_so() -> None:
    text = "坊茨器械小镇昨日开镇。甲药业到场，小镇占地90亩，特色小镇建设提速。"
    assert anaphors(text, [("坊茨器械小镇", "Park"), ("甲药业", "Firm")]) == [("小镇", "坊茨器械小镇")]
    assert anaphors("小镇占地90亩，坊茨器械小镇开镇。", [("坊茨器械小镇", "Park")]) == [], (
        "not before the name"
    )


def test_an_echo_is_the_last_name_that_ends_so_and_none_inside_a_name() -> None:
    text = "启明小镇与坊茨小镇签约，小镇医院与小镇药房随后揭牌，小镇热闹。"
    names = [
        ("启明小镇", "Park"),
        ("坊茨小镇", "Park"),
        ("小镇医院", "MedicalInstitution"),
        ("小镇药房", "Firm"),
    ]
    assert anaphors(text, names) == [("小镇", "坊茨小镇")]


def test_the_whole_zone_is_the_zone() -> None:
    text = "滨江经济开发区昨日开会。2024年全区产值50亿元。"
    assert anaphors(text, [("滨江经济开发区", "Park")]) == [("全区", "滨江经济开发区")]
    assert anaphors(text.replace("开发区", "产业园"), [("滨江经济产业园", "Park")]) == []


def test_this_meeting_is_the_event_by_whatever_name() -> None:
    names = [("坊茨闭门交流会", "Event"), ("启明药业", "Firm")]
    for said in ("本次闭门会", "这场把脉会", "此次恳谈会"):
        text = f"坊茨闭门交流会由启明药业协办。{said}中，12家企业发言。"
        assert anaphors(text, names) == [(said[2:], "坊茨闭门交流会")], said
    text = "坊茨闭门交流会由启明药业协办。理事会中，12家企业发言。"
    assert anaphors(text, names) == [], "nothing points"
