"""Texts and archives that cannot be read, or in two ways: each is refused with its rule and row, never guessed at."""

from __future__ import annotations

import gzip
import io
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from engine_deliveries import person, text_of
from text_dialects import zipped

from wi2007.delivery import archive, kinds
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Reading
from wi2007.project import ROOT

ROWS = [person(number) | {"naam": "Curaçao" if number == 3 else "x"} for number in range(1, 7)]
COLUMNS = tuple(ROWS[0])
GOOD = text_of(ROWS, COLUMNS)
LINES = GOOD.splitlines()
UTF8 = GOOD.encode()


def refusal(folder: Path, content: bytes, reading: Reading | None = None) -> tuple[str, int | None]:
    """Rule and row of the refusal, whether it comes on opening or on reading."""
    path = folder / "levering.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        source = open_source(path, reading or Reading(), folder / "tijdelijk")
        list(source.blocks(range(len(source.names)), [0]))
    return caught.value.problem.rule, caught.value.problem.row


def encrypted(content: bytes) -> bytes:
    """A zip that says its file is encrypted."""
    packed = bytearray(zipped(content))
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.find(start) + at] |= 1
    return bytes(packed)


def other_method(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("export.csv", content)
    return packed.getvalue()


def wrong_size(content: bytes) -> bytes:
    """A zip whose list of files says the text is shorter than it is."""
    packed = bytearray(zipped(content))
    at = packed.find(b"PK\x01\x02") + 24
    packed[at : at + 4] = struct.pack("<I", len(content) - 9)
    return bytes(packed)


def spoilt(packed: bytes, at: int) -> bytes:
    return packed[:at] + bytes([packed[at] ^ 0x55]) + packed[at + 1 :]


BOTH = GOOD.replace(";", ";,").encode()
GZ = gzip.compress(UTF8)
FAULTS = {
    "byte order mark in row 4": (
        "\n".join([*LINES[:3], "\ufeff" + LINES[3], *LINES[4:]]).encode(),
        "bom_midden",
        4,
    ),
    "two files one after the other": (2 * ("\ufeff" + GOOD).encode(), "bom_midden", len(LINES) + 1),
    "the same in utf-16": (2 * ("\ufeff" + GOOD).encode("utf-16-le"), "bom_midden", len(LINES) + 1),
    "utf-8, from row 6 windows-1252": (UTF8.replace(b"P00000005;V", b"P\xe9;V"), "codering_gemengd", 6),
    "windows-1252, from row 4 utf-8": (UTF8.replace(b"P00000001", b"P\xe9"), "codering_gemengd", 4),
    "a mark of utf-8 before windows-1252": (b"\xef\xbb\xbf" + GOOD.encode("cp1252"), "codering_gemengd", 4),
    "a byte of no encoding in row 6": (
        GOOD.encode("cp1252").replace(b"P00000005", b"P\x8d"),
        "bestand_codering",
        6,
    ),
    "utf-16 cut in a letter": (GOOD.encode("utf-16-le")[:-1], "bestand_codering", 7),
    "half a pair in utf-16, row 3": (
        GOOD.encode("utf-16-le").replace("P00000002".encode("utf-16-le"), b"\x00\xd8P\x00"),
        "bestand_codering",
        3,
    ),
    "utf-32": (GOOD.encode("utf-32"), "bestand_codering", 1),
    "NUL in row 5 of utf-16": (GOOD.replace("P00000004", "P\0").encode("utf-16"), "bestand_nulteken", 5),
    "NUL in row 5, packed": (gzip.compress(GOOD.replace("P00000004", "P\0").encode()), "bestand_nulteken", 5),
    "two signs fit the header": (BOTH, "scheidingsteken_onduidelijk", 1),
    "two signs fit all rows": (b"a;b,c\n1;2,3\n4;5,6\n", "scheidingsteken_onduidelijk", 1),
    "two signs, rows ragged": (b"a;b,c\n1\n2\n3;4;5\n", "scheidingsteken_onduidelijk", 1),
    "no sign at all": (GOOD.replace(";", " ").encode(), "kop_scheidingsteken", 1),
    "a title before names that are not known": (b"Levering van DUO\na;b\n1;2\n", "kop_scheidingsteken", 1),
    "a note with an unknown sign": (("sep=:\n" + GOOD).encode(), "kop_scheidingsteken", 1),
    "a note that is not true": (("sep=|\n" + GOOD).encode(), "kop_scheidingsteken", 2),
    "a mark that never closes in the header": (('"' + GOOD).encode(), "aanhalingstekens", 1),
    "a stray mark in a packed file": (
        gzip.compress(GOOD.replace("P00000004", 'P"4').encode()),
        "aanhalingstekens",
        5,
    ),
    "a stray mark between tabs": (
        GOOD.replace(";", "\t").replace("P00000004", 'P"4').encode(),
        "aanhalingstekens",
        5,
    ),
    "spaces and tabs": (" \r\n\t\t\r\n".encode("utf-16"), "bestand_leeg", None),
    "a megabyte of blank lines": (b"\r" * ((1 << 20) + 5) + UTF8, "kop_onherkenbaar", 1),
    "a header without end": (b"a;" * (1 << 20), "bestand_onleesbaar", 1),
    "gz cut off": (GZ[:-20], "bestand_beschadigd", None),
    "gz without its last bytes": (GZ[:-3], "bestand_beschadigd", None),
    "gz with another check sum": (spoilt(GZ, len(GZ) - 6), "bestand_beschadigd", None),
    "gz spoilt inside": (spoilt(GZ, len(GZ) // 2), "bestand_beschadigd", None),
    "gz with something behind it": (GZ + b"PK\x03\x04" + b"x" * 40, "bestand_beschadigd", None),
    "gz of nothing": (gzip.compress(b""), "bestand_leeg", None),
    "gz, its start alone": (b"\x1f\x8b", "bestand_beschadigd", None),
    "gz of a zip": (gzip.compress(zipped(UTF8)), "archief_geen_tekst", None),
    "gz of a gz": (gzip.compress(GZ), "archief_geen_tekst", None),
    "gz of a parquet": (gzip.compress(b"PAR1" + UTF8), "archief_geen_tekst", None),
    "zip of a zip": (zipped(zipped(UTF8)), "archief_geen_tekst", None),
    "zip of a gz": (zipped(GZ, "export.csv.gz"), "archief_geen_tekst", None),
    "zip of an old workbook": (zipped(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99), "archief_geen_tekst", None),
    "zip of nothing": (zipped(UTF8)[-22:-14] + b"\0" * 14, "archief_inhoud", None),
    "zip of two files": (zipped(UTF8, **{"tweede.csv": UTF8}), "archief_inhoud", None),
    "zip of a folder": (zipped(b"", "map/"), "archief_inhoud", None),
    "zip of hidden files": (zipped(UTF8, ".export.csv"), "archief_inhoud", None),
    "zip that is encrypted": (encrypted(UTF8), "bestand_versleuteld", None),
    "zip packed in another way": (other_method(UTF8), "archief_inpakwijze", None),
    "zip cut off": (zipped(UTF8)[:-30], "bestand_beschadigd", None),
    "zip spoilt inside": (spoilt(zipped(UTF8), 90), "bestand_beschadigd", None),
    "zip of another size": (wrong_size(UTF8), "bestand_beschadigd", None),
    "zip, its start alone": (b"PK\x03\x04", "bestand_beschadigd", None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_text_that_cannot_be_read_is_refused_with_rule_and_row(fault: str, tmp_path: Path) -> None:
    content, rule, row = FAULTS[fault]
    assert refusal(tmp_path, content) == (rule, row)


BY_HAND = {
    "utf-8 that is not": (GOOD.encode("cp1252"), Reading(encoding="utf-8"), "bestand_codering", 4),
    "windows-1252 that is not": (
        GOOD.replace("P00000004", "Á").encode(),
        Reading(encoding="windows-1252"),
        "bestand_codering",
        5,
    ),
    "windows-1252 for utf-16": (
        GOOD.encode("utf-16"),
        Reading(encoding="windows-1252"),
        "bestand_codering",
        1,
    ),
    "utf-16 that is not": (UTF8, Reading(encoding="utf-16"), "bestand_codering", 1),
    "a sign that is not there": (UTF8, Reading(delimiter="|"), "kop_scheidingsteken", 1),
    "a row for the header that is empty": (b"\n\n" + UTF8, Reading(header_row=2), "koprij_leeg", 2),
    "a row for the header behind the end": (UTF8, Reading(header_row=99), "koprij_leeg", 99),
    "a file that is not in the zip": (zipped(UTF8), Reading(member="ander.csv"), "archief_inhoud", None),
    "parquet that is text": (UTF8, Reading(kind="parquet"), "soort_anders", None),
    "xlsx that is a zip": (zipped(UTF8), Reading(kind="xlsx"), "soort_anders", None),
    "text that is parquet": (b"PAR1" + UTF8, Reading(kind="text"), "soort_anders", None),
    "a worksheet of text": (UTF8, Reading(sheet="Blad1"), "instelling_past_niet", None),
    "an encoding of parquet": (b"PAR1" + UTF8, Reading(encoding="utf-8"), "instelling_past_niet", None),
    "a row for the header of parquet": (b"PAR1" + UTF8, Reading(header_row=2), "instelling_past_niet", None),
    "a sign in a workbook": (
        zipped(b"", "xl/workbook.xml"),
        Reading(delimiter=";"),
        "instelling_past_niet",
        None,
    ),
    "text that is a picture": (b"\x89PNG" + UTF8, Reading(kind="text"), "bestand_soort", None),
}


@pytest.mark.parametrize("fault", BY_HAND)
def test_what_is_set_by_hand_must_be_possible(fault: str, tmp_path: Path) -> None:
    content, reading, rule, row = BY_HAND[fault]
    assert refusal(tmp_path, content, reading) == (rule, row)


def test_what_was_unclear_is_read_as_it_is_set(tmp_path: Path) -> None:
    for content, reading in [
        (FAULTS["two signs fit all rows"][0], Reading(delimiter=",")),
        (FAULTS["zip of two files"][0], Reading(member="tweede.csv")),
        (zipped(UTF8, "map/een.csv", **{"map/twee.csv": b"-"}), Reading(member="een.csv")),
        (FAULTS["windows-1252, from row 4 utf-8"][0], Reading(encoding="windows-1252")),
        (FAULTS["a title before names that are not known"][0], Reading(header_row=2)),
        (b"<naam>;b\n1;2\n", Reading(kind="text")),
    ]:
        path = tmp_path / "levering.csv"
        path.write_bytes(content)
        assert any(decision.by_hand for decision in open_source(path, reading, tmp_path / "t").decisions)


LEGITIMATE = [
    "HÄMEENLINNÄ’S",
    "CAFÉ–BAR",
    "„Groß“ – „Straß“",
    "MÍŠA",
    "Úžice",
    "liberté » – « égalité »",
    "MALMÖ…",
    "Curaçao",
    "São Tomé",
    "SÃO",
    "ÅLAND",
    "€ 5",
    "naïve †",
    "ÿ",
]


@pytest.mark.parametrize("word", LEGITIMATE)
def test_words_in_windows_1252_are_no_mixture(word: str, tmp_path: Path) -> None:
    path = tmp_path / "levering.csv"
    path.write_bytes(f"persoonsnummer;naam\n1;{word}\n2;é\n".encode("cp1252"))
    source = open_source(path, Reading(), tmp_path / "t")
    block = next(iter(source.blocks([0, 1], [1])))
    assert block.plain[1].to_pylist() == [word, "é"]


@pytest.mark.parametrize(
    "word", ["é", "ë", "Ö", "ç", "à", "ş", "ğ", "İ", "ı", "č", "’", "€", "Иван", "Ωμέγα", "😀"]
)
def test_words_in_utf_8_beside_windows_1252_are_a_mixture(word: str, tmp_path: Path) -> None:
    content = f"persoonsnummer;naam\n1;{word}\n2;".encode() + b"\xe9\n"
    assert refusal(tmp_path, content) == ("codering_gemengd", 3)


def test_what_a_system_adds_to_a_zip_is_no_delivery(tmp_path: Path) -> None:
    path = tmp_path / "levering.zip"
    extra = {"__MACOSX/._export.csv": b"x", "map/.DS_Store": b"x", "Thumbs.db": b"x", "map/": b""}
    path.write_bytes(zipped(UTF8, "map/export.csv", **extra))
    source = open_source(path, Reading(), tmp_path / "t")
    assert source.names == COLUMNS
    assert [d.value for d in source.decisions if d.subject == "bestand_in_archief"] == ["export.csv"]


KINDS = {
    b"%PDF-1.7\n": kinds.OTHER,
    b"<!DOCTYPE html><html>": kinds.MARKUP,
    b"\xef\xbb\xbf<?xml version='1.0'?>": kinds.MARKUP,
    b"\n <table><tr>": kinds.MARKUP,
    b'[{"a": 1}]': kinds.MARKUP,
    b'{ "a": 1}': kinds.MARKUP,
    b"{\\rtf1": kinds.MARKUP,
    b"\x89PNG\r\n": kinds.OTHER,
    b"SQLite format 3\0": kinds.OTHER,
    b"7z\xbc\xaf\x27\x1c": kinds.OTHER,
    bytes(range(256)): kinds.OTHER,
    b"\0" * 4096: kinds.OTHER,
    b"$FL2@(#)": kinds.SAV,
    b"$FL3@(#)": kinds.SAV,
    b"PAR1": kinds.PARQUET,
    b"PARE": kinds.ENCRYPTED,
    b"-----BEGIN PGP MESSAGE-----": kinds.ENCRYPTED,
    b"\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV": kinds.ENCRYPTED,
    b"a;b\n1;<5\n": kinds.TEXT,
    b"a;b\n1;\0\n": kinds.TEXT,
    b"[a];{b}\n": kinds.TEXT,
    "a;b".encode("utf-16"): kinds.TEXT,
    "a;b".encode("utf-16-be"): kinds.TEXT,
}


@pytest.mark.parametrize("start", KINDS)
def test_a_kind_is_told_by_its_beginning(start: bytes) -> None:
    assert kinds.kind_of_head(start) == KINDS[start]


OFFICE = {
    ("xl/workbook.xml",): kinds.XLSX,
    ("word/document.xml", "[Content_Types].xml"): kinds.OTHER,
    ("xl/workbook.bin", "[Content_Types].xml"): kinds.XLSB,
    ("mimetype", "content.xml", "META-INF/manifest.xml"): kinds.OTHER,
    ("export.csv",): kinds.ZIP,
}


@pytest.mark.parametrize("parts", OFFICE)
def test_a_zip_is_told_by_the_names_in_it(parts: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "bestand"
    path.write_bytes(zipped(b"<x/>", parts[0], **dict.fromkeys(parts[1:], b"<x/>")))
    assert kinds.kind_of(path) == OFFICE[parts]


def test_a_workbook_may_be_told_by_its_types_alone(tmp_path: Path) -> None:
    path = tmp_path / "bestand"
    types = b'<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    path.write_bytes(zipped(types, "[Content_Types].xml", **{"xl/boek.xml": b""}))
    assert kinds.kind_of(path) == kinds.XLSX


@pytest.mark.parametrize("locked", [True, False])
def test_an_old_container_is_encrypted_when_it_says_so(locked: bool, tmp_path: Path) -> None:
    stream = "EncryptedPackage" if locked else "Workbook"
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * ((1 << 20) - 20) + stream.encode("utf-16-le") + b"x" * 99
    )
    assert refusal(tmp_path, content) == ("bestand_versleuteld" if locked else "bestand_soort", None)


def bomb(piece: bytes, pieces: int) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as file:
        for _ in range(pieces):
            file.write(piece)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (bomb(b"\0" * (1 << 20), 80), "bestand_te_groot"),
        (bomb(b"a;b\n" * (1 << 18), 80), "bestand_te_groot"),
        (bomb(b"a;b\n" + b"x" * (1 << 20), 80), "bestand_te_groot"),
        (b"".join([gzip.compress(UTF8), bomb(b"x" * (1 << 20), 80)]), "bestand_onleesbaar"),
    ],
    ids=["zeros", "rows", "long rows", "one line"],
)
def test_a_bomb_ends_soon_and_leaves_the_disk_alone(content: bytes, rule: str, tmp_path: Path) -> None:
    tracemalloc.start()
    found, _ = refusal(tmp_path, content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == rule
    assert peak < 64 << 20
    spent = sum(file.stat().st_size for file in (tmp_path / "tijdelijk").glob("*"))
    assert spent <= archive.read_limits().free + (1 << 20)


def test_a_zip_that_lies_about_its_size_is_stopped_there(tmp_path: Path) -> None:
    packed = bytearray(zipped(b"a;b\n" * (1 << 20)))
    at = packed.find(b"PK\x01\x02") + 24
    packed[at : at + 4] = struct.pack("<I", 4096)
    assert refusal(tmp_path, bytes(packed)) == ("bestand_beschadigd", None)
    assert sum(file.stat().st_size for file in (tmp_path / "tijdelijk").glob("*")) < 1 << 20


@pytest.mark.slow
@pytest.mark.parametrize("packed", [False, True])
def test_a_line_of_two_gigabytes_takes_no_memory(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "levering.csv"
    if packed:
        path.write_bytes(gzip.compress(GOOD.encode() + b"x" * (20 << 20)))
    else:
        path.write_bytes(GOOD.encode())
        with path.open("r+b") as file:
            file.seek(0, 2)
            for _ in range(20):
                file.write(b"x" * (1 << 20))
            file.truncate(2 << 30)
    code = (
        "import sys; from pathlib import Path\n"
        "from wi2007.delivery.opening import open_source; from wi2007.delivery.source import Reading\n"
        "from wi2007.delivery.problems import UnreadableError\n"
        "try: open_source(Path(sys.argv[1]), Reading(), Path(sys.argv[2]))\n"
        "except UnreadableError as error: print(error.problem.rule, error.problem.row)\n"
        "peak = Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]\n"
        "print(int(peak) < 400 << 10)\n"
    )
    words = [sys.executable, "-c", code, str(path), str(tmp_path / "t")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.stdout.split() == ["bestand_onleesbaar", str(len(LINES) + 1), "True"], done.stderr
