"""Whom a figure's own words speak of, where they say so: 全市…, 一季度集中签约…, 18个项目当场签约, 代表团一行13人."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.figure_cues import cue_before
from kg.extract.figure_limits import never_stated
from kg.extract.figures import Names
from kg.extract.labels import VALUE_TYPES
from kg.extract.measures import Measure
from kg.extract.name_parts import strip_division_suffix
from kg.extract.phrases import phrase
from kg.extract.structure import Mention, Structure
from kg.model import QUANTITY_PROPERTIES

_WHOLE_REACH = 60
_ZONE = "区"
#: Where a word says one of these of 全市, the figure states it of the city (524 of 554 on the annotated pages).
_TOLD_OF_ALL = frozenset(
    {"employeeCount", "enterpriseCount", "growthRate", "outputValue", "revenue", "taxRevenue"}
)
_OF_ALL_CERTAIN = 0.85
_AT = ("在", "赴", "到")
#: A noun at the head of a clause, nothing named between it and the figure, says of what type the subject is: 园区 a
#: park (165 of 168), 公司 a firm (101 of 106), 项目 a project (89 of 90). 企业 counts firms, a committee speaks for its
#: zone, and what is told 现场 may be of anybody.
_NO_SUBJECT = frozenset({"企业", "药企", "管委会", "现场", "会上"})
#: 其中某市突破48亿元: the name behind 其中 is the subject (20 of 21 of the annotated pages), up to the next name.
_OF_THEM = "其中"
_QUOTES = ' “"\u3000'
_NARROW = frozenset({"集团"})  # not every firm is one
_OF, _LIES_REACH = "的", 14
_HEAD_GAP = 1  # characters of the clause before the noun
_PERIOD_REACH = 34
#: What is signed together is the event's, and so is the money told right after it (14 of 15).
_TOGETHER_CERTAIN, _TOGETHER_REACH = 0.85, 30
_TOGETHER = ("signed_together_before", "begun_together_before", "signed_this_time")
_OCCASIONS = ("签约", "开工", "动工")
#: 某某代表团一行13人: 4 of 5 of the annotated pages.
_PARTY_CERTAIN = 0.8
_PARTY, _PARTY_NAME, _PARTY_GAP = "一行", "团", 4

#: The properties of what is signed: a count, and the money told after it.
_SIGNED = frozenset({"projectCount", "investment"})


@dataclass(frozen=True, slots=True)
class Topic:
    """The entities (indices) of which alone a figure's words let it state the properties; of nobody if there are none.

    certain: the probability that it does, where the words say that too; else 0.
    """

    entities: frozenset[int]
    properties: frozenset[str]
    certain: float = 0.0


def topic_of(structure: Structure, names: Names, measure: Measure) -> Topic | None:
    """Whom the words around a figure speak of; None where they do not say."""
    before = names.before(measure.start)
    return (
        _whole_division(structure, before, measure)
        or _noun_at_the_head(structure, names, measure)
        or _one_of_them(structure, names, measure)
        or (measure.kind == "count" and _counted(structure, before, measure))
        or _what_lies_there(structure, names, measure)
    )


def _counted(structure: Structure, before: Sequence[Mention], measure: Measure) -> Topic | None:
    signed = _of_a_period if _in_a_period(structure.text, measure) else _signed_together
    return _delegation(structure, before, measure) or signed(structure, before, measure)


def _whole_division(structure: Structure, before: Sequence[Mention], measure: Measure) -> Topic | None:
    text, (start, _) = structure.text, structure.sentence_span(measure.start)
    found = list(
        phrase("whole_division").finditer(text, max(start, measure.start - _WHOLE_REACH), measure.start)
    )
    if not found or (before and before[-1].start > found[-1].start()):
        return None
    at = found[-1].start()
    if not phrase("clause_opening").fullmatch(text, structure.clause_start(at), at):
        return None
    spoken = [m for m in before if not _is_venue(text, m)]
    if found[-1].group().endswith(_ZONE):
        return _whole_zone(structure, measure, spoken)
    place = _division_spoken_of(structure, spoken, found[-1].group()[-1])
    if place is None and not (len(spoken) < len(before) and all(m.type != "Place" for m in spoken)):
        return None
    return _of_all(structure, measure, frozenset() if place is None else frozenset({place}))


def _of_all(structure: Structure, measure: Measure, entities: frozenset[int]) -> Topic:
    """A figure of a whole division: stated for certain where a word says a property that is told of divisions."""
    said = cue_before(structure.text, measure.start, measure.kind)
    if entities and said in _TOLD_OF_ALL and said not in never_stated(structure, measure):
        return Topic(entities, frozenset({said}), _OF_ALL_CERTAIN)
    return Topic(entities, frozenset(QUANTITY_PROPERTIES))


def _whole_zone(structure: Structure, measure: Measure, before: Sequence[Mention]) -> Topic | None:
    """Whom 全区 speaks of: a district that was named last (69 of 69), or a zone where no district was named."""
    text = structure.text
    districts = {form for form, _ in _places(structure) if form.endswith(_ZONE)}
    told: list[bool] = []  # of each district and zone that was named, in order: whether it is a district
    for m in before:
        said = text[m.start : m.end]
        if any(form in said for form in districts):
            told.append(True)
        elif m.type == "Park" and said.endswith(_ZONE):
            told.append(False)
    if not told or (any(told) and not told[-1]):
        return None
    if told[-1]:
        district = _division_spoken_of(structure, before, _ZONE)
        return None if district is None else _of_all(structure, measure, frozenset({district}))
    parks = frozenset(m.entity for m in before if m.type == "Park" and text[m.end - 1] == _ZONE)
    return Topic(parks, frozenset(QUANTITY_PROPERTIES))


def _places(structure: Structure) -> list[tuple[str, int]]:
    """The forms under which a page names its places, and the entities."""
    return [
        (structure.text[m.start : m.end], m.entity)
        for m in structure.mentions
        if m.type == "Place" and not m.anaphor
    ]


def _division_spoken_of(structure: Structure, before: Sequence[Mention], suffix: str) -> int | None:
    """The place that 全市 stands for: that of the last name, of a body or of anything, that holds a place's.

    Of places some form of which ends in the suffix, or has it behind it somewhere on the page (安国市药业发展局), else
    of those of no told kind.
    """
    text, forms = structure.text, _places(structure)
    fitting = {entity for form, entity in forms if form.endswith(suffix) or form + suffix in text}
    if not fitting:  # 广州: no form tells of what kind it is
        fitting = {entity for _, entity in forms}
        fitting -= {entity for form, entity in forms if strip_division_suffix(form) != form}
    stems = {strip_division_suffix(form): entity for form, entity in forms if entity in fitting}
    for name in reversed(before):
        said = text[name.start : name.end]
        held = [stem for stem in stems if len(stem) > 1 and stem in said]
        if held:
            return stems[max(held, key=len)]
    return None


def _is_venue(text: str, name: Mention) -> bool:
    """在上海举行: where a city meets, it does not speak of."""
    return (
        name.type == "Place"
        and text.endswith(_AT, 0, name.start)
        and bool(phrase("is_held").match(text, name.end))
    )


def _noun_at_the_head(structure: Structure, names: Names, measure: Measure) -> Topic | None:
    text, noun = structure.text, names.last(measure.start)
    if noun is None or not noun.anaphor or noun.start < structure.sentence_span(measure.start)[0]:
        return None
    word = text[noun.start : noun.end]
    head = text[structure.clause_start(noun.start) : noun.start].strip()
    if word in _NO_SUBJECT or noun.type == "Place" or len(head) > _HEAD_GAP:
        return None
    before = [m for m in names.before(noun.start) if m.type != "Place"]
    alike = [m for m in before if m.type == noun.type or text[m.end - 1] in word]
    ending = [m for m in alike if word in _NARROW and text.endswith(word, m.start, m.end)]
    return Topic(frozenset(m.entity for m in ending or alike), frozenset(QUANTITY_PROPERTIES))


def _one_of_them(structure: Structure, names: Names, measure: Measure) -> Topic | None:
    text, clause, name = structure.text, structure.clause_start(measure.start), names.last(measure.start)
    if name is None or name.anaphor or name.start < clause:
        return None
    if text[clause : name.start].strip(_QUOTES) != _OF_THEM:
        return None
    return Topic(frozenset({name.entity}), frozenset(QUANTITY_PROPERTIES))


def _what_lies_there(structure: Structure, names: Names, measure: Measure) -> Topic | None:
    """Everybody but the park or place named last, where that is only where something lies: 位于某区，占地90亩."""
    text, place = structure.text, names.last(measure.start)
    if place is None or place.anaphor or place.type not in ("Park", "Place"):
        return None
    near = structure.sentence(measure.start) - structure.sentence(place.start) <= 1
    same_clause = place.start >= structure.clause_start(measure.start)
    if not near or same_clause or text.startswith(_OF, place.end) or "\n" in text[place.end : measure.start]:
        return None
    if not phrase("lies_in").search(text, max(0, place.start - _LIES_REACH), place.start):
        return None
    others = {m.entity for m in structure.mentions if m.type not in VALUE_TYPES} - {place.entity}
    return Topic(frozenset(others), frozenset(QUANTITY_PROPERTIES))


def _delegation(structure: Structure, before: Sequence[Mention], measure: Measure) -> Topic | None:
    text = structure.text
    if not before or not text.endswith(_PARTY, 0, measure.start):
        return None
    last = before[-1]
    near = measure.start - last.end <= _PARTY_GAP
    if not near or not text.endswith(_PARTY_NAME, last.start, last.end):
        return None
    return Topic(frozenset({last.entity}), frozenset({"attendeeCount"}), _PARTY_CERTAIN)


def _of_a_period(structure: Structure, before: Sequence[Mention], measure: Measure) -> Topic | None:
    hosts = [m for m in before if m.type in ("Place", "Park")]
    if not hosts or (before[-1].start >= structure.clause_start(measure.start)):
        return None
    spoken_of = frozenset(m.entity for m in hosts)
    sentence = structure.sentence_span(measure.start)[0]
    if before[-1].start < sentence:
        spoken_of = _host_of_the_event(structure.text, before, hosts) or spoken_of
    return Topic(spoken_of, _SIGNED)


def _in_a_period(text: str, measure: Measure) -> bool:
    return (
        phrase("signed_in_period").search(text, max(0, measure.start - _PERIOD_REACH), measure.start)
        is not None
    )


def _host_of_the_event(text: str, before: Sequence[Mention], hosts: Sequence[Mention]) -> frozenset[int]:
    """The place or park whose name the last event's name holds; of several the longest."""
    events = [text[m.start : m.end] for m in before if m.type == "Event"]
    stems = [(strip_division_suffix(text[m.start : m.end]), m.entity) for m in hosts]
    held = [(len(stem), entity) for stem, entity in stems if events and len(stem) > 1 and stem in events[-1]]
    return frozenset({max(held)[1]}) if held else frozenset()


def _signed_together(structure: Structure, before: Sequence[Mention], measure: Measure) -> Topic | None:
    text, clause = structure.text, structure.clause_start(measure.start)
    events = [m for m in before if m.type == "Event"]
    if not events or any(m.start >= clause and m.type in ("Place", "Park") for m in before):
        return None
    behind = phrase("signed_together_behind").match(text, measure.end, measure.end + _TOGETHER_REACH)
    since = max(0, measure.start - _TOGETHER_REACH)
    before_it = [m for name in _TOGETHER if (m := phrase(name).search(text, since, measure.start))]
    if not (behind or before_it):
        return None
    words = behind.group() if behind else before_it[0].group()
    event = _occasion(text, events, words)
    return Topic(frozenset({event.entity}), _SIGNED, _TOGETHER_CERTAIN)


def _occasion(text: str, events: Sequence[Mention], words: str) -> Mention:
    """The last event whose name says what the words say (签约, 开工), else the last."""
    said = [o for o in _OCCASIONS if o in words]
    named = [m for m in events if any(o in text[m.start : m.end] for o in said)]
    return (named or events)[-1]
