"""Releases (`wi2007 uitgaven`): which left the house, and what a run then refuses before it reads anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shared import AWKWARD_NAMES, Made, copy_of, succeeded
from trial import FIRST, SECOND, Ran, Trial, copy_project, digests, replace_in

from wi2007.cli import main

pytestmark = pytest.mark.slow


@pytest.fixture
def trial(real: Made, tmp_path: Path) -> Trial:
    """The reports of two peildata, none of which left the house yet."""
    return copy_of(real.trial, tmp_path / "werk")


def releases(trial: Trial, peildatum: str) -> list[dict[str, object]]:
    path = trial.directory / "data" / "uitgaven" / f"{peildatum}.json"
    found: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["uitgaven"]
    return found


def gone(trial: Trial, *peildata: str) -> int:
    options = [word for peildatum in peildata for word in ("--vastleggen", peildatum)]
    return main(["uitgaven", "--directory", str(trial.directory), *options])


def corrected(trial: Trial, peildatum: str) -> None:
    """Another status for somebody in the delivery."""
    path = trial.raw(peildatum, AWKWARD_NAMES[peildatum])
    replace_in(path, ";VOLDAAN;", ";IBP;")


def untouched(trial: Trial, made: Made) -> bool:
    """Whether reports and what they are made from are as they were."""
    return all(
        digests(trial.directory / folder) == digests(made.trial.directory / folder)
        for folder in ("reports", "data/processed")
    )


def told(ran: Ran, *words: str) -> bool:
    return all(word in ran.err for word in words)


def test_a_run_says_how_to_keep_that_a_report_leaves_the_house(real: Made) -> None:
    assert f"wi2007 uitgaven --vastleggen {FIRST}" in real.runs[0].out


def test_the_list_tells_every_release_and_what_left(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    assert gone(trial) == 0
    before = capsys.readouterr().out.splitlines()
    assert before[0].split() == [
        "peildatum",
        "uitgave",
        "afgerond",
        "op",
        "gemaakt",
        "op",
        "naar",
        "buiten",
        "reden",
    ]
    assert [line.split()[::4] for line in before[1:3]] == [[FIRST, "nee"], [SECOND, "nee"]]
    assert gone(trial, FIRST) == 0
    assert f"{FIRST}: uitgave 1 is vastgelegd" in capsys.readouterr().out
    assert gone(trial, FIRST) == 0
    assert "stond al vast" in capsys.readouterr().out
    assert [one["naar_buiten"] for one in releases(trial, SECOND)] == [""]


def test_where_there_is_no_release_there_is_nothing_to_keep(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = Trial(tmp_path)
    assert gone(empty) == 0
    assert "nog geen uitgaven" in capsys.readouterr().out
    assert gone(empty, FIRST) == 2
    assert f"Van {FIRST} is er geen uitgave" in capsys.readouterr().err
    assert gone(empty, "2024") == 2
    assert "geen peildatum" in capsys.readouterr().err


def test_a_report_takes_the_release_that_it_shows_beside_its_own_along(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gone(trial, SECOND) == 0
    assert f"{FIRST}: uitgave 1 is vastgelegd" in capsys.readouterr().out
    assert all(one["naar_buiten"] for peildatum in (FIRST, SECOND) for one in releases(trial, peildatum))


def test_a_report_of_a_draw_that_was_replaced_cannot_leave(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first peildatum was rounded anew, and the report of the second still shows what it was."""
    corrected(trial, FIRST)
    assert succeeded(trial, FIRST).steps[FIRST] >= {"read", "protect", "place"}
    assert gone(trial, SECOND) == 2
    assert "sindsdien vervangen" in capsys.readouterr().err
    assert [one["naar_buiten"] for one in releases(trial, SECOND)] == [""]
    (trial.processed(SECOND) / "publicatie" / "tabellen.csv").write_text("", encoding="utf-8")
    assert gone(trial, SECOND) == 2
    assert "niet dat van de laatste uitgave" in capsys.readouterr().err


def test_one_that_never_left_is_replaced_without_a_reason(trial: Trial) -> None:
    corrected(trial, SECOND)
    made = succeeded(trial, SECOND)
    assert told(made, f"{SECOND}: uitgave 1 was niet vastgelegd", "andere gegevens")
    (release,) = releases(trial, SECOND)
    assert (release["nummer"], release["naar_buiten"]) == (1, "")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--afronding", "10"], "een andere basis"),
        ([], "een andere levering"),
        (["key"], "een andere sleutel"),
    ],
    ids=["base", "delivery", "key"],
)
def test_what_needs_a_reason_is_refused_before_anything_is_read(
    trial: Trial, real: Made, words: list[str], why: str
) -> None:
    assert gone(trial, SECOND) == 0
    if not words:
        corrected(trial, FIRST)
    if words == ["key"]:
        (trial.directory / "data" / "afrondsleutel").unlink()
        words = []
    refused = trial.run_here(*words)
    assert refused.status == 2
    assert told(
        refused,
        f"{FIRST}: Van deze peildatum is al uitgave 1 naar buiten gegaan",
        why,
        "hertrekking",
        "--proef",
    )
    assert told(refused, f"{SECOND}: ")
    assert refused.steps == {}
    assert untouched(trial, real)
    assert not (trial.directory / "data" / "afrondsleutel").exists() or why != "een andere sleutel"


def test_other_tables_are_refused_before_anything_is_read_and_another_title_is_not(
    trial: Trial, tmp_path: Path
) -> None:
    assert gone(trial, SECOND) == 0
    project = copy_project(tmp_path / "project")
    changed = Trial(trial.directory, project)
    made = digests(trial.directory / "reports")
    kept = (project / "config/tables.yaml").read_text(encoding="utf-8")
    more = "  - number: N.1\n    title: Provincie\n    population: wi2007\n    columns: {variable: leeftijdsklasse}\n"
    more += "    rows: [{variable: provincie}]\n"
    (project / "config/tables.yaml").write_text(kept + more, encoding="utf-8")
    refused = changed.run()
    assert (refused.status, refused.steps) == (2, {})
    assert told(
        refused, f"{FIRST}: Van deze peildatum is al uitgave 1", "andere tabellen in config/tables.yaml"
    )
    assert digests(trial.directory / "reports") == made
    (project / "config/tables.yaml").write_text(kept.replace("title: ", "title: Over ", 1), encoding="utf-8")
    assert "protect" in succeeded(changed).steps[FIRST]
    assert [one["nummer"] for one in releases(trial, FIRST)] == [1]


def test_a_peildatum_waits_for_the_reason_of_the_one_that_it_is_compared_with(
    trial: Trial, real: Made
) -> None:
    assert gone(trial, FIRST) == 0
    corrected(trial, FIRST)
    refused = trial.run_here(SECOND)
    assert refused.status == 2
    assert told(refused, f"{SECOND}: wacht, want dit rapport wordt vergeleken met dat van {FIRST}")
    assert untouched(trial, real)


def test_with_a_reason_it_is_the_next_release(trial: Trial, tmp_path: Path) -> None:
    assert gone(trial, SECOND) == 0
    corrected(trial, SECOND)
    project = copy_project(tmp_path / "project")
    config = project / "config" / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}\nhertrekking: {{{SECOND}: verbeterde levering}}\n", encoding="utf-8")
    made = succeeded(Trial(trial.directory, project), SECOND)
    assert "protect" in made.steps[SECOND]
    first, second = releases(trial, SECOND)
    assert (first["nummer"], second["nummer"], second["reden"]) == (1, 2, "verbeterde levering")
    assert second["naar_buiten"] == ""


def test_the_day_of_publication_says_that_a_release_left(trial: Trial, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    edition = f"uitgaven:\n  - {{peildatum: {SECOND}, uitgave: 1, publicatiedatum: 2024-10-01}}\n"
    replace_in(project / "config" / "report" / "uitgave.yaml", "uitgaven: []\n", edition)
    refused = Trial(trial.directory, project).run("--afronding", "10")
    assert refused.status == 2
    assert told(refused, "(vastgelegd op 2024-10-01)")
    for peildatum in (FIRST, SECOND):
        assert [one["naar_buiten"] for one in releases(trial, peildatum)] == ["2024-10-01"]
