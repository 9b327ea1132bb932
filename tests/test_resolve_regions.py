"""Home regions: what they rest on, and that the stronger ground wins."""

from kg.resolve.regions import REGION_CONFIDENCE
from tests.resolve_notes import note, resolved


def homes(
    *parts: tuple[str, ...], relations: tuple[tuple[str, int, int], ...] = ()
) -> dict[str, tuple[str | None, ...]]:
    found = resolved(note(*parts, relations=relations))
    return {entity.name: (entity.region, entity.region_basis) for entity in found.entities.values()}


def test_each_ground_gives_a_region_and_is_named() -> None:
    found = homes(
        ("Place", "成都市"),
        ("Firm", "苏州青禾医疗有限公司"),
        ("Park", "白鹭药谷"),
        ("Place", "锦江区"),
        ("GovernmentBody", "市政府"),
        ("Firm", "白桦药业"),
        ("Park", "望江药谷"),
        ("Firm", "赤松生物"),
        ("GovernmentBody", "国家药监局"),
        ("Person", "林述"),
        relations=(("locatedIn", 2, 3), ("locatedIn", 3, 0), ("settledIn", 5, 2), ("settledIn", 1, 2)),
    )
    assert found["苏州青禾医疗有限公司"] == ("320500", "name")
    assert found["白鹭药谷"] == ("510104", "location")
    assert found["市政府"] == ("510100", "context")
    assert found["白桦药业"] == ("510100", "settlement")
    assert found["望江药谷"] == ("510100", "document")
    assert found["赤松生物"] == found["国家药监局"] == found["林述"] == (None, None)
    assert {basis for _, basis in found.values() if basis} == REGION_CONFIDENCE.keys()


def test_a_page_about_two_cities_is_at_home_in_neither() -> None:
    found = homes(
        ("Place", "成都市"), ("Place", "长沙市"), ("Park", "望江药谷"), ("GovernmentBody", "市政府")
    )
    assert found["望江药谷"] == found["市政府"] == (None, None)


def test_a_firm_that_settled_in_two_cities_has_no_home() -> None:
    found = homes(
        ("Firm", "白桦药业"),
        ("Place", "成都市"),
        ("Place", "长沙市"),
        relations=(("settledIn", 0, 1), ("settledIn", 0, 2)),
    )
    assert found["白桦药业"] == (None, None)
