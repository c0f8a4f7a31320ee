"""Any name that can be read aloud does: Snakemake, the shell, HTML and Typst each have letters of their own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from trial import FIRST, SECOND, Trial, delivery_text

NAMES = (
    "acc{x} {{y}} {peildatum}.csv",
    "<b>&amp; #let $x$ *y* _z_ @w [l](m) ~ 'q' \"r\" `s`\\n.TXT",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_letters_that_mean_something_elsewhere(empty: Trial, name: str) -> None:
    empty.deliver(FIRST, delivery_text(rows=30))
    empty.raw(FIRST).rename(empty.raw(FIRST).with_name(name))
    ran = empty.run()
    assert ran.status == 0, ran.err
    processing = json.loads((empty.processed(FIRST) / "verwerking.json").read_text(encoding="utf-8"))
    assert processing["levering"]["bestand"] == name
    assert (empty.report(FIRST) / "rapport.pdf").is_file()
    assert "<b>" not in (empty.report(FIRST) / "rapport.html").read_text(encoding="utf-8")
    assert empty.run().steps == {}


def test_a_name_that_is_no_text_is_told_and_the_others_are_made(empty: Trial) -> None:
    for peildatum in (FIRST, SECOND):
        empty.deliver(peildatum, delivery_text(rows=30))
    folder = empty.raw(FIRST).parent
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/lat\xe9in.csv")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("the file system has names in UTF-8 only")
    empty.raw(FIRST).unlink()
    ran = empty.run()
    assert ran.status == 2
    assert f"data/raw/{FIRST}/" in ran.err
    assert "Geef het bestand een andere naam" in ran.err
    assert set(ran.steps) == {SECOND}


def test_a_new_name_for_the_same_delivery_is_told_in_the_report(made: Trial) -> None:
    made.raw(FIRST).rename(made.raw(FIRST).with_name("duo_{2}.csv"))
    assert made.run().status == 0
    assert "duo_{2}.csv" in (made.report(FIRST) / "rapport.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["data", "data/raw", "data/processed", "reports"])
def test_a_file_in_the_place_of_a_folder_is_told(empty: Trial, name: str) -> None:
    path = empty.directory / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    ran = empty.run()
    assert (ran.status, ran.err.startswith(f"{name} hoort een map te zijn")) == (2, True)
