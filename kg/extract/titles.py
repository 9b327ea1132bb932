"""Posts of persons: the words between an organisation and a name, right before the name, or behind it."""

from __future__ import annotations

import re
from functools import cache

from kg import resources
from kg.read.wordlists import either

_LEFT = ' 　、，,:：;；·“”"（）()—-的兼和及与是为任系该我本由请即位有了'
_RIGHT = ' 　、，,:：;；·“”"（）()—-的'
_LONGEST = 30
_NEAR = 12
_BREAK = re.compile(r"[。！？；\n]")
_CLAUSE = re.compile(r"[，,：:（）()“”]")
#: What stands for the organisation itself before a post: 公司董事长, 园方招商经理.
_GENERIC = re.compile(
    r"^(?:.{0,12}(?:[率与]|后者|另有|其中|以及|的是)|(?:公司|集团|园方|校方|院方|该[院校司局])"
    r"|州(?=副?州长)|省(?=副?省长)|市(?=副?市长))"
)
#: 张三任甲药业总经理, 张三（甲药业总经理）
_HOLDS = re.compile(r"[^。！？；\n]{0,6}?(?:任|为|是|[，,（(：:　 ])[^。！？；\n]{0,6}")
#: 张三代表甲药业: a verb, no post.
_ACTS = re.compile(r"(?:分别|依次|先后)?代表")
#: A department whose name holds a 与: 化学与环境工程学院院长.
_DEPARTMENT = re.compile(
    r"[^、]{1,6}与[^、]{2,10}(?:学院|系|部|处|科|中心|所|室|事业部)(?:副?[院主部处科所室]长|副?主任|.{0,2}经理)"
)
_PARTY = re.compile(r"书记|常委|委员|党组|党委|党工委")
_PARTY_BODY = re.compile(r"(?:[省市区县州盟旗镇乡]委|党工委|党委)$")
_GOVERNMENT = re.compile(r"(?:政府|管委会|管理委员会)$")


@cache
def _heads() -> re.Pattern[str]:
    rows = resources.read_tsv(resources.data("lexicon", "titles.tsv"))
    return re.compile(either({w for row in rows for w in row["words"].split()}))


def title_in(text: str, *, of_organisation: bool = False) -> str | None:
    """The post in a stretch of text: up to its last head word, or None where it holds none.

    ``of_organisation``: the text follows its name, so that 与 is part of a department's (化学与环境工程学院院长).
    """
    last = None
    for last in _heads().finditer(text):  # noqa: B007 - the last match is wanted
        pass
    if last is None:
        return None
    title = _BREAK.split(text[: last.end()])[-1].lstrip(_LEFT).rstrip(_RIGHT)
    return title if of_organisation else _without_generic(title)


def _without_generic(title: str) -> str | None:
    return _GENERIC.sub("", title) or None


def title_between(
    text: str, organisation: tuple[int, int], person: tuple[int, int], *, stops: list[tuple[int, int]]
) -> str | None:
    """Post of a person at an organisation, both given by their spans; ``stops`` are the other names of the text.

    Read between the two, up to the next name; else behind the organisation where that follows the person;
    else in the words right before the person, else right behind.
    """
    if organisation[1] <= person[0]:
        end = min([s for s, _ in stops if organisation[1] <= s] + [person[0]])
        if end - organisation[1] <= _LONGEST and (
            found := title_in(text[organisation[1] : end], of_organisation=True)
        ):
            return _last_clause(found, of_organisation=True)
    elif organisation[0] - person[1] <= _NEAR and _HOLDS.fullmatch(text[person[1] : organisation[0]]):
        end = min([s for s, _ in stops if s >= organisation[1]] + [organisation[1] + _LONGEST])
        behind = re.split(r"[，。；！？）)\n]", text[organisation[1] : end].lstrip("）)”的 　"))[0]
        if found := title_in(behind):
            return found
    start = max([e for _, e in stops if e <= person[0]] + [max(0, person[0] - _LONGEST)])
    if found := title_in(text[start : person[0]]):
        return _last_clause(found)
    end = min([s for s, _ in stops if s >= person[1]] + [person[1] + _LONGEST])
    behind = _BREAK.split(text[person[1] : end])[0]
    return None if _ACTS.match(behind) else title_in(behind)


def _last_clause(title: str, *, of_organisation: bool = False) -> str | None:
    last = _CLAUSE.split(title)[-1].lstrip(_LEFT)
    return last if of_organisation and _DEPARTMENT.fullmatch(last) else _without_generic(last)


def of_body(title: str, body: str, *, is_place: bool) -> str:
    """The posts that belong to a body, of those that a person holds in one breath.

    无锡市委副书记、市长: 副书记 is of the Party committee, 市长 of the government or the place.
    """
    posts = title.split("、")
    party = [post for post in posts if _PARTY.search(post)]
    others = [post for post in posts if not _PARTY.search(post)]
    if not party or not others:
        return title
    if _PARTY_BODY.search(body):
        return "、".join(party)
    return "、".join(others) if is_place or _GOVERNMENT.search(body) else title
