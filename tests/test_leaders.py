"""Who is mayor beside a Party post."""

from __future__ import annotations

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.leaders import at_one_government, with_colleagues, with_leaders


def cast(text: str, *names: tuple[str, str]) -> list[DocumentEntity]:
    return [
        DocumentEntity(kind, name, (), ((text.index(name), text.index(name) + len(name)),), 0.9)
        for kind, name in names
    ]


def led(text: str, *names: tuple[str, str], facts: list[Fact] | None = None) -> list[tuple[str, str]]:
    entities = cast(text, *names)
    stated = facts or []
    return [(entities[f.subject].name, entities[f.object].name) for f in with_leaders(text, entities, stated)]


def test_the_place_is_led_where_no_government_is_named() -> None:
    text = "青禾市委副书记、市长周远山到场。青禾市药业兴旺。"
    who = ("Person", "周远山")
    assert led(text, ("GovernmentBody", "青禾市委"), who, ("Place", "青禾市")) == [("周远山", "青禾市")]
    assert led(text, ("GovernmentBody", "青禾市委"), who, ("Place", "青禾")) == [("周远山", "青禾")]
    assert led(text, ("GovernmentBody", "青禾市委"), who) == []


def test_the_government_comes_before_the_place() -> None:
    text = "青禾市委书记、市长周远山到场。青禾市人民政府与甲药业签约，青禾市兴旺。"
    names = [("GovernmentBody", "青禾市委"), ("Person", "周远山"), ("Place", "青禾市")]
    assert led(text, *names, ("GovernmentBody", "青禾市人民政府")) == [("周远山", "青禾市人民政府")]


def test_other_posts_and_other_sentences_say_nothing() -> None:
    names = [("GovernmentBody", "青禾市委"), ("Person", "周远山"), ("Place", "青禾市")]
    assert led("青禾市委副书记周远山到场。青禾市兴旺。", *names) == []
    assert led("青禾市委副书记、区长周远山到场。青禾市兴旺。", *names) == []
    assert led("青禾市委来函。市长周远山到场。青禾市兴旺。", *names) == []


def test_what_is_stated_is_not_said_twice() -> None:
    text = "青禾市委副书记、市长周远山到场。青禾市药业兴旺。"
    stated = [Fact("hasRole", 1, 2, 0.9, 0, 5)]
    names = [("GovernmentBody", "青禾市委"), ("Person", "周远山"), ("Place", "青禾市")]
    assert len(led(text, *names, facts=stated)) == 1


def colleagues(text: str, *names: tuple[str, str], facts: list[Fact]) -> set[tuple[str, str]]:
    entities = cast(text, *names)
    found = with_colleagues(text, entities, facts)
    return {(entities[f.subject].name, entities[f.object].name) for f in found}


def test_posts_without_a_body_are_at_the_body_of_the_one_before() -> None:
    text = "青禾大学校长李行远，副校长姜白石、中医药学院院长曾莉接待，副市长周远山到场"
    names = [
        ("ResearchInstitution", "青禾大学"), ("Person", "李行远"), ("Person", "姜白石"),
        ("Person", "曾莉"), ("Person", "周远山"), ("Firm", "甲"),
    ]  # fmt: skip
    text += "。甲"
    facts = [
        Fact("hasRole", 1, 0, 0.95, 0, 9),
        Fact("hasRole", 2, 5, 0.4, 0, 9),
        Fact("hasRole", 3, 5, 0.9, 0, 9),
    ]
    assert colleagues(text, *names, facts=facts) == {
        ("李行远", "青禾大学"), ("姜白石", "青禾大学"), ("曾莉", "甲"),
    }  # fmt: skip


def test_a_post_that_the_body_cannot_have_is_elsewhere() -> None:
    text = "甲药业董事长李行远，副省长姜白石出席"
    names = [("Firm", "甲药业"), ("Person", "李行远"), ("Person", "姜白石")]
    facts = [Fact("hasRole", 1, 0, 0.95, 0, 9)]
    assert colleagues(text, *names, facts=facts) == {("李行远", "甲药业")}


def test_the_sentence_of_a_colleague_holds_both_wherever_the_first_post_is_told() -> None:
    text = "校长李行远，副校长姜白石到访。\n李行远任青禾大学校长。"
    names = [("ResearchInstitution", "青禾大学"), ("Person", "李行远"), ("Person", "姜白石")]
    later = Fact("hasRole", 1, 0, 0.95, text.index("\n") + 1, len(text))
    found = with_colleagues(text, cast(text, *names), [later])
    shown = [text[f.start : f.end] for f in found if f.subject == 2]
    assert shown == ["李行远，副校长姜白石"]


def test_of_two_governments_a_person_is_at_the_likelier_one() -> None:
    text = "青禾市委、远山市政府、白石省、甲药业，周远山与陆青禾到场。"
    names = [
        ("GovernmentBody", "青禾市委"),
        ("GovernmentBody", "远山市政府"),
        ("Place", "白石省"),
        ("Firm", "甲药业"),
        ("Person", "周远山"),
        ("Person", "陆青禾"),
    ]
    entities = cast(text, *names)
    posts = [(4, 0, 0.5), (4, 1, 0.6), (4, 2, 0.8), (4, 3, 0.4), (5, 1, 0.3)]
    facts = [Fact("hasRole", who, body, score, 0, 9) for who, body, score in posts]
    facts.append(Fact("participatesIn", 4, 1, 0.2, 0, 9))
    kept = at_one_government(entities, facts)
    assert [(f.label, f.subject, f.object) for f in kept] == [
        ("hasRole", 4, 0),
        ("hasRole", 4, 2),
        ("hasRole", 4, 3),
        ("hasRole", 5, 1),
        ("participatesIn", 4, 1),
    ]
