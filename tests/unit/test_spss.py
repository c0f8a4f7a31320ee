"""SPSS files as a source."""

from __future__ import annotations

import struct
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from examples import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from wi2007.delivery import cases
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.programs import SPSS_EPOCH
from wi2007.delivery.source import Reading, Source


def written(folder: Path, frame: pd.DataFrame, **options: Any) -> Source:
    path = folder / "levering.sav"
    pyreadstat.write_sav(frame, str(path), **options)
    return open_source(path, Reading(), folder)


def rows_of(source: Source, plain: tuple[int, ...] = ()) -> list[tuple[int, ...] | tuple[Any, ...]]:
    """Every row with its number before its texts."""
    found = []
    places = range(len(source.names))
    for block in source.blocks(places, plain):
        columns = [
            block.plain[place].to_pylist()
            if place in plain
            else [block.coded[place].values[code] if code >= 0 else "" for code in block.coded[place].codes]
            for place in places
        ]
        found += list(zip(block.rows.tolist(), *columns, strict=True))
    return found


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        list(open_source(path, Reading(), path.parent).blocks((0,)))
    assert caught.value.__cause__ is None
    return caught.value.problem.rule


def test_numbers_dates_and_texts(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "nummer": ["A1", " B2 ", ""],
            "code": [363.0, None, 14.5],
            "dag": [date(2015, 3, 1), None, date(1968, 12, 31)],
            "moment": [datetime(2015, 3, 1), datetime(2015, 3, 1, 13, 45), None],
        }
    )
    source = written(tmp_path, frame)
    assert source.names == ("nummer", "code", "dag", "moment")
    assert (source.header_row, source.names_are_names) == (None, True)
    assert rows_of(source, plain=(0,)) == [
        (1, "A1", "363", "2015-03-01", "2015-03-01"),
        (2, " B2", "", "", "2015-03-01 13:45:00"),
        (3, "", "14.5", "1968-12-31", ""),
    ]


@pytest.mark.parametrize("form", ["DATE11", "ADATE10", "EDATE10", "SDATE10", "JDATE7", "DATETIME20"])
def test_a_date_in_any_format_of_spss(tmp_path: Path, form: str) -> None:
    seconds = (datetime(2015, 3, 1) - SPSS_EPOCH).total_seconds()
    source = written(tmp_path, pd.DataFrame({"dag": [seconds, None]}), variable_format={"dag": form})
    assert rows_of(source) == [(1, "2015-03-01"), (2, "")]


def test_a_number_that_is_no_moment_stays_a_number(tmp_path: Path) -> None:
    frame = pd.DataFrame({"dag": [1e14, -1e14]})
    assert rows_of(written(tmp_path, frame, variable_format={"dag": "DATE11"})) == [
        (1, "100000000000000"),
        (2, "-100000000000000"),
    ]


def test_labels_go_by_the_value_as_it_is_written(tmp_path: Path) -> None:
    frame = pd.DataFrame({"sekse": [1.0, 2.0], "land": ["NL", "MA"], "jaar": [2015.0, 2016.0]})
    labels = {"sekse": {1.0: "Man", 2.0: "Vrouw"}, "land": {"MA": "Marokko"}}
    assert written(tmp_path, frame, variable_value_labels=labels).labels == {
        0: {"1": "Man", "2": "Vrouw"},
        1: {"MA": "Marokko"},
    }


def test_labels_of_days_go_by_the_day(tmp_path: Path) -> None:
    unknown = (datetime(1900, 1, 1) - SPSS_EPOCH).total_seconds()
    frame = pd.DataFrame({"dag": [unknown]})
    source = written(
        tmp_path,
        frame,
        variable_format={"dag": "DATE11"},
        variable_value_labels={"dag": {unknown: "Onbekend"}},
    )
    assert source.labels == {0: {"1900-01-01": "Onbekend"}}


def test_a_value_that_the_file_calls_missing_is_a_value(tmp_path: Path) -> None:
    frame = pd.DataFrame({"status": [1.0, 9.0, None], "naam": ["a", "X", ""]})
    source = written(tmp_path, frame, missing_ranges={"status": [9], "naam": ["X"]})
    assert rows_of(source) == [(1, "1", "a"), (2, "9", "X"), (3, "", "")]


@pytest.mark.parametrize("options", [{}, {"compress": True}, {"row_compress": True}])
def test_every_case_of_more_than_one_stretch_once(
    tmp_path: Path, options: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "BATCH_ROWS", 7)
    for size in (0, 1, 6, 7, 8, 21, 50):
        frame = pd.DataFrame({"n": [f"P{at}" for at in range(size)]}, dtype=object)
        source = written(tmp_path, frame, **options)
        assert rows_of(source) == [(at + 1, f"P{at}") for at in range(size)]


@pytest.mark.parametrize("options", [{}, {"compress": True}, {"row_compress": True}])
def test_a_file_that_is_cut_off_is_damaged(tmp_path: Path, options: dict[str, bool]) -> None:
    frame = pd.DataFrame(
        {"nummer": [f"P{at:07}" for at in range(500)], "n": [float(at) for at in range(500)]}
    )
    written(tmp_path, frame, **options)
    path = tmp_path / "levering.sav"
    content = path.read_bytes()
    for part in (0.3, 0.6, 0.9, 0.99):
        path.write_bytes(content[: int(part * len(content))])
        assert refusal(path) == "bestand_beschadigd"


@pytest.mark.parametrize("options", [{}, {"compress": True}, {"row_compress": True}])
@pytest.mark.parametrize(
    ("cases", "rule"),
    [(499, "bestand_beschadigd"), (501, "bestand_beschadigd"), (100_000_000, "bestand_te_groot")],
)
def test_another_number_of_cases_than_the_file_holds(
    tmp_path: Path, options: dict[str, bool], cases: int, rule: str
) -> None:
    written(tmp_path, pd.DataFrame({f"v{at}": [1.0] * 500 for at in range(9)}), **options)
    path = tmp_path / "levering.sav"
    content = bytearray(path.read_bytes())
    content[80:84] = cases.to_bytes(4, "little")
    path.write_bytes(content)
    assert refusal(path) == rule


def test_a_file_that_does_not_say_how_many_cases_it_holds(tmp_path: Path) -> None:
    written(tmp_path, pd.DataFrame({"v": ["a"] * 500}))
    path = tmp_path / "levering.sav"
    content = bytearray(path.read_bytes())
    content[80:84] = (-1).to_bytes(4, "little", signed=True)
    path.write_bytes(content)
    source = open_source(path, Reading(), tmp_path)
    assert len(rows_of(source)) == 500
    assert "niet na te gaan" in source.decisions[0].reason


def test_letters_in_another_encoding_than_declared_are_refused(tmp_path: Path) -> None:
    written(tmp_path, pd.DataFrame({"naam": ["Curaçao", "b"]}))
    path = tmp_path / "levering.sav"
    path.write_bytes(path.read_bytes().replace("ç".encode(), b"\xe7a"))
    assert refusal(path) == "bestand_codering"


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs", "Cc")), max_size=20
)


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(TEXTS, st.none() | st.integers(-999_999, 99_999_999)), min_size=1, max_size=20)
)
def test_any_table_comes_back(tmp_path: Path, rows: list[tuple[str, int | None]]) -> None:
    frame = pd.DataFrame(rows, columns=["tekst", "getal"]).astype({"tekst": object, "getal": float})
    expected = [
        (at, text.rstrip(" "), "" if number is None else str(number))
        for at, (text, number) in enumerate(rows, start=1)
    ]
    assert rows_of(written(tmp_path, frame)) == expected


@pytest.mark.parametrize("options", [{}, {"compress": True}], ids=["plain", "compressed"])
def test_an_impossible_number_of_labels_ends_no_process(tmp_path: Path, options: dict[str, bool]) -> None:
    labels = {"code": {float(value): f"naam {value}" for value in range(7)}}
    written(tmp_path, pd.DataFrame({"code": [1.0, 2.0]}), variable_value_labels=labels, **options)
    path = tmp_path / "levering.sav"
    content = path.read_bytes()
    mark = struct.pack("<2i", 3, 7)
    assert content.count(mark) == 1
    path.write_bytes(content.replace(mark, mark[:-1] + b"\xca"))
    assert refusal(path) == "bestand_beschadigd"
