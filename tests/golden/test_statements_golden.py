"""The proof: the verdict on each of the 37 statements of the study, from exact tables and from gated ones."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from shared import Made
from statements_sample import CHANGES, STUDY_DAY, judged, settings, sources
from trial import FIRST

from schemas.statement_tables import Result
from schemas.tidy import TIDY, TOTAL, TidyRow
from wi2007.statements.figure import NotComputableError
from wi2007.statements.published import Printed, Published, published
from wi2007.statements.results import Evaluator
from wi2007.statements.sources import Rounding

pytestmark = pytest.mark.slow
YES, REMARK, NO, NOT = "bevestigd", "bevestigd met kanttekening", "niet bevestigd", "niet te berekenen"
GATED = Rounding(4)

# Verdict, and the figure with two decimals, from the exact tables of the demonstration and the known figures of CBS.
EXPECTED = {
    "c01": (YES, "7919.00"),
    "c02": (YES, "36.46"),
    "c03": (YES, "65.83"),
    "c04": (YES, "26.76"),
    "c05": (YES, "11.83"),
    "c06": (YES, "11.87"),
    "c07": (YES, "0.00"),
    "c08": (YES, "4350.00"),
    "c09": (REMARK, "54.93"),
    "c10": (REMARK, "10.43"),
    "c11": (REMARK, "2.89"),
    "c12": (YES, "9010.00"),
    "c13": (YES, "2500.00"),
    "c14": (YES, "27.75"),
    "c15": (YES, "33.00"),
    "c16": (YES, "3.00"),
    "c17": (YES, "3700.00"),
    "c18": (YES, "41.07"),
    "c19": (YES, "755.00"),
    "c20": (YES, "27.15"),
    "c21": (YES, "38.00"),
    "c22": (YES, "62.00"),
    "c23": (NO, "2047.00"),
    "c24": (NOT, ""),
    "c25": (YES, "59.25"),
    "c26": (YES, "53.30"),
    "c27": (YES, "54.59"),
    "c28": (YES, "10.70"),
    "c29": (YES, "74.88"),
    "c30": (YES, "19.24 14.24 15.95"),
    "c31": (YES, "15.04 12.78"),
    "c32": (YES, "38.59"),
    "c33": (REMARK, "227.00"),
    "c34": (REMARK, "62.99"),
    "c35": (REMARK, "12.63"),
    "c36": (YES, "93.00"),
    "c37": (NOT, ""),
}
CAN_BE_800 = {795: YES, 790: REMARK}
"""Whether the 792 persons in Rotterdam, as they are shown, can be the 800 of the study; a rounded nil can be a few."""


Folders = dict[str, Path]


@pytest.fixture
def folders(demonstration: Made, exact_demonstration: Made) -> Folders:
    """What is published of the demonstration, by how its counts are rounded."""
    return {
        name: made.trial.processed(FIRST) / "publicatie"
        for name, made in (("5", demonstration), ("uit", exact_demonstration))
    }


def results(folders: Folders, rounding: str) -> dict[str, Result]:
    """Judged beside the known figures of the CBS, where the demonstration has a reconstruction of its workbook."""
    return judged(sources(rows(folders, rounding), rounding=GATED if rounding == "5" else Rounding()))


def rows(folders: Folders, rounding: str) -> list[TidyRow]:
    return TIDY.read(folders[rounding] / "tabellen.csv")


def two_decimals(one: Result) -> str:
    return " ".join(str(value.quantize(Decimal("0.01"))) for value in one.values)


def test_the_verdicts_on_exact_tables(folders: Folders) -> None:
    found = results(folders, "uit")
    assert {name: (str(one.oordeel), two_decimals(one)) for name, one in found.items()} == EXPECTED


def test_the_verdicts_on_gated_tables_are_the_same_but_for_a_rounded_nil(folders: Folders) -> None:
    found = {name: one.oordeel for name, one in results(folders, "5").items()}
    (rotterdam,) = {
        row.aantal
        for row in rows(folders, "5")
        if (row.populatie, row.rij, row.kolom) == ("nog_inburgeringsplichtig", "Rotterdam", TOTAL)
    }
    rounded = {"c07": REMARK, "c35": CAN_BE_800[rotterdam]}
    assert found == {**{name: verdict for name, (verdict, _) in EXPECTED.items()}, **rounded}


def test_every_verdict_that_is_not_simply_yes_says_why(folders: Folders) -> None:
    for rounding in ("5", "uit"):
        found = results(folders, rounding).values()
        assert [one.id for one in found if bool(one.kanttekening) == (one.oordeel == YES)] == []


def test_c09_counts_the_register_of_non_residents_and_c23_takes_the_line_too_steep(folders: Folders) -> None:
    found = results(folders, "5")
    assert found["c09"].oordeel == REMARK, "54,9 rounds to the printed 55"
    assert "Register niet-ingezetenen" in found["c09"].kanttekening
    assert "55,5%" in found["c09"].kanttekening
    assert "54,9%" in found["c09"].kanttekening
    assert found["c23"].waarde == "2047"
    assert "2047" in found["c23"].kanttekening


def test_the_mean_of_c10_is_ten_only_without_the_unknown_municipality(folders: Folders) -> None:
    found = results(folders, "uit")["c10"]
    assert "(42) tellen niet mee" in found.kanttekening
    assert "10,6 in plaats van 10,4" in found.kanttekening


def test_with_a_comparison_the_last_statement_is_judged(folders: Folders) -> None:
    of = sources(rows(folders, "5"), rounding=GATED, changes=CHANGES)
    assert (judged(of)["c37"].oordeel, judged(of)["c37"].waarde) == (REMARK, "210;85;65;20")
    without = sources(rows(folders, "5"), rounding=GATED, changes={**CHANGES, "overlijden": 0})
    assert judged(without)["c37"].oordeel == REMARK, "a rounded nil can be a few persons"
    exact = sources(rows(folders, "uit"), changes={**CHANGES, "overlijden": 0})
    assert judged(exact)["c37"].oordeel == NO
    nobody_older = sources(rows(folders, "uit"), changes={**CHANGES, "ouder": 0})
    assert judged(nobody_older)["c37"].oordeel == REMARK, "growing older is no outflow"


def test_without_the_table_of_cbs_what_rests_on_it_is_not_computable(folders: Folders) -> None:
    found = judged(sources(rows(folders, "5"), rounding=GATED, cbs=None))
    missing = {name for name, one in found.items() if one.oordeel == NOT}
    assert missing == {*(f"c{number}" for number in (11, *range(12, 23), 24, 34, 37))}
    assert all("CBS" in found[name].kanttekening for name in missing - {"c37"})


def test_what_rounding_leaves_open_holds_the_exact_figure(folders: Folders) -> None:
    exact = Evaluator(settings(), sources(rows(folders, "uit")))
    gated = Evaluator(settings(), sources(rows(folders, "5"), rounding=GATED))
    looked_at = 0
    for name, statement in settings().uitspraken.items():
        for where, formula in statement.formulas():
            try:
                true, shown = exact.figure(formula, statement), gated.figure(formula, statement)
            except NotComputableError:
                continue
            assert shown.low <= true.low <= true.value <= true.high <= shown.high, (name, where)
            looked_at += 1
    assert looked_at > 50


def shifted(study: Published, by: Decimal) -> Published:
    """The statement as if other figures were printed."""
    figures = tuple(Printed(each.text, each.low + by, each.high + by) for each in study.figures)
    return replace(study, figures=figures)


@pytest.mark.parametrize("rounding", ["5", "uit"])
def test_every_check_can_fail(folders: Folders, rounding: str) -> None:
    """A printed figure that is further off than tolerance and rounding allow is denied, and that is not far."""
    of = sources(rows(folders, rounding), rounding=GATED if rounding == "5" else Rounding())
    evaluator = Evaluator(settings(), of)
    looked_at = 0
    for name, one in judged(of).items():
        study = published()[name]
        if one.oordeel == NOT or name == "c23":
            continue
        statement = settings().uitspraken[name]
        figure = evaluator.figure(next(iter(statement.waarden.values())), statement)
        slack = max(figure.high - figure.value, figure.value - figure.low)
        assert slack <= max(Fraction(12), figure.value / 20), name
        tolerance = max(study.below, study.above, study.wider or Decimal(0))
        range_of_print = study.figures[0].high - study.figures[0].low
        off = abs(figure.value - Fraction(study.figures[0].low))
        margin = Decimal(float(Fraction(tolerance + range_of_print) + slack + off)) + Decimal("0.01")
        for sign in (1, -1):
            assert judged(of, {name: shifted(study, sign * margin)})[name].oordeel == NO, (name, sign)
        looked_at += 1
    assert looked_at >= 33


def test_there_are_37_statements_and_a_tolerance_with_a_reason_for_each() -> None:
    assert list(published()) == [f"c{number:02d}" for number in range(1, 38)]
    assert list(settings().uitspraken) == list(published())
    assert all(one.reason and one.source and one.text for one in published().values())
    assert published()["c01"].day == STUDY_DAY


def test_the_file_has_a_row_for_each_statement(folders: Folders) -> None:
    with (folders["5"] / "uitspraken.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["id"] for row in found] == list(EXPECTED)
    assert {row["bron"] for row in found if row["id"] == "c36"} == {"B.8;2.3"}
