"""Two reports read together: each way of telling more with both than with one is found where it is planted.

The pair is the demonstration and its follow-up. What a reader of both can do is not always prevented: where it is not,
the test holds what `docs/onthullingscontrole.md` says of it.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from trial import FIRST, Trial

from attack.crossed import known
from attack.pair import closed_years, same_persons, some_of_the_days, unchanged
from attack.reports import LEFT, Report, pair
from attack.verdict import Narrowed
from attack.world import TOTAL
from wi2007.project import FOLLOW_UP_PEILDATUM

pytestmark = pytest.mark.slow
BASE = 5
A_YEAR_BEFORE = "2022-10-01"
RECENT = "laatste 12 maanden"
OBLIGED = "nog_inburgeringsplichtig"
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def clean(followed: Trial) -> tuple[Report, Report]:
    """Both reports as they are."""
    return pair(followed.directory / "reports", BASE)


@pytest.fixture
def reports(followed: Trial, tmp_path: Path) -> Path:
    """The tables of both reports, to edit."""
    for day in (FIRST, FOLLOW_UP_PEILDATUM):
        shutil.copytree(
            followed.report(day) / "tabellen",
            tmp_path / day / "tabellen",
            ignore=shutil.ignore_patterns("*.xlsx", "*.ods"),
        )
    return tmp_path


def edit(reports: Path, name: str, change: Callable[[Rows], None]) -> None:
    """Change the rows of a file of the later report."""
    path = reports / FOLLOW_UP_PEILDATUM / "tabellen" / name
    rows = rows_of(path)
    names = list(rows[0])
    change(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def rows_of(path: Path) -> Rows:
    """The rows of a file."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def few(found: list[Narrowed]) -> list[Narrowed]:
    """Those of small figures, of which the gate claims that nothing more is known."""
    return [one for one in found if one.shown <= 2 * BASE]


def of(rows: Rows, **wanted: str) -> Iterator[dict[str, str]]:
    """The rows that have these values."""
    return (row for row in rows if all(row[name] == value for name, value in wanted.items()))


def test_of_no_persons_the_later_report_tells_two_figures(clean: tuple[Report, Report]) -> None:
    assert [str(one) for one in same_persons(*clean)] == []


def test_two_figures_of_who_left_in_two_tables_of_the_change_are_found(reports: Path) -> None:
    def plant(rows: Rows) -> None:
        row = next(of(rows, tabel="B.5", rij="Marokko", deel=LEFT, kolom="Ontheffing", route="Ontheffing"))
        row["aantal"] = str(int(row["aantal"]) + BASE)

    edit(reports, "verandering.csv", plant)
    (found,) = same_persons(*pair(reports, BASE))
    assert "Marokko" in found.name
    assert found.most - found.least + 1 == BASE - 1


def a_year_apart(reports: Path) -> None:
    """Let the earlier peildatum be a year before the later one, and the change tell who left as the outflow does."""
    (reports / FIRST).rename(reports / A_YEAR_BEFORE)
    path = reports / FOLLOW_UP_PEILDATUM / "tabellen" / "tempo.csv"
    recent = list(of(rows_of(path), periode=RECENT))
    told = [(row["categorie"], row["route"], row["uitgestroomd"]) for row in recent if row["route"] != TOTAL]

    def same(rows: Rows) -> None:
        figures = {tuple(row.values())[:6]: row for row in of(rows, populatie=OBLIGED)}
        rows[:] = [row for row in of(rows, populatie=OBLIGED) if row["deel"] != LEFT]
        for figure, (category, route, count) in product(figures.values(), told):
            if sorted((figure["rij"], figure["kolom"])) == sorted((category, TOTAL)):
                rows.append({**figure, "deel": LEFT, "route": route, "aantal": f"-{count}"})

    edit(reports, "verandering.csv", same)


def test_two_figures_of_the_same_months_are_found(reports: Path) -> None:
    a_year_apart(reports)
    assert [str(one) for one in same_persons(*pair(reports, BASE))] == []

    def plant(rows: Rows) -> None:
        row = next(of(rows, periode=RECENT, categorie="Irak", route="Gehele vrijstelling"))
        row["uitgestroomd"] = str(int(row["uitgestroomd"]) + BASE)

    edit(reports, "tempo.csv", plant)
    (found,) = same_persons(*pair(reports, BASE))
    assert "Irak" in found.name
    assert found.most - found.least + 1 == BASE - 1


def test_no_small_figure_of_a_closed_year_is_told_in_two_ways(clean: tuple[Report, Report]) -> None:
    assert [str(one) for one in few(closed_years(*clean))] == []


def test_two_figures_of_a_closed_year_are_found(clean: tuple[Report, Report], reports: Path) -> None:
    before = {one.name for one in closed_years(*clean)}
    then = {outflow(row): row["uitgestroomd"] for row in rows_of(reports / FIRST / "tabellen/tempo.csv")}

    def plant(rows: Rows) -> None:
        row = next(
            row
            for row in of(rows, kenmerk="land_van_herkomst", uitgestroomd=str(BASE))
            if then.get(outflow(row)) == row["uitgestroomd"] and row["einde"]
        )
        row["uitgestroomd"] = str(2 * BASE)

    edit(reports, "tempo.csv", plant)
    (found,) = [one for one in few(closed_years(*pair(reports, BASE))) if one.name not in before]
    assert (found.shown, found.least, found.most) == (BASE, BASE + 1, 2 * BASE - 1)


def outflow(row: dict[str, str]) -> tuple[str, ...]:
    """Of which days, category and route a row of the outflow tells."""
    return tuple(row[name] for name in ("begin", "einde", "kenmerk", "categorie", "route"))


def test_of_some_of_the_days_few_figures_tell_more(clean: tuple[Report, Report]) -> None:
    figures, found = some_of_the_days(*clean)
    assert figures > 50
    assert len(found) < 0.1 * figures


def test_more_who_left_in_some_of_the_days_than_in_all_is_found(
    clean: tuple[Report, Report], reports: Path
) -> None:
    before = {one.name for one in some_of_the_days(*clean)[1]}
    figure = {"periode": RECENT, "categorie": "Marokko", "route": "Inburgering voldaan"}

    def plant(rows: Rows) -> None:
        row = next(of(rows, **figure))
        row["uitgestroomd"] = str(2 * int(row["uitgestroomd"]))

    edit(reports, "tempo.csv", plant)
    found = [one for one in some_of_the_days(*pair(reports, BASE))[1] if one.name not in before]
    assert any("Marokko, statuscode VOLDAAN" in one.name for one in found)


def test_who_believes_that_nothing_changed_keeps_four_values(clean: tuple[Report, Report]) -> None:
    found = unchanged(*clean)
    assert found.figures > 1000
    assert found.otherwise < 0.45 * found.figures
    assert set(found.left) <= {0, BASE - 1}


def test_of_no_group_that_stands_alone_the_route_is_known(clean: tuple[Report, Report]) -> None:
    assert [str(one) for one in known(clean[1]) if one.alone] == []


@pytest.mark.parametrize(
    ("column", "group"), [("vrouw", "gemeente Amsterdam, geslacht vrouw"), (TOTAL, "gemeente Amsterdam")]
)
def test_a_group_that_left_by_one_route_is_found(reports: Path, column: str, group: str) -> None:
    def plant(rows: Rows) -> None:
        wanted = {"tabel": "B.1", "populatie": OBLIGED, "rij": "Amsterdam", "kolom": column}
        begin = next(of(rows, **wanted, deel="begin"))
        for row in of(rows, **wanted, deel=LEFT):
            row["aantal"] = "0"
        rows.append({**begin, "deel": LEFT, "route": "Ontheffing", "aantal": "-40"})

    edit(reports, "verandering.csv", plant)
    (found,) = known(pair(reports, BASE)[1])
    assert str(found) == f"{group}: 40 of 40 Ontheffing"
