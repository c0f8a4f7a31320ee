"""What moved between two sets of published tables: figures, order, rounding, and the words."""

from __future__ import annotations

from datetime import date

import pytest
from difference_files import DAY, LATER, release, rows

from schemas.tidy import TidyRow
from wi2007.comparison.settings import read_comparison
from wi2007.difference import compare
from wi2007.difference.blocks import Column, Grid, Heading, Sentence, markdown, text
from wi2007.difference.compare import AFTER, BEFORE, Alone, Change, Part, Release, Rounding, difference
from wi2007.difference.report import DifferenceReport, Wording, mergers, signed
from wi2007.errors import UserError
from wi2007.project import CONFIG
from wi2007.tables.specification import load

OBLIGED = "nog_inburgeringsplichtig"


def told(before: Release, after: Release, most: int | None = 10) -> str:
    wording = Wording(load(CONFIG / "tables.yaml"), read_comparison(), most)
    found = difference(before.rows, after.rows, compare.noise(before, after))
    return markdown(DifferenceReport(before, after, wording).blocks(found))


def test_totals_come_first_and_then_the_largest_change() -> None:
    before, after = (
        rows({"Marokko": 100, "China": 200, "Iran": 50}),
        rows({"Marokko": 120, "China": 50, "Iran": 85}),
    )
    (table,) = difference(before, after, noise=8).tables
    assert [(move.row, move.change) for move in table.moves] == [
        ("totaal", -95),
        ("China", -150),
        ("Iran", 35),
        ("Marokko", 20),
    ]
    assert (table.noise, table.weight) == (0, 150)


@pytest.mark.parametrize(("change", "shown"), [(5, False), (8, False), (9, True), (-8, False), (-9, True)])
def test_a_change_within_what_rounding_can_make_is_counted_only(change: int, shown: bool) -> None:
    before, after = (
        rows({"Marokko": 100, "China": 100}),
        rows({"Marokko": 100 + change, "China": 100 - change}),
    )
    (table,) = difference(before, after, noise=8).tables
    assert (len(table.moves), table.noise) == ((2, 0) if shown else (0, 2))


def test_noise_is_that_of_both_roundings() -> None:
    fives, tens = release([]), release([], base=10)
    wide = Release(date(2022, 7, 1), True, Rounding(5, 10, loose=True), [])
    exact = release([], base=None)
    pairs = [(fives, fives), (fives, tens), (tens, tens), (wide, fives), (exact, exact)]
    assert [compare.noise(*pair) for pair in pairs] == [8, 13, 18, 13, 0]


def test_tables_stand_by_what_moved_most() -> None:
    small = [rows({"a": 100}, "2.1"), rows({"a": 120}, "2.1")]
    large = [rows({"a": 100}, "2.2"), rows({"a": 400}, "2.2")]
    same = rows({"a": 1}, "2.3")
    found = difference([*small[0], *large[0], *same], [*small[1], *large[1], *same], 8)
    assert ([table.number for table in found.tables], found.same) == (["2.2", "2.1"], ("2.3",))


def test_rows_that_only_one_has_are_told_with_their_people() -> None:
    before, after = rows({"Weesp": 40, "Utrecht": 10}), rows({"Utrecht": 10, "Nieuw": 15})
    (table,) = difference(before, after, 8).tables
    assert table.alone == (
        Alone("rij", "land_van_herkomst", "Weesp", 40, BEFORE),
        Alone("rij", "land_van_herkomst", "Nieuw", 15, AFTER),
    )


def test_a_column_that_only_one_has_is_told_once() -> None:
    def table(column: str) -> list[TidyRow]:
        return [
            TidyRow("2.4", "p", variable, row, "land_van_herkomst", column, count, 100.0 * count / 30, 30)
            for variable, row, count in (("totaal", "totaal", 30), ("route", "a", 10), ("route", "b", 20))
        ]

    (found,) = difference([*table("Iran"), *table("China")], [*table("Irak"), *table("China")], 8).tables
    assert found.alone == (
        Alone("kolom", "land_van_herkomst", "Iran", 30, BEFORE),
        Alone("kolom", "land_van_herkomst", "Irak", 30, AFTER),
    )


def test_another_group_another_table_and_another_order_are_differences() -> None:
    one = rows({"a": 10, "b": 20})
    assert difference(one, rows({"a": 10, "b": 20}, population="ander"), 8).redefined == ("2.1",)
    more = difference(one, [*one, *rows({"a": 1}, "B.9")], 8)
    assert (more.only_after, more.is_empty) == (("B.9",), False)
    assert difference([*one, *rows({"a": 1}, "B.9")], one, 8).only_before == ("B.9",)
    (table,) = difference(one, [one[0], one[2], one[1]], 8).tables
    assert (table.reordered, table.moves, table.noise) == (True, (), 0)


def test_a_percentage_of_something_else_is_a_difference() -> None:
    one = rows({"a": 10, "b": 20})
    other = [one[0], TidyRow(*one[1].__dict__.values()), one[2]]
    assert difference(one, other, 8).is_empty
    other[1] = TidyRow("2.1", "nog", "land_van_herkomst", "a", "geslacht", "totaal", 10, 50.0, 20)
    (table,) = difference(one, other, 8).tables
    assert table.shares == 1


def test_the_municipalities_of_2023_are_explained() -> None:
    known = mergers(date(2022, 7, 1), date(2023, 10, 1))
    assert known.into == dict.fromkeys(("Brielle", "Hellevoetsluis", "Westvoorne"), "Voorne aan Zee")
    assert known.of == {"Voorne aan Zee": ("Brielle", "Hellevoetsluis", "Westvoorne")}
    assert mergers(date(2022, 7, 1), date(2022, 7, 1)).into == {}


@pytest.mark.parametrize("turned", [False, True])
def test_a_merged_municipality_is_told_in_either_direction(turned: bool) -> None:
    pair = [
        release(rows({"Brielle": 40, "Delft": 100}, "B.1", "gemeente")),
        release(rows({"Voorne aan Zee": 45, "Delft": 100}, "B.1", "gemeente"), LATER),
    ]
    words = told(*(reversed(pair) if turned else pair))
    assert ("| 40 |  | opgegaan in" in words) == (not turned)
    assert "Brielle (rij, gemeente)" in words
    assert "opgegaan in Voorne aan Zee" in words
    assert "samengevoegd uit Brielle, Hellevoetsluis, Westvoorne" in words
    assert "gingen 3 gemeenten op in een andere" in words


def test_other_rests_of_a_ranking_are_told() -> None:
    before, after = rows({"Iran": 50, "Overig": 10}), rows({"Irak": 50, "Overig": 10})
    assert "Overig bestaat uit een andere groep (land van herkomst)." in told(
        release(before), release(after, LATER)
    )


def test_numbers_are_dutch_and_rounding_is_told() -> None:
    words = told(
        release(rows({"Marokko": 10_000, "China": 0})), release(rows({"Marokko": 8_725, "China": 20}), LATER)
    )
    assert "| Marokko | totaal | 10.000 | 8.725 | −1.275 | −12,8% |" in words
    assert "| China | totaal | 0 | 20 | +20 | . |" in words
    assert "Een verschil van 8 of minder kan door afronding komen" in words
    assert "| rij | kolom | 1 juli 2022 | 1 oktober 2023 | verschil | in % |" in words


def test_more_rows_than_asked_for_are_counted() -> None:
    before, after = (dict.fromkeys("abcde", size) for size in (100, 200))
    pair = release(rows(before)), release(rows(after), LATER)
    assert "En nog 4 verschillen. Met --alles staat alles er." in told(*pair, most=2)
    assert "En nog" not in told(*pair, most=None)


def test_nothing_is_said_of_the_same() -> None:
    one = release(rows({"Marokko": 100}))
    words = told(one, one)
    assert words.endswith("\n\nEr is niets veranderd.\n")
    assert "|" not in words


def test_exact_and_demonstration_are_said() -> None:
    pair = [release(rows({"Marokko": count}), base=None) for count in (100, 101)]
    words = told(*pair)
    assert "Niet voor publicatie: de aantallen zijn exact." in words
    assert "| Marokko | totaal | 100 | 101 | +1 | +1,0% |" in words
    assert "afgerond" not in words
    assert "Demonstratiegegevens" in words


def test_another_base_is_said() -> None:
    words = told(release(rows({"a": 100})), release(rows({"a": 130}), base=10))
    assert "De afronding is een andere: eerst op veelvouden van 5, daarna op veelvouden van 10." in words
    assert "Een verschil van 13 of minder" in words


def test_exact_beside_rounded_and_invented_beside_real_are_refused() -> None:
    one, exact = release([]), release([], base=None)
    real = Release(date(2022, 7, 1), False, Rounding(5, 5, loose=False), [])
    with pytest.raises(UserError, match="de eerste tabellen zijn exact"):
        compare.check_comparable(exact, one)
    with pytest.raises(UserError, match="de tweede tabellen zijn van demonstratiegegevens"):
        compare.check_comparable(real, one)
    compare.check_comparable(one, one)


def changed(begin: int = 100, end: int = 70, since: str = DAY) -> tuple[Release, Release]:
    split = (
        Part("begin", "", begin),
        Part("nieuw_in_register", "", 10),
        Part("uitgestroomd", "Ontheffing", -45),
        Part("afronding", "", 5),
        Part("eind", "", end),
    )
    change = Change(date.fromisoformat(since), {("2.1", "totaal", "totaal", "totaal"): split})
    now = release(rows({"Marokko": 70}, population=OBLIGED), LATER, change=change)
    return release(rows({"Marokko": 100}, population=OBLIGED)), now


def test_the_parts_of_the_group_still_obliged_are_told_from_begin_to_eind() -> None:
    words = told(*changed()).splitlines()
    first = words.index("| 1 juli 2022 | 100 |")
    assert words[first + 1 : first + 5] == [
        "| Uitgestroomd: Ontheffing | −45 |",
        "| Nieuw in het register | +10 |",
        "| Door afronding | +5 |",
        "| 1 oktober 2023 | 70 |",
    ]


@pytest.mark.parametrize("other", [{"begin": 105}, {"end": 75}, {"since": "2021-07-01"}])
def test_parts_of_another_change_are_not_told(other: dict[str, int | str]) -> None:
    before, after = changed(**other)  # type: ignore[arg-type]
    assert compare.parts_of_group(before, after, {OBLIGED}) == ()
    assert "Nieuw in het register" not in told(before, after)


def test_markdown_escapes_what_would_mean_something() -> None:
    blocks = [
        Heading("a*b"),
        Sentence("<b>x</b>\ny"),
        Grid((Column("rij", "label"), Column("n")), (("a|b", "1"),)),
    ]
    assert markdown(blocks) == (
        "### a\\*b\n\n\\<b\\>x\\</b\\> y\n\n| rij | n |\n| :--- | ---: |\n| a\\|b | 1 |\n"
    )
    assert text(blocks) == "a*b\n---\n\n<b>x</b>\ny\n\nrij   n\na|b   1\n"


def test_changes_carry_a_sign() -> None:
    assert [signed(count) for count in (1234, 0, -5)] == ["+1.234", "0", "−5"]


def test_a_rest_that_may_be_further_off_is_said() -> None:
    one, other = (rows({"Marokko": count}) for count in (100, 200))
    loose = Release(date(2022, 7, 1), True, Rounding(5, 5, loose=True), one)
    assert "De rest van een rangorde (Overig) kan verder afwijken" in told(loose, release(other))
    assert "verder afwijken" not in told(release(one), release(other))
