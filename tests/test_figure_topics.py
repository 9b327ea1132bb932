"""Whom the words around a figure speak of."""

from __future__ import annotations

from kg.extract.figure_topics import topic_of
from kg.extract.figures import Names
from kg.extract.measures import Measure
from tests.extract_scenes import Cast, scene, value_named


def spoken_of(text: str, cast: Cast, phrase: str) -> set[str] | None:
    """First forms of the entities that a figure's words speak of."""
    candidates = scene(text, cast)
    measure = candidates.values[value_named(candidates, phrase)]
    assert isinstance(measure, Measure)
    topic = topic_of(candidates.structure, Names(candidates.structure), measure)
    return {cast[k][1] for k in topic.entities} if topic else None


CITY: Cast = [("Place", "临湖市"), ("Event", "临湖市康养产业对接会"), ("Place", "北山县")]


def test_the_whole_city_at_the_head_of_a_clause_is_the_city() -> None:
    opening = "临湖市康养产业对接会昨日举行，临湖市领导到场，北山县代表发言。"
    for clause in ("全市医药产值达90亿元", "2024年，全市医药产值达90亿元", "截至目前全市医药产值达90亿元"):
        assert spoken_of(f"{opening}{clause}。", CITY, "90亿元") == {"临湖市"}, clause
    assert spoken_of(f"{opening}全县医药产值达90亿元。", CITY, "90亿元") == {"北山县"}


def test_the_whole_district_is_the_district_that_was_named_last() -> None:
    cast: Cast = [("Park", "临湖经开区"), ("Place", "白杨区"), ("Park", "青禾药谷")]
    told = "在青禾药谷，临湖经开区派人到场，白杨区介绍，全区药企90家。"
    assert spoken_of(told, cast, "90家") == {"白杨区"}
    assert spoken_of("青禾药谷与白杨区、临湖经开区介绍，全区药企90家。", cast, "90家") is None
    assert spoken_of("白杨区和青禾药谷介绍，全区药企90家。", [cast[1], cast[2]], "90家") == {"白杨区"}


def test_a_body_tells_of_which_district_or_city_is_spoken() -> None:
    cast: Cast = [("GovernmentBody", "白杨区科技局"), ("Place", "白杨区")]
    assert spoken_of("白杨区科技局介绍，全区药企90家。白杨区发力。", cast, "90家") == {"白杨区"}
    cast = [("GovernmentBody", "白杨市商务局"), ("Place", "临湖市"), ("Place", "白杨")]
    told = "临湖市来客。白杨市商务局介绍，白杨药材多，全市药企90家。"
    assert spoken_of(told, cast, "90家") == {"白杨"}


def test_what_a_word_says_of_the_whole_city_is_stated_for_certain() -> None:
    def certain(words: str) -> float:
        candidates = scene(f"临湖市介绍，全市{words}。", CITY[:1])
        (measure,) = (m for m in candidates.values.values() if isinstance(m, Measure))
        topic = topic_of(candidates.structure, Names(candidates.structure), measure)
        assert topic is not None
        return topic.certain

    assert certain("医药产值90亿元") > 0.5
    assert certain("共有药企90家") > 0.5
    assert certain("总投资90亿元") == certain("医药拿到90亿元") == 0  # of an event, or of nobody known
    assert certain("药企净增90家") == 0


def test_the_whole_zone_is_the_zone_where_no_district_was_named() -> None:
    cast: Cast = [("Park", "临湖经开区"), ("Place", "白杨市"), ("Park", "青禾药谷")]
    assert spoken_of("白杨市、临湖经开区、青禾药谷介绍，全区药企90家。", cast, "90家") == {"临湖经开区"}
    assert spoken_of("白杨市、青禾药谷介绍，全区药企90家。", cast[1:], "90家") is None


def test_the_whole_city_elsewhere_is_not_spoken_of() -> None:
    opening = "临湖市康养产业对接会昨日在北山县举行，临湖市领导到场。"
    for clause in ("药谷占全市产值的90亿元", "这是全市最大的项目，投资90亿元", "全市看北山县，产值90亿元"):
        assert spoken_of(f"{opening}{clause}。", CITY, "90亿元") is None, clause


def test_a_city_without_its_suffix_is_meant_rather_than_a_district() -> None:
    cast = [("Place", "临湖"), ("Place", "白杨区"), ("GovernmentBody", "临湖卫健委")]
    text = "临湖与白杨区联动。据临湖卫健委介绍，全市药企90家。"
    assert spoken_of(text, cast, "90家") == {"临湖"}
    text = "临湖卫健委发文，临湖与白杨区联动，全市药企90家。"
    assert spoken_of(text, cast, "90家") == {"临湖"}, "a district is no 市, though it was named last"


def test_where_the_city_meets_is_not_the_city() -> None:
    cast = [("Place", "临湖"), ("Place", "远山")]
    text = "临湖赴外招商，推介会在远山举行。去年，全市药企90家。"
    assert spoken_of(text, cast, "90家") == {"临湖"}
    assert spoken_of(text.replace("临湖赴外", "某市赴外"), cast[1:], "90家") == set()


def test_nobody_is_meant_where_no_place_was_named() -> None:
    assert spoken_of("青禾药业开业，全市药企90家。", [("Firm", "青禾药业")], "90家") is None


FIRMS: Cast = [("Firm", "青禾集团"), ("Firm", "远山药业"), ("Park", "临湖药谷"), ("Place", "临湖园区")]


def test_a_noun_at_the_head_of_a_clause_tells_the_type_of_the_subject() -> None:
    opening = "青禾集团与远山药业签约，临湖药谷在临湖园区。"
    for clause, whose in (
        ("公司现有员工300人", {"青禾集团", "远山药业"}),
        ("集团现有员工300人", {"青禾集团"}),
        ("园区占地9亩，就业300人", {"临湖药谷"}),
        ("2024年，公司有厂房两处，员工300人", {"青禾集团", "远山药业"}),
    ):
        assert spoken_of(f"{opening}{clause}。", FIRMS, "300人") == whose, clause


def test_a_noun_elsewhere_or_before_a_name_or_that_counts_tells_nothing() -> None:
    opening = "青禾集团与远山药业签约，临湖药谷在临湖园区。"
    for clause in (
        "走进公司见员工300人",
        "公司联手远山药业，员工300人",
        "企业用工300人",
        "公司开业。员工300人",
    ):
        assert spoken_of(f"{opening}{clause}。", FIRMS, "300人") is None, clause


def test_a_project_that_is_called_a_park_is_meant_by_its_noun() -> None:
    cast = [("Project", "青禾产业园"), ("Park", "临湖药谷"), ("Firm", "远山药业")]
    text = "远山药业在临湖药谷建青禾产业园，园区占地300亩。"
    assert spoken_of(text, cast, "300亩") == {"青禾产业园", "临湖药谷"}


def test_what_is_signed_in_a_period_is_the_hosts() -> None:
    text = "临湖市康养产业对接会在临湖市开幕，北山县派员参加。此前，一季度集中签约28个项目。"
    assert spoken_of(text, CITY, "28个") == {"临湖市"}, "whose name the event bears"
    text = "临湖市康养产业对接会在临湖市开幕。北山县有药谷，今年新签项目28个。"
    cast = [*CITY, ("Park", "药谷")]
    spoken = {"临湖市", "北山县", "药谷"}
    assert spoken_of(text, cast, "28个") == spoken, "a sentence that names a place may tell of it"


def test_a_period_whose_clause_names_somebody_says_nothing() -> None:
    text = "临湖市康养产业对接会在临湖市开幕。去年北山县新签28个项目。"
    assert spoken_of(text, CITY, "28个") is None


def test_what_is_signed_together_is_the_events() -> None:
    for told in (
        "28个项目集中签约",
        "青禾药业等28个项目当场签约",
        "现场签约28个项目",
        "28个重点项目相继落笔",
    ):
        cast = [("Event", "临湖康养对接会"), ("Firm", "青禾药业")]
        text = f"青禾药业参加临湖康养对接会。{told}。"
        assert spoken_of(text, cast, "28个") == {"临湖康养对接会"}, told


def test_what_one_place_signs_or_a_period_held_is_not_the_events() -> None:
    opening = "临湖市康养产业对接会在临湖市开幕，"
    assert spoken_of(f"{opening}北山县28个项目集中签约。", CITY, "28个") is None
    assert spoken_of(f"{opening}北山县派员参加。去年集中签约28个项目。", CITY, "28个") == {"临湖市"}
    assert (
        spoken_of("临湖康养对接会开幕。去年集中签约28个项目。", [("Event", "临湖康养对接会")], "28个") is None
    )
    assert spoken_of("北山县28日开会，会上28个项目集中签约。", CITY[2:], "28个") is None, "no event was named"


def test_a_delegation_brings_its_people() -> None:
    cast = [("Organization", "远山医药代表团"), ("Event", "临湖康养对接会")]
    text = "临湖康养对接会前，远山医药代表团一行13人到访。"
    assert spoken_of(text, cast, "13人") == {"远山医药代表团"}
    far = text.replace("一行", "到访三天，一行")
    assert spoken_of(far, cast, "13人") is None
    cast = [("Firm", "远山医药公司"), ("Event", "临湖康养对接会")]
    assert spoken_of(text.replace("代表团", "公司"), cast, "13人") is None


def test_behind_of_which_a_name_speaks_of_itself() -> None:
    cast = [("Place", "白石省"), ("Place", "临湖")]
    text = "白石省大健康产业达880亿元，其中临湖突破480亿元，近5年年均增长16%。"
    assert spoken_of(text, cast, "480亿元") == {"临湖"}
    assert spoken_of(text, cast, "880亿元") is None
    assert spoken_of(text.replace("其中临湖", "而临湖"), cast, "480亿元") is None


def test_what_is_started_this_time_is_the_events() -> None:
    cast = [("Event", "临湖药谷开工仪式"), ("Park", "临湖药谷")]
    opening = "临湖药谷举行临湖药谷开工仪式。"
    for told in ("这次开工的项目共26个", "此次集中签约项目26个", "当天动工的医药项目有26个"):
        assert spoken_of(f"{opening}{told}。", cast, "26个") == {"临湖药谷开工仪式"}, told
    assert spoken_of(f"{opening}现有在建项目26个。", cast, "26个") is None


SITE: Cast = [("Park", "青禾药械园"), ("Park", "白露社区"), ("Place", "临湖市")]


def test_where_something_lies_is_not_what_is_told_of() -> None:
    told = {"青禾药械园", "临湖市"}
    opening = "临湖市的青禾药械园开工。"
    for lies in ("选址白露社区，", "它位于城南的白露社区，", "地处白露社区。"):
        assert spoken_of(f"{opening}{lies}占地90亩。", SITE, "90亩") == told, lies


def test_a_park_may_be_told_of_by_where_it_lies() -> None:
    opening = "临湖市的青禾药械园开工。"
    for lies in (
        "落户白露社区的企业有",
        "位于白露社区的二期，占地",
        "白露社区，占地",
        "位于白露社区\n占地",
    ):
        assert spoken_of(f"{opening}{lies}90亩。", SITE, "90亩") is None, lies
    assert spoken_of(f"{opening}位于白露社区。天气晴好。占地90亩。", SITE, "90亩") is None
    assert spoken_of(f"{opening}位于白露社区90亩。", SITE, "90亩") is None


def test_what_is_begun_together_is_the_events_whose_name_says_so() -> None:
    cast = [("Event", "康养项目集中开工仪式"), ("Event", "康养项目集中签约仪式"), ("Event", "恳谈会")]
    text = "昨日举行康养项目集中开工仪式、康养项目集中签约仪式和恳谈会。"
    assert spoken_of(text + "此次集中开工的9个项目已动工。", cast, "9个") == {"康养项目集中开工仪式"}
    assert spoken_of(text + "集中签约的9个项目投资大。", cast, "9个") == {"康养项目集中签约仪式"}
    assert spoken_of(text + "此次启动的9个项目投资大。", cast, "9个") == {"恳谈会"}, "no name says 启动"
    assert spoken_of(text + "年内开工的9个项目投资大。", cast, "9个") is None
