"""Where nodes are placed: apart from each other, in their circles, the same every time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.arrange import NETWORK_LIMIT, arrangements
from kg.view.layout import communities, layout, layout_groups
from kg.view.packing import fit_together, pack, spread
from tests.view_graphs import made_up_graph
from tests.view_story import story_view

graphs = st.integers(1, 40).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1), st.just(1.0)), max_size=60),
    )
)


def nearest(points: np.ndarray) -> float:
    """Distance of the two nearest points."""
    gaps = np.sqrt(((points[:, None] - points[None, :]) ** 2).sum(axis=2))
    np.fill_diagonal(gaps, np.inf)
    return float(gaps.min())


@settings(max_examples=40, deadline=None)
@given(graphs)
def test_every_node_has_a_place_of_its_own(graph):
    count, edges = graph
    points = layout(count, edges)
    assert points.shape == (count, 2)
    assert np.isfinite(points).all()
    if count > 1:
        assert nearest(points) > 0.6


@settings(max_examples=20, deadline=None)
@given(graphs)
def test_the_same_graph_is_placed_the_same(graph):
    assert np.array_equal(layout(*graph), layout(*graph))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.5, 30), min_size=1, max_size=25), st.floats(1.0, 2.0))
def test_packed_discs_do_not_overlap(radii, upright):
    size = np.array(radii)
    centres = pack(size, {(0, len(radii) - 1): 2.0} if len(radii) > 1 else None, upright=upright)
    gaps = np.sqrt(((centres[:, None] - centres[None, :]) ** 2).sum(axis=2))
    room = size[:, None] + size[None, :]
    np.fill_diagonal(gaps, np.inf)
    assert (gaps >= room - 1e-3).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=2, max_size=25, unique=True))
def test_spread_gives_every_point_room(points):
    start = np.array(points) + 0.01 * np.column_stack([np.arange(len(points)), np.arange(len(points)) ** 1.5])
    assert nearest(spread(start)) > min(0.5, 4 * nearest(start))


def test_linked_nodes_lie_nearer_than_others():
    ring = [(number, (number + 1) % 12, 1.0) for number in range(12)]
    points = layout(12, ring)
    gaps = np.sqrt(((points[:, None] - points[None, :]) ** 2).sum(axis=2))
    linked = np.mean([gaps[one, other] for one, other, _ in ring])
    assert linked < 0.6 * gaps[np.triu_indices(12, 1)].mean()


def test_blocks_share_no_cell():
    blocks = [np.array([[0.0, 0.0], [4.0, 0.0]]), np.array([[0.0, 0.0], [0.0, 3.0]]), np.array([[0.0, 0.0]])]
    lines = [np.array([[0, 1]]), np.array([[0, 1]]), np.zeros((0, 2), dtype=int)]
    moved = [block + shift for block, shift in zip(blocks, fit_together(blocks, lines), strict=True)]
    assert nearest(np.concatenate(moved)) > 1


def test_members_stay_inside_their_group():
    groups = [[0, 1, 2, 3], [4, 5, 6], [7]]
    edges = [(0, 1, 1.0), (1, 2, 1.0), (4, 5, 1.0), (3, 4, 1.0), (6, 7, 1.0)]
    points, discs = layout_groups(8, edges, groups, aside=2)
    for members, (x, y, radius) in zip(groups, discs, strict=True):
        away = np.sqrt(((points[members] - [x, y]) ** 2).sum(axis=1))
        assert (away <= radius).all()


def test_communities_divide_the_nodes():
    cliques = [
        (one, other, 1.0) for base in (0, 5) for one in range(base, base + 5) for other in range(base, one)
    ]
    assert communities(10, [*cliques, (4, 5, 1.0)]) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]


def test_a_small_graph_is_a_network_and_can_be_arranged_by_region_and_park():
    ways = arrangements(story_view())
    assert [way.key for way in ways] == ["network", "region"]
    assert {circle.label for circle in ways[1].circles} == {"云岭市", "江州市", "unknown"}


@pytest.mark.parametrize("count", [NETWORK_LIMIT + 1, 2000])
def test_a_large_graph_is_an_overview_of_communities(count):
    first = arrangements(made_up_graph(count))[0]
    assert first.key == "community"
    members = [member for circle in first.circles for member in circle.members]
    assert sorted(members) == list(range(count))
    assert len({circle.label for circle in first.circles}) == len(first.circles)
    assert len(set(first.points)) > 0.99 * count
