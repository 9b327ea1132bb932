"""Parts of the server that need no server: keywords of queries, negotiation, addresses, the map of partners."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from kg.dossier.model import Dossier, Link, Named, Relations, Signing
from kg.errors import QueryError
from kg.serve.guard import check, keywords, names_dataset
from kg.serve.negotiate import best, language
from kg.serve.partners import partner_map
from kg.serve.site import Kept, Links, path_of
from kg.words import Words, web_address

OFFERED = ("text/turtle", "application/ld+json", "text/html")
QUOTED = st.text(st.characters(exclude_characters="\\\"'\n\r", exclude_categories=["Cs"]))


@given(QUOTED)
def test_words_inside_strings_comments_and_names_are_no_keywords(text):
    query = (
        f'SELECT ?service {{ ?from service:from "{text} SERVICE" . # SERVICE {text}\n'
        " <urn:service> ?p '''SERVICE \"''' }}"
    )
    assert keywords(query) == {"SELECT"}
    check(query)
    assert not names_dataset(query)


@given(QUOTED, st.sampled_from(["SERVICE", "service", "SerVice"]))
def test_a_call_of_another_server_is_seen_behind_anything(text, word):
    with pytest.raises(QueryError, match="SERVICE"):
        check(f'SELECT * {{ ?a ?b "{text}" . {word} <http://h/> {{ ?s ?p ?o }} }}')


def test_the_dataset_clause_is_seen():
    assert names_dataset("SELECT * FROM <urn:g> { ?s ?p ?o }")
    assert names_dataset("SELECT * from named <urn:g> { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/ld+json;q=0.5, text/*;q=0.4", "application/ld+json"),
        ("text/*, text/turtle;q=0", "text/html"),
        ("TEXT/TURTLE; charset=utf-8", "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=oops", None),
        (",;q=1,", "text/turtle"),
    ],
)
def test_the_form_that_a_client_prefers(accept, kind):
    assert best(accept, OFFERED) == kind


@given(st.text())
def test_any_header_is_understood_somehow(header):
    assert best(header, OFFERED) in (*OFFERED, None)
    assert language(header) in ("zh", "en")


def test_the_language_that_a_reader_prefers():
    assert language(None) == language("zh-CN,zh;q=0.9,en;q=0.8") == language("fr") == "zh"
    assert language("en-GB,en;q=0.9,zh;q=0.5") == "en"


def test_an_iri_with_a_path_of_its_own_is_shown_there():
    assert path_of("https://w3id.org/kg/id/firm/甲-1") == "/kg/id/firm/甲-1"
    for other in (
        "urn:x:y",
        "https://h/p#f",
        "https://h/p?q",
        "https://h/",
        "javascript:alert(1)",
        "http://[bad",
    ):
        assert path_of(other) is None


@given(st.text(min_size=1).filter(lambda name: not any(0xD800 <= ord(c) <= 0xDFFF for c in name)))
def test_an_address_never_leaves_its_attribute(name):
    links = Links(
        Request(
            {
                "type": "http",
                "path": "/",
                "query_string": b"lang=en",
                "headers": [],
                "server": ("h", 80),
                "scheme": "http",
                "method": "GET",
            }
        )
    )
    address = links.to("/search", q=name)
    assert address.startswith("/search?q=")
    assert address.endswith("&lang=en")
    assert not set(address) & set("<>\"' \n")


def test_only_web_addresses_become_links():
    assert web_address("https://例子.中国/a") == "https://例子.中国/a"
    for other in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//host",
        "http://",
        "",
        None,
        "http://[",
        " https:x",
    ):
        assert web_address(other) is None


def test_texts_kept_are_the_ones_used_last():
    kept = Kept(2)
    kept.put("a", "1")
    kept.put("b", "2")
    assert kept.get("a") == "1"
    kept.put("c", "3")
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("1", None, "3")


def test_quantities_read_well_in_both_languages():
    zh, en = Words("zh"), Words("en")
    assert (zh.quantity(2.4e8, "CNY"), en.quantity(2.4e8, "CNY")) == ("2.4亿元", "CNY 240 million")
    assert (zh.quantity(60000, "m2"), en.quantity(60000, "m2")) == ("6万平方米", "60,000 m²")
    assert (zh.quantity(11.5, "percent"), en.quantity(11.5, "percent")) == ("11.5%", "11.5%")
    assert (zh.quantity(5e6, "USD"), en.quantity(130, "count")) == ("500万 USD", "130")
    assert zh.term("←settledIn") == "←入驻者"
    assert zh.term("某公司") == "某公司"


def some_dossier(count):
    """An entity with ``count`` neighbours, every third by an agreement."""
    centre = Named("urn:c", "中心", "Park")
    others = [Named(f"urn:{n}", f"第{n}家" * 6, "Firm") for n in range(count)]
    acts = tuple(
        Signing(f"urn:a{n}", "supply", "signed", (centre, other), None, None, None, None, ())
        for n, other in enumerate(others)
        if n % 3 == 0
    )
    links = tuple(Link(other, None, ()) for other in others)
    return Dossier(centre, (), (), (), acts, (Relations("settledIn", True, links),), (), ())


@pytest.mark.parametrize("count", [1, 2, 3, 10, 28, 90])
def test_names_on_the_map_do_not_cover_each_other(count):
    found = partner_map(some_dossier(count))
    assert found.total == count
    assert len(found.spots) == min(count, 28)
    # Partners of agreements come first and are nearest to the middle.
    assert found.spots[0].agreements == 1
    for side in ("left", "right"):
        rows = sorted(spot.y for spot in found.spots if spot.side == side)
        assert all(lower - upper >= 20 for upper, lower in pairwise(rows))
        assert all(12 <= y <= found.height - 12 for y in rows)
    assert partner_map(some_dossier(0)) is None
