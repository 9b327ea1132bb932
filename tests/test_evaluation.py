"""Figures of an evaluation: those of the annotation project's scorer, and errors grouped by their cause."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.evaluation import Tally, score_documents
from kg.evaluation.align import align, dice, normalise
from kg.evaluation.ledger import error_ledger
from kg.model import AGREEMENT_TYPES, ENTITY_TYPES, RELATION_TYPES, Annotation, Entity
from kg.training.notation import parse
from tests.read_damage import shared_corpus

T = TypeVar("T")

PAGE = """
=== a
--- text
青禾园区与甲药业有限公司（甲药业）、乙医院三方签约，丙资本投资甲药业。园区占地90亩，产值2亿元。签约仪式。张三。
--- facts
E Park 青禾园区
E Firm 甲药业有限公司 | 甲药业
E MedicalInstitution 乙医院
E Investor 丙资本
E Event 青禾园区签约仪式
E Person 张三
A supply signed 2024-05-18 @青禾园区签约仪式 : 青禾园区 + 甲药业 + 乙医院
A equity_investment intent - : 丙资本 + 甲药业
R settledIn 甲药业 -> 青禾园区
R investsIn 丙资本 -> 甲药业
R hasRole 张三 -> 甲药业 = 董事长
Q 青禾园区 landArea 60000 m2
Q 青禾园区 outputValue 200000000 CNY
"""
(GOLD,) = (page.annotation for page in parse(PAGE))


def figure(gold: Annotation, predicted: Annotation | None, name: str) -> tuple[int, int, int]:
    tally = score_documents({"a": gold}, {"a": predicted} if predicted else {}).tallies[name]
    return tally.tp, tally.fp, tally.fn


def changed(**update: object) -> Annotation:
    return GOLD.model_copy(update=update)


def causes(predicted: Annotation) -> set[tuple[str, str]]:
    return set(error_ledger({"a": GOLD}, {"a": predicted}).counts())


def test_gold_against_itself_is_perfect() -> None:
    scores = score_documents({"a": GOLD}, {"a": GOLD})
    assert all((t.fp, t.fn) == (0, 0) for _, t in scores.rows())
    assert figure(GOLD, GOLD, "pairs") == (4, 0, 0)
    assert scores.agree == {"type": {True: 4}, "status": {True: 4}, "date": {True: 3}}
    assert error_ledger({"a": GOLD}, {"a": GOLD}).errors == []


def test_a_page_without_a_prediction_counts_as_all_missed() -> None:
    assert figure(GOLD, None, "entity") == (0, 0, 6)
    assert figure(GOLD, None, "relation") == (0, 0, 3)
    assert figure(GOLD, None, "quantity") == (0, 0, 2)


def test_a_prediction_without_a_gold_page_is_left_out() -> None:
    assert score_documents({"a": GOLD}, {"a": GOLD, "b": GOLD}).tallies["entity"].fp == 0


def test_a_wrong_type_counts_untyped() -> None:
    entities = (
        *GOLD.entities[:1],
        GOLD.entities[1].model_copy(update={"type": "Investor"}),
        *GOLD.entities[2:],
    )
    assert figure(GOLD, changed(entities=entities), "entity") == (5, 1, 1)
    assert figure(GOLD, changed(entities=entities), "entity-untyped") == (6, 0, 0)
    assert causes(changed(entities=entities)) == {("entity type", "Firm taken for Investor")}


def test_values_within_one_percent_are_equal() -> None:
    near = GOLD.quantities[0].model_copy(update={"value": 60_599})
    far = GOLD.quantities[0].model_copy(update={"value": 60_601})
    assert figure(GOLD, changed(quantities=(near,)), "quantity") == (1, 0, 1)
    assert figure(GOLD, changed(quantities=(far,)), "quantity") == (0, 1, 2)


def test_precision_and_recall() -> None:
    tally = Tally(tp=3, fp=1, fn=3)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.5, 0.6)
    assert (Tally().precision, Tally().recall, Tally().f1) == (0, 0, 0)


def test_normalised_names() -> None:
    assert normalise("ＢｉｏBAY（苏州） “谷”") == "biobay苏州谷"


@given(st.text(alphabet="青禾园区签约", max_size=8), st.text(alphabet="青禾园区签约", max_size=8))
def test_overlap_is_symmetric_and_between_0_and_1(a: str, b: str) -> None:
    assert dice(a, b) == dice(b, a)
    assert 0 <= dice(a, b) <= 1
    assert dice(a, a) == 1


def test_best_names_are_aligned_first() -> None:
    def firm(identifier: str, *names: str) -> Entity:
        return Entity(id=identifier, type="Firm", name=names[0], aliases=names[1:])

    gold = [firm("g1", "甲药业有限公司", "甲药业"), firm("g2", "甲药业")]
    assert align(gold, [firm("p1", "甲药业")]) == {"p1": "g2"}
    events = [Entity(id="g", type="Event", name="青禾园区集中签约仪式")]
    assert align(events, [Entity(id="p", type="Event", name="青禾园区签约仪式")]) == {"p": "g"}
    assert align(events, [Entity(id="p", type="Park", name="青禾园区签约仪式")]) == {}


# The ledger


def test_causes_of_entity_errors() -> None:
    e = GOLD.entities
    renamed = e[2].model_copy(update={"name": "乙医院新院区"})
    short = Entity(id="x", type="Firm", name="甲药业")
    stranger = Entity(id="y", type="Firm", name="没有的公司")
    assert causes(changed(entities=(*e[:2], renamed, *e[3:5], short, stranger))) >= {
        ("entity missed", "boundary (MedicalInstitution)"),
        ("entity missed", "not found (Person)"),
        ("entity wrong", "boundary (MedicalInstitution)"),
        ("entity wrong", "short form not joined (Firm)"),
        ("entity wrong", "no such entity (Firm)"),
    }


def test_causes_of_pair_errors() -> None:
    multi, equity = GOLD.agreements
    assert causes(changed(agreements=(equity,))) == {("pair missed", "lost in a multi-party agreement")}
    assert causes(changed(agreements=(multi,))) == {
        ("pair missed", "party lost beside others that were found")
    }
    wrong = multi.model_copy(update={"parties": ("e3", "e4")})
    assert causes(changed(agreements=(multi, equity, wrong))) == {("pair wrong", "wrong counterpart")}
    dated = multi.model_copy(update={"date": "2024-05", "status": "intent", "type": "lease"})
    assert causes(changed(agreements=(dated, equity))) == {
        ("pair attribute", "date"),
        ("pair attribute", "status: signed taken for intent"),
        ("pair attribute", "type: supply taken for lease"),
    }
    assert ("pair missed", "party not found") in causes(changed(entities=GOLD.entities[:3]))


def test_causes_of_relation_errors() -> None:
    settled, invests, role = GOLD.relations
    planned = settled.model_copy(update={"type": "plansToSettleIn"})
    turned = invests.model_copy(update={"subject": "e2", "object": "e4"})
    assert causes(changed(relations=(planned, turned, role))) == {
        ("relation missed", "settledIn: modality"),
        ("relation wrong", "plansToSettleIn: gold says settledIn"),
        ("relation missed", "investsIn: wrong direction"),
        ("relation wrong", "investsIn: not stated"),
    }
    assert causes(changed(relations=(invests, role))) == {("relation missed", "settledIn: not recognised")}


def test_causes_of_quantity_errors() -> None:
    area, output = GOLD.quantities
    predicted = (area.model_copy(update={"subject": "e2"}), output.model_copy(update={"property": "revenue"}))
    assert causes(changed(quantities=predicted)) == {
        ("quantity missed", "landArea: other subject"),
        ("quantity wrong", "landArea: other subject"),
        ("quantity missed", "outputValue: other property"),
        ("quantity wrong", "revenue: no such quantity"),
    }
    assert causes(changed(quantities=())) == {
        ("quantity missed", "landArea: not found"),
        ("quantity missed", "outputValue: not found"),
    }


def test_the_ledger_lists_causes_by_count_with_their_cases() -> None:
    lines = list(error_ledger({"a": GOLD}, {}).lines(shown=1))
    counts = [int(line.split()[0]) for line in lines if not line.startswith("         ")]
    assert counts == sorted(counts, reverse=True)
    assert any("a: 张三" in line for line in lines)
    assert sum(line.startswith("         ") for line in lines) == len(counts)


def test_facts_of_unknown_entities_are_reported_not_fatal() -> None:
    lost = GOLD.relations[0].model_copy(update={"object": "e99"})
    signed = GOLD.agreements[0].model_copy(update={"parties": ("e1", "e98")})
    figure_ = GOLD.quantities[0].model_copy(update={"subject": "e97"})
    predicted = changed(relations=(lost,), agreements=(signed,), quantities=(figure_,))
    lines = list(error_ledger({"a": GOLD}, {"a": predicted}).lines())
    assert any("e99" in line for line in lines)


# The same figures as the scorer that the annotation project ships


def perturbed(annotation: Annotation, rng: random.Random) -> Annotation:
    """A prediction as bad as extractors are: things missing, of other types, under other names, made up."""

    def some(items: tuple[T, ...], share: float = 0.8) -> list[T]:
        return [item for item in items if rng.random() < share]

    entities = []
    for e in some(annotation.entities):
        update: dict[str, object] = {}
        if rng.random() < 0.2:
            update["type"] = rng.choice(ENTITY_TYPES)
        if rng.random() < 0.3:
            names = list(e.names)
            rng.shuffle(names)
            update |= {"name": names[0], "aliases": tuple(some(tuple(names[1:])))}
        if rng.random() < 0.2:
            update["name"] = e.name[: rng.randrange(1, len(e.name) + 1)]
        entities.append(e.model_copy(update=update))
    ids = [e.id for e in entities] or ["e1"]
    agreements = [
        a.model_copy(update={
            "parties": tuple(rng.choice(ids) if rng.random() < 0.2 else p for p in a.parties),
            "type": rng.choice([a.type, *AGREEMENT_TYPES[:2]]),
            "date": rng.choice([a.date, None, "2024"]),
        })
        for a in some(annotation.agreements)
    ]  # fmt: skip
    relations = [
        r.model_copy(update={
            "type": r.type if rng.random() < 0.8 else rng.choice(RELATION_TYPES),
            "subject": r.subject if rng.random() < 0.8 else rng.choice(ids),
        })
        for r in some(annotation.relations)
    ]  # fmt: skip
    quantities = [
        q.model_copy(update={"value": q.value * rng.choice([1, 1, 1.009, 1.02])})
        for q in some(annotation.quantities)
    ]
    return annotation.model_copy(
        update={
            "entities": tuple(entities),
            "agreements": tuple(agreements),
            "relations": tuple(relations + relations[:1]),
            "quantities": tuple(quantities),
        }
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_no_prediction_breaks_the_evaluation(seed: int) -> None:
    predicted = perturbed(GOLD, random.Random(seed))  # noqa: S311
    scores = score_documents({"a": GOLD}, {"a": predicted})
    for name, tally in scores.rows():
        assert 0 <= tally.f1 <= 1, name
    assert sum(tally.fn + tally.fp for name, tally in scores.rows() if name == "relation") == sum(
        e.kind.startswith("relation") for e in error_ledger({"a": GOLD}, {"a": predicted}).errors
    )


SHARED = shared_corpus()


@pytest.mark.shared
@pytest.mark.skipif(SHARED is None, reason="no annotated corpus beside the checkout (../shared/corpus)")
@pytest.mark.parametrize(("split", "seed"), [("seeds", 1), ("dev", 2), ("train", 3)])
def test_the_figures_are_those_of_the_annotation_projects_scorer(
    tmp_path: Path, split: str, seed: int
) -> None:
    assert SHARED is not None
    rng = random.Random(seed)  # noqa: S311
    gold = {p.stem: Annotation.load(p) for p in sorted((SHARED.parent / "gold" / split).glob("*.json"))}
    predicted = {name: perturbed(a, rng) for name, a in gold.items() if rng.random() < 0.95}
    (tmp_path / "predicted").mkdir()
    for name, annotation in predicted.items():
        (tmp_path / "predicted" / f"{name}.json").write_text(annotation.to_json(), "utf-8")
    done = subprocess.run(
        [sys.executable, SHARED.parent / "tools" / "score.py", SHARED.parent / "gold" / split,
         tmp_path / "predicted", "--json", tmp_path / "figures.json"],
        check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    scores = score_documents(gold, predicted)
    assert scores.lines() == done.stdout.splitlines()
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert scores.figures() == figures
