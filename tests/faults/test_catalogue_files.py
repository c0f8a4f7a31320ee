"""Catalogue of faults, 3: archives that hide something, kinds of file that are not read, damaged SPSS and Parquet."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from faults_forms import parquet, parquet_of, spss, workbook, zipped
from faults_people import GOOD, SIZE, Sheet
from faults_trial import attempt
from isal import igzip

from schemas.columns import COLUMNS
from wi2007.project import ROOT

CSV = GOOD.bytes()
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
DOCX = '<Types><Override ContentType="application/vnd.ms-word.document.main+xml"/></Types>'


def _flags(packed: bytes, flag: int) -> bytes:
    """A zip that says of its files that they are encrypted."""
    local, central = packed.index(b"PK\x03\x04") + 6, packed.index(b"PK\x01\x02") + 8
    changed = bytearray(packed)
    changed[local] |= flag
    changed[central] |= flag
    return bytes(changed)


def _bomb(size: int) -> bytes:
    """A gz of a delivery with blank lines behind it, much larger than itself."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"\n" * (1 << 20)
    return b"".join(
        [deflate.compress(CSV), *(deflate.compress(block) for _ in range(size >> 20)), deflate.flush()]
    )


def _zip_bomb() -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("levering.csv", "w") as file,
    ):
        file.write(CSV)
        for _ in range(160):
            file.write(b"\n" * (1 << 20))
    return packed.getvalue()


def _overlapping() -> bytes:
    """A zip whose list says its file is small, while it unpacks to more."""
    packed = bytearray(zipped({"levering.csv": CSV + b"\n" * 5_000_000}))
    place = packed.index(b"PK\x01\x02") + 24
    packed[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(packed)


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("levering.csv")
        info.size = len(CSV)
        archive.addfile(info, io.BytesIO(CSV))
    return packed.getvalue()


def _stored(method: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("levering.csv", CSV)
    return packed.getvalue()


GZ = gzip.compress(CSV, mtime=0)
ZIP = zipped({"levering.csv": CSV})
PARQUET, SAV = parquet(GOOD), spss(GOOD)

FILES: dict[str, tuple[str, bytes, str]] = {
    "gz cut off": ("levering.csv.gz", GZ[:-20], "bestand_beschadigd"),
    "gz cut off in its last bytes": ("levering.csv.gz", GZ[:-3], "bestand_beschadigd"),
    "gz with garbage behind": ("levering.csv.gz", GZ + b"garbage!", "bestand_beschadigd"),
    "gz with a byte changed": ("levering.csv.gz", GZ[:300] + bytes([GZ[300] ^ 8]) + GZ[301:], "bestand_beschadigd"),
    "gz with a wrong sum": ("levering.csv.gz", GZ[:-8] + b"\0\0\0\0" + GZ[-4:], "bestand_beschadigd"),
    "gz of nothing": ("levering.csv.gz", gzip.compress(b""), "bestand_leeg"),
    "gz of a gz": ("levering.csv.gz", gzip.compress(GZ), "archief_geen_tekst"),
    "gz of a workbook": ("levering.xlsx.gz", gzip.compress(workbook(GOOD)), "archief_geen_tekst"),
    "gz bomb": ("levering.csv.gz", _bomb(160 << 20), "bestand_te_groot"),
    "only the start of a gz": ("levering.csv.gz", GZ[:10], "bestand_beschadigd"),
    "zip with two files": ("levering.zip", zipped({"a.csv": CSV, "b.csv": CSV}), "archief_inhoud"),
    "zip with no file": ("levering.zip", zipped({}), "archief_inhoud"),
    "zip with a folder alone": ("levering.zip", zipped({"map/": b""}), "archief_inhoud"),
    "zip with only what a Mac adds": (
        "levering.zip", zipped({"__MACOSX/._a.csv": b"x", ".DS_Store": b"x"}), "archief_inhoud",
    ),
    "zip with a password": ("levering.zip", _flags(ZIP, 1), "bestand_versleuteld"),
    "zip in a zip": ("levering.zip", zipped({"levering.zip": ZIP}), "archief_geen_tekst"),
    "workbook in a zip": ("levering.zip", zipped({"levering.xlsx": workbook(GOOD)}), "archief_geen_tekst"),
    "zip cut off": ("levering.zip", ZIP[:-30], "bestand_beschadigd"),
    "zip cut in half": ("levering.zip", ZIP[: len(ZIP) // 2], "bestand_beschadigd"),
    "zip with a byte changed": ("levering.zip", ZIP[:300] + bytes([ZIP[300] ^ 8]) + ZIP[301:], "bestand_beschadigd"),
    "zip that lies about its size": ("levering.zip", _overlapping(), "bestand_beschadigd"),
    "zip bomb": ("levering.zip", _zip_bomb(), "bestand_te_groot"),
    "zip packed in a way that is rare": ("levering.zip", _stored(zipfile.ZIP_LZMA), "archief_inpakwijze"),
    "tar": ("levering.csv", _tar(), "bestand_soort"),
    "bzip2": ("levering.csv", b"BZh91AY&SY" + bytes(range(256)), "bestand_soort"),
    "7z": ("levering.zip", b"7z\xbc\xaf\x27\x1c" + bytes(200), "bestand_soort"),
    "old Excel, as it is": ("levering.csv", OLE2 + bytes(2000), "bestand_soort"),
    "old Excel under the name of the new": ("levering.xlsx", OLE2 + bytes(2000), "bestand_soort"),
    "workbook with a password": (
        "levering.xlsx", OLE2 + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "bestand_versleuteld",
    ),
    "OpenOffice": (
        "levering.xlsx", zipped({"mimetype": ODS.encode(), "content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}),
        "werkblad_leeg",
    ),
    "Word": (
        "levering.xlsx", zipped({"[Content_Types].xml": DOCX.encode(), "word/document.xml": b"<w/>"}), "bestand_soort",
    ),
    "PDF": ("levering.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "bestand_soort"),
    "picture": ("levering.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "bestand_soort"),
    "database": ("levering.csv", b"SQLite format 3\0" + bytes(200), "bestand_soort"),
    "web page under the name of a workbook": (
        "levering.xlsx", b"<html><body><table><tr><td>persoonsnummer</td></tr></table></body></html>", "bestand_soort",
    ),
    "program": ("levering.csv", b"\x7fELF" + bytes(range(32)) * 40, "bestand_soort"),
    "workbook cut off": ("levering.xlsx", workbook(GOOD)[:-100], "bestand_beschadigd"),
    "workbook cut in half": ("levering.xlsx", workbook(GOOD)[:4000], "bestand_beschadigd"),
    "Parquet cut off": ("levering.parquet", PARQUET[:-5], "bestand_beschadigd"),
    "Parquet, its start alone": ("levering.parquet", PARQUET[:40], "bestand_beschadigd"),
    "Parquet with bytes changed": (
        "levering.parquet", PARQUET[:60] + bytes(b ^ 0xFF for b in PARQUET[60:160]) + PARQUET[160:],
        "bestand_beschadigd",
    ),
    "Parquet without rows": ("levering.parquet", parquet(Sheet(COLUMNS, ())), "geen_rijen"),
    "Parquet of something else": ("levering.parquet", parquet_of(pa.table({"a": [1], "b": [2]})), "kop_onherkenbaar"),
    "encrypted Parquet": ("levering.parquet", b"PARE" + PARQUET[4:-4] + b"PARE", "bestand_versleuteld"),
    "SPSS cut off": ("levering.sav", SAV[:-200], "bestand_beschadigd"),
    "SPSS, its start alone": ("levering.sav", SAV[:100], "bestand_beschadigd"),
    "SPSS of something else": (
        "levering.sav", spss(GOOD.ordered(("statusdatum",)).renamed({"statusdatum": "v1"})), "kop_onherkenbaar",
    ),
    "SPSS, portable": ("levering.sav", b"ASCII SPSS PORT FILE" + b" " * 180, "bestand_beschadigd"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FILES)
def test_a_file_that_hides_something_or_is_no_delivery_is_refused(fault: str, tmp_path: Path) -> None:
    name, content, rule = FILES[fault]
    result = attempt(tmp_path, {name: content})
    assert result.message is not None
    assert result.nothing_lost()
    assert rule in {found for found, _ in result.pairs}
    assert len(result.pairs) == 1
    assert rule in result.message
    assert "Q7K" not in result.words()


def test_a_name_that_leads_out_of_the_folder_writes_nothing_there(tmp_path: Path) -> None:
    for number, name in enumerate(
        ("../../../uit.csv", "/tmp/uit_wi2007.csv", "..\\..\\uit.csv", "C:\\uit.csv")
    ):
        result = attempt(tmp_path / str(number), {"levering.zip": zipped({name: CSV})})
        assert result.message is None
        assert len(result.persons) + 3 == SIZE
    outside = [path for path in tmp_path.rglob("*uit*.csv") if path.is_file()]
    assert outside == []
    assert not Path("/tmp/uit_wi2007.csv").exists()


def test_an_empty_cell_of_parquet_is_empty(tmp_path: Path) -> None:
    frame = pd.DataFrame(list(GOOD.rows), columns=list(COLUMNS)).astype(object)
    frame.loc[7, "geslacht"] = None
    table = pa.Table.from_pandas(frame, preserve_index=False)
    result = attempt(tmp_path, {"levering.parquet": parquet_of(table)})
    assert result.told() == {("veld_leeg", "geslacht", 8)}


LIMIT_KB = 900_000
LONG = {
    "gz of two gigabytes without a line end": ("levering.csv.gz", True),
    "two gigabytes without a line end, with holes": ("levering.csv", False),
}


def _two_gigabytes(path: Path, packed: bool) -> None:
    if not packed:
        with path.open("wb") as file:
            file.write(CSV)
            file.truncate(2 << 30)
        return
    member = igzip.compress(b"a" * (64 << 20), 1)
    with path.open("wb") as file:
        file.write(igzip.compress(CSV + b"a", 1))
        for _ in range(32):
            file.write(member)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("fault", LONG)
def test_a_line_of_two_gigabytes_is_refused_in_little_memory(fault: str, tmp_path: Path) -> None:
    name, packed = LONG[fault]
    _two_gigabytes(tmp_path / name, packed)
    code = (
        "import sys\nfrom pathlib import Path\nfrom steps import read_delivery\nfrom memory import peak_kb\n"
        "from wi2007.errors import UserError\n"
        "try:\n    read_delivery(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except UserError as error:\n    print(error, peak_kb())\n    sys.exit(2)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / name), str(tmp_path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([*sys.path, str(ROOT / "tests" / "helpers")])},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 2
    assert "bestand_" in done.stdout
    assert int(done.stdout.split()[-1]) < LIMIT_KB
    assert sorted(path.name for path in tmp_path.iterdir()) == [name, "validatie.csv", "validatie.html"]
