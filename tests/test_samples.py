"""The sample corpus: complete, readable, annotated, and carrying the agreements of the five ecosystems."""

import unicodedata
from pathlib import Path

import pytest

from kg import resources
from kg.model import RELATION_SIGNATURES, Annotation
from kg.read import read_file

PAGES = sorted(resources.data("samples", "pages").iterdir())
GOLD = resources.data("samples", "gold")

HEALTH_EVENT = "雨花区大健康产业链产业融合发展暨项目签约活动"
DATA_PARK = "长沙健康医疗大数据产业孵化基地"

#: Page, type, status, date and parties of the agreements that each ecosystem is there for.
KEY_AGREEMENTS = [
    *(
        (page, "supply", "signed", "2025-05-28", parties)
        for page in ("01-yuhua-signing", "02-yuhua-bulletin", "03-yuhua-reprint")
        for parties in (
            {"重药控股湖南博瑞药业有限公司", "长沙市中心医院"},
            {"重药控股湖南博瑞药业有限公司", "同升佳新社区卫生服务中心"},
            {"湖南五福同行医药有限公司", "井湾子星莲社区卫生服务中心"},
        )
    ),
    *(
        (page, "equity_investment", "signed", "2025-05-28",
         {"三泽创业投资管理有限公司", "湖南诺合新生物科技有限公司"})
        for page in ("01-yuhua-signing", "02-yuhua-bulletin", "03-yuhua-reprint")
    ),
    *(
        ("01-yuhua-signing", "investment", "signed", "2025-05-28", {firm, "雨花经开区"})
        for firm in ("湖南乾康科技有限公司", "湖南竹海堂医疗科技集团", "美柏生物", "迪艾斯科技")
    ),
    *(
        (page, "lease", "intent", None, {firm, DATA_PARK})
        for page in ("04-xiangjiang-opening", "05-xiangjiang-tenants")
        for firm in ("绿地康养", "麓山智慧")
    ),
    ("06-wuhou-suzhou", "tech_transfer", "signed", "--10-11",
     {"环华西国际智慧医谷概念验证中心", "苏州协同创新医用机器人研究院"}),
    *(
        ("06-wuhou-suzhou", "investment", "signed", "--10-11", {firm, "华西医美健康城"})
        for firm in ("上海巨翊科技", "佰福激光", "培声医疗", "认识科技", "中顺智康", "贝雅再生医疗")
    ),
    ("11-zhongshan-shenzhen", "investment", "signed", "--09-06",
     {"深圳市珈钰生物科技有限公司", "火炬开发区"}),
]


def gold(stem: str) -> Annotation:
    return Annotation.load(GOLD / f"{stem}.json")


def names(annotation: Annotation) -> dict[str, str]:
    return {entity.id: entity.name for entity in annotation.entities}


def relations(annotation: Annotation, kind: str) -> set[tuple[str, str]]:
    called = names(annotation)
    return {(called[r.subject], called[r.object]) for r in annotation.relations if r.type == kind}


def test_each_page_has_gold_and_each_gold_a_page() -> None:
    assert len(PAGES) == 12
    assert {p.stem for p in PAGES} == {p.stem for p in GOLD.iterdir()}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_page_is_not_empty_and_its_names_occur_in_it(page: Path) -> None:
    text = unicodedata.normalize("NFKC", read_file(page).text)
    assert len(text) > 300
    lost = [
        name
        for entity in gold(page.stem).entities
        for name in entity.names
        if unicodedata.normalize("NFKC", name) not in text
    ]
    assert not lost


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_gold_is_consistent(page: Path) -> None:
    annotation = gold(page.stem)
    types = {entity.id: entity.type for entity in annotation.entities}
    assert annotation.doc == page.stem
    assert len(types) == len(annotation.entities)
    for agreement in annotation.agreements:
        assert set(agreement.parties) <= types.keys()
        assert agreement.event is None or types[agreement.event] == "Event"
    for relation in annotation.relations:
        subjects, objects = RELATION_SIGNATURES[relation.type]
        assert types[relation.subject] in subjects
        assert types[relation.object] in objects
        assert relation.type != "hasRole" or relation.title
    assert all(quantity.subject in types for quantity in annotation.quantities)


@pytest.mark.parametrize("stem,kind,status,date,parties", KEY_AGREEMENTS)
def test_key_agreements_are_in_the_gold(
    stem: str, kind: str, status: str, date: str | None, parties: set[str]
) -> None:
    annotation = gold(stem)
    called = names(annotation)
    stated = [
        (a.type, a.status, a.date, {called[p] for p in a.parties}) for a in annotation.agreements
    ]
    assert (kind, status, date, parties) in stated


def test_signings_in_yuhua_name_their_event() -> None:
    annotation = gold("01-yuhua-signing")
    called = names(annotation)
    assert {called[a.event] for a in annotation.agreements if a.event} == {HEALTH_EVENT}


def test_no_agreement_is_invented_in_changning() -> None:
    assert not gold("08-changning-closed-door").agreements
    assert not gold("09-changning-brief").agreements


def test_seven_officials_of_changning_have_posts() -> None:
    people = {person for person, _ in relations(gold("08-changning-closed-door"), "hasRole")}
    assert people == {"张凤杰", "董琳", "郭镇豪", "张斌", "陈飞飞", "刘婧", "卢佳"}


def test_courted_firms_are_kept_apart_from_tenants() -> None:
    for stem in ("04-xiangjiang-opening", "05-xiangjiang-tenants"):
        tenants = relations(gold(stem), "settledIn")
        courted = relations(gold(stem), "plansToSettleIn")
        assert tenants == {(firm, DATA_PARK) for firm in ("宏雅基因", "元源生物", "深圳旭升")}
        assert courted == {(firm, DATA_PARK) for firm in ("恒锐医疗", "华腾制药", "上海亿航")}


def test_policies_of_zhongshan_have_issuers_and_its_honours_givers() -> None:
    annotation = gold("10-zhongshan-interview")
    policies = {entity.name for entity in annotation.entities if entity.type == "Policy"}
    assert len(policies) == 7
    assert {policy for _, policy in relations(annotation, "issues")} == policies
    assert relations(annotation, "recognizes") == {("科技部", "中山健康基地"), ("工信部", "中山健康基地")}


def test_pages_cover_the_encodings_and_damage_that_the_readme_promises() -> None:
    raw = {page.stem[:2]: page.read_bytes() for page in PAGES}
    assert raw["03"].startswith(b"\xef\xbb\xbf")
    assert "数据" not in raw["04"].decode(), "traditional characters"
    assert "(zhǎng)" in raw["04"].decode()
    assert ",?：" in raw["04"].decode(), "the shifted run"
    assert "(chan)" in raw["06"].decode()
    for number, encoding in (("02", "gb18030"), ("07", "gb18030"), ("09", "big5")):
        with pytest.raises(UnicodeDecodeError):
            raw[number].decode("utf-8")
        raw[number].decode(encoding)
    assert "棋牌充值" in raw["10"].decode()
