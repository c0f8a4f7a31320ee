"""The text alternative of a chart: one Dutch sentence that says what is drawn and its main message.

The figures are those shown; what is called the largest or the smallest is so whatever rounding has done.
What does not belong here: findings in the report's own text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wi2007 import dutch
from wi2007.publication.charts.data import Entry, Grid


def pairs(grid: Grid) -> str:
    """What two bars for each row show."""
    first, second = (column.inline for column in grid.columns)
    start = f"Staafdiagram met per {dutch.inline(grid.row_header)} een staaf voor {first} en een staaf voor {second}"
    return _sentence(grid, start, [_tops(grid)])


def pyramid(grid: Grid) -> str:
    """What a pyramid shows."""
    first, second = (column.inline for column in grid.columns)
    start = f"Piramide met per {dutch.inline(grid.row_header)} links een staaf voor {first} en rechts voor {second}"
    return _sentence(grid, start, [_tops(grid)])


def bars(grid: Grid) -> str:
    """What one bar for each row shows."""
    column = grid.columns[0]
    start = f"Staafdiagram met per {dutch.inline(grid.row_header)} het percentage van {column.inline}"
    rows = [row for row in grid.rows if row.kind == "gewoon"]
    high = _ahead(
        rows, lambda one, other: grid.is_larger((one.label, column.label), (other.label, column.label))
    )
    low = _ahead(
        rows, lambda one, other: grid.is_larger((other.label, column.label), (one.label, column.label))
    )
    most = f"het grootst is {high.name} ({grid.text(high, column)})" if high else ""
    least = f"het kleinst is {low.name} ({grid.text(low, column)})" if low else ""
    return _sentence(grid, start, [" en ".join(filter(None, (most, least)))])


def heat(grid: Grid) -> str:
    """What a cell for each row and column shows."""
    start = (
        f"Heatmap met een vak per {dutch.inline(grid.row_header)} en {dutch.inline(grid.column_header)}, "
        "donkerder waar het percentage hoger is"
    )
    ends = (_ends(grid, row) for row in grid.rows if row.kind != "rest")
    return _sentence(grid, start, [next(filter(None, ends), "")])


def _ends(grid: Grid, row: Entry) -> str:
    """The columns that are highest and lowest in a row; empty where either is not sure."""
    columns = [column for column in grid.columns if column.kind != "rest"]
    high = _ahead(
        columns, lambda one, other: grid.is_larger((row.label, one.label), (row.label, other.label))
    )
    low = _ahead(columns, lambda one, other: grid.is_larger((row.label, other.label), (row.label, one.label)))
    if high is None or low is None:
        return ""
    return (
        f"bij {row.name} loopt het percentage van {grid.text(row, low)} ({low.name}) tot {grid.text(row, high)} "
        f"({high.name})"
    )


def _ahead(entries: Sequence[Entry], is_ahead: Callable[[Entry, Entry], bool]) -> Entry | None:
    """The one that is ahead of all others; None where there is none, or nothing to compare it with."""
    for one in entries if len(entries) > 1 else ():
        if all(other is one or is_ahead(one, other) for other in entries):
            return one
    return None


def _sentence(grid: Grid, start: str, messages: Sequence[str]) -> str:
    if all(value is None for value in grid.cells.values()):
        return f"{start}; er zijn geen cijfers om te tonen."
    told = "; ".join(filter(None, messages))
    return f"{start}: {told}." if told else f"{start}."


def _tops(grid: Grid) -> str:
    """The highest row of each of two columns, told once where it is the same; empty where either is not sure."""
    rows = [row for row in grid.rows if row.kind == "gewoon"]
    one, other = grid.columns
    first, second = (_top(grid, rows, column) for column in grid.columns)
    if first is None or second is None:
        return ""
    if first == second:
        return f"het grootst is {first.name} met {_both(grid, first)}"
    return (
        f"bij {one.inline} is {first.name} ({grid.text(first, one)}) het grootst en bij {other.inline} "
        f"is {second.name} ({grid.text(second, other)})"
    )


def _top(grid: Grid, rows: Sequence[Entry], column: Entry) -> Entry | None:
    return _ahead(
        rows, lambda one, other: grid.is_larger((one.label, column.label), (other.label, column.label))
    )


def _both(grid: Grid, row: Entry) -> str:
    """`28% van de mannen en 25% van de vrouwen`."""
    link = "van de" if grid.column_variable == "geslacht" else "bij"
    return " en ".join(f"{grid.text(row, column)} {link} {column.inline}" for column in grid.columns)
