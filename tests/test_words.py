"""Where words begin and end: one number a character, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.words import WORD_TAGS, word_tags


@given(st.text(max_size=80) | st.text("看中光谷普米斯 \n\u3000\u200b0.5%aA，。😀", max_size=80))
def test_every_character_has_its_number(text: str) -> None:
    tags = word_tags(text)
    assert len(tags) == len(text)
    assert all(0 < tag < WORD_TAGS for tag in tags)


def test_a_lone_surrogate_is_a_character_like_others() -> None:
    assert len(word_tags("青\ud800禾")) == 3


def test_the_number_tells_the_place_in_the_word_and_its_kind() -> None:
    begin, end, *_ = word_tags("光谷")
    first, _, last = word_tags("武汉市")
    assert len({begin, end, first, last}) == 4  # a noun and a place
    assert word_tags("看中光谷")[2:] == [begin, end]
    single = word_tags("看一看")[1]
    assert single not in (begin, end)
