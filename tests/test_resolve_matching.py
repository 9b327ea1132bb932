"""What joins names across documents beside equal names, and what keeps them apart whatever joins."""

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Annotation
from kg.resolve import document_key, resolve
from kg.resolve.candidates import pairs
from kg.resolve.divisions import divisions
from kg.resolve.evidence import weights
from kg.resolve.profile import profiles
from kg.resolve.seeds import gather
from tests.resolve_notes import named, note, resolved, same

CHENGDU = ("Place", "成都市")


def test_spellings_of_one_body_and_park_are_one() -> None:
    place = ("Place", "长沙市")
    assert same(note(("GovernmentBody", "长沙市雨花区人民政府")), note(("GovernmentBody", "雨花区政府")))
    assert same(note(("Park", "湖南雨花经济技术开发区")), note(("Park", "雨花经济开发区"), place))
    assert same(note(("GovernmentBody", "湖北省卫生健康委员会")), note(("GovernmentBody", "湖北省卫健委")))
    assert not same(note(("Park", "雨花经开区"), place), note(("GovernmentBody", "雨花经开区管委会"), place))
    assert not same(note(("GovernmentBody", "吉林省政府")), note(("GovernmentBody", "吉林市政府")))
    assert not same(note(("GovernmentBody", "长沙市政府")), note(("GovernmentBody", "长沙县政府")))
    assert not same(
        note(("MedicalInstitution", "吉林省人民医院")), note(("MedicalInstitution", "吉林市人民医院"))
    )


def test_a_name_means_the_region_that_its_page_is_about() -> None:
    body, hospital = ("GovernmentBody", "市政府"), ("MedicalInstitution", "第一人民医院")
    chengdu = note(body, hospital, CHENGDU)
    assert same(chengdu, note(("GovernmentBody", "成都市人民政府")))
    assert same(chengdu, chengdu)
    assert same(chengdu, chengdu, ids=("e1", "e1"))
    assert not same(chengdu, note(body, hospital, ("Place", "长沙市")))
    assert not same(chengdu, note(body, hospital, ("Place", "长沙市")), ids=("e1", "e1"))
    assert not same(note(body), note(body))
    county_town = note(body, ("Place", "太仓市"), ("Place", "苏州市"), relations=(("locatedIn", 1, 2),))
    assert not same(county_town, note(("GovernmentBody", "苏州市政府")))


def test_a_short_name_joins_the_one_long_name_that_fits() -> None:
    long, short = ("Firm", "四川青岚药业股份有限公司"), ("Firm", "青岚药业")
    assert same(note(long), note(short))
    rival = ("Firm", "湖北青岚药业股份有限公司")
    found = resolved(note(long), note(short), note(rival))
    assert len(found.entities) == 3
    doubts = {frozenset(pair.names) for pair in found.uncertain}
    assert {frozenset((long[1], short[1])), frozenset((rival[1], short[1]))} <= doubts
    declared = resolved(note((*long, short[1])), note(short), note(rival))
    assert named(declared, short[1]) == (long[1], short[1])


def test_a_subsidiary_is_not_the_firm() -> None:
    for registered in ("陕西青岚药业有限公司", "青岚药业（甘肃）有限公司"):
        assert not same(note(("Firm", "青岚药业")), note(("Firm", registered)))
    assert not same(note(("Firm", "青岚药业股份有限公司")), note(("Firm", "青岚药业有限公司")))
    assert not same(note(("Firm", "青岚集团有限公司")), note(("Firm", "青岚有限公司")))
    assert same(note(("Firm", "青岚药业总公司")), note(("Firm", "青岚药业有限公司")))


def test_things_in_common_tip_the_scale() -> None:
    bare, long = ("Firm", "青岚"), ("Firm", "青岚药业")
    assert not same(note(bare), note(long))
    drug = ("Product", "青岚舒片")
    makes = (("produces", 0, 1),)
    assert same(note(bare, drug, CHENGDU, relations=makes), note(long, drug, CHENGDU, relations=makes))


def test_credit_codes_part_and_join() -> None:
    one, other = "91350100M000100Y43", "91430100MA4L0A1B2"
    other += next(c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if _is_code(other + c))
    name = "康禾医药有限公司"
    assert not same(note(("Firm", name, one)), note(("Firm", name, other)))
    assert same(note(("Firm", name, one)), note(("Firm", "福州康禾药品有限公司", one)))
    assert same(note(("Firm", name, one)), note(("Firm", name)))


def _is_code(text: str) -> bool:
    from kg.resolve.parts import is_credit_code

    return is_credit_code(text)


def test_a_declared_name_that_begins_like_a_region_brings_none() -> None:
    hospital = ("MedicalInstitution", "上海中医药大学附属岳阳中西医结合医院", "岳阳医院")
    assert same(note(hospital), note(("MedicalInstitution", "岳阳医院")))
    assert not same(note(("MedicalInstitution", "岳阳医院")), note(("MedicalInstitution", "上海岳阳医院")))


def test_mayors_academicians_and_bystanders() -> None:
    def holder(title: str, *body: str) -> Annotation:
        person = note(("Person", "林述"), body, relations=(("hasRole", 0, 1),))
        (post,) = person.relations
        return person.model_copy(update={"relations": (post.model_copy(update={"title": title}),)})

    assert same(holder("市长", "Place", "长沙市"), holder("市长", "GovernmentBody", "长沙市人民政府"))
    assert not same(holder("市长", "Place", "长沙市"), holder("市长", "Place", "成都市"))
    assert same(
        holder("院士", "ResearchInstitution", "中国科学院"), holder("院士", "ResearchInstitution", "望江大学")
    )
    at_firm = note(("Person", "林述"), ("Firm", "青禾医疗"), relations=(("hasRole", 0, 1),))
    assert same(at_firm, note(("Person", "林述"), ("Firm", "青禾医疗")))
    assert not same(at_firm, note(("Person", "林述"), ("Firm", "白桦药业")))


def test_projects_join_by_who_builds_them_and_events_of_a_series_by_their_number() -> None:
    project = ("Project", "创新药产业化基地项目")
    by_firm = note(project, ("Firm", "白桦药业"), relations=(("implements", 1, 0),))
    assert same(by_firm, by_firm)
    assert not same(by_firm, note(project, ("Firm", "赤松生物"), relations=(("implements", 1, 0),)))
    assert same(note(("Event", "第六届望江健康产业大会")), note(("Event", "第六届望江健康产业大会")))
    assert not same(note(("Event", "望江健康产业大会")), note(("Event", "望江健康产业大会")))


def test_a_person_can_part_two_uses_of_one_name_and_take_it_back() -> None:
    pages = [
        ("a", note(("Firm", "青禾医疗"))),
        ("b", note(("Firm", "青禾医疗"))),
        ("c", note(("Firm", "青禾医疗"))),
    ]
    plain = resolve(pages)
    (key,) = next(iter(plain.entities.values())).keys
    here = document_key(plain.base, "Firm", "青禾医疗", "b")
    parted = resolve(pages, cannot_link=[(here, key)])
    assert parted.iri("a", "e0") == parted.iri("c", "e0") == plain.iri("a", "e0") != parted.iri("b", "e0")
    assert resolve(pages) == plain


def test_uncertain_pairs_tell_why() -> None:
    found = resolved(note(("Firm", "青岚药业")), note(("Firm", "陕西青岚药业有限公司")))
    (pair,) = found.uncertain
    assert not pair.joined
    assert 0.2 < pair.score < 0.5
    assert set(pair.names) == {"青岚药业", "陕西青岚药业有限公司"}
    assert set(pair.reasons) <= weights().keys()
    assert {pair.one, pair.other} == found.keys.keys()
    assert [m for side in pair.members for m in side] in (
        [("a", "e0"), ("b", "e0")],
        [("b", "e0"), ("a", "e0")],
    )
    assert all(weight.zh and weight.en for weight in weights().values())


def test_firms_of_one_brand_are_linked_by_way_of_their_head() -> None:
    found = resolved(
        note(("Firm", "长沙岚屿医疗科技有限公司")),
        note(("Firm", "上海岚屿医疗科技有限公司")),
        note(("Firm", "岚屿集团")),
        note(("Firm", "白桦药业")),
    )
    name = {iri: entity.name for iri, entity in found.entities.items()}
    links = {frozenset((name[link.one], name[link.other])) for link in found.groups}
    assert links == {
        frozenset(("长沙岚屿医疗科技有限公司", "岚屿集团")),
        frozenset(("上海岚屿医疗科技有限公司", "岚屿集团")),
    }
    assert {link.brand for link in found.groups} == {"岚屿"}
    assert all(0 < link.confidence < 1 for link in found.groups)


@pytest.mark.parametrize("brand", ["长沙医药", "中国医药"])
def test_what_is_no_brand_links_nothing(brand: str) -> None:
    assert resolved(note(("Firm", f"{brand}有限公司")), note(("Firm", f"{brand}股份有限公司"))).groups == ()


def test_candidates_grow_with_the_names_not_with_their_square() -> None:
    """A chain of one brand in every city is the worst case of a block."""

    def counted(pages: Iterable[Annotation]) -> int:
        table = divisions()
        return sum(
            1
            for _ in pairs(gather([(str(i), profiles(str(i), p, table)) for i, p in enumerate(pages)]), table)
        )

    cities = [d.name for d in divisions().by_code.values() if d.level != "country"][::4]
    chain = [note(("Firm", f"{city}青禾医疗有限公司"), ("Firm", f"{city}青禾药业")) for city in cities]
    half, whole = counted(chain[::2]), counted(chain)
    assert 0 < half < 30 * len(chain)
    assert whole < 30 * 2 * len(chain)


_NAMES = st.sampled_from(
    [
        "青禾医疗",
        "长沙青禾医疗有限公司",
        "上海青禾医疗有限公司",
        "青禾",
        "青禾集团",
        "青禾医疗股份有限公司",
        "青禾药业",
    ]
)
_FIRMS = st.lists(st.lists(_NAMES, min_size=1, max_size=3, unique=True), min_size=1, max_size=6)


@given(_FIRMS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_conflicts_never_meet(firms: list[list[str]], order: random.Random) -> None:
    pages = [(str(i), note(("Firm", *names))) for i, names in enumerate(firms)]
    shuffled = pages[:]
    order.shuffle(shuffled)
    found = resolve(pages)
    assert resolve(shuffled) == found
    for entity in found.entities.values():
        main = {firms[int(key)][0] for key, _ in entity.members}
        assert not {"长沙青禾医疗有限公司", "上海青禾医疗有限公司"} <= main
        assert sum(name.endswith("有限公司") for name in main) <= 1 + ("青禾医疗股份有限公司" in main) - (
            "青禾医疗股份有限公司" in main and len(main) > 1
        )
