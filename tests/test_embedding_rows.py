"""Characters as rows of an embedding."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract.embedding_rows import EmbeddingRows

CHARACTERS = ["A", "药", "，"]
WIDTH = {"Ａ": "A", "Ｂ": "B", "𠮷": "药"}


@given(st.text(alphabet=st.one_of(st.sampled_from("A药，ＡＢB𠮷\U0010ffff\ud800"), st.characters())))
@example("")
def test_each_character_has_its_row_or_that_of_the_unknown(text: str) -> None:
    rows = {"A": 2, "药": 3, "，": 4}
    expected = [rows.get(WIDTH.get(c, c), 1) for c in text]
    assert EmbeddingRows(CHARACTERS, WIDTH).of(text).tolist() == expected


def test_a_network_that_knows_no_character_reads_all_as_unknown() -> None:
    assert EmbeddingRows([], {}).of("药A").tolist() == [1, 1]
