"""Files, folders, patterns; keys and names; pages that cannot be read."""

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Document
from kg.read import ReadFailure, read_file, read_sources, read_text
from tests.read_damage import PAGES

HTML = (
    "<html><head><meta charset='utf-8'><title>药谷开园_青禾网</title></head>"
    f"<body><h1>药谷开园</h1><p>{PAGES[0]}</p></body></html>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / "b.txt").write_text(PAGES[0], "utf-8")
    (tmp_path / "a.html").write_text(HTML, "utf-8")
    (tmp_path / "b" / "a.txt").write_text(PAGES[1], "gb18030")
    (tmp_path / "b" / "deep" / "c").write_text(PAGES[2], "utf-8")
    (tmp_path / ".hidden.txt").write_text("x", "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.txt").write_text("x", "utf-8")
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff\x00")
    (tmp_path / "table.json").write_text("{}", "utf-8")
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "frame.html").write_text(HTML, "utf-8")
    return tmp_path


def keys(*sources: str | Path) -> list[str]:
    documents = list(read_sources(sources))
    assert all(isinstance(document, Document) for document in documents), documents
    return [document.key for document in documents if isinstance(document, Document)]


def test_folder_is_read_in_order_without_hidden_and_foreign_files(folder: Path) -> None:
    assert keys(folder) == ["a.html", "b.txt", "b/a.txt", "b/deep/c"]
    assert keys(str(folder)) == keys(folder)


def test_files_and_patterns(folder: Path) -> None:
    assert keys(folder / "b.txt", folder / "a.html") == ["b.txt", "a.html"]
    assert keys(folder / "*.txt") == ["b.txt"]
    assert keys(str(folder / "**" / "*.txt")) == ["a.txt", "b.txt"]
    assert keys(folder / "b*") == ["a.txt", "deep/c", "b.txt"]


def test_a_page_is_read_once(folder: Path) -> None:
    assert keys(folder, folder / "b.txt", folder / "b" / ".." / "b.txt") == keys(folder)


def test_equal_keys_get_a_mark_from_the_content(folder: Path) -> None:
    other = folder / "b" / "deep" / "b.txt"
    other.write_text(PAGES[2], "utf-8")
    first, second = (d for d in read_sources([folder / "b.txt", other]) if isinstance(d, Document))
    mark = Document.hash_of(other.read_bytes())[:8]
    assert (first.key, first.name) == ("b.txt", "b")
    assert (second.key, second.name) == (f"b.txt~{mark}", f"b~{mark}")
    assert [d.key for d in read_sources([folder / "b.txt", other]) if isinstance(d, Document)] == [
        first.key,
        second.key,
    ]


def test_equal_stems_get_different_names(folder: Path) -> None:
    names = [d.name for d in read_sources([folder]) if isinstance(d, Document)]
    assert names[0] == "a"
    assert len(set(names)) == len(names) == 4


def test_document_of_a_text_file(folder: Path) -> None:
    path = folder / "b" / "a.txt"
    document = read_file(path)
    assert document.source_text == document.text == PAGES[1]
    assert (document.key, document.name, document.source) == ("a.txt", "a", str(path))
    assert (document.encoding, document.media_type) == ("gb18030", "text/plain")
    assert document.title == "东篱区与云杉集团共建康养基地"
    assert document.content_hash == Document.hash_of(path.read_bytes())
    assert read_file(path, key="x/y").key == "x/y"


def test_document_of_a_page(folder: Path) -> None:
    document = read_file(folder / "a.html")
    assert document.media_type == "text/html"
    assert (document.title, document.publisher) == ("药谷开园", "青禾网")
    assert document.text.startswith("药谷开园\n")


def test_html_without_a_suffix_is_known_by_its_tags(folder: Path) -> None:
    path = folder / "b" / "page"
    path.write_text(HTML, "utf-8")
    assert read_file(path).media_type == "text/html"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty file"),
        ("blank.txt", b"\xef\xbb\xbf \r\n", "empty file"),
        ("binary.txt", b"\x7fELF\x00\x01\x02", "binary file"),
        ("broken.txt", b"\xff\xfe\xfd\xfc\xfb" * 40 + "药谷".encode(), "undecodable bytes"),
        (
            "menu.html",
            "<html><body><nav><a href='/'>首页</a></nav><footer>版权所有</footer></body></html>".encode(),
            "without an article",
        ),
        ("none.html", b"<html></html>", "without an article"),
        (
            "menu.txt",
            "首页 | 登录 | 注册\n设为首页 | 加入收藏\n版权所有 未经授权禁止转载\n".encode(),
            "without an article",
        ),
    ],
)
def test_a_page_that_cannot_be_read_is_named_with_its_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (tmp_path / "zz.txt").write_text(PAGES[0], "utf-8")
    failure, document = read_sources([tmp_path])
    assert isinstance(failure, ReadFailure)
    assert failure.source == str(path)
    assert reason in failure.reason
    assert isinstance(document, Document)
    with pytest.raises(ReadError, match=reason) as caught:
        read_file(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_short_page_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text("蓝鹊生物签约。", "utf-8")
    assert read_file(path).text == "蓝鹊生物签约。"
    path.write_text("…… 。\n", "utf-8")
    with pytest.raises(ReadError, match="without an article"):
        read_file(path)


def test_a_text_with_leftovers_of_tags_is_no_html_page(tmp_path: Path) -> None:
    path = tmp_path / "tags.txt"
    path.write_text(f"<p>{PAGES[0]}</p><div>", "utf-8")
    document = read_file(path)
    assert document.media_type == "text/plain"
    assert document.text == PAGES[0]


def test_missing_and_empty_sources_fail_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file, folder or pattern"):
        read_sources([tmp_path / "nowhere"])
    with pytest.raises(ReadError, match="no such file, folder or pattern"):
        read_sources([tmp_path / "*.txt"])
    with pytest.raises(ReadError, match="a folder without pages"):
        read_sources([tmp_path])
    with pytest.raises(ReadError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(ReadError, match="no such file"):
        read_file(tmp_path / "nowhere.txt")


def test_read_text_takes_what_it_is_given() -> None:
    document = read_text(
        "報(bào)訊", key="a/b.txt", title="T", publisher="P", published="2024", url="https://x.example/"
    )
    assert (document.title, document.publisher, document.published) == ("T", "P", "2024")
    assert (document.key, document.name, document.source) == ("a/b.txt", "b", "a/b.txt")
    assert (document.source_text, document.text) == ("報(bào)訊", "报讯")
    assert document.url == "https://x.example/"


def test_blocked_spans_are_sorted_and_apart() -> None:
    document = read_text(
        f"首页 | 登录 | 注册\n{PAGES[0]}（记者 张三）\n锟斤拷锟斤拷\n上一篇：某某签约\n", key="x"
    )
    assert document.blocked
    assert all(a < b for a, b in document.blocked)
    assert all(
        left[1] <= right[0] for left, right in zip(document.blocked, document.blocked[1:], strict=False)
    )
    marked = "".join(document.text[a:b] for a, b in document.blocked)
    assert all(part in marked for part in ("首页", "张三", "锟斤拷", "某某签约"))
    assert "蓝鹊" not in marked
