"""What is said of figures, revised by units, types, topics and neighbours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.candidates import Candidates
from kg.extract.figure_scores import figure_scores
from kg.extract.figures import figures_of
from kg.extract.labels import LABEL_INDEX
from kg.extract.pair_scorer import PairScores
from kg.model import QUANTITY_PROPERTIES
from tests.extract_scenes import Cast, said, scene, value_named


def revised(candidates: Candidates, told: dict[tuple[str, int, str], float]) -> PairScores:
    """Scores after revision, of figures said as (property, entity index, phrase)."""
    named = {(label, k, value_named(candidates, phrase)): score for (label, k, phrase), score in told.items()}
    return figure_scores(candidates, said(candidates, named))


def score(candidates: Candidates, scores: PairScores, label: str, subject: int, phrase: str) -> float:
    """The probability of one property of one subject."""
    row = candidates.entity_pairs.index((subject, value_named(candidates, phrase)))
    return float(scores.labels[row, LABEL_INDEX[label]])


PARK: Cast = [("Park", "临湖药谷"), ("Event", "临湖药谷开园仪式"), ("Person", "陆远山")]


@pytest.mark.parametrize(
    ("phrase", "stated", "not_stated"),
    [
        ("300人", "employeeCount", "enterpriseCount"),
        ("300名", "attendeeCount", "projectCount"),
        ("300家", "enterpriseCount", "projectCount"),
        ("300个", "projectCount", "enterpriseCount"),
    ],
)
def test_a_unit_says_what_is_counted(phrase: str, stated: str, not_stated: str) -> None:
    candidates = scene(f"临湖药谷开园仪式在临湖药谷举行，陆远山说签约共有{phrase}。", PARK)
    scores = revised(candidates, {(stated, 1, phrase): 0.4, (not_stated, 1, phrase): 0.8})
    assert score(candidates, scores, not_stated, 1, phrase) == 0
    subject = 0 if stated == "employeeCount" else 1
    scores = revised(candidates, {(stated, subject, phrase): 0.4})
    assert score(candidates, scores, stated, subject, phrase) == pytest.approx(0.4)


def test_what_is_never_stated_of_a_type_is_not_stated() -> None:
    candidates = scene("临湖药谷开园仪式在临湖药谷举行，陆远山说临湖药谷占地300亩。", PARK)
    told = {("landArea", k, "300亩"): 0.5 for k in range(3)}
    scores = revised(candidates, told)
    assert [score(candidates, scores, "landArea", k, "300亩") for k in range(3)] == pytest.approx([0.5, 0, 0])


def test_a_word_for_what_is_no_property_silences_all_but_the_sure() -> None:
    text = "青禾药业开业，注册资本2亿元。"
    candidates = scene(text, [("Firm", "青禾药业")])
    for own, left in ((0.55, 0.0), (0.7, 0.7)):
        scores = revised(candidates, {("investment", 0, "2亿元"): own})
        assert score(candidates, scores, "investment", 0, "2亿元") == pytest.approx(left)


def test_a_clause_that_tells_of_no_projects_counts_none_unless_it_is_sure() -> None:
    cast = [("Event", "临湖康养对接会")]
    for text, own, left in (
        ("临湖康养对接会签约9个项目，其中内资4个，合计10亿元。", 0.5, 0.0),
        ("临湖康养对接会签约9个项目，其中内资4个，合计10亿元。", 0.7, 0.7),
        ("临湖康养对接会签约9个项目，其中内资项目4个，合计10亿元。", 0.5, 0.5),
    ):
        candidates = scene(text, cast)
        scores = revised(candidates, {("projectCount", 0, "4个"): own})
        assert score(candidates, scores, "projectCount", 0, "4个") == pytest.approx(left), text


def test_whom_the_words_speak_of_gets_what_others_have() -> None:
    cast = [("Place", "临湖市"), ("Firm", "青禾药业")]
    candidates = scene("临湖市的青禾药业开业。2024年全市药企投资90亿元。", cast)
    told = {("investment", 0, "90亿元"): 0.1, ("investment", 1, "90亿元"): 0.6}
    scores = revised(candidates, told)
    assert score(candidates, scores, "investment", 0, "90亿元") == pytest.approx(0.6)
    assert score(candidates, scores, "investment", 1, "90亿元") == 0


def test_whom_the_words_speak_of_gets_nothing_where_nothing_is_stated() -> None:
    cast = [("Place", "临湖市"), ("Firm", "青禾药业")]
    candidates = scene("临湖市的青禾药业开业。2024年全市药企投资90亿元。", cast)
    scores = revised(candidates, {})
    assert score(candidates, scores, "investment", 0, "90亿元") == 0


def test_what_is_told_of_a_whole_city_is_stated_whatever_the_scorer_thinks() -> None:
    cast = [("Place", "临湖市"), ("Firm", "青禾药业")]
    candidates = scene("临湖市的青禾药业开业。2024年全市药企产值90亿元。", cast)
    scores = revised(candidates, {("outputValue", 1, "90亿元"): 0.6})
    assert score(candidates, scores, "outputValue", 0, "90亿元") == pytest.approx(0.85)
    assert score(candidates, scores, "outputValue", 1, "90亿元") == 0


def test_where_the_words_speak_of_somebody_unnamed_nothing_is_stated() -> None:
    candidates = scene("推介会在远山举行。去年，全市药企90家。", [("Place", "远山")])
    scores = revised(candidates, {("enterpriseCount", 0, "90家"): 0.7})
    assert score(candidates, scores, "enterpriseCount", 0, "90家") == 0
    candidates = scene("推介会在远山举行。去年，全市产值90亿元。", [("Place", "远山")])
    scores = revised(candidates, {("revenue", 0, "90亿元"): 0.7})
    assert score(candidates, scores, "revenue", 0, "90亿元") == 0


def test_projects_signed_together_and_the_money_behind_them_are_the_events() -> None:
    cast = [("Event", "临湖康养对接会"), ("Firm", "青禾药业")]
    candidates = scene("青禾药业参加临湖康养对接会。28个项目集中签约，总投资90亿元。", cast)
    told = {("projectCount", 1, "28个"): 0.3, ("investment", 1, "90亿元"): 0.3}
    scores = revised(candidates, told)
    for label, phrase in (("projectCount", "28个"), ("investment", "90亿元")):
        assert score(candidates, scores, label, 0, phrase) > 0.5
        assert score(candidates, scores, label, 1, phrase) == 0


def test_money_that_a_name_parts_from_the_count_is_not_the_events() -> None:
    cast = [("Event", "临湖康养对接会"), ("Firm", "青禾药业")]
    candidates = scene("临湖康养对接会上28个项目集中签约，其中青禾药业投资90亿元。", cast)
    scores = revised(candidates, {("investment", 1, "90亿元"): 0.6})
    assert score(candidates, scores, "investment", 1, "90亿元") == pytest.approx(0.6)


def test_neighbouring_figures_have_one_subject() -> None:
    cast = [("Park", "临湖药谷"), ("Firm", "青禾药业")]
    text = "临湖药谷由青禾药业运营。占地300亩，建筑面积9万平方米。"
    candidates = scene(text, cast)
    told = {
        ("landArea", 0, "300亩"): 0.9,
        ("landArea", 1, "300亩"): 0.05,
        ("floorArea", 0, "9万平方米"): 0.4,
        ("floorArea", 1, "9万平方米"): 0.5,
    }
    scores = revised(candidates, told)
    assert score(candidates, scores, "floorArea", 0, "9万平方米") > score(
        candidates, scores, "floorArea", 1, "9万平方米"
    )
    apart = scene(text.replace("，建筑", "。建筑"), cast)
    scores = revised(apart, told)
    assert score(apart, scores, "floorArea", 0, "9万平方米") == pytest.approx(0.4)


def test_a_figure_that_states_nothing_says_nothing_of_its_neighbours() -> None:
    candidates = scene("青禾药业占地300亩，注册资本2亿元。", [("Firm", "青禾药业")])
    scores = revised(candidates, {("landArea", 0, "300亩"): 0.9})
    assert score(candidates, scores, "landArea", 0, "300亩") == pytest.approx(0.9)


@given(st.data())
def test_probabilities_stay_probabilities_and_all_but_figures_stay_as_they_are(data: st.DataObject) -> None:
    clauses = st.sampled_from(
        [
            "全市药企90家",
            "28个项目集中签约",
            "总投资90亿元",
            "去年签约28个项目",
            "注册资本2亿元",
            "青禾药业占地300亩",
        ]
    )
    text = "临湖市办临湖康养对接会，青禾药业到场。" + data.draw(st.sampled_from("，。")).join(
        data.draw(st.lists(clauses, max_size=6))
    )
    cast = [("Place", "临湖市"), ("Event", "临湖康养对接会"), ("Firm", "青禾药业")]
    candidates = scene(text, cast)
    scores = said(candidates, {})
    seed = data.draw(st.integers(0, 99))
    drawn = np.random.default_rng(seed).random(scores.labels.shape).astype(np.float32)
    drawn *= candidates.permitted
    scores.labels[:] = drawn
    after = figure_scores(candidates, scores)
    assert (scores.labels == drawn).all(), "what was given is not changed"
    assert ((after.labels >= 0) & (after.labels <= 1)).all()
    others = [k for label, k in LABEL_INDEX.items() if label not in QUANTITY_PROPERTIES]
    assert (after.labels[:, others] == drawn[:, others]).all()
    figures = {row for f in figures_of(candidates) for row in f.rows}
    rest = [row for row in range(len(drawn)) if row not in figures]
    assert (after.labels[rest] == drawn[rest]).all()


def test_figures_of_a_list_do_not_share_what_is_said_of_one() -> None:
    cast: Cast = [("Firm", "青禾药业"), ("Firm", "远山生物")]
    candidates = scene("青禾药业、远山生物去年产值分别为3亿元、2亿元。", cast)
    told = {("outputValue", 1, "3亿元"): 0.8, ("outputValue", 1, "2亿元"): 0.7}
    told[("outputValue", 0, "3亿元")] = 0.1
    scores = revised(candidates, told)
    assert score(candidates, scores, "outputValue", 0, "3亿元") == pytest.approx(0.8)
    assert score(candidates, scores, "outputValue", 1, "3亿元") == 0
    assert score(candidates, scores, "outputValue", 1, "2亿元") == pytest.approx(0.7)
