"""Leaks in the statements of the study: in their file, their annex and what is said of them.

What does not belong here: other files and chapters.
"""

from __future__ import annotations

import csv
import io

from attack.leaks import Planted, leak
from attack.scene import Scene

FILE = "tabellen/uitspraken.csv"
READINGS = "tabellen/gevoeligheid.csv"
PAGE = "rapport.html"


def _rows(scene: Scene) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(scene.text(FILE))))


def _put(scene: Scene, name: str, **values: str) -> None:
    """Change what the file says of one statement."""
    rows = [{**row, **values} if row["id"] == name else row for row in _rows(scene)]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    scene.write(FILE, text.getvalue())


def _true(scene: Scene, number: str, row: str, column: str = "totaal") -> int:
    return next(
        int(one["aantal"])
        for key, one in scene.exact.items()
        if key[0] == number and key[2:] == (row, column)
    )


@leak("leaks", r"statement: c04: ", tables_only=True)
def statement_of_true_counts(scene: Scene) -> None:
    """A share was computed from true counts."""
    _put(scene, "c04", waarde=str(100 * _true(scene, "2.1", "Marokko") / _true(scene, "2.1", "totaal")))


@leak("leaks", r"statement: c10 kanttekening: ", tables_only=True)
def remark_with_a_true_count(scene: Scene) -> None:
    """A remark tells how many there really were."""
    true = _true(scene, "B.1", "Onbekend")
    assert true % 5
    _put(scene, "c10", kanttekening=f"Van {true} personen is de gemeente onbekend.")


@leak("leaks", r"statement: c33 Berekend: ")
def annex_with_a_true_count(scene: Scene) -> None:
    """The page shows another figure than the file: the true one."""
    true = _true(scene, "2.2", "Eindhoven")
    (row,) = [row for row in _rows(scene) if row["id"] == "c33"]
    assert str(true) != row["waarde"]
    page = scene.text(PAGE)
    start = page.index(row["studie"], page.index('id="uitspraken-studie"'))
    place = page.index(row["waarde"], start + len(row["studie"]))
    scene.write(PAGE, page[:place] + str(true) + page[place + len(row["waarde"]) :])


@leak("unexplained", r"#uitspraken")
def introduction_with_a_true_count(scene: Scene) -> None:
    """The words above the table tell a true count."""
    true = _true(scene, "B.1", "Amsterdam")
    scene.replace(
        PAGE, "Hoeveel een cijfer mag schelen", f"Precies {true} wonen er. Hoeveel een cijfer mag schelen"
    )


ALL = tuple(one for one in list(globals().values()) if isinstance(one, Planted))


def _under(scene: Scene, name: str, reading: str, value: str) -> None:
    """Change what the file of other readings says of one statement."""
    lines = scene.text(READINGS).splitlines()
    (at,) = [at for at, line in enumerate(lines) if line.startswith(f"{name},{reading},")]
    cells = lines[at].split(",")
    lines[at] = ",".join([*cells[:2], value, *cells[3:]])
    scene.write(READINGS, "\n".join(lines) + "\n")


@leak("leaks", r"statement: .*c33 elke_nationaliteit: 2\d\d", tables_only=True)
def reading_with_a_true_count(scene: Scene) -> None:
    """A count under another reading was not rounded."""
    _under(scene, "c33", "elke_nationaliteit", "213")


@leak("leaks", r"statement: .*c04 niemand_uitgesloten: .*digits", tables_only=True)
def reading_with_more_digits(scene: Scene) -> None:
    """A share under another reading has digits from which counts follow."""
    _under(scene, "c04", "niemand_uitgesloten", "26.0417")


@leak("leaks", r"statement: .*c01 rapport: ", tables_only=True)
def reading_of_the_report_with_a_true_count(scene: Scene) -> None:
    """The row of the report tells the true count."""
    _under(scene, "c01", "rapport", str(_true(scene, "2.1", "totaal")))
