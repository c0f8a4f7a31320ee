"""Drafts (`wi2007 run --proef`): the whole report, marked in every place, and no release."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from read_files import pages, readable
from shared import ROWS, Made, copy_of, made_once, succeeded
from trial import ALL_STEPS, FIRST, SECOND, Trial, delivery_text, digests

from wi2007.project import DRAFT

pytestmark = pytest.mark.slow

MARK = "proef, niet voor publicatie"


def beside(folder: Path) -> Trial:
    """The releases of two peildata, with drafts beside them."""
    return Trial(folder / "werk")


@pytest.fixture(scope="module")
def drafted(real: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    def make(folder: Path) -> Made:
        trial = copy_of(real.trial, beside(folder).directory)
        return Made(trial, (succeeded(trial, "--proef"), succeeded(trial, "--proef"), succeeded(trial)))

    return made_once(tmp_path_factory, "proef", make, beside)


def draft_of(trial: Trial, peildatum: str) -> Path:
    return trial.report(f"{peildatum}-proef")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_draft_is_made_of_all_peildata_and_once(drafted: Made) -> None:
    first, second, release = drafted.runs
    assert first.steps == {FIRST: ALL_STEPS, SECOND: ALL_STEPS}
    assert "Dit is een proef, niet voor publicatie" in first.out
    assert f"reports/{FIRST}-proef/rapport.{DRAFT}.html" in first.out
    assert second.steps == {}
    assert release.steps == {}
    assert "proef" not in release.out.replace(str(drafted.trial.directory), "")


@pytest.mark.parametrize("peildatum", [FIRST, SECOND])
def test_every_page_every_file_and_every_name_of_a_draft_says_so(drafted: Made, peildatum: str) -> None:
    folder = draft_of(drafted.trial, peildatum)
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("validatie")]
    assert len(files) > 15
    assert [path.name for path in files if DRAFT not in path.name] == []
    for path in files:
        assert MARK in readable(path).lower(), path.name
    for page in pages(folder / f"rapport.{DRAFT}.pdf"):
        assert MARK in page.lower()
    package = json.loads((folder / "tabellen" / f"datapackage.{DRAFT}.json").read_text(encoding="utf-8"))
    assert all((folder / "tabellen" / one["path"]).is_file() for one in package["resources"])
    assert {row["let_op"] for row in rows(folder / "tabellen" / f"tabel_2.3.{DRAFT}.csv")} == {MARK}


def test_a_draft_has_no_version_licence_or_citation(drafted: Made) -> None:
    document = json.loads(
        (drafted.trial.processed(f"{FIRST}-proef") / "publicatie" / "inhoud.json").read_text(encoding="utf-8")
    )
    assert document["draft"]
    assert not document["exact"]
    assert document["imprint"]["version"] == document["imprint"]["citation"] == ""
    assert document["imprint"]["licence"] is None
    manifest = json.loads(
        (draft_of(drafted.trial, FIRST) / f"manifest.{DRAFT}.json").read_text(encoding="utf-8")
    )
    assert manifest["let_op"].startswith("Proef, niet voor publicatie.")
    assert manifest["opdracht"] == f"wi2007 run {FIRST} --proef"


def test_a_draft_changes_nothing_of_the_releases(drafted: Made, real: Made) -> None:
    for folder in (
        "data/raw",
        "data/uitgaven",
        f"reports/{FIRST}",
        f"reports/{SECOND}",
        f"data/processed/{FIRST}",
    ):
        assert digests(drafted.trial.directory / folder) == digests(real.trial.directory / folder)
    key = Path("data", "afrondsleutel")
    assert (drafted.trial.directory / key).read_bytes() == (real.trial.directory / key).read_bytes()


def test_a_draft_has_a_draw_of_its_own(drafted: Made) -> None:
    trial = drafted.trial
    release, draft = (
        {
            tuple(row.values())[:6]: row["aantal"]
            for row in rows(trial.processed(name) / "publicatie" / "tabellen.csv")
        }
        for name in (FIRST, f"{FIRST}-proef")
    )
    both = release.keys() & draft.keys()
    assert len(both) > 5000
    assert sum(release[at] != draft[at] for at in both) > len(both) / 20
    about = json.loads((trial.processed(f"{SECOND}-proef") / "stromen.json").read_text(encoding="utf-8"))
    assert about["vorige"] == FIRST
    assert about["vergeleken"]


def test_a_draft_alone_makes_no_key_of_releases_and_no_register(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    trial.deliver(FIRST, delivery_text(ROWS, prefix="P"))
    made = succeeded(trial, "--proef", "--afronding", "10")
    assert "afrondsleutel" not in made.err
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [
        "processed",
        "proefsleutel",
        "raw",
        "volgsleutel",
    ]
    assert (tmp_path / "data" / "proefsleutel").stat().st_mode & 0o077 == 0
    assert not trial.report(FIRST).exists()
    assert not trial.processed(FIRST).exists()
    again = succeeded(trial, "--proef", "--afronding", "uit")
    names = {path.name for path in draft_of(trial, FIRST).iterdir()}
    assert again.steps[FIRST] >= {"protect", "place"}
    marked = {
        f"{name}.{DRAFT}.{kind}"
        for name, kind in (("rapport", "html"), ("rapport", "pdf"), ("bijlagen", "pdf"), ("manifest", "json"))
    }
    compared = {f"reproductie.{DRAFT}.{kind}" for kind in ("csv", "pdf")}
    assert names - compared == {*marked, "intern", "tabellen"}


def test_a_refused_draft_leaves_its_reasons_in_its_own_folder(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    trial.deliver(FIRST, "persoonsnummer;geslacht\r\nP1;M\r\n")
    refused = trial.run("--proef")
    assert refused.status == 2
    assert (draft_of(trial, FIRST) / "intern" / "validatie.html").is_file()
    assert not trial.report(FIRST).exists()
