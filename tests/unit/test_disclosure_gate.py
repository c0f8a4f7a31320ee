"""What the gate does with counts: groups that stand out, rankings, the funnel, and what cannot be rounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pyarrow as pa
import pytest
import yaml
from gate_files import asked, cube, draws, people

from schemas.cube import SETS
from schemas.disclosure import Disclosure
from schemas.tables import Specification
from schemas.tidy import TidyRow
from wi2007.project import CONFIG
from wi2007.protection import funnel, groups
from wi2007.protection.audit import Interval, NotSafeError, audited, leaves, safely
from wi2007.protection.cells import (
    EVERYBODY,
    Cell,
    Order,
    Relation,
    Sums,
    cells,
    joined,
    linked,
    shown_counts,
    with_rests,
)
from wi2007.protection.funnel import READ, rows_rounded, size_in_words
from wi2007.protection.gate import Draws, Protected, protect
from wi2007.protection.rounding import Draw, RoundedTables, draw
from wi2007.tables.build import counted, tables_of

DAY = date(2022, 7, 1)
RAW = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))
SPECIFICATION = Specification.model_validate(RAW)
RULES = Disclosure.model_validate(yaml.safe_load((CONFIG / "disclosure.yaml").read_text(encoding="utf-8")))
RULE = RULES.groepsonthulling
FIRST, SECOND, THIRD, FOURTH = ((("r", (code,)),) for code in "1234")


def made_of(table: pa.Table, base: int = 5, key: bytes = b"een sleutel") -> Protected:
    return protect(asked(table, base), draws(key))


def published(made: Protected) -> list[TidyRow]:
    return tables_of(made.of_pairs, SPECIFICATION, DAY, made.merged)


def by_row(rows: list[TidyRow], table: str, column: str = "totaal") -> dict[str, int]:
    return {row.rij: row.aantal for row in rows if row.tabel == table and row.kolom == column}


def persons(**groups: tuple[str, str, int]) -> dict[tuple[str, ...], int]:
    """Municipality, status and number of persons."""
    return {
        ("V", "5022", place, "45 tot 55", status, "NIEUWKOMER"): count
        for place, status, count in groups.values()
    }


def mixed(places: list[str]) -> dict[tuple[str, ...], int]:
    return {
        ("M", "6022", place, "45 tot 55", status, "NIEUWKOMER"): count
        for place in places
        for status, count in (("VOLDAAN", 40), ("IBP", 35), ("NI", 25))
    }


def test_a_group_with_one_route_does_not_stand_alone_and_is_hidden_among_others() -> None:
    table = cube(mixed(["0363", "0518", "0344", "0599"]) | persons(a=("0014", "VOLDAAN", 200)))
    made = made_of(table)
    hidden = made.merged["wi2007", "gemeente"]
    assert "0014" in hidden
    assert len(hidden) >= 2
    rows = published(made)
    shown = by_row(rows, "B.3")
    assert "Groningen" not in shown
    together = by_row(rows, "B.3", "Inburgering voldaan")["Samengevoegd"]
    assert together <= 0.9 * shown["Samengevoegd"]
    assert shown["totaal"] == sum(count for row, count in shown.items() if row != "totaal")


def test_a_group_of_a_province_is_hidden_within_it() -> None:
    """Utrecht has one such municipality: what the province has more than its others would give it away."""
    table = cube(mixed(["0363", "0518", "0344", "0355", "0307"]) | persons(a=("0312", "VOLDAAN", 200)))
    hidden = set(made_of(table).merged["wi2007", "gemeente"])
    assert "0312" in hidden
    assert hidden & {"0344", "0355", "0307"}


def test_what_is_exempt_stands_alone_and_so_does_what_everybody_is() -> None:
    exempt = cube(mixed(["0363", "0518"]) | persons(a=("1999", "VERTROKKEN", 300)))
    assert ("wi2007", "gemeente") not in made_of(exempt).merged
    usual = cube(persons(a=("0363", "VOLDAAN", 300), b=("0518", "VOLDAAN", 300), c=("0344", "NI", 10)))
    assert "0363" not in made_of(usual).merged.get(("wi2007", "gemeente"), ())


def test_the_rule_looks_at_shares_over_the_limit_only() -> None:
    def hidden(most: int) -> Mapping[Any, Any]:
        place = persons(a=("0014", "VOLDAAN", most), b=("0014", "NI", 100 - most))
        table = cube(mixed(["0363", "0518", "0344"]) | place)
        return groups.merged(counted(table, SPECIFICATION), RULE, {})

    assert ("wi2007", "gemeente") not in hidden(90)
    assert "0014" in hidden(91)["wi2007", "gemeente"]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("base", [5, 10])
def test_tables_rank_by_their_own_counts_and_every_count_is_near(seed: int, base: int) -> None:
    made = made_of(people(700, seed), base, str(seed).encode())
    rows = published(made)
    codes = {label: code for code, label in _countries().items()}
    for number in ("2.1",):
        ranked = [
            (row.rij, row.aantal)
            for row in rows
            if row.tabel == number and row.kolom == "totaal" and row.rij in codes
        ]
        assert ranked == sorted(ranked, key=lambda item: (-item[1], codes[item[0]]))
        assert all(count > 0 for _, count in ranked)
    for at, count in made.shown.items():
        assert at in made.loose or abs(count - made.exact[at]) < base * made.reach
    assert all(made.shown[one.whole] == sum(made.shown[p] for p in one.parts) for one in made.relations)
    assert not any(one.narrower for one in made.found.values())


def _countries() -> dict[str, str]:
    from wi2007.tables.variables import categories

    return categories("land_van_herkomst", DAY)


def test_where_many_are_as_large_every_count_but_the_rest_is_within_the_base() -> None:
    table = cube(
        {
            ("M", code, place, "45 tot 55", status, "NIEUWKOMER"): 2
            for code in list(_countries())[5:45]
            for place in ("0363", "0518", "0344")
            for status in ("IBP", "VOLDAAN", "NI")
        }
    )
    made = made_of(table)
    assert made.reach == 1
    off = {at for at, count in made.shown.items() if abs(count - made.exact[at]) >= 5}
    assert off <= made.loose
    assert all(any(len(codes) > 10 for _, codes in at) for at in off)


def test_nobody_and_a_single_person() -> None:
    nobody = cube({})
    assert published(made_of(nobody))
    one = made_of(cube(persons(a=("0363", "IBP", 1))))
    assert set(one.shown.values()) <= {0, 5, 10, 15, 20}


def test_the_funnel_is_part_of_the_program() -> None:
    table = people()
    made = made_of(table)
    left_out = [
        at for at in made.shown if at and at[0] == ("levering", ("uitgesloten", "turkse_nationaliteit"))
    ]
    assert made.shown[READ] == made.shown[EVERYBODY] + sum(made.shown[at] for at in left_out)
    assert READ in {one.whole for one in made.relations}


def test_a_cell_that_can_be_narrowed_at_every_draw_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    from wi2007.protection import audit
    from wi2007.protection.audit import Interval

    tried: list[int] = []
    monkeypatch.setattr(audit, "intervals", lambda *_: {(): Interval(2, 4, (0, 4))})

    def counted_draw(attempt: int) -> Draw:
        tried.append(attempt)
        return draw(b"k", attempt)

    with pytest.raises(NotSafeError):
        protect(
            replace(asked(people(40), 5), rules=RULES.model_copy(update={"pogingen": 3})), Draws(counted_draw)
        )
    assert tried == [0, 1, 2]


def rounded_tables(shown: dict[Cell, int], **more: Any) -> RoundedTables:
    return RoundedTables(shown, shown, [], 5, **more)


def test_the_first_draw_that_tells_nothing_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    from wi2007.protection import audit

    told = {0: Interval(2, 4, (0, 4)), 1: Interval(0, 3, (0, 4)), 2: Interval(0, 4, (0, 4))}
    monkeypatch.setattr(audit, "audited", lambda made, _: {FIRST: told[made.shown[FIRST]]})
    safe = safely(lambda attempt: rounded_tables({FIRST: attempt}), 4, 2)
    assert (safe.made.shown, safe.attempts) == ({FIRST: 2}, 3)
    assert safe.found == {FIRST: told[2]}
    with pytest.raises(NotSafeError) as error:
        safely(lambda attempt: rounded_tables({FIRST: attempt}), 2, 2)
    assert error.value.cells == 1


def test_small_cells_that_somebody_is_shown_are_looked_at() -> None:
    counts = {FIRST: 0, SECOND: 10, THIRD: 15, FOURTH: 5}
    assert audited(rounded_tables(counts), 3).keys() == {FIRST, SECOND, FOURTH}
    hidden = rounded_tables(counts, loose=frozenset([FOURTH]), hidden=frozenset([FOURTH]))
    assert audited(hidden, 3).keys() == {FIRST, SECOND}
    assert audited(rounded_tables({THIRD: 15}), 3) == {}


def test_a_count_can_be_off_by_its_reach_and_a_loose_one_by_all_cells_together() -> None:
    whole = {EVERYBODY: 20, FIRST: 10, SECOND: 10}
    adds_up = [Relation(EVERYBODY, (FIRST, SECOND))]
    near = audited(RoundedTables(whole, whole, adds_up, 5), 3)
    assert near[FIRST] == Interval(6, 14, (6, 14))
    further = audited(RoundedTables(whole, whole, adds_up, 5, reach=2), 3)
    assert further[FIRST] == Interval(1, 19, (1, 19))
    loose = audited(RoundedTables(whole, whole, adds_up, 5, loose=frozenset([SECOND])), 3)
    assert loose[FIRST] == Interval(6, 14, (6, 14))
    one_base = {EVERYBODY: 5, FIRST: 0, SECOND: 5}
    told = audited(RoundedTables(one_base, one_base, adds_up, 5, loose=frozenset([EVERYBODY])), 3)
    assert told[SECOND] == Interval(1, 9, (1, 9))


@pytest.mark.parametrize(
    ("least", "most", "narrower"), [(1, 9, False), (2, 9, True), (1, 8, True), (0, 10, False)]
)
def test_a_count_is_narrower_when_either_end_is(least: int, most: int, narrower: bool) -> None:
    assert Interval(least, most, leaves(5, 5)).narrower == narrower


def test_categories_that_cut_through_each_other_are_refused() -> None:
    counts = {
        (("x", ("1", "2")),): 3,
        (("x", ("2", "3", "4")),): 5,
        (("x", ("3", "5", "6", "7")),): 4,
    }
    with pytest.raises(ValueError, match="cut through each other"):
        linked(counts)


COUNTRY_BY_GENDER = ("wi2007", "land_van_herkomst", "geslacht")


def test_every_code_and_every_set_of_codes_is_counted_by_every_other() -> None:
    counts = {("5043", "M"): 1, ("6043", "M"): 2, ("5022", "M"): 4, ("5043", "V"): 8, ("5022", "V"): 16}
    lands = [("5043",), ("6043",), ("5022",), ("5043", "6043")]
    genders = [("M",), ("V",), ("M", "V")]
    sets = {("wi2007", "land_van_herkomst"): [lands[-1]], ("wi2007", "geslacht"): [genders[-1]]}
    expected = {
        tuple(
            (name, tuple(sorted(codes)))
            for name, codes in (("geslacht", g), ("land_van_herkomst", r))
            if codes
        ): n
        for r, g in product([(), *lands], [(), *genders])
        if (
            n := sum(
                n for (row, column), n in counts.items() if row in (r or row) and column in (g or column)
            )
        )
    }
    nobody = {("9049", "M"): 0, ("6043", "V"): 0}
    assert cells({COUNTRY_BY_GENDER: counts | nobody}, SPECIFICATION, sets) == expected
    without = {at: n for at, n in expected.items() if all(len(codes) == 1 for _, codes in at)}
    assert cells({COUNTRY_BY_GENDER: counts | nobody}, SPECIFICATION, {}) == without
    assert cells({COUNTRY_BY_GENDER: nobody}, SPECIFICATION, sets) == {}


def test_a_condition_is_written_in_one_way_and_parts_on_one_variable_share_codes() -> None:
    of_b, of_a = ("b", frozenset("qwertyuiop")), ("a", frozenset(["1"]))
    written = (("a", ("1",)), ("b", tuple(sorted("qwertyuiop"))))
    assert joined(of_b, of_a) == joined(of_a, of_b) == written
    assert joined(of_b, of_a, ("b", frozenset("power"))) == (("a", ("1",)), ("b", tuple(sorted("power"))))


def test_sets_of_persons_are_added_up_as_sets() -> None:
    pair = {COUNTRY_BY_GENDER: {("5022", "M"): SETS - 1, ("5022", "V"): 3}}
    found = cells(pair, SPECIFICATION, {("wi2007", "geslacht"): [("M", "V")]})
    both = (("geslacht", ("M", "V")),)
    assert found[EVERYBODY] == found[both] == 2


def test_a_cell_that_two_tables_count_otherwise_is_a_mistake() -> None:
    tables = {
        COUNTRY_BY_GENDER: {("5022", "M"): 3},
        ("wi2007", "leeftijdsklasse", "geslacht"): {("35 tot 45", "M"): 4},
    }
    with pytest.raises(AssertionError, match="two counts"):
        cells(tables, SPECIFICATION, {})


def test_what_is_rounded_to_nobody_is_left_out() -> None:
    exact = {COUNTRY_BY_GENDER: {("5022", "M"): 3, ("5022", "V"): 2, ("6043", "V"): 0}}
    shown = {at: 5 if ("geslacht", ("M",)) in at else 0 for at in cells(exact, SPECIFICATION, {})}
    assert shown_counts(exact, SPECIFICATION, shown) == {COUNTRY_BY_GENDER: {("5022", "M"): 5}}


def test_of_what_several_sums_have_the_last_counts() -> None:
    first = Sums(
        {FIRST: 1, SECOND: 2}, [Relation(FIRST, (SECOND,))], {FIRST: 7}, {FIRST: 5}, [Order(FIRST, None, 5)]
    )
    second = Sums(
        {FIRST: 3, THIRD: 4}, [Relation(THIRD, (FIRST,))], {FIRST: 8}, {THIRD: 5}, [Order(None, THIRD, 0)]
    )
    assert first.joined_with([second]) == Sums(
        {FIRST: 3, SECOND: 2, THIRD: 4},
        [Relation(FIRST, (SECOND,)), Relation(THIRD, (FIRST,))],
        {FIRST: 8},
        {FIRST: 5, THIRD: 5},
        [Order(FIRST, None, 5), Order(None, THIRD, 0)],
    )


def test_who_is_left_follows_where_one_part_is_not_known() -> None:
    who = {EVERYBODY: 5, FIRST: 7}
    assert with_rests(who, [Relation(EVERYBODY, (FIRST, SECOND))]) == {**who, SECOND: SETS - 2}
    assert with_rests(who, [Relation(EVERYBODY, (FIRST, SECOND, THIRD))]) == who
    assert with_rests(who, [Relation(FOURTH, (FIRST, SECOND))]) == who
    assert with_rests({EVERYBODY: 5}, [Relation(EVERYBODY, (EVERYBODY,))]) == {EVERYBODY: 5}


def test_the_smallest_sets_add_up_to_the_larger_and_what_is_left_has_a_cell_of_its_own() -> None:
    """Of 1 to 5: single codes 1 and 2, a set of 3 and 4 that no single code is of, and sets that hold these."""
    one, two, pair = FIRST, SECOND, (("r", ("3", "4")),)
    three, four = (("r", ("1", "3", "4")),), (("r", ("1", "2", "3", "5")),)
    counts = {EVERYBODY: 12, three: 8, pair: 5, two: 2, one: 3}
    found, relations = linked(counts)
    rest = (("r", ("*",)),)
    assert found == {**counts, rest: 2}
    assert relations == [Relation(three, (one, pair)), Relation(EVERYBODY, (one, two, pair, rest))]
    found, relations = linked({one: 3, two: 2, three: 8})
    left = (("r", ("3", "4")),)
    assert found == {one: 3, two: 2, three: 8, left: 5}
    assert relations == [Relation(three, (one, left))]
    with pytest.raises(ValueError, match="cut through each other"):
        linked({pair: 5, four: 9})


def test_what_a_subtraction_gives_is_a_cell() -> None:
    two, one = (("x", ("1", "2")),), (("x", ("1",)),)
    found, relations = linked({two: 7, one: 3})
    assert found[(("x", ("2",)),)] == 4
    assert [(each.whole, len(each.parts)) for each in relations] == [(two, 2)]


def test_a_route_is_the_status_codes_that_it_is_made_of() -> None:
    table = cube(persons(a=("0363", "NI", 6), b=("0363", "ONBEKEND", 3), c=("0518", "IBP", 4)))
    found = cells(counted(table, SPECIFICATION), SPECIFICATION, {})
    (unknown,) = [
        at
        for at in found
        if len(at) == 1 and at[0][0] == "statuscode" and {"NI", "ONBEKEND"} <= set(at[0][1])
    ]
    assert set(unknown[0][1]) == {"NI", "NIPI", "NOWI", "ONBEKEND"}
    assert found[unknown] == 9


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "minder dan 1%"), (9, "minder dan 1%"), (10, "1 tot 5%"), (500, "50% van de rijen of meer")],
)
def test_a_number_of_rows_is_told_by_its_size(count: int, words: str) -> None:
    assert size_in_words(count, 1000, RULES.omvang).startswith(words)


def remarks(count: int, rows: int) -> dict[str, Any]:
    """A record with one warning about `count` of `rows` rows, and as many rows in which something was put right."""
    one = {"regel": "y", "kolom": "geslacht", "omschrijving": "Vreemd.", "aantal": count}
    return {
        "trechter": [{"stap": "gelezen", "aantal": rows}, {"stap": "overgebleven", "aantal": rows}],
        "tellingen": {},
        "waarschuwingen": [one],
        "levering": {"normalisaties": [{**one, "regel": "x"}], "lezing": [], "sha256": "", "bytes": 0},
    }


@pytest.mark.parametrize("base", [5, 10])
def test_what_is_told_of_rows_follows_from_their_rounded_number(base: int) -> None:
    told: dict[tuple[int, int], set[str]] = {}
    for key, count, rows in product(range(12), range(25), (440, 444)):
        rounded = rows_rounded(base, draw(bytes([key]), base))
        record = remarks(count, rows)
        shown = {READ: 440}
        made = funnel.published(record, shown, RULES, rounded)
        for part, one in ((made, "waarschuwingen"), (made["levering"], "normalisaties")):
            exact = record[one][0] if one in record else record["levering"][one][0]
            assert abs(rounded(exact) - count) < base
            assert rounded(exact) % base == 0
            words = part[one][0]["omvang"] if part[one] else ""
            assert bool(words) == (rounded(exact) >= RULES.omvang_vanaf.rijen)
            told.setdefault((rounded(exact), 440), set()).add(words)
    assert all(len(words) == 1 for words in told.values())
    assert len(told) > 3


def test_of_a_delivery_nothing_is_told_that_is_not_named() -> None:
    """A digest of corrections, or whatever a later step keeps of a delivery, stays with us."""
    record = remarks(20, 440)
    own = {"correcties": "een controlegetal", "wat_er_later_bij_komt": "1"}
    record["levering"] = {**record["levering"], "bestand": "levering.csv", **own}
    for made in (
        funnel.unprotected(record, RULES.omvang),
        funnel.published(record, {READ: 440}, RULES, rows_rounded(5, draw(b"s", 5))),
    ):
        assert made["levering"]["bestand"] == "levering.csv"
        assert not made["levering"].keys() & own.keys()
