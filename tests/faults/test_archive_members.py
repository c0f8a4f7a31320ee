"""A zip with the delivery and what explains it is read; one in which another file may hold persons is a question."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from faults_people import GOOD, SIZE
from text_dialects import zipped

from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Reading

CSV = GOOD.bytes()
HALF = SIZE // 2
HEADER, *ROWS = GOOD.text().splitlines()
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 20
CODES = b"code;omschrijving\n" + b"".join(b"%04d;naam\n" % code for code in range(300))

BESIDE = {
    "a pdf": {"toelichting.pdf": PDF},
    "a document of Word": {"Toelichting DUO.DOCX": zipped(b"<w/>", "word/document.xml")},
    "pictures": {"logo.png": b"\x89PNG\r\n\x1a\n" + bytes(99), "foto.jpg": b"\xff\xd8\xff\xe0" + bytes(99)},
    "a schema": {"levering.xml": b"<?xml version='1.0'?><schema/>"},
    "a readme": {"README.txt": b"Levering van DUO, stand: 1 juli; zie ook, de toelichting.\n\nMet groet\n"},
    "a code list": {"landen.csv": CODES},
    "a check sum": {"export.csv.sha256": b"0123abcd  export.csv\n"},
    "an empty file": {"klaar.txt": b""},
    "all of it": {"a.pdf": PDF, "b.txt": b"lees mij\n", "map/c.xml": b"<a/>", "landen.csv": CODES},
}


def opened(folder: Path, content: bytes, reading: Reading | None = None) -> int:
    """The number of rows; raises when the file is refused."""
    path = folder / "levering.zip"
    path.write_bytes(content)
    source = open_source(path, reading or Reading(), folder / "t")
    assert [one.value for one in source.decisions if one.subject == "bestand_in_archief"] == ["export.csv"]
    return sum(len(block.rows) for block in source.blocks([0]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("beside", BESIDE)
def test_what_explains_a_delivery_is_passed_over_and_told(beside: str, encoding: str, tmp_path: Path) -> None:
    content = zipped(GOOD.text().encode(encoding), **BESIDE[beside])
    assert opened(tmp_path, content) == SIZE
    source = open_source(tmp_path / "levering.zip", Reading(), tmp_path / "t")
    reason = next(one.reason for one in source.decisions if one.subject == "bestand_in_archief")
    assert f"Niet gelezen: {len(BESIDE[beside])} ander" in reason


MAYBE = {
    "a second delivery": {"deel2.csv": CSV},
    "a second part without names": {"deel2.csv": "\n".join(ROWS[HALF:]).encode()},
    "a second part with another row less": {
        "deel2.txt": "\n".join(row + ";" for row in ROWS[HALF:]).encode()
    },
    "a second part with other signs": {"deel2.txt": "\n".join(ROWS[HALF:]).replace(";", "\t").encode()},
    "a workbook": {"deel2.xlsx": zipped(b"<x/>", "xl/workbook.xml")},
    "a packed text": {"deel2.csv.gz": gzip.compress(CSV)},
    "a file of SPSS": {"deel2.sav": b"$FL2@(#)" + bytes(99)},
    "a file of Stata": {"deel2.dta": b"\x72\x02" + bytes(range(32)) * 9},
    "a workbook under the name of a document": {"deel2.pdf": zipped(b"<x/>", "xl/workbook.xml")},
}


@pytest.mark.parametrize("beside", MAYBE)
def test_what_may_hold_persons_is_a_question(beside: str, tmp_path: Path) -> None:
    first = "\n".join([HEADER, *ROWS[:HALF], ""]).encode()
    with pytest.raises(UnreadableError) as caught:
        opened(tmp_path, zipped(first, **MAYBE[beside]))
    assert caught.value.problem.rule == "archief_inhoud"
    assert next(iter(MAYBE[beside])) in caught.value.problem.about
    assert opened(tmp_path, zipped(first, **MAYBE[beside]), Reading(member="export.csv")) == HALF


def test_names_that_levering_mentions_count(tmp_path: Path) -> None:
    other = GOOD.renamed({name: f"V{at}" for at, name in enumerate(GOOD.names)}).bytes()
    content = zipped(other, **{"README.txt": b"een\ntwee\n"})
    with pytest.raises(UnreadableError):
        opened(tmp_path, content)
    assert opened(tmp_path, content, Reading(known=frozenset({"v1", "v2", "v3"}))) == SIZE
