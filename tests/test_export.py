"""Exports, each opened by a reader of its own."""

import csv
from pathlib import Path

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pytest
from pyoxigraph import RdfFormat

from kg.errors import QueryError, StoreError
from kg.graph import Store, open_store
from kg.graph.export import FORMATS, Filters, export
from kg.graph.facts import read_facts
from kg.graph.stores import Solutions
from kg.graph.validate import validate
from tests.export_samples import hostile_store, written
from tests.graph_samples import sample_store

KANGTAI, PARK = "湖南麓谷康泰医疗科技有限公司", "星城医疗器械产业园"


@pytest.fixture(scope="module")
def store() -> Store:
    return sample_store()


@pytest.fixture(scope="module")
def hostile() -> Store:
    return hostile_store()


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


# --- networks


def test_graphml_and_gexf_come_back_with_attributes_and_parallel_edges(
    store: Store, hostile: Store, tmp_path: Path
) -> None:
    facts = read_facts(store)
    edges = len(facts.relations) + len(facts.agreements)
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        graph = read(written(store, tmp_path, form))
        assert graph.is_multigraph()
        assert graph.number_of_nodes() == len(facts.entities)
        assert graph.number_of_edges() == edges
        by_name = {data["label"]: node for node, data in graph.nodes(data=True)}
        between = graph.get_edge_data(by_name[KANGTAI], by_name["长沙市第九医院"])
        assert len(between) == 2, "the two reports stay apart"
        (deal,) = [d for _, _, d in graph.edges(data=True) if d.get("amount") == 240000000]
        assert (deal["relation"], deal["status"], deal["date"], deal["currency"]) == (
            "investment",
            "signed",
            "2024-05-18",
            "CNY",
        )
        assert (deal["document"], deal["confidence"]) == ("a-xingcheng", 0.8)
        assert "2.4亿元" in deal["quote"]
        assert read(written(hostile, tmp_path, form)).number_of_edges() == 1


# --- tables


def test_tables_have_a_row_a_fact(store: Store, tmp_path: Path) -> None:
    folder = written_folder(store, tmp_path, "csv")
    agreements = table(folder / "agreements.csv")
    assert len(agreements) == 7
    (deal,) = [row for row in agreements if row["amount"] == "240000000"]
    assert deal["parties"] == f"{KANGTAI}、{PARK}"
    assert deal["event"] == "开园签约仪式"
    relations = table(folder / "relations.csv")
    assert {"subject": "郑一帆", "relation": "hasRole", "object": KANGTAI, "title": "董事长"}.items() <= next(
        row for row in relations if row["title"] == "董事长"
    ).items()
    organisations = {row["name"]: row for row in table(folder / "organisations.csv")}
    assert organisations[KANGTAI]["aliases"] == "麓谷康泰"
    assert organisations[PARK]["region"] == "雨花区"
    assert organisations[PARK]["sectors"] == "medical_devices"
    quantities = table(folder / "quantities.csv")
    assert {(row["property"], row["value"], row["unit"]) for row in quantities} == {
        ("landArea", "60000", "m2"),
        ("enterpriseCount", "42", "count"),
    }


def written_folder(store: Store, tmp_path: Path, form: str, **options: object) -> Path:
    folder = tmp_path / form
    report = export(store, folder, format=form, **options)  # type: ignore[arg-type]
    assert sorted(p.name for p in report.files) == sorted(p.name for p in folder.iterdir())
    return folder


def test_the_workbook_opens_and_has_the_same_rows(store: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(store, tmp_path, "xlsx", language="zh"))
    assert book.sheetnames == ["协议", "机构", "关系", "数量"]
    rows = list(book["协议"].values)
    assert rows[0][:5] == ("协议", "类型", "状态", "日期", "当事方")
    assert len(rows) == 8
    (deal,) = [row for row in rows if row[5] == 240000000]
    assert deal[1:4] == ("项目投资", "已签署", "2024-05-18")
    assert book["协议"].auto_filter.ref == "A1:K8"
    organisations = {row[0]: row for row in book["机构"].values}
    assert organisations[PARK][1:5] == ("园区", "园区", "雨花区", "医疗器械")
    posts = [row for row in book["关系"].values if row[5] == "董事长"]
    assert [row[:5] for row in posts] == [("郑一帆", "人物", "任职", KANGTAI, "企业")]
    assert {row[2] for row in book["数量"].values} == {"数字种类", "占地面积", "企业数"}
    english = openpyxl.load_workbook(written(store, tmp_path, "xlsx"))
    assert english.sheetnames == ["agreements", "organisations", "relations", "quantities"]
    assert english["relations"]["A1"].value == "subject"


def test_no_cell_is_run_as_a_formula(hostile: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(hostile, tmp_path, "xlsx"))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert book["organisations"]["A2"].value.startswith("=cmd")
    for row in table(written_folder(hostile, tmp_path, "csv") / "organisations.csv"):
        assert not row["name"].startswith("=")
        assert row["name"].lstrip("'").startswith(("=cmd", "乙园"))


def test_neo4j_files_fit_together(store: Store, hostile: Store, tmp_path: Path) -> None:
    for source in (store, hostile):
        folder = written_folder(source, tmp_path, "neo4j")
        entities, agreements = table(folder / "entities.csv"), table(folder / "agreements.csv")
        ids = {row["iri:ID"] for row in (*entities, *agreements)}
        assert len(ids) == len(entities) + len(agreements)
        for name in ("relations", "parties"):
            rows = table(folder / f"{name}.csv")
            assert all(row[":START_ID"] in ids and row[":END_ID"] in ids for row in rows)
            assert all(row[":TYPE"].isupper() for row in rows)
        assert all("\n" not in row["quote"] for row in table(folder / "relations.csv"))
    assert {row[":TYPE"] for row in table(folder / "relations.csv")} == {"SETTLED_IN"}


# --- filters


def test_filters_choose_facts_by_type_region_date_and_confidence(store: Store) -> None:
    def found(**chosen: object) -> tuple[int, int, int]:
        facts = read_facts(store, Filters(**chosen))  # type: ignore[arg-type]
        return len(facts.agreements), len(facts.relations), len(facts.quantities)

    assert found() == (7, 13, 2)
    assert found(types=frozenset({"Investor"})) == (1, 2, 0)
    assert found(region="成都") == (2, 4, 0)
    assert found(region="510107") == (1, 3, 0)
    assert found(since="2024-09") == (4, 7, 0), "an agreement without a date has its page's"
    assert found(until="2024-05-19") == (3, 0, 0)
    assert found(since="2024-05", until="2024-05") == (3, 6, 2)
    assert found(confidence=0.75) == (7, 0, 0)
    assert found(region="湖南", confidence=0.75) == (4, 0, 0)


@pytest.mark.parametrize("form", ["trig", "jsonld", "turtle"])
def test_a_filtered_dataset_is_sound_and_smaller(store: Store, tmp_path: Path, form: str) -> None:
    path = written(store, tmp_path, form, filters=Filters(region="成都"))
    reader = {"trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD, "turtle": RdfFormat.TURTLE}[form]
    quads = list(ox.parse(path=path, format=reader))
    assert {q.triple for q in quads} < {q.triple for q in store.quads()}
    names = {q.object.value for q in quads if q.predicate.value.endswith("prefLabel")}
    assert "成都天回药谷" in names
    assert "蓝鲸诊断" not in names
    if form == "trig":
        part = open_store("memory:")
        part.extend(quads)
        assert validate(part).findings == ()
        assert len(read_facts(part).relations) == 4


def test_a_filtered_dataset_keeps_copies_decisions_and_groups_of_what_it_keeps(tmp_path: Path) -> None:
    store = sample_store()
    store.update(
        """
        INSERT { GRAPH ?copy { ?copy a kg:Document ; rdfs:label "copy" ; kg:copyOf ?page } }
        WHERE { GRAPH ?page { ?page rdfs:label ?name } BIND(IRI(CONCAT(STR(?page), "-copy")) AS ?copy) } ;
        INSERT { GRAPH kg:decisions {
          kg:decisions a kg:DerivedGraph .
          ?decision a kg:Decision ; kg:verdict "right" ; prov:used ?statement ; prov:wasAssociatedWith kg:chen .
          kg:chen schema:name "陈会计" .
          kg:gone dcterms:isReplacedBy ?subject } }
        WHERE { GRAPH ?page { ?statement rdf:predicate kg:investsIn ; rdf:subject ?subject }
                BIND(IRI(CONCAT(STR(?statement), "-decision")) AS ?decision) } ;
        INSERT { GRAPH kg:groups {
          kg:groups a kg:DerivedGraph . ?one kg:mayShareGroupWith ?other .
          kg:link a kg:GroupLink ; kg:linkedFirm ?one, ?other } }
        WHERE { GRAPH ?names { ?one skos:prefLabel "蓝鲸诊断" . ?other skos:prefLabel "苏州澄心资本" } }
        """
    )

    assert store.query("ASK { kg:link kg:linkedFirm ?firm }")
    part = open_store("memory:")
    part.load(written(store, tmp_path, "trig", filters=Filters(types=frozenset({"MedicalInstitution"}))))

    def count(pattern: str, *, of: Store = part) -> int:
        answer = of.query(f"SELECT * WHERE {{ GRAPH ?g {{ {pattern} }} }}")
        assert isinstance(answer, Solutions)
        return len(answer.rows)

    decided = "?d prov:used ?s ; kg:verdict ?v ; prov:wasAssociatedWith ?who . ?who schema:name ?name"
    assert count("?copy kg:copyOf ?page") == count("?page a kg:Document ; kg:sourcePath ?path") == 2
    assert count(decided, of=store) == 2
    assert count(decided) == 0, "no hospital invests"
    assert count("?link kg:linkedFirm ?firm") == count("?one kg:mayShareGroupWith ?other") == 0
    part = open_store("memory:")
    part.load(written(store, tmp_path, "trig", filters=Filters(types=frozenset({"Investor"}))))
    assert count(decided, of=part) == count("?s rdf:predicate kg:investsIn", of=part) == 2
    assert count("?gone dcterms:isReplacedBy ?entity", of=part) == 1
    assert count("?link kg:linkedFirm ?firm", of=part) == 0, "one of the two firms is missing"


def test_unknown_names_are_refused(store: Store, tmp_path: Path) -> None:
    for wrong, message in (
        (Filters(types=frozenset({"Planet"})), "Planet"),
        (Filters(region="火星"), "火星"),
        (Filters(region="鼓楼区"), "several regions"),
    ):
        with pytest.raises(QueryError, match=message):
            export(store, tmp_path / "x.ttl", format="turtle", filters=wrong)
    with pytest.raises(QueryError, match=r"'doc'.*turtle"):
        export(store, tmp_path / "x.doc", format="doc")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_reported(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for form in ("turtle", "xlsx", "csv", "graphml"):
        with pytest.raises(StoreError, match="cannot be written"):
            export(store, tmp_path / "file" / "below", format=form)


def test_an_empty_store_gives_empty_files(tmp_path: Path) -> None:
    for form in FORMATS:
        report = export(open_store("memory:"), tmp_path / f"empty-{form}{FORMATS[form]}", format=form)
        assert (report.agreements, report.entities) == (0, 0)
        assert report.files
