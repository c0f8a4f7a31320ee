"""A change between two peildata as the publication folder has it: shared by the tests of the chapter about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.change import CHANGE, ChangeRow
from wi2007.comparison.settings import read_comparison


@dataclass(frozen=True)
class Published:
    """The rows, and `verandering.json` beside them."""

    rows: tuple[ChangeRow, ...]
    json: str

    @property
    def csv(self) -> str:
        """`verandering.csv`."""
        return CHANGE.to_csv(self.rows)


Parts = Mapping[str, int]
"""Persons by part; `uitgestroomd/Ontheffing` is a part with its route."""

COLUMNS: dict[str, tuple[int, Parts]] = {
    "totaal": (
        1000,
        {
            "uit_register": -30,
            "uitgestroomd/Ontheffing": -150,
            "uitgestroomd/Inburgering voldaan": -50,
            "teruggekomen": 20,
            "afronding": -5,
        },
    ),
    "man": (600, {"uit_register": -30, "uitgestroomd/Ontheffing": -100, "teruggekomen": 20, "afronding": -5}),
    "vrouw": (400, {"uitgestroomd/Ontheffing": -50, "uitgestroomd/Inburgering voldaan": -50}),
}
COUNTRIES: dict[str, tuple[int, Parts]] = {
    "Marokko": (300, {"uitgestroomd/Ontheffing": -60, "teruggekomen": 10, "afronding": -5}),
    "China": (200, {"gecorrigeerd": 5, "nieuw_in_register": 15}),
    "Irak": (0, {"nieuw_in_register": 15}),
    "Syrië": (20, {}),
    "Onbekend": (200, {"gecorrigeerd": -195}),
}
PLACES: dict[str, tuple[int, Parts]] = {
    "Amsterdam": (100, {"verhuisd": -10, "afronding": -25}),
    "Utrecht": (100, {"verhuisd": -35}),
    "Register niet-ingezetenen": (100, {"verhuisd": 90}),
}


def rows(at: tuple[str, str, str], label: str, course: tuple[int, Parts], column: str) -> list[ChangeRow]:
    """The rows of one cell; `at` is its table, row variable and column variable."""
    table, variable, across = at
    begin, parts = course
    figures = {"begin": begin, **parts, "eind": begin + sum(parts.values())}
    return [
        ChangeRow(
            table, "nog_inburgeringsplichtig", variable, label, across, column, *_part(name), aantal=count
        )
        for name, count in figures.items()
    ]


def _part(name: str) -> tuple[str, str]:
    deel, _, route = name.partition("/")
    return deel, route


def told(**changes: Any) -> str:
    """`verandering.json`, as the step change writes it."""
    raw = {
        "peildatum": "2024-07-01",
        "vorige": "2022-07-01",
        "vergeleken": True,
        "pseudoniemen": "gelijk",
        "delen": [{"deel": one.deel, "label": one.label} for one in read_comparison().named],
        "basis": 5,
        "afwijking": 5,
    }
    return json.dumps({**raw, **changes})


def changes(
    columns: Mapping[str, tuple[int, Parts]] | None = None,
    countries: Mapping[str, tuple[int, Parts]] | None = None,
    places: Mapping[str, tuple[int, Parts]] | None = None,
    **more: Any,
) -> Published:
    """Everybody, men and women; countries; municipalities."""
    found = [
        *(
            row
            for column, course in (COLUMNS if columns is None else columns).items()
            for row in rows(("2.1", "totaal", "geslacht"), "totaal", course, column)
        ),
        *(
            row
            for label, course in (COUNTRIES if countries is None else countries).items()
            for row in rows(("B.4", "land_van_herkomst", "geslacht"), label, course, "totaal")
        ),
        *(
            row
            for label, course in (PLACES if places is None else places).items()
            for row in rows(("B.1", "gemeente", "geslacht"), label, course, "totaal")
        ),
    ]
    return Published(tuple(found), told(**more))


def csv_text() -> str:
    """`verandering.csv`."""
    return changes().csv
