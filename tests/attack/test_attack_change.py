"""The folder of a peildatum that is compared with the one before it: the change tells nothing beyond both tables."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from trial import FIRST, Trial

from attack import attack
from attack.scene import Scene, copied
from attack.world import ROOT
from wi2007.project import FOLLOW_UP_PEILDATUM

pytestmark = pytest.mark.slow
BASE = 5
FILE = "tabellen/verandering.csv"
Figure = tuple[str, ...]
Rows = list[dict[str, str]]


def scene_of(followed: Trial, target: Path, tables_only: bool = True) -> Scene:
    """A copy of the later folder, with the tables of the earlier one beside it."""
    exact = followed.processed(FOLLOW_UP_PEILDATUM) / "tabellen.csv"
    scene = copied(followed.report(FOLLOW_UP_PEILDATUM), exact, target, tables_only)
    beside = target / FIRST / "tabellen"
    beside.mkdir(parents=True)
    for path in (followed.report(FIRST) / "tabellen").glob("*.csv"):
        shutil.copy(path, beside)
    return scene


def test_the_change_tells_nothing_beyond_the_rounded_counts(followed: Trial, tmp_path: Path) -> None:
    scene = scene_of(followed, tmp_path, tables_only=False)
    verdict = attack(scene.folder, BASE, ROOT)
    assert verdict.clean, str(verdict)
    assert verdict.cells > 8000
    assert verdict.numbers > 100_000


def figures(rows: Rows) -> dict[Figure, dict[tuple[str, str], dict[str, str]]]:
    found: dict[Figure, dict[tuple[str, str], dict[str, str]]] = {}
    for row in rows:
        key = tuple(row[name] for name in ("tabel", "populatie", "rijvariabele", "rij", "kolom"))
        found.setdefault(key, {})[row["deel"], row["route"]] = row
    return found


def exact_part(rows: Rows) -> None:
    """A part by a person, and the rest of the rounding by as many the other way."""
    parts = next(one for one in figures(rows).values() if {("verhuisd", ""), ("afronding", "")} <= one.keys())
    for name, more in (("verhuisd", 1), ("afronding", -1)):
        row = parts[name, ""]
        row["aantal"] = str(int(row["aantal"]) + more)


def another_begin(rows: Rows) -> None:
    """A second rounding of the persons of the peildatum before."""
    key = ("2.1", "nog_inburgeringsplichtig", "land_van_herkomst", "Marokko", "man")
    parts = figures(rows)[key]
    for name, more in (("begin", 5), ("afronding", -5)):
        row = parts.setdefault((name, ""), {**parts["begin", ""], "deel": name, "aantal": "0"})
        if row not in rows:
            rows.append(row)
        row["aantal"] = str(int(row["aantal"]) + more)


def more_than_there_were(rows: Rows) -> None:
    """More left the register than the cell can have had: both were small, and equal."""
    parts = next(
        one
        for key, one in figures(rows).items()
        if key[1:3] == ("nog_inburgeringsplichtig", "land_van_herkomst")
        and one["begin", ""]["aantal"] == one["eind", ""]["aantal"] == "0"
        and len(one) == 2
    )
    for name, count in (("uit_register", -10), ("afronding", 10)):
        rows.append({**parts["begin", ""], "deel": name, "aantal": str(count)})


@pytest.mark.parametrize(
    ("plant", "pattern"),
    [
        pytest.param(exact_part, r"change: .* not rounded", marks=pytest.mark.long),
        pytest.param(another_begin, r"change: .* \d+ and \d+ before", marks=pytest.mark.long),
        (more_than_there_were, r"change: .* more left the register than there can have been"),
    ],
)
def test_a_leak_in_the_change_is_found(
    followed: Trial, tmp_path: Path, plant: Callable[[Rows], None], pattern: str
) -> None:
    scene = scene_of(followed, tmp_path)
    rows = list(csv.DictReader(io.StringIO(scene.text(FILE))))
    names = list(rows[0])
    plant(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    scene.write(FILE, text.getvalue())
    scene.settle()
    found = [str(one) for one in attack(scene.folder, BASE, ROOT).leaks]
    assert any(re.search(pattern, one) for one in found), found[:5]


@pytest.mark.long
def test_a_count_in_a_sentence_that_no_figure_gives_is_found(followed: Trial, tmp_path: Path) -> None:
    scene = scene_of(followed, tmp_path, tables_only=False)
    page = scene.text("rapport.html")
    start = page.index('id="verandering-oorzaken"')
    place = page.index("</p>", start)
    scene.write("rapport.html", f"{page[:place]} Onder hen zijn 87 personen uit Marokko.{page[place:]}")
    scene.settle()
    verdict = attack(scene.folder, BASE, ROOT)
    assert any("[87]" in str(one) for one in verdict.unexplained), str(verdict)


def test_a_course_of_a_municipality_that_the_file_does_not_give_is_found(
    followed: Trial, tmp_path: Path
) -> None:
    """ "Mijn gemeente" holds two small counts and a percentage of a handful that are no figures of the file."""
    scene = scene_of(followed, tmp_path, tables_only=False)
    page = scene.text("rapport.html")
    found = re.search(r'(<script type="application/json">)(.*?)(</script>)', page, re.DOTALL)
    assert found
    data = json.loads(found[2])
    assert data["course"] == data["tables"][0]["id"]
    small = [choice for choice in data["choices"] if len(choice[2][0]) < 3 and choice[2][0] != "."]
    small[0][2][0], small[1][2][3] = "7", "14,3"
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    scene.write("rapport.html", page[: found.start(2)] + text + page[found.end(2) :])
    scene.settle()
    told = [str(one) for one in attack(scene.folder, BASE, ROOT).leaks if one.kind == "change"]
    assert any(f"{small[0][1]}: 7, in the file" in one for one in told), told
    assert any(f"{small[1][1]}: 14,3 of" in one for one in told), told
