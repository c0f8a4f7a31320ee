"""Whatever the bytes are: a text is read with every row accounted for, or refused. It never stops in another way."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from engine_deliveries import person, text_of
from examples import examples
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st
from text_dialects import ENCODINGS, zipped

from wi2007.delivery import kinds
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Reading, Source
from wi2007.delivery.text import lines
from wi2007.delivery.text import rows as rows_of_text
from wi2007.delivery.text.lines import record_at
from wi2007.delivery.text.rows import TextSource

GOOD = text_of([person(number) for number in range(12)])
SIGNS = st.sampled_from([";", ",", "\t", "|", None])
READINGS = st.builds(
    Reading,
    encoding=st.sampled_from([None, None, "utf-8", "windows-1252", "utf-16"]),
    delimiter=SIGNS,
    quoted=st.sampled_from([None, True, False]),
    header_row=st.sampled_from([None, None, 1, 2, 3]),
)
MARKS = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"\xc3\xa9", b"\x81", b"\0"]
PIECES = st.sampled_from([b";", b",", b"\n", b"\r", b"\r\n", b'"', b"sep=;", *MARKS])
SLOW = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "CHUNK", 61)
    monkeypatch.setattr(rows_of_text, "BLOCK_BYTES", 600)
    monkeypatch.setattr(rows_of_text, "BATCH_ROWS", 3)


def accounted(source: Source) -> list[int]:
    """The numbers of all rows behind the header, whatever became of them, ascending."""
    numbers: list[int] = []
    for block in source.blocks(range(len(source.names)), [0]):
        numbers += [*block.rows.tolist(), *block.wrong_length.tolist(), *block.empty.tolist()]
        numbers += [row for rows in block.passed_over.values() for row in rows.tolist()]
    return sorted(numbers)


def last_row(source: Source) -> int:
    """The number of the last record, counted by its line ends alone."""
    assert isinstance(source, TextSource)
    content = source.path.read_bytes()
    number = record_at(source.path, len(content), mark=source.mark)
    return number - content.endswith((b"\r", b"\n"))


def tried(folder: Path, content: bytes, reading: Reading) -> list[int] | None:
    """The rows behind the header as they were read; None when the file is refused."""
    path = folder / "levering.csv"
    path.write_bytes(content)
    try:
        source = open_source(path, reading, folder / "t")
        found = accounted(source)
    except UnreadableError as error:
        assert error.problem.row is None or error.problem.row > 0
        return None
    assert source.header_row is not None
    assert found == list(range(source.header_row + 1, last_row(source) + 1))
    return found


@examples(150, suppress_health_check=SLOW)
@given(content=st.binary(max_size=300), reading=READINGS)
def test_any_bytes(tmp_path: Path, content: bytes, reading: Reading) -> None:
    assume(kinds.kind_of_head(content) not in (kinds.SAV, kinds.PARQUET))
    tried(tmp_path, content, reading)
    tried(tmp_path, gzip.compress(content), reading)


@examples(250, suppress_health_check=SLOW)
@given(data=st.data(), reading=READINGS, encoding=st.sampled_from(sorted(ENCODINGS)))
def test_a_delivery_with_pieces_out_and_others_in(
    tmp_path: Path, data: st.DataObject, reading: Reading, encoding: str
) -> None:
    content = ENCODINGS[encoding](GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(content)))
        end = begin + data.draw(st.integers(0, 40))
        content = content[:begin] + data.draw(PIECES) + content[end:]
    tried(tmp_path, content, reading)


PACKED = {"gz": gzip.compress(GOOD.encode()), "zip": zipped(GOOD.encode())}
"""Packed once: the time of packing stands in the file, and an example tried again must be the same bytes."""


@examples(60, suppress_health_check=SLOW)
@given(packing=st.sampled_from(sorted(PACKED)), data=st.data())
def test_an_archive_with_bytes_changed(tmp_path: Path, packing: str, data: st.DataObject) -> None:
    content = bytearray(PACKED[packing])
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = tried(tmp_path, bytes(content), Reading())
    assert found is None or len(found) == 12


FIELDS = st.text(alphabet='ab;,\t|"\r\né', max_size=5)


@examples(150, suppress_health_check=SLOW)
@given(
    rows=st.lists(st.lists(FIELDS, min_size=1, max_size=4), max_size=25),
    sign=st.sampled_from([";", ",", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_rows_are_the_records_that_another_reader_finds(
    tmp_path: Path, rows: list[list[str]], sign: str, end: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=sign, lineterminator=end)
    writer.writerows([["persoonsnummer", "geslacht", "x"], *rows])
    records = list(csv.reader(io.StringIO(written.getvalue(), newline=""), delimiter=sign))
    path = tmp_path / "levering.csv"
    path.write_bytes(written.getvalue().encode())
    try:
        source = open_source(path, Reading(delimiter=sign, quoted=True), tmp_path / "t")
    except UnreadableError as error:
        assert error.problem.rule == "extra_veld"
        assert {len(fields) for fields in records[1:] if "".join(fields).strip()} == {4}
        return
    kept: dict[int, list[str]] = {}
    assert isinstance(source, TextSource)
    for block in source.blocks([0, 1, 2], [0, 1, 2]):
        texts = [block.plain[place].to_pylist() for place in range(3)] if len(block.rows) else [[], [], []]
        kept |= dict(zip(block.rows.tolist(), map(list, zip(*texts, strict=True)), strict=True))
    assert accounted(source) == list(range(2, len(records) + 1))
    width, first = source.width or len(source.names), source.first
    assert kept == {
        at: fields[first : first + 3]
        for at, fields in enumerate(records, 1)
        if len(fields) == width and at > 1 and "".join(fields).strip()
    }
    assert width == 3 or {len(fields) for fields in records[1:] if "".join(fields).strip()} == {width}


PEOPLE = [[*person(number).values(), "zie brief"] for number in range(12)]
NAMES = [*person(0), "opmerking"]
MARK = st.tuples(
    st.integers(-1, 11), st.integers(0, 14), st.booleans(), st.sampled_from(['"', '""', '"""', "'"])
)


def lengths(folder: Path, content: bytes, reading: Reading) -> tuple[int, int] | None:
    """How many rows are read, and how many are refused for their length; None when the file is refused."""
    path = folder / "levering.csv"
    path.write_bytes(content)
    try:
        source = open_source(path, reading, folder / "t")
        blocks = list(source.blocks([0]))
    except UnreadableError:
        return None
    return sum(len(block.rows) for block in blocks), sum(len(block.wrong_length) for block in blocks)


@examples(250, suppress_health_check=SLOW)
@given(
    marks=st.lists(MARK, min_size=1, max_size=5),
    sign=st.sampled_from([";", ",", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(sorted(ENCODINGS)),
    order=st.permutations(range(15)),
)
def test_no_mark_swallows_a_person(
    tmp_path: Path,
    marks: list[tuple[int, int, bool, str]],
    sign: str,
    end: str,
    encoding: str,
    order: list[int],
) -> None:
    rows = [list(NAMES), *map(list, PEOPLE)]
    for row, field, before, mark in marks:
        text = rows[row + 1][field]
        rows[row + 1][field] = mark + text if before else text + mark
    lines = [sign.join(row[at] for at in order) + end for row in rows]
    found = lengths(tmp_path, ENCODINGS[encoding]("".join(lines)), Reading())
    assert found is None or found[1] or found == (12, 0)
    assert lengths(tmp_path, ENCODINGS[encoding]("".join(lines)), Reading(quoted=False)) == (12, 0)


TITLES = st.sampled_from(["Uitdraai", "DUO;1;2", "geslacht,x", " ", ";;;;", "-- 2024 --", "a|b"])
FOOTERS = st.sampled_from(
    ["(12 rows affected)", "12 rijen", "-- einde", "", ";;", "-----", "Totaal: 13 rijen", "P0001"]
)
BLANKS = st.sampled_from(["", " ", "\t", ";" * 14, ";;;", " ; ;", '""'])


@examples(150, suppress_health_check=SLOW)
@given(
    titles=st.lists(TITLES, max_size=3),
    footers=st.lists(FOOTERS, max_size=3),
    blanks=st.lists(st.tuples(st.integers(0, 12), BLANKS), max_size=4),
    before=st.sampled_from(["", "{}", '"{}"', "r{}"]),
    behind=st.sampled_from(["", ";", ";;", "; "]),
    last=st.sampled_from(["", "\x1a", "\x1a\x1a\r\n"]),
)
def test_no_form_around_the_rows_loses_a_person(
    tmp_path: Path,
    titles: list[str],
    footers: list[str],
    blanks: list[tuple[int, str]],
    before: str,
    behind: str,
    last: str,
) -> None:
    rows = [(before and before.format(at) + ";") + ";".join(row) + behind for at, row in enumerate(PEOPLE, 1)]
    for place, blank in sorted(blanks, reverse=True):
        rows.insert(place, blank)
    text = "\n".join([*titles, ";".join(NAMES), *rows, *footers, ""]) + last
    found = lengths(tmp_path, text.encode(), Reading())
    assert found is None or found[1] or found == (12, 0)
