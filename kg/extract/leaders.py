"""Posts without their body: 某市委副书记、市长张三 leads 某市 too; 校长张三，副校长李四 are colleagues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.phrases import phrase
from kg.extract.posts import best_posts, is_open, with_posts
from kg.extract.title_bodies import fits, posts_beside
from kg.extract.titles import title_in

_CONFIDENCE = 0.85  # 43 of 48 such leaders of the training pages; 19 of 19 where the government is named
_COMMITTEE = re.compile(r"(?P<place>.*(?P<level>[省市区县州盟旗]))委")
_GOVERNMENT = "政府"
_REACH = 24
_COLLEAGUE = 0.8
_PUNCTUATION = re.compile(r"[，。；！？\n]")


def with_leaders(text: str, entities: Sequence[DocumentEntity], facts: Sequence[Fact]) -> list[Fact]:
    """Add hasRole at the government of a place, or else at the place, for who leads it beside its Party committee.

    annotation.md: a leader with a title but no body named belongs to the body if the text names it, else to the Place.
    """
    named = {(e.type, form): k for k, e in enumerate(entities) for form in (e.name, *e.aliases)}
    persons = sorted((*m, k) for k, e in enumerate(entities) if e.type == "Person" for m in e.mentions)
    stated = {(f.subject, f.object) for f in facts if f.label == "hasRole"}
    added: dict[tuple[int, int], Fact] = {}
    for body in entities:
        for start, end in body.mentions if body.type == "GovernmentBody" else ():
            match = _COMMITTEE.fullmatch(text[start:end])
            person = next((p for p in persons if p[0] >= end), None)
            if match is None or person is None or person[0] - end > _REACH:
                continue
            title = text[end : person[0]]
            if _PUNCTUATION.search(title) or not re.search(rf"、[^、]{{0,4}}{match['level']}长", title):
                continue
            led = _led(match["place"], named)
            if led is not None and (person[2], led) not in stated:
                added[person[2], led] = Fact("hasRole", person[2], led, _CONFIDENCE, start, person[1])
    return [*facts, *added.values()]


def at_one_government(entities: Sequence[DocumentEntity], facts: Sequence[Fact]) -> list[Fact]:
    """Of a person's posts at governments and places the likeliest.

    Of 1,015 persons with such posts on the annotated pages one has two.
    """
    ruling = [
        f
        for f in facts
        if f.label == "hasRole"
        and (entities[f.object].type == "Place" or entities[f.object].name.endswith(_GOVERNMENT))
    ]
    best = best_posts(ruling)
    beaten = {(f.subject, f.object) for f in ruling if best[f.subject] is not f}
    return [f for f in facts if f.label != "hasRole" or (f.subject, f.object) not in beaten]


def _led(place: str, named: dict[tuple[str, str], int]) -> int | None:
    for form in (f"{place}人民政府", f"{place}政府"):
        if ("GovernmentBody", form) in named:
            return named["GovernmentBody", form]
    return named.get(("Place", place), named.get(("Place", place[:-1])))


def with_colleagues(text: str, entities: Sequence[DocumentEntity], facts: Sequence[Fact]) -> list[Fact]:
    """Add hasRole at the body of the person before, where a post stands without a body: 校长张三，副校长李四.

    A body that cannot have the post is none; a doubtful post elsewhere goes.
    """
    mentions = sorted((*m, k) for k, e in enumerate(entities) for m in e.mentions)
    best = best_posts(facts)
    found: dict[int, Fact] = {}
    for (at, end, first), (start, behind, second) in pairwise(mentions):
        if first == second or {entities[first].type, entities[second].type} != {"Person"}:
            continue
        known, match = found.get(first) or best.get(first), phrase("next_leader").fullmatch(text[end:start])
        if known is None or match is None or not title_in(match["title"]):
            continue
        body, title = entities[known.object], match["title"]
        posts = posts_beside(text, start, behind)
        if (
            phrase("leader_acts").search(title)
            or phrase("post_of_another_body").search(title)
            or any(fits(p, body.type, body.name) < 0 for p in posts)
        ):
            continue
        if second not in found and is_open(best.get(second)):
            # the post of the person before may be told elsewhere, before or behind
            here = known.start <= at and "\n" not in text[known.start : at]
            since = known.start if here else at
            found[second] = Fact("hasRole", second, known.object, _COLLEAGUE, since, behind)
    return with_posts(facts, found)
