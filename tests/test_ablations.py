"""Components left out one at a time: the table, and that the pipeline is whole again afterwards."""

from kg.evaluation.ablations import ablation_lines, ablations
from kg.extract import extract
from kg.extract.pipeline import COMPONENTS, OPTIONAL, pipeline
from kg.read import read_text

TEXT = (
    "青禾区印发《青禾区康养产业促进办法》。启杉制药有限公司与青禾高新区签约，青禾区医药产业推介会昨日举行。"
)


def test_every_optional_component_is_left_out_once_and_comes_back() -> None:
    document = read_text(TEXT, key="a")
    gold = {document.name: extract(document)}
    results = dict(ablations(gold, [document]))
    assert list(results) == ["all", *OPTIONAL]
    assert results["all"].tallies["entity"].f1 == 1.0
    assert tuple(name for name, _ in pipeline().pipeline) == COMPONENTS


def test_a_component_that_did_something_is_missed() -> None:
    document = read_text(TEXT, key="a")
    found = extract(document)
    assert any(e.name == "青禾区康养产业促进办法" for e in found.entities)
    with pipeline().select_pipes(disable="kg_hosts"):
        hosts = {r.type for r in extract(document).relations}
    assert "organizes" in {r.type for r in found.relations} or "organizes" not in hosts


def test_the_table_shows_figures_and_then_differences() -> None:
    document = read_text(TEXT, key="a")
    gold = {document.name: extract(document)}
    lines = list(ablation_lines(ablations(gold, [document])))
    assert lines[0].split() == ["without", "entity", "core", "pairs", "relation", "quantity"]
    assert lines[1].startswith("(nothing)") and "1.000" in lines[1]
    assert len(lines) == 2 + len(OPTIONAL)
    assert all("+" in line or "-" in line for line in lines[2:])
