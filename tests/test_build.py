"""Building: whatever the order of builds, the graph is that of a fresh build of everything that is known."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.build import BuildReport, build
from kg.errors import ReadError, StoreError
from kg.extract import version
from kg.graph import Store, open_store
from tests.sparql_server import oxigraph_server
from tests.stand_in import extracted

pytestmark = pytest.mark.usefixtures("stand_in_extractor")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in memory with a ledger on disk: as a folder, but quicker."""
    return kept_in_memory(tmp_path / "store")


def kept_in_memory(path: Path) -> Store:
    made = open_store("memory:")
    made.name = str(path)
    return made


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    write(folder / "a.txt", "今天上午，甲药业与乙药业在园区签约。")
    write(folder / "b.txt", "昨天下午，乙药业与丙药业在园区签约。")
    write(folder / "sub" / "c.txt", "记者获悉，丙药业今年产值增长。")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", "utf-8")


def graph(store: Store) -> set[Quad]:
    return set(store.quads())


def afresh(*sources: Path) -> set[Quad]:
    """The graph of a fresh build of all sources."""
    made = open_store("memory:")
    build(sources, made)
    return graph(made)


def change_of(report: BuildReport) -> tuple[int, int, int, int]:
    assert report.written is not None
    return report.written.added, report.written.replaced, report.written.unchanged, report.written.removed


def test_the_same_sources_twice_change_nothing(pages: Path, store: Store) -> None:
    first = build([pages], store)
    before = graph(store)
    assert (first.extracted, first.reused, change_of(first)) == (3, 0, (3, 0, 0, 0))
    second = build([pages], store)
    assert (second.extracted, second.reused, change_of(second)) == (0, 3, (0, 0, 3, 0))
    assert graph(store) == before
    assert sorted(extracted) == ["a.txt", "b.txt", "sub/c.txt"]


def test_an_added_page(pages: Path, store: Store) -> None:
    build([pages], store)
    write(pages / "d.txt", "今天上午，丁药业与甲药业在园区签约。")
    report = build([pages], store)
    assert (report.extracted, report.reused) == (1, 3)
    assert graph(store) == afresh(pages)


def test_a_changed_page(pages: Path, store: Store) -> None:
    build([pages], store)
    write(pages / "a.txt", "更正：甲药业与戊药业在园区签约。")
    report = build([pages], store)
    assert (report.extracted, report.reused) == (1, 2)
    assert graph(store) == afresh(pages)


def test_a_removed_page(pages: Path, store: Store) -> None:
    build([pages], store)
    (pages / "b.txt").unlink()
    report = build([pages], store)
    assert change_of(report)[3] == 1
    assert graph(store) == afresh(pages)


def test_a_renamed_page(pages: Path, store: Store) -> None:
    build([pages], store)
    (pages / "b.txt").rename(pages / "z.txt")
    build([pages], store)
    assert graph(store) == afresh(pages)


def test_pages_of_other_sources_stay(pages: Path, store: Store, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write(other / "d.txt", "今天上午，丁药业与甲药业在园区签约。")
    build([pages], store)
    report = build([other], store)
    assert (report.extracted, report.reused) == (1, 0)
    assert graph(store) == afresh(pages, other)
    shutil.rmtree(other)
    write(other / "e.txt", "今天上午，戊药业与甲药业在园区签约。")
    build([other], store)
    assert graph(store) == afresh(pages, other)


def test_pages_of_one_name_in_different_folders_are_all_kept_in_any_order(tmp_path: Path) -> None:
    years = [tmp_path / year for year in ("2022", "2023", "2024")]
    for year, text in zip(
        years, ("甲药业与乙药业签约。", "乙药业与丙药业签约。", "丙药业与丁药业签约。"), strict=True
    ):
        write(year / "001.txt", "今天上午，" + text)
    expected = afresh(*years)
    assert len({quad.graph_name for quad in expected if "/document/" in str(quad.graph_name)}) == 3
    for number, order in enumerate(permutations(years)):
        store = kept_in_memory(tmp_path / f"store{number}")
        for year in order:
            build([year], store)
        assert graph(store) == expected


def test_a_copy_under_the_same_name_counts_once(pages: Path, store: Store, tmp_path: Path) -> None:
    shutil.copytree(pages, tmp_path / "copy")
    build([pages, tmp_path / "copy"], store)
    assert graph(store) == afresh(pages, tmp_path / "copy")
    report = build([pages], store)
    assert report.written is not None
    assert report.written.documents == 3


@pytest.mark.parametrize("spelling", ["pages", "./pages", "pages/", "other/../pages"])
def test_a_folder_is_one_source_however_it_is_spelled(
    spelling: str, pages: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other").mkdir()
    build([pages], store)
    (pages / "b.txt").unlink()
    report = build([spelling], store)
    assert (report.extracted, report.reused, change_of(report)[3]) == (0, 2, 1)


def test_a_folder_and_a_page_of_it_are_not_counted_twice(pages: Path, store: Store) -> None:
    build([pages], store)
    build([pages / "a.txt"], store)
    assert graph(store) == afresh(pages)
    write(pages / "a.txt", "更正：甲药业与戊药业在园区签约。")
    build([pages / "a.txt"], store)
    assert graph(store) == afresh(pages)
    (pages / "a.txt").unlink()
    build([pages], store)
    assert graph(store) == afresh(pages)


def test_patterns(pages: Path, store: Store) -> None:
    build([f"{pages}/*.txt"], store)
    (pages / "a.txt").unlink()
    build([f"{pages}/*.txt"], store)
    assert graph(store) == afresh(pages / "b.txt")


def test_one_bad_page_never_stops_a_build(pages: Path, store: Store) -> None:
    (pages / "empty.txt").write_bytes(b"")
    (pages / "binary.txt").write_bytes(bytes(range(256)) * 9)
    write(pages / "bomb.txt", "这一页会炸裂，甲药业签约。")
    report = build([pages], store)
    assert report.extracted == 3
    assert {Path(f.source).name: f.reason for f in report.failures} == {
        "empty.txt": "an empty file",
        "binary.txt": "a binary file, not a text",
        "bomb.txt": "nothing could be extracted (RuntimeError: the page broke it)",
    }
    for name in ("empty.txt", "binary.txt", "bomb.txt"):
        (pages / name).unlink()
    assert graph(store) == afresh(pages)


def test_a_page_that_was_read_and_now_breaks_leaves_the_graph(pages: Path, store: Store) -> None:
    build([pages], store)
    (pages / "a.txt").write_bytes(b"")
    report = build([pages], store)
    assert [Path(f.source).name for f in report.failures] == ["a.txt"]
    (pages / "a.txt").unlink()
    assert graph(store) == afresh(pages)


def test_a_source_that_does_not_exist_makes_no_store(tmp_path: Path, pages: Path) -> None:
    with pytest.raises(ReadError, match=r"missing: no such file"):
        build([pages, tmp_path / "missing"], str(tmp_path / "store"))
    assert not (tmp_path / "store").exists()
    assert extracted == []


def test_a_folder_is_kept_up_to_date_and_let_go(pages: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    build([pages], folder)
    (pages / "a.txt").unlink()
    report = build([pages], folder)
    assert (report.extracted, report.reused, change_of(report)[3]) == (0, 2, 1)
    with open_store(folder) as opened:
        assert graph(opened) == afresh(pages)
        opened.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }")


def test_a_store_that_was_deleted_is_built_of_what_is_given(pages: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write(other / "d.txt", "今天上午，丁药业与甲药业在园区签约。")
    build([pages, other], kept_in_memory(tmp_path / "store"))
    emptied = kept_in_memory(tmp_path / "store")
    report = build([other], emptied)
    assert (report.extracted, report.reused) == (0, 1)
    assert graph(emptied) == afresh(other)
    build([pages], emptied)
    assert graph(emptied) == afresh(other, pages)


def test_documents_of_unknown_origin_are_not_dropped(pages: Path, store: Store, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write(other / "d.txt", "今天上午，丁药业与甲药业在园区签约。")
    build([pages], store)
    before = graph(store)
    Path(store.name + ".pages").unlink()
    with pytest.raises(StoreError, match=r"holds 3 document\(s\) that this build would drop"):
        build([other], store)
    assert graph(store) == before
    build([pages, other], store)
    assert graph(store) == afresh(pages, other)


def test_an_edited_lexicon_or_new_weights_extract_again(
    pages: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([pages], store)
    monkeypatch.setattr("kg.build.fingerprint", lambda: "kg-extract 9 other")
    assert build([pages], store).extracted == 3
    assert build([pages], store).extracted == 0


def test_the_fingerprint_follows_lexicons_and_weights(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def data(*parts: str) -> Path:
        return tmp_path.joinpath(*parts)

    monkeypatch.setattr("kg.resources.data", data)
    seen = []
    for name in (None, "lexicon/x.tsv", "models/y.onnx", "regions.tsv", "samples/z.txt"):
        if name:
            write(tmp_path / name, "some")
        version.fingerprint.cache_clear()
        seen.append(version.fingerprint())
    version.fingerprint.cache_clear()
    assert len(set(seen)) == 4
    assert seen[-1] == seen[-2]  # samples change no annotation


def test_a_build_into_memory(pages: Path) -> None:
    with open_store("memory:") as opened:
        report = build([pages], opened)
        assert report.written is not None
        assert report.written.documents == 3
        assert len(opened) == report.written.quads + len(
            [q for q in opened.quads() if "/document/" not in str(q.graph_name)]
        )


def test_pages_of_earlier_builds_stay_on_a_server_too(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    other = tmp_path / "other"
    write(other / "d.txt", "今天上午，丁药业与甲药业在园区签约。")
    with oxigraph_server() as url:
        build([pages], url)
        report = build([other], url)
        assert report.written is not None
        assert report.written.documents == 4
        (other / "d.txt").rename(other / "e.txt")
        assert change_of(build([other], url)) == (1, 0, 3, 1)
