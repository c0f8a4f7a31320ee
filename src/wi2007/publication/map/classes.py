"""Take the figures of a map from the published table, and the classes of municipalities that follow from them.

The table of municipalities by outflow route is known by what it shows, not by its number. Classes have round limits and
are made from the figures as the table shows them: none has a class of its own, and so has what cannot be computed; the
limits of the others lie near fixed parts of the municipalities, so that the highest class holds the few that stand out.
What does not belong here: areas and colours, anything that imports shapely.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from schemas.tables import Specification, Table
from schemas.tidy import TOTAL, TidyRow
from wi2007 import reference
from wi2007.errors import UserError
from wi2007.publication.map.settings import Measure
from wi2007.tables import variables
from wi2007.tables.tidy import percentage, rounded

EVERYONE = "wi2007"
OBLIGED = "nog_inburgeringsplichtig"
MUNICIPALITY: Final = "gemeente"
ROUTE: Final = "uitstroomroute"
NO_MUNICIPALITY = (reference.RNI, reference.UNKNOWN_CODE)


@dataclass(frozen=True)
class Figure:
    """A municipality: `count` of its `total` persons are still obliged; `share` in percent as the table shows it.

    `share` is None where there are too few to take a percentage of. One that is not `alone` has no row of its own in
    the table: it stands there together with others.
    """

    code: str
    name: str
    count: int
    total: int
    share: Decimal | None
    alone: bool = True


def municipalities(peildatum: date) -> dict[str, str]:
    """Code to label of every municipality at the peildatum, in the order of a table."""
    every = variables.categories(MUNICIPALITY, peildatum)
    return {code: label for code, label in every.items() if code not in NO_MUNICIPALITY}


def table_of(specification: Specification) -> Table:
    """The table with every municipality and every outflow route. Raises `UserError` when there is none."""
    for table in specification.tables:
        every = [axis.variable for axis in table.rows if axis.largest is None]
        by_route = table.columns.variable == ROUTE and table.columns.largest is None
        if table.population == EVERYONE and by_route and MUNICIPALITY in every:
            return table
    raise UserError(
        "Voor de kaart is een tabel met alle gemeenten in de rijen en alle uitstroomroutes in de kolommen nodig "
        f"(populatie {EVERYONE}), en die staat niet in config/tables.yaml. Zet de tabel terug, of haal 'kaart' weg "
        "uit config/config.yaml."
    )


def figures(
    table: Table, rows: Iterable[TidyRow], specification: Specification, peildatum: date, floor: int = 0
) -> list[Figure]:
    """The figures of every municipality at the peildatum, by name; no share of fewer persons than `floor`."""
    routes = specification.populations[OBLIGED].filter[ROUTE]
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        if row.tabel == table.number and row.rijvariabele == MUNICIPALITY:
            counts.setdefault(row.rij, {})[row.kolom] = row.aantal
    return [
        _with_share(_figure(code, label, counts.get(label, {}), routes), table.decimals, floor)
        for code, label in municipalities(peildatum).items()
    ]


def _figure(code: str, name: str, counts: dict[str, int], routes: list[str]) -> Figure:
    count = sum(counts.get(route, 0) for route in routes)
    total = counts.get(TOTAL, sum(number for column, number in counts.items() if column != TOTAL))
    return Figure(code, name, count, total, None, alone=bool(counts))


def _with_share(one: Figure, decimals: int, floor: int) -> Figure:
    percent = percentage(one.count, one.total) if one.total >= floor else None
    return one if percent is None else replace(one, share=rounded(percent, decimals))


PARTS: Final = (Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(3, 5))
"""How much of what is left above nought comes below each limit: about three quarters, and the highest quarter in two.

Of what is left, because many municipalities can have the same small number: the other limits then move up.
"""

_ROUND: Final = tuple(Decimal(text) for text in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "7.5", "8"))


@dataclass(frozen=True)
class Class:
    """From `low` up to but not including `high` (None is open); nought is 0 and 0, not computable None and None.

    `members` are codes. The lowest class above nought has `low` 0.
    """

    low: Decimal | None
    high: Decimal | None
    members: tuple[str, ...]

    @property
    def is_nought(self) -> bool:
        """Whether this is the class of none."""
        return self.low == self.high == 0

    @property
    def is_unknown(self) -> bool:
        """Whether nothing could be computed."""
        return self.low is None


def classes(figures: Sequence[Figure], measure: Measure) -> list[Class]:
    """The classes that have members, ascending; what cannot be computed is last."""
    values = {one.code: _value(one, measure) for one in figures}
    above = sorted(value for value in values.values() if value)
    limits = [Decimal(0), *_limits(above, _unit(above)), None]
    ranges = list(pairwise(limits))
    made = [
        Class(Decimal(0), Decimal(0), tuple(code for code, value in values.items() if value == 0)),
        *(
            Class(low, high, tuple(c for c, v in values.items() if _inside(v, low, high)))
            for low, high in ranges
        ),
        Class(None, None, tuple(code for code, value in values.items() if value is None)),
    ]
    return [one for one in made if one.members]


def _value(one: Figure, measure: Measure) -> Decimal | None:
    if not one.alone:
        return None
    return Decimal(one.count) if measure == "aantal" else one.share


def _inside(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> bool:
    return (
        bool(value)
        and low is not None
        and value is not None
        and low <= value
        and (high is None or value < high)
    )


def _limits(above: Sequence[Decimal], unit: Decimal) -> list[Decimal]:
    """Round limits with values on both sides of each and between each two."""
    found: list[Decimal] = []
    left = list(above)
    for part in PARTS:
        limits = [limit for limit in _rounds(above, unit) if left and left[0] < limit <= left[-1]]
        if not limits:
            break
        aim = math.log(left[int(part * len(left))])
        found.append(min(limits, key=lambda limit: (abs(math.log(limit) - aim), limit)))
        left = [value for value in left if value >= found[-1]]
    return found


def _rounds(above: Sequence[Decimal], unit: Decimal) -> Iterable[Decimal]:
    """Round numbers up to the highest value that are whole in `unit`."""
    if not above:
        return
    first, last = unit.adjusted(), above[-1].adjusted()
    for power in range(first, last + 1):
        for mantissa in _ROUND:
            limit = mantissa.scaleb(power)
            if limit % unit == 0:
                yield limit


def _unit(above: Sequence[Decimal]) -> Decimal:
    """What all values are whole multiples of, as far as they show it: 5 for counts that are rounded to 5."""
    if not above:
        return Decimal(1)
    digits = min(0, *(int(value.as_tuple().exponent) for value in above))
    whole = math.gcd(*(int(value.scaleb(-digits)) for value in above))
    return Decimal(next(size for size in (10, 5, 1) if whole % size == 0)).scaleb(digits)
