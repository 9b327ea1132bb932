"""The command line: exit status, what goes to stdout and what to stderr, and a clear word about bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg import __version__
from kg.cli import main
from kg.cli.main import COMMANDS
from kg.model import Annotation
from kg.training.notation import parse
from tests.cli_helpers import PAGE, WSW, fails, kg, real
from tests.graph_samples import PAGES

# The group


def test_help_and_version() -> None:
    assert kg("--version").stdout == f"kg, version {__version__}\n"
    shown = kg("--help")
    assert shown.exit_code == 0
    flat = " ".join(shown.stdout.split())
    assert all(f"{name} {line}" in flat for name, (_, line) in COMMANDS.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_the_help_that_the_list_shows(name: str) -> None:
    shown = kg(name, "--help")
    assert shown.exit_code == 0
    first = " ".join(shown.stdout.split("\n\n")[1].split())
    assert first.startswith(COMMANDS[name][1].rstrip("."))
    command = main.get_command(click.Context(main), name)
    assert command is not None and command.name == name


def test_an_unknown_command_is_a_wrong_command_line() -> None:
    fails(kg("bild"), 2, "No such command 'bild'")
    assert kg().exit_code in (0, 2)


# Build and extract


def test_build_reports_on_stderr(cli_pages: Path, tmp_path: Path) -> None:
    done = kg("build", cli_pages, "--store", tmp_path / "store")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 page(s) extracted, 0 unchanged; the store holds 1 document(s)" in done.stderr
    again = kg("build", cli_pages, "--store", tmp_path / "store")
    assert "0 page(s) extracted, 1 unchanged" in again.stderr
    (cli_pages / "b.txt").write_text(PAGE + "完。", "utf-8")
    (cli_pages / "a.txt").unlink()
    assert (
        "1 page(s) extracted, 0 unchanged, 1 gone"
        in kg("build", cli_pages, "--store", tmp_path / "store").stderr
    )


def test_the_store_may_stand_in_the_environment(
    cli_pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(tmp_path / "store"))
    assert kg("build", cli_pages).exit_code == 0
    assert kg("query", WSW).exit_code == 0


BAD_PAGES = {
    "empty": (b"", "an empty file"),
    "blank": (b" \n\n\t ", "an empty file"),
    "binary": (bytes(range(256)) * 20, "a binary file"),
    "undecodable": ("青禾园区签约".encode("gb18030")[:-1] * 9 + bytes([0x81, 0x20, 0xFF] * 40), "decod"),
    "menus": ("首页 新闻 产业 联系我们\n版权所有 © 星城日报 未经许可不得转载\n".encode(), "a page without an article"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_PAGES)
@pytest.mark.parametrize("command", ["build", "extract"])
def test_a_bad_page_is_named_with_its_reason(
    kind: str, command: str, cli_pages: Path, tmp_path: Path
) -> None:
    content, reason = BAD_PAGES[kind]
    bad = cli_pages / "bad.txt"
    bad.write_bytes(content)
    target = ("--store", tmp_path / "out") if command == "build" else ("--out", tmp_path / "out")
    done = kg(command, cli_pages, *target)
    assert done.exit_code == 0
    assert f"not read: {bad}: " in done.stderr and reason in done.stderr.split(str(bad), 1)[1]
    assert "1 page(s) could not be read" in done.stderr
    fails(kg(command, cli_pages, *target, "--strict"), 1, f"not read: {bad}: ")
    fails(kg(command, bad, *target), 1, f"not read: {bad}: ")  # nothing could be read: the work failed


def test_strict_says_nothing_where_all_is_well(cli_pages: Path, tmp_path: Path) -> None:
    assert kg("build", cli_pages, "--store", tmp_path / "store", "--strict").exit_code == 0


def test_a_page_that_breaks_the_extractor_is_named(cli_pages: Path, tmp_path: Path) -> None:
    (cli_pages / "bomb.txt").write_text("这一页会炸裂，甲药业签约。", "utf-8")
    done = kg("extract", cli_pages, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "bomb.txt: nothing could be extracted (RuntimeError: the page broke it)" in done.stderr
    assert "1 annotation file(s) written" in done.stderr
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a.json"]


@pytest.mark.parametrize("command", ["build", "extract"])
def test_sources_that_are_none(command: str, cli_pages: Path, tmp_path: Path) -> None:
    target = ("--store", tmp_path / "out") if command == "build" else ("--out", tmp_path / "out")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "picture.png").write_bytes(b"\x89PNG")
    fails(kg(command, tmp_path / "nothing", *target), 1, "nothing: a folder without pages")
    fails(kg(command, tmp_path / "missing", *target), 1, "missing: no such file, folder or pattern")
    fails(kg(command, cli_pages, tmp_path / "*.pdf", *target), 1, "*.pdf: no such file, folder or pattern")
    fails(kg(command, *target), 2, "Missing argument 'SOURCE...'")
    assert not (tmp_path / "out").exists()


def test_extract_writes_one_file_a_page(cli_pages: Path, tmp_path: Path) -> None:
    (cli_pages / "sub").mkdir()
    (cli_pages / "sub" / "a.txt").write_text(PAGE + "另一页。", "utf-8")
    done = kg("extract", cli_pages, "--out", tmp_path / "new" / "out")
    assert (done.exit_code, done.stdout) == (0, "")
    files = sorted((tmp_path / "new" / "out").iterdir())
    assert len(files) == 2 and files[0].name == "a.json"  # no page overwrites its namesake
    assert Annotation.load(files[0]).doc == "a"


def test_what_cannot_be_written_is_named(cli_pages: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    fails(kg("extract", cli_pages, "--out", tmp_path / "file"), 2, "is a file")
    fails(kg("extract", cli_pages, "--out", tmp_path / "file" / "x"), 1, "cannot write to", "Not a directory")
    fails(kg("build", cli_pages, "--store", tmp_path / "file"), 1, "is a file, not a store")
    fails(kg("build", cli_pages, "--store", cli_pages), 1, "is not a store, and it is not empty")
    fails(kg("build", cli_pages, "--store", tmp_path / "file" / "x"), 1, "cannot be opened")
    fails(kg("build", cli_pages), 2, "Missing option '--store'")
    fails(kg("build", cli_pages, "--store", "x", "--workers", 0), 2, "--workers")


# Evaluate, view


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    for page in parse(PAGES):
        (folder / f"{page.annotation.doc}.json").write_text(page.annotation.to_json(), "utf-8")
    return folder


def test_evaluate_annotations(gold: Path, tmp_path: Path) -> None:
    done = kg("evaluate", gold, gold, "--errors", "--json", tmp_path / "figures.json")
    assert done.exit_code == 0
    first = done.stdout.splitlines()[0]
    assert first.startswith("entity ") and "P 1.000  R 1.000  F1 1.000" in first
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert figures["pairs"]["f1"] == figures["pair type"] == 1
    (gold / "a-xingcheng.json").rename(tmp_path / "a-xingcheng.json")
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "a-xingcheng.json").rename(other / "a-xingcheng.json")
    done = kg("evaluate", gold, other, "--errors")
    assert "R 0.000" in done.stdout
    assert "entity missed: not found (Firm)" in done.stdout


def test_evaluate_pages(cli_pages: Path, gold: Path) -> None:
    (gold / "a.json").write_text(
        json.dumps({"doc": "a", "entities": [{"id": "e1", "type": "Firm", "name": "甲药业"}]}), "utf-8"
    )
    (cli_pages / "bad.txt").write_bytes(b"")
    done = kg("evaluate", gold, cli_pages, "--workers", 1)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].endswith("predicted    2")
    assert "bad.txt: an empty file" in done.stderr


def test_evaluate_says_what_is_wrong(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    fails(kg("evaluate", tmp_path / "nothing", gold), 1, "holds no annotation files")
    fails(kg("evaluate", tmp_path / "none", gold), 2, "does not exist")
    fails(kg("evaluate", gold), 2, "Missing argument 'SOURCE...'")
    (gold / "broken.json").write_text("{", "utf-8")
    fails(kg("evaluate", gold, gold), 1, "broken.json: not an annotation file")


def test_view_writes_a_page(cli_store: str, tmp_path: Path) -> None:
    out = tmp_path / "new" / "graph.html"
    done = kg("view", "--store", cli_store, "--out", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"written to {out}" in done.stderr
    assert "麓谷康泰" in out.read_text("utf-8")
    (tmp_path / "file").write_text("x", "utf-8")
    fails(kg("view", "--store", cli_store, "--out", tmp_path / "file" / "x.html"), 1, "cannot write")


def test_export_and_validate(cli_store: str, tmp_path: Path) -> None:
    done = kg("export", "--store", cli_store, "--format", "turtle", "--out", tmp_path / "graph.ttl")
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path / 'graph.ttl'}\n")
    assert (tmp_path / "graph.ttl").stat().st_size
    assert kg("validate", "--store", cli_store).exit_code == 0


# Real processes


def test_a_real_process_keeps_data_and_messages_apart(cli_store: str, tmp_path: Path) -> None:
    done = real("query", WSW, "--store", cli_store, "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("party1,party2,")
    failed = real("query", WSW, "--store", tmp_path / "none")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("Error: there is no store at")
    assert real("query").returncode == 2


def test_a_real_build_then_a_query(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "星城医疗器械产业园与湖南麓谷康泰医疗科技有限公司签署投资协议，总投资2.4亿元。\n", "utf-8"
    )
    (tmp_path / "b.txt").write_bytes(b"")
    done = real("build", tmp_path / "a.txt", tmp_path / "b.txt", "--store", tmp_path / "store", "--strict")
    assert (done.returncode, done.stdout) == (1, "")
    assert "1 page(s) extracted" in done.stderr and "b.txt: an empty file" in done.stderr
    found = real("query", WSW, "--store", tmp_path / "store", "--format", "csv")
    assert "湖南麓谷康泰医疗科技有限公司,星城医疗器械产业园" in found.stdout


def test_a_reader_that_leaves_early_hears_no_complaint(cli_store: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = f"{sys.executable} -m kg query organisations --store {cli_store} --format csv | head -1"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.stdout.startswith("name,")
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_a_query_does_not_wait_for_the_language_pipeline(cli_store: str) -> None:
    arguments = ["query", WSW, "-s", cli_store]
    code = f"import sys; from kg.cli import main; main({arguments}, standalone_mode=False); " \
           "sys.exit('spacy' in sys.modules)"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
