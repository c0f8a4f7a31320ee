"""The categories of a table beside that of the peildatum before, and what each of them counts at either."""

from __future__ import annotations

from datetime import date

import pytest
from one_table import sex_by

from schemas.change import BEGIN, END
from schemas.tidy import TOTAL
from wi2007.comparison.decomposition import Layout, Peildata, decomposed, layout
from wi2007.tables.build import Merged, Shown

EARLIER, LATER = date(2020, 7, 1), date(2022, 7, 1)
SEX_BY_LAND = ("wi2007", "land_van_herkomst", "geslacht")


def laid_out(
    then: dict[str, int],
    now: dict[str, int],
    events: tuple[str, ...] = (),
    hidden: tuple[Merged, Merged] = ({}, {}),
    **row: object,
) -> Layout:
    """The layout of the rows for these sizes at either peildatum."""
    asked = sex_by(**row)
    shown = [
        Shown(asked, day, "wi2007", merged) for day, merged in zip((EARLIER, LATER), hidden, strict=True)
    ]
    return layout(asked.tables[0].rows[0], (shown[0], shown[1]), (then, now), events)


def test_the_rest_counts_at_each_peildatum_what_its_own_table_leaves_over() -> None:
    found = laid_out(
        {"5022": 9, "6022": 2}, {"5022": 2, "6022": 9}, variable="land_van_herkomst", largest=1, rest="Overig"
    )
    assert found.labels == ("China", "Overig")
    assert found.then["6022"] == (TOTAL, "China", "Overig"), "a part of the rest, and shown apart since"
    assert found.then["5022"] == (TOTAL,), "shown apart by the table before, which this one does not name"
    assert (found.now["5022"], found.now["6022"]) == ((TOTAL, "Overig"), (TOTAL, "China"))


def test_after_the_later_table_come_codes_that_only_the_earlier_one_had_or_that_occurred_between() -> None:
    """The names of municipalities that ended stay what they were."""
    found = laid_out({"0003": 5, "0363": 1}, {"0363": 3}, ("0024",), variable="gemeente", present_only=True)
    assert found.labels[0] == "Amsterdam"
    assert {"Appingedam", "Loppersum"} <= set(found.labels[1:])
    assert found.then["0003"] == found.now["0003"] == (TOTAL, "Appingedam")
    assert found.now["0024"] == (TOTAL, "Loppersum")


def test_what_is_hidden_at_one_peildatum_is_one_category_there() -> None:
    at = ("wi2007", "gemeente")
    sizes = {"0363": 5, "0518": 5, "0599": 5}
    hidden: tuple[Merged, Merged] = ({at: ("0363", "0518")}, {at: ("0518", "0599")})
    found = laid_out(sizes, sizes, hidden=hidden, variable="gemeente", present_only=True)
    assert found.labels[:2] == ("Amsterdam", "Samengevoegd")
    assert {code: found.then[code] for code in sizes} == {
        "0363": (TOTAL, "Amsterdam", "Samengevoegd"),
        "0518": (TOTAL, "Samengevoegd"),
        "0599": (TOTAL,),
    }
    assert {code: found.now[code] for code in sizes} == {
        "0363": (TOTAL, "Amsterdam"),
        "0518": (TOTAL, "Samengevoegd"),
        "0599": (TOTAL, "Samengevoegd"),
    }


def change(begin: int, end: int, **by_part: int) -> dict[tuple[str, str], int]:
    """What the table says of the women of one country, by row and part."""
    counts = ({SEX_BY_LAND: {("5022", "V"): begin}}, {SEX_BY_LAND: {("5022", "V"): end}})
    changes = {(part, ""): {SEX_BY_LAND: {("5022", "V"): count}} for part, count in by_part.items()}
    asked = sex_by(variable="land_van_herkomst", largest=1, rest="Overig")
    rows = decomposed(counts, changes, asked, Peildata(EARLIER, LATER))
    assert {row.tabel for row in rows} == {"1"}
    of_variable = {(row.rij, row.rijvariabele) for row in rows}
    assert of_variable == {(TOTAL, TOTAL), ("Marokko", "land_van_herkomst"), ("Overig", "land_van_herkomst")}
    return {(row.rij, row.deel): row.aantal for row in rows if row.kolom == "vrouw"}


def test_a_cell_begins_changes_and_ends_and_parts_of_nothing_are_left_out() -> None:
    found = change(5, 3, uit_register=-3, nieuw=1, ouder=0)
    of_cell = {BEGIN: 5, "uit_register": -3, "nieuw": 1, END: 3}
    nobody = {("Overig", BEGIN): 0, ("Overig", END): 0}
    assert found == {(row, part): n for row in (TOTAL, "Marokko") for part, n in of_cell.items()} | nobody


def test_a_part_named_as_the_change_of_definition_is_added_to_it() -> None:
    found = change(5, 7, definitie=2)
    assert found["Marokko", "definitie"] == 2


@pytest.mark.parametrize("end", [2, 4])
def test_parts_that_do_not_add_up_are_a_mistake(end: int) -> None:
    with pytest.raises(ArithmeticError):
        change(5, end, uit_register=-2)
