"""The variables a table can use: their closed code lists with labels for readers, and the categories that it shows.

Codes come from `reference/`. A variable may follow from another one in the cube (see `derived`).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from schemas.policy import GROUPS, NOT, POSSIBLE, SURE, TOGETHER, YEARS
from schemas.tables import Axis, Population
from schemas.tempo_tables import GROUND
from schemas.tidy import TOTAL
from wi2007 import reference
from wi2007.reference import YEARS_OBLIGED

ROUTE = "uitstroomroute"
STATUS = "statuscode"
PROVINCE = "provincie"
MUNICIPALITY_GROUP = "gemeentegroep"
MUNICIPALITY = "gemeente"
GENDERS = {"M": "man", "V": "vrouw"}
GENDER_OTHER = "O"
TARGET_GROUPS = {"NIEUWKOMER": "Nieuwkomer", "OUDKOMER": "Oudkomer", reference.UNKNOWN: reference.UNKNOWN}

ANSWERS = frozenset((*GROUPS, TOGETHER))
"""Variables whose categories are answers and no groups of people: which is the largest says nothing."""
NEED_NOT_BE_TOLD = ("doelgroep", YEARS_OBLIGED, TOGETHER)
"""Variables of which a delivery may say nothing at all."""
MEMBERSHIPS = {
    SURE: "Hoort bij de groep",
    POSSIBLE: "Niet bekend",
    NOT: "Hoort niet bij de groep",
}
NUMBERS = {
    "geen": "In geen groep",
    "één": "In één groep",
    "twee": "In twee groepen",
    "drie of vier": "In drie of vier groepen",
    reference.UNKNOWN: "Niet bekend",
}

Categories = dict[str, str]
"""Code to label, in the order in which a table shows them."""


def categories(variable: str, peildatum: date, occurring: Collection[str] = ()) -> Categories:
    """Return every category of `variable` that a table of this peildatum can show.

    Municipalities are those of the classification at the peildatum, by name, then RNI and unknown. A code among
    `occurring` that the list does not hold is added, so that nobody is left out of a table. Persons with gender O
    have no category of their own: they count in totals only.

    Labels that more than one code carries, or that mean a total, get the code behind them.
    """
    labels = _labels(variable, peildatum)
    known = all_labels(variable)
    for code in sorted(set(occurring) - labels.keys()):
        if not (variable == "geslacht" and code == GENDER_OTHER):
            labels[code] = known.get(code, code)
    return distinct(labels, reserved={TOTAL})


def all_labels(variable: str) -> Categories:
    """Return every code of `variable` at any date with its label, for checking a specification."""
    if variable == MUNICIPALITY:
        return {code: entry.label for code, entry in reference.municipalities().items()}
    if variable == "geslacht":
        return {**GENDERS, GENDER_OTHER: GENDER_OTHER}
    return _labels(variable, date.min)


def distinct(labels: Categories, reserved: Collection[str] = ()) -> Categories:
    """Return the same categories with every label once: a shared or reserved label gets its code behind it."""
    times = Counter(labels.values())
    return {
        code: f"{label} ({code})" if times[label] > 1 or label in reserved else label
        for code, label in labels.items()
    }


@dataclass(frozen=True)
class Derived:
    """A variable that follows from another one in the cube: its code for each code of `base`."""

    base: str
    code_of: Mapping[str, str]


def derived() -> dict[str, Derived]:
    """Return the variables that are not in the cube, by name."""
    return {
        ROUTE: Derived(STATUS, route_of()),
        PROVINCE: Derived(MUNICIPALITY, province_of()),
        MUNICIPALITY_GROUP: Derived(MUNICIPALITY, municipality_group_of()),
        GROUND: Derived(STATUS, ground_of()),
    }


def route_of() -> dict[str, str]:
    """Return the outflow route by status code."""
    return {code: status.route for code, status in reference.statuses().items()}


def ground_of() -> dict[str, str]:
    """Return the ground of exemption by status code; a status that is no exemption gives a label that says so."""
    return {code: status.ground or reference.NO_GROUND for code, status in reference.statuses().items()}


def is_obliged(population: Population) -> bool:
    """Return whether a population has only persons who are still obliged."""
    statuses = set(population.filter.get("statuscode", reference.statuses()))
    routes = set(population.filter.get("uitstroomroute", reference.routes()))
    return {route_of().get(one) for one in statuses} & routes <= {reference.OBLIGED}


def province_of() -> dict[str, str]:
    """Return the province by municipality code; RNI and unknown give their own label."""
    return {**reference.provinces(), **dict(zip(reference.NO_MUNICIPALITY, _no_municipality(), strict=True))}


def municipality_group_of() -> dict[str, str]:
    """Return the group of municipalities by municipality code; RNI and unknown give their own label."""
    outside = dict(zip(reference.NO_MUNICIPALITY, _no_municipality(), strict=True))
    return {**reference.municipality_groups(), **outside}


def _labels(variable: str, peildatum: date) -> Categories:
    return dict(_list(variable, peildatum))


@cache
def _list(variable: str, peildatum: date) -> Categories:
    if variable == MUNICIPALITY:
        return _municipalities(peildatum)
    if variable == "land_van_herkomst":
        return {code: entry.label for code, entry in sorted(reference.countries().items(), key=_by_name)}
    fixed = {
        "geslacht": GENDERS,
        "leeftijdsklasse": _themselves(
            *(entry.label for entry in reference.age_classes()), reference.UNKNOWN
        ),
        PROVINCE: _themselves(*reference.PROVINCES, *_no_municipality()),
        MUNICIPALITY_GROUP: _themselves(
            *reference.LARGE, reference.OTHER_MUNICIPALITIES, *_no_municipality()
        ),
        ROUTE: _themselves(*reference.routes()),
        STATUS: _themselves(*reference.statuses()),
        "doelgroep": TARGET_GROUPS,
        GROUND: _themselves(*reference.grounds(), reference.NO_GROUND),
        **{name: _themselves(*reference.year_labels(name)) for name in YEARS},
        **dict.fromkeys(GROUPS, MEMBERSHIPS),
        TOGETHER: NUMBERS,
    }
    return fixed[variable]


def _themselves(*codes: str) -> Categories:
    return {code: code for code in codes}


def _municipalities(peildatum: date) -> Categories:
    """Return valid municipalities by name; RNI and unknown last, at any peildatum."""
    codes = reference.municipalities()
    valid = (
        item
        for item in codes.items()
        if item[1].valid_on(peildatum) and item[0] not in reference.NO_MUNICIPALITY
    )
    named = {code: entry.label for code, entry in sorted(valid, key=_by_name)}
    return {**named, **dict(zip(reference.NO_MUNICIPALITY, _no_municipality(), strict=True))}


def _no_municipality() -> list[str]:
    """Return the labels of persons in no municipality: RNI, unknown."""
    return [reference.municipalities()[code].label for code in reference.NO_MUNICIPALITY]


def large_municipalities() -> list[str]:
    """Return the names of the municipalities that are in a group of their own."""
    groups, known = reference.municipality_groups(), reference.municipalities()
    return sorted(known[code].label for code, group in groups.items() if group in reference.LARGE)


def abroad() -> str:
    """Return the label of persons who do not live in the Netherlands (RNI)."""
    return reference.municipalities()[reference.RNI].label


def _by_name(item: tuple[str, reference.Code]) -> tuple[bool, str, str]:
    """Return the sort key of readers looking a name up (Åland with the A, Zuid-Soedan with the Z); unknown last."""
    code, entry = item
    return code == reference.UNKNOWN_CODE, _letters(entry.label), code


@cache
def _letters(label: str) -> str:
    plain = unicodedata.normalize("NFKD", label.casefold())
    return "".join(character for character in plain if character.isalnum() or character == " ")


@dataclass(frozen=True)
class Category:
    """A row or column: its label and the codes counted in it."""

    label: str
    codes: tuple[str, ...]


def shown_categories(
    axis: Axis,
    counted: Mapping[str, int],
    never_ranked: Collection[str],
    peildatum: date,
    together: Collection[str] = (),
) -> list[Category]:
    """Return the categories of an axis, in the order of the table.

    `counted` holds the persons of the table's population by code. Without `largest` all categories of the code list
    are given, also those without persons (not so with `present_only`). With `largest`: the largest by count, ties by
    lower code, among codes with at least one person that may rank; then the codes apart and the rest. The codes
    `together` do not stand alone: they are in the rest, or in a last category of their own where there is no rest.
    """
    counted = {code: count for code, count in counted.items() if count}
    apart = [code for code in axis.apart if code not in together]
    labels = categories(axis.variable, peildatum, counted.keys() | set(apart))
    if axis.rest is None or axis.largest is None:
        return _all(axis, labels, counted, together)
    labels = distinct(labels, reserved={TOTAL, axis.rest})
    top = ranking(counted, axis.largest, {*never_ranked, *apart, *together}, labels)
    others = tuple(code for code in labels if code not in top and code not in apart)
    rest = Category(axis.rest, others)
    beside = [Category(labels[code], (code,)) for code in apart]
    ranked = [Category(labels[code], (code,)) for code in top]
    return [*ranked, rest, *beside] if axis.rest_before_apart else [*ranked, *beside, rest]


def _all(
    axis: Axis, labels: Mapping[str, str], counted: Mapping[str, int], together: Collection[str]
) -> list[Category]:
    """Return every code on its own, except those that are shown as one."""
    alone = [code for code in labels if code not in together and (code in counted or not axis.present_only)]
    one = tuple(code for code in labels if code in together)
    shown = [Category(labels[code], (code,)) for code in alone]
    return [*shown, Category(axis.merged, one)] if one else shown


def ranking(
    counted: Mapping[str, int], length: int, barred: Collection[str], labels: Collection[str]
) -> list[str]:
    """Return the codes with the most persons, most first, ties by lower code; codes without persons do not rank."""
    rankable = [
        code for code, count in counted.items() if count > 0 and code in labels and code not in barred
    ]
    return sorted(rankable, key=lambda code: (-counted[code], code))[:length]
