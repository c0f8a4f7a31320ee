"""Every dialect of text gives the same names and rows; what is decided is told."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from engine_deliveries import person
from text_dialects import ENCODINGS, PACKINGS, dialects, written, zipped

from schemas.columns import COLUMNS
from wi2007.delivery.opening import open_source
from wi2007.delivery.source import Reading, Source
from wi2007.delivery.text.encodings import from_windows

NAMES = [*COLUMNS, "eiland"]
ODD = ["Curaçao", 'twee\nregels; en "zo", of | of\t', "", "– België …"]
ROWS = [[*person(number).values(), ODD[number % 4]] for number in range(40)]
RECORDS = [NAMES, *ROWS]


def opened(folder: Path, content: bytes, reading: Reading | None = None) -> Source:
    path = folder / "levering.csv"
    path.write_bytes(content)
    return open_source(path, reading or Reading(), folder / "tijdelijk")


def rows_of(source: Source) -> list[list[str]]:
    """All fields of all rows, row numbers first."""
    places = range(len(source.names))
    found = []
    for block in source.blocks(places, [0]):
        texts = [
            block.plain[place].to_pylist()
            if place in block.plain
            else [block.coded[place].values[code] if code >= 0 else "" for code in block.coded[place].codes]
            for place in places
            if len(block.rows)
        ]
        found += [[str(row), *fields] for row, *fields in zip(block.rows.tolist(), *texts, strict=True)]
    return found


def told(source: Source) -> dict[str, str]:
    return {decision.subject: decision.value for decision in source.decisions}


def test_every_dialect_gives_the_same_rows(tmp_path: Path) -> None:
    right = [[str(number + 2), *row] for number, row in enumerate(ROWS)]
    wrong = []
    for name, content in dialects(RECORDS):
        source = opened(tmp_path, content)
        if list(source.names) != NAMES or rows_of(source) != right or source.size != len(content):
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_was_decided_is_told(tmp_path: Path, encoding: str, packing: str) -> None:
    content = PACKINGS[packing](ENCODINGS[encoding](written(RECORDS, "|", "\r\n", quoted=True)))
    found = told(opened(tmp_path, content))
    assert encoding.startswith(found["codering"].split(" (")[0].lower())
    assert (found["scheidingsteken"], found["aanhalingstekens"]) == ("streep", "ja")
    assert found["regeleinden"] == "CRLF en LF"  # the line feed in a field
    assert found["koprij"] == "1"
    assert ("bestand_in_archief" in found) == (packing == "zip")


def test_the_digest_is_that_of_the_file_as_it_came(tmp_path: Path) -> None:
    for name, content in list(dialects(RECORDS))[:24]:
        assert opened(tmp_path, content).sha256 == hashlib.sha256(content).hexdigest(), name


def test_what_is_put_down_is_for_its_owner_alone(tmp_path: Path) -> None:
    opened(tmp_path, zipped(written(RECORDS, ";", "\n", quoted=False).encode("cp1252")))
    files = list((tmp_path / "tijdelijk").iterdir())
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600]


def test_a_plain_file_is_read_where_it_is(tmp_path: Path) -> None:
    opened(tmp_path, written(RECORDS, ";", "\n", quoted=False).encode())
    assert not (tmp_path / "tijdelijk").exists()


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_a_note_for_excel_is_obeyed_and_counts_as_a_row(tmp_path: Path, sign: str) -> None:
    text = f"sep={sign}\r\n" + written(RECORDS, sign, "\r\n", quoted=False)
    source = opened(tmp_path, b"\xef\xbb\xbf" + text.encode())
    assert source.header_row == 2
    assert rows_of(source)[0] == ["3", *ROWS[0]]
    assert "sep=" in next(d.reason for d in source.decisions if d.subject == "scheidingsteken")


def test_rows_before_the_header_that_was_set_are_passed_over(tmp_path: Path) -> None:
    text = "Levering van DUO; x; 1; 2\n\nopmerking\n" + written(RECORDS, ",", "\n", quoted=False)
    source = opened(tmp_path, text.encode(), Reading(header_row=4))
    assert (list(source.names), source.header_row) == (NAMES, 4)
    assert rows_of(source)[0] == ["5", *ROWS[0]]
    assert rows_of(source)[-1][0] == str(len(ROWS) + 4)


def test_quotation_marks_can_be_ordinary_letters(tmp_path: Path) -> None:
    rows = [[f'5" {number}', '"', 'a"b'] for number in range(5)]
    text = "".join(";".join(row) + "\n" for row in [["persoonsnummer", "geslacht", "x"], *rows])
    source = opened(tmp_path, text.encode(), Reading(quoted=False))
    assert [row[1:] for row in rows_of(source)] == rows
    assert told(source)["aanhalingstekens"] == "nee"


@pytest.mark.parametrize(
    ("reading", "encoding"),
    [
        (Reading(encoding="windows-1252"), "cp1252"),
        (Reading(encoding="utf-16"), "utf-16"),
        (Reading(encoding="utf-8"), "utf-8"),
        (Reading(encoding="windows-1252"), "ascii"),
    ],
)
def test_an_encoding_that_was_set_is_obeyed(tmp_path: Path, reading: Reading, encoding: str) -> None:
    odd = "" if encoding == "ascii" else "Ã© – ‘één’"
    source = opened(tmp_path, f"persoonsnummer;naam\n1;{odd}\n".encode(encoding), reading)
    assert rows_of(source) == [["2", "1", odd]]
    assert next(d for d in source.decisions if d.subject == "codering").by_hand


@pytest.mark.parametrize(
    ("text", "sign", "reason"),
    [
        ("a,b;c\n1,2;3\n4;5\n", ";", "eerste 2 rijen geeft alleen de puntkomma overal 2"),
        ("naam|bedrag\n" + "x|1,5\n" * 30, "|", "30 rijen geeft alleen de streep overal 2"),
        ("naam|bedrag;y\n" + "x;1,5\n" * 19 + "x;1;2\n", ";", "bijna overal"),
        ("naam;bedrag\n", ";", "Alleen de puntkomma splitst"),
        ("Geslacht;a,b\nM;1,2\n", ";", "een van onze kolomnamen"),
        ('"persoons nummer",STATUSCODE\n1,2\n', ",", "2 van onze kolomnamen"),
    ],
)
def test_the_sign_that_fits_is_found_and_said_why(tmp_path: Path, text: str, sign: str, reason: str) -> None:
    source = opened(tmp_path, text.encode())
    decision = next(d for d in source.decisions if d.subject == "scheidingsteken")
    assert {"puntkomma": ";", "komma": ",", "tab": "\t", "streep": "|"}[decision.value] == sign
    assert reason in decision.reason


@pytest.mark.parametrize("control", [b"", bytes(range(1, 9)), bytes([*range(1, 9), *range(14, 32)])])
def test_every_sign_of_windows_1252_is_converted(control: bytes) -> None:
    signs = bytes(byte for byte in range(1, 256) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    for content in (b"a\xe9\x96" + control + b"\x80\xc2\x96", signs[13:], control + signs[127:]):
        assert b"".join(from_windows([content, b"ascii", content])) == (
            (content + b"ascii" + content).decode("cp1252").encode()
        )
