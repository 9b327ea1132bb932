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


AGREEMENT = "?x a kg:Agreement ; kg:amount ?any"
FIGURE = "?x a kg:Quantity ; kg:quantityKind qty:landArea"
STATEMENT = "?x a kg:Statement ; rdf:predicate kg:settledIn"
ROLE = "?x a kg:Statement ; rdf:predicate kg:hasRole"
EVIDENCE = "?x a kg:Evidence"
MENTION = "?x a kg:Mention"
DOCUMENT = "?x a kg:Document"
AGENT = "?x a prov:SoftwareAgent"
DIVISION = '?x a kg:Division ; kg:level "city"'
FIRM = '?x a kg:Firm ; rdfs:label "蓝鲸诊断"'
PARK = '?x a kg:Park ; rdfs:label "星城医疗器械产业园"'
GRAPH = "?x a kg:DerivedGraph"
NEW = "<https://example.org/new>"

#: (what the report must say, changes that break the graph)
BREAKS: list[tuple[str, list[str]]] = [
    (
        "a named thing needs a name",
        [
            f"DEL ?x rdfs:label ?n . ?x skos:prefLabel ?n WHERE {FIRM} ; rdfs:label ?n",
            "DEL ?x skos:prefLabel ?n WHERE ?x skos:prefLabel ?n",
        ],
    ),
    ("a thing has one preferred name", ['ADD ?x skos:prefLabel "另名" WHERE ?x skos:prefLabel "蓝鲸诊断"']),
    ("an alias is a text that is not empty", [f'ADD ?x skos:altLabel "" WHERE {FIRM}']),
    ("the home region is one administrative division", [f"ADD ?x kg:inRegion {NEW} WHERE {FIRM}"]),
    (
        "a possible group links two organisations",
        [f'ADD {NEW} a kg:GroupLink ; kg:linkedFirm ?x ; kg:brand "蓝鲸" ; kg:confidence 0.5 WHERE {FIRM}'],
    ),
    (
        "a possible group names the brand that both share",
        [f"ADD {NEW} a kg:GroupLink ; kg:linkedFirm ?x ; kg:confidence 0.5 WHERE {FIRM}"],
    ),
    ("a thing has one type only", [f"ADD ?x a kg:Person WHERE {FIRM}"]),
    (
        "no fact and no mention leads to this thing",
        [f'ADD {NEW} a kg:Firm ; rdfs:label "孤" WHERE {DOCUMENT}'],
    ),
    (
        "a relation without a statement that says where it was read",
        [f"ADD ?x kg:operates ?y WHERE {FIRM} . ?y a kg:Park"],
    ),
    ("an agreement needs parties", [f"DEL ?x kg:party ?p WHERE {AGREEMENT} ; kg:party ?p"]),
    ("an agreement needs parties, each", [f"ADD ?x kg:party ?p WHERE {AGREEMENT} . ?p a kg:Person"]),
    (
        "one type of the scheme of agreement types",
        [f"DEL ?x kg:agreementType ?t WHERE {AGREEMENT} ; kg:agreementType ?t"],
    ),
    (
        "one type of the scheme of agreement types",
        [f"ADD ?x kg:agreementType agt:marriage WHERE {AGREEMENT}"],
    ),
    ("one status: signed", [f"ADD ?x kg:status ags:planned WHERE {AGREEMENT}"]),
    ("the day of signing is one date", [f'ADD ?x kg:date "2024"^^xsd:gYear WHERE {AGREEMENT}']),
    (
        "the day of signing is one date",
        [
            f"DEL ?x kg:date ?d WHERE {AGREEMENT} ; kg:date ?d",
            f'ADD ?x kg:date "2024-13"^^xsd:gYearMonth WHERE {AGREEMENT}',
        ],
    ),
    ("signed at one event at most", [f"ADD ?x kg:signedAt ?p WHERE {AGREEMENT} ; kg:party ?p"]),
    ("the amount is one number above zero", [f"ADD ?x kg:amount -5.0 WHERE {AGREEMENT}"]),
    (
        "the currency is an ISO 4217 code",
        [
            f"DEL ?x kg:currency ?c WHERE {AGREEMENT} ; kg:currency ?c",
            f'ADD ?x kg:currency "元" WHERE {AGREEMENT}',
        ],
    ),
    (
        "an amount and its currency come together",
        [f"DEL ?x kg:currency ?c WHERE {AGREEMENT} ; kg:currency ?c"],
    ),
    (
        "no statement says where the agreement was read",
        [f"DEL ?s kg:states ?x WHERE {AGREEMENT} . ?s kg:states ?x"],
    ),
    (
        "signed after the page was published",
        [
            f"DEL ?x kg:date ?d WHERE {AGREEMENT} ; kg:date ?d",
            f'ADD ?x kg:date "2024-06"^^xsd:gYearMonth WHERE {AGREEMENT}',
        ],
    ),
    ("a figure is of one named thing", [f"DEL ?x kg:quantityOf ?y WHERE {FIGURE} ; kg:quantityOf ?y"]),
    ("one kind of the scheme of figures", [f"ADD ?x kg:quantityKind qty:happiness WHERE {FIGURE}"]),
    ("a figure has one number", [f"DEL ?x kg:value ?v WHERE {FIGURE} ; kg:value ?v"]),
    ("a figure has one unit", [f'ADD ?x kg:unit "mu" WHERE {FIGURE}']),
    (
        "the unit does not fit the kind of figure",
        [f"DEL ?x kg:unit ?u WHERE {FIGURE} ; kg:unit ?u", f'ADD ?x kg:unit "CNY" WHERE {FIGURE}'],
    ),
    ("the date of a figure is one date", [f'ADD ?x kg:date "last year" WHERE {FIGURE}']),
    (
        "no statement says where the figure was read",
        [f"DEL ?s kg:states ?x WHERE {FIGURE} . ?s kg:states ?x"],
    ),
    ("a confidence is one number from 0 to 1", [f"ADD ?x kg:confidence 1.5 WHERE {STATEMENT}"]),
    ("a confidence is one number from 0 to 1", [f"ADD ?x kg:confidence 0.1 WHERE {MENTION}"]),
    (
        "what made the fact must be named",
        [f"DEL ?x prov:wasAttributedTo ?a WHERE {STATEMENT} ; prov:wasAttributedTo ?a"],
    ),
    (
        "a fact needs the sentence that states it",
        [f"DEL ?x oa:hasSelector ?e WHERE {STATEMENT} ; oa:hasSelector ?e"],
    ),
    ("a post or an honour is one text", [f'ADD ?x kg:roleTitle "一", "二" WHERE {ROLE}']),
    ("a statement states one relation", [f"DEL ?x rdf:object ?o WHERE {STATEMENT} ; rdf:object ?o"]),
    ("a statement states one relation", [f"ADD ?x kg:states ?a WHERE {STATEMENT} . ?a a kg:Agreement"]),
    ("the relation that is stated is not in the graph", ["DEL ?s kg:settledIn ?o WHERE ?s kg:settledIn ?o"]),
    ("a post or an honour must be named", [f"DEL ?x kg:roleTitle ?t WHERE {ROLE} ; kg:roleTitle ?t"]),
    ("evidence quotes a text that is not empty", [f"DEL ?x oa:exact ?t WHERE {EVIDENCE} ; oa:exact ?t"]),
    ("evidence has one start", [f"ADD ?x oa:start -1 WHERE {EVIDENCE}"]),
    ("evidence has one end", [f"DEL ?x oa:end ?t WHERE {EVIDENCE} ; oa:end ?t"]),
    (
        "evidence ends after its start",
        [f"DEL ?x oa:end ?t WHERE {MENTION} ; oa:end ?t", f"ADD ?x oa:end 0 WHERE {MENTION}"],
    ),
    (
        "evidence is quoted from one document",
        [f"DEL ?x prov:wasQuotedFrom ?d WHERE {MENTION} ; prov:wasQuotedFrom ?d"],
    ),
    ("a selector of a statement is evidence", [f"ADD ?x oa:hasSelector {NEW} WHERE {STATEMENT}"]),
    ("no statement uses this evidence", [f"ADD {NEW} a kg:Evidence WHERE {DOCUMENT}"]),
    ("a mention names one thing", [f"DEL ?x kg:mentions ?y WHERE {MENTION} ; kg:mentions ?y"]),
    ("a document has one name", [f'ADD ?x rdfs:label "另" WHERE {DOCUMENT}']),
    ("a document has one key", [f"DEL ?x dcterms:identifier ?y WHERE {DOCUMENT} ; dcterms:identifier ?y"]),
    (
        "a document says where it was read from",
        [f"DEL ?x kg:sourcePath ?y WHERE {DOCUMENT} ; kg:sourcePath ?y"],
    ),
    ("a document has a media type", [f"DEL ?x dcterms:format ?y WHERE {DOCUMENT} ; dcterms:format ?y"]),
    ("a document says what read it", [f"DEL ?x kg:extractedBy ?y WHERE {DOCUMENT} ; kg:extractedBy ?y"]),
    ("a content hash is a SHA-256", [f'ADD ?x kg:contentHash "abc" WHERE {DOCUMENT}']),
    ("the day of publication is one date", [f'ADD ?x dcterms:issued "yesterday" WHERE {DOCUMENT}']),
    ("a document has one title", [f'ADD ?x dcterms:title "另" WHERE {DOCUMENT}']),
    ("a document has one publisher", [f'ADD ?x dc:publisher "甲", "乙" WHERE {DOCUMENT}']),
    ("a document has one address", [f'ADD ?x schema:url "" WHERE {DOCUMENT}']),
    (
        "a copy is a copy of another document, which is none itself",
        [f"ADD ?x kg:copyOf ?x WHERE {DOCUMENT}"],
    ),
    (
        "a copy is a copy of another document, which is none itself",
        [f"ADD ?x kg:copyOf {NEW} WHERE {DOCUMENT}"],
    ),
    (
        "a copy is a copy of another document, which is none itself",
        [f"ADD ?x kg:copyOf {NEW} . {NEW} a kg:Document ; kg:copyOf kg:third WHERE {DOCUMENT}"],
    ),
    ("a document is a copy of one other at most", [f"ADD ?x kg:copyOf {NEW}, kg:Other WHERE {DOCUMENT}"]),
    ("a document has one fingerprint at most", [f'ADD ?x kg:fingerprint "a", "b" WHERE {DOCUMENT}']),
    ("a decision has one verdict", [f'ADD {NEW} a kg:Decision ; kg:verdict "maybe" WHERE {DOCUMENT}']),
    ("a decision is about one fact or two entities", [f"ADD {NEW} a kg:Decision WHERE {DOCUMENT}"]),
    ("a decision says in words what was decided", [f"ADD {NEW} a kg:Decision WHERE {DOCUMENT}"]),
    (
        "a decision is taken by one person",
        [f"ADD {NEW} a kg:Decision ; prov:wasAssociatedWith ?x WHERE {DOCUMENT}"],
    ),
    (
        "the day of a decision is one date",
        [f'ADD {NEW} a kg:Decision ; dcterms:date "soon" WHERE {DOCUMENT}'],
    ),
    ("nothing is said any more of an IRI", [f"ADD ?x dcterms:isReplacedBy {NEW} WHERE {FIRM}"]),
    ("an IRI gives way to one other", [f"ADD {NEW} dcterms:isReplacedBy kg:a, kg:b WHERE {DOCUMENT}"]),
    ("an extractor has a name", [f"DEL ?x schema:name ?y WHERE {AGENT} ; schema:name ?y"]),
    ("an extractor has a version", [f'ADD ?x schema:softwareVersion "9" WHERE {AGENT}']),
    ("says in both languages what it holds", [f"DEL ?x rdfs:comment ?y WHERE {GRAPH} ; rdfs:comment ?y"]),
    ("a division has its code", [f"DEL ?x dcterms:identifier ?y WHERE {DIVISION} ; dcterms:identifier ?y"]),
    ("a division has one level", [f'ADD ?x kg:level "planet" WHERE {DIVISION}']),
    ("a division has a name", [f"DEL ?x rdfs:label ?y WHERE {DIVISION} ; rdfs:label ?y"]),
    ("a division lies in one other division", [f"ADD ?x schema:containedInPlace {NEW} WHERE {DIVISION}"]),
    (
        "a division counts under one county",
        [f"DEL ?x kg:countyRegion ?y WHERE {DIVISION} ; kg:countyRegion ?y"],
    ),
    ("a division counts under one city", [f"DEL ?x kg:cityRegion ?y WHERE {DIVISION} ; kg:cityRegion ?y"]),
    (
        "a division counts under one province",
        [f"DEL ?x kg:provinceRegion ?y WHERE {DIVISION} ; kg:provinceRegion ?y"],
    ),
    ("a party signs with another", ['ADD ?x kg:signsWith "甲" WHERE ?x kg:signsWith ?y']),
    ("signing is mutual, and with another", ["ADD ?x kg:signsWith ?x WHERE ?x kg:signsWith ?y"]),
    ("a sector is a concept of the scheme", ["ADD ?x kg:inSector kg:Firm WHERE ?x kg:inSector ?y"]),
]


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
