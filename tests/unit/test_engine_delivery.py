"""Opening a delivery: quotation marks, encodings, row numbers, batches."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from engine_deliveries import person, text_of
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from wi2007.delivery import source
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Reading
from wi2007.delivery.text import lines, opening, quotes
from wi2007.delivery.text import rows as rows_of_text
from wi2007.delivery.text.lines import blank_rows, record_at, record_longer_than
from wi2007.delivery.text.survey import Pass
from wi2007.mapping.batches import open_delivery

QUOTED = st.text(alphabet='ab;"\r\n', max_size=6).map(lambda text: '"' + text.replace('"', '""') + '"')
PLAIN = st.text(alphabet="ab ", max_size=4)
RECORDS = st.lists(st.lists(QUOTED | PLAIN, min_size=1, max_size=4), max_size=8)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def pairing(text: bytes, cuts: int) -> int | None:
    """The first stray mark, when the text comes in chunks of `cuts` bytes."""
    look = quotes.Pairing(";")
    for start in range(0, len(text), cuts):
        stray = look.take(text[start : start + cuts], start)
        if stray is not None:
            return stray
    return look.end()


@given(records=RECORDS, end=ENDS, cuts=st.integers(1, 7))
def test_marks_around_whole_fields_pair_however_the_file_is_cut(
    records: list[list[str]], end: str, cuts: int
) -> None:
    text = end.join(";".join(record) for record in records)
    assert pairing(text.encode(), cuts) is None


@given(records=RECORDS, end=ENDS, cuts=st.integers(1, 7), field=PLAIN, behind=st.booleans())
def test_a_mark_inside_a_field_is_found(
    records: list[list[str]], end: str, cuts: int, field: str, behind: bool
) -> None:
    before = end.join(";".join(record) for record in records)
    before += end if records else ""
    stray = f'"{field}"x' if behind else f'x"{field}'
    text = (before + stray + ";a" + end + "b").encode()
    at = len(before) + (len(field) + 1 if behind else 1)
    assert pairing(text, cuts) == at


@given(records=RECORDS, end=ENDS)
def test_row_numbers_are_records(
    tmp_path_factory: pytest.TempPathFactory, records: list[list[str]], end: str
) -> None:
    path = tmp_path_factory.mktemp("rows") / "file"
    starts, text = [], ""
    for record in records:
        starts.append(len(text))
        text += ";".join(record) + end
    path.write_bytes(text.encode())
    assert [record_at(path, start) for start in starts] == list(range(1, len(records) + 1))
    blank = [
        number
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=";"), 1)
        if not "".join(record).strip(' ;"\r\n')
    ]
    assert blank_rows(path, ";").tolist() == blank


def test_row_numbers_do_not_depend_on_where_chunks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    text = 'a;b\r\n"c\r\nd";e\r\rf\n\n"g""\n"'
    path.write_bytes(text.encode())
    whole = [record_at(path, at) for at in range(len(text))]
    empty = blank_rows(path, ";").tolist()
    monkeypatch.setattr("wi2007.delivery.text.lines._CHUNK", 1)
    assert [record_at(path, at) for at in range(len(text))] == whole
    assert blank_rows(path, ";").tolist() == empty == [3, 5]
    assert whole[text.index("f")] == 4


def test_the_first_record_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("aa\n" * 3 + "b" * 50 + "\naa\n")
    assert record_longer_than(path, 20) == 4
    assert record_longer_than(path, 100) is None
    path.write_text("aa\n" * 3 + "b" * 50)
    assert record_longer_than(path, 20) == 4


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 1 << 20])
@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a;b\n1;2\n", "utf-8"),
        ("é;ï\n€;😀\n".encode(), "utf-8"),
        ("é;ï\n€;…\n".encode("windows-1252"), "windows-1252"),
        (b"\xc9\x92\nplain\n" + b"\xe9", "windows-1252"),
        (b"ends in half a letter \xc3", "windows-1252"),
    ],
)
def test_the_encoding_is_that_of_the_whole_file(
    content: bytes, encoding: str, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "CHUNK", chunk)
    path = tmp_path / "file"
    path.write_bytes(b"x;y\n" + content)
    seen = opening.survey(lines.PlainFile(path), None, Pass(None, ";"), tmp_path)
    assert (seen[0], seen[1].encoding) == (path, encoding)


@pytest.mark.parametrize("chunk", [5, 1 << 20])
def test_a_stretch_in_no_encoding_is_refused_with_its_row(
    chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "CHUNK", chunk)
    path = tmp_path / "file"
    path.write_bytes(b"a;b\n\xc3\x81;2\nc\x81;4\n")
    with pytest.raises(UnreadableError) as caught:
        open_source(path, Reading(), tmp_path)
    assert (caught.value.problem.rule, caught.value.problem.row) == ("bestand_codering", 3)


def test_a_list_of_values_grows_and_stays_the_same_object_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    known = source.Dictionaries()

    def take(*values: str) -> source.Coded:
        return known.coded("kolom", pa.array(values, pa.string()).dictionary_encode())

    first, second, third = take("b", "", "a", "b"), take("", "a"), take("c", "a")
    assert (first.values, first.codes.tolist()) == (["b", "a"], [0, -1, 1, 0])
    assert second.values is first.values
    assert (third.values, third.codes.tolist()) == (["b", "a", "c"], [2, 1])
    assert take().codes.tolist() == []
    monkeypatch.setattr(source, "_LONGEST", 3)
    fourth, fifth = take("d", "", "a"), take("a")
    assert (fourth.values, fourth.codes.tolist()) == (["d", "a"], [0, -1, 1])
    assert (fifth.values, fifth.codes.tolist()) == (["a"], [0])


@examples(20)
@given(
    block=st.integers(300, 3000),
    rows=st.integers(1, 80),
    blanks=st.sets(st.integers(1, 90)),
    bad=st.sets(st.integers(1, 90)),
)
def test_every_row_once_with_its_number_whatever_the_blocks(
    tmp_path_factory: pytest.TempPathFactory, block: int, rows: int, blanks: set[int], bad: set[int]
) -> None:
    lines = text_of([person(number) for number in range(rows)]).splitlines()
    for at in sorted(blanks):
        lines.insert(min(at, len(lines)), "")
    lines = [line + ";x" if at in bad and line else line for at, line in enumerate(lines)]
    lines[0] = lines[0].removesuffix(";x")
    path = tmp_path_factory.mktemp("blocks") / "levering.csv"
    path.write_text("\n".join(lines) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_of_text, "BLOCK_BYTES", block)
        patch.setattr(rows_of_text, "BATCH_ROWS", 7)
        delivery = open_delivery(path, path.parent)
        batches = list(delivery.batches(delivery.plan.columns))
    numbers = {"rows": [], "wrong": [], "empty": []}
    found: list[str] = []
    for batch in batches:
        numbers["rows"] += batch.rows.tolist()
        numbers["wrong"] += batch.wrong_length.tolist()
        numbers["empty"] += batch.empty.tolist()
        found += batch.numbers.to_pylist() if len(batch.rows) else []
        assert all(len(column.codes) == len(batch.rows) for column in batch.columns.values())
    kinds = {at + 1: line for at, line in enumerate(lines) if at}
    assert numbers["empty"] == [at for at, line in kinds.items() if not line]
    assert numbers["wrong"] == [at for at, line in kinds.items() if line.endswith(";x")]
    good = {at: line for at, line in kinds.items() if line and not line.endswith(";x")}
    assert numbers["rows"] == list(good)
    assert found == [line.split(";")[0] for line in good.values()]


def test_reading_can_be_left_half_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_of_text, "BLOCK_BYTES", 1000)
    monkeypatch.setattr(rows_of_text, "BATCH_ROWS", 5)
    path = tmp_path / "levering.csv"
    path.write_text(text_of([person(number) for number in range(500)]))
    batches = open_delivery(path, path.parent).batches(("persoonsnummer",))
    assert len(next(batches).rows) >= 5
    batches.close()


def test_lengths_of_a_slice() -> None:
    texts = pa.array(["", "a", "bcd", "é"])[1:]
    assert np.array_equal(source.lengths(texts), [1, 3, 2])
