"""The text alternative of a chart: one Dutch sentence that says what is drawn and its main message.

Every word follows from the percentages shown; equal percentages are named together.
What does not belong here: findings in the report's own text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from wi2007.publication.charts.data import Entry, Grid, percent_text

NAMED = 3
"""So many equals are named; more are only counted."""

_PLURALS = {
    "land_van_herkomst": "landen",
    "gemeente": "gemeenten",
    "provincie": "provincies",
    "leeftijdsklasse": "leeftijdsklassen",
    "uitstroomroute": "uitstroomroutes",
    "statuscode": "statuscodes",
    "doelgroep": "doelgroepen",
    "geslacht": "groepen",
}


def pairs(grid: Grid) -> str:
    """What two bars for each row show."""
    first, second = (column.inline for column in grid.columns)
    start = (
        f"Staafdiagram met per {grid.row_header.lower()} een staaf voor {first} en een staaf voor {second}"
    )
    return _sentence(grid, start, [_tops(grid), _gap(grid)])


def pyramid(grid: Grid) -> str:
    """What a pyramid shows."""
    first, second = (column.inline for column in grid.columns)
    start = f"Piramide met per {grid.row_header.lower()} links een staaf voor {first} en rechts voor {second}"
    return _sentence(grid, start, [_tops(grid)])


def bars(grid: Grid) -> str:
    """What one bar for each row shows."""
    column = grid.columns[0]
    start = f"Staafdiagram met per {grid.row_header.lower()} het percentage van {column.inline}"
    figures = _figures(grid, column)
    if not any(figures.values()):
        return _sentence(grid, start, [])
    high, low = (_with_figure(grid, figures, best) for best in (max(figures.values()), min(figures.values())))
    least = f" en het kleinst {low}" if high != low else ""
    return _sentence(grid, start, [f"het grootst {high}{least}"])


def panels(grid: Grid) -> str:
    """What a panel for each row with a bar for each column shows."""
    start = f"Per {grid.row_header.lower()} een staafdiagram met een staaf per {grid.column_header.lower()}"
    spreads = {row: spread for row in grid.rows if row.kind != "rest" and (spread := _spread(grid, row))}
    if not spreads:
        return _sentence(grid, start, [])
    row = max(spreads, key=lambda entry: spreads[entry][1] - spreads[entry][0])
    low, high = spreads[row]
    if low == high:
        return _sentence(grid, start, ["de staven zijn per diagram even lang"])
    message = (
        f"de percentages lopen het meest uiteen bij {row.name}, van {percent_text(low, grid.decimals)} "
        f"({_columns_at(grid, row, low)}) tot {percent_text(high, grid.decimals)} ({_columns_at(grid, row, high)})"
    )
    return _sentence(grid, start, [message])


def _sentence(grid: Grid, start: str, messages: Sequence[str]) -> str:
    if all(value is None for value in grid.cells.values()):
        return f"{start}; er is niemand in deze groep."
    told = "; ".join(filter(None, messages))
    return f"{start}: {told}." if told else f"{start}."


def _figures(grid: Grid, column: Entry) -> dict[Entry, Decimal]:
    """The figures of the rows that may be said to be the highest or lowest."""
    return {
        row: value
        for row in grid.rows
        if row.kind == "gewoon" and (value := grid.value(row, column)) is not None
    }


def _tops(grid: Grid) -> str:
    """The highest row of each of two columns, told once where it is the same."""
    tops = []
    for column in grid.columns:
        figures = _figures(grid, column)
        if not any(figures.values()):
            return ""
        tops.append((column, figures, max(figures.values())))
    (one, _, _), (other, _, _) = tops
    same = _same_top(grid)
    if same:
        return f"het grootst is {same[0].name} met {_both(grid, same[0])}"
    told = [_with_figure(grid, figures, best) for _, figures, best in tops]
    return f"bij {one.inline} {told[0]} het grootst en bij {other.inline} {told[1]}"


def _same_top(grid: Grid) -> list[Entry]:
    """The one row that is the highest in both columns; empty when there is none or more than one."""
    highest = []
    for column in grid.columns:
        figures = _figures(grid, column)
        highest.append([row for row, value in figures.items() if value == max(figures.values())])
    return highest[0] if highest[0] == highest[1] and len(highest[0]) == 1 else []


def _gap(grid: Grid) -> str:
    """Where the two columns differ most."""
    first, second = (_figures(grid, column) for column in grid.columns)
    gaps = {row: abs(first[row] - second[row]) for row in first if row in second}
    widest = max(gaps.values(), default=Decimal(0))
    if not widest:
        return ""
    rows = [row for row, gap in gaps.items() if gap == widest]
    figures = f" ({_both(grid, rows[0])})" if len(rows) == 1 else ""
    names = _enumerate([row.name for row in rows], grid.row_variable)
    if _same_top(grid) == rows:
        return "daar is ook het verschil het grootst"
    return f"het verschil is het grootst bij {names}{figures}"


def _both(grid: Grid, row: Entry) -> str:
    """`28% van de mannen en 25% van de vrouwen`."""
    link = "van de" if grid.column_variable == "geslacht" else "bij"
    return " en ".join(f"{grid.text(row, column)} {link} {column.inline}" for column in grid.columns)


def _with_figure(grid: Grid, figures: Mapping[Entry, Decimal], value: Decimal) -> str:
    """The rows with this figure, and the figure: `is Marokko (28%)`."""
    names = [row.name for row, figure in figures.items() if figure == value]
    verb = "is" if len(names) == 1 else "zijn"
    return f"{verb} {_enumerate(names, grid.row_variable)} ({percent_text(value, grid.decimals)})"


def _spread(grid: Grid, row: Entry) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest figure in a row."""
    values = [value for column in grid.columns if (value := grid.value(row, column)) is not None]
    return (min(values), max(values)) if values else None


def _columns_at(grid: Grid, row: Entry, value: Decimal) -> str:
    names = [column.name for column in grid.columns if grid.value(row, column) == value]
    return _enumerate(names, grid.column_variable)


def _enumerate(names: Sequence[str], variable: str) -> str:
    if len(names) > NAMED:
        return f"{len(names)} {_PLURALS.get(variable, 'categorieën')}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"
