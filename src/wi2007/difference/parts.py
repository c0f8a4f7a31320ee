"""Split the change of a group into parts, as `verandering.csv` of the later tables has them."""

from __future__ import annotations

from collections.abc import Collection

from schemas.change import BEGIN, END
from wi2007.difference.release import Part, Release
from wi2007.tables.tidy import TOTAL, TidyRow


def of_group(before: Release, after: Release, populations: Collection[str]) -> tuple[Part, ...]:
    """Return the parts of the change of the first table's total of these populations, from begin to eind.

    None where the later tables are not compared with the earlier ones, or with another rounding of them.
    """
    change = after.change
    if change is None or change.since != before.peildatum:
        return ()
    for row in after.rows:
        if row.populatie in populations and _is_everybody(row):
            found = change.figures.get((row.tabel, TOTAL, TOTAL, TOTAL), ())
            return found if _fits(found, before, row) else ()
    return ()


def _is_everybody(row: TidyRow) -> bool:
    return (row.rijvariabele, row.kolom) == (TOTAL, TOTAL)


def _fits(parts: tuple[Part, ...], before: Release, now: TidyRow) -> bool:
    """Return whether the parts lead from the count that the earlier tables show to that of the later ones."""
    then = [row.aantal for row in before.rows if row.tabel == now.tabel and _is_everybody(row)]
    ends = [[part.count for part in parts if part.name == name] for name in (BEGIN, END)]
    return ends == [then, [now.aantal]]
