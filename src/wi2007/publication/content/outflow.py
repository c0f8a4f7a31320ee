"""Look up rows of outflow in time and the projections as published, and give the figures that texts use.

Files are `tempo.csv`, `vooruitzicht.csv` and `vooruitzicht.json`.
What does not belong here: computing rates or projections (`wi2007.tempo`), words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from schemas.tempo_tables import GROUND, NO_DATE, WAYS, OutlookRow, TempoRow
from wi2007 import dutch
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.surely import Thresholds, larger_share, surely_more
from wi2007.publication.content.wording import number, persons
from wi2007.tempo.cells import ALL_ROUTES, RECENT

RECORD_FILE = "vooruitzicht.json"
COUNTED = "gemeten"


@dataclass(frozen=True)
class TempoData:
    """What is published on outflow and what lies ahead; `record` is `vooruitzicht.json`."""

    rows: Sequence[TempoRow] = ()
    outlook: Sequence[OutlookRow] = ()
    record: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(row.uitgestroomd or row.plichtig_begin for row in self.rows)

    @cached_property
    def by_key(self) -> dict[tuple[str, str, str, str], TempoRow]:
        """Rows by period, variable, category and route."""
        return {(row.periode, row.kenmerk, row.categorie, row.route): row for row in self.rows}

    @cached_property
    def periods(self) -> list[str]:
        """The periods that are told: the years in order, then the last twelve months."""
        found = {row.periode for row in self.rows if row.periode != NO_DATE}
        return sorted(found, key=lambda period: (period == RECENT, period))

    @cached_property
    def routes(self) -> list[str]:
        """The ways out."""
        return list(dict.fromkeys(row.route for row in self.rows if row.route != ALL_ROUTES))

    def categories(self, variable: str) -> list[str]:
        """List the categories of a variable."""
        return list(dict.fromkeys(row.categorie for row in self.rows if row.kenmerk == variable))

    @cached_property
    def exemptions(self) -> dict[str, dict[str, int]]:
        """Who got an exemption, by period and ground; nothing where nobody did in any period."""
        found: dict[str, dict[str, int]] = {}
        for row in self.rows:
            if row.kenmerk == GROUND:
                found.setdefault(row.periode, {})[row.categorie] = row.uitgestroomd
        return found if any(count for one in found.values() for count in one.values()) else {}

    def row(
        self, period: str, variable: str = ALL_ROUTES, category: str = ALL_ROUTES, route: str = ALL_ROUTES
    ) -> TempoRow:
        """Find one row."""
        return self.by_key[period, variable, category, route]

    def of_way(self, way: str) -> list[OutlookRow]:
        """List the rows of one way of looking ahead, by day."""
        return [row for row in self.outlook if row.manier == way]

    @cached_property
    def ways(self) -> list[str]:
        """The ways of looking ahead that there is enough for."""
        return [way for way in WAYS if self.of_way(way)]

    @cached_property
    def shown_until(self) -> int:
        """The last year that is worth showing: all of every band is below the level, or it is the last computed."""
        level = self.record["verwaarloosbaar"]
        ends = []
        for way in self.ways:
            rows = self.of_way(way)
            reached = [row for row in rows if row.meest <= level]
            ends.append(date.fromisoformat((reached or rows[-1:])[0].dag).year)
        return max(ends, default=0)


def per_100(row: TempoRow, decimals: int = 1) -> Decimal | None:
    """Give persons of every hundred as it is shown: with one decimal, or without where rounding leaves more open."""
    return None if row.per_100 is None else row.per_100.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


class TempoFigures:
    """The figures by Dutch names, for templates; a count is off by `spread` persons at most."""

    def __init__(self, tempo: TempoData, spread: int, limits: Thresholds) -> None:
        self._tempo, self._spread, self._limits = tempo, spread, limits

    @property
    def uitgestroomd(self) -> int:
        """Who left in the last twelve months."""
        return self._recent.uitgestroomd

    @property
    def plichtig_begin(self) -> int:
        """Who was still obliged at their start."""
        return self._recent.plichtig_begin or 0

    @property
    def per_100(self) -> str:
        """Of every hundred; empty where they were too few."""
        found = per_100(self._recent)
        return "" if found is None else number(found)

    @property
    def begin(self) -> str:
        """The first of the last twelve months' days."""
        return dutch.day(date.fromisoformat(self._recent.begin))

    @property
    def route(self) -> TempoRow | None:
        """The way that most took in the last twelve months, where one is surely the largest."""
        ways = [self._tempo.row(RECENT, route=route) for route in self._tempo.routes]
        ways.sort(key=lambda one: -one.uitgestroomd)
        first, second = [
            *((one.uitgestroomd, self._spread) for one in ways),
            (0, self._spread),
            (0, self._spread),
        ][:2]
        return ways[0] if ways and surely_more(first, second, self._limits) else None

    @property
    def ontheven(self) -> dict[str, Any] | None:
        """Who got an exemption in the last twelve months, and by which ground; None where nobody did in any year."""
        told = self._tempo.exemptions.get(RECENT)
        if told is None:
            return None
        grounds = [f"bij {persons(count)} {dutch.inline(ground)}" for ground, count in told.items() if count]
        return {"aantal": sum(told.values()), "gronden": grounds}

    @property
    def daling(self) -> dict[str, Any] | None:
        """The first and the last calendar year with what left of every hundred; None where that did not surely fall.

        It fell where it was surely higher in the first year than in the last and in the last twelve months, by more
        than chance. `weer_hoger`: whether it surely was higher again in the last twelve months than in the last year.
        """
        years = [self._tempo.row(one) for one in self._tempo.periods if one != RECENT]
        told = sorted((row for row in years if row.per_100 is not None), key=lambda row: row.periode)
        if len(told) < 2:
            return None
        first, *later = (
            Share(row.uitgestroomd, row.plichtig_begin or 0, 1, self._spread, wholes=1 + len(years))
            for row in (told[0], told[-1], self._recent)
        )
        if not all(larger_share(first, one, self._limits) for one in later):
            return None
        last, recent = later
        years_told = {
            name: {"jaar": row.periode, "per_100": number(share)}
            for name, row in (("eerste", told[0]), ("laatste", told[-1]))
            if (share := per_100(row)) is not None
        }
        return {**years_told, "weer_hoger": larger_share(recent, last, self._limits)}

    @property
    def verloop(self) -> list[tuple[date, int]]:
        """Who was still obliged at the start of each calendar year, and who is on the peildatum: of one delivery."""
        years = [self._tempo.row(one) for one in self._tempo.periods if one != RECENT]
        recent = self._recent
        found = {date.fromisoformat(row.begin): row.plichtig_begin or 0 for row in years}
        found[date.fromisoformat(recent.einde)] = recent.plichtig_peildatum or 0
        return sorted(found.items())

    @property
    def zonder_datum(self) -> int:
        """Who left on a day that is not known."""
        return self._tempo.row(NO_DATE).uitgestroomd

    @property
    def verwaarloosbaar(self) -> int:
        """From which count the group is called negligible."""
        return int(self._tempo.record["verwaarloosbaar"])

    @property
    def manieren(self) -> dict[str, dict[str, Any]]:
        """By way of looking ahead: the years in which the level is reached, and the points that it rests on.

        Nothing of a way that there is not enough for.
        """
        told, ways = self._tempo.record["manieren"], self._tempo.ways
        return {way: self._way(told[way]) if way in ways else {} for way in WAYS}

    @property
    def vooruit_te_kijken(self) -> bool:
        """Whether there is enough for any way."""
        return bool(self._tempo.ways)

    @property
    def tot_en_met(self) -> int:
        """The last year that is computed."""
        return int(self._tempo.record["tot_en_met"])

    @property
    def studie(self) -> dict[str, Any]:
        """The expectation of the study beside its own points."""
        told = dict(self._tempo.record["studie"])
        return {
            **told,
            "punten": _points(told["punten"]),
            "dag": dutch.day(date.fromisoformat(told["dag"])),
            "jaar": _year(told["dag"]),
            "nul": _year(told["nul"]),
        }

    @property
    def _recent(self) -> TempoRow:
        return self._tempo.row(RECENT)

    @staticmethod
    def _way(told: Mapping[str, Any]) -> dict[str, Any]:
        years = {name: _year(told[name]) for name in ("verwacht", "vroegst", "laatst")}
        return {**years, "punten": _points(told["rust_op"])}


def _points(points: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"{dutch.count(one['aantal'])} op {dutch.day(date.fromisoformat(one['dag']))}" for one in points]


def _year(day: str | None) -> str:
    return day[:4] if day else ""
