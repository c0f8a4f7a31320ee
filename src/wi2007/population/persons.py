"""One batch of rows that hold becomes one batch of persons: columns as places in closed lists, ready to write and count.

What does not belong here: exclusion, counting, files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from schemas import columns as c
from schemas.persons import PERSONS
from wi2007 import reference
from wi2007.dates import all_possible_days, days_since_1970
from wi2007.population.age import CLASSES, ages
from wi2007.population.lists import Lists

Places = NDArray[np.int32]


@dataclass(frozen=True)
class Persons:
    """A batch of persons: for each dimension the places in its closed list, and the columns of the persons file."""

    dimensions: dict[str, Places]
    table: Any
    counts: dict[str, int]


def persons(frame: pd.DataFrame, numbers: Any, lists: Lists) -> Persons:
    """The persons in `frame` (rows that hold and are kept); `numbers` are their persoonsnummers as an Arrow array."""
    dimensions = _dimensions(frame, lists)
    days = {name: _days(frame, name) for name in (c.STATUS_DAY, c.START_DAY)}
    texts = {name: _text(places, lists.dimensions[name]) for name, places in dimensions.items()}
    route = _routes(lists)
    columns = {
        c.PERSON: numbers,
        **texts,
        "leeftijd": _years(frame, lists),
        "uitstroomroute": _text(route[0][dimensions["statuscode"]], route[1]),
        **days,
    }
    table = pa.table([columns[name] for name in PERSONS.names], schema=PERSONS)
    return Persons(dimensions, table, _counts(frame, dimensions, lists))


def _dimensions(frame: pd.DataFrame, lists: Lists) -> dict[str, Places]:
    positions, places = lists.positions, lists.places
    births = ages(all_possible_days(frame[c.BIRTH].array.categories), lists.peildatum)
    class_places = np.array([positions["leeftijdsklasse"][label] for label in CLASSES], dtype=np.int32)
    return {
        "geslacht": _look_up(frame["geslacht"], positions["geslacht"].__getitem__),
        "land_van_herkomst": _look_up(frame["land_van_herkomst"], positions["land_van_herkomst"].__getitem__),
        "gemeente": _look_up(frame["gemeentecode"], lambda code: positions["gemeente"][places[code].code]),
        "leeftijdsklasse": class_places[births.classes][frame[c.BIRTH].array.codes],
        "statuscode": _look_up(frame["statuscode"], positions["statuscode"].__getitem__),
        "doelgroep": _target_groups(frame, positions["doelgroep"]),
    }


def _look_up(column: Any, place: Callable[[str], int], missing: int = -1) -> Places:
    """Look each distinct value up once; null becomes `missing`."""
    categorical = column.array
    known = used(categorical)
    table = np.full(len(categorical.categories) + 1, missing, dtype=np.int32)
    table[known] = [place(categorical.categories[at]) for at in known]
    return table[categorical.codes]


def used(categorical: Any) -> NDArray[np.int64]:
    """The places of the categories that rows still have after the exclusion."""
    present = np.zeros(len(categorical.categories) + 1, dtype=bool)
    present[categorical.codes] = True
    return np.flatnonzero(present[:-1])


def _target_groups(frame: pd.DataFrame, positions: dict[str, int]) -> Places:
    unknown = positions[reference.UNKNOWN]
    if "doelgroep" not in frame:
        return np.full(len(frame), unknown, dtype=np.int32)
    return _look_up(frame["doelgroep"], positions.__getitem__, missing=unknown)


def _years(frame: pd.DataFrame, lists: Lists) -> Any:
    births = frame[c.BIRTH].array
    found = ages(all_possible_days(births.categories), lists.peildatum)
    years = found.years.astype(np.int16)[births.codes]
    return pa.array(years, mask=~found.certain[births.codes])


def _days(frame: pd.DataFrame, name: str) -> Any:
    if name not in frame:
        return pa.nulls(len(frame), pa.date32())
    column = frame[name].array
    days = days_since_1970(all_possible_days(column.categories).first)
    values = np.append(days, np.int32(0))[column.codes]
    return pa.array(values, mask=column.codes == -1).cast(pa.date32())


def _text(places: Places, values: Sequence[str]) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(values, pa.string()))


def _routes(lists: Lists) -> tuple[Places, tuple[str, ...]]:
    routes = reference.routes()
    statuses = reference.statuses()
    found = [routes.index(statuses[code].route) for code in lists.dimensions["statuscode"]]
    return np.array(found, dtype=np.int32), routes


def _counts(frame: pd.DataFrame, dimensions: dict[str, Places], lists: Lists) -> dict[str, int]:
    column = frame["gemeentecode"].array
    rows = np.bincount(column.codes, minlength=len(column.categories))
    standings = [lists.places.get(code) for code in column.categories]
    followed = [place is not None and place.standing == "opgevolgd" for place in standings]
    split = [place is not None and place.split for place in standings]
    unknown = lists.positions["leeftijdsklasse"][reference.UNKNOWN]
    return {
        "gemeente_opgevolgd": int(rows[followed].sum()),
        "gemeente_gesplitst": int(rows[split].sum()),
        "leeftijdsklasse_onbekend": int(np.count_nonzero(dimensions["leeftijdsklasse"] == unknown)),
    }
