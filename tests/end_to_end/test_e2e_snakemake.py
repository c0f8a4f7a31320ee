"""Snakemake by itself in a checkout, as people who know it begin: no options, a dry run, a draft, a wrong setting."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from trial import FIRST, Trial, copy_project, delivery_text

from wi2007.pipeline import follows
from wi2007.project import DRAFT, ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a delivery in it."""
    project = copy_project(tmp_path_factory.mktemp("snakemake") / "project")
    (project / "profiles").symlink_to((ROOT / "profiles").readlink())
    Trial(project, project).deliver(FIRST, delivery_text())
    return project


def snakemake(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in the checkout, with the program that lies in it."""
    return subprocess.run(
        [sys.executable, "-m", "snakemake", *words],
        cwd=checkout,
        env=Trial(checkout, checkout).environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_without_options_it_makes_the_report_by_the_profile(checkout: Path) -> None:
    planned = snakemake(checkout, "-n")
    assert planned.returncode == 0, planned.stderr
    assert "place" in planned.stdout + planned.stderr
    assert not (checkout / "reports").exists()
    made = snakemake(checkout)
    assert made.returncode == 0, made.stderr
    assert "profile" in made.stderr
    assert (checkout / "reports" / FIRST / "rapport.html").is_file()
    again = snakemake(checkout)
    assert "Nothing to be done" in again.stdout + again.stderr
    same = Trial(checkout, checkout).run()
    assert (same.status, same.steps) == (0, {})


def test_its_own_report_has_the_figures_and_tables_with_their_captions_and_nothing_exact(
    checkout: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "uitleg.zip"
    told = snakemake(checkout, "--report", str(packed))
    assert told.returncode == 0, told.stderr
    with zipfile.ZipFile(packed) as file:
        names = {name.rsplit("/", 1)[-1] for name in file.namelist()}
        page = "".join(
            file.read(name).decode() for name in file.namelist() if name.endswith((".js", ".html"))
        )
    assert {"rapport.html", "tabel_2.1.csv", "grafiek-2-1-land-van-herkomst_breed.svg"} <= names
    for word in ("Figuren", "Tabellen", "Alle aantallen zijn beschermd"):
        assert word in page
    assert not [
        name for name in names if name.endswith(".parquet") or name.startswith(("validatie", "personen"))
    ]


def test_a_draft_is_made_with_its_key_in_the_configuration(checkout: Path) -> None:
    made = snakemake(checkout, "--config", "proef=true")
    assert made.returncode == 0, made.stderr
    assert (checkout / "reports" / f"{FIRST}-proef" / f"rapport.{DRAFT}.html").is_file()


def test_its_graph_of_rules_is_the_one_in_the_readme(checkout: Path) -> None:
    drawn = snakemake(checkout, "--rulegraph", "dot")
    assert drawn.returncode == 0, drawn.stderr
    names = dict(re.findall(r'^\s*(\d+)\[.*?label = "(\w+)', drawn.stdout, re.MULTILINE))
    edges = {
        (names[one], names[other])
        for one, other in re.findall(r"^\s*(\d+) -> (\d+)", drawn.stdout, re.MULTILINE)
    }
    wanted = {(before, name) for name, many in follows().items() for before in many}
    assert wanted <= edges
    direct = {before: {other for one, other in edges if one == before} for before in names.values()}
    for before, after in {(one, other) for one, other in edges if other != "all"} - wanted:
        assert any(after in _reached(between, direct) for between in direct[before] - {after}), (
            before,
            after,
        )


def _reached(rule: str, direct: dict[str, set[str]]) -> set[str]:
    return direct[rule].union(*(_reached(one, direct) for one in direct[rule]))


WRONG = {
    "a value": ("--config", "afronding=7", "heeft 'afronding' een waarde die niet kan"),
    "a key": ("--config", "onzin=1", "staat 'onzin', maar die instelling bestaat niet"),
    "a key of the file alone": ("--config", "indeling=standaard", "staat 'indeling', maar daar kan dat niet"),
    "a key of a file": ("--configfile", "onzin: 1", "staat 'onzin', maar die instelling bestaat niet"),
}


@pytest.mark.parametrize(("option", "setting", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_setting_is_told_in_dutch_where_it_was_given(
    checkout: Path, tmp_path: Path, option: str, setting: str, told: str
) -> None:
    if option == "--configfile":
        (tmp_path / "eigen.yaml").write_text(setting, encoding="utf-8")
        setting = str(tmp_path / "eigen.yaml")
    refused = snakemake(checkout, "-n", option, setting)
    assert refused.returncode == 2
    assert f"Op de opdrachtregel (--config of --configfile) {told}" in refused.stderr
    shown = refused.stdout + refused.stderr
    assert not [word for word in ("Traceback", "WorkflowError", ".smk", 'File "') if word in shown]


@pytest.mark.parametrize(
    ("content", "word"), [(None, "eigen.yaml"), ("a: [1", "not valid"), ("- a", "keys at top level")]
)
def test_a_file_that_snakemake_itself_cannot_read_stops_it_before_anything(
    checkout: Path, tmp_path: Path, content: str | None, word: str
) -> None:
    """Snakemake reads the file before ours, and says so in its own words."""
    path = tmp_path / "eigen.yaml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    refused = snakemake(checkout, "-n", "--configfile", str(path))
    assert refused.returncode == 1
    assert word in refused.stdout + refused.stderr


def test_a_peildatum_that_is_not_there_is_told_in_dutch(checkout: Path) -> None:
    refused = snakemake(checkout, "-n", "--config", "peildata=[2021-07-01]")
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    assert "Er is geen levering voor peildatum 2021-07-01" in refused.stderr
