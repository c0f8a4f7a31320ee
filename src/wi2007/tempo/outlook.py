"""Make three scenarios from the published outflow and points, and test the study's claim 'negligible about 2030'.

The points of a scenario are counts of one source: CBS and DUO count otherwise on one and the same day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from schemas.tempo import TempoChoices
from schemas.tempo_tables import COUNTED, OutlookRow, TempoRow
from wi2007.tempo.band import Chance, Year, spread_of
from wi2007.tempo.cells import ALL_ROUTES, RECENT, years_between
from wi2007.tempo.pace import STUDY, Pace, Point, earlier, hazard, in_order, persons_a_year, share_of
from wi2007.tempo.projection import Projection, Step, by_age, constant, straight, years_on
from wi2007.tempo.rates import rate_of

OWN = "levering"
BEFORE = "vorige levering"
_AGE = "leeftijdsklasse"


@dataclass(frozen=True)
class Claim:
    """A claim that at most `threshold` persons are left on `day`, beside the straight line through first and last
    point.

    `seen` and `needed` are persons a year: the pace between the points, and the one from the last point on that would
    make the claim true. `left` are the persons left on the day by the line, `zero` the day on which the line reaches
    0 (None when it does not fall).
    """

    rests_on: tuple[Point, ...]
    day: date
    threshold: int
    seen: Decimal
    needed: Decimal
    left: Decimal
    zero: date | None

    @property
    def holds(self) -> bool:
        """Whether the line has at most `threshold` persons on the day."""
        return self.left <= self.threshold


def claim(points: Sequence[Point], day: date, threshold: int) -> Claim:
    """Return the claim tested against its points.

    Raises `ValueError` with fewer than two, or a day not after the last.
    """
    ordered = in_order(points)
    last = ordered[-1]
    if day <= last.day:
        raise ValueError("the day is not after the last point")
    seen = persons_a_year(ordered).central
    years = years_between(last.day, day)
    return Claim(
        rests_on=tuple(ordered),
        day=day,
        threshold=threshold,
        seen=seen,
        needed=(last.count - threshold) / years,
        left=last.count - seen * years,
        zero=years_on(last.day, last.count / seen) if seen > 0 else None,
    )


@dataclass(frozen=True)
class Outlook:
    """The points, the scenarios with enough data, and the study's expectation tested against its own points.

    `same_day` is how many the delivery has as still obliged on the day of the study's first point, which another
    source counted; None where no period begins on it.
    """

    peildatum: date
    points: tuple[Point, ...]
    projections: tuple[Projection, ...]
    study: Claim
    same_day: int | None = None


@dataclass(frozen=True)
class Seen:
    """What is published: outflow, how far a count may be off, and the point of the delivery before, if there is one."""

    peildatum: date
    rows: Sequence[TempoRow]
    off: int = 0
    before: Point | None = None

    @cached_property
    def whole(self) -> list[TempoRow]:
        """Everybody by any route, a row for each period."""
        return [row for row in self.rows if (row.kenmerk, row.route) == (ALL_ROUTES, ALL_ROUTES)]

    @cached_property
    def years(self) -> list[TempoRow]:
        """The last calendar years one after another that each tell a pace."""
        found: list[TempoRow] = []
        for row in sorted((row for row in self.whole if row.periode.isdigit()), key=lambda row: row.periode):
            if found and int(row.periode) != int(found[-1].periode) + 1:
                found = []
            found = [*found, row] if _tells(row) else []
        return found


def outlook(seen: Seen, choices: TempoChoices) -> Outlook:
    """Return every scenario for which there are data; with nobody obliged, or too few years, there is none."""
    study = claim(earlier(STUDY), choices.verwachting_studie.dag, choices.verwaarloosbaar.aantal)
    recent = next((row for row in seen.whole if row.periode == RECENT), None)
    points: list[Point] = []
    if recent is not None:
        points = [Point(seen.peildatum, recent.plichtig_peildatum or 0, OWN)]
        points = [seen.before, *points] if seen.before is not None else points
    first = study.rests_on[0].day.isoformat()
    return Outlook(
        seen.peildatum,
        tuple(points),
        tuple(_scenarios(seen, recent, points, choices)) if recent is not None else (),
        study,
        next((row.plichtig_begin for row in seen.whole if row.begin == first), None),
    )


def _scenarios(
    seen: Seen, recent: TempoRow, points: Sequence[Point], choices: TempoChoices
) -> Iterator[Projection]:
    """Make the scenarios that the years before are enough for; `points` end with the peildatum."""
    own, until = points[-1], _until(seen.peildatum, choices)
    if len(seen.years) < choices.bandbreedte.minstens_jaren or not own.count:
        return

    def chance(pace: Pace, pace_of: Callable[[TempoRow], Decimal]) -> Chance:
        spread = spread_of([Year(pace_of(row), row.uitgestroomd) for row in seen.years])
        return Chance(choices.bandbreedte.niveau, spread, pace.left, seen.off)

    line = points if len(points) > 1 else [_a_year_ago(recent), own]
    fewer = persons_a_year(line)
    if fewer.central > 0 and fewer.left >= choices.minstens_uitgestroomd:
        yield straight(line, fewer, until, chance(fewer, lambda row: Decimal(row.uitgestroomd)))
    if not _tells(recent):
        return
    pace = share_of(rate_of(recent))
    by_share = chance(pace, _hazard_of)
    yield constant([own], pace, until, by_share)
    classes = {row.categorie: row for row in seen.rows if _is_class(row)}
    start = {name: row.plichtig_peildatum or 0 for name, row in classes.items()}
    if any(start.values()):
        known = {name: rate_of(row) for name, row in classes.items() if row.per_100 is not None}
        shares = {name: share_of(rate).central for name, rate in known.items()}
        yield by_age(start, {ALL_ROUTES: pace.central, **shares}, own, until, by_share)


def _until(peildatum: date, choices: TempoChoices) -> int:
    """Return the last year of the scenarios."""
    return peildatum.year + choices.vooruit.jaren


def _tells(row: TempoRow) -> bool:
    """Whether a pace can rest on a row: enough persons for a percentage, and some but not all of them left."""
    return row.per_100 is not None and 0 < row.uitgestroomd < (row.plichtig_begin or 0)


def _is_class(row: TempoRow) -> bool:
    return (row.periode, row.kenmerk, row.route) == (RECENT, _AGE, ALL_ROUTES)


def _hazard_of(row: TempoRow) -> Decimal:
    return hazard(share_of(rate_of(row)).central)


def _a_year_ago(recent: TempoRow) -> Point:
    """Return who was still obliged the day before the last twelve months, by the same delivery."""
    return Point(date.fromisoformat(recent.begin) - timedelta(days=1), recent.plichtig_begin or 0, OWN)


@dataclass(frozen=True)
class LookBack:
    """What the report of an earlier peildatum expected for a day on which persons were counted since, by scenario."""

    peildatum: date
    counted: Point
    expected: Mapping[str, Step]

    def holds(self, kind: str) -> bool:
        """Whether the count lies within the band of a scenario, as both are shown."""
        _, fewest, most = self.expected[kind].shown
        return fewest <= self.counted.count <= most


def look_back(before: Outlook, now: Outlook) -> LookBack | None:
    """Return what `before` expected for the peildatum of `now`; None where it had no scenario or nothing is counted."""
    if not now.points:
        return None
    expected: dict[str, Step] = {}
    for one in before.projections:
        step = one.on(now.peildatum)
        if step is not None:
            expected[one.kind] = step
    return LookBack(before.peildatum, now.points[-1], expected) if expected else None


def outlook_rows(found: Outlook, back: LookBack | None = None) -> list[OutlookRow]:
    """Return the points as they were counted, each scenario, then what the report before expected for this day."""

    def row(report: date, kind: str, step: Step) -> OutlookRow:
        return OutlookRow(report.isoformat(), kind, step.day.isoformat(), *step.shown)

    own = found.peildatum
    rows = [
        OutlookRow(own.isoformat(), COUNTED, p.day.isoformat(), p.count, p.count, p.count)
        for p in found.points
    ]
    rows += [row(own, one.kind, step) for one in found.projections for step in one.steps]
    if back is not None:
        rows += [row(back.peildatum, kind, step) for kind, step in back.expected.items()]
    return rows


def record(found: Outlook, choices: TempoChoices, back: LookBack | None = None) -> dict[str, Any]:
    """Return, for JSON, what the scenarios rest on and when each has at most so few persons that the group is
    negligible; and what the report before expected for this peildatum.
    """
    limit = choices.verwaarloosbaar.aantal
    return {
        "peildatum": found.peildatum.isoformat(),
        "verwaarloosbaar": limit,
        "tot_en_met": _until(found.peildatum, choices),
        "niveau": choices.bandbreedte.niveau,
        "punten": [_point(point) for point in found.points],
        "manieren": {
            one.kind: {
                "rust_op": [_point(point) for point in one.rests_on],
                **{
                    name: day.isoformat() if day else None
                    for name, day in zip(
                        ("verwacht", "vroegst", "laatst"), asdict(one.reach(limit)).values(), strict=True
                    )
                },
            }
            for one in found.projections
        },
        "eerder": _looked_back(back) if back is not None else None,
        "studie": {
            "punten": [_point(point) for point in found.study.rests_on],
            "zelfde_dag": found.same_day,
            "dag": found.study.day.isoformat(),
            "per_jaar": _whole(found.study.seen),
            "nodig_per_jaar": _whole(found.study.needed),
            "over": _whole(found.study.left),
            "nul": found.study.zero.isoformat() if found.study.zero else None,
            "klopt": found.study.holds,
        },
    }


def _looked_back(back: LookBack) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for kind, step in back.expected.items():
        shown = dict(zip(("verwacht", "minst", "meest"), step.shown, strict=True))
        told[kind] = {**shown, "binnen": back.holds(kind)}
    return {"peildatum": back.peildatum.isoformat(), "geteld": back.counted.count, "manieren": told}


def _point(point: Point) -> dict[str, Any]:
    return {"dag": point.day.isoformat(), "aantal": point.count, "bron": point.source}


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value())
