"""``kg show``: the dossier in the terminal, candidates, and near names."""

import io
import json

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.dossier import read_dossier, search_entities
from kg.dossier.text import Writer
from kg.graph import open_store
from kg.words import Words
from tests.graph_samples import annotated, build
from tests.kg_server import HOSTILE, build_hostile, build_pages
from tests.sparql_server import oxigraph_server

FIRM = "湖南麓谷康泰医疗科技有限公司"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return build_pages(tmp_path_factory.mktemp("shown") / "store")


def show(store, *arguments):
    return CliRunner().invoke(main, ["show", *arguments, "--store", str(store)], prog_name="kg")


def dossier_of(store, name):
    with open_store(store) as opened:
        found, _ = search_entities(opened, name)
        return read_dossier(opened, found[0].entity.iri)


def test_facts_stand_by_relation_with_their_sentences(store):
    shown = show(store, "麓谷康泰")
    assert (shown.exit_code, shown.stderr) == (0, "")
    lines = [line.rstrip() for line in shown.stdout.splitlines()]
    assert lines[0].startswith(f"{FIRM}  企业")
    assert lines[1] == "又称 麓谷康泰"
    at = lines.index("任职者  2")
    assert lines[at + 1] == "  郑一帆  总经理"
    assert lines[at + 2].startswith(
        "    “麓谷康泰总经理郑一帆、成都市武侯区副区长何芷参加。” — 成都天回药谷与麓谷康泰"
    )
    assert "投资方  1" in lines
    assert "入驻  1" in lines
    assert lines[-1].startswith("  ")
    assert "见于报道  5" in lines


def test_agreements_stand_in_the_order_of_their_dates(store):
    dossier = dossier_of(store, "麓谷康泰")
    dates = [act.date for act in dossier.agreements]
    assert dates == sorted((d for d in dates if d), key=str) + [None] * dates.count(None)
    assert dates[:2] == ["2024-05-18", "2024-05-18"]
    # Two pages tell of the supply to the hospital: one agreement, two sentences.
    supply = next(a for a in dossier.agreements if "长沙市第九医院" in {p.label for p in a.parties})
    assert len({quote.page.name for quote in supply.quotes}) == 2
    assert dossier.partners()[0][0].label == "成都天回药谷"
    assert {who.label for who in dossier.others(supply)} == {"长沙市第九医院"}


def test_figures_and_money_are_written_as_people_write_them(store):
    park = show(store, "星城医疗器械产业园")
    assert "占地面积  6万平方米" in park.stdout
    assert "投资项目 · 已签署 · 2.4亿元  湖南麓谷康泰医疗科技有限公司  @开园签约仪式" in park.stdout
    english = show(store, "星城医疗器械产业园", "--language", "en")
    assert "Land area  60,000 m²" in english.stdout
    assert "Investment project · signed · CNY 240 million" in english.stdout


def test_an_event_shows_what_was_signed_there(store):
    event = show(store, "开园签约仪式")
    assert "协议  2" in event.stdout
    assert f"{FIRM}、长沙市第九医院" in event.stdout or f"长沙市第九医院、{FIRM}" in event.stdout


def test_several_candidates_are_listed_with_what_tells_them_apart(store):
    shown = show(store, "天回")
    assert shown.exit_code == 1
    assert "成都天回药谷  园区 · 武侯区 · 2 项协议，3 篇报道" in shown.stdout
    assert "https://w3id.org/" in shown.stdout
    assert "may mean" in shown.stderr
    one = show(store, "天回", "--type", "Park")
    assert (one.exit_code, one.stdout.splitlines()[0][:6]) == (0, "成都天回药谷")


def test_an_exact_name_goes_before_longer_ones(store):
    shown = show(store, "武侯区")
    assert (shown.exit_code, shown.stdout.startswith("武侯区  地区")) == (0, True)


def test_an_iri_names_one(store):
    iri = dossier_of(store, "蓝鲸诊断").entity.iri
    assert show(store, iri).stdout.startswith("蓝鲸诊断")
    assert show(store, "https://w3id.org/none").exit_code == 1


def test_nothing_found_names_what_is_near(store):
    shown = show(store, "蓝鲸诊段")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "蓝鲸诊断" in shown.stderr
    assert show(store, "   ").exit_code == 2


def test_the_dossier_as_json(store):
    found = json.loads(show(store, "蓝鲸诊断", "--format", "json").stdout)
    assert found["entity"]["type"] == "Firm"
    assert found["relations"][0]["links"][0]["quotes"][0]["page"]["name"]
    several = json.loads(show(store, "天回", "--format", "json").stdout)
    assert {each["entity"]["label"] for each in several} >= {"成都天回药谷"}


def test_every_sentence_on_request(store):
    short, long = show(store, "成都天回药谷").stdout, show(store, "成都天回药谷", "--all").stdout
    assert long.count("“") >= short.count("“")
    assert "--all" not in long


def test_lines_are_wrapped_at_the_terminal_and_indented(store):
    output = io.StringIO()
    Writer(output, Words("zh"), width=60).dossier(dossier_of(store, "麓谷康泰"))
    assert (
        max(sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in output.getvalue().splitlines()) <= 60
    )


def test_hostile_names_drive_no_terminal(tmp_path):
    store = build_hostile(tmp_path / "store")
    shown = show(store, HOSTILE[0])
    assert shown.exit_code == 0
    assert "\u202e" not in shown.stdout
    assert "\x1b" not in shown.stdout
    assert HOSTILE[3] in shown.stdout  # an emoji stays one
    assert HOSTILE[6] in shown.stdout
    assert show(store, '"} UNION { ?s ?p ?o } #').exit_code == 1


def test_a_server_gives_the_same_dossier(store):
    with open_store(store) as opened:
        iri = search_entities(opened, FIRM)[0][0].entity.iri
        local = read_dossier(opened, iri)
    with oxigraph_server() as address, open_store(address) as remote:
        build(remote, annotated())
        with open_store("memory:") as memory:
            build(memory, annotated())
            here = read_dossier(memory, iri)
        there = read_dossier(remote, iri)
    assert here == there
    assert local.entity == here.entity
