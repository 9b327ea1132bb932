"""What a page shows: built from annotations, and parts chosen of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.view.model import Tie
from kg.view.select import find, neighbourhood, select
from tests.view_graphs import made_up_graph
from tests.view_story import story_view


def labels(graph):
    return {node.label for node in graph.nodes}


def test_entities_of_one_name_are_one_node_with_all_aliases():
    graph = story_view()
    firm = graph.node("Firm/和光医疗科技有限公司")
    assert len(graph.nodes) == 10
    assert firm.aliases == ("和光医疗", "和光")
    assert firm.sources == ("yunling", "jiangzhou")


def test_a_relation_stated_twice_is_one_tie_with_two_quotes():
    graph = story_view()
    (tie,) = [tie for tie in graph.ties if tie.kind == "locatedIn" and tie.members[0] == "Park/云岭医药谷"]
    assert [fact.source for fact in tie.facts] == ["yunling", "jiangzhou"]
    assert {fact.quote for fact in tie.facts} == {"云岭医药谷位于云岭市"}
    assert tie.confidence == 0.95


def test_agreements_keep_parties_status_date_amount():
    graph = story_view()
    agreements = [tie for tie in graph.ties if tie.family == "agreement"]
    assert len(agreements) == 8
    settlement = next(tie for tie in agreements if tie.kind == "settlement")
    assert settlement.members == ("Park/云岭医药谷", "Firm/和光医疗科技有限公司")
    assert (settlement.date, settlement.amount.value, settlement.status) == ("2024-03-18", 2.4e8, "signed")
    assert sorted(len(tie.members) for tie in agreements) == [1, 2, 2, 2, 2, 2, 2, 3]


def test_region_is_reached_through_the_park():
    graph = story_view()
    assert graph.node("Park/云岭医药谷").region == "云岭市"
    assert graph.node("Firm/江州药业").region == "江州市"
    assert graph.node("Park/云岭医药谷").park == "云岭医药谷"


def test_an_other_agreement_is_no_relation():
    assert Tie("x", "other", ("a",), status="signed").family == "agreement"
    assert Tie("x", "investsIn", ("a", "b")).family == "relation"


@pytest.mark.parametrize(
    "name", ["和光医疗科技有限公司", "和光", "Firm/和光医疗科技有限公司", "和光医疗科技", " 和光医疗 "]
)
def test_a_focus_is_found_by_id_name_alias_or_part(name):
    assert find(story_view(), name) == "Firm/和光医疗科技有限公司"


@pytest.mark.parametrize(
    ("name", "words"), [("不存在", "No entity"), ("云岭", "may mean 4 entities"), ("  ", "empty")]
)
def test_an_unclear_focus_is_refused_with_candidates(name, words):
    with pytest.raises(QueryError, match=words):
        select(story_view(), focus=name)


def test_focus_keeps_what_lies_within_the_hops():
    graph = story_view()
    assert labels(select(graph, focus="林远")) == {"林远", "和光医疗科技有限公司"}
    assert labels(select(graph, focus="林远", hops=2)) == labels(graph) - {"云岭市", "江州市", "云岭市政府"}


def test_types_keep_ties_among_them_only():
    part = select(story_view(), types={"Firm", "MedicalInstitution"})
    assert labels(part) == {"和光医疗科技有限公司", "江州药业", "青禾医院"}
    assert sorted(tie.kind for tie in part.ties) == ["supply", "supply", "supply", "technology_service"]


def test_region_keeps_who_signs_with_it():
    part = select(story_view(), region="云岭")
    assert labels(part) == {"云岭市", "云岭医药谷", "江州药业", "和光医疗科技有限公司"} - (
        set() if "江州药业" in labels(part) else {"江州药业"}
    )
    assert "和光医疗科技有限公司" in labels(part)
    with pytest.raises(QueryError, match="火星"):
        select(story_view(), region="火星")


def test_since_counts_partial_dates_to_the_end_of_their_period():
    kinds = [tie.kind for tie in select(story_view(), since="2024-06-15").ties if tie.date]
    assert sorted(kinds) == ["joint_construction", "technology_service"]


def test_since_falls_back_on_the_day_of_publication():
    assert "江州市" not in labels(select(story_view(), since="2023"))
    with pytest.raises(QueryError, match="YYYY"):
        select(story_view(), since="last year")


def test_confidence_leaves_the_weakly_stated_out():
    part = select(story_view(), min_confidence=0.6)
    assert "equity_investment" not in {tie.kind for tie in part.ties}
    assert part.choice == "≥0.6"


def test_a_part_takes_only_the_sources_it_needs():
    part = select(story_view(), focus="林远")
    assert {source.id for source in part.sources} == {"yunling", "jiangzhou"}
    assert {source.id for source in select(story_view(), focus="江州市", hops=0).sources} == {"jiangzhou"}


@given(st.integers(0, 3), st.sampled_from(["n0", "n5", "n33"]))
def test_a_part_is_closed_and_grows_with_the_hops(hops, centre):
    graph = made_up_graph(60)
    part = select(graph, focus=centre, hops=hops)
    kept = {node.id for node in part.nodes}
    assert all(set(tie.members) <= kept for tie in part.ties)
    assert centre in kept
    assert kept <= neighbourhood(graph.ties, centre, hops + 1)
