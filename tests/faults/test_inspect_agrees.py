"""`wi2007 inspect` and `wi2007 run` never disagree, over every trial file that there is.

What a run takes, `inspect` calls ready. What a run refuses, `inspect` refuses too, unless it wrote a levering.yaml with
which the run takes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from faults_people import GOOD
from faults_trial import attempt
from test_catalogue_files import FILES
from test_catalogue_text import BYTES
from test_catalogue_unforeseen import ARROWS, BOOKS, SAVS, SHAPES, VALUES
from test_catalogue_values import MASSES, ROWS
from test_catalogue_workbook import EDITS
from test_good_variants import VARIANTS
from test_text_forms import FORMS, REFUSED
from test_unread_kinds import FILES as UNREAD

from wi2007 import cli

Files = Mapping[str, bytes | str]
LEVERING = "levering.yaml"


def trials() -> Iterator[tuple[str, Files]]:
    """Every trial by name."""
    for kind, name, found in (
        ("text", "levering.csv", {**BYTES, **SHAPES, **VALUES, **FORMS, **REFUSED}),
        ("workbook", "levering.xlsx", {**EDITS, **BOOKS}),
        ("Parquet", "levering.parquet", ARROWS),
        ("SPSS", "levering.sav", SAVS),
    ):
        yield from ((f"{kind}: {trial}", {name: case[0]}) for trial, case in found.items())
    yield from (
        (f"values: {trial}", {"levering.csv": case[0].bytes()}) for trial, case in {**ROWS, **MASSES}.items()
    )
    yield from ((f"file: {trial}", {case[0]: case[1]}) for trial, case in FILES.items())
    yield from ((f"not read: {trial}", {case[0]: case[1]}) for trial, case in UNREAD.items())
    yield from ((f"good: {trial}", files) for trial, files in VARIANTS.items())


TRIALS = {trial: files for trial, files in trials() if len(files.keys() - {LEVERING}) == 1}
"""Those with one file: which of several is the delivery, is no question for `inspect`."""
OFTEN = 3
"""One in so many trials, of every kind, is made in `make test`; all of them in continuous integration."""


@pytest.mark.parametrize(
    "trial",
    [
        trial if at % OFTEN == 2 else pytest.param(trial, marks=pytest.mark.long)
        for at, trial in enumerate(TRIALS)
    ],
)
def test_inspect_and_run_agree(trial: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = TRIALS[trial]
    before = attempt(tmp_path / "eerst", files)
    (name,) = (name for name in files if name != LEVERING)
    path = next((before.directory / "data" / "raw").rglob(name))
    capsys.readouterr()
    status = cli.main(["inspect", str(path)])
    said = capsys.readouterr()
    assert status in (0, 2), said.err
    if before.message is None:
        assert status == 0, said.err
        return
    if status == 0:
        proposal = path.with_name(LEVERING).read_bytes()
        assert attempt(tmp_path / "dan", {**files, LEVERING: proposal}).message is None
        return
    assert said.err.strip()


def test_a_proposal_that_is_called_ready_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {"persoonsnummer": "BSN", "geslacht": "SEKSE", "gemeentecode": "GEMEENTE", "statuscode": "STATUS"}
    first = attempt(tmp_path / "eerst", {"levering.csv": GOOD.renamed(names).bytes()})
    assert first.message is not None
    path = next(first.directory.rglob("levering.csv"))
    assert cli.main(["inspect", str(path)]) == 0
    assert "Met dit voorstel neemt wi2007 run deze levering aan." in capsys.readouterr().out
    again = {"levering.csv": path.read_bytes(), LEVERING: path.with_name(LEVERING).read_bytes()}
    assert attempt(tmp_path / "dan", again).message is None


def test_a_column_of_the_right_name_with_wrong_contents_is_not_called_ready(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoiled = GOOD.everywhere("gemeentecode", "onleesbaar")
    path = next(attempt(tmp_path, {"levering.csv": spoiled.bytes()}).directory.rglob("levering.csv"))
    assert cli.main(["inspect", str(path)]) == 2
    said = capsys.readouterr()
    assert "niet nodig" not in said.out
    assert "codelijst" in said.err
