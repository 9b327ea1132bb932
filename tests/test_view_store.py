"""A page's content out of a store."""

import pytest

from kg.errors import QueryError
from kg.graph import open_store
from kg.view.from_store import build_view, view_of_store
from kg.view.page import render_page
from tests.graph_samples import sample_store


@pytest.fixture(scope="module")
def store():
    return sample_store()


@pytest.fixture(scope="module")
def graph(store):
    return view_of_store(store)


def node(graph, label):
    return next(each for each in graph.nodes if each.label == label)


def tie(graph, kind):
    return next(each for each in graph.ties if each.kind == kind)


def test_every_entity_is_a_node_with_its_names_and_home(graph):
    firm = node(graph, "湖南麓谷康泰医疗科技有限公司")
    assert (firm.type, firm.aliases, len(firm.sources)) == ("Firm", ("麓谷康泰",), 3)
    assert node(graph, "星城医疗器械产业园").region == "长沙市"
    assert node(graph, "蓝鲸诊断").park == "星城医疗器械产业园"
    assert len(graph.nodes) == 18


def test_an_act_reported_twice_is_one_tie_with_both_quotes(graph):
    supply = next(each for each in graph.ties if each.kind == "supply" and each.status == "signed")
    assert len(supply.facts) == 2
    assert {fact.quote for fact in supply.facts} == {
        "麓谷康泰还与长沙市第九医院签订超声探头供货协议。",
        "湖南麓谷康泰医疗科技有限公司与长沙市第九医院5月18日签订超声探头供货协议。",
    }
    assert graph.node(supply.event).label == "开园签约仪式"


def test_agreements_carry_amount_date_status_and_confidence(graph):
    investment = tie(graph, "investment")
    assert (investment.amount.value, investment.amount.currency) == (2.4e8, "CNY")
    assert (investment.date, investment.status, investment.confidence) == ("2024-05-18", "signed", 0.8)
    assert tie(graph, "strategic_cooperation").status == "intent"
    assert tie(graph, "technology_service").date == "--11-08"


def test_relations_keep_direction_title_and_sentence(graph):
    roles = {each.title for each in graph.ties if each.kind == "hasRole"}
    assert roles >= {"副区长"}
    planned = tie(graph, "plansToSettleIn")
    assert [graph.node(member).label for member in planned.members] == ["杭州远岫生物", "星城医疗器械产业园"]
    (fact,) = planned.facts
    assert fact.quote == "蓝鲸诊断已入驻园区，杭州远岫生物拟落户星城医疗器械产业园。"
    assert fact.confidence == 0.7
    assert fact.end - fact.start == len(fact.quote)


def test_figures_come_with_the_node(graph):
    figures = {(each.property, each.value, each.unit) for each in node(graph, "星城医疗器械产业园").figures}
    assert figures == {("landArea", 60000.0, "m2"), ("enterpriseCount", 42.0, "count")}


def test_sources_say_where_they_come_from(graph):
    source = next(each for each in graph.sources if "a-xingcheng" in each.id)
    assert source.title.startswith("5月18日")
    assert (source.published, source.path) == ("2024-05-20", "pages/a-xingcheng.txt")


def test_every_fact_names_a_source_and_every_tie_its_nodes(graph):
    sources, nodes = {each.id for each in graph.sources}, {each.id for each in graph.nodes}
    assert all(fact.source in sources for each in graph.ties for fact in each.facts)
    assert all(set(each.members) <= nodes for each in graph.ties)


def test_a_part_is_chosen_by_name(store):
    part = build_view(store, focus="麓谷康泰", hops=1)
    assert {"长沙市第九医院", "苏州澄心资本"} <= {each.label for each in part.nodes}
    assert "成都迎晖生物科技有限公司" not in {each.label for each in part.nodes}
    with pytest.raises(QueryError, match="No entity"):
        build_view(store, focus="没有这家")


def test_an_empty_store_gives_an_empty_page():
    with open_store("memory:") as empty:
        graph = view_of_store(empty)
    assert (graph.nodes, graph.ties) == ((), ())
    assert "kg-data" in render_page(graph, title="空")
