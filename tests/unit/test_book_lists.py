"""A published table without a number has a sheet: numbers as numbers, its declaration as heads and explanation."""

from __future__ import annotations

import pytest
from book_sample import document, words
from pydantic import ValidationError

from schemas.change import CHANGE
from schemas.statement_tables import OUTCOMES, STATEMENTS, Outcome, Result, Verdict
from schemas.workbook import SheetNames
from wi2007.project import MARKS
from wi2007.publication.workbook.listed import Listed
from wi2007.publication.workbook.model import Cell
from wi2007.publication.workbook.sheets import book
from wi2007.steps.workbooks import lists

RESULT = Result(
    "c01", "blz. 3", "", "Het zijn er 1.234.", "1234.5", "personen", "", "", Verdict.CONFIRMED, "", ""
)
OUTCOME = Outcome("c02", "rapport", "12;14", Verdict.CONFIRMED, "nee")
STATED = Listed(STATEMENTS, [RESULT], "Uitspraken", "uitspraken.csv")
VARIED = Listed(OUTCOMES, [OUTCOME], "Varianten", "gevoeligheid.csv")


def test_each_has_a_sheet_behind_the_tables_and_a_line_in_the_contents() -> None:
    made = book(document(), words(), [STATED, VARIED])
    plain = book(document(), words())
    assert [sheet.name for sheet in made.sheets] == [
        *(sheet.name for sheet in plain.sheets),
        "Uitspraken",
        "Varianten",
    ]
    listed = [[cell.text for cell in row] for row in made.sheets[1].rows[-2:]]
    assert listed == [
        ["Uitspraken", "–", STATEMENTS.title, "–", "uitspraken.csv"],
        ["Varianten", "–", OUTCOMES.title, "–", "gevoeligheid.csv"],
    ]


def test_a_number_is_a_number_and_words_are_words() -> None:
    sheet = book(document(), words(), [STATED]).sheets[-1]
    assert sheet.region is not None
    heads, row = (sheet.rows[place] for place in (sheet.region.header, sheet.region.last))
    assert tuple(cell.text for cell in heads) == STATEMENTS.names
    by_name = dict(zip(STATEMENTS.names, row, strict=True))
    assert by_name["waarde"] == Cell("1.234,5", "figure", number=1234.5, decimals=1)
    assert by_name["uitspraak"] == Cell("Het zijn er 1.234.", "text")
    assert by_name["gepubliceerd"].number is None


def test_two_figures_in_one_cell_stay_as_they_are() -> None:
    sheet = book(document(), words(), [VARIED]).sheets[-1]
    assert sheet.region is not None
    assert sheet.rows[sheet.region.last][2] == Cell("12;14", "figure")


def test_below_the_table_stands_what_every_column_means() -> None:
    sheet = book(document(), words(), [VARIED]).sheets[-1]
    assert sheet.region is not None
    below = " ".join(row[0].text for row in sheet.rows[sheet.region.last + 1 :] if row)
    assert all(f"{column.name}: {column.meaning}" in below for column in OUTCOMES.columns)


@pytest.mark.parametrize("mark", MARKS)
def test_what_has_no_rows_has_no_sheet(mark: str) -> None:
    content = {
        STATEMENTS.named(mark): STATEMENTS.to_csv([RESULT], mark).encode(),
        OUTCOMES.named(mark): OUTCOMES.to_csv([], mark).encode(),
        CHANGE.named(mark): CHANGE.to_csv([], mark).encode(),
    }
    found = lists(content, words(), mark)
    assert [(one.dataset, one.rows, one.file) for one in found] == [
        (STATEMENTS, [RESULT], STATEMENTS.named(mark))
    ]


def test_a_file_that_is_not_published_gets_no_sheet() -> None:
    names = words().bladen.model_dump() | {"gegevens": {"personen.parquet": "Personen"}}
    with pytest.raises(ValidationError, match=r"niet wordt gepubliceerd: personen\.parquet"):
        SheetNames.model_validate(names)
