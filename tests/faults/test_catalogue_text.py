"""Catalogue of faults, 2: the bytes, lines, quotation marks and names of a good delivery in text are damaged."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from faults_forms import zipped
from faults_people import BETWEEN, GOOD, NUMBER, SIZE
from faults_trial import Found, attempt

from schemas.columns import COLUMNS, REQUIRED

TEXT = GOOD.text()
LINES = TEXT.splitlines()
HEADER = LINES[0]
REMARK = GOOD.beside("opmerking", "geen")
PERSON = "persoonsnummer"


def lines(*parts: str | list[str], end: str = "\n") -> str:
    flat = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    return end.join(flat) + end


def row(number: int, old: str, new: str, text: str = TEXT) -> str:
    """The text with one row (as a reader of the file counts) changed."""
    found = text.split("\n")
    assert old in found[number - 1]
    found[number - 1] = found[number - 1].replace(old, new, 1)
    return "\n".join(found)


def number(row_number: int) -> str:
    return NUMBER.format(row_number - 1)


BYTES: dict[str, tuple[bytes | str, Found]] = {
    "empty": (b"", ("bestand_leeg", "", None)),
    "only a byte order mark": (b"\xef\xbb\xbf", ("bestand_leeg", "", None)),
    "only a byte order mark of UTF-16": (b"\xff\xfe", ("bestand_leeg", "", None)),
    "only blank lines": ("\r\n\r\n \r\n\t\r\n", ("bestand_leeg", "", None)),
    "only spaces": (" " * 500, ("bestand_leeg", "", None)),
    "a header alone": (HEADER + "\n", ("geen_rijen", "", None)),
    "a header alone, no line end": (HEADER, ("geen_rijen", "", None)),
    "a header and blank lines": (HEADER + "\n\n\n", ("geen_rijen", "", None)),
    "a header alone in UTF-16": ((HEADER + "\r\n").encode("utf-16"), ("geen_rijen", "", None)),
    "a NUL in a row": (row(9, "Q7K", "Q7\0K"), ("bestand_nulteken", "", 9)),
    "NULs at the end, as a disk leaves them": (TEXT.encode() + b"\0" * 600, ("bestand_nulteken", "", SIZE + 2)),
    "a byte that is in no encoding": (row(30, "Q7K", "Q\xe9K").encode("latin-1").replace(b"Q\xe9K", b"Q\xe9\x81K"),
                                      ("bestand_codering", "", 30)),
    "a mark in the middle": (TEXT.replace("\n" + number(20), "\n\ufeff" + number(20)), ("bom_midden", "", 20)),
    "two files one after the other, each with its mark": (
        "\ufeff" + lines(LINES[:20]) + "\ufeff" + lines(HEADER, LINES[20:]), ("bom_midden", "", 21),
    ),
    "UTF-8 and Windows-1252 in one file": (
        REMARK.put(5, "opmerking", "één").bytes()
        + b";".join([b"Q7K99999", *[b""] * BETWEEN, "naïef".encode("cp1252")]),
        ("codering_gemengd", "", SIZE + 2),
    ),
    "Windows-1252, then UTF-8": (
        REMARK.put(5, "opmerking", "naïef").text().encode("cp1252")
        + b";".join([b"Q7K99999", *[b""] * BETWEEN, "één".encode()]),
        ("codering_gemengd", "", SIZE + 2),
    ),
    "UTF-16 cut in half a character": (TEXT.encode("utf-16")[:-1], ("bestand_codering", "", SIZE + 1)),
    "UTF-16 without mark, cut in half a character": (
        TEXT.encode("utf-16-le")[:-1], ("bestand_codering", "", SIZE + 1),
    ),
    "UTF-16 with half a pair": (
        REMARK.put(8, "opmerking", "x").text().replace(";x\n", ";\ud800\n").encode("utf-16", "surrogatepass"),
        ("bestand_codering", "", 10),
    ),
    "UTF-32": (TEXT.encode("utf-32"), ("bestand_codering", "", 1)),
    "a quotation mark that never closes": (row(12, "Q7K", '"Q7K'), ("aanhalingstekens", "", 12)),
    "a quotation mark within a field": (row(12, "Q7K", 'Q"7K'), ("aanhalingstekens", "", 12)),
    "text behind a closing quotation mark": (row(12, "Q7K00011;", '"Q7K"00011;'), ("aanhalingstekens", "", 12)),
    "a quotation mark for inches in another column": (
        REMARK.text().replace(number(12) + ";", number(12) + ";", 1).replace("geen\n", '5" scherm\n', 1),
        ("aanhalingstekens", "", 2),
    ),
    "quoted, one mark gone": (
        GOOD.text(quoted=True).replace(f'"{number(12)}"', f'"{number(12)}'), ("aanhalingstekens", "", 12),
    ),
    "quoted, cut off within a field": (GOOD.text(quoted=True)[:-5], ("aanhalingstekens", "", SIZE + 1)),
    "a row too short": (lines(LINES[:7], "Q7K90000;V;19700101", LINES[7:]), ("rij_aantal_velden", "", 8)),
    "a row with a field too many": (row(8, ";M;", ";M;;"), ("rij_aantal_velden", "", 8)),
    "a row too long": (lines(LINES[:7], LINES[7] + ";;", LINES[8:]), ("rij_aantal_velden", "", 8)),
    "a delimiter in a field without quotation marks": (
        REMARK.put(9, "opmerking", "ja_nee").text().replace("ja_nee", "ja; nee"), ("rij_aantal_velden", "", 11),
    ),
    "a line end in a field without quotation marks": (
        REMARK.put(9, "opmerking", "ja_nee").text().replace("ja_nee", "ja\nnee"), ("rij_aantal_velden", "", 12),
    ),
    "a row with commas": (lines(LINES[:7], LINES[7].replace(";", ","), LINES[8:]), ("rij_aantal_velden", "", 8)),
    "two rows on one line": (lines(LINES[:7], LINES[7] + LINES[8], LINES[9:]), ("rij_aantal_velden", "", 8)),
    "a delimiter gone": (row(8, ";M;", ";M"), ("rij_aantal_velden", "", 8)),
    "the last row cut off": (TEXT[:-60], ("rij_aantal_velden", "", SIZE + 1)),
    "the last value cut off": (TEXT[:-3], ("codelijst", COLUMNS[-1], SIZE + 1)),
    "words below the rows": (TEXT + "Bron: DUO, juli 2022\n", ("rij_aantal_velden", "", SIZE + 2)),
    "a total below the rows": (TEXT + "Totaal" + ";" * BETWEEN + "\n", ("totaalrij", "", SIZE + 2)),
    "no header": (lines(LINES[1:]), ("kop_ontbreekt", "", 1)),
    "a header without any of our names": (
        lines(";".join(f"V{at}" for at in range(len(COLUMNS))), LINES[1:]), ("kop_onherkenbaar", "", 1),
    ),
    "a row of units below the header": (
        lines(HEADER, ";".join(["eenheid"] * len(COLUMNS)), LINES[1:]), ("codelijst", "geslacht", 2),
    ),
    "a second header in other words": (
        lines(HEADER, ";".join(f"veld {at}" for at in range(len(COLUMNS))), LINES[1:]), ("codelijst", "geslacht", 2),
    ),
    "the header twice": (lines(HEADER, LINES), ("kop_herhaald", "", 2)),
    "files pasted together": (lines(LINES[:15], HEADER, LINES[15:]), ("kop_herhaald", "", 16)),
    "a doubled column": (GOOD.beside("GESLACHT", "M").bytes(), ("kolom_dubbel", "geslacht", None)),
    "a name that differs in a letter": (
        GOOD.renamed({"geslacht": "geslacth"}).bytes(), ("kolom_ontbreekt", "geslacht", None),
    ),
    "names that may be the same": (GOOD.beside("ge-slacht", "M").bytes(), ("kolom_onduidelijk", "geslacht", None)),
    "only one column": (lines([line.split(";")[0] for line in LINES]), ("kop_scheidingsteken", "", 1)),
    "spaces for separators": (TEXT.replace(";", " "), ("kop_scheidingsteken", "", 1)),
    "a colon for a separator": (TEXT.replace(";", ":"), ("kop_scheidingsteken", "", 1)),
    "two separators possible": (
        lines("persoonsnummer,soort;geslacht", ["Q7K1,a;M", "Q7K2,b;V"]),
        ("scheidingsteken_onduidelijk", "", 1),
    ),
    "lines without end from row 4": (lines(LINES[:3]) + "x;" * (9 << 20), ("bestand_onleesbaar", "", 4)),
    "a web page": ("<!DOCTYPE html><table><tr><td>geslacht;a</td></tr></table>", ("bestand_soort", "", None)),
    "XML": ("<?xml version='1.0'?><personen/>", ("bestand_soort", "", None)),
    "JSON": ('[{"persoonsnummer": "Q7K1", "geslacht": "M"}]', ("bestand_soort", "", None)),
    "rich text": ("{\\rtf1\\ansi persoonsnummer;geslacht\\par}", ("bestand_soort", "", None)),
    "another dataset: exam results": (
        '"INSTELLINGSCODE";"GEMEENTENAAM";"EXAMENKANDIDATEN - MAN"\r\n"00AB";"Zwolle";"<5"\r\n',
        ("kop_onherkenbaar", "", 1),
    ),
    "another dataset: fields of the BRP by number": (
        "\ufeff;01.01.10;01.01.20;01.02.40\r\n1;Q7K1;Q7K2;Jansen\r\n", ("kop_onherkenbaar", "", 1),
    ),
    "another dataset: fixed width": (
        "0000Onbekend          9onbekend    99Onbekend\r\n5001Canada            2westers     21Amerika\r\n",
        ("kop_scheidingsteken", "", 1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", BYTES)
def test_a_damaged_text_is_refused_with_rule_and_row(fault: str, tmp_path: Path) -> None:
    content, expected = BYTES[fault]
    result = attempt(tmp_path, {"levering.csv": content})
    assert result.message is not None
    assert result.nothing_lost()
    assert expected in result.told()
    assert expected[0] in result.message
    assert {found[2] for found in result.told()} <= {expected[2], None}
    assert not {"Q7K", "Traceback", "Jansen"} & {
        word for word in ("Q7K", "Traceback", "Jansen") if word in result.words()
    }


@pytest.mark.parametrize("column", REQUIRED)
def test_a_missing_column_is_named(column: str, tmp_path: Path) -> None:
    sheet = GOOD.ordered(tuple(name for name in COLUMNS if name != column))
    result = attempt(tmp_path, {"levering.csv": sheet.bytes()})
    assert result.message is not None
    assert result.nothing_lost()
    assert ("kolom_ontbreekt", column, None) in result.told()
    assert {rule for rule, _ in result.pairs} == {"kolom_ontbreekt"}


PACKED = ("a row too short", "a NUL in a row", "a mark in the middle", "a quotation mark that never closes",
          "the last value cut off", "no header", "a row with commas", "a byte that is in no encoding")  # fmt: skip


@pytest.mark.parametrize("fault", PACKED)
@pytest.mark.parametrize("packing", ["gz", "zip"])
def test_a_damaged_text_in_an_archive_is_refused_the_same(fault: str, packing: str, tmp_path: Path) -> None:
    content, expected = BYTES[fault]
    plain = content.encode() if isinstance(content, str) else content
    packed = gzip.compress(plain) if packing == "gz" else zipped({"levering.csv": plain})
    result = attempt(tmp_path, {f"levering.csv.{packing}": packed})
    assert result.message is not None
    assert result.nothing_lost()
    assert expected in result.told()


ROW = len(LINES[-1])
CUTS = [cut for cut in range(3, ROW + 60, 9) if cut not in (ROW, ROW + 1)]
"""Not where a row ends: what is left is then a whole delivery."""


@pytest.mark.parametrize("cut", CUTS)
def test_cut_off_anywhere_in_the_last_row_is_never_taken_in_silence(cut: int, tmp_path: Path) -> None:
    result = attempt(tmp_path, {"levering.csv": TEXT[:-cut]})
    assert result.message is not None
    assert result.nothing_lost()
