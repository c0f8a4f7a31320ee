"""What several fields of one row tell together: each rule in the rows that break it, and in no others."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from engine_deliveries import Row, person

from schemas import columns as c
from wi2007 import reference
from wi2007.dates import possible_days
from wi2007.delivery.source import EMPTY, Coded
from wi2007.validation.rowrules import RowRules

YOUNGEST = date(1997, 1, 1)


def coded(texts: Sequence[str]) -> Coded:
    values = list(dict.fromkeys(text for text in texts if text))
    return Coded(values, np.array([values.index(t) if t else EMPTY for t in texts], dtype=np.int32))


def broken(rows: list[Row], day: str = "2022-07-01", leave_out: str = "") -> dict[tuple[str, str], list[int]]:
    columns = {
        name: coded([row[name] for row in rows]) for name in c.COLUMNS if name not in (c.PERSON, leave_out)
    }
    rules = RowRules(date.fromisoformat(day), YOUNGEST)
    return {(rule, column): places.tolist() for rule, column, places in rules.broken(columns)}


@pytest.mark.parametrize(
    ("fields", "rule", "column"),
    [
        ({"statusdatum": ""}, "status_zonder_datum", "statusdatum"),
        ({"statusdatum": "", "statuscode": "NI"}, "status_zonder_datum", "statusdatum"),
        ({"statuscode": "VERTROKKEN"}, "vertrokken_in_gemeente", "gemeentecode"),
        ({"statuscode": "VERTROKKEN", "gemeentecode": "0457"}, "vertrokken_in_gemeente", "gemeentecode"),
        ({"geboortedatum": "19970102"}, "te_jong", "geboortedatum"),
        ({"geboortedatum": "19980000"}, "te_jong", "geboortedatum"),
        ({"gevraagde_nationaliteit": "Turks"}, "turks_zonder_nationaliteit", "gevraagde_nationaliteit"),
        ({"nationaliteit_1": "0339"}, "turks_niet_uitgesloten", "gevraagde_nationaliteit"),
        (
            {"nationaliteit_4": "0339", "nationaliteit_2": "0001", "nationaliteit_3": "0002"},
            "turks_niet_uitgesloten",
            "gevraagde_nationaliteit",
        ),
        ({"nationaliteit_2": "0067"}, "nationaliteit_dubbel", "nationaliteit_2"),
        (
            {"nationaliteit_2": "0001", "nationaliteit_3": "0067"},
            "nationaliteit_dubbel",
            "nationaliteit_3",
        ),
        ({"nationaliteit_3": "0001"}, "nationaliteit_gat", "nationaliteit_3"),
        ({"nationaliteit_1": "", "nationaliteit_2": "0001"}, "nationaliteit_gat", "nationaliteit_2"),
    ],
)
def test_a_row_that_breaks_one_rule_breaks_only_that(fields: Row, rule: str, column: str) -> None:
    assert broken([person(1), person(2, **fields), person(3)]) == {(rule, column): [1]}


@pytest.mark.parametrize(
    "fields",
    [
        {"statusdatum": "", "statuscode": "IBP"},
        {"statusdatum": "", "statuscode": "ONBEKEND"},
        {"statusdatum": "", "statuscode": "voldaan"},
        {"statuscode": "VERTROKKEN", "gemeentecode": "1999"},
        {"statuscode": "VERTROKKEN", "gemeentecode": "0000"},
        {"statuscode": "VERTROKKEN", "gemeentecode": "9999"},
        {"statuscode": "OVERLEDEN"},
        {"geboortedatum": "19970101"},
        {"geboortedatum": "19970000"},
        {"geboortedatum": "00000000"},
        {"geboortedatum": "1998"},
        {"gevraagde_nationaliteit": "Turks", "nationaliteit_1": ""},
        {"gevraagde_nationaliteit": "Turks", "nationaliteit_2": "0339"},
        {"gevraagde_nationaliteit": "", "nationaliteit_1": "0339"},
        {"nationaliteit_2": "0001", "nationaliteit_3": "0002", "nationaliteit_4": "0003"},
        {"nationaliteit_1": ""},
    ],
)
def test_what_is_right_or_told_by_another_rule_breaks_none(fields: Row) -> None:
    assert broken([person(1), person(2, **fields)]) == {}


def test_before_the_register_of_non_residents_who_left_kept_a_municipality() -> None:
    rows = [person(1, statuscode="VERTROKKEN")]
    assert broken(rows, "2014-01-05") == {}
    assert broken(rows, "2014-01-06") == {("vertrokken_in_gemeente", "gemeentecode"): [0]}


@pytest.mark.parametrize("column", [name for name in c.COLUMNS if name != c.PERSON])
def test_a_column_that_is_not_there_breaks_no_rule(column: str) -> None:
    rows = [
        person(1, nationaliteit_1="0339", nationaliteit_2="0339", statuscode="VERTROKKEN", statusdatum="")
    ]
    assert all(of != column for _, of in broken(rows, leave_out=column))


def in_words(row: Row) -> set[tuple[str, str]]:
    """The rules once more, row by row, as a person would read them."""
    four = [row[name] for name in c.NATIONALITIES]
    days = possible_days(row["geboortedatum"])
    found = set()
    if row["statusdatum"] == "" and row["statuscode"] not in ("IBP", "ONBEKEND"):
        found.add(("status_zonder_datum", "statusdatum"))
    if row["statuscode"] == "VERTROKKEN" and row["gemeentecode"] not in ("1999", "0000"):
        found.add(("vertrokken_in_gemeente", "gemeentecode"))
    if days and date.fromordinal(days[0]) > YOUNGEST:
        found.add(("te_jong", "geboortedatum"))
    if row["gevraagde_nationaliteit"] == "Turks" and any(four) and "0339" not in four:
        found.add(("turks_zonder_nationaliteit", "gevraagde_nationaliteit"))
    if row["gevraagde_nationaliteit"] != "Turks" and "0339" in four:
        found.add(("turks_niet_uitgesloten", "gevraagde_nationaliteit"))
    for at in (1, 2, 3):
        if four[at] and four[at] in four[:at]:
            found.add(("nationaliteit_dubbel", c.NATIONALITIES[at]))
        if four[at] and not four[at - 1]:
            found.add(("nationaliteit_gat", c.NATIONALITIES[at]))
    return found


def test_any_rows_in_any_batches_give_what_reading_them_gives() -> None:
    draw = random.Random(7)
    choices = {
        "geboortedatum": ["19700101", "19970101", "19970102", "00000000", "19990000"],
        "gevraagde_nationaliteit": ["Turks", "anders", "Nederlands"],
        **{name: ["", "", "0339", "0067", "0001"] for name in c.NATIONALITIES},
        "gemeentecode": ["0363", "1999", "0000"],
        "statuscode": sorted(reference.statuses()),
        "statusdatum": ["", "20150301"],
    }
    rows = [person(at, **{name: draw.choice(some) for name, some in choices.items()}) for at in range(600)]
    expected: dict[tuple[str, str], list[int]] = {}
    for at, row in enumerate(rows):
        for pair in in_words(row):
            expected.setdefault(pair, []).append(at)
    assert broken(rows) == expected
    rules = RowRules(date(2022, 7, 1), YOUNGEST)
    together: dict[tuple[str, str], list[int]] = {}
    for first in range(0, 600, 50):
        part = rows[first : first + 50]
        columns = {name: coded([row[name] for row in part]) for name in choices}
        for rule, column, places in rules.broken(columns):
            together.setdefault((rule, column), []).extend((places + first).tolist())
    assert together == expected
