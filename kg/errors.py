"""Errors that a user can act on: each says what failed, where, and what to do."""


class KgError(Exception):
    """Base of every error that the command line shows as a message instead of a traceback."""


class ReadError(KgError):
    """A source could not be read (missing, binary, undecodable, no article in it)."""


class AnnotationError(KgError):
    """An annotation file does not have the form of the annotation guidelines."""


class StoreError(KgError):
    """A store could not be opened, read or written."""


class QueryError(KgError):
    """A query is unknown, lacks a parameter, or is not valid SPARQL."""


class DecisionError(KgError):
    """A decisions file cannot be applied; the message names the row."""
