"""Reprints: damaged and cut copies are found, digests and filled-in forms are not."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Agreement, Annotation, Entity
from kg.read import read_text
from kg.reprints import Candidate, find_copies, signature
from tests.read_damage import inject, shift

SENTENCES = (
    "星城生命科学园昨天上午举行今年第二批项目集中签约，园区负责人介绍了上半年的建设进度。",
    "湖南麓谷青禾医疗科技有限公司将在园内建设影像设备的生产线，计划明年三季度投产。",
    "双方约定，设备厂房按照两层钢结构设计，由园区代建，企业在五年内分期回购。",
    "与会专家说，影像设备的核心部件长期依赖进口，本地配套成熟以后成本有望下降两成。",
    "市中心医院同意为新设备提供临床验证的场地，并派出放射科的三位医师参与方案讨论。",
    "园区还为来访的企业安排了参观，介绍了公共检测平台的收费标准和预约办法。",
    "据介绍，园内目前有企业四十余家，去年合计产值同比增长百分之十二。",
    "签约之后，双方组织了一场对接会，十余家零部件厂商带来了样品。",
)
OTHER = "记者从东湖区卫健局获悉，今年将为社区卫生服务中心配备移动体检车，覆盖偏远村庄的老年居民。" * 3
RELEASE = "".join(SENTENCES)


def page(key: str, text: str, *names: str, facts: int = 0, published: str | None = None) -> Candidate:
    entities = tuple(Entity(id=f"e{n}", type="Firm", name=name) for n, name in enumerate(names))
    signed = tuple(
        Agreement(id=f"a{n}", type="supply", status="signed", parties=("e0",)) for n in range(facts)
    )
    told = Annotation(doc=key, published=published, entities=entities, agreements=signed)
    return Candidate(key, signature(read_text(text, key=key)), told, published)


def test_the_same_text_is_one_source() -> None:
    pages = [page("b", RELEASE), page("a", RELEASE), page("c", OTHER)]
    assert find_copies(pages) == {"b": "a"}


def test_the_page_with_most_facts_leads_then_the_earliest() -> None:
    cut = "".join(SENTENCES[:-1])
    pages = [
        page("a", RELEASE, "青禾", published="2025-05-03"),
        page("b", cut, "青禾", facts=2, published="2025-05-09"),
        page("c", RELEASE, "青禾", published="2025-05-01"),
    ]
    assert find_copies(pages) == {"a": "b", "c": "b"}
    assert find_copies([pages[0], pages[2]]) == {"a": "c"}


def test_a_damaged_copy_is_found() -> None:
    for seed, share in ((1, 0.0), (2, 0.3), (3, 0.6)):
        hurt = shift(inject(RELEASE, seed=seed), seed=seed, share=share)
        assert hurt != RELEASE
        assert find_copies([page("a", RELEASE), page("b", hurt)]) == {"b": "a"}, (seed, share)


def test_a_copy_with_another_head_and_tail_is_found() -> None:
    framed = "本报讯（记者 王一）" + "".join(SENTENCES[:-1]) + "来源：星城日报。责任编辑：李二。"
    assert find_copies([page("a", RELEASE), page("b", framed)]) == {"b": "a"}


def test_a_digest_with_a_paragraph_of_the_page_is_no_reprint() -> None:
    digest = OTHER + "".join(SENTENCES[:2]) + OTHER.replace("东湖", "西岭").replace("体检", "检测")
    assert find_copies([page("a", RELEASE), page("b", digest)]) == {}
    assert find_copies([page("a", "".join(SENTENCES[:2])), page("b", digest)]) == {}


def test_a_form_with_other_names_is_no_reprint() -> None:
    form = RELEASE.replace("湖南麓谷青禾医疗科技有限公司", "{}")
    one, other = "湖南麓谷青禾医疗科技有限公司", "成都迎晖生物科技有限公司"
    assert find_copies([page("a", form.format(one), one), page("b", form.format(other), other)]) == {}
    assert find_copies([page("a", form.format(one), one), page("b", form.format(other), one)]) == {"b": "a"}


def test_a_chain_of_changes_does_not_end_in_one_source() -> None:
    words = list(RELEASE)
    fresh = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    draw = random.Random(5)  # noqa: S311 - nothing secret
    chain = []
    for step in range(9):
        chain.append(page(f"p{step}", "".join(words)))
        for place in range(step * 30, min(step * 30 + 30, len(words))):
            words[place] = draw.choice(fresh)
    copies = find_copies(chain)
    assert copies
    assert len(set(copies.values())) > 1
    assert not set(copies) & set(copies.values()), "a leading page is a copy itself"


def test_a_page_without_text_is_nobodys_copy() -> None:
    assert signature(read_text("。", key="a")) == b""
    assert find_copies([page("a", "。"), page("b", "。")]) == {}


@given(st.permutations(range(6)))
def test_the_order_of_pages_does_not_matter(order: list[int]) -> None:
    pages = [
        page("a", RELEASE),
        page("b", RELEASE, "青禾", facts=1),
        page("c", OTHER),
        page("d", "".join(SENTENCES[1:])),
        page("e", OTHER + "完。"),
        page("f", SENTENCES[0]),
    ]
    assert find_copies([pages[n] for n in order]) == find_copies(pages)
