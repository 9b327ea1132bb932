"""The gold sets of cross-document resolution: how well it does on them, and how the measuring behaves."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import resources
from kg.cli import main
from kg.errors import AnnotationError
from kg.evaluation.clusters import GoldRow, load_annotations, load_clusters, score_clusters
from tests.read_damage import shared_corpus
from tests.resolve_notes import note

NEWS, COMPOSED = resources.data("crossdoc", "news.tsv"), resources.data("crossdoc", "composed.tsv")
CORPUS = shared_corpus()


def test_the_composed_hard_cases_come_out_right() -> None:
    found = score_clusters(load_clusters(COMPOSED), load_annotations(COMPOSED.with_suffix("")))
    assert [str(pair[0]) for pair in found.wrong] == []
    assert found.tallies["all"].recall >= 0.95


@pytest.mark.shared
@pytest.mark.skipif(CORPUS is None, reason="no annotated corpus beside the checkout (../shared/corpus)")
def test_resolution_over_annotated_news_keeps_its_quality() -> None:
    assert CORPUS is not None
    rows = load_clusters(NEWS)
    clusters = {row.cluster: [r for r in rows if r.cluster == row.cluster] for row in rows}
    assert sum(len(found) > 1 for found in clusters.values()) >= 150
    assert len({row.document for row in rows}) >= 60
    found = score_clusters(rows, load_annotations(CORPUS.parent / "gold"))
    assert set(found.tallies) == {"tune", "unseen", "all"}
    for part, tally in found.tallies.items():
        assert tally.precision >= 0.98, part
        assert tally.recall >= 0.90, part


def rows(*triples: tuple[str, str, str]) -> list[GoldRow]:
    return [GoldRow("x", cluster, document, "Firm", name) for cluster, document, name in triples]


def test_pairs_are_counted() -> None:
    pages = {
        "a": note(("Firm", "青禾医疗")),
        "b": note(("Firm", "青禾医疗")),
        "c": note(("Firm", "白桦药业")),
        "d": note(("Firm", "赤松生物")),
    }
    gold = rows(
        ("1", "a", "青禾医疗"), ("2", "b", "青禾医疗"), ("3", "c", "白桦药业"), ("3", "d", "赤松生物")
    )
    found = score_clusters(gold, pages)
    tally = found.tallies["all"]
    assert (tally.tp, tally.fp, tally.fn) == (0, 1, 1)
    assert [line.partition(":")[0] for line in found.lines(errors=True)[1:]] == ["joined wrongly", "missed"]
    right = rows(
        ("1", "a", "青禾医疗"), ("1", "b", "青禾医疗"), ("3", "c", "白桦药业"), ("4", "d", "赤松生物")
    )
    assert score_clusters(right, pages).tallies["all"].f1 == 1.0


def test_a_gold_file_that_does_not_fit_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match=r"2 row.*the first is 白桦药业"):
        score_clusters(
            rows(("1", "a", "白桦药业"), ("1", "b", "白桦药业")), {"a": note(("Firm", "青禾医疗"))}
        )
    bad = tmp_path / "clusters.tsv"
    bad.write_text("half\tcluster\tdocument\n", "utf-8")
    with pytest.raises(AnnotationError, match="needs rows with the columns half, cluster"):
        load_clusters(bad)
    bad.write_text("half\tcluster\tdocument\ttype\tname\nx\t1\ta\tFirm\t\n", "utf-8")
    with pytest.raises(AnnotationError, match="row 1 has nothing in name"):
        load_clusters(bad)
    bad.write_bytes("名".encode("gb18030"))
    with pytest.raises(AnnotationError, match="cannot be read as a table"):
        load_clusters(bad)


def test_two_annotations_of_one_document_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.json").write_text(note().to_json(), "utf-8")
    with pytest.raises(AnnotationError, match="a second annotation of the document a"):
        load_annotations(tmp_path)


def test_the_command_prints_the_figures(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    folder = str(COMPOSED.with_suffix(""))
    done = CliRunner().invoke(main, ["evaluate", folder, "--clusters", str(COMPOSED), "--json", str(out)])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("clusters all")
    assert json.loads(out.read_text("utf-8"))["clusters all"]["gold"] > 40
    wrong = CliRunner().invoke(main, ["evaluate", folder, folder, "--clusters", str(COMPOSED)])
    assert (wrong.exit_code, "takes the annotations of GOLD" in wrong.stderr) == (2, True)
    none = CliRunner().invoke(main, ["evaluate", folder])
    assert (none.exit_code, "Missing argument 'SOURCE...'" in none.stderr) == (2, True)
