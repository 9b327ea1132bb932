"""Calls of every named query: without its optional parameters, and with each of them alone."""

from collections.abc import Iterator

from kg.query import list_queries
from tests.graph_samples import MORE_PAGES, PAGES

#: Pages on which every query has an answer.
ALL_PAGES = (
    PAGES
    + MORE_PAGES
    + """
=== z-brands
published: 2025-05-06
--- text
长沙岚屿医疗科技有限公司与上海岚屿医疗科技有限公司同日开业。
--- facts
E Firm 长沙岚屿医疗科技有限公司
E Firm 上海岚屿医疗科技有限公司
"""
)

#: A value for each parameter that is no choice; the sample pages know the names.
VALUES = {
    "association": "湖南青禾商会",
    "confidence": "0.75",
    "entity": "麓谷康泰",
    "event": "雨花区康养产业对接会",
    "firm": "长沙岚屿医疗科技有限公司",
    "founded": "康护联合创新中心",
    "host": "星城医疗器械产业园",
    "investor": "苏州澄心资本",
    "issuer": "余杭区卫健局",
    "name": "麓谷",
    "on": "2024-12",
    "organisation": "麓谷康泰",
    "parent": "麓谷康泰",
    "park": "成都天回药谷",
    "party": "麓谷康泰",
    "person": "郑一帆",
    "producer": "麓谷康泰",
    "project": "星城康护项目",
    "recipient": "杭州远岫生物",
    "region": "成都",
    "since": "2024-06",
    "subject": "成都天回药谷",
    "target": "蓝鲸诊断",
}


def calls() -> Iterator[tuple[str, dict[str, str]]]:
    """Names of queries with values of parameters."""
    for query in list_queries():
        needed = {p.name: VALUES[p.name] for p in query.parameters if p.required}
        yield query.name, needed
        for parameter in query.parameters:
            if not parameter.required:
                values = parameter.detail if parameter.kind == "choice" else [VALUES[parameter.name]]
                # Of a long list of choices the first and the last will do.
                for value in dict.fromkeys((values[0], values[-1])):
                    yield query.name, {**needed, parameter.name: value}
