"""The dossier of one entity: everything the store says of it, for the terminal and for the server's pages."""

from kg.dossier.model import Dossier
from kg.dossier.read import read_dossier
from kg.dossier.search import Candidate, search_entities

__all__ = ["Candidate", "Dossier", "read_dossier", "search_entities"]
