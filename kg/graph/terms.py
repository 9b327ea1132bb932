"""The terms of the ontology and of the vocabularies it builds on, as IRI nodes.

The ontology's namespace is fixed; the base of ids is a parameter of a build (kg.resolve.DEFAULT_BASE).
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

ONTOLOGY = "https://w3id.org/health-industry-kg/ontology"
VERSION = "0.1.0"


class Namespace:
    """Makes IRI nodes of one namespace: ``KG.party`` or ``KG["party"]``."""

    def __init__(self, prefix: str, iri: str) -> None:
        self.prefix = prefix
        self.iri = iri

    def __getitem__(self, name: str) -> NamedNode:
        return NamedNode(self.iri + name)

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return NamedNode(self.iri + name)

    def local(self, node: NamedNode) -> str | None:
        """The name of a node of this namespace; None for a node of another."""
        return node.value[len(self.iri) :] if node.value.startswith(self.iri) else None


KG = Namespace("kg", f"{ONTOLOGY}#")
AGREEMENT_TYPE = Namespace("agt", "https://w3id.org/health-industry-kg/agreement-type#")
STATUS = Namespace("ags", "https://w3id.org/health-industry-kg/agreement-status#")
QUANTITY = Namespace("qty", "https://w3id.org/health-industry-kg/quantity#")
SECTOR = Namespace("sec", "https://w3id.org/health-industry-kg/sector#")
RDF = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("owl", "http://www.w3.org/2002/07/owl#")
XSD = Namespace("xsd", "http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("skos", "http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("dcterms", "http://purl.org/dc/terms/")
DC = Namespace("dc", "http://purl.org/dc/elements/1.1/")
PROV = Namespace("prov", "http://www.w3.org/ns/prov#")
OA = Namespace("oa", "http://www.w3.org/ns/oa#")
ORG = Namespace("org", "http://www.w3.org/ns/org#")
SCHEMA = Namespace("schema", "https://schema.org/")

#: Prefixes that queries may use without declaring them and that Turtle and TriG exports declare.
PREFIXES: dict[str, str] = {
    space.prefix: space.iri
    for space in (
        KG,
        AGREEMENT_TYPE,
        STATUS,
        QUANTITY,
        SECTOR,
        RDF,
        RDFS,
        OWL,
        XSD,
        SKOS,
        DCTERMS,
        DC,
        PROV,
        OA,
        ORG,
        SCHEMA,
    )
}

#: Where derived graphs live below the base of ids.
NAMES_GRAPH = "graph/names"
SIGNS_WITH_GRAPH = "graph/signs-with"
REGIONS_GRAPH = "graph/regions"
SECTORS_GRAPH = "graph/sectors"
GROUPS_GRAPH = "graph/groups"


def text(value: str, language: str | None = None) -> Literal:
    """A literal of text; what RDF cannot hold (lone surrogates) becomes U+FFFD."""
    safe = value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value
    return Literal(safe, language=language) if language else Literal(safe)
