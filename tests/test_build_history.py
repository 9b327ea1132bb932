"""Whatever was added, changed and removed in whatever order: the graph is that of a fresh build."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph import Store
from tests.told_pages import Site, rows

pytestmark = pytest.mark.usefixtures("told_pages_extractor")

RELEASE = (
    "星城今天上午举行签约仪式，到场的企业有二十余家。长沙甲药业有限公司（下称甲药业）亮相。"
    "甲药业与乙药业签约，2025-05-18。活动由园区主办，现场气氛热烈，与会者参观了新建的厂房和实验室。"
)
TEXTS = (
    RELEASE,
    RELEASE.replace("星城今天", "本报讯，星城今天"),
    RELEASE.replace("签约，2025-05-18", "签約,，2025-05-18").replace("活动", "活動(dòng)"),
    "甲药业与丙药业签约，2025-06-01。",
    "长沙甲药业有限公司与乙药业签约，2025-05-18。长沙甲药业有限公司董事长王一。",
    "上海甲药业有限公司（下称甲药业）亮相。上海甲药业有限公司与丙药业签约。",
    "记者获悉，甲药业董事长王一。",
    "乙药业与丙药业签约。乙药业与丙药业签约。",
    "今天没有消息。",
)
STEPS = st.lists(
    st.dictionaries(st.sampled_from("abcde"), st.sampled_from((None, *TEXTS)), min_size=1, max_size=3),
    min_size=1,
    max_size=5,
)


def told(store: Store) -> tuple[object, ...]:
    """Everything in a store but for the choice of IRIs: what each page states, and what is one."""
    named: dict[str, set[tuple[str, str]]] = {}
    for iri, page, label in rows(
        store, "SELECT ?e ?d ?l { GRAPH ?d { ?m a kg:Mention ; kg:mentions ?e . ?e rdfs:label ?l } }"
    ):
        named.setdefault(iri, set()).add((page, label))
    acts: dict[str, set[str]] = {}
    for agreement, statement in rows(store, "SELECT ?a ?s { ?a a kg:Agreement . ?s kg:states ?a }"):
        acts.setdefault(agreement.rpartition("-")[0], set()).add(statement)
    labels: dict[frozenset[tuple[str, str]], set[str]] = {}
    for iri, label in rows(store, "SELECT ?e ?l { ?e skos:prefLabel|skos:altLabel ?l }"):
        labels.setdefault(frozenset(named[iri]), set()).add(label)
    return (
        {frozenset(members) for members in named.values()},
        {frozenset(statements) for statements in acts.values()},
        labels,
        set(
            rows(
                store, "SELECT ?s ?c ?q { ?s a kg:Statement ; kg:confidence ?c ; oa:hasSelector/oa:exact ?q }"
            )
        ),
        set(rows(store, "SELECT ?d ?p ?v { ?d a kg:Document ; ?p ?v FILTER(?p != kg:fingerprint) }")),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_random_histories_end_in_the_graph_of_a_fresh_build(steps: list[dict[str, str | None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), {"z": "今年上半年，丁药业与戊药业签约，2025-01-02。"})
        site.build()
        for step in steps:
            for name, text in step.items():
                site.write(name, text)
            site.build()
        assert set(site.afresh(remembering=True).quads()) == set(site.store.quads())
        assert told(site.afresh(remembering=False)) == told(site.store)


def test_an_entity_keeps_its_iri_when_its_full_name_comes_later(tmp_path: Path) -> None:
    site = Site(tmp_path, {"a": "甲药业与丙药业签约。"})
    site.build()
    before = site.iri("甲药业", "a")
    site.write("b", "长沙甲药业有限公司（下称甲药业）亮相。")
    site.build()
    assert site.iri("甲药业", "a") == site.iri("长沙甲药业有限公司", "b") == before
    assert site.ask(f"SELECT ?n {{ <{before}> skos:prefLabel ?n }}") == [("长沙甲药业有限公司",)]


def test_the_older_iri_stays_and_the_other_points_to_it(tmp_path: Path) -> None:
    site = Site(tmp_path, {"a": "甲药业与丙药业签约。"})
    site.build()
    site.write("b", "长沙甲药业有限公司与乙药业签约。")
    site.build()
    older, younger = site.iri("甲药业", "a"), site.iri("长沙甲药业有限公司", "b")
    assert older != younger
    site.write("c", "长沙甲药业有限公司（下称甲药业）亮相。")
    site.build()
    assert site.iri("长沙甲药业有限公司", "b") == older
    replaced = "SELECT ?gone ?stays { GRAPH ?g { ?gone dcterms:isReplacedBy ?stays . ?g a kg:DerivedGraph } }"
    assert site.ask(replaced) == [(younger, older)]
    assert rows(site.afresh(remembering=True), replaced) == [(younger, older)]
    site.write("c", None)
    site.build()
    assert (site.iri("甲药业", "a"), site.iri("长沙甲药业有限公司", "b")) == (older, younger)
    assert site.ask(replaced) == []


def test_a_reprint_is_listed_and_its_facts_count_once(tmp_path: Path) -> None:
    site = Site(tmp_path, {"a": TEXTS[0], "b": TEXTS[1], "c": TEXTS[2]})
    report = site.build()
    assert report.copies == 2
    assert report.written is not None
    assert report.written.documents == 3
    assert site.ask("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a kg:Statement }") == [("1",)]
    assert site.ask("SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a kg:Agreement }") == [("1",)]
    copies = site.ask(
        "SELECT ?copy ?of { GRAPH ?d { ?d kg:copyOf ?m ; rdfs:label ?copy } ?m rdfs:label ?of }"
    )
    assert sorted(copies) == [("b", "a"), ("c", "a")]
    site.write("a", None)
    assert site.build().copies == 1
    assert site.ask("SELECT ?n { GRAPH ?d { ?s a kg:Statement . ?d rdfs:label ?n } }") == [("b",)]


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    site = Site(tmp_path, {"a": TEXTS[0], "b": TEXTS[3], "c": TEXTS[7]})
    site.build()
    site.write("d", "己药业与庚药业签约，2025-06-01。")
    report = site.build()
    assert report.written is not None
    assert (report.written.added, report.written.replaced, report.written.unchanged) == (1, 0, 3)
    assert report.written.quads == len(
        [q for q in site.store.quads() if q.graph_name.value.split("/")[-1].startswith("d-txt")]
    )
    assert report.written.facts == int(
        site.ask("SELECT (COUNT(*) AS ?n) { { ?s a kg:Statement } UNION { ?s a kg:Mention } }")[0][0]
    )


def test_pages_that_are_known_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path, {"a": TEXTS[0], "b": TEXTS[3]})
    site.build()
    before = set(site.store.quads())

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("a known page was read")

    monkeypatch.setattr("kg.read.reader._read_bytes", fail)
    report = site.build()
    assert (report.extracted, report.reused) == (0, 2)
    assert set(site.store.quads()) == before


def test_a_page_that_tells_more_names_the_act_on_the_other_pages_too(tmp_path: Path) -> None:
    site = Site(tmp_path, {"a": "发布时间：2025-05-20\n甲药业与丙药业签约。今天没有别的消息。"})
    site.build()
    ((before,),) = site.ask("SELECT ?a { ?a a kg:Agreement }")
    site.write("b", "甲药业与丙药业签约，2025-05-18。")
    site.build()
    after = [iri for (iri,) in site.ask("SELECT ?a { ?a a kg:Agreement }")]
    assert len(after) == 2
    assert len({iri.rpartition("-")[0] for iri in after}) == 1
    assert before not in after
    assert set(site.afresh(remembering=True).quads()) == set(site.store.quads())
