"""The contract of a DUO delivery: which columns, what each may hold, and by which rule a value is refused.

A delivery is text, and so is every column here (as categories, where values repeat). Codes are compared exactly, with
their leading zeros; an empty field is a missing value (null), and nothing else is. The name of a check is the name of a
rule in `config/validation.yaml`, which says in Dutch what it means and what to do. The schema holds
for one batch of rows whose index is the row number in the file; that a persoonsnummer occurs once in the whole file is
checked beside it (`wi2007.validation.unique`).
What does not belong here: opening files, and the words for a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import NDArray

from schemas import columns as c
from schemas import texts
from schemas.meanings import DELIVERY, described
from schemas.values import (
    GENDERS,
    INCOMES,
    NUMBERS,
    REQUESTED_NATIONALITIES,
    TARGET_GROUPS,
    YES_OR_NO,
    code_list,
    judge,
)
from wi2007 import reference
from wi2007.dates import PossibleDays, all_possible_days
from wi2007.reference import classification

EMPTY = "veld_leeg"
"""The rule behind `nullable=False`."""

Judgement = Callable[[Any], NDArray[np.bool_]]


@dataclass(frozen=True)
class Bounds:
    """Days before which a date is an error, or a warning (`config/validation.yaml`)."""

    birth: date
    other: date
    other_warning: date
    oldest: date
    """Born before this day nobody is alive at the peildatum."""


def delivery_schema(
    peildatum: date, bounds: Bounds, present: Collection[str] = c.COLUMNS
) -> pa.DataFrameSchema:
    """The contract at `peildatum`, for the columns that are `present` in the header."""
    places = classification(peildatum)
    codes = {
        "geslacht": GENDERS,
        "land_van_herkomst": reference.countries(),
        "gevraagde_nationaliteit": REQUESTED_NATIONALITIES,
        "gemeentecode": reference.municipalities(),
        "statuscode": reference.statuses(),
    }
    not_yet = {code for code, place in places.items() if place.standing == "nog_niet_geldig"}
    no_successor = {code for code, place in places.items() if place.standing == "zonder_opvolger"}

    contract = {
        c.PERSON: pa.Column(
            str,
            [
                _check(texts.something, "persoonsnummer_geen"),
                _check(texts.not_endless, "persoonsnummer_te_lang"),
                _check(texts.no_space_around, "spaties"),
                _check(texts.nothing_invisible, "persoonsnummer_tekens"),
                _check(texts.no_formula, "formule"),
                _check(texts.no_short_form, "wetenschappelijke_notatie"),
                _check(texts.no_day, "persoonsnummer_datum"),
            ],
        ),
        c.BIRTH: pa.Column(
            checks=[
                date_check("geboortedatum_ongeldig", lambda days: days.valid),
                date_check("datum_na_peildatum", lambda days: days.first <= peildatum.toordinal()),
                date_check(
                    "datum_te_vroeg", lambda days: ~days.valid | (days.last >= bounds.birth.toordinal())
                ),
                date_check("leeftijd_onmogelijk", lambda days: ~days.valid | _alive(days, bounds)),
            ],
        ),
        c.STATUS_DAY: _day(peildatum, bounds),
        c.START_DAY: _day(peildatum, bounds),
        c.EXAM_DAY: _day(peildatum, bounds),
        **{name: pa.Column(checks=code_check("codelijst", allowed)) for name, allowed in codes.items()},
        **{
            name: pa.Column(checks=code_check("codelijst", reference.nationalities()), nullable=True)
            for name in c.NATIONALITIES
        },
        **{
            name: pa.Column(checks=code_check("codelijst", allowed), nullable=True)
            for name, allowed in (
                ("doelgroep", TARGET_GROUPS),
                (c.INCOME, INCOMES),
                (c.REFUSED, YES_OR_NO),
            )
        },
        **{name: pa.Column(checks=number_check(name), nullable=True) for name in NUMBERS},
        c.ORDER_OF_DAYS: pa.Column(bool, _check(lambda right: right, "datums_volgorde"), required=False),
    }
    contract["gemeentecode"].checks += [
        value_check("gemeente_nog_niet_geldig", lambda code: code not in not_yet),
        value_check("gemeente_zonder_opvolger", lambda code: code not in no_successor),
    ]
    kept = {name: column for name, column in contract.items() if name in present or name == c.ORDER_OF_DAYS}
    return pa.DataFrameSchema(described(kept, DELIVERY), name="levering")


def _day(peildatum: date, bounds: Bounds) -> pa.Column:
    """A day of the calendar, or nothing."""
    return pa.Column(
        checks=[
            date_check("datum_ongeldig", lambda days: days.whole),
            date_check(
                "datum_na_peildatum", lambda days: ~days.whole | (days.first <= peildatum.toordinal())
            ),
            date_check("datum_te_vroeg", lambda days: ~days.whole | (days.last >= bounds.other.toordinal())),
            date_check("datum_voor_wi2007", lambda days: ~days.whole | _before(days, bounds)),
        ],
        nullable=True,
    )


def _before(days: PossibleDays, bounds: Bounds) -> NDArray[np.bool_]:
    """Not in the stretch that is worth a warning and no error."""
    return (days.first >= bounds.other_warning.toordinal()) | (days.first < bounds.other.toordinal())


def _alive(days: PossibleDays, bounds: Bounds) -> NDArray[np.bool_]:
    """Not in the stretch that is too long ago for a person and not yet an error."""
    return (days.last >= bounds.oldest.toordinal()) | (days.last < bounds.birth.toordinal())


def per_value(name: str, answer: Judgement, known: Mapping[str, Any] | None = None) -> pa.Check:
    """A check that looks at each distinct value of a column once; a missing value passes.

    `answer` gets the distinct values and answers for each. The answer is kept for the next batch, which mostly has the
    same categories; when all are right, so are all rows.
    """
    latest: list[Any] = [None, None, True]

    def check(column: pd.Series[Any]) -> pd.Series[bool] | bool:
        categorical = column.astype("category").array
        if latest[0] is not categorical.categories:
            right = answer(categorical.categories)
            latest[:] = categorical.categories, np.append(right, True), bool(right.all())
        return latest[2] or pd.Series(latest[1][categorical.codes], index=column.index, copy=False)

    return _check(check, name, known)


def _check(right: Callable[[Any], Any], name: str, known: Mapping[str, Any] | None = None) -> pa.Check:
    """A check whose failures are read from its answers: Pandera need not list them all in a message of its own."""
    statistics = dict(known) if known else None
    return pa.Check(right, name=name, ignore_na=False, n_failure_cases=1, statistics=statistics)


def value_check(name: str, right: Callable[[str], bool], known: Mapping[str, Any] | None = None) -> pa.Check:
    """A check on each distinct value by itself; `known` says in the schema which values are right."""
    return per_value(
        name, lambda values: np.fromiter(map(right, values), dtype=bool, count=len(values)), known
    )


def code_check(name: str, allowed: Collection[str]) -> pa.Check:
    """The value is one of a code list."""
    return value_check(name, frozenset(allowed).__contains__, {"allowed_values": tuple(allowed)})


def number_check(column: str) -> pa.Check:
    """The value is a whole number within the limits of its column; a short list of them is told as a code list."""
    allowed = code_list(column)
    known = {"allowed_values": allowed} if allowed else {"min_value": 0, "max_value": NUMBERS[column]}
    return value_check("geheel_getal", judge(column), known)


def date_check(name: str, right: Callable[[PossibleDays], NDArray[np.bool_]]) -> pa.Check:
    """A check on the days that a value allows; what is no date at all is left to the rule on that."""
    return per_value(name, lambda values: _dates(values, right))


def _dates(values: Any, right: Callable[[PossibleDays], NDArray[np.bool_]]) -> NDArray[np.bool_]:
    return right(all_possible_days(values))
