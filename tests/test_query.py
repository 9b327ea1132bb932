"""Named queries on the sample graph, their parameters, and SPARQL texts."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph import Store, open_store
from kg.query import Table, find_entities, get_query, list_queries, run_named, run_sparql
from kg.query.catalogue import parse_query
from kg.query.reference import reference
from tests.graph_samples import sample_store

KANGTAI, HOSPITAL, PARK = "湖南麓谷康泰医疗科技有限公司", "长沙市第九医院", "星城医疗器械产业园"

#: The columns that the command line promises, in order.
CONTRACT = {
    "who-signs-with-whom": ("party1", "party2", "agreements", "types", "first", "last"),
    "agreements": (
        "agreement",
        "type",
        "status",
        "date",
        "parties",
        "amount",
        "currency",
        "event",
        "document",
        "quote",
    ),
    "park-tenants": ("park", "tenant", "tenantType", "relation", "document"),
    "investments": ("investor", "target", "amount", "date", "document"),
    "organisations": ("name", "type", "places", "documents"),
    "evidence": ("relation", "other", "quote", "document"),
    "cross-region": ("region1", "region2", "agreements", "parties"),
}


@pytest.fixture(scope="module")
def store() -> Store:
    return sample_store()


def records(table: Table) -> list[dict[str, object]]:
    return [dict(record) for record in table.records()]


def test_the_promised_columns_are_there_in_order(store: Store) -> None:
    for name, columns in CONTRACT.items():
        params = {"entity": "麓谷康泰"} if name == "evidence" else {}
        assert run_named(store, name, params).columns == columns


def test_every_query_is_described_in_both_languages_and_runs_as_it_stands(store: Store) -> None:
    for query in list_queries():
        for text in (
            query.title_zh,
            query.zh,
            *(p.zh for p in query.parameters),
            *(c.zh for c in query.columns),
        ):
            assert re.search("[一-鿿]", text), (query.name, text)
        for text in (
            query.title_en,
            query.en,
            *(p.en for p in query.parameters),
            *(c.en for c in query.columns),
        ):
            assert text, query.name
            assert not re.search("[一-鿿]", text), (query.name, text)
        assert isinstance(run_sparql(store, query.text), Table), query.name


def test_only_query_files_lie_in_the_folder() -> None:
    names = {entry.name for entry in (files("kg.query") / "queries").iterdir()}
    assert names == {f"{query.name}.rq" for query in list_queries()}


def test_who_signs_with_whom(store: Store) -> None:
    found = records(run_named(store, "who-signs-with-whom"))
    assert {
        "party1": KANGTAI,
        "party2": HOSPITAL,
        "agreements": 1,
        "types": "supply",
        "first": "2024-05-18",
        "last": "2024-05-18",
    } in found, "two reports of one act count once"
    assert len(found) == 6
    only = records(run_named(store, "who-signs-with-whom", {"status": "terminated"}))
    assert [(r["party1"], r["party2"]) for r in only] == [("杭州远岫生物", "蓝鲸诊断")]
    assert len(run_named(store, "who-signs-with-whom", {"party": "麓谷康泰", "type": "supply"})) == 1


def test_a_day_without_a_year_is_no_first_date(store: Store) -> None:
    (found,) = records(run_named(store, "who-signs-with-whom", {"party": "余杭区卫健局"}))
    assert (found["first"], found["last"]) == (None, None)


def test_agreements_have_parties_amount_event_document_and_quote(store: Store) -> None:
    found = records(run_named(store, "agreements", {"type": "investment"}))
    assert len(found) == 1
    assert found[0] | {"agreement": ""} == {
        "agreement": "",
        "type": "investment",
        "status": "signed",
        "date": "2024-05-18",
        "parties": f"{PARK}、{KANGTAI}",
        "amount": 240000000,
        "currency": "CNY",
        "event": "开园签约仪式",
        "document": "a-xingcheng",
        "quote": f"{PARK}与{KANGTAI}（下称麓谷康泰）签署入园投资协议，总投资2.4亿元。",
    }
    assert {r["date"] for r in records(run_named(store, "agreements", {"since": "2024-06"}))} == {"2024-09"}
    assert len(run_named(store, "agreements")) == 7


def test_tenants_are_kept_apart_from_those_who_only_plan(store: Store) -> None:
    found = records(run_named(store, "park-tenants", {"park": "星城"}))
    assert {(r["tenant"], r["tenantType"], r["relation"]) for r in found} == {
        ("蓝鲸诊断", "Firm", "settledIn"),
        ("杭州远岫生物", "Firm", "plansToSettleIn"),
    }


def test_investments_take_amount_and_date_from_the_agreement(store: Store) -> None:
    found = {
        (r["investor"], r["target"], r["amount"], r["date"]) for r in records(run_named(store, "investments"))
    }
    assert found == {
        ("苏州澄心资本", KANGTAI, None, None),
        ("苏州澄心资本", "成都迎晖生物科技有限公司", 50000000, "2024-09"),
    }


def test_organisations_have_places_and_documents(store: Store) -> None:
    found = {r["name"]: r for r in records(run_named(store, "organisations"))}
    assert found[KANGTAI] == {"name": KANGTAI, "type": "Firm", "places": "湖南省", "documents": 3}
    assert found["蓝鲸诊断"]["places"] == PARK
    assert PARK not in found


def test_evidence_gives_each_fact_with_its_sentence(store: Store) -> None:
    found = {
        (r["relation"], r["other"], r["quote"])
        for r in records(run_named(store, "evidence", {"entity": "麓谷康泰"}))
    }
    assert ("←hasRole", "郑一帆 (董事长)", "麓谷康泰董事长郑一帆出席。") in found
    assert ("supply", HOSPITAL, "麓谷康泰还与长沙市第九医院签订超声探头供货协议。") in found
    figures = records(run_named(store, "evidence", {"entity": PARK}))
    assert {r["other"] for r in figures if r["relation"] == "landArea"} == {"60000 m2"}


def test_regions_are_compared_at_the_level_asked_for(store: Store) -> None:
    cities = {(r["region1"], r["region2"]) for r in records(run_named(store, "cross-region"))}
    assert ("成都市", "苏州市") in cities
    assert not any({"长沙市", "湖南省"} == set(pair) for pair in cities), "one lies in the other"
    provinces = {
        frozenset((r["region1"], r["region2"]))
        for r in records(run_named(store, "cross-region", {"level": "province"}))
    }
    assert provinces == {frozenset(("四川省", "江苏省")), frozenset(("四川省", "湖南省"))}
    (only,) = records(run_named(store, "cross-region", {"region": "苏州"}))
    assert only["parties"] == "成都迎晖生物科技有限公司 - 苏州澄心资本"


def test_an_entity_is_found_by_name_then_alias_then_part(store: Store) -> None:
    (exact,) = find_entities(store, "麓谷康泰")
    assert find_entities(store, KANGTAI) == [exact]
    assert find_entities(store, "谷康泰") == [exact]
    assert len(find_entities(store, "成都")) == 1, "the short form of the place, not all that begins with it"
    assert len(find_entities(store, "成都", types=["Firm", "Park"])) == 2
    assert len(find_entities(store, "生物")) == 2
    assert find_entities(store, "麓谷康泰", types=["Park"]) == []


def test_a_name_that_nothing_bears_gives_a_note_with_near_names(store: Store) -> None:
    table = run_named(store, "park-tenants", {"park": "星城医疗器械产业院"})
    assert len(table) == 0
    assert table.columns == CONTRACT["park-tenants"]
    assert PARK in table.notes[0]


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("agreement", {}, "did you mean agreements"),
        ("xyzzy", {}, "--list"),
        ("park-tenants", {"parc": "x"}, "did you mean park"),
        ("park-tenants", {"colour": "x"}, "it takes park"),
        ("evidence", {}, "needs entity="),
        ("evidence", {"entity": " "}, "needs entity="),
        ("agreements", {"type": "marriage"}, "choose one of strategic_cooperation"),
        ("agreements", {"since": "28.05.2025"}, "2025-05-28"),
    ],
)
def test_what_is_wrong_with_a_call_is_said(
    store: Store, name: str, params: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        run_named(store, name, params)


@pytest.mark.parametrize(
    "value",
    ['") } DROP ALL #', "a'b\"c\\", "} UNION { ?s ?p ?o } {", "\\u0022) #", "麓\n谷", "?given_park", "<x>"],
)
def test_values_never_become_part_of_the_query(store: Store, value: str) -> None:
    assert len(run_named(store, "park-tenants", {"park": value})) == 0
    assert len(run_named(store, "evidence", {"entity": value})) == 0
    assert len(run_named(store, "cross-region", {"region": value})) == 0
    assert len(store) == len(sample_store())


def test_any_sparql_is_answered(store: Store) -> None:
    assert run_sparql(store, "ASK { ?a a kg:Agreement }") is True
    table = run_sparql(store, "SELECT (COUNT(?a) AS ?n) { ?a a kg:Agreement }")
    assert isinstance(table, Table)
    assert table.records() == [{"n": 7}]
    triples = run_sparql(store, "CONSTRUCT { ?a a kg:Agreement } WHERE { ?a a kg:Agreement }")
    assert isinstance(triples, list)
    assert len(triples) == 7


def test_a_syntax_error_has_line_column_and_the_line(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        run_sparql(store, "SELECT * WHERE {\n  ?s rdfs:label ;;; ?o\n  FILTR(?x)\n}")
    message = str(caught.value)
    assert re.search(r"line \d, column \d+", message)
    assert len(message) < 400
    assert "\n  " in message
    with pytest.raises(QueryError, match="line 1"):
        run_sparql(store, "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# title: 甲 | A\nSELECT * {}", "lacks description"),
        ("# title 甲 | A\n", "not a header line"),
        ("# title: 甲\n", "中文 | English"),
        ("# title: 甲 | A\n# description: 甲 | A\n# param p: colour — 甲 | A\nSELECT * {}", "parameter p"),
        ("# title: 甲 | A\n# description: 甲 | A\n# param p: text — 甲 | A\nSELECT * {}", "VALUES ?given_p"),
    ],
)
def test_a_query_file_with_a_bad_header_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        parse_query("mine", text)


def test_an_empty_store_has_empty_answers() -> None:
    empty = open_store("memory:")
    for query in list_queries():
        if not any(p.required for p in query.parameters):
            assert run_named(empty, query.name).columns == tuple(c.name for c in query.columns)
            assert len(run_named(empty, query.name)) == 0, query.name


def test_queries_are_found_by_name() -> None:
    assert get_query("evidence").parameters[0].required
    assert not get_query("park-tenants").parameters[0].required


def test_the_page_of_questions_is_current() -> None:
    page = Path(__file__).resolve().parents[1] / "docs" / "queries.md"
    assert page.read_text("utf-8") == reference(), "run: python -m kg.query.reference > docs/queries.md"
