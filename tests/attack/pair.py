"""What two reports tell together: that of a peildatum and that of the next one.

A reader believes of persons what labels and dates say: who left in a year that was over at both peildata is who left
in it, and who left between the peildata is told by the change and by the outflow of those months. A count that is
shown twice lies in both intervals. What does not belong here: groups of which everybody's route is known (`crossed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

from attack.attacker import derive
from attack.change import net
from attack.relations import relations
from attack.reports import LEFT, Days, Ends, Figure, Persons, Report, Told, outflow
from attack.verdict import Narrowed
from attack.world import Cell, norm

_PARTS_OF_ALL = ("begin", "eind", "afronding")
_CHANGES = ("gemeente", "leeftijdsklasse")
"""What a person's age class and municipality are, is said of a peildatum: in another report it may be another one."""
_STATUS, _OBLIGED = "statuscode", frozenset({"IBP"})


def same_persons(before: Report, after: Report) -> list[Narrowed]:
    """Persons of whom the later report tells two figures: in two tables of the change, or there and in the outflow."""
    days = _between(before, after)
    told = _of_change(after, days)
    for persons, one in outflow(after, after.facts.counts):
        if persons.days == days:
            _add(told, (persons, one))
    return list(_twice(after, told))


def some_of_the_days(before: Report, after: Report) -> tuple[int, list[Narrowed]]:
    """Who left in some of the days between the peildata left in all of them: how many such figures, and which tell.

    What is left is of the fewer days: no more than can have left in all of them.
    """
    days = _between(before, after)
    told = _of_change(after, days)
    figures, found = 0, []
    for persons, one in outflow(after, after.facts.counts):
        whole = told.get(Persons(LEFT, days, persons.cell), [])
        if whole and persons.days != days and persons.days[0][0] >= days[0][0]:
            figures += 1
            least, most = _both(whole)
            if one.ends[0] > least or one.ends[1] > most:
                name = f"{after.name(persons)} [{one.shown}, in all days {whole[0].shown}]"
                found.append(Narrowed(name, one.shown, one.ends, one.ends[0], min(one.ends[1], most)))
    return figures, found


def _between(before: Report, after: Report) -> Days:
    return ((_next(before.day), after.day.isoformat()),)


def _of_change(report: Report, days: Days) -> dict[Persons, list[Told]]:
    """The persons of every part of the change, with each figure that is told of them."""
    told: dict[Persons, list[Told]] = {}
    parts = {part for figure in report.change for part in figure.parts if part[0] not in _PARTS_OF_ALL}
    for figure, part in product(report.change, sorted(parts)):
        _add(told, _of_part(report, figure, part, days))
    return told


def _add(told: dict[Persons, list[Told]], one: tuple[Persons, Told] | None) -> None:
    if one:
        told.setdefault(one[0], []).append(one[1])


def _next(day: date) -> str:
    return (day + timedelta(days=1)).isoformat()


def _of_part(
    report: Report, figure: Figure, part: tuple[str, str], days: Days
) -> tuple[Persons, Told] | None:
    """The persons of a part; who left is told twice, where they were obliged and where they came."""
    if figure.cell is None:
        return None
    (name, label), cell, count = part, figure.cell, figure.parts.get(part, 0)
    ends = net(name, count, report.base - 1)
    if name == LEFT:
        route, status = report.world.labels["uitstroomroute"][norm(label)], dict(cell).get(_STATUS)
        if status not in (_OBLIGED, route):
            return None
        cell = frozenset({**dict(cell), _STATUS: route}.items())
        count = count if status == route else -count
        ends = report.around(count)
    return Persons(name, days, cell), Told(count, ends, f"tabel {figure.key[0]}")


def closed_years(before: Report, after: Report) -> list[Narrowed]:
    """Who left in days that were over at the earlier peildatum, by what never changes: both reports tell of them."""
    told: dict[Persons, list[Told]] = {}
    for report in (before, after):
        shown = dict(report.facts.counts)
        derive(shown, relations(report.world, report.facts.counts))
        for persons, figure in outflow(report, shown):
            lasting = not any(variable in _CHANGES for variable, _ in persons.cell)
            if lasting and persons.days[-1][1] <= before.day.isoformat():
                _add(told, (persons, figure))
    return list(_twice(after, told))


def _both(figures: list[Told]) -> Ends:
    """What all figures of the same persons leave together."""
    return max(one.ends[0] for one in figures), min(one.ends[1] for one in figures)


def _twice(report: Report, told: Mapping[Persons, list[Told]]) -> Iterator[Narrowed]:
    """Persons of whom different figures are shown, with what is left of each."""
    for persons, figures in told.items():
        least, most = _both(figures)
        if any(one.ends != (least, most) for one in figures):
            where = ", ".join(dict.fromkeys(f"{one.shown} ({one.where})" for one in figures))
            first = min(figures, key=lambda one: abs(one.shown))
            yield Narrowed(f"{report.name(persons)} [{where}]", first.shown, first.ends, least, most)


@dataclass
class Unchanged:
    """Figures of which the change tells no part, in small numbers: how many, and how many are shown otherwise.

    `left` are for those the numbers that a reader keeps who believes that nothing changed; none where that cannot be.
    """

    figures: int = 0
    otherwise: int = 0
    left: list[int] = field(default_factory=list)


def unchanged(before: Report, after: Report, small: int = 2) -> Unchanged:
    """Small figures that both reports tell and of which no part is told; each set of persons once."""
    figures: dict[Cell, tuple[int, int]] = {}
    for figure in after.change:
        if figure.cell is not None and not {part for part, _ in figure.parts} - set(_PARTS_OF_ALL):
            figures[figure.cell] = (figure.parts["begin", ""], figure.parts["eind", ""])
    found = Unchanged()
    for then, now in figures.values():
        if 0 < max(then, now) <= small * after.base:
            found.figures += 1
            if then != now:
                ends = (before.around(then), after.around(now))
                found.otherwise += 1
                found.left.append(max(0, min(most for _, most in ends) - max(least for least, _ in ends) + 1))
    return found
