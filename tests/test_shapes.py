"""Every constraint of ontology/shapes.ttl has a graph that breaks it, and the sample graph breaks none."""

import warnings
from functools import cache

import pyoxigraph as ox
import pyshacl
import pytest
from pyoxigraph import NamedNode
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Literal as RdfLiteral

from kg import resources
from kg.graph import Store, open_store
from kg.graph.terms import KG
from kg.graph.validate import validate
from kg.graph.wording import Words, shortened, word_for
from kg.model import RELATION_SIGNATURES
from tests.graph_samples import annotated, build
from tests.shape_breaks import AGREEMENT, BREAKS, FIGURE, FIRM, NEW, PARK, ROLE, STATEMENT

SH = Namespace("http://www.w3.org/ns/shacl#")


@cache
def sample() -> bytes:
    """One page of the sample graph with its derived graphs, as N-Quads."""
    store = open_store("memory:")
    build(store, annotated()[:1])
    return ox.serialize(store.quads(), format=ox.RdfFormat.N_QUADS) or b""


def broken(*updates: str) -> Store:
    """The sample changed by SPARQL updates; ``ADD …`` adds triples to the page's graph, ``WHERE`` may follow."""
    native = ox.Store()
    native.load(sample(), format=ox.RdfFormat.N_QUADS)
    store = open_store("memory:")
    store.extend(iter(native))
    for update in updates:
        verb, _, rest = update.partition(" ")
        pattern, _, where = rest.partition(" WHERE ")
        clause = {"ADD": "INSERT", "DEL": "DELETE"}[verb]
        store.update(f"{clause} {{ GRAPH ?g {{ {pattern} }} }} WHERE {{ GRAPH ?g {{ {where or pattern} }} }}")
    return store


def messages(store: Store) -> set[str]:
    return {finding.message.en for finding in validate(store).findings}


def test_the_sample_graph_conforms() -> None:
    assert messages(broken()) == set()


@pytest.mark.parametrize(("message", "changes"), BREAKS, ids=[message for message, _ in BREAKS])
def test_a_broken_graph_is_found_out(message: str, changes: list[str]) -> None:
    found = messages(broken(*changes))
    assert any(message in text for text in found), found


def test_a_relation_between_the_wrong_types_is_found_out() -> None:
    changes = []
    for name, (subjects, objects) in RELATION_SIGNATURES.items():
        wrong = "kg:Person" if "Person" not in subjects else "kg:Event"
        changes.append(f"ADD ?x kg:{name} ?y WHERE ?x a {wrong} . ?y a kg:Park")
        wrong = "kg:Person" if "Person" not in objects else "kg:Event"
        changes.append(f"ADD ?x kg:{name} ?y WHERE {PARK} . ?y a {wrong}")
    found = messages(broken(*changes))
    for name in RELATION_SIGNATURES:
        assert f"a thing of this type cannot be the subject of {name}" in found
        assert f"a thing of this type cannot be the object of {name}" in found


def test_every_message_of_the_shapes_is_tried() -> None:
    shapes = Graph().parse(resources.ontology("shapes.ttl"))
    english = {
        str(m) for m in shapes.objects(None, SH.message) if isinstance(m, RdfLiteral) and m.language == "en"
    }
    sides = ("subject", "object")
    relations = tuple(f"cannot be the {side} of {name}" for name in RELATION_SIGNATURES for side in sides)
    tried = [message for message, _ in BREAKS]
    untried = {m for m in english if not m.endswith(relations) and not any(message in m for message in tried)}
    assert untried == set()


def test_every_class_has_a_shape() -> None:
    shapes = Graph().parse(resources.ontology("shapes.ttl"))
    ontology = Graph().parse(resources.ontology("health-industry.ttl"))
    targets = {*shapes.objects(None, SH.targetClass), *shapes.objects(None, SH.targetObjectsOf)}
    own = {c for c in ontology.subjects(RDF.type, OWL.Class) if str(c).startswith(KG.iri)}
    # A class above others has no instances of its own: each of its subclasses has its shape.
    above = {c for c in own if {*ontology.subjects(RDFS.subClassOf, c)} & own} - {URIRef(KG.Evidence.value)}
    assert own - above - targets == set()
    assert {str(c).rpartition("#")[2] for c in above} == {"NamedThing", "Actor", "AnyOrganization", "Host"}


def test_a_decision_and_a_copy_as_builds_write_them_conform() -> None:
    store = broken(
        f'ADD {NEW} a kg:Decision ; rdfs:label "蓝鲸诊断已入驻" ; kg:verdict "right" ; prov:used ?x ; '
        f'dcterms:date "2025-06"^^xsd:gYearMonth ; prov:wasAssociatedWith kg:chen . kg:chen a prov:Agent '
        f"WHERE {STATEMENT}",
        f"ADD kg:gone dcterms:isReplacedBy ?x WHERE {FIRM}",
    )
    assert messages(store) == set()


def test_every_constraint_speaks_both_languages() -> None:
    shapes = Graph().parse(resources.ontology("shapes.ttl"))
    for node in set(shapes.subjects(SH.message)):
        languages = sorted(
            m.language or "" for m in shapes.objects(node, SH.message) if isinstance(m, RdfLiteral)
        )
        assert languages == ["en", "zh"]


def test_the_shapes_are_well_formed_shacl_and_mean_the_same_to_pyshacl_alone() -> None:
    shapes = Graph().parse(resources.ontology("shapes.ttl"))
    ontology = Graph().parse(resources.ontology("health-industry.ttl"))
    store = broken(
        f"ADD ?x a kg:Person WHERE {FIRM}",
        f"DEL ?x kg:roleTitle ?t WHERE {ROLE} ; kg:roleTitle ?t",
        f"DEL ?x kg:currency ?c WHERE {AGREEMENT} ; kg:currency ?c",
    )
    data = Graph()
    for quad in store.quads():
        data.parse(data=f"{quad.triple} .", format="nt")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes, ont_graph=ontology, advanced=True, meta_shacl=True
        )
    focus = {str(node) for node in report.objects(None, SH.focusNode)}
    assert focus == {finding.node for finding in validate(store).findings}
    assert messages(store) <= {str(message) for message in report.objects(None, SH.resultMessage)}


def test_the_report_names_fact_and_page_in_both_languages() -> None:
    report = validate(broken(f"DEL ?x kg:roleTitle ?t WHERE {ROLE} ; kg:roleTitle ?t"))
    assert not report.conforms
    assert report.documents == 1
    (finding,) = report.findings
    assert finding.documents == ("a-xingcheng",)
    assert finding.fact.zh == "郑一帆 任职 湖南麓谷康泰医疗科技有限公司"
    assert report.text("zh").splitlines() == [
        "[错误] 页面 a-xingcheng：必须写明职务或称号：郑一帆 任职 湖南麓谷康泰医疗科技有限公司"
        "（原文：麓谷康泰董事长郑一帆出席。）",
        "1 处错误，0 处注意",
    ]
    assert report.text("en").splitlines() == [
        "[error] page a-xingcheng: a post or an honour must be named: 郑一帆 has a role at "
        "湖南麓谷康泰医疗科技有限公司 (the page says: 麓谷康泰董事长郑一帆出席。)",
        "1 error, 0 warnings",
    ]


def test_each_kind_of_fact_is_told_in_plain_words() -> None:
    report = validate(
        broken(
            f"DEL ?x kg:currency ?c WHERE {AGREEMENT} ; kg:currency ?c",
            f"DEL ?x kg:unit ?u WHERE {FIGURE} ; kg:unit ?u",
            f"ADD ?x kg:operates ?y WHERE {FIRM} . ?y a kg:Park",
            f"ADD ?x kg:agreementType agt:lease WHERE {AGREEMENT}",
            "DEL ?x rdfs:comment ?c WHERE ?x a kg:DerivedGraph ; rdfs:comment ?c . ?y kg:inRegion ?d",
        )
    )
    lines = report.text("zh").splitlines()
    deal = "星城医疗器械产业园、湖南麓谷康泰医疗科技有限公司 项目投资 240000000 2024-05-18"
    said = "（原文：星城医疗器械产业园与湖南麓谷康泰医疗科技有限公司（下称麓谷康泰）签署入园投资协议，总投资2.4亿元。）"
    assert f"[错误] 页面 a-xingcheng：金额与币种必须同时出现：{deal}{said}" in lines
    assert (
        "[错误] 页面 a-xingcheng：数字必须有且仅有一个单位：星城医疗器械产业园 占地面积 60000"
        "（原文：5月18日，星城医疗器械产业园在长沙市雨花区举行开园签约仪式。）" in lines
    )
    assert "[错误] 页面 a-xingcheng：该关系没有说明出处的陈述：蓝鲸诊断 运营 星城医疗器械产业园" in lines
    assert any(line.startswith("[错误] 推导图：推导图须以中英文说明内容") for line in lines)
    english = report.text("en")
    assert "蓝鲸诊断 operates 星城医疗器械产业园" in english
    assert "星城医疗器械产业园, 湖南麓谷康泰医疗科技有限公司 investment 240000000" in english
    told = [word for line in english.splitlines() for word in line.split(" (the page says")[0].split()]
    assert not any(word.startswith(("kg:", "oa:", "agt:", "<http")) for word in told), english


def test_a_long_text_is_cut_and_stays_on_its_line() -> None:
    assert shortened("一\n二") == "一 二"
    assert shortened("长" * 200) == "长" * 80 + "…"
    assert word_for(NamedNode("https://example.org/x")) is None


def test_a_warning_does_not_fail_the_graph() -> None:
    report = validate(
        broken(
            f"DEL ?x kg:date ?d WHERE {AGREEMENT} ; kg:date ?d",
            f'ADD ?x kg:date "2025"^^xsd:gYear WHERE {AGREEMENT}',
        )
    )
    assert report.conforms
    assert [finding.severity for finding in report.findings] == ["warning"]
    assert report.findings[0].value == Words("2025", "2025")


def test_progress_is_told() -> None:
    calls: list[tuple[int, int]] = []
    validate(broken(), progress=lambda done, of: calls.append((done, of)))
    assert calls[-1] == (1, 1)
    assert validate(open_store("memory:")).conforms
