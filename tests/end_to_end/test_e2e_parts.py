"""A delivery in parts through the whole program: followed by content, refused when a part is missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from shared import succeeded
from trial import ALL_STEPS, FIRST, Trial, delivery_text, only

pytestmark = pytest.mark.slow


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """A delivery in three parts of text."""
    trial = Trial(tmp_path)
    head, *lines = delivery_text().splitlines()
    for number, at in enumerate(range(0, len(lines), 400), start=1):
        text = "\r\n".join([head, *lines[at : at + 400]]) + "\r\n"
        trial.deliver(FIRST, text, f"levering-{number}.csv")
    return trial


def test_a_delivery_in_parts_is_made_and_made_again_when_one_changes(trial: Trial) -> None:
    assert succeeded(trial).steps == only(FIRST, ALL_STEPS)
    page = (trial.report(FIRST) / "rapport.html").read_text(encoding="utf-8")
    assert "levering-1.csv t/m levering-3.csv" in page
    assert succeeded(trial).steps == {}
    first, third = (trial.raw(FIRST, f"levering-{number}.csv") for number in (1, 3))
    text = third.read_text(encoding="utf-8")
    third.write_text(text.replace("OUDKOMER", "NIEUWKOMER"), encoding="utf-8", newline="")
    assert "read" in succeeded(trial).steps[FIRST]
    trial.raw(FIRST, "levering-2.csv").rename(trial.directory / "weg.csv")
    refused = trial.run_here()
    assert refused.status == 2
    assert "maar deel 2 ontbreekt" in refused.err
    shutil.move(trial.directory / "weg.csv", trial.raw(FIRST, "levering-2.csv"))
    assert succeeded(trial).steps == {}
    (first.parent / "levering.yaml").write_text("bestand: levering-2.csv\n", encoding="utf-8")
    refused = trial.run_here()
    assert refused.status == 2
    assert "levering.yaml, regel 1: dit bestand is een van 3 delen van een levering" in refused.err


def test_row_numbers_of_a_refused_delivery_name_the_part(trial: Trial) -> None:
    second = trial.raw(FIRST, "levering-2.csv")
    lines = second.read_text(encoding="utf-8").splitlines()
    lines[7] = ";".join([*lines[7].split(";")[:10], "X", *lines[7].split(";")[11:]])
    second.write_bytes(("\r\n".join(lines) + "\r\n").encode())
    refused = trial.run()
    assert refused.status == 2
    assert "statuscode: rij 8 van levering-2.csv" in refused.err
    table = (trial.report(FIRST) / "intern" / "validatie.csv").read_text(encoding="utf-8").splitlines()
    assert table[0] == "regel,kolom,rijnummer,ernst,bestand"
    assert "codelijst,statuscode,8,fout,levering-2.csv" in table
    told = json.dumps([refused.err, table])
    assert "DEMO0" not in told
