"""Parquet files as a source."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_spss import refusal, rows_of

from wi2007.delivery import arrow
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Reading, Source


def written(folder: Path, table: Any, **options: Any) -> Source:
    path = folder / "levering.parquet"
    pq.write_table(table, path, **options)
    return open_source(path, Reading(), folder)


def test_types_and_row_numbers(tmp_path: Path) -> None:
    table = pa.table(
        {
            "nummer": ["A1", None, "C3"],
            "code": pa.array([363, None, 14]),
            "dag": pa.array([date(2015, 3, 1), None, date(1968, 12, 31)]),
            "leeg": pa.nulls(3),
        }
    )
    source = written(tmp_path, table)
    assert source.names == ("nummer", "code", "dag", "leeg")
    assert (source.header_row, source.names_are_names) == (None, True)
    assert rows_of(source, plain=(0,)) == [
        (1, "A1", "363", "2015-03-01", ""),
        (2, "", "", "", ""),
        (3, "C3", "14", "1968-12-31", ""),
    ]


@pytest.mark.parametrize(
    "options", [{}, {"row_group_size": 3}, {"compression": "zstd"}, {"use_dictionary": False}]
)
def test_every_row_of_more_than_one_stretch_once(
    tmp_path: Path, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "BATCH_ROWS", 7)
    for size in (0, 1, 7, 8, 50):
        source = written(
            tmp_path, pa.table({"n": pa.array([f"P{at}" for at in range(size)], pa.string())}), **options
        )
        assert rows_of(source) == [(at + 1, f"P{at}") for at in range(size)]


def test_only_the_fields_that_are_asked_in_their_own_places(tmp_path: Path) -> None:
    table = pa.table({"a": ["1"], "b": ["2"], "c": ["3"]})
    source = written(tmp_path, table)
    (block,) = source.blocks((2, 0))
    assert {place: column.values for place, column in block.coded.items()} == {2: ["3"], 0: ["1"]}


def test_two_fields_with_one_name_are_kept_apart(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["1"]), pa.array(["2"]), pa.array(["3"])], names=["x", "y", "x"])
    assert rows_of(written(tmp_path, table)) == [(1, "1", "2", "3")]
    (block,) = written(tmp_path, table).blocks((2,))
    assert block.coded[2].values == ["3"]


def test_a_list_is_no_problem_until_it_is_asked_for(tmp_path: Path) -> None:
    source = written(tmp_path, pa.table({"a": ["1"], "talen": [["nl", "fr"]]}))
    assert next(iter(source.blocks((0,)))).coded[0].values == ["1"]
    with pytest.raises(UnreadableError) as caught:
        list(source.blocks((0, 1)))
    assert (caught.value.problem.rule, caught.value.problem.column) == ("veld_samengesteld", "talen")


def test_a_file_that_is_cut_off_or_was_changed_is_damaged(tmp_path: Path) -> None:
    table = pa.table({"n": [f"P{at:07}" for at in range(5000)]})
    written(tmp_path, table, write_page_checksum=True, compression="none")
    path = tmp_path / "levering.parquet"
    content = path.read_bytes()
    for part in (0.3, 0.6, 0.99):
        path.write_bytes(content[: int(part * len(content))])
        assert refusal(path) == "bestand_beschadigd"
    path.write_bytes(content.replace(b"P0000100", b"P0000999", 1))
    assert refusal(path) == "bestand_beschadigd"


def test_a_few_bytes_that_stand_for_very_many_rows_are_a_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wi2007.delivery.archive import Limits

    monkeypatch.setattr(arrow, "read_limits", lambda: Limits(most=10**9, free=1000, ratio=2))
    pq.write_table(pa.table({"a": pa.nulls(100_000, pa.string())}), tmp_path / "levering.parquet")
    assert refusal(tmp_path / "levering.parquet") == "bestand_te_groot"


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": pa.array([b"\xe9\xff"])}), tmp_path / "levering.parquet")
    assert refusal(tmp_path / "levering.parquet") == "bestand_codering"
