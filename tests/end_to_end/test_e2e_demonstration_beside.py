"""The demonstration beside real deliveries: never compared with them, not made again, and gone when asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shared import Made, copy_of, succeeded
from trial import ALL_STEPS, FIRST, SECOND, Trial, delivery_text, digests, only

from wi2007.cli import main
from wi2007.project import FOLLOW_UP_PEILDATUM

pytestmark = pytest.mark.slow


@pytest.fixture
def trial(demonstration: Made, tmp_path: Path) -> Trial:
    """The demonstration and its follow-up, made, with a real delivery after them that is not."""
    trial = copy_of(demonstration.trial, tmp_path / "werk")
    trial.deliver(SECOND, delivery_text(prefix="P"))
    return trial


def remove(trial: Trial) -> int:
    return main(["demo", "--weg", "--directory", str(trial.directory)])


def files(trial: Trial) -> dict[str, str]:
    """Everything outside the folders that a run keeps for itself."""
    found = {}
    for folder in ("data", "reports"):
        found |= {f"{folder}/{name}": value for name, value in digests(trial.directory / folder).items()}
    return found


def test_beside_a_real_delivery_the_demonstration_is_passed_over_and_gone_when_asked(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(trial)
    made = succeeded(trial)
    assert made.steps == only(SECOND, ALL_STEPS)
    assert f"De demonstratie ({FIRST}, {FOLLOW_UP_PEILDATUM}) is overgeslagen" in made.err
    assert "wi2007 demo --weg" in made.err
    told = json.loads((trial.processed(SECOND) / "stromen.json").read_text(encoding="utf-8"))
    assert (told["vorige"], told["waarom_niet"]) == (None, "geen_eerdere_levering")
    assert succeeded(trial, FIRST).steps == {}
    after = files(trial)
    assert {name: after[name] for name in before} == before

    (trial.report(FIRST) / "aantekening.txt").write_text("van mij", encoding="utf-8")
    assert remove(trial) == 0
    out = capsys.readouterr().out
    assert f"reports/{FIRST}/ (andere bestanden in deze map zijn gebleven)" in out
    kept = {
        name: value
        for name, value in after.items()
        if f"/{FIRST}/" not in name and FOLLOW_UP_PEILDATUM not in name
    }
    left = files(trial)
    assert left.pop(f"reports/{FIRST}/aantekening.txt")
    assert left == kept
    assert not trial.raw(FIRST).parent.exists()
    assert not trial.raw(FOLLOW_UP_PEILDATUM).parent.exists()
    assert succeeded(trial).steps == {}
    assert remove(trial) == 0
    assert "Er is geen demonstratie om weg te halen" in capsys.readouterr().out


def test_what_was_made_of_a_real_delivery_of_that_day_stays(real: Made, tmp_path: Path) -> None:
    """Also where a demonstration lies in its place by now."""
    trial = copy_of(real.trial, tmp_path / "werk")
    before = files(trial)
    assert remove(trial) == 0
    assert files(trial) == before
    raw = trial.raw(FIRST).parent
    for path in raw.iterdir():
        path.unlink()
    assert main(["demo", "--directory", str(trial.directory)]) == 0
    assert remove(trial) == 0
    assert not raw.exists()
    left = files(trial)
    assert left == {
        name: value for name, value in before.items() if not name.startswith(f"data/raw/{FIRST}/")
    }


def test_a_draft_of_the_demonstration_goes_too(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    assert main(["demo", "--directory", str(tmp_path)]) == 0
    delivery = next(trial.raw(FIRST).parent.glob("*.csv"))
    delivery.write_bytes(delivery_text().encode())
    succeeded(trial, "--proef")
    assert remove(trial) == 0
    assert list(files(trial)) == ["data/volgsleutel"]
    assert not list((tmp_path / "reports").iterdir())
    assert not list((tmp_path / "data" / "processed").iterdir())


def test_it_is_not_written_and_taken_away_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--vervolg", "--weg", "--directory", str(tmp_path)]) == 2
    assert "--weg en --vervolg gaan niet samen" in capsys.readouterr().err
