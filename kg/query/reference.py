"""Writes docs/queries.md, the list of questions that the graph answers: ``python -m kg.query.reference``."""

from __future__ import annotations

import sys

from kg.query.catalogue import NamedQuery, list_queries

_HEAD = """# Questions the graph answers · 图谱能回答的问题

Each is a named query: `kg query NAME [key=value …] --store DIR`. Parameters that name an entity take any of its names,
or a part of one. Made from kg/query/queries by `python -m kg.query.reference`; edit the .rq files, not this page.

每个问题都是一个命名查询：`kg query 名称 [参数=值 …] --store 目录`。指代实体的参数可写任一名称或其一部分。
"""


def reference() -> str:
    """The page in Markdown."""
    queries = list_queries()
    rows = [f"| [{q.name}](#{q.name}) | {q.title_zh} | {q.title_en} |" for q in queries]
    table = "\n".join(["| query | 问题 | question |", "|---|---|---|", *rows])
    return "\n\n".join([_HEAD.rstrip(), table, *map(_section, queries)]) + "\n"


def _section(query: NamedQuery) -> str:
    lines = [
        f"## {query.name}",
        "",
        f"**{query.title_zh} · {query.title_en}**",
        "",
        query.zh,
        "",
        query.en,
        "",
    ]
    for parameter in query.parameters:
        need = "required" if parameter.required else "optional"
        choices = f" ({', '.join(parameter.detail)})" if parameter.kind == "choice" else ""
        lines.append(
            f"- `{parameter.name}` ({parameter.kind}, {need}): {parameter.zh} · {parameter.en}{choices}"
        )
    if query.parameters:
        lines.append("")
    columns = " | ".join(f"{column.name}" for column in query.columns)
    meanings = " | ".join(f"{column.zh}" for column in query.columns)
    lines += [f"| {columns} |", "|" + "---|" * len(query.columns), f"| {meanings} |"]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(reference())
