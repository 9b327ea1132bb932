"""The ontology: complete in both languages, in step with the model and the writer, consistent under OWL RL."""

import re
from pathlib import Path

import owlrl
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS

from kg import resources
from kg.graph import terms
from kg.graph.reference import as_html, reference
from kg.graph.sectors import sectors_of
from kg.model import (
    AGREEMENT_STATUSES,
    AGREEMENT_TYPES,
    ENTITY_TYPES,
    QUANTITY_PROPERTIES,
    RELATION_SIGNATURES,
    RELATION_TYPES,
)
from tests.graph_samples import sample_store

KG = Namespace(terms.KG.iri)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.ontology("health-industry.ttl"))


@pytest.fixture(scope="module")
def concepts() -> Graph:
    return Graph().parse(resources.ontology("concepts.ttl"))


def own_terms(graph: Graph) -> list[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return sorted({s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)})


def test_every_term_has_label_definition_and_example_in_both_languages(ontology: Graph) -> None:
    for term in own_terms(ontology):
        for predicate in (RDFS.label, SKOS.definition):
            languages = [o.language for o in ontology.objects(term, predicate)]  # type: ignore[union-attr]
            assert sorted(languages) == ["en", "zh"], (term, predicate)
        examples = {o.language for o in ontology.objects(term, SKOS.example)}  # type: ignore[union-attr]
        assert examples == {"en", "zh"}, term
        assert str(term).startswith(terms.KG.iri), term


def test_labels_tell_terms_apart(ontology: Graph) -> None:
    for language in ("en", "zh"):
        labels = [
            str(o)
            for t in own_terms(ontology)
            for o in ontology.objects(t, RDFS.label)
            if o.language == language
        ]  # type: ignore[union-attr]
        assert len(labels) == len(set(labels)), sorted(x for x in labels if labels.count(x) > 1)


def test_every_property_has_domain_and_range(ontology: Graph) -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for prop in ontology.subjects(RDF.type, kind):
            assert (prop, RDFS.domain, None) in ontology, prop
            assert (prop, RDFS.range, None) in ontology, prop


def test_it_has_version_licence_and_titles(ontology: Graph) -> None:
    iri = URIRef(terms.ONTOLOGY)
    assert ontology.value(iri, OWL.versionIRI) == URIRef(f"{terms.ONTOLOGY}/{terms.VERSION}")
    assert str(ontology.value(iri, OWL.versionInfo)) == terms.VERSION
    assert ontology.value(iri, DCTERMS.license) is not None
    assert {o.language for o in ontology.objects(iri, DCTERMS.title)} == {"en", "zh"}  # type: ignore[union-attr]


def test_it_has_all_types_and_relations_of_the_model(ontology: Graph) -> None:
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    properties = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    assert {KG[name] for name in (*ENTITY_TYPES, "Agreement", "Quantity", "Document", "Statement")} <= classes
    assert {KG[name] for name in RELATION_TYPES} <= properties


@pytest.mark.parametrize("relation", RELATION_TYPES)
def test_domains_and_ranges_are_those_of_the_model(ontology: Graph, relation: str) -> None:
    def members(predicate: URIRef) -> set[str]:
        found = set()
        for node in ontology.objects(KG[relation], predicate):
            union = ontology.value(node, OWL.unionOf)
            classes = list(ontology.items(union)) if union is not None else [node]
            for name in ENTITY_TYPES:
                if any(c in ontology.transitive_objects(KG[name], RDFS.subClassOf) for c in classes):
                    found.add(name)
        return found

    subjects, objects = RELATION_SIGNATURES[relation]  # type: ignore[index]
    assert members(RDFS.domain) == set(subjects)
    assert members(RDFS.range) == set(objects)


@pytest.mark.parametrize(
    ("space", "codes"),
    [
        (terms.AGREEMENT_TYPE, AGREEMENT_TYPES),
        (terms.STATUS, AGREEMENT_STATUSES),
        (terms.QUANTITY, QUANTITY_PROPERTIES),
    ],
)
def test_the_schemes_hold_the_words_of_the_model(
    concepts: Graph, space: terms.Namespace, codes: tuple[str, ...]
) -> None:
    found = {str(n) for c, n in concepts.subject_objects(SKOS.notation) if str(c).startswith(space.iri)}
    assert found == set(codes)
    assert all(
        str(c) == space.iri + str(concepts.value(c, SKOS.notation))
        for c in concepts.subjects(SKOS.notation)
        if str(c).startswith(space.iri)
    )


def test_every_concept_has_labels_definition_and_scheme(concepts: Graph) -> None:
    for concept in concepts.subjects(RDF.type, SKOS.Concept):
        for predicate in (SKOS.prefLabel, SKOS.definition):
            languages = sorted(o.language for o in concepts.objects(concept, predicate))  # type: ignore[union-attr]
            assert languages == ["en", "zh"], concept
        examples = {o.language for o in concepts.objects(concept, SKOS.example)}  # type: ignore[union-attr]
        assert examples == {"en", "zh"}, concept
        scheme = concepts.value(concept, SKOS.inScheme)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in concepts
        top = concepts.value(concept, SKOS.topConceptOf) == scheme
        broader = concepts.value(concept, SKOS.broader)
        assert top != (broader is not None), concept
        assert broader is None or concepts.value(broader, SKOS.inScheme) == scheme


#: The terms of FIBO (Foundations, Agreements) that we align with; rdflib knows the other vocabularies.
FIBO = {
    "Agreements/Agreement",
    "Contracts/Contract",
    "Contracts/hasContractParty",
    "Contracts/hasExecutionDate",
}
FIBO_BASE = "https://spec.edmcouncil.org/fibo/ontology/FND/Agreements/"
VOCABULARIES = (ORG, PROV, SDO, SKOS, DCTERMS)


def aligned(ontology: Graph) -> set[URIRef]:
    """What our terms are aligned with, outside our own namespace."""
    predicates = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso, SKOS.closeMatch)
    return {
        other
        for term in own_terms(ontology)
        for predicate in predicates
        for other in ontology.objects(term, predicate)
        if isinstance(other, URIRef) and not other.startswith(terms.KG.iri)
    }


def test_it_is_aligned_with_terms_that_exist(ontology: Graph) -> None:
    found = aligned(ontology)
    assert {str(t).removeprefix(FIBO_BASE) for t in found if t.startswith(FIBO_BASE)} == FIBO
    for vocabulary, least in ((ORG, 4), (PROV, 5), (SDO, 20)):
        assert len([t for t in found if t.startswith(str(vocabulary))]) >= least, vocabulary
    for term in found:
        if str(term).startswith((FIBO_BASE, terms.OA.iri, str(RDF))):
            continue
        (home,) = [vocabulary for vocabulary in VOCABULARIES if term.startswith(str(vocabulary))]
        assert term in home, term
    assert URIRef(f"{SDO}NoSuchThing") not in SDO, "rdflib knows what there is"


def test_each_class_of_a_page_has_a_counterpart_elsewhere(ontology: Graph) -> None:
    for name in (*ENTITY_TYPES, "Agreement", "Quantity", "Document", "Statement", "Evidence", "Mention"):
        above = {
            other
            for c in ontology.transitive_objects(KG[name], RDFS.subClassOf)
            for p in (RDFS.subClassOf, SKOS.closeMatch)
            for other in ontology.objects(c, p)
        }
        assert any(not str(other).startswith(terms.KG.iri) for other in above), name


def test_the_words_for_sectors_lead_to_concepts(concepts: Graph) -> None:
    known = {str(c).removeprefix(terms.SECTOR.iri) for c in concepts.subjects(RDF.type, SKOS.Concept)}
    used = {row["sector"] for row in resources.read_tsv(resources.data("sectors.tsv"))}
    assert used <= known
    assert sectors_of(["湘江数字健康产业园"]) == ["digital_health"]
    assert "biopharma" not in sectors_of(["成都中医药大学"])
    assert sectors_of(["华西医美健康城", "康养小镇"]) == ["elderly_care", "aesthetic_medicine"]
    assert sectors_of(["雨花经开区"]) == []


def test_the_graph_uses_no_term_that_is_not_defined(ontology: Graph, concepts: Graph) -> None:
    defined = {str(t) for t in own_terms(ontology)} | {
        str(c) for c in concepts.subjects(RDF.type, SKOS.Concept)
    }
    spaces = tuple(
        s.iri for s in (terms.KG, terms.AGREEMENT_TYPE, terms.STATUS, terms.QUANTITY, terms.SECTOR)
    )
    used = {
        node.value
        for quad in sample_store().quads()
        for node in (quad.predicate, quad.object)
        if hasattr(node, "value") and node.value.startswith(spaces)
    }
    assert used <= defined
    assert len(used) > 50


def closure(*graphs: Graph) -> list[str]:
    """Errors that OWL RL finds in the union of the graphs."""
    union = Graph()
    for graph in graphs:
        union += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(union)
    daml = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")
    return [str(o) for o in union.objects(None, daml.error)]


def test_the_sample_graph_is_consistent_with_the_ontology(ontology: Graph, concepts: Graph) -> None:
    sample = Graph()
    for quad in sample_store().quads():
        sample.parse(data=f"{quad.triple} .", format="nt")
    assert closure(ontology, concepts, sample) == []


def test_the_reasoner_would_see_an_inconsistency(ontology: Graph) -> None:
    both = Graph()
    both.add((KG.x, RDF.type, KG.Firm))
    both.add((KG.x, RDF.type, KG.Person))
    assert closure(ontology, both)


DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_the_reference_page_is_current_and_has_no_gap(ontology: Graph, concepts: Graph) -> None:
    page = (DOCS / "ontology.md").read_text("utf-8")
    assert page == reference(), "run: python -m kg.graph.reference > docs/ontology.md"
    for term in own_terms(ontology):
        name = str(term).removeprefix(terms.KG.iri)
        section = page.partition(f'<a id="{name}"></a>\n\n### kg:{name}\n')[2].partition("\n### ")[0]
        for predicate in (RDFS.label, SKOS.definition, SKOS.example):
            for text in ontology.objects(term, predicate):
                assert str(text) in section, (name, text)
    for concept in concepts.subjects(RDF.type, SKOS.Concept):
        assert f"| {concepts.value(concept, SKOS.notation)} |" in page, concept
    anchors = re.findall(r'<a id="([\w-]+)">', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\(#([\w-]+)\)", page)) <= set(anchors), "a link within the page leads nowhere"


def test_the_reference_page_is_there_for_a_browser_too() -> None:
    page = (DOCS / "ontology.html").read_text("utf-8")
    assert page == as_html(reference()), "run: python -m kg.graph.reference --html > docs/ontology.html"
    assert page.count("<table>") == reference().count("\n|---") > 3
    assert not re.search(r"<(script|link|img)", page), "it needs nothing beside it"
    assert "<td>" in page
    assert "|---|" not in page
