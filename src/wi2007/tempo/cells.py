"""The choices on outflow (`config/tempo.yaml`), its periods, and its counts as cells: conditions on persons.

A cell has the shape of those of the gate (`protection.cells`), so that outflow is rounded in one program with the
tables: for each variable, in alphabetical order, the codes it may have. `protection.outflow` counts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from schemas.outflow import AGE, AGE_AT_START, DIMENSIONS, PERIOD, UNKNOWN_PERIOD
from schemas.tempo import TempoChoices
from wi2007 import reference
from wi2007.decisions import read
from wi2007.periods import Periods
from wi2007.project import CONFIG
from wi2007.tables.variables import Category

TEMPO = CONFIG / "tempo.yaml"
RECENT = "laatste 12 maanden"
Cell = tuple[tuple[str, tuple[str, ...]], ...]
Axes = Mapping[str, Sequence[Category]]
"""By variable of the outflow cube: the categories that the chapter shows."""
Group = tuple[str, Category]
"""A variable and one of its categories; `EVERYBODY` is no condition."""
STATUS = "statuscode"
OBLIGED = "IBP"
ALL_ROUTES = "totaal"
EVERYBODY: Group = (ALL_ROUTES, Category(ALL_ROUTES, ()))


def load_choices(path: Path = TEMPO) -> TempoChoices:
    """Return the choices; raises `UserError` when the file is missing or has a value that is not allowed."""
    choices: TempoChoices = read(path).held(TempoChoices)
    return choices


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included. `codes` are its stretches, `after` those from its end to the peildatum."""

    label: str
    first: date
    last: date
    codes: tuple[str, ...]
    after: tuple[str, ...] = ()

    @property
    def years(self) -> Decimal:
        """The length in years."""
        return years_between(self.first - timedelta(days=1), self.last)


def recent(peildatum: date) -> Period:
    """Return the twelve months that end on the peildatum."""
    periods = Periods(peildatum)
    return _period(periods, RECENT, periods.recent, peildatum)


def calendar_years(peildatum: date, first: int) -> list[Period]:
    """Return every calendar year from `first` that was over at the peildatum; the first year of the act is the
    earliest.
    """
    periods = Periods(peildatum)
    last = peildatum.year if (peildatum.month, peildatum.day) == (12, 31) else peildatum.year - 1
    return [
        _period(periods, str(year), date(year, 1, 1), date(year, 12, 31))
        for year in range(max(first, periods.starts[0].year), last + 1)
    ]


def years_between(first: date, last: date) -> Decimal:
    """Return the years from one day to another: whole months where both are the same day of the month (or the last),
    else days.
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    if first.day == last.day or (_ends_month(first) and _ends_month(last)):
        return Decimal(months) / 12
    return Decimal((last - first).days) / Decimal("365.25")


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _period(periods: Periods, label: str, first: date, last: date) -> Period:
    codes = periods.within(first, last)
    since = periods.within(first, periods.peildatum)
    return Period(label, first, last, codes, tuple(code for code in since if code not in codes))


def routes() -> dict[str, tuple[str, ...]]:
    """Return the outflow routes in the order of the tables, each with its status codes; `totaal` has all of them."""
    left = [status for status in reference.statuses().values() if status.code != OBLIGED]
    found = {ALL_ROUTES: tuple(status.code for status in left)}
    for route in reference.routes():
        codes = tuple(status.code for status in left if status.route == route)
        if codes:
            found[route] = codes
    return found


def grounds() -> dict[str, tuple[str, ...]]:
    """Return the grounds of exemption, each with its status codes."""
    every = reference.statuses().values()
    return {
        ground: tuple(status.code for status in every if status.ground == ground)
        for ground in reference.grounds()
    }


def ways(group: Group) -> list[tuple[str, ...]]:
    """Return the status codes of every way by which persons of a group are told to have left: each route and, of
    everybody, each ground of exemption.
    """
    return [*routes().values(), *(grounds().values() if group == EVERYBODY else ())]


def groups(axes: Axes) -> list[Group]:
    """Return everybody, then every category of every variable."""
    return [
        EVERYBODY,
        *((variable, category) for variable, categories in axes.items() for category in categories),
    ]


def told(period: Period, group: Group) -> bool:
    """Whether a group is told in a period: ages at the start are those of the last twelve months alone."""
    return group[0] != AGE_AT_START or period.label == RECENT


def at_peildatum(group: Group) -> Group:
    """Return the group of the same name at the peildatum: an age class has other persons by then."""
    variable, category = group
    return (AGE, category) if variable == AGE_AT_START else group


def left(period: Sequence[str], statuses: Sequence[str], group: Group = EVERYBODY) -> Cell:
    """Return the cell of persons of a group who reached one of the statuses in these stretches of time."""
    return _cell({PERIOD: period, STATUS: statuses}, group)


def obliged(group: Group = EVERYBODY) -> Cell:
    """Return the cell of persons of a group still obliged at the peildatum, whatever their statusdatum: but for ages at
    the start also a cell of 2.1 and 2.2.
    """
    return _cell({STATUS: (OBLIGED,)}, group)


def undated(statuses: Sequence[str]) -> Cell:
    """Return the cell of persons who left by these statuses on an unknown day: they are in no period."""
    return left((UNKNOWN_PERIOD,), statuses)


def since(period: Period, periods: Sequence[Period]) -> list[tuple[str, ...]]:
    """Return the periods that follow on each other from the start of this one to the peildatum, each by its stretches.

    Those of the calendar years that are told, and what has gone by of this year: all are counts that are shown.
    """
    years = [one.codes for one in periods if one.first > period.last and one.label != RECENT]
    return [period.codes, *years, *this_year(periods)] if period.label != RECENT else [period.codes]


def this_year(periods: Sequence[Period]) -> list[tuple[str, ...]]:
    """Return the stretches of the calendar year of the peildatum, where it is not over."""
    rest = [one.after for one in periods if one.label != RECENT]
    return [min(rest, key=len)] if rest and all(rest) else []


def needed(periods: Sequence[Period], axes: Axes) -> Iterator[Cell]:
    """Yield every cell that the rates of these periods and categories use; some come more than once."""
    by_route = routes()
    for group in groups(axes):
        yield obliged(group)
        yield obliged(at_peildatum(group))
        if group[0] != AGE_AT_START:
            yield from (left(codes, by_route[ALL_ROUTES], group) for codes in this_year(periods))
        for period in periods:
            if told(period, group):
                yield from (left(period.codes, statuses, group) for statuses in ways(group))
    for statuses in by_route.values():
        yield undated(statuses)


def ties(periods: Sequence[Period], axes: Axes) -> Iterator[Cell]:
    """Every cell that ties those to each other and to the tables.

    Periods overlap: they are sums of the stretches that they are made of. A group of several codes has its whole by
    route as well, which follows from tables that show those codes one by one.
    """
    stretches = sorted({code for period in periods for code in (*period.codes, *period.after)})
    for group in groups(axes):
        if group[0] == AGE_AT_START:
            yield from _growing_older(group, periods)
            continue
        for statuses in ways(group):
            yield from (left((code,), statuses, group) for code in stretches)
            if len(group[1].codes) > 1:
                yield _cell({STATUS: statuses}, group)


def _growing_older(group: Group, periods: Sequence[Period]) -> Iterator[Cell]:
    """Yield who of an age class at the start is in which class at the peildatum: what ties both to each other.

    Without them, that nobody grows younger would tell more than the two figures do.
    """
    codes = group[1].codes
    for label in reference.age_labels():
        now = {AGE: (label,), AGE_AT_START: codes}
        yield _cell({STATUS: (OBLIGED,), **now}, EVERYBODY)
        for period in periods:
            if told(period, group):
                for statuses in ways(group):
                    left_then = {STATUS: statuses, PERIOD: period.codes}
                    yield _cell({**left_then, **now}, EVERYBODY)
                    yield _cell({**left_then, AGE: (label,)}, EVERYBODY)


def _cell(conditions: Mapping[str, Sequence[str]], group: Group) -> Cell:
    variable, category = group
    every = dict(conditions) if group == EVERYBODY else {**conditions, variable: category.codes}
    if unknown := every.keys() - set(DIMENSIONS):
        raise ValueError(f"{', '.join(sorted(unknown))} is no variable of the outflow")
    return tuple((name, tuple(sorted(codes))) for name, codes in sorted(every.items()))
