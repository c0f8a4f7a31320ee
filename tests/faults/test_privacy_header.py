"""A file whose names are the first person's row: no command tells any of them, with or without a levering.yaml."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from faults_forms import FORMS as USUAL
from faults_forms import Form
from faults_people import GOOD, Sheet
from faults_secrets import SECRETS, leaks, told
from faults_trial import attempt
from sheet_files import Page, ods, xls

from schemas.columns import COLUMNS
from wi2007 import cli

LETTERS, DIGITS, OTHERS = SECRETS


def _frame(sheet: Sheet) -> pd.DataFrame:
    return pd.DataFrame(list(sheet.rows), columns=list(sheet.names), dtype=object)


def _written(write: Callable[[pd.DataFrame, Any], object]) -> Callable[[Sheet], bytes]:
    def bytes_of(sheet: Sheet) -> bytes:
        file = io.BytesIO()
        write(_frame(sheet), file)
        return file.getvalue()

    return bytes_of


def _page(sheet: Sheet) -> Page:
    return Page([list(sheet.names), *map(list, sheet.rows)])


FORMS = USUAL | {
    "feather": Form("levering.feather", _written(lambda frame, file: frame.to_feather(file)), first_row=1),
    "dta": Form(
        "levering.dta", _written(lambda frame, file: frame.to_stata(file, write_index=False)), first_row=1
    ),
    "ods": Form("levering.ods", lambda sheet: ods(_page(sheet))),
    "xls": Form("levering.xls", lambda sheet: xls(_page(sheet))),
}
NAMES_ARE_FREE = (".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".ods", ".xls")
"""Kinds in which anything can stand in place of a name."""
PEOPLE = GOOD.put(0, "persoonsnummer", LETTERS).beside("opmerking", [LETTERS, *["verhuisd", ""] * 20][:40])
FIRST = dict(zip(PEOPLE.names, PEOPLE.rows[0], strict=True))
ALL = "\n".join(f"  {name}: leeg" if not FIRST[name] else f'  {name}: "{FIRST[name]}"' for name in COLUMNS)
LEVERINGS = {
    "nothing set": None,
    "a name that is not there": "kolommen: {geslacht: SEKSE}\n",
    "a day that is not there": "peildatum_kolom: STAND\n",
    "values of the first row": "kolommen: {geslacht: M, statuscode: VOLDAAN, doelgroep: OUDKOMER}\n",
    "every field by a value of the first row": f"kolommen:\n{ALL}\n",
}


def without_names(sheet: Sheet, form: str) -> Sheet:
    """The rows with the first of them in place of the names, as far as a kind of file can have such names."""
    names = sheet.rows[0]
    if not FORMS[form].name.endswith(NAMES_ARE_FREE):
        taken: set[str] = set()
        names = tuple(
            name
            if re.fullmatch(r"[A-Za-z]\w*", name) and name not in taken and not taken.add(name)
            else f"V{at}"
            for at, name in enumerate(names)
        )
    return replace(sheet, names=names, rows=sheet.rows[1:])


@pytest.mark.parametrize("levering", LEVERINGS)
@pytest.mark.parametrize("form", FORMS)
def test_no_command_tells_the_first_row(
    form: str, levering: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = LEVERINGS[levering]
    files = {FORMS[form].name: FORMS[form].written(without_names(PEOPLE, form))}
    result = attempt(tmp_path, files | ({"levering.yaml": content} if content else {}))
    said = capsys.readouterr()
    assert result.message is not None
    assert told((result.message + said.out + said.err).encode()) == set()
    assert leaks(result.directory) == {}
    path = next(result.directory.rglob(FORMS[form].name))
    status = cli.main(["inspect", str(path)])
    looked = capsys.readouterr()
    assert status == 2
    assert told((looked.out + looked.err).encode()) == set()


def test_names_without_any_of_ours_are_told_still(tmp_path: Path) -> None:
    """What surely is a name helps who reads the message."""
    sheet = GOOD.renamed({name: f"veld_{name[::-1]}" for name in COLUMNS})
    result = attempt(
        tmp_path, {"levering.csv": sheet.bytes(), "levering.yaml": "kolommen: {geslacht: SEKSE}\n"}
    )
    assert result.message is not None
    assert "veld_thcalseg" in result.message
