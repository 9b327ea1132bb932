"""The questions an analyst asks, each a named query, with the answers that the sample pages give."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kg.graph import Store, open_store
from kg.query import list_queries, run_named
from tests.graph_samples import MORE_PAGES, PAGES, annotated, build

KANGTAI, PARK, TIANHUI = "湖南麓谷康泰医疗科技有限公司", "星城医疗器械产业园", "成都天回药谷"
Row = tuple[object, ...]


@pytest.fixture(scope="module")
def store() -> Store:
    store = open_store("memory:")
    build(store, annotated(PAGES + MORE_PAGES))
    return store


@pytest.fixture(scope="module")
def ask(store: Store) -> Callable[..., list[Row]]:
    """Rows of a named query, of the columns asked for."""

    def rows(query: str, /, *columns: str, **params: str) -> list[Row]:
        records = run_named(store, query, params).records()
        return [tuple(record[column] for column in columns) for record in records]

    return rows


Ask = Callable[..., list[Row]]


def test_there_are_enough_questions_and_each_has_a_tested_answer() -> None:
    names = {query.name for query in list_queries()}
    assert len(names) >= 32
    sources = "".join((Path(__file__).parent / f"test_{part}.py").read_text("utf-8") for part in TESTED_IN)
    assert names == names & set(re.findall(r'(?:ask|run_named)\((?:\w+, )?\s*"([a-z-]+)"', sources))


#: Test modules that compare the rows of named queries with what the sample pages say.
TESTED_IN = ("questions", "query", "provenance")


def test_who_signs_most(ask: Ask) -> None:
    assert ask("active-signers", "party", "type", "agreements", "partners")[0] == (KANGTAI, "Firm", 6, 5)
    assert ask("active-signers", "party", type="Investor") == [("苏州澄心资本",)]


def test_who_ties_regions_together(ask: Ask) -> None:
    found = {row[0]: row[1:] for row in ask("region-brokers", "party", "home", "regions", "names")}
    assert found[TIANHUI] == ("成都市", 1, "湖南省")
    assert found["苏州澄心资本"] == ("苏州市", 1, "成都市")
    assert "长沙市第九医院" not in found, "Changsha and Hunan are no two regions"


def test_what_is_signed_over_time(ask: Ask) -> None:
    found = ask("types-over-time", "year", "type", "status", "agreements")
    assert ("2024", "supply", "signed", 1) in found
    assert ("2024", "supply", "terminated", 1) in found
    assert ("2025", "tech_transfer", "signed", 2) in found, "an agreement without a date has its page's year"
    assert [row[0] for row in found] == sorted(str(row[0]) for row in found)


def test_what_is_promised_where(ask: Ask) -> None:
    found = ask("amounts-by-region", "region", "currency", "agreements", "amount")
    assert ("长沙市", "CNY", 1, 240000000) in found
    assert ("成都市", "CNY", 1, 50000000) in found
    assert ("四川省", "CNY", 1, 50000000) in ask(
        "amounts-by-region", "region", "currency", "agreements", "amount", level="province"
    )


def test_what_is_promised_in_each_district(ask: Ask) -> None:
    found = ask("amounts-by-region", "region", "agreements", "amount", level="county")
    assert ("雨花区", 1, 240000000) in found, "the park lies in this district"
    assert ("成都市", 1, 50000000) in found, "of this firm no district is known"


def test_which_parks_do_well(ask: Ask) -> None:
    columns = ("park", "region", "tenants", "planned", "agreements", "operators")
    assert ask("parks", *columns, park=TIANHUI) == [(TIANHUI, "武侯区", 2, 0, 2, "成都天回集团")]
    assert ask("parks", *columns, park=PARK) == [(PARK, "雨花区", 2, 1, 1, "")]


def test_what_parks_are_about(ask: Ask) -> None:
    assert ask("park-sectors", "park", "sector", "tenants", "names", park=TIANHUI) == [
        (TIANHUI, "in_vitro_diagnostics", 1, "蓝鲸诊断")
    ]


def test_who_transfers_technology(ask: Ask) -> None:
    assert ask("technology-transfers", "party", "transfers", "partners", type="ResearchInstitution") == [
        ("湖南省医学科学研究院", 2, f"{KANGTAI}、蓝鲸诊断")
    ]


def test_who_is_courted(ask: Ask) -> None:
    assert ask("courted", "tenant", "host", "date") == [("杭州远岫生物", PARK, "2024-05-20")]
    assert ask("courted", "tenant", host=TIANHUI) == []


def test_which_intents_were_realised(ask: Ask) -> None:
    assert ask("intents-realised", "party1", "party2", "intentDocument", "signedDate", "signedDocument") == [
        (KANGTAI, TIANHUI, "b-chengdu", "2025-03-08", "e-signing")
    ]


def test_what_posts_a_person_holds(ask: Ask) -> None:
    assert ask("posts", "title", "organisation", "date", person="郑一帆") == [
        ("董事长", KANGTAI, "2024-05-20"),
        ("总经理", KANGTAI, "2024-09-02"),
    ]
    assert ask("posts", "person", "title", organisation="武侯区") == [("何芷", "副区长")]


def test_who_issued_which_policy_and_is_it_still_spoken_of(ask: Ask) -> None:
    policy = ("余杭区卫健局", "余杭区康养补贴办法", "余杭区", "2024-11-11", "2024-11-11", 1)
    columns = ("issuer", "policy", "region", "date", "latest", "documents")
    assert ask("policies", *columns) == [policy]
    assert ask("policies", *columns, issuer="余杭区卫健局") == [policy]
    assert ask("policies", *columns, on="2024-11") == [policy]
    assert ask("policies", *columns, on="2024-11-10") == []
    assert ask("policies", *columns, issuer="麓谷康泰") == []


def test_which_figures_contradict(ask: Ask) -> None:
    columns = ("subject", "property", "date", "values", "documents")
    found = [(TIANHUI, "landArea", "2024", "80000、86667", "e-signing、f-forum")]
    assert ask("contradicting-figures", *columns) == found
    assert ask("contradicting-figures", *columns, subject="成都天回药谷") == found
    assert ask("contradicting-figures", *columns, subject=PARK) == []


def test_what_is_new(ask: Ask) -> None:
    found = ask("changes-since", "date", "subject", "fact", "object", since="2025-03-15")
    assert {row[0] for row in found} == {"2025-04-01"}
    assert ("2025-04-01", "麓谷智护公司", "subsidiaryOf", KANGTAI) in found
    assert ("2025-04-01", TIANHUI, "landArea", "86667 m2") in found
    assert ("2025-04-01", "湖南青禾商会", "supply", KANGTAI) in found
    assert len(found) == 13
    assert len(ask("changes-since", "date", since="2026")) == 0


def test_what_is_new_of_one_who_signs_with_somebody_unnamed() -> None:
    page = """
=== g-alone
published: 2025-06-01
--- text
蓝鲸诊断与多家企业签约。
--- facts
E Firm 蓝鲸诊断
A supply signed - : 蓝鲸诊断
"""
    store = open_store("memory:")
    build(store, annotated(page))
    (row,) = run_named(store, "changes-since", {"since": "2025"}).records()
    assert (row["subject"], row["fact"], row["object"]) == ("蓝鲸诊断", "supply", None)


def test_how_old_the_data_is(ask: Ask) -> None:
    found = ask("data-age", "date", "document", "facts")
    assert [row[0] for row in found] == sorted(str(row[0]) for row in found)
    assert found[0] == ("2024-05-20", "a-xingcheng", 10)


def test_what_happened_at_events(ask: Ask) -> None:
    found = ask("events", "event", "organisers", "participants", "agreements", "places", event="对接会")
    assert found == [("雨花区康养产业对接会", "雨花区政府", 2, 1, "雨花区")]


def test_which_firms_may_belong_to_one_group() -> None:
    store = open_store("memory:")
    build(store, annotated(BRANDS))
    rows = run_named(store, "same-brand").records()
    ((firm, region, other, other_region, brand),) = [
        (r["firm"], r["region"], r["other"], r["otherRegion"], r["brand"]) for r in rows
    ]
    assert {(firm, region), (other, other_region)} == {
        ("上海岚屿医疗科技有限公司", "上海市"),
        ("长沙岚屿医疗科技有限公司", "长沙市"),
    }
    assert brand == "岚屿"
    (row,) = run_named(store, "same-brand", {"firm": "长沙岚屿医疗科技有限公司"}).records()
    assert (row["other"], row["confidence"]) == ("上海岚屿医疗科技有限公司", Decimal("0.6"))
    assert run_named(store, "same-brand", {"firm": "白桦药业"}).records() == []


#: Two firms of one brand in two cities, and a stranger.
BRANDS = """
=== a
published: 2024-05-20
--- text
长沙岚屿医疗科技有限公司与白桦药业签署合作协议。
--- facts
E Firm 长沙岚屿医疗科技有限公司
E Firm 白桦药业
=== b
published: 2024-05-21
--- text
上海岚屿医疗科技有限公司在上海市开业。
--- facts
E Firm 上海岚屿医疗科技有限公司
E Place 上海市
"""


def test_relations_of_one_kind(ask: Ask) -> None:
    assert ask("honours", "recipient", "honour", "by") == [("杭州远岫生物", "示范企业", "余杭区卫健局")]
    assert ask("groups", "parent", "subsidiary") == [(KANGTAI, "麓谷智护公司")]
    assert ask("members", "association", "member") == [("湖南青禾商会", KANGTAI)]
    assert ask("founders", "founded", "founder") == [
        ("康护联合创新中心", KANGTAI),
        ("康护联合创新中心", "雨花区政府"),
    ]
    assert ask("products", "producer", "product", producer="麓谷康泰") == [(KANGTAI, "护康床")]
    assert ask("projects", "project", "implementers", "hosts", "planned", "documents") == [
        ("星城康护项目", KANGTAI, PARK, "", 1)
    ]


def test_figures_of_a_kind(ask: Ask) -> None:
    found = ask("figures", "subject", "value", "unit", "date", property="landArea")
    assert found == [
        (TIANHUI, 80000, "m2", "2024"),
        (TIANHUI, 86667, "m2", "2024"),
        (PARK, 60000, "m2", None),
    ]
    assert ask("figures", "property", "value", subject=PARK) == [("enterpriseCount", 42), ("landArea", 60000)]


def test_who_invests_together(ask: Ask) -> None:
    assert ask("co-investors", "investor1", "investor2", "count", "targets") == [
        ("白鹭洲基金", "苏州澄心资本", 1, "蓝鲸诊断")
    ]


def test_who_is_in_several_places(ask: Ask) -> None:
    assert ask("multi-site", "organisation", "count", "hosts") == [("蓝鲸诊断", 2, f"{TIANHUI}、{PARK}")]


def test_what_fell_through(ask: Ask) -> None:
    assert ask("fallen-through", "parties", "type", "date", "document") == [
        ("杭州远岫生物、蓝鲸诊断", "supply", None, "d-hangzhou")
    ]


def test_what_is_doubtful(ask: Ask) -> None:
    assert ask("doubtful-facts", "fact") == []
    found = ask("doubtful-facts", "confidence", "fact", confidence="0.7")
    assert {fact for _, fact in found} >= {"settledIn", "hasRole", "memberOf"}
    assert "supply" not in {fact for _, fact in found}


def test_sectors_and_regions(ask: Ask) -> None:
    found = dict(ask("sectors", "sector", "entities"))
    assert found["in_vitro_diagnostics"] == 1
    assert found["medical_devices"] == 1
    assert dict(ask("sectors", "sector", "entities", region="成都")) == {"biopharma": 2}
    profile = {
        row[0]: row[1:]
        for row in ask(
            "region-profile", "region", "organisations", "parks", "settled", "planned", "agreements"
        )
    }
    assert profile["长沙市"] == (2, 1, 2, 1, 2)
    assert profile["成都市"] == (2, 1, 2, 0, 3)


def test_entities_are_listed_with_aliases_and_region(ask: Ask) -> None:
    assert ask("entities", "name", "type", "aliases", "region", "documents", name="麓谷康泰") == [
        (KANGTAI, "Firm", "麓谷康泰", "湖南省", 5)
    ]
    assert [row[0] for row in ask("entities", "name", type="Policy")] == ["余杭区康养补贴办法"]
