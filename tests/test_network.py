"""The signing network and its measures, on a store and on records made up for the purpose."""

from itertools import chain

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import open_store
from kg.query.network import (
    UNKNOWN_REGION,
    brokers,
    communities,
    network_of,
    region_matrix,
    signing_network,
    simple,
    standings,
)
from kg.query.records import Act, EntityRecord, Report, read_acts, read_documents, read_entities
from tests.graph_samples import annotated, build, sample_store

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["signed", "intent"]), st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=4)
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def store():
    return sample_store()


@pytest.fixture(scope="module")
def network(store):
    return signing_network(store)


def act(number, parties, *, status="signed", kind="supply"):
    return Act(f"a{number}", kind, status, tuple(sorted(parties)), None, None, None, None, (Report("d"),))


def made(*parties, regions=None, status="signed"):
    """A network of one agreement for each group of parties; regions by the party's first letter."""
    names = sorted({party for group in parties for party in group})
    where = regions or {}
    records = [EntityRecord(name, "Firm", name, region=where.get(name)) for name in names]
    return network_of([act(n, group, status=status) for n, group in enumerate(parties)], records)


def named(network, label):
    return next(node for node, data in network.nodes(data=True) if data["label"] == label)


def test_nodes_and_edges_say_who_and_what(network):
    hospital, firm = named(network, "长沙市第九医院"), named(network, "湖南麓谷康泰医疗科技有限公司")
    assert network.nodes[hospital] == {
        "label": "长沙市第九医院",
        "type": "MedicalInstitution",
        "region": "长沙市",
    }
    ((_, edge),) = network.get_edge_data(hospital, firm).items()
    assert edge | {"documents": len(edge["documents"])} == {
        "type": "supply", "status": "signed", "date": "2024-05-18", "amount": None, "currency": None,
        "parties": 2, "documents": 2,
    }  # fmt: skip


def test_a_reprint_adds_a_document_and_no_agreement(store, network):
    assert network.number_of_edges() == 4
    assert len([each for each in read_acts(store) if each.status == "signed"]) == 4


def test_only_the_statuses_asked_for_count(store):
    everything = signing_network(store, statuses=("signed", "intent", "planned", "terminated"))
    assert {data["type"] for *_, data in everything.edges(data=True)} >= {"strategic_cooperation", "supply"}
    assert everything.number_of_edges() == 6


def test_parallel_agreements_stay_apart():
    twice = made("ab", "ab", "bc")
    assert twice.number_of_edges("a", "b") == 2
    assert simple(twice)["a"]["b"]["weight"] == 2


def test_an_agreement_of_three_is_three_edges_and_one_agreement():
    trio = made("abc")
    assert trio.number_of_edges() == 3
    assert [(each.agreements, each.partners) for each in standings(trio)] == [(1, 2)] * 3
    assert {data["parties"] for *_, data in trio.edges(data=True)} == {3}


def test_a_lone_party_is_a_node_without_edges():
    assert dict(made("a").degree()) == {"a": 0}


def test_the_middle_of_a_star_lies_between_all_others():
    first = standings(made("ab", "ac", "ad"))[0]
    assert (first.label, first.partners, first.betweenness) == ("a", 3, 1.0)


def test_brokers_reach_beyond_their_region():
    where = {"a": "长沙市", "b": "成都市", "c": "上海市", "d": "成都市"}
    found = brokers(made("ab", "ac", "ac", "bd", regions=where))
    assert [(each.label, dict(each.regions), each.agreements) for each in found] == [
        ("a", {"上海市": 2, "成都市": 1}, 3),
        ("c", {"长沙市": 2}, 2),
        ("b", {"长沙市": 1}, 1),
    ]


def test_unknown_regions_make_no_broker():
    assert brokers(made("ab", regions={"a": "长沙市"})) == []


def test_a_province_is_not_across_a_border_from_its_city(network):
    assert "湖南麓谷康泰医疗科技有限公司" not in {each.label for each in brokers(network)}
    assert {each.label for each in brokers(network)} == {"成都迎晖生物科技有限公司", "苏州澄心资本"}
    regions, matrix = region_matrix(network)
    assert matrix[regions.index("湖南省")][regions.index("湖南省")] == 2


def test_the_region_matrix_counts_agreements_once():
    regions, matrix = region_matrix(
        made("ab", "ab", "abc", "d", regions={"a": "长沙市", "b": "成都市", "c": "成都市"})
    )
    assert regions == ["成都市", "长沙市"]
    assert matrix == [[1, 3], [3, 0]]


def test_an_unknown_region_comes_last():
    regions, matrix = region_matrix(made("ab", "ab", "cd", regions={"c": "长沙市", "d": "长沙市"}))
    assert regions == ["长沙市", UNKNOWN_REGION]
    assert matrix == [[1, 0], [0, 2]]


@given(ACTS)
def test_measures_hold_together(acts):
    network = network_of([act(n, parties, status=status) for n, (status, parties) in enumerate(acts)], [])
    found = standings(network)
    assert {each.node for each in found} == set(network)
    assert sorted(chain.from_iterable(communities(network))) == sorted(network)
    assert all(0 <= each.betweenness <= 1 and each.partners < 8 for each in found)
    assert sum(each.partners for each in found) == 2 * simple(network).number_of_edges()
    regions, matrix = region_matrix(network)
    assert all(matrix[i][j] == matrix[j][i] for i in range(len(regions)) for j in range(i))
    signed = sum(status == "signed" and len(parties) > 1 for status, parties in acts)
    assert sum(map(sum, matrix)) == signed


@given(ACTS)
def test_communities_do_not_depend_on_the_order(acts):
    made_acts = [act(n, parties) for n, (_, parties) in enumerate(acts)]
    assert communities(network_of(made_acts, [])) == communities(network_of(made_acts[::-1], []))


def test_records_of_entities_and_documents(store):
    entities = {entity.label: entity for entity in read_entities(store)}
    firm = entities["湖南麓谷康泰医疗科技有限公司"]
    assert (firm.type, firm.aliases, len(firm.documents)) == ("Firm", ("麓谷康泰",), 3)
    documents = read_documents(store)
    assert [document.name for document in documents] == [
        "a-xingcheng",
        "b-chengdu",
        "c-reprint",
        "d-hangzhou",
    ]
    assert documents[0].published == "2024-05-20"
    assert documents[0].path == "pages/a-xingcheng.txt"


def test_regions_of_one_name_are_told_apart():
    page = (
        "=== {0}\n--- text\n{3}位于{1}{2}。\n--- facts\nE Place {2} | {1}{2}\nE Place {1}\nE Firm {3}\n"
        "R locatedIn {2} -> {1}\nR locatedIn {3} -> {2}\n"
    )
    pages = page.format("x", "南京市", "鼓楼区", "甲康医药") + page.format(
        "y", "徐州市", "鼓楼区", "乙康医药"
    )
    with open_store("memory:") as store:
        build(store, annotated(pages))
        homes = {entity.label: entity.region for entity in read_entities(store, level="county")}
    assert (homes["甲康医药"], homes["乙康医药"]) == ("南京市鼓楼区", "徐州市鼓楼区")


def test_levels_count_regions_as_asked(store):
    assert {data["region"] for _, data in signing_network(store, level="province").nodes(data=True)} == {
        "湖南省", "浙江省", "四川省", "江苏省",
    }  # fmt: skip


def test_the_network_is_a_plain_networkx_graph(network):
    assert isinstance(network, nx.MultiGraph)
    assert nx.is_connected(network.subgraph(communities(network)[0]))
