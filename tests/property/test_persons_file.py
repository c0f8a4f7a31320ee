"""The persons file is the same, byte for byte, however the persons come in batches; and holds every one of them."""

from __future__ import annotations

import random
import tempfile
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from engine_deliveries import random_people, run_rows
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from schemas.persons import PERSONS
from wi2007.delivery.text import rows as reader
from wi2007.population import stream
from wi2007.population.stream import Stretches
from wi2007.steps import read

LISTS = {
    field.name: pa.array([f"{field.name} {at}" for at in range(5)])
    for field in PERSONS.arrow
    if pa.types.is_dictionary(field.type)
}


def persons(count: int, seed: int) -> Any:
    rng = random.Random(seed)

    def column(field: Any) -> Any:
        if field.name in LISTS:
            codes = pa.array([rng.randrange(5) for _ in range(count)], pa.int32())
            return pa.DictionaryArray.from_arrays(codes, LISTS[field.name])
        if pa.types.is_date(field.type):
            start = date(2007, 1, 1)
            days = [rng.choice((None, start + timedelta(rng.randrange(99)))) for _ in range(count)]
            return pa.array(days, field.type)
        if field.type == pa.int16():
            return pa.array([rng.choice((None, rng.randrange(20, 90))) for _ in range(count)], field.type)
        return pa.array([f"P{at}" + "x" * rng.randrange(30) for at in range(count)], field.type)

    return pa.table([column(field) for field in PERSONS.arrow], schema=PERSONS.arrow)


def batches(table: Any, cuts: list[int]) -> list[Any]:
    """The rows in parts that share no memory, as batches of a delivery do not."""
    edges = [0, *sorted(min(cut, table.num_rows) for cut in cuts), table.num_rows]
    return [table.take(pa.array(range(first, last), pa.int64())) for first, last in pairwise(edges)]


def written(parts: list[Any]) -> tuple[bytes, list[int], Any]:
    """The bytes of the file, the rows in each group, and the file read again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "personen.parquet"
        with read._persons_file(path) as write:
            for part in parts:
                write(part)
        file = pq.ParquetFile(path)
        sizes = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
        return path.read_bytes(), sizes, file.read()


@examples(30)
@given(
    count=st.integers(0, 230),
    seed=st.integers(0, 1000),
    cuts=st.lists(st.integers(0, 230), max_size=30),
)
def test_no_byte_depends_on_the_batches(count: int, seed: int, cuts: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stretches.__init__, "__defaults__", (50,))
        table = persons(count, seed)
        whole, _, _ = written([table])
        content, sizes, rows = written(batches(table, cuts))
    assert content == whole
    assert rows.to_pylist() == table.to_pylist()
    assert sizes == [50] * (count // 50) + [count % 50] * (count % 50 > 0)


def test_the_same_at_the_real_size_with_many_pages() -> None:
    table = pa.concat_tables([persons(3000, seed=5)] * 180)
    whole, sizes, _ = written([table])
    content, _, _ = written(batches(table, [1, 7, 200_000, 250_000, 250_001, 499_999]))
    assert sizes == [stream.ROWS, stream.ROWS, 540_000 - 2 * stream.ROWS]
    assert content == whole


def test_other_lists_of_values_are_a_mistake() -> None:
    table = persons(3, seed=1)
    other = pa.DictionaryArray.from_arrays(pa.array([0, 0, 0], pa.int32()), pa.array(["anders"]))
    with pytest.raises(ValueError, match="geslacht"):
        written([table, table.set_column(1, PERSONS.arrow.field("geslacht"), other)])


def test_a_delivery_cut_in_small_pieces_gives_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = random_people(2000, seed=3)
    run_rows(tmp_path / "a", people)
    monkeypatch.setattr(reader, "BLOCK_BYTES", 4000)
    monkeypatch.setattr(reader, "BATCH_ROWS", 60)
    run_rows(tmp_path / "b", people)
    for name in ("personen.parquet", "kubus.parquet", "uitstroom.parquet", "beleid.parquet"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
