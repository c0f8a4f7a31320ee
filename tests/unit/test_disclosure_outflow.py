"""Outflow in the gate: its counts are cells of the one program, and groups that stand out are taken together."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from gate_files import asked, cube, draws, left_at, outflow, people

from schemas.outflow import AGE, AGE_AT_START
from schemas.tempo_tables import TempoRow
from wi2007.protection.gate import Protected, protect
from wi2007.protection.outflow import Outflow, outflow_of
from wi2007.tempo import cells
from wi2007.tempo.rates import tempo_rows

DAY = date(2022, 7, 1)
CHOICES = cells.load_choices()


def made_of(table: pa.Table, timed: Outflow, base: int = 5, key: bytes = b"een sleutel") -> Protected:
    return protect(asked(table, base, timed), draws(key))


def rows_of(made: Protected) -> list[TempoRow]:
    assert made.outflow is not None
    return tempo_rows(made.shown, made.outflow.periods, made.outflow.axes, 0)


@pytest.mark.parametrize("base", [5, 10])
@pytest.mark.parametrize("seed", [1, 3, *(pytest.param(seed, marks=pytest.mark.long) for seed in (0, 2))])
def test_outflow_is_rounded_with_the_tables_and_tells_no_more_than_rounding_leaves(
    seed: int, base: int
) -> None:
    table = people(500, seed)
    timed = outflow_of(outflow(table), DAY, CHOICES)
    made = made_of(table, timed, base, str(seed).encode())
    assert made.outflow is not None
    exact = made.outflow.counts
    assert exact.keys() <= made.shown.keys()
    assert all(abs(made.shown[at] - count) < base * made.reach for at, count in exact.items())
    assert all(made.shown[one.whole] == sum(made.shown[part] for part in one.parts) for one in made.relations)
    assert not any(one.narrower for one in made.found.values())
    small = {at for at, count in exact.items() if count < 2 * base}
    assert small <= made.found.keys()
    rows = rows_of(made)
    assert all(not row.uitgestroomd % base for row in rows)
    for period in {row.periode for row in rows}:
        of_period = [row for row in rows if row.periode == period]
        whole = {row.route: row.uitgestroomd for row in of_period if row.kenmerk == "totaal"}
        assert whole.pop("totaal") == sum(whole.values())
        grounds = [row.uitgestroomd for row in of_period if row.kenmerk == "ontheffingsgrond"]
        assert sum(grounds) == (whole["Ontheffing"] if grounds else 0)
        for variable in {row.kenmerk for row in of_period} - {"totaal", "ontheffingsgrond"}:
            for route, count in whole.items():
                parts = [r.uitgestroomd for r in of_period if (r.kenmerk, r.route) == (variable, route)]
                assert sum(parts) == count


def test_what_a_subtraction_gives_is_a_cell() -> None:
    """Who left before the years told is the route without them, and the table of all countries tells the whole."""
    table = people(500, 4)
    made = made_of(table, outflow_of(outflow(table), DAY, CHOICES))
    rests = [at for at in made.exact if ("statusperiode", ("*",)) in at]
    assert any(("land_van_herkomst", ("5022",)) in at for at in rests)
    assert any(len(at) == 2 for at in rests)


def test_both_ages_are_tied_by_who_grew_older() -> None:
    """Else that nobody grows younger would tell more than rounding leaves: all figures are sums of the same cells."""
    table = people(500, 4)
    made = made_of(table, outflow_of(outflow(table), DAY, CHOICES))
    obliged = ("statuscode", ("IBP",))
    for variable in (AGE, AGE_AT_START):
        whole = tuple(sorted(((variable, ("45 tot 55",)), obliged)))
        parts = [one.parts for one in made.relations if one.whole == whole]
        crossed = [part for several in parts for part in several if {AGE, AGE_AT_START} <= dict(part).keys()]
        assert len(crossed) > 1
        assert sum(made.shown[part] for part in crossed) == made.shown[whole]


def leaving(groups: dict[tuple[str, str, str], int]) -> tuple[pa.Table, pa.Table]:
    """A cube and its outflow: persons by country, age class and status, all in the last stretch but who is obliged."""
    table = cube(
        {("V", land, "0363", age, status, "NIEUWKOMER"): n for (land, age, status), n in groups.items()}
    )
    return table, left_at(table, "2022-01-01")


def mixed(land: str, age: str) -> dict[tuple[str, str, str], int]:
    return {(land, age, status): n for status, n in (("VOLDAAN", 40), ("IBP", 35), ("NI", 25))}


def test_a_group_of_which_nearly_all_took_one_route_is_taken_together() -> None:
    groups = mixed("5022", "45 tot 55") | mixed("6022", "35 tot 45") | mixed("6030", "55 tot 65")
    groups |= {("9049", "65 en ouder", "OVERLEDEN"): 60, ("9049", "65 en ouder", "IBP"): 70}
    groups |= {("9049", "65 en ouder", "VOLDAAN"): 3}
    table, left = leaving(groups)
    made = made_of(table, outflow_of(left, DAY, CHOICES))
    assert made.outflow is not None
    assert "9049" in made.outflow.together["land_van_herkomst"]
    assert "65 en ouder" in made.outflow.together[AGE_AT_START]
    assert len(made.outflow.together[AGE_AT_START]) > 1
    rows = [row for row in rows_of(made) if row.periode == "laatste 12 maanden"]
    shown = {row.categorie for row in rows}
    assert not {"Sovjet-Unie", "65 en ouder"} & shown
    assert {"Overig", "Samengevoegd", "Marokko"} <= shown
    for name in ("Overig", "Samengevoegd"):
        by_route = {row.route: row.uitgestroomd for row in rows if row.categorie == name}
        assert (
            max(count for route, count in by_route.items() if route != "totaal") <= 0.9 * by_route["totaal"]
        )


def test_of_few_who_left_the_rounding_is_enough() -> None:
    groups = mixed("5022", "45 tot 55") | mixed("6022", "35 tot 45") | mixed("6030", "55 tot 65")
    groups |= {("9049", "65 en ouder", "OVERLEDEN"): 14, ("9049", "65 en ouder", "IBP"): 70}
    table, left = leaving(groups)
    assert made_of(table, outflow_of(left, DAY, CHOICES)).outflow.together == {}  # type: ignore[union-attr]


def test_two_counts_of_one_cell_are_a_mistake() -> None:
    table = people(60, 2)
    timed = outflow_of(outflow(people(60, 3)), DAY, CHOICES)
    with pytest.raises(AssertionError, match="two counts"):
        made_of(table, timed)


def test_cells_tie_periods_to_their_stretches() -> None:
    timed = outflow_of(outflow(people(500, 4)), DAY, CHOICES)
    stretches = {code for period in timed.periods for code in (*period.codes, *period.after)}
    for code in stretches:
        assert cells.left((code,), cells.routes()["totaal"]) in timed.counts
