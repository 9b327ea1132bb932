"""Bytes to text."""

import codecs

import pytest

from kg.errors import ReadError
from kg.read.decode import decode
from tests.read_damage import PAGES, traditional


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32"),
        ("gb18030", b"", "gb18030"),
    ],
)
def test_encoding_is_found(page: str, codec: str, mark: bytes, name: str) -> None:
    assert decode(mark + page.encode(codec)) == (page, name)


@pytest.mark.parametrize("page", PAGES)
def test_big5_is_told_from_gb18030(page: str) -> None:
    page = traditional(page, variant="s2tw")
    text, encoding = decode(page.encode("big5hkscs"))
    assert (text, encoding) == (page, "big5hkscs")
    assert decode(page.encode("gb18030")) == (page, "gb18030")


def test_short_titles_are_told_apart() -> None:
    assert decode("東籬區政府簽約".encode("big5")) == ("東籬區政府簽約", "big5hkscs")
    assert decode("东篱区政府签约".encode("gbk")) == ("东篱区政府签约", "gb18030")


def test_declared_charset_of_a_page() -> None:
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>药谷㐂</html>'
    )
    assert decode(page.encode("gb18030"))[0] == page
    page = '<html><meta charset="big5"><body>藥谷</body></html>'
    assert decode(page.encode("big5")) == (page, "big5hkscs")


def test_wrong_declaration_is_not_believed() -> None:
    page = f'<html><meta charset="shift_jis"><body>{PAGES[0]}</body></html>'
    assert decode(page.encode("utf-8")) == (page, "utf-8")


def test_unknown_declaration_is_not_believed() -> None:
    page = f'<html><meta charset="x-none"><body>{PAGES[0]}</body></html>'
    assert decode(page.encode("gb18030")) == (page, "gb18030")


def test_a_few_spoilt_bytes_do_not_spoil_the_page() -> None:
    raw = PAGES[0].encode("utf-8")
    text, encoding = decode(raw[:90] + b"\xff" + raw[90:])
    assert encoding == "utf-8"
    assert text.count("\ufffd") <= 4
    assert "木荷医疗" in text


@pytest.mark.parametrize("raw", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n"])
def test_empty(raw: bytes) -> None:
    with pytest.raises(ReadError, match="empty file"):
        decode(raw)


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(1, 32)) * 20])
def test_binary(raw: bytes) -> None:
    with pytest.raises(ReadError, match="binary file"):
        decode(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "Société générale: été à Besançon, où l'hôpital est fermé".encode("latin-1"),
        "医药谷".encode() + b"\xff\xfe\xfd" * 20,
        codecs.BOM_UTF8 + "药谷".encode("gb18030") * 9,
    ],
)
def test_undecodable(raw: bytes) -> None:
    with pytest.raises(ReadError, match="undecodable bytes"):
        decode(raw)
