"""The posts that persons are said to hold (hasRole): the likeliest of each, and others in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.extract.facts import Fact

_POST = "hasRole"
_DOUBTFUL = 0.6  # a post below this gives way


def best_posts(facts: Iterable[Fact]) -> dict[int, Fact]:
    """The likeliest post of each person (entity index)."""
    posts = (f for f in facts if f.label == _POST)
    return {f.subject: f for f in sorted(posts, key=lambda f: f.score)}


def is_open(post: Fact | None) -> bool:
    """Whether a person's likeliest post leaves room for another: there is none, or it is doubtful."""
    return post is None or post.score < _DOUBTFUL


def with_posts(facts: Iterable[Fact], posts: Mapping[int, Fact]) -> list[Fact]:
    """The facts with the posts of some persons, by entity index, in place of all that they had."""
    return [*(f for f in facts if f.label != _POST or f.subject not in posts), *posts.values()]
