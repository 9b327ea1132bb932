"""The notation of annotated pages, and annotated folders: read exactly, or refused with the place of the fault."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import resources
from kg.errors import AnnotationError, ReadError
from kg.model import Amount
from kg.training.compile import main as compile_main
from kg.training.corpus import gold_mentions, load_examples
from kg.training.notation import load, parse

PAGE = """=== a-qinghe
published: 2025-05-29
--- text

园区签约活动上，青禾园区与甲药业有限公司（甲药业）签约，投资2.4亿元。
张三是甲药业董事长。青禾在白石。

--- facts
# a comment
E Park 青禾园区 | 青禾
E Place 青禾
E Firm 甲药业有限公司 | 甲药业
E Event 园区签约活动
E Person 张三
A investment signed 2025-05-28 @园区签约活动 #240000000CNY : 青禾园区 + 甲药业
A supply intent - : 甲药业 + 青禾园区
R settledIn 甲药业 -> 青禾园区
R hasRole 张三 -> 甲药业 = 董事长
R locatedIn Park/青禾 -> Place/青禾
Q 青禾园区 landArea 60000 m2 2024
Q 青禾园区 growthRate -3.5 percent
"""


def test_a_page_with_all_kinds_of_facts() -> None:
    (page,) = parse(PAGE)
    annotation = page.annotation
    assert page.text.startswith("园区签约活动上") and page.text.endswith("白石。\n")
    assert (annotation.doc, annotation.published) == ("a-qinghe", "2025-05-29")
    assert [e.names for e in annotation.entities][:3] == [
        ("青禾园区", "青禾"),
        ("青禾",),
        ("甲药业有限公司", "甲药业"),
    ]
    first, second = annotation.agreements
    assert (first.type, first.status, first.date, first.event) == ("investment", "signed", "2025-05-28", "e4")
    assert first.amount == Amount(value=2.4e8, currency="CNY")
    assert first.parties == ("e1", "e3")
    assert (second.status, second.date, second.event, second.amount) == ("intent", None, None, None)
    assert [(r.type, r.subject, r.object, r.title) for r in annotation.relations] == [
        ("settledIn", "e3", "e1", None),
        ("hasRole", "e5", "e3", "董事长"),
        ("locatedIn", "e1", "e2", None),
    ]
    assert [(q.value, q.unit, q.date) for q in annotation.quantities] == [
        (60000, "m2", "2024"),
        (-3.5, "percent", None),
    ]


def test_several_pages_and_no_publication_date() -> None:
    pages = list(parse(PAGE + "\n=== b\npublished: -\n--- text\n无事。\n--- facts\n"))
    assert [p.annotation.doc for p in pages] == ["a-qinghe", "b"]
    assert pages[1].annotation.published is None
    assert pages[1].annotation.entities == ()


def test_a_title_may_hold_the_signs_of_the_notation() -> None:
    facts = PAGE.replace("= 董事长", "= 董事长 -> 总经理 = 兼")
    (page,) = parse(facts)
    assert page.annotation.relations[1].title == "董事长 -> 总经理 = 兼"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("E Person 张三", "E Person 李四", r"page a-qinghe: 'E Person 李四': '李四' is not in the text"),
        ("E Person 张三", "E Persona 张三", "'E Persona 张三': .*type"),
        ("E Person 张三", "E Person", "'E Person': write: E Type name"),
        ("E Person 张三", "P Person 张三", "'P Person 张三': a fact starts with E, A, R or Q"),
        ("R settledIn 甲药业 ->", "R settledIn 丙公司 ->", "'丙公司' names 0 entities"),
        ("R settledIn 甲药业 ->", "R settledIn 青禾 ->", "'青禾' names 2 entities"),
        ("R settledIn 甲药业 ->", "R settledIn 甲药业 >", "write: R type subject -> object"),
        ("R settledIn", "R livesIn", "'R livesIn .*type"),
        ("A supply intent - :", "A supply intent :", "write: A type status date"),
        ("A supply intent -", "A supply intent gestern", "'A supply intent gestern .*date"),
        ("A supply", "A barter", "'A barter .*type"),
        ("@园区签约活动", "@别的活动", "'别的活动' names 0 entities"),
        ("landArea 60000 m2", "landArea viel m2", "write: Q subject property value unit"),
        ("landArea 60000 m2", "landArea 6.0.0 m2", "'Q 青禾园区 landArea 6.0.0"),
        ("landArea", "size", "'Q 青禾园区 size .*property"),
        ("published: 2025-05-29", "published: 29.5.2025", "page a-qinghe: .*published"),
        ("--- facts", "--- fact", "page a-qinghe: needs the lines '--- text' and '--- facts'"),
        ("--- text", "--- txt", "page a-qinghe: needs the lines"),
    ],
)  # fmt: skip
def test_faults_are_named_with_page_and_line(old: str, new: str, fault: str) -> None:
    assert old in PAGE
    with pytest.raises(AnnotationError, match=rf"(?s)here\.txt: .*{fault}"):
        list(parse(PAGE.replace(old, new), where="here.txt"))


def test_two_pages_of_one_name_are_refused() -> None:
    with pytest.raises(AnnotationError, match="page a-qinghe: stands twice"):
        list(parse(PAGE + PAGE))


def test_what_is_no_notation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("=== 青禾".encode("gb18030"))
    with pytest.raises(AnnotationError, match=r"x\.txt: not UTF-8"):
        list(load(path))
    path.write_text("some words", "utf-8")
    with pytest.raises(AnnotationError, match=r"x\.txt: no page starts"):
        list(load(path))


def test_compiled_pages_are_examples_again(tmp_path: Path) -> None:
    source = tmp_path / "x.txt"
    source.write_text(PAGE, "utf-8")
    done = CliRunner().invoke(compile_main, [str(source), str(tmp_path / "out")])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 pages" in done.stderr
    (compiled,), (direct,) = load_examples([tmp_path / "out"]), load_examples([source])
    assert compiled.gold == direct.gold
    assert compiled.document.text == direct.document.text


def test_compiling_stops_at_a_fault(tmp_path: Path) -> None:
    source = tmp_path / "x.txt"
    source.write_text(PAGE.replace("R settledIn", "R livesIn"), "utf-8")
    done = CliRunner().invoke(compile_main, [str(source), str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "R livesIn" in done.stderr


def test_a_page_without_annotation_is_named(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "one").mkdir(parents=True)
    (tmp_path / "corpus" / "one" / "a.txt").write_text("青禾园区今天签约，有很多人来。", "utf-8")
    with pytest.raises(ReadError, match=r"a\.txt: has no annotation at .*gold.one.a\.json"):
        list(load_examples([tmp_path / "corpus" / "one"]))


def test_gold_names_are_found_longest_first_and_outside_blocked_text() -> None:
    (page,) = parse(PAGE)
    text = page.text
    found = gold_mentions(text, page.annotation)
    assert [text[m.start : m.end] for m in found] == [
        "园区签约活动", "青禾园区", "甲药业有限公司", "甲药业", "张三", "甲药业", "青禾",
    ]  # fmt: skip
    assert all(a.end <= b.start for a, b in pairwise(found))
    blocked = gold_mentions(text, page.annotation, blocked=((0, text.index("张三")),))
    assert [text[m.start : m.end] for m in blocked] == ["张三", "甲药业", "青禾"]


def test_gold_names_are_found_over_line_breaks() -> None:
    (page,) = parse(PAGE)
    text = "甲药业\n有限公司"
    assert [(m.start, m.end) for m in gold_mentions(text, page.annotation)] == [(0, 8)]


def test_the_annotated_pages_of_the_project_are_sound() -> None:
    files = sorted(resources.data("annotated").glob("*.txt"))
    names = [page.annotation.doc for path in files for page in load(path)]
    assert len(names) > 300
    assert len(names) == len(set(names))


def test_annotations_are_written_as_gold_files_are(tmp_path: Path) -> None:
    source = tmp_path / "x.txt"
    source.write_text(PAGE, "utf-8")
    CliRunner().invoke(compile_main, [str(source), str(tmp_path / "out")])
    written = json.loads((tmp_path / "out" / "gold" / "a-qinghe.json").read_text("utf-8"))
    assert set(written["relations"][0]) == {"type", "subject", "object"}
    assert set(written["quantities"][1]) == {"subject", "property", "value", "unit"}
