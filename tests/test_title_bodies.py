"""Which body can have a post."""

from __future__ import annotations

import pytest

from kg.extract.title_bodies import fits, posts_beside


@pytest.mark.parametrize(
    ("post", "kind", "name", "verdict"),
    [
        ("市长", "Place", "青禾市", 1),
        ("市长", "GovernmentBody", "青禾市人民政府", 1),
        ("市长", "GovernmentBody", "青禾市卫健委", -1),
        ("市长", "Place", "青禾", 0),
        ("市长", "Firm", "青禾市药业", -1),
        ("区长", "GovernmentBody", "青禾市政府", -1),
        ("校长", "ResearchInstitution", "青禾大学", 1),
        ("校长", "ResearchInstitution", "青大", 0),
        ("校长", "GovernmentBody", "青禾市教育局", -1),
        ("董事长", "Firm", "甲药业集团", 1),
        ("董事长", "GovernmentBody", "青禾市政府", -1),
    ],
)
def test_posts_and_bodies(post: str, kind: str, name: str, verdict: int) -> None:
    assert fits(post, kind, name) == verdict


def test_posts_stand_before_the_name_or_else_behind_it() -> None:
    text = "青禾市委副书记、市长周远山到场，甲药业的李晓云任董事长。校长王立"
    at = text.index("周远山")
    assert posts_beside(text, at, at + 3) == ("书记", "市长")
    at = text.index("李晓云")
    assert posts_beside(text, at, at + 3) == ("董事长",)
    at = text.index("王立")
    assert posts_beside(text, at, at + 2) == ("校长",)
    assert posts_beside("到场的有周远山。校长致辞", 4, 7) == ()
