"""When a store fails: a clear message, and the store as it was."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad

from kg.cli import main
from kg.errors import StoreError
from kg.graph import Store, open_store
from tests.graph_samples import annotated, build, sample_store
from tests.sparql_server import oxigraph_server

G, S, P = (NamedNode(f"https://example.org/{name}") for name in "gsp")


def quad(value: str) -> Quad:
    return Quad(S, P, Literal(value), G)


def ways_to_write(store: Store, file: Path) -> list[Callable[[], None]]:
    file.write_text("<https://example.org/s> <https://example.org/p> 'b' .", "utf-8")
    return [
        lambda: store.extend([quad("b")]),
        lambda: store.load(file),
        lambda: store.replace_graph(G, [quad("b")]),
        lambda: store.drop_graph(G),
        lambda: store.update("CLEAR ALL"),
    ]


# --- servers


def test_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    store = open_store("http://127.0.0.1:9/")
    reads = [lambda: store.query("ASK {}"), lambda: len(store), lambda: list(store.quads()), store.graphs]
    for action in [*reads, *ways_to_write(store, tmp_path / "in.ttl")]:
        with pytest.raises(StoreError, match=r"127\.0\.0\.1:9.*is it running"):
            action()
    with pytest.raises(StoreError, match="address of a SPARQL server"):
        open_store("http://")


def test_a_server_that_goes_away_in_the_middle_is_named(tmp_path: Path) -> None:
    location = tmp_path / "store"
    open_store(location, create=True).extend([quad("a")])
    with oxigraph_server("serve", location=location) as url:
        store = open_store(url)
        assert len(store) == 1
    with pytest.raises(StoreError, match="is it running"):
        build(store, annotated())
    assert list(open_store(location).quads()) == [quad("a")]


def test_a_read_only_server_refuses_and_stays_as_it_was(tmp_path: Path) -> None:
    open_store(tmp_path / "store", create=True).extend([quad("a")])
    with oxigraph_server("serve-read-only", location=tmp_path / "store") as url:
        store = open_store(url)
        assert len(store) == 1
        for write in ways_to_write(store, tmp_path / "in.ttl"):
            with pytest.raises(StoreError, match="read-only"):
                write()
        assert len(store) == 1


@contextmanager
def server_that_answers(status: int, body: bytes = b"") -> Iterator[str]:
    """The address of a server that answers everything in the same way."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            if status == 401:
                self.send_header("WWW-Authenticate", 'Basic realm="SPARQL"')
            # A length that the body does not have is what a server that dies leaves behind.
            self.send_header("Content-Length", str(len(body) + (100 if status == 200 else 0)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = answer

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("user", ["", "dba:wrong@", "dba@"])
def test_wrong_credentials_are_named_and_never_shown(tmp_path: Path, user: str) -> None:
    with server_that_answers(401) as address:
        store = open_store(f"http://{user}{address}/sparql")
        for action in [lambda: store.query("ASK {}"), *ways_to_write(store, tmp_path / "in.ttl")]:
            with pytest.raises(StoreError, match="wrong or missing credentials") as caught:
                action()
            assert address in str(caught.value)
            assert "wrong@" not in str(caught.value)
        done = CliRunner().invoke(main, ["query", "parks", "--store", f"http://{user}{address}/sparql"])
        assert done.exit_code == 1
        assert "credentials" in done.output
        assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (507, b"", "disk of the server is full"),
        (500, "内部错误\nat line 7".encode(), "status 500 内部错误$"),
        (400, b"bad data", "refused: status 400 bad data"),
        (200, b"<html>", r"does not answer \(IncompleteRead"),
    ],
)
def test_what_a_server_says_is_passed_on(tmp_path: Path, status: int, body: bytes, message: str) -> None:
    with server_that_answers(status, body) as address:
        store = open_store(f"http://{address}/ds")
        with pytest.raises(StoreError, match=message) as caught:
            store.extend([quad("b")])
        assert address in str(caught.value)


# --- folders


@contextmanager
def no_rights() -> Iterator[None]:
    """Without the rights of the administrator, whom no permission stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only_parent() -> Iterator[Path]:
    """A folder that everybody may read and nobody may write, with a store in it."""
    with tempfile.TemporaryDirectory() as name:
        parent = Path(name)
        open_store(parent / "store", create=True).extend([quad("a")])
        for path in (parent, *parent.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield parent
        for path in (parent, parent / "store"):
            path.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs the permissions of POSIX")
def test_a_read_only_folder_is_read_and_not_written(read_only_parent: Path, tmp_path: Path) -> None:
    before = sorted((p.name, p.stat().st_size) for p in read_only_parent.rglob("*"))
    writes = ways_to_write(open_store(read_only_parent / "store"), tmp_path / "in.ttl")
    with no_rights():
        store = open_store(read_only_parent / "store")
        assert list(store.quads()) == [quad("a")]
        for write in [*writes[:1], *writes[2:]]:  # the file to load lies where only we may read
            with pytest.raises(StoreError, match=str(read_only_parent / "store")):
                write()
        with pytest.raises(StoreError, match=str(read_only_parent / "new")):
            open_store(read_only_parent / "new", create=True).extend([quad("b")])
        assert list(store.quads()) == [quad("a")]
    assert sorted((p.name, p.stat().st_size) for p in read_only_parent.rglob("*")) == before


def test_a_folder_that_may_not_be_made_is_reported() -> None:
    store = open_store("/proc/kg-store", create=True)
    with pytest.raises(StoreError, match="/proc/kg-store"):
        store.extend([quad("a")])


def test_a_query_that_asks_another_server_in_vain_is_reported() -> None:
    store = open_store("memory:")
    with pytest.raises(StoreError, match="could not answer"):
        store.query("SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }")
    with pytest.raises(StoreError, match="failed"):
        store.update("LOAD <http://127.0.0.1:9/data.ttl>")


# --- disks


_LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
_RUN = "import sys; from kg.cli import main; main(sys.argv[1:], prog_name='kg')"
_LOAD = """
import sys
from pathlib import Path
from kg.errors import StoreError
from kg.graph import open_store
try:
    open_store(sys.argv[1]).load(Path(sys.argv[2]))
except StoreError as err:
    print(err)
"""


def python(
    code: str, *arguments: object, before: list[str] | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*(before or []), sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[1],
    )


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of some ten megabytes."""
    path = tmp_path / "large.nq"
    ox.serialize((quad("x" * 500 + str(i)) for i in range(20_000)), path, ox.RdfFormat.N_QUADS)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on the size of files")
def test_a_file_that_cannot_grow_leaves_the_store_as_it_was(tmp_path: Path, large: Path) -> None:
    path = tmp_path / "home" / "store"
    open_store(path, create=True).extend([quad("a")])
    done = python(_LIMIT + _LOAD, path, large)
    assert done.returncode == 0, done.stderr
    assert f"writing to the store {path} failed" in done.stdout
    assert list(open_store(path).quads()) == [quad("a")]
    assert [entry.name for entry in path.parent.iterdir()] == ["store"]


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path, large: Path) -> None:
    mount = tmp_path / "small"
    mount.mkdir()
    probe = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    mounted = f"mount -t tmpfs -o size=4m tmpfs {mount}"
    with suppress(FileNotFoundError):
        if subprocess.run([*probe, mounted], capture_output=True, check=False).returncode == 0:
            path = mount / "store"
            code = f"""
import sys
from pathlib import Path
from tests.test_store_failures import quad
from kg.graph import open_store
open_store({str(path)!r}, create=True).extend([quad("a")])
{_LOAD}
assert list(open_store({str(path)!r}).quads()) == [quad("a")], "the store is not as it was"
assert [p.name for p in Path({str(mount)!r}).iterdir()] == ["store"], "the draft was left behind"
print("as it was")
"""
            done = python(code, path, large, before=[*probe, f'{mounted} && exec "$@"', "sh"])
            assert done.returncode == 0, done.stderr
            assert f"writing to the store {path} failed" in done.stdout
            assert "No space left on device" in done.stdout
            assert done.stdout.endswith("as it was\n")
            return
    pytest.skip("this system lets nobody mount a small disk of their own (unshare)")


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on the size of files")
def test_an_export_to_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    items = annotated()
    path = tmp_path / "store"
    build(open_store(path, create=True), [items[0], *items[1:]])
    target = tmp_path / "out.nq"
    target.write_text("old", "utf-8")
    done = python(
        _LIMIT.replace("300_000", "20_000") + _RUN,
        *("export", "--store", path, "--format", "nquads", "--out", target),
    )
    assert done.returncode == 1
    assert f"{target} cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_text("utf-8") == "old"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out.nq", "store"]
    assert set(open_store(path).quads()) == set(sample_store().quads())
