"""The RDF dataset: ontology terms, documents as named graphs, stores, validation, exports."""

from kg.graph.load import WriteReport, write_graph
from kg.graph.stores import Store, open_store
from kg.graph.writer import Extractor

__all__ = ["Extractor", "Store", "WriteReport", "open_store", "write_graph"]
