"""What a query may not do, and which clauses it has, told from its words alone.

Oxigraph would follow SERVICE to any address that the server reaches, so such queries are refused before they
run. Strings, IRIs, comments, variables and prefixed names are skipped: what is left are keywords.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<skip>
        \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
      | <[^<>"{}|^`\\\x00-\x20]*>
      | \#[^\n\r]*
      | [?$@][\w-]+
      | [\w.-]*:(?:[\w.:%-]|\\.)*
      )
      | (?P<word>[A-Za-z]+) | .""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def keywords(sparql: str) -> set[str]:
    """The bare words of a query, in capitals."""
    return {match["word"].upper() for match in _TOKEN.finditer(sparql) if match["word"]}


def check(sparql: str) -> None:
    """Raise QueryError where the query would ask another server.

    The text is looked at with its codepoint escapes and without, since parsers differ in when they undo them.
    """
    plain = _ESCAPE.sub(_unescape, sparql)
    if "SERVICE" in keywords(sparql) | keywords(plain):
        raise QueryError("SERVICE is not allowed here: this endpoint answers from its own store only")


def names_dataset(sparql: str) -> bool:
    """Whether the query has a dataset clause of its own (FROM, FROM NAMED)."""
    return "FROM" in keywords(sparql)


def _unescape(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"
