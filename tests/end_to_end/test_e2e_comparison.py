"""Two peildata of the same people: what changed is the same whichever is made first, and counted again if need be."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from trial import FIRST, SECOND, Trial, copy_project, delivery_text, only

BAD = "persoonsnummer;geslacht\nP1;X\n"
AFTER = {"change", "contracts", "statements", "tempo", "content", "html", "pdf", "workbook", "manifest"}


def follow_up(text: str, seed: int = 5) -> str:
    """The same people two years on: some through, some gone, some moved, some new."""
    draw = random.Random(seed)
    head, *lines = text.splitlines()
    kept = []
    for line in lines:
        fields = line.split(";")
        if draw.random() < 0.05:
            continue
        if draw.random() < 0.2:
            fields[10], fields[11] = "VOLDAAN", "20230615"
        if draw.random() < 0.1:
            fields[9] = "0518"
        kept.append(";".join(fields))
    new = [line.replace("DEMO", "DEMONIEUW") for line in lines[:15]]
    return "\r\n".join([head, *kept, *new]) + "\r\n"


def told(trial: Trial, peildatum: str) -> dict[str, Any]:
    path = trial.processed(peildatum) / "stromen.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def events(trial: Trial, peildatum: str) -> list[bytes]:
    folder = trial.processed(peildatum)
    return [(folder / name).read_bytes() for name in ("stromen.parquet", "stromen.json")]


@pytest.fixture
def followed(empty: Trial) -> Trial:
    text = delivery_text(seed=1)
    empty.deliver(FIRST, text)
    empty.deliver(SECOND, follow_up(text))
    return empty


@pytest.mark.slow
def test_the_order_of_making_makes_no_difference(followed: Trial, tmp_path: Path) -> None:
    assert followed.run().status == 0
    assert told(followed, FIRST)["waarom_niet"] == "geen_eerdere_levering"
    found = told(followed, SECOND)
    assert (found["vorige"], found["pseudoniemen"]) == (FIRST, "gelijk")
    parts = {part["deel"] for part in found["delen"]}
    assert {"uit_register", "verhuisd", "ouder", "uitgestroomd", "nieuw_in_register"} <= parts
    page = (followed.report(SECOND) / "rapport.html").read_text(encoding="utf-8")
    assert "grafiek-v-1-delen" in page
    beside = (followed.report(SECOND) / "tabellen" / "verandering.csv").read_bytes()
    assert beside == (followed.processed(SECOND) / "publicatie" / "verandering.csv").read_bytes()
    assert not (followed.report(FIRST) / "tabellen" / "verandering.csv").exists()
    assert "geen eerdere peildatum" in (followed.report(FIRST) / "rapport.html").read_text(encoding="utf-8")
    apart = Trial(tmp_path / "los")
    for peildatum in (FIRST, SECOND):
        apart.deliver(peildatum, followed.raw(peildatum).read_bytes().decode())
    late = apart.run(SECOND)
    assert (late.status, late.steps[FIRST]) == (0, {"population", "disclosure"})
    assert events(apart, SECOND) == events(followed, SECOND)
    assert apart.run().status == 0
    assert apart.results() == followed.results()
    assert followed.run().steps == {}


@pytest.mark.slow
def test_another_earlier_delivery_is_compared_with_again(followed: Trial) -> None:
    assert followed.run().status == 0
    before = events(followed, SECOND)
    followed.deliver(FIRST, delivery_text(seed=1, rows=380))
    ran = followed.run(SECOND)
    assert (ran.status, ran.steps[FIRST]) == (0, {"population", "disclosure"})
    assert "comparison" in ran.steps[SECOND]
    assert events(followed, SECOND) != before
    assert followed.run(SECOND).steps == {}


@pytest.mark.slow
def test_other_decisions_compare_again_and_read_nobody_again(followed: Trial, tmp_path: Path) -> None:
    assert followed.run().status == 0
    copy = Trial(followed.directory, copy_project(tmp_path / "kopie"))
    with (copy.project / "config/vergelijking.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")
    ran = copy.run(SECOND)
    assert (ran.status, ran.steps) == (0, only(SECOND, {"comparison"} | AFTER))


@pytest.mark.slow
def test_a_refused_earlier_delivery_is_not_compared_with(followed: Trial) -> None:
    followed.deliver(FIRST, BAD)
    assert followed.run(SECOND).status == 0
    assert told(followed, SECOND)["waarom_niet"] == "geen_eerdere_levering"
