"""Files of cases that are not of SPSS's own form: Stata, SAS and portable files. What SPSS does is in `test_spss`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from test_spss import refusal, rows_of

from wi2007.delivery import cases, kinds, programs
from wi2007.delivery.opening import open_source
from wi2007.delivery.source import Reading, Source

FRAME = pd.DataFrame(
    {
        "nummer": ["A1", "B2", ""],
        "code": [363.0, None, 14.5],
        "dag": [date(2015, 3, 1), None, date(1968, 12, 31)],
        "moment": [datetime(2015, 3, 1), datetime(2015, 3, 1, 13, 45), None],
    }
)
WRITERS: dict[str, Callable[..., None]] = {
    "dta": pyreadstat.write_dta,
    "dta of Stata 12": lambda frame, path, **more: pyreadstat.write_dta(frame, path, version=12, **more),
    "xpt": lambda frame, path, **more: pyreadstat.write_xport(frame, path, file_format_version=8, **more),
    "xpt, version 5": lambda frame, path, **more: pyreadstat.write_xport(
        frame, path, file_format_version=5, **more
    ),
    "por": lambda frame, path, **more: pyreadstat.write_por(frame.rename(columns=str.upper), path, **more),
}


def written(folder: Path, kind: str, frame: pd.DataFrame = FRAME, **options: Any) -> Source:
    path = folder / "levering"
    WRITERS[kind](frame, str(path), **options)
    return open_source(path, Reading(), folder)


@pytest.mark.parametrize("kind", WRITERS)
def test_numbers_dates_and_texts(kind: str, tmp_path: Path) -> None:
    source = written(tmp_path, kind)
    assert [name.lower() for name in source.names] == list(FRAME.columns)
    assert (source.header_row, source.names_are_names) == (None, True)
    assert rows_of(source, plain=(0,)) == [
        (1, "A1", "363", "2015-03-01", "2015-03-01"),
        (2, "B2", "", "", "2015-03-01 13:45:00"),
        (3, "", "14.5", "1968-12-31", ""),
    ]


@pytest.mark.parametrize("kind", WRITERS)
def test_every_case_of_more_than_one_stretch_once(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "BATCH_ROWS", 7)
    for size in (0, 1, 6, 7, 8, 21, 50):
        frame = pd.DataFrame({"n": [f"P{at:05}" for at in range(size)], "m": [1.0] * size}).astype(
            {"n": object}
        )
        source = written(tmp_path, kind, frame)
        assert rows_of(source) == [(at + 1, f"P{at:05}", "1") for at in range(size)]


@pytest.mark.parametrize("apart", [5, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_that_is_cut_off_is_never_read_in_part(kind: str, apart: int, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"nummer": [f"P{at:07}" for at in range(300)], "n": [float(at) for at in range(300)]}
    )
    labels = (
        {} if kind.startswith(("xpt", "por")) else {"variable_value_labels": {"n": {1: "Man", 2: "Vrouw"}}}
    )
    written(tmp_path, kind, frame, **labels)
    path = tmp_path / "levering"
    content = path.read_bytes()
    for end in [
        *range(100, len(content) - 100, apart * len(content) // 60),
        *range(len(content) - 1, len(content) - 100, -apart),
    ]:
        path.write_bytes(content[:end])
        try:
            source = open_source(path, Reading(), tmp_path)
            found = len(rows_of(source))
        except Exception as error:
            assert type(error).__name__ == "UnreadableError", (end, error)
            continue
        assert found == 300 or "niet na te gaan" in source.decisions[0].reason, end


def test_a_transport_file_of_version_5_says_that_it_does_not_say(tmp_path: Path) -> None:
    assert "niet na te gaan" in written(tmp_path, "xpt, version 5").decisions[0].reason
    for kind in ("xpt", "dta", "por"):
        assert "niet na te gaan" not in written(tmp_path, kind).decisions[0].reason


def test_labels_titles_and_long_texts_of_stata(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"sekse": [1, 2], "tekst": ["x" * 5000, "é"], "klein": np.array([0.1, 3.0], np.float32)}
    )
    path = tmp_path / "levering.dta"
    frame.to_stata(
        path,
        version=118,
        write_index=False,
        convert_strl=["tekst"],
        variable_labels={"sekse": "Geslacht van de persoon"},
        value_labels={"sekse": {1: "Man", 2: "Vrouw"}},
    )
    source = open_source(path, Reading(), tmp_path)
    assert source.labels == {0: {"1": "Man", "2": "Vrouw"}}
    assert source.titles == {0: "Geslacht van de persoon"}
    assert rows_of(source) == [(1, "1", "x" * 5000, "0.1"), (2, "2", "é", "3")]


def test_a_number_of_single_precision_that_lost_digits_is_pointed_at(tmp_path: Path) -> None:
    frame = pd.DataFrame({"gebdat": np.array([19700615, 1.0], np.float32)})
    frame.to_stata(tmp_path / "levering", version=118, write_index=False)
    source = open_source(tmp_path / "levering", Reading(), tmp_path)
    (block,) = source.blocks((0,))
    assert [(cell.rule, cell.rows.tolist()) for cell in block.cells] == [("getal_te_lang", [1])]


def test_other_missing_values_of_stata_are_empty(tmp_path: Path) -> None:
    frame = pd.DataFrame({"code": [1.0, "a", "z", None]}, dtype=object)
    pyreadstat.write_dta(frame, str(tmp_path / "levering"), missing_user_values={"code": ["a", "z"]})
    assert rows_of(open_source(tmp_path / "levering", Reading(), tmp_path)) == [
        (1, "1"),
        (2, ""),
        (3, ""),
        (4, ""),
    ]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%td", "2015-03-01"),
        ("%tdCCYY-NN-DD", "2015-03-01"),
        ("%d", "20148"),
        ("%tm", "20148 (%tm)"),
        ("%9.0g", "20148"),
    ],
)
def test_a_date_of_stata_by_its_format(form: str, text: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"dag": [20148.0]})
    assert rows_of(written(tmp_path, "dta", frame, variable_format={"dag": form})) == [
        (1, "2015-03-01" if form == "%d" else text)
    ]


@pytest.mark.parametrize(
    ("form", "text"),
    [("DATE9.", "2015-03-01"), ("ddmmyy10", "2015-03-01"), ("YYMMDDN8", "2015-03-01"), ("E8601DA", "2015-03-01"),
     ("DATETIME20.", "1960-01-01 05:35:48"), ("BEST12.", None), ("TIME8.", None), ("DOLLAR8.", None)],
)  # fmt: skip
def test_a_date_of_sas_by_its_format(form: str, text: str | None) -> None:
    moment = programs.PROGRAMS[kinds.SAS7BDAT].moment(form)
    assert (moment(20148.0) if moment else None) == text


def test_sas_reads_through_the_same_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No library writes .sas7bdat: what ReadStat gives of one is played, with a number in too few bytes."""
    values = {"ID": ["A1", "B2"], "GEB": [20148.0, None], "KORT": [19700615.0, 3.0]}
    about = SimpleNamespace(
        column_names=list(values), column_labels=["Nummer", "", "."], number_rows=2, file_encoding="WINDOWS-1252",
        original_variable_types={"ID": "$", "GEB": "DATE", "KORT": "BEST"}, variable_value_labels={}, missing_ranges={},
        variable_storage_width={"ID": 8, "GEB": 8, "KORT": 4}, readstat_variable_types=dict.fromkeys(values, "double"),
    )  # fmt: skip

    def read(
        path: str, usecols: Any = (), row_offset: int = 0, row_limit: int = 0, **_: Any
    ) -> tuple[Any, Any]:
        return {name: values[name][row_offset : row_offset + row_limit] for name in usecols}, about

    program = programs.PROGRAMS[kinds.SAS7BDAT]
    monkeypatch.setitem(
        programs.PROGRAMS, kinds.SAS7BDAT, program.__class__(**{**vars(program), "read": read})
    )
    path = tmp_path / "levering.sas7bdat"
    path.write_bytes(SAS)
    source = open_source(path, Reading(), tmp_path)
    assert (source.titles, source.decisions[1].value) == ({0: "Nummer"}, "WINDOWS-1252")
    assert rows_of(source) == [(1, "A1", "2015-03-01", "19700615"), (2, "B2", "", "3")]
    assert [
        (cell.field, cell.rows.tolist()) for block in source.blocks((0, 1, 2)) for cell in block.cells
    ] == [(2, [1])]
    about.number_rows = 3
    assert refusal(path) == "bestand_beschadigd"


SAS = bytes(12) + bytes.fromhex("c2ea8160b31411cfbd92080009c7318c181f1011") + bytes(5000)


def test_a_file_of_sas_with_a_good_start_alone_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "levering").write_bytes(SAS)
    assert refusal(tmp_path / "levering") == "bestand_beschadigd"
