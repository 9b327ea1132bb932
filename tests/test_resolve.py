"""One entity across documents: what joins, what must not, and IRIs that depend on nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import DecisionError
from kg.model import Annotation
from kg.resolve import Resolution, resolve
from kg.resolve.identity import keep_iris
from kg.resolve.iris import document_iri, entity_iri, slug
from kg.resolve.names import is_generic, normalise
from tests.graph_samples import annotated
from tests.resolve_notes import note, same


def test_one_name_is_one_entity_within_a_family_of_types() -> None:
    assert same(note(("Firm", "青禾医疗")), note(("Firm", "青禾 医疗")))
    assert same(note(("Firm", "青禾医疗")), note(("Investor", "青禾医疗")))
    assert same(note(("Park", "青禾新区")), note(("Place", "青禾新区")))
    assert not same(note(("Firm", "青禾医疗")), note(("Product", "青禾医疗")))
    assert not same(note(("Association", "青禾医药联盟")), note(("Firm", "青禾医药联盟")))


def test_the_type_that_most_documents_give_holds() -> None:
    found = resolve(
        [
            (key, note((kind, "青禾医疗")))
            for key, kind in zip("abc", ("Firm", "Investor", "Firm"), strict=True)
        ]
    )
    assert [entity.type for entity in found.entities.values()] == ["Firm"]


def test_a_declared_alias_joins() -> None:
    assert same(note(("Firm", "长沙青禾医疗有限公司", "青禾医疗")), note(("Firm", "青禾医疗")))
    assert same(note(("Firm", "长沙青禾医疗有限公司", "青禾")), note(("Firm", "青禾医疗", "青禾")))


def test_an_alias_joins_no_two_registered_names_and_no_two_regions() -> None:
    assert not same(
        note(("Firm", "长沙青禾医疗有限公司", "青禾")), note(("Firm", "青禾药业股份有限公司", "青禾"))
    )
    assert not same(note(("Firm", "长沙青禾医疗", "青禾")), note(("Firm", "上海青禾医疗", "青禾")))


def test_an_alias_does_not_join_through_a_third_document() -> None:
    found = resolve(
        [
            ("a", note(("Firm", "长沙青禾医疗有限公司", "青禾"))),
            ("b", note(("Firm", "青禾"))),
            ("c", note(("Firm", "上海青禾医疗有限公司", "青禾"))),
        ]
    )
    assert len(found.entities) == 3


def test_two_entities_of_one_document_are_never_joined() -> None:
    found = resolve(
        [
            ("a", note(("Park", "东港药谷", "药谷一号"), ("Park", "西港药谷", "药谷一号"))),
            ("b", note(("Park", "药谷一号"))),
        ]
    )
    assert len(found.entities) == 3


def test_generic_names_join_nothing() -> None:
    for kind, name in (
        ("Park", "高新区"),
        ("Park", "园区"),
        ("GovernmentBody", "市政府"),
        ("Firm", "该公司"),
        ("GovernmentBody", "省卫健委"),
        ("MedicalInstitution", "市中心医院"),
    ):
        assert is_generic(kind, normalise(name)), name
        assert not same(note((kind, name)), note((kind, name))), name
    assert not same(note(("Park", "苏州高新区", "高新区")), note(("Park", "成都高新区", "高新区")))
    assert not is_generic("Park", "苏州高新区")
    assert same(note(("Park", "苏州高新区", "高新区")), note(("Park", "苏州高新区")))


def test_persons_join_only_with_a_shared_organisation() -> None:
    firm, other = ("Firm", "青禾医疗"), ("Firm", "白桦药业")
    at_firm = note(("Person", "林述"), firm, relations=(("hasRole", 0, 1),))
    assert same(at_firm, at_firm)
    assert not same(at_firm, note(("Person", "林述"), other, relations=(("hasRole", 0, 1),)))
    assert not same(note(("Person", "林述")), note(("Person", "林述")))


def test_events_join_only_with_a_shared_organiser() -> None:
    event = ("Event", "青禾健康产业大会")
    organised = note(event, ("Association", "湖南青禾商会"), relations=(("organizes", 1, 0),))
    assert same(organised, organised)
    assert not same(note(event), note(event))


def test_events_of_one_long_name_join_where_pages_of_one_season_tell_them() -> None:
    def told(name: str, day: str | None) -> Annotation:
        return note(("Event", name)).model_copy(update={"published": day})

    name = "青禾区康养产业招商推介会"
    assert same(told(name, "2024-05-18"), told(name, "2024-06-02"))
    assert not same(told(name, "2024-05-18"), told(name, "2025-05-18"))
    assert not same(told(name, "2024-05-18"), told(name, None))
    assert not same(told("签约仪式", "2024-05-18"), told("签约仪式", "2024-05-18"))


def test_places_are_the_divisions_they_name() -> None:
    assert same(note(("Place", "长沙市")), note(("Place", "长沙")))
    chaoyang = ("Place", "朝阳区")
    assert not same(note(chaoyang, ("Place", "北京")), note(chaoyang, ("Place", "长春市")))
    assert same(note(chaoyang, ("Place", "北京")), note(chaoyang, ("GovernmentBody", "北京市卫健委")))
    assert not same(note(chaoyang), note(chaoyang))
    assert not same(note(("Place", "雨花区")), note(("Place", "雨花台区")))


def test_home_regions_follow_names_and_locations() -> None:
    found = resolve(
        [
            (
                "a",
                note(
                    ("Firm", "长沙青禾医疗有限公司"),
                    ("Place", "成都市"),
                    ("Park", "锦江药谷"),
                    ("Firm", "白桦药业"),
                    ("Place", "锦江区"),
                    ("Place", "湖南"),
                    ("Firm", "湖南赤松"),
                    ("Place", "长沙"),
                    relations=(
                        ("locatedIn", 0, 1),
                        ("locatedIn", 2, 4),
                        ("locatedIn", 4, 1),
                        ("locatedIn", 3, 2),
                        ("locatedIn", 6, 7),
                        ("locatedIn", 6, 1),  # a branch elsewhere
                    ),
                ),
            )
        ]
    )
    region = {entity.name: entity.region for entity in found.entities.values()}
    assert region["长沙青禾医疗有限公司"] == "430100"  # not Chengdu, where it only has a branch
    assert region["锦江药谷"] == "510104"
    assert region["白桦药业"] == "510104"
    assert region["湖南赤松"] == "430100"


def test_the_result_does_not_depend_on_the_order_of_documents() -> None:
    pairs = [(document.key, annotation) for document, annotation in annotated()]
    assert resolve(pairs) == resolve(reversed(pairs))


def test_two_documents_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="'a'"):
        resolve([("a", note()), ("a", note())])


def test_iris_stay_when_unrelated_documents_come() -> None:
    pairs = [(document.key, annotation) for document, annotation in annotated()]
    few, many = resolve(pairs[:2]), resolve(pairs)
    assert all(many.iri(*member) == few.iri(*member) for member in few.iri_of)


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_names_have_different_valid_iris(one: str, other: str) -> None:
    base = "https://example.org/"
    made = [entity_iri(base, "Firm", normalise(name)) for name in (one, other)]
    assert (made[0] == made[1]) == (normalise(one) == normalise(other))
    assert (document_iri(base, one) == document_iri(base, other)) == (one == other)
    for iri in (*made, document_iri(base, one)):
        NamedNode(iri)  # raises on what is no IRI


def test_the_readable_part_keeps_letters_only() -> None:
    assert slug("可孚/医疗 <b>& Co.") == "可孚-医疗-b-Co"
    assert slug("///") == "x"
    assert entity_iri("b/", "Firm", "可孚/医疗") != entity_iri("b/", "Firm", "可孚-医疗")


def keys_of(resolution: Resolution, name: str) -> tuple[str, ...]:
    (entity,) = (e for e in resolution.entities.values() if name in e.names)
    return entity.keys


def test_what_a_person_decided_wins_and_can_be_taken_back() -> None:
    pages = [
        ("a", note(("Firm", "长沙青禾医疗有限公司"))),
        ("b", note(("Firm", "上海白桦药业有限公司"))),
        ("c", note(("Firm", "青禾集团", "青禾医疗"))),
        ("d", note(("Firm", "青禾医疗"))),
    ]
    plain = resolve(pages)
    (firm,), (other,) = keys_of(plain, "长沙青禾医疗有限公司"), keys_of(plain, "上海白桦药业有限公司")
    joined = resolve(pages, must_link=[(firm, other)])
    assert joined.iri("a", "e0") == joined.iri("b", "e0")
    assert plain.iri("c", "e0") == plain.iri("d", "e0")
    parted = resolve(pages, cannot_link=[tuple(keys_of(plain, "青禾集团"))])  # type: ignore[list-item]
    assert parted.iri("c", "e0") != parted.iri("d", "e0")
    assert resolve(pages) == plain
    assert resolve(pages, must_link=[(firm, "no such key")]) == plain


def test_contradicting_decisions_are_refused() -> None:
    pages = [(name, note(("Firm", name))) for name in ("青禾医疗", "白桦药业", "赤松生物")]
    (a,), (b,), (c,) = (keys_of(resolve(pages), name) for name, _ in pages)
    with pytest.raises(DecisionError, match="to be one and to be two"):
        resolve(pages, must_link=[(a, b), (b, c)], cannot_link=[(a, c)])


def test_the_oldest_iri_stays() -> None:
    short, long = ("a", note(("Firm", "青禾医疗"))), ("b", note(("Firm", "长沙青禾医疗有限公司", "青禾医疗")))
    first = resolve([short])
    second = resolve([short, long], earlier=first.keys)
    assert second.iri("b", "e0") == first.iri("a", "e0") != resolve([short, long]).iri("a", "e0")
    apart = resolve([short, ("b", note(("Firm", "长沙青禾医疗有限公司")))])
    one = resolve([short, long], earlier=apart.keys)
    gone = {apart.iri("a", "e0"), apart.iri("b", "e0")} - {one.iri("a", "e0")}
    assert one.replaced == {gone.pop(): one.iri("a", "e0")}
    again = resolve([short, ("b", note(("Firm", "长沙青禾医疗有限公司")))], earlier=one.keys)
    assert again.iri("a", "e0") != again.iri("b", "e0")


_NAMES = st.sampled_from(["k1", "k2", "k3", "k4", "k5"])


@given(st.lists(_NAMES, min_size=1, unique=True), st.integers(1, 4), st.dictionaries(_NAMES, _NAMES))
def test_no_two_clusters_bear_one_iri(keys: list[str], size: int, earlier: dict[str, str]) -> None:
    clusters = {keys[i]: keys[i : i + size] for i in range(0, len(keys), size)}
    borne, replaced = keep_iris(clusters, earlier)
    assert borne.keys() == clusters.keys()
    assert len(set(borne.values())) == len(clusters)
    assert not set(replaced) & set(borne.values())
    assert set(replaced.values()) <= set(borne.values())
    remembered = {key: borne[new] for new, members in clusters.items() for key in members}
    assert keep_iris(clusters, remembered) == (borne, {})
