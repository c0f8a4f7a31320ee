"""A delivery is compared with the one before it: in any order of making, and also when that one is refused or gone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from trial import ALL_STEPS, FIRST, SECOND, Trial, delivery_text, only

THIRD = "2025-01-01"
OF_EARLIER = {"population", "disclosure"}
"""What is made of the delivery before, to compare with."""
BAD = "persoonsnummer;geslacht\nP1;X\n"


def compared(trial: Trial, peildatum: str) -> str | None:
    """The peildatum that a delivery was compared with."""
    text = (trial.processed(peildatum) / "validatie.json").read_text(encoding="utf-8")
    comparison = json.loads(text)["vergelijking"]
    return comparison and comparison["previous"]


def test_the_order_of_making_makes_no_difference(made: Trial, tmp_path: Path) -> None:
    assert compared(made, FIRST) is None
    assert compared(made, SECOND) == FIRST
    apart = Trial(tmp_path / "los")
    for peildatum in (FIRST, SECOND):
        apart.deliver(peildatum, made.raw(peildatum).read_bytes().decode())
    late = apart.run(SECOND)
    assert (late.status, late.steps[SECOND], late.steps[FIRST]) == (0, ALL_STEPS, OF_EARLIER)
    assert not (apart.report(FIRST) / "rapport.html").exists()
    early = apart.run()
    assert (early.status, early.steps) == (0, only(FIRST, ALL_STEPS - OF_EARLIER))
    assert apart.results() == made.results()
    assert apart.run().steps == {}


def test_another_earlier_delivery_is_another_comparison(made: Trial) -> None:
    made.deliver(FIRST, delivery_text(seed=3))
    ran = made.run(SECOND)
    assert (ran.status, ran.steps[FIRST]) == (0, OF_EARLIER)
    assert "population" in ran.steps[SECOND]
    assert made.run(SECOND).steps == {}


def test_an_earlier_delivery_that_is_gone_is_no_longer_compared_with(made: Trial) -> None:
    shutil.rmtree(made.raw(FIRST).parent)
    ran = made.run()
    assert (ran.status, set(ran.steps)) == (0, {SECOND})
    assert compared(made, SECOND) is None
    assert made.run().steps == {}


def test_a_refused_delivery_does_not_hold_up_the_next(made: Trial) -> None:
    made.deliver(FIRST, BAD)
    made.deliver(THIRD, delivery_text(seed=4))
    ran = made.run()
    assert ran.status == 2
    assert ran.err.count("is geweigerd") == 1
    assert f"{FIRST}: in reports/{FIRST}/ staat nog het vorige rapport." in ran.err
    assert (compared(made, SECOND), compared(made, THIRD)) == (None, SECOND)
    assert "rapport.html" in {path.name for path in made.report(THIRD).iterdir()}
    again = made.run()
    assert (again.status, again.steps) == (2, {})


def test_a_refused_delivery_that_nobody_asked_for_is_no_reason_to_refuse(empty: Trial) -> None:
    empty.deliver(FIRST, BAD)
    empty.deliver(SECOND, delivery_text(seed=2))
    ran = empty.run(SECOND)
    assert ran.status == 0, ran.err
    assert f"De levering van {FIRST} kon niet worden gebruikt om mee te vergelijken." in ran.err
    assert compared(empty, SECOND) is None
    assert "Deze rapporten zijn bij de tijd" in ran.out or "Klaar." in ran.out


def test_the_one_before_the_refused_one_is_compared_with(made: Trial) -> None:
    made.deliver(SECOND, BAD)
    made.deliver(THIRD, delivery_text(seed=4))
    assert made.run(THIRD).status == 0
    assert compared(made, THIRD) == FIRST


@pytest.mark.slow
def test_plain_snakemake_compares_too(made: Trial) -> None:
    import subprocess
    import sys

    from wi2007.project import ROOT

    before = made.results()
    (made.processed(SECOND) / "verdeling.json").unlink()
    words = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--cores", "1"]
    done = subprocess.run(
        words, cwd=made.directory, env=made.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert made.results() == before
