"""``kg query``: forms of the answer, what may be asked, and a clear word about wrong questions and bad stores."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.query import list_queries
from tests.cli_helpers import PAGE, WSW, fails, kg


def test_formats(cli_store: str) -> None:
    table = kg("query", WSW, "--store", cli_store)
    assert table.exit_code == 0
    assert "party1" in table.stdout and "湖南麓谷康泰医疗科技有限公司" in table.stdout
    rows = list(csv.DictReader(io.StringIO(kg("query", WSW, "-s", cli_store, "-f", "csv").stdout)))
    assert set(rows[0]) == {"party1", "party2", "agreements", "types", "first", "last"}
    data = json.loads(kg("query", WSW, "-s", cli_store, "-f", "json").stdout)
    assert data["head"]["vars"] == list(rows[0])
    assert len(data["results"]["bindings"]) == len(rows)
    lines = kg("query", WSW, "-s", cli_store, "-f", "jsonl").stdout.splitlines()
    assert [set(json.loads(line)) for line in lines] == [set(rows[0])] * len(rows)
    assert kg("query", WSW, "-s", cli_store, "-f", "tsv").stdout.startswith("?party1\t?party2")
    fails(kg("query", WSW, "-s", cli_store, "-f", "xml"), 2, "'xml' is not one of")


def test_parameters_sparql_and_files(cli_store: str, tmp_path: Path) -> None:
    found = kg("query", "park-tenants", "park=星城医疗器械产业园", "-s", cli_store, "-f", "csv")
    assert "蓝鲸诊断" in found.stdout
    text = "SELECT (COUNT(?f) AS ?n) WHERE { ?f a kg:Firm }"
    direct = kg("query", "--sparql", text, "-s", cli_store, "-f", "csv")
    assert direct.stdout.splitlines()[0] == "n"
    file = tmp_path / "firms.rq"
    file.write_text(text, "utf-8")
    assert kg("query", file, "-s", cli_store, "-f", "csv").stdout == direct.stdout
    assert kg("query", "--sparql", "ASK { ?s a kg:Firm }", "-s", cli_store).stdout == "true\n"
    empty = kg("query", "--sparql", "SELECT ?x WHERE { ?x a kg:Nothing }", "-s", cli_store, "-f", "csv")
    assert (empty.exit_code, empty.stdout) == (0, "x\n")


def test_a_name_that_nothing_bears_is_a_note_and_an_empty_table(cli_store: str) -> None:
    found = kg("query", "park-tenants", "park=没有的园区", "-s", cli_store, "-f", "csv")
    assert found.exit_code == 0
    assert found.stdout == "park,tenant,tenantType,relation,document\n"
    assert "没有的园区" in found.stderr


def test_the_list_needs_no_store() -> None:
    shown = kg("query", "--list")
    assert shown.exit_code == 0
    assert all(
        f"{query.name}: {query.title_zh} | {query.title_en}" in shown.stdout for query in list_queries()
    )
    assert "columns: park, tenant, tenantType, relation, document" in shown.stdout
    one = kg("query", "--list", "park-tenants")
    assert one.stdout.startswith("park-tenants:") and WSW not in one.stdout


def test_wrong_questions_are_wrong_command_lines(cli_store: str) -> None:
    fails(kg("query", "who-signs", "-s", cli_store), 2, "there is no query named 'who-signs'", WSW)
    fails(kg("query", "--list", "who-signs"), 2, "there is no query named 'who-signs'")
    fails(
        kg("query", "park-tenants", "prk=x", "-s", cli_store), 2, "no parameter 'prk'", "did you mean park?"
    )
    fails(kg("query", "park-tenants", "星城", "-s", cli_store), 2, "'星城' is not KEY=VALUE")
    fails(kg("query", "evidence", "-s", cli_store), 2, "needs entity=")
    fails(kg("query", "-s", cli_store), 2, "give the name of a query")
    fails(kg("query", WSW, "--sparql", "ASK {}", "-s", cli_store), 2, "give the name of a query")
    fails(kg("query", "--sparql", "ASK {}", "x=1", "-s", cli_store), 2)


def test_a_store_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_STORE", raising=False)
    fails(kg("query", WSW), 2, "--store", "KG_STORE")


def test_what_is_no_sparql_is_shown_with_its_place(cli_store: str, tmp_path: Path) -> None:
    fails(
        kg("query", "--sparql", "SELECT ?x WHERE {\n ?x a kg:Firm ;; }}", "-s", cli_store), 1,
        "not a SPARQL query: line 2, column", "?x a kg:Firm ;; }}",
    )  # fmt: skip
    file = tmp_path / "x.rq"
    file.write_text("SELECT nothing", "utf-8")
    fails(kg("query", file, "-s", cli_store), 1, "not a SPARQL query: line 1")
    fails(kg("query", tmp_path / "none.rq", "-s", cli_store), 1, "none.rq: No such file")
    file.write_bytes("# 园区".encode("gb18030"))
    fails(kg("query", file, "-s", cli_store), 1, "x.rq: not UTF-8")
    fails(kg("query", file, "x=1", "-s", cli_store), 2, "takes no parameters")


def test_stores_that_are_none(cli_store: str, tmp_path: Path) -> None:
    fails(kg("query", WSW, "-s", tmp_path / "none"), 1, "there is no store at", "kg build")
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    fails(kg("query", WSW, "-s", tmp_path), 1, "is not a store, and it is not empty")
    fails(kg("query", WSW, "-s", tmp_path / "notes.txt"), 1, "is a file, not a store")
    fails(kg("query", WSW, "-s", "http://127.0.0.1:9/none"), 1, "127.0.0.1:9")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "CURRENT").write_text("MANIFEST-000005\n", "utf-8")
    fails(kg("query", WSW, "-s", tmp_path / "damaged"), 1, "cannot be opened")


def test_a_locked_store_is_named_and_still_answers(cli_pages: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    assert kg("build", cli_pages, "--store", folder).exit_code == 0
    code = "import pyoxigraph, sys; s = pyoxigraph.Store(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None and writer.stdout.readline() == "open\n"
        (cli_pages / "b.txt").write_text(PAGE + "另一页。", "utf-8")
        fails(kg("build", cli_pages, "--store", folder), 1, "is locked: another program is writing to it")
        assert kg("query", WSW, "--store", folder).exit_code == 0
        writer.communicate()
    assert "1 page(s) extracted" in kg("build", cli_pages, "--store", folder).stderr
