"""Classes of municipalities, with round limits, from the figures as the table shows them.

None has a class of its own, and so has what cannot be computed. The limits of the others lie near fixed parts of the
municipalities, so that the highest class holds the few that stand out.
What does not belong here: colours, words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from wi2007.publication.map.figures import Figure
from wi2007.publication.map.settings import Measure

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
