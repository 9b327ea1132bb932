"""Names exchanged for training: spans stay true, shapes stay."""

import random

from hypothesis import given
from hypothesis import strategies as st

from kg.training.swaps import name_pool, swapped

POOL = name_pool(
    [
        ("周远山", "Person"),
        ("欧阳青", "Person"),
        ("青禾市", "Place"),
        ("白石区", "Place"),
        ("启杉医疗科技有限公司", "Firm"),
        ("蓝湾制药", "Firm"),
    ]
)
TEXT = "甘泉区副区长李晓云陪同苏州远望医疗科技有限公司总经理王立考察，李晓云致辞。"


def marks(*forms: tuple[str, str]) -> list[tuple[int, int, str]]:
    found, at = [], 0
    for form, kind in forms:
        at = TEXT.index(form, at)
        found.append((at, at + len(form), kind))
        at += len(form)
    return found


MENTIONS = marks(
    ("甘泉区", "Place"),
    ("李晓云", "Person"),
    ("苏州远望医疗科技有限公司", "Firm"),
    ("王立", "Person"),
    ("李晓云", "Person"),
)


@given(st.integers(0, 10_000))
def test_text_outside_names_stays_and_spans_follow(seed: int) -> None:
    text, moved = swapped(TEXT, MENTIONS, POOL, random.Random(seed))  # noqa: S311 - no secret depends on it
    assert [kind for _, _, kind in moved] == [kind for _, _, kind in MENTIONS]

    def without(of: str, spans: list[tuple[int, int, str]]) -> str:
        return "|".join(
            of[b:a]
            for b, a in zip([0, *(e for _, e, _ in spans)], [*(s for s, _, _ in spans), len(of)], strict=True)
        )

    assert without(text, moved) == without(TEXT, MENTIONS)
    names = [text[a:b] for a, b, _ in moved]
    assert names[1] == names[4], "one person keeps one name"
    assert names[0] in {"甘泉区", "白石区"}, "a district stays a district"
    assert names[2].startswith("苏州") and names[2].endswith("医疗科技有限公司")
