"""Make three projections from the published outflow and points, and test the study's claim 'negligible about 2030'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.tempo import TempoChoices
from schemas.tempo_tables import COUNTED, OutlookRow, TempoRow
from wi2007.tempo.cells import ALL_ROUTES, RECENT, years_between
from wi2007.tempo.pace import STUDY, Point, earlier, in_order, persons_a_year, share_of
from wi2007.tempo.projection import Projection, by_age, constant, straight, years_on
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
    seen = persons_a_year(ordered, Decimal(0)).central
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
    """The points, the projections with enough data, and the study's expectation tested against its own points."""

    points: tuple[Point, ...]
    projections: tuple[Projection, ...]
    study: Claim


@dataclass(frozen=True)
class Seen:
    """What is published: outflow, how far a count may be off, and the point of the delivery before, if there is one."""

    peildatum: date
    rows: Sequence[TempoRow]
    off: int = 0
    before: Point | None = None


def outlook(seen: Seen, choices: TempoChoices) -> Outlook:
    """Return every projection for which there are data; with nobody obliged, or nothing counted, there is none."""
    points = _points(seen)
    recent = [row for row in seen.rows if row.periode == RECENT and row.route == ALL_ROUTES]
    deviations, until = Decimal(choices.bandbreedte), choices.tot_en_met
    made: list[Projection] = []
    if len(points) > 1 and points[-1].day == seen.peildatum:
        made.append(straight(points, persons_a_year(points, deviations, seen.off), until))
    overall = next((row for row in recent if row.kenmerk == ALL_ROUTES), None)
    if overall is not None and overall.plichtig_begin:
        share = share_of(rate_of(overall), deviations)
        made.append(constant([_own(seen, overall)], share, until))
        classes = {row.categorie: row for row in recent if row.kenmerk == _AGE}
        if classes:
            known = {name: rate_of(row) for name, row in classes.items() if row.per_100 is not None}
            paces = {name: share_of(rate, deviations) for name, rate in known.items()}
            start = {name: row.plichtig_peildatum or 0 for name, row in classes.items()}
            made.append(by_age(start, {ALL_ROUTES: share, **paces}, seen.peildatum, OWN, until))
    expected = choices.verwachting_studie.dag
    return Outlook(
        tuple(points), tuple(made), claim(earlier(STUDY), expected, choices.verwaarloosbaar.aantal)
    )


def _own(seen: Seen, overall: TempoRow) -> Point:
    return Point(seen.peildatum, overall.plichtig_peildatum or 0, OWN)


def _points(seen: Seen) -> list[Point]:
    """Return the points by day: of one day the delivery itself precedes the one before it, and that precedes the
    study's.
    """
    found = {point.day: point for point in earlier(STUDY)}
    if seen.before is not None:
        found[seen.before.day] = seen.before
    for row in seen.rows:
        if row.kenmerk == ALL_ROUTES and row.plichtig_peildatum is not None:
            found[seen.peildatum] = _own(seen, row)
    return [found[day] for day in sorted(found) if day <= seen.peildatum]


def outlook_rows(found: Outlook) -> list[OutlookRow]:
    """Return the points as they were counted, then each projection."""
    rows = [OutlookRow(COUNTED, p.day.isoformat(), p.count, p.count, p.count) for p in found.points]
    for one in found.projections:
        for step in one.steps:
            central, fewest, most = step.shown
            rows.append(OutlookRow(one.kind, step.day.isoformat(), central, fewest, most))
    return rows


def record(found: Outlook, choices: TempoChoices) -> dict[str, Any]:
    """Return, for JSON, what the projections rest on and when each has at most so few persons that the group is
    negligible.
    """
    limit = choices.verwaarloosbaar.aantal
    return {
        "verwaarloosbaar": limit,
        "tot_en_met": choices.tot_en_met,
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
        "studie": {
            "punten": [_point(point) for point in found.study.rests_on],
            "dag": found.study.day.isoformat(),
            "per_jaar": _whole(found.study.seen),
            "nodig_per_jaar": _whole(found.study.needed),
            "over": _whole(found.study.left),
            "nul": found.study.zero.isoformat() if found.study.zero else None,
            "klopt": found.study.holds,
        },
    }


def _point(point: Point) -> dict[str, Any]:
    return {"dag": point.day.isoformat(), "aantal": point.count, "bron": point.source}


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value())
