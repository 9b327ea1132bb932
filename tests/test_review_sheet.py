"""The review sheet: what it asks, how it comes back filled in, and that it holds nothing but text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from kg.cli.build import build_command
from kg.cli.review import review_command
from kg.errors import DecisionError, StoreError
from kg.review.review import review
from tests.review_site import STATEMENT, decide, review_site
from tests.told_pages import Site

pytestmark = pytest.mark.usefixtures("told_pages_extractor")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return review_site(tmp_path)


def sheet(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_doubtful_facts_are_asked_with_their_sentence(site: Site) -> None:
    out = site.folder / "review.csv"
    report = review(site.store.name, out)
    facts = [row for row in sheet(out) if row["kind"] == "fact"]
    assert report.open == len(sheet(out))
    assert [(row["says"], row["quote"], row["document"], row["confidence"]) for row in facts] == [
        ("王一 hasRole 甲药业 (董事长)", "甲药业董事长王一", "a", "0.4")
    ]
    assert (facts[0]["id"],) in site.ask(STATEMENT)


def test_a_filled_sheet_goes_round(site: Site) -> None:
    out = site.folder / "review.csv"
    review(site.store.name, out)
    table = sheet(out)
    table[-1] |= {"decision": "错误", "who": "李二"}
    with out.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    again = review(site.store.name, out)
    assert again.decided == 1, "what is filled in is kept"
    assert [row["decision"] for row in sheet(out)].count("wrong") == 1
    assert site.build(out).decided == 1
    assert site.ask(STATEMENT) == []
    final = review(site.store.name, out)
    assert (final.decided, final.stale) == (1, 0)
    assert sheet(out)[0]["who"] == "李二"
    assert not any(row["kind"] == "fact" and not row["decision"] for row in sheet(out))


def test_uncertain_pairs_are_asked_and_their_ids_are_taken(tmp_path: Path) -> None:
    site = Site(
        tmp_path,
        {
            "a": "长沙巨翊医疗科技有限公司（下称巨翊科技）亮相。长沙巨翊医疗科技有限公司董事长王一。",
            "b": "上海巨翊科技董事长王一。上海巨翊科技（下称巨翊科技）亮相。",
            "c": "巨翊科技与乙药业签约。",
        },
    )
    site.build()
    out = tmp_path / "review.csv"
    review(site.store.name, out)
    pairs = [row for row in sheet(out) if row["kind"] in ("merge", "split")]
    for row in pairs:
        verdict = "same" if row["kind"] == "merge" else "different"
        report = site.build(decide(site, (verdict, row["id"], row["other_id"])))
        assert (report.decided, report.stale) == (1, []), row


def test_hostile_words_are_text_in_both_forms(site: Site) -> None:
    site.write("e", "=cmd董事长王二。")
    text = "=HYPERLINK(药业)"
    site.write("f", f"+丙丁戊董事长王三。{text}")
    site.build()
    for name in ("r.csv", "r.xlsx"):
        review(site.store.name, site.folder / name)
    assert all(
        not cell.startswith(("=", "+", "-", "@"))
        for row in sheet(site.folder / "r.csv")
        for cell in row.values()
    )
    book = load_workbook(site.folder / "r.xlsx")
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)
    book.close()


def test_a_store_without_a_ledger_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no ledger of the store"):
        review(str(tmp_path / "none"), tmp_path / "r.csv")
    with pytest.raises(StoreError, match="no ledger of the store memory:"):
        review("memory:", tmp_path / "r.csv")


def test_a_sheet_of_another_kind_is_refused(site: Site) -> None:
    with pytest.raises(DecisionError, match=r"ends in \.csv or \.xlsx"):
        review(site.store.name, site.folder / "r.ods")
    (site.folder / "r.csv").mkdir()
    with pytest.raises(DecisionError, match=r"r\.csv: the review sheet cannot be written"):
        review(site.store.name, site.folder / "r.csv")


@pytest.fixture
def folder(site: Site) -> Iterator[Path]:
    """The site's pages and a store of them on disk."""
    store = site.folder / "disk"
    result = CliRunner().invoke(build_command, [str(site.pages), "--store", str(store)])
    assert result.exit_code == 0, result.output
    yield store


def test_the_commands(site: Site, folder: Path) -> None:
    out = site.folder / "r.csv"
    result = CliRunner().invoke(review_command, ["--store", str(folder), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert f"{len(sheet(out))} open question(s) and 0 decision(s) in {out}" in result.output
    ((statement,),) = site.ask(STATEMENT)
    path = decide(site, ("wrong", statement, ""))
    arguments = [str(site.pages), "--store", str(folder), "--decisions", str(path)]
    result = CliRunner().invoke(build_command, arguments)
    assert f"1 decision(s) of {path} applied" in result.output
    site.write("a", None)
    result = CliRunner().invoke(build_command, [str(site.pages), "--store", str(folder)])
    assert f"no longer applies: {path}, row 2 (wrong): its page is gone" in result.output
    result = CliRunner().invoke(build_command, [*arguments, "--no-decisions"])
    assert result.exit_code == 2
