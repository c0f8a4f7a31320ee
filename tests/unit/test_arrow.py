"""Feather and Arrow files as a source, and types of Arrow that are not plain texts, numbers or dates."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest
from test_spss import refusal, rows_of

from wi2007.delivery import arrow
from wi2007.delivery.archive import Limits
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Reading, Source

NUMBERS = [uuid.UUID(int=at) for at in range(3)]
TYPES: dict[str, tuple[Any, list[str]]] = {
    "uuid": (pa.array([NUMBERS[0].bytes, None, NUMBERS[2].bytes], pa.uuid()), [str(NUMBERS[0]), "", str(NUMBERS[2])]),
    "large text": (pa.array(["a", None, "b"], pa.large_string()), ["a", "", "b"]),
    "text view": (pa.array(["a", None, "b"], pa.string_view()), ["a", "", "b"]),
    "decimals": (pa.array([Decimal("363.00"), None, Decimal("0.50")]), ["363", "", "0.5"]),
    "small decimals": (pa.array([Decimal("363.0"), None, Decimal("0.5")], pa.decimal32(5, 1)), ["363", "", "0.5"]),
    "wide decimals": (pa.array([Decimal("363.0"), None, Decimal("0.5")], pa.decimal256(50, 1)), ["363", "", "0.5"]),
    "numbers in a dictionary": (pa.array([363, None, 14]).dictionary_encode(), ["363", "", "14"]),
    "moments of a zone": (
        pa.array([datetime(2015, 3, 1), None, datetime(2015, 3, 2)], pa.timestamp("us", "UTC")),
        ["2015-03-01", "", "2015-03-02"],
    ),
    "days in milliseconds": (
        pa.array([date(2015, 3, 1), None, date(1968, 1, 1)], pa.date64()), ["2015-03-01", "", "1968-01-01"],
    ),
    "bytes of one length": (pa.array([b"0363", None, b"0014"], pa.binary(4)), ["0363", "", "0014"]),
    "bytes in a view": (pa.array([b"0363", None, b"0014"], pa.binary_view()), ["0363", "", "0014"]),
    "json": (pa.array(['"a"', None, "1"], pa.json_()), ['"a"', "", "1"]),
    "yes and no in a byte": (
        pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, None, 0], pa.int8())), ["TRUE", "", "FALSE"],
    ),
    "half precision": (pa.array([1.0, None, 0.5], pa.float16()), ["1", "", "0.5"]),
}  # fmt: skip
RUNS = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3]), pa.array(["a", None]))


def feathered(folder: Path, table: Any, **options: Any) -> Source:
    feather.write_feather(table, folder / "levering", **options)
    return open_source(folder / "levering", Reading(), folder)


def streamed(folder: Path, table: Any) -> Source:
    with pa.OSFile(str(folder / "levering"), "wb") as file, pa.ipc.new_stream(file, table.schema) as stream:
        stream.write_table(table, max_chunksize=2)
    return open_source(folder / "levering", Reading(), folder)


def as_parquet(folder: Path, table: Any) -> Source:
    pq.write_table(table, folder / "levering")
    return open_source(folder / "levering", Reading(), folder)


@pytest.mark.parametrize("plain", [(), (0,)], ids=["coded", "plain"])
@pytest.mark.parametrize("written", [as_parquet, feathered, streamed])
@pytest.mark.parametrize("kind", TYPES)
def test_a_type_with_one_reading_is_read(
    kind: str, written: Any, plain: tuple[int, ...], tmp_path: Path
) -> None:
    column, texts = TYPES[kind]
    source = written(tmp_path, pa.table({"a": column}))
    assert rows_of(source, plain) == list(enumerate(texts, start=1))
    assert (source.header_row, source.names_are_names) == (None, True)


def test_runs_of_equal_values(tmp_path: Path) -> None:
    assert rows_of(streamed(tmp_path, pa.table({"a": RUNS}))) == [(1, "a"), (2, "a"), (3, "")]


@pytest.mark.parametrize("written", [as_parquet, feathered, streamed])
@pytest.mark.parametrize(
    ("column", "rule"),
    [
        (pa.array([["a"], ["b"]]), "veld_samengesteld"),
        (pa.array([{"a": 1}, {"a": 2}]), "veld_samengesteld"),
        (pa.array([timedelta(1), timedelta(2)]), "veld_soort"),
    ],
)
def test_a_type_that_cannot_be_a_value_is_told_with_its_field(
    column: Any, rule: str, written: Any, tmp_path: Path
) -> None:
    source = written(tmp_path, pa.table({"a": ["1", "2"], "anders": column}))
    assert len(list(source.blocks((0,)))) >= 1
    with pytest.raises(UnreadableError) as caught:
        list(source.blocks((0, 1)))
    assert (caught.value.problem.rule, caught.value.problem.column) == (rule, "anders")


@pytest.mark.parametrize("compression", ["uncompressed", "lz4", "zstd"])
def test_every_row_of_more_than_one_stretch_once(
    compression: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "BATCH_ROWS", 7)
    for size in (0, 1, 7, 8, 50):
        table = pa.table({"n": pa.array([f"P{at}" for at in range(size)], pa.string())})
        source = feathered(tmp_path, table, compression=compression, chunksize=20)
        assert rows_of(source) == [(at + 1, f"P{at}") for at in range(size)]


@pytest.mark.parametrize("written", [feathered, streamed])
def test_a_file_that_is_cut_off_is_never_read_in_part(written: Any, tmp_path: Path) -> None:
    written(tmp_path, pa.table({"n": [f"P{at:05}" for at in range(40)], "g": ["M", "V"] * 20}))
    path = tmp_path / "levering"
    content = path.read_bytes()
    for end in [*range(20, len(content), len(content) // 30), len(content) - 1, len(content) - 8]:
        path.write_bytes(content[:end])
        assert refusal(path) == "bestand_beschadigd", end


def test_a_few_bytes_that_stand_for_very_many_rows_are_a_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "read_limits", lambda: Limits(most=10**9, free=1000, ratio=2))
    feather.write_feather(
        pa.table({"a": pa.nulls(100_000, pa.string())}), tmp_path / "levering", compression="zstd"
    )
    assert refusal(tmp_path / "levering") == "bestand_te_groot"


def test_two_fields_with_one_name_are_kept_apart(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["1"]), pa.array(["2"]), pa.array(["3"])], names=["x", "y", "x"])
    assert rows_of(streamed(tmp_path, table)) == [(1, "1", "2", "3")]
