"""Corrections beside a delivery, as a researcher keeps them: made again when they change, refused when out of date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shared import Made, copy_of, succeeded
from trial import FIRST, Trial, delivery_text, replace_in

from wi2007.cli import main

pytestmark = pytest.mark.slow

PERSON = "DEMO00000007"


def fields(trial: Trial) -> dict[str, str]:
    """The row of one person in the delivery."""
    head, *lines = trial.raw(FIRST).read_text(encoding="utf-8").splitlines()
    return dict(
        zip(head.split(";"), next(line for line in lines if line.startswith(PERSON)).split(";"), strict=True)
    )


def correct(trial: Trial, old: str, new: str) -> None:
    text = (
        "correcties:\n"
        f"  - persoonsnummer: {PERSON}\n    kolom: statuscode\n    oud: {old}\n    nieuw: {new}\n"
        "    reden: DUO schreef dat de status niet klopte\n    bron: mail van 3 mei\n"
    )
    (trial.raw(FIRST).parent / "correcties.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    trial = Trial(tmp_path)
    trial.deliver(FIRST, delivery_text())
    return trial


def test_a_correction_is_followed_counted_and_refused_once_it_is_not_needed(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    old = fields(trial)["statuscode"]
    new = "VOLDAAN" if old != "VOLDAAN" else "IBP"
    succeeded(trial)
    correct(trial, old, new)
    again = succeeded(trial)
    assert again.steps[FIRST] >= {"read", "protect", "place"}
    assert succeeded(trial).steps == {}
    processing = json.loads((trial.processed(FIRST) / "verwerking.json").read_text(encoding="utf-8"))
    assert {
        (one["regel"], one["kolom"], one["aantal"]) for one in processing["levering"]["normalisaties"]
    } == {("correctie", "statuscode", 1)}
    before = (trial.report(FIRST) / "rapport.html").read_bytes()
    rights = trial.raw(FIRST).read_text(encoding="utf-8")
    row = next(line for line in rights.splitlines() if line.startswith(PERSON))
    replace_in(trial.raw(FIRST), row, row.replace(f";{old};", f";{new};"))
    refused = trial.run()
    assert refused.status == 2
    assert (
        f"data/raw/{FIRST}/correcties.yaml, regel 2: 'statuscode' van deze persoon is in de levering al goed"
        in refused.err
    )
    assert (trial.report(FIRST) / "rapport.html").read_bytes() == before
    capsys.readouterr()
    assert main(["inspect", str(trial.raw(FIRST))]) == 0
    assert "correcties" not in capsys.readouterr().out
    written = [refused.err, again.err, again.out]
    written += [path.read_text("utf-8") for path in (trial.directory / "logs").rglob("*.txt")]
    written += [
        (trial.report(FIRST) / name).read_text("utf-8")
        for name in ("intern/validatie.html", "rapport.html", "manifest.json")
    ]
    assert not [text for text in written if PERSON in text or "mail van 3 mei" in text]


def test_a_mistake_is_told_before_anything_runs(trial: Trial) -> None:
    correct(trial, "VOLDAAN", "voldaan")
    refused = trial.run_here()
    assert refused.status == 2
    assert f"data/raw/{FIRST}/correcties.yaml, regel 5: dit is geen waarde van 'statuscode'" in refused.err
    assert not (trial.directory / "data" / "processed").exists()


def test_a_correction_of_a_release_that_left_needs_a_reason_before_anything_is_read(
    real: Made, tmp_path: Path
) -> None:
    trial = copy_of(real.trial, tmp_path / "werk")
    assert main(["uitgaven", "--directory", str(trial.directory), "--vastleggen", FIRST]) == 0
    correct(trial, "VOLDAAN", "IBP")
    refused = trial.run_here(FIRST)
    assert refused.status == 2
    assert "een andere levering, of andere instellingen voor die levering" in refused.err
    assert refused.steps == {}
