"""A delivery is compared with the one before it, whichever is made first, and also when that one is refused or gone."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from shared import Made
from trial import FIRST, SECOND, Trial, delivery_text

pytestmark = pytest.mark.slow
THIRD = "2025-01-01"
BAD = "persoonsnummer;geslacht\nP1;X\n"


def read(trial: Trial, peildatum: str, name: str) -> Any:
    return json.loads((trial.processed(peildatum) / name).read_text(encoding="utf-8"))


def compared(trial: Trial, peildatum: str) -> str | None:
    """The peildatum that the values of a delivery were compared with."""
    comparison = read(trial, peildatum, "validatie.json")["vergelijking"]
    return comparison and comparison["previous"]


def followed(trial: Trial, peildatum: str) -> str | None:
    """The peildatum whose persons were looked for in a delivery."""
    previous: str | None = read(trial, peildatum, "stromen.json")["vorige"]
    return previous


def test_the_later_peildatum_is_compared_with_the_earlier(real: Made) -> None:
    trial = real.trial
    assert (compared(trial, FIRST), compared(trial, SECOND)) == (None, FIRST)
    assert read(trial, FIRST, "stromen.json")["waarom_niet"] == "geen_eerdere_levering"
    found = read(trial, SECOND, "stromen.json")
    assert (found["vorige"], found["pseudoniemen"]) == (FIRST, "gelijk")
    parts = {part["deel"] for part in found["delen"]}
    assert {"uit_register", "verhuisd", "ouder", "uitgestroomd", "nieuw_in_register"} <= parts
    page = (trial.report(SECOND) / "rapport.html").read_text(encoding="utf-8")
    assert "grafiek-v-1-delen" in page
    beside = (trial.report(SECOND) / "tabellen" / "verandering.csv").read_bytes()
    assert beside == (trial.processed(SECOND) / "publicatie" / "verandering.csv").read_bytes()
    assert not (trial.report(FIRST) / "tabellen" / "verandering.csv").exists()
    assert "geen eerdere peildatum" in (trial.report(FIRST) / "rapport.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_a_refused_delivery_does_not_hold_up_the_next(made: Trial) -> None:
    made.redeliver(FIRST, BAD)
    made.deliver(THIRD, delivery_text(seed=4, prefix="P"))
    ran = made.run()
    assert ran.status == 2
    assert ran.err.count("is geweigerd") == 1
    assert f"{FIRST}: in reports/{FIRST}/ staat nog het vorige rapport." in ran.err
    assert (compared(made, SECOND), compared(made, THIRD)) == (None, SECOND)
    assert (made.report(THIRD) / "rapport.html").is_file()
    again = made.run()
    assert (again.status, again.steps) == (2, {})


@pytest.mark.long
def test_another_earlier_delivery_is_another_comparison(made: Trial) -> None:
    before = made.processed(SECOND) / "stromen.parquet"
    content = before.read_bytes()
    made.redeliver(FIRST, delivery_text(seed=3, prefix="P"))
    report = (made.report(FIRST) / "rapport.html").read_bytes()
    assert made.run(SECOND).status == 0
    assert before.read_bytes() != content
    assert (made.report(FIRST) / "rapport.html").read_bytes() == report, "nobody asked for it"
    assert made.run(SECOND).steps == {}


@pytest.mark.long
def test_an_earlier_delivery_that_is_gone_is_no_longer_compared_with(made: Trial) -> None:
    shutil.rmtree(made.raw(FIRST).parent)
    ran = made.run()
    assert (ran.status, set(ran.steps)) == (0, {SECOND})
    assert (compared(made, SECOND), followed(made, SECOND)) == (None, None)
    assert made.run().steps == {}


@pytest.mark.long
def test_a_refused_delivery_that_nobody_asked_for_is_no_reason_to_refuse(empty: Trial) -> None:
    empty.deliver(FIRST, BAD)
    empty.deliver(SECOND, delivery_text(seed=2, prefix="P"))
    ran = empty.run(SECOND)
    assert ran.status == 0, ran.err
    assert f"De levering van {FIRST} kon niet worden gebruikt om mee te vergelijken." in ran.err
    assert (compared(empty, SECOND), followed(empty, SECOND)) == (None, None)
    assert "Deze rapporten zijn actueel" in ran.out or "Klaar." in ran.out


@pytest.mark.long
def test_the_one_before_the_refused_one_is_compared_with(made: Trial) -> None:
    made.redeliver(SECOND, BAD)
    made.deliver(THIRD, delivery_text(seed=4, prefix="P"))
    assert made.run(THIRD).status == 0
    assert compared(made, THIRD) == FIRST
