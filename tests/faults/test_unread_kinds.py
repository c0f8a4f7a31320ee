"""A kind of file that is not read is told for what it is, with what to do; by every way in which it can begin."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import pickle
import sqlite3
import tarfile
from pathlib import Path

import pytest
from faults_forms import zipped
from faults_people import GOOD
from faults_trial import attempt

from wi2007.delivery.kinds import LIKE_TEXT, READ, kind_of
from wi2007.delivery.problems import read_kind_messages

RDS = b"X\n\0\0\0\3\0\4\3\1\0\3\5\0" + bytes(200)
ROWS = [dict(zip(GOOD.names, row, strict=True)) for row in GOOD.rows]


def _sqlite() -> bytes:
    base = sqlite3.connect(":memory:")
    base.execute("create table a (b)")
    return base.serialize()


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"), io.BytesIO())
    return packed.getvalue()


def _fixed(*widths: int, end: str = "\n", header: bool = False) -> bytes:
    rows = [GOOD.names, *GOOD.rows] if header else GOOD.rows
    return "".join(
        "".join(text.ljust(w)[:w] for text, w in zip(row, widths, strict=True)) + end for row in rows
    ).encode()


NARROW = (8, 1, 8, 4, 10, 4, 4, 4, 4, 4, 24, 8, 8, 10, 1, 8, 4, 11, 3)
FILES: dict[str, tuple[str, bytes]] = {
    "rds": ("r", gzip.compress(RDS)),
    "rds, bz2": ("r", bz2.compress(RDS)),
    "rds, xz": ("r", lzma.compress(RDS)),
    "rds, not packed": ("r", RDS),
    "rds, letters": ("r", gzip.compress(b"A\n3\n262916\n197888\n5\nUTF-8\n787\n" * 20)),
    "RData": ("r", gzip.compress(b"RDX3\n" + RDS)),
    "RData, old": ("r", gzip.compress(b"RDX2\n" + RDS)),
    "RData, letters": ("r", b"RDA3\nA\n3\n262916\n" * 20),
    "fixed width, no spaces between": ("vaste_breedte", _fixed(*NARROW)),
    "fixed width with names": ("vaste_breedte", _fixed(*[26] * len(NARROW), header=True)),
    "fixed width, CRLF": ("vaste_breedte", _fixed(*NARROW, end="\r\n")),
    "json": ("json", json.dumps(ROWS).encode()),
    "json, indented": ("json", json.dumps({"data": ROWS}, indent=2).encode()),
    "json, a line each": ("json", "\n".join(map(json.dumps, ROWS)).encode()),
    "html": ("html", b"<html><head></head><body><table></table>"),
    "html with a mark": ("html", b"\xef\xbb\xbf\r\n<!DOCTYPE HTML><table>"),
    "html, a table alone": ("html", b"<table border=1><tr><td>a</td></tr></table>"),
    "xml": ("xml", b"<?xml version='1.0'?><personen/>"),
    "XML spreadsheet": ("spreadsheetml", b'<?xml?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>'),
    "flat ods": ("fods", b'<?xml version="1.0"?>\n<office:document xmlns:office="x">'),
    "rtf": ("rtf", b"{\\rtf1\\ansi a}"),
    "sql": ("sql", b"-- MySQL dump 10.13\nCREATE TABLE a;"),
    "sqlite": ("sqlite", _sqlite()),
    "duckdb": ("duckdb", bytes(8) + b"DUCK" + bytes(200)),
    "access": ("access", b"\0\1\0\0Standard ACE DB\0" + bytes(200)),
    "7z": ("archief", b"7z\xbc\xaf\x27\x1c" + bytes(200)),
    "rar": ("archief", b"Rar!\x1a\x07\x01\0" + bytes(200)),
    "bz2 of text": ("archief", bz2.compress(GOOD.bytes())),
    "xz of text": ("archief", lzma.compress(GOOD.bytes())),
    "zst": ("archief", b"\x28\xb5\x2f\xfd" + bytes(200)),
    "tar": ("archief", _tar()),
    "pdf": ("pdf", b"%PDF-1.7\n%\xe2\xe3"),
    "docx": ("word", zipped({"[Content_Types].xml": b"x.wordprocessingml.document", "word/document.xml": b"<w/>"})),
    "odt": ("word", zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})),
    "pptx": ("presentatie", zipped({"[Content_Types].xml": b"x.presentationml.slide"})),
    "numbers": ("numbers", zipped({"Index/Document.iwa": b"x"})),
    "doc": ("word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)),
    "very old xls": ("excel_heel_oud", b"\x09\x08\x08\0\0\5\5\0" + bytes(200)),
    "pickle": ("pickle", pickle.dumps(ROWS, protocol=4)),
    "feather of the first form": ("feather1", b"FEA1" + bytes(200)),
    "orc": ("orc", b"ORC" + bytes(200)),
    "hdf": ("hdf", b"\x89HDF\r\n\x1a\n" + bytes(200)),
    "cport": ("sas_cport", b"**COMPRESSED** **COMPRESSED**" + b" " * 200),
    "picture": ("afbeelding", b"\x89PNG\r\n\x1a\n" + bytes(200)),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_is_told_for_what_it_is(name: str, tmp_path: Path) -> None:
    kind, content = FILES[name]
    result = attempt(tmp_path, {"levering.csv": content})
    assert result.told() == {("bestand_soort", "", None)}
    assert read_kind_messages()[kind] in " ".join(result.words().split()).replace("&#34;", '"').replace(
        "&#39;", "'"
    ).replace("&gt;", ">")
    assert "Q7K" not in result.words()


def test_every_kind_that_can_be_found_has_words_and_the_other_way_round() -> None:
    assert not set(read_kind_messages()) & set(READ)
    assert set(LIKE_TEXT) <= set(read_kind_messages())
    tried = {kind for kind, _ in FILES.values()}
    assert set(read_kind_messages()) - tried == {"avro", "matlab", "postscript"}


@pytest.mark.parametrize(
    "content",
    [
        GOOD.bytes(),
        GOOD.text("\t").encode(),
        GOOD.text(",").encode(),
        b"Uitdraai stand 1 juli 2024\n\n" + GOOD.bytes(),
        "\n".join(",".join(row) for row in GOOD.rows).encode() + b"\n",
        b"persoonsnummer\n" + b"".join(f"Q7K{at:040}\n".encode() for at in range(9)),
        b"\n" * 400,
    ],
)
def test_text_with_a_separator_is_no_fixed_width(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "levering"
    path.write_bytes(content)
    assert kind_of(path) == "text"
