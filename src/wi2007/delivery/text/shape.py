"""Find the field without a name where all rows are longer than the row with names.

A separator behind every row, or R's numbers of rows before it, give every row one field more than there are names.
Only the whole file shows that a field is empty or counts everywhere; a file of another form is not read for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import BY_HAND, Decision
from wi2007.delivery.text.lines import Beginning
from wi2007.delivery.text.rows import TextSource
from wi2007.dutch import count

FIRST: Final = "eerste"
LAST: Final = "laatste"
_SUBJECT: Final = "extra_veld"
_LOOKED_AT: Final = 1000


@dataclass(frozen=True)
class _Extra:
    """What all rows show: whether they all have this width, and which field may have no name."""

    rows: int
    alike: bool
    empty: bool
    counts: bool


def fitted(source: TextSource, beginning: Beginning, chosen: str | None) -> TextSource:
    """Return the source with a field for every name.

    Raises `UnreadableError` where it is not clear which field has none.
    """
    names = source.names
    width = _width(source, beginning)
    if width < len(names) and not any(name.strip() for name in names[width:]):
        reason = (
            "De rij met namen heeft achteraan een scheidingsteken meer dan de rijen; daar staat geen naam."
        )
        return _with_decision(
            replace(source, head=replace(source.head, names=names[:width])), "zonder naam", reason
        )
    if width <= len(names):
        return source
    more = width - len(names)
    if chosen is not None and more == 1:
        return _with_decision(_without(source, width, chosen), chosen, BY_HAND, by_hand=True)
    found = _compared(source, more)
    if not found.alike or not found.rows:
        return source
    return _decided(source, width, found)


def _decided(source: TextSource, width: int, found: _Extra) -> TextSource:
    more = width - len(source.names)
    if found.empty and not found.counts:
        what = (
            "het laatste veld van elke rij is" if more == 1 else f"de laatste {more} velden van elke rij zijn"
        )
        return _with_decision(
            _without(source, width, LAST), LAST, f"Er is geen naam voor, en {what} leeg{_in(found)}."
        )
    if found.counts and not found.empty:
        reason = f"Er is geen naam voor, en het eerste veld van elke rij telt de rijen{_in(found)}."
        return _with_decision(_without(source, width, FIRST), FIRST, reason)
    if more > 1:
        return source
    why = (
        "Het eerste veld telt de rijen, en het laatste is overal leeg: elk van de twee kan het veld zonder naam zijn."
        if found.empty
        else "Het laatste veld is niet overal leeg, en het eerste telt niet de rijen."
    )
    about = (
        f"Alle {count(found.rows)} rijen hebben {width} velden, en er zijn {width - 1} namen. {why} Zet in "
        "levering.yaml onder lezen extra_veld: eerste of extra_veld: laatste; dat veld wordt dan weggelaten."
    )
    raise UnreadableError(Problem(_SUBJECT, row=source.head.row, about=about))


def _in(found: _Extra) -> str:
    return f" ({count(found.rows)} {'rij' if found.rows == 1 else 'rijen'})"


def _width(source: TextSource, beginning: Beginning) -> int:
    """Return how many fields the first rows have; as many as there are names where they differ."""
    after = source.head.row + source.below_names
    rows = beginning.complete(source.delimiter, mark=source.mark, after=after)
    widths = {len(fields) for row, fields in islice(rows, _LOOKED_AT) if row not in source.footer.rows}
    return widths.pop() if len(widths) == 1 and min(widths) > 1 else len(source.names)


def _without(source: TextSource, width: int, which: str) -> TextSource:
    return replace(source, width=width, first=int(which == FIRST))


def _with_decision(source: TextSource, value: str, reason: str, *, by_hand: bool = False) -> TextSource:
    decision = Decision(_SUBJECT, value, by_hand, reason)
    return replace(source, decisions=(*source.decisions, decision))


def _compared(source: TextSource, more: int) -> _Extra:
    """Read the first field and those behind the names in all rows."""
    names = len(source.names)
    whole = replace(source, head=replace(source.head, names=(*source.names, *[""] * more)), width=0)
    extra = tuple(range(names, names + more))
    rows, alike, empty = 0, True, True
    numbers: list[Any] | None = [] if more == 1 else None
    for block in whole.blocks((0, *extra), (0, *extra)):
        alike = alike and not len(block.wrong_length)
        if not alike or not (empty or numbers is not None):
            break
        if len(block.rows):
            rows += len(block.rows)
            empty = empty and all(_all(block.plain[place], lambda text: not text.strip()) for place in extra)
            numbers = _numbers(numbers, block.plain[0])
    return _Extra(rows if alike else 0, alike, empty, bool(numbers) and _count(np.concatenate(numbers or [])))


def _all(texts: Any, holds: Callable[[str], bool]) -> bool:
    return all(map(holds, pc.unique(texts).to_pylist()))


def _numbers(before: list[Any] | None, texts: Any) -> list[Any] | None:
    """Return the numbers so far; None once a text is no number."""
    if before is None:
        return None
    try:
        return [*before, texts.cast(pa.int64()).to_numpy(zero_copy_only=False)]
    except pa.ArrowInvalid:
        return None


def _count(numbers: Any) -> bool:
    """Return whether they are 1 to as many as there are, in any order (R sorts rows with their number), or go on from
    0.
    """
    size = len(numbers)
    return np.array_equal(numbers, np.arange(size)) or np.array_equal(
        np.sort(numbers), np.arange(1, size + 1)
    )
