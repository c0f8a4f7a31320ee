"""Any name that can be read aloud does: Snakemake, the shell, HTML and Typst each have letters of their own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from shared import AWKWARD_NAMES, Made
from trial import SECOND, Trial


@pytest.mark.parametrize("peildatum", AWKWARD_NAMES)
def test_a_name_with_letters_that_mean_something_elsewhere(real: Made, peildatum: str) -> None:
    trial = real.trial
    processing = json.loads((trial.processed(peildatum) / "verwerking.json").read_text(encoding="utf-8"))
    assert processing["levering"]["bestand"] == AWKWARD_NAMES[peildatum]
    assert (trial.report(peildatum) / "rapport.pdf").is_file()
    assert "<b>" not in (trial.report(peildatum) / "rapport.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_name_that_is_no_text_is_told_and_the_others_are_made(made: Trial) -> None:
    folder = made.raw("2025-01-01").parent
    folder.mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/lat\xe9in.csv")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("the file system has names in UTF-8 only")
    (made.directory / "data/raw/juli 2022").mkdir()
    report = made.report(SECOND) / "rapport.pdf"
    report.unlink()
    ran = made.run()
    assert ran.status == 2
    assert "data/raw/2025-01-01/" in ran.err
    assert "Geef het bestand een andere naam" in ran.err
    assert "data/raw/juli 2022/" in ran.err, "a folder whose name is no date is told too"
    assert (set(ran.steps), report.is_file()) == ({SECOND}, True)


@pytest.mark.parametrize("name", ["data", "data/raw", "data/processed", "reports"])
def test_a_file_in_the_place_of_a_folder_is_told(empty: Trial, name: str) -> None:
    path = empty.directory / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    ran = empty.run_here()
    assert (ran.status, ran.err.startswith(f"{name} hoort een map te zijn")) == (2, True)
