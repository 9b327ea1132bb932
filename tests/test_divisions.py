"""Administrative divisions: full and short names, context, levels."""

import pytest

from kg.resolve.divisions import divisions


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("长沙", "430100"),
        ("长沙市", "430100"),
        ("雨花区", "430111"),
        ("雨花台区", "320114"),
        ("上海", "310000"),
        ("厦门市海沧区", "350205"),
        ("襄樊", "420600"),
        ("恩施州", "422800"),
        ("酉阳县", "500242"),
        ("德国", "DE"),
        ("吉林", "220000"),
        ("内蒙古", "150000"),
        ("长沙区", None),
        ("火炬园", None),
        ("", None),
    ],
)
def test_a_name_is_looked_up_in_full_or_short_form(name: str, code: str | None) -> None:
    assert divisions().lookup(name) == code


def test_an_ambiguous_name_needs_context() -> None:
    table = divisions()
    assert table.lookup("鼓楼区") is None
    assert table.is_ambiguous("鼓楼区")
    assert not table.is_ambiguous("雨花区")
    assert table.lookup("鼓楼区", context=["320100"]) == "320106"
    assert table.lookup("鼓楼区", context=["350000"]) == "350102"
    assert table.lookup("南京市鼓楼区") == "320106"
    assert table.lookup("南京市海沧区") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("长沙巨翊医疗科技有限公司", "430100"),
        ("雨花区政府", "430111"),
        ("湖南湘江新区管委会", "430000"),
        ("基石药业（苏州）有限公司", "320500"),
        ("上海市长宁区投促中心", "310105"),
        ("中山大学附属医院", None),
        ("中山市卫健局", "442000"),
        ("雨花经开区", None),
        ("可孚医疗", None),
        ("平安健康", None),
    ],
)
def test_a_name_tells_its_region_by_its_beginning_or_in_brackets(name: str, code: str | None) -> None:
    assert divisions().leading(name) == code


def test_a_county_in_short_form_counts_only_where_the_context_fixes_it() -> None:
    table = divisions()
    assert table.leading("雨花经开区", context=["430100"]) == "430111"
    assert table.leading("雨花经开区", context=["320100"]) is None


def test_levels_roll_up_and_a_municipality_is_its_own_city() -> None:
    table = divisions()
    assert table.chain("430111") == ("430111", "430100", "430000")
    assert table.at_level("430111", "city") == "430100"
    assert table.at_level("310105", "city") == "310000"
    assert table.at_level("429004", "city") == "429004"
    assert table.at_level("430000", "city") is None
    assert table.at_level("430100", "county") is None
    assert table.at_level("430111", "province") == "430000"
    assert table.within("430111", "430000")
    assert not table.within("430000", "430111")


def test_the_table_is_sound() -> None:
    table = divisions()
    levels = {"province": ("",), "country": ("",), "city": ("province",), "county": ("province", "city")}
    for row in table.by_code.values():
        parent = table.by_code[row.parent].level if row.parent else ""
        assert parent in levels[row.level], row
    assert sum(row.level == "province" for row in table.by_code.values()) == 34
