"""Zones that are known by their committee."""

from kg.extract.tagger import TaggedSpan
from kg.extract.zones import with_zones


def body(text: str, name: str) -> TaggedSpan:
    return TaggedSpan(text.index(name), text.index(name) + len(name), "GovernmentBody", 0.9)


def test_a_zone_whose_committee_is_named_is_found_elsewhere() -> None:
    text = "青禾新区管委会开会，项目落户青禾新区。青禾新区党工委到场，青禾新区管委会致辞。"
    committee = body(text, "青禾新区管委会")
    (zone,) = [s for s in with_zones(text, [committee]) if s is not committee]
    assert (zone.start, text[zone.start : zone.end], zone.type) == (
        text.index("落户") + 2,
        "青禾新区",
        "Park",
    )


def test_what_is_named_already_or_has_no_committee_stays() -> None:
    text = "青禾新区管委会说，落户青禾新区医院。白石区政府说，落户白石区。"
    spans = [body(text, "青禾新区管委会"), body(text, "青禾新区医院"), body(text, "白石区政府")]
    assert with_zones(text, spans) == spans
