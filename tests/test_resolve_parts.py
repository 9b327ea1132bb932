"""Names taken apart: region, brand, industry, legal form; region and function; region, name and kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import ENTITY_TYPES, EntityType
from kg.resolve.divisions import divisions
from kg.resolve.parts import is_credit_code, is_short_for, take_apart

CHANGSHA, NANJING, FUZHOU = "430100", "320100", "350100"


@pytest.mark.parametrize(
    ("name", "region", "brand", "industry", "legal", "group"),
    [
        ("长沙巨翊医疗科技有限公司", CHANGSHA, "巨翊", "医疗科技", "limited", False),
        ("青禾医疗科技股份有限公司", None, "青禾", "医疗科技", "stock", False),
        ("青岚集团有限公司", None, "青岚", "", "limited", True),
        ("青岚(集团)有限公司", None, "青岚", "", "limited", True),
        ("青岚医药集团", None, "青岚", "医药", "", True),
        ("禾木诊断（苏州）有限公司", "320500", "禾木", "诊断", "limited", False),
        ("苏州澄心创业投资合伙企业（有限合伙）", "320500", "澄心", "创业投资", "partnership", False),
        ("青岚药业", None, "青岚", "药业", "", False),
        ("青岚分公司", None, "青岚分公司", "", "", False),
        ("青岚控股有限公司", None, "青岚控股", "", "limited", False),
    ],
)
def test_a_firm_is_region_brand_industry_and_legal_form(
    name: str, *, region: str | None, brand: str, industry: str, legal: str, group: bool
) -> None:
    parts = take_apart("Firm", name, divisions())
    assert (parts.region, parts.brand, parts.industry, parts.legal, parts.group) == (
        region,
        brand,
        industry,
        legal,
        group,
    )
    assert parts.distinctive


def test_a_name_without_a_brand_keeps_its_region() -> None:
    parts = take_apart("Firm", "上海医药（集团）有限公司", divisions())
    assert (parts.stem, parts.distinctive) == ("上海医药", False)
    assert take_apart("Firm", "中国医药健康产业股份有限公司", divisions()).brand == "中国医药"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("Park", ["湖南雨花经济技术开发区", "长沙雨花经开区", "长沙市雨花经济开发区"]),
        ("Park", ["海口国家高新技术产业开发区", "海口高新区", "海口国家级高新区"]),
        ("GovernmentBody", ["长沙市雨花区人民政府", "雨花区政府", "湖南省长沙市雨花区人民政府"]),
        ("GovernmentBody", ["湖北省卫生健康委员会", "湖北省卫健委", "湖北省卫生健康委"]),
        ("GovernmentBody", ["中共长沙市委员会", "长沙市委"]),
        ("GovernmentBody", ["国家药品监督管理局", "国家药监局"]),
        ("GovernmentBody", ["成都高新技术产业开发区管理委员会", "成都高新区管委会"]),
        ("MedicalInstitution", ["北京市口腔医院", "北京口腔医院"]),
    ],
)
def test_spellings_of_one_body_park_or_hospital_have_one_canonical_form(
    kind: EntityType, names: list[str]
) -> None:
    forms = {take_apart(kind, name, divisions(), context=[CHANGSHA]).canonical for name in names}
    assert len(forms) == 1


def test_district_zone_and_government_differ() -> None:
    table = divisions()
    forms = [
        take_apart("GovernmentBody", "雨花区政府", table).canonical,
        take_apart("GovernmentBody", "雨花区委", table).canonical,
        take_apart("GovernmentBody", "雨花经开区管委会", table, context=[CHANGSHA]).canonical,
        take_apart("Park", "雨花经开区", table, context=[CHANGSHA]).canonical,
        take_apart("GovernmentBody", "雨花台区政府", table).canonical,
    ]
    assert len(set(forms)) == len(forms)


def test_context_decides_what_an_ambiguous_region_means() -> None:
    table = divisions()
    regions = [
        take_apart("GovernmentBody", "鼓楼区政府", table, context=context).region
        for context in ((), [NANJING], [FUZHOU])
    ]
    assert regions == [None, "320106", "350102"]


def test_a_kind_alone_does_not_tell() -> None:
    for kind, name in (
        ("Park", "生物医药产业园"),
        ("MedicalInstitution", "第一人民医院"),
        ("GovernmentBody", "高新区管委会"),
        ("GovernmentBody", "市卫生健康委员会"),
    ):
        assert not take_apart(kind, name, divisions()).distinctive, name  # type: ignore[arg-type]
    for kind, name in (("Park", "望江药谷"), ("GovernmentBody", "国家药监局"), ("GovernmentBody", "科技部")):
        assert take_apart(kind, name, divisions()).distinctive, name  # type: ignore[arg-type]


def test_a_credit_code_has_its_check_character() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert not is_credit_code("长沙青禾医疗有限公司")


@pytest.mark.parametrize(
    ("one", "other", "short"), [("科技", "医疗科技", True), ("", "药业", True), ("药业", "医药", False)]
)
def test_an_industry_is_shortened_by_leaving_characters_out(one: str, other: str, short: bool) -> None:
    assert is_short_for(one, other) is short


@given(st.sampled_from(ENTITY_TYPES), st.text(min_size=1, max_size=30))
def test_any_text_is_taken_apart(kind: EntityType, name: str) -> None:
    table = divisions()
    parts = take_apart(kind, name, table)
    assert parts == take_apart(kind, name, table)
    assert parts.region is None or parts.region in table.by_code


@given(st.sampled_from(["长沙", "成都市", "苏州", ""]), st.text("青禾白桦赤松岚屿", min_size=2, max_size=4))
def test_a_legal_form_changes_neither_brand_nor_canonical_form(region: str, brand: str) -> None:
    table = divisions()
    plain = take_apart("Firm", f"{region}{brand}药业", table)
    for form in ("有限公司", "股份有限公司", "有限责任公司"):
        whole = take_apart("Firm", f"{region}{brand}药业{form}", table)
        assert (whole.canonical, whole.brand, whole.region) == (plain.canonical, plain.brand, plain.region)
