"""Whatever happened to a file of any kind: it is refused, or every row is accounted for. It never stops otherwise."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from dialect_files import arrows, parquets, savs, spreadsheets, statistics, workbooks
from engine_deliveries import run
from examples import examples
from faults_people import GOOD, SIZE
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from mutations import damaged, rezipped
from text_dialects import zipped

from schemas.columns import COLUMNS
from wi2007.delivery import kinds
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Reading

TEXT = GOOD.bytes()
WORKBOOKS = {name: content for name, content in workbooks(GOOD).items() if name != "xlsx, header in row 3"}
ZIPPED = {name: content for name, content in spreadsheets(GOOD).items() if not name.startswith("xls,")}
CHECKED = {"gz": gzip.compress(TEXT), "zip": zipped(TEXT), **WORKBOOKS, **ZIPPED}
"""Kinds of file that hold checksums of their rows."""
COUNTED = {**savs(GOOD), **parquets(GOOD)}
"""Kinds of file that say how many rows they have."""
OTHERS = {
    **{name: one for name, one in spreadsheets(GOOD).items() if name not in ZIPPED},
    **statistics(GOOD),
    **arrows(GOOD),
}
"""Kinds of file of which a changed byte may change the number of rows; one that is cut off never does."""
LONGEST = 10.0
CHECKS = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)
FEW = examples(120, suppress_health_check=CHECKS)
MANY = examples(400, suppress_health_check=CHECKS)


def read(folder: Path, content: bytes) -> list[int] | None:
    """The numbers of all rows, whatever became of them, ascending; None when the file is refused."""
    path = folder / "levering"
    path.write_bytes(content)
    began = time.monotonic()
    numbers: list[int] = []
    try:
        source = open_source(path, Reading(), folder / "t")
        ours = [at for at, name in enumerate(source.names) if name.lower() in COLUMNS or len(name) <= 3]
        for block in source.blocks(ours, ours[:1]):
            assert all(len(column.codes) == len(block.rows) for column in block.coded.values())
            assert all(len(column) == len(block.rows) for column in block.plain.values())
            numbers += [*block.rows.tolist(), *block.wrong_length.tolist(), *block.empty.tolist()]
    except UnreadableError as error:
        assert error.problem.row is None or error.problem.row > 0
        return None
    finally:
        assert time.monotonic() - began < LONGEST
    first = 1 if source.header_row is None else source.header_row + 1
    assert sorted(numbers) == list(range(first, first + len(numbers)))
    return numbers


def _checked(folder: Path, data: st.DataObject) -> None:
    content = CHECKED[data.draw(st.sampled_from(sorted(CHECKED)))]
    found = read(folder, data.draw(damaged(content)))
    assert found is None or len(found) == SIZE


def _counted(folder: Path, data: st.DataObject) -> None:
    content = data.draw(damaged(COUNTED[data.draw(st.sampled_from(sorted(COUNTED)))]))
    found = read(folder, content)
    # So little may be left that it is a text: then nothing in it says how many persons there were.
    assert found is None or len(found) == SIZE or kinds.kind_of_head(content) == kinds.TEXT


def _other(folder: Path, data: st.DataObject) -> None:
    content = OTHERS[data.draw(st.sampled_from(sorted(OTHERS)))]
    read(folder, data.draw(damaged(content)))
    found = read(folder, content[: data.draw(st.integers(0, len(content)))])
    assert found is None or len(found) == SIZE


def _inside(folder: Path, data: st.DataObject) -> None:
    books = {**WORKBOOKS, **ZIPPED}
    read(folder, data.draw(rezipped(books[data.draw(st.sampled_from(sorted(books)))])))


@pytest.mark.parametrize(
    "content", [*CHECKED.values(), *COUNTED.values(), *OTHERS.values()], ids=[*CHECKED, *COUNTED, *OTHERS]
)
def test_without_damage_all_rows_are_read(tmp_path: Path, content: bytes) -> None:
    assert len(read(tmp_path, content) or ()) == SIZE


@FEW
@given(data=st.data())
def test_a_file_with_checksums(tmp_path: Path, data: st.DataObject) -> None:
    _checked(tmp_path, data)


@FEW
@given(data=st.data())
def test_a_file_that_counts_its_rows(tmp_path: Path, data: st.DataObject) -> None:
    _counted(tmp_path, data)


@FEW
@given(data=st.data())
def test_a_file_without_checksums(tmp_path: Path, data: st.DataObject) -> None:
    _other(tmp_path, data)


@FEW
@given(data=st.data())
def test_a_workbook_damaged_inside(tmp_path: Path, data: st.DataObject) -> None:
    _inside(tmp_path, data)


@examples(20, suppress_health_check=CHECKS)
@given(content=damaged(TEXT))
def test_a_delivery_that_is_taken_keeps_or_excludes_every_row(tmp_path: Path, content: bytes) -> None:
    done = run(tmp_path, content)
    if done.message is not None:
        assert {failure["ernst"] for failure in done.failures} >= {"fout"}
        return
    steps = [step["aantal"] for step in done.processing["trechter"]]
    assert steps[0] == len(read(tmp_path, content) or ())
    assert steps[0] == sum(steps[1:])
    assert len(done.persons) == steps[-1]


@pytest.mark.slow
@pytest.mark.parametrize("damage", [_checked, _counted, _inside], ids=["checksums", "counts", "inside"])
@MANY
@given(data=st.data())
def test_a_file_of_any_kind_at_length(tmp_path: Path, damage: object, data: st.DataObject) -> None:
    damage(tmp_path, data)  # type: ignore[operator]
