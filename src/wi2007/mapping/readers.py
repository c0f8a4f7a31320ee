"""Make for each of our columns its reader from the fields of a file: by the rules, the codebook and levering.yaml.

What all values of a field say is collected by reading that field once more, and only when a value asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from schemas.columns import PERSON, STATUS_DAY
from schemas.levering import Column as Set
from wi2007.delivery.source import Missing, Source
from wi2007.mapping.levering import Layout
from wi2007.mapping.normalise.field import Field, Whole
from wi2007.mapping.normalise.listed import Listed, chosen, listed
from wi2007.mapping.normalise.reading import Column
from wi2007.mapping.plan import Plan
from wi2007.mapping.values import Combined, Parted, Recode, Single

Reader = Single | Combined | Parted

_AS_IT_IS: Final = Set.model_construct()


def readers_of(source: Source, plan: Plan, layout: Layout, peildatum: date) -> dict[str, Reader]:
    """Return a reader for each of our columns."""
    about = _About(source, chosen(layout.levering.normaliseren), peildatum)
    columns = layout.levering.kolommen
    return {
        name: _reader(name, places, columns.get(name, _AS_IT_IS), about)
        for name, places in plan.fields.items()
        if name != PERSON
    }


def day_reader(source: Source, place: int | None, peildatum: date) -> Single:
    """Return a reader of the field that holds the peildatum in every row, by every rule."""
    whole = Whole() if place is None else Whole(lambda: texts_of(source, place))
    return Single(Column(STATUS_DAY, listed(), peildatum, Field(whole=whole, day_zero=source.day_zero)))


def codebook_of(source: Source, place: int) -> Field:
    """Return what the file itself says of the values of a field."""
    labels = {text.strip(): label for text, label in source.labels.get(place, {}).items()}
    missing = source.missing.get(place, Missing())
    return Field(
        labels, missing, day_zero=source.day_zero, rows=lambda: _rows_of(source, place, labels, missing)
    )


def _rows_of(source: Source, place: int, labels: Mapping[str, str], missing: Missing) -> dict[str, int]:
    """Return the number of rows of each value that the codebook mentions. Reads the file."""
    found: dict[str, int] = {}
    for block in source.blocks((place,)):
        if not len(block.rows):
            continue
        column = block.coded[place]
        rows = np.bincount(column.codes + 1, minlength=len(column.values) + 1)[1:]
        for at in np.flatnonzero(rows).tolist():
            text = column.values[at].strip()
            if text in labels or text in missing:
                found[text] = found.get(text, 0) + int(rows[at])
    return found


def texts_of(source: Source, place: int) -> Iterator[str]:
    """Yield the different values of a field; one may come more than once. Reads the file."""
    values: list[str] = []
    seen = np.zeros(0, dtype=bool)
    for block in source.blocks((place,)):
        if not len(block.rows):
            continue
        column = block.coded[place]
        if column.values is not values:
            values, seen = column.values, np.zeros(len(column.values), dtype=bool)
        there = np.zeros(len(values) + 1, dtype=bool)
        there[column.codes] = True
        yield from (values[at] for at in np.flatnonzero(there[:-1] & ~seen).tolist())
        seen |= there[:-1]


@dataclass(frozen=True)
class _About:
    """The settings that hold for the whole delivery."""

    source: Source
    rules: Sequence[Listed]
    peildatum: date

    def methods(self, column: str, method: str) -> list[Listed]:
        """Return the chosen rules for a column that use this method."""
        return [rule for rule in self.rules if rule.method == method and column in rule.columns]


def _reader(name: str, places: Sequence[int], mapped: Set, about: _About) -> Reader:
    trims = bool(about.methods(name, "spaties"))
    if mapped.kolommen is not None:
        lines = mapped.waarden if isinstance(mapped.waarden, tuple) else ()
        return Combined(mapped.kolommen, lines, trims)
    if mapped.jaar is not None:
        return Parted([text for rule in about.methods(name, "leeg") for text in rule.values])
    (place,) = places
    source, known = about.source, codebook_of(about.source, place)
    recode = Recode(mapped.waarden if isinstance(mapped.waarden, dict) else {}, known.labels, trims=trims)
    whole = Whole(lambda: (text for text in texts_of(source, place) if recode.of(text) is None))
    field = replace(known, whole=whole, reads=mapped.lees, form=mapped.datumvorm)
    return Single(Column(name, about.rules, about.peildatum, field), recode)
