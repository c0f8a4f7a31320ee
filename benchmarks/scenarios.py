"""How often later counts lay within the band of a scenario: on invented series, and on a published `tempo.csv`.

`python -m benchmarks.scenarios [--series N] [--tempo tempo.csv]` prints the tables of `docs/tempo.md`. A series is
a group of persons in age classes who leave by chance, at a pace that is known here and that the scenarios do not see.
They see what a report shows: counts in fives, by calendar year. What does not belong here: computing bands.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from schemas.tempo import TempoChoices
from schemas.tempo_tables import ALL, TEMPO, WAYS, TempoRow
from wi2007 import reference
from wi2007.tempo import cells
from wi2007.tempo.outlook import Seen, outlook
from wi2007.tempo.projection import Projection, aow_age

BASE = 5
SEEN, AHEAD = 5, 10
"""Calendar years that a report sees, and years that come after."""
FIRST = 2017
AGE = "leeftijdsklasse"
BY_AGE = WAYS[-1]
START = {"25 tot 35": 0.08, "35 tot 45": 0.3, "45 tot 55": 0.35, "55 tot 65": 0.24, "65 en ouder": 0.03}
"""About how the demonstration is divided."""
Paces = Callable[[np.random.Generator, int], list[float]]
Tally = dict[tuple[str, int], Counter[bool]]
"""By scenario and years ahead: how often the count lay within the band, and how often not."""


def _steady(draw: np.random.Generator, years: int) -> list[float]:
    return [draw.choice([0.05, 0.1, 0.2])] * years


def _even(draw: np.random.Generator, years: int) -> list[float]:
    persons = draw.choice([0.02, 0.04, 0.06])
    return [persons / (1 - persons * year) for year in range(years)]


def _falling(draw: np.random.Generator, years: int) -> list[float]:
    start, kept = draw.choice([0.2, 0.35]), draw.uniform(0.7, 1)
    return [start * kept**year * np.exp(draw.normal(0, 0.1)) for year in range(years)]


def _smoothly(draw: np.random.Generator, years: int) -> list[float]:
    return [0.3 * 0.85**year for year in range(years)]


def _restless(draw: np.random.Generator, years: int) -> list[float]:
    return [0.12 * np.exp(draw.normal(0, 0.25)) for _ in range(years)]


def _wandering(draw: np.random.Generator, years: int) -> list[float]:
    found = [np.log(0.12)]
    while len(found) < years:
        found.append(found[-1] + draw.normal(0, 0.2))
    return [np.exp(one) for one in found]


KINDS: Mapping[str, tuple[str, Paces]] = {
    "vast": ("elk jaar hetzelfde deel (5, 10 of 20%)", _steady),
    "evenveel": ("elk jaar evenveel personen (2, 4 of 6% van het begin)", _even),
    "onrustig": ("om 12% heen, het ene jaar een kwart meer of minder dan het andere", _restless),
    "dalend": ("van 20 of 35% elk jaar 0 tot 30% lager, en van jaar tot jaar een tiende anders", _falling),
    "dwalend": ("vanaf 12% elk jaar een vijfde hoger of lager dan het jaar ervoor", _wandering),
    "vlak dalend": ("van 30% elk jaar precies 15% lager", _smoothly),
}


def invented(
    paces: Sequence[float], size: int, draw: np.random.Generator, aged: bool
) -> Iterator[tuple[dict[str, int], dict[str, int], dict[str, int]]]:
    """Yield for every year who of each age class is obliged at its start, who of them left in it, and who of each class
    is still obliged at its end.

    Where people are `aged` they grow older, and leave at the AOW age as well; else the pace is that of all together.
    """
    classes = reference.age_classes()
    counts = {one.label: round(size * START.get(one.label, 0)) for one in classes}
    for year, pace in enumerate(paces):
        after, gone = dict.fromkeys(counts, 0), dict.fromkeys(counts, 0)
        end = float(aow_age(FIRST + year))
        for place, one in enumerate(classes):
            oldest = one.upper is None
            older = 0 if not aged else 1 / ((end if one.upper is None else one.upper) - one.lower)
            share = min(max(pace, older) if oldest else pace, 1.0)
            gone[one.label] = int(draw.binomial(counts[one.label], share))
            kept = counts[one.label] - gone[one.label]
            up = 0 if oldest else int(draw.binomial(kept, min(older, 1.0)))
            after[one.label] += kept - up
            if up:
                after[classes[place + 1].label] += up
        yield counts, gone, after
        counts = after


@cache
def _choices() -> TempoChoices:
    """The choices, but that scenarios go no further than is tried."""
    chosen = cells.load_choices()
    return chosen.model_copy(update={"vooruit": chosen.vooruit.model_copy(update={"jaren": AHEAD})})


@dataclass(frozen=True)
class History:
    """What reports show of years one after another: rows by calendar year, and who was still obliged at its end."""

    rows: Sequence[TempoRow]
    left: Mapping[int, int]

    def at(self, year: int) -> list[Projection]:
        """Return the scenarios of a report at the end of a year, which sees that year and those before."""
        seen = [row for row in self.rows if int(row.periode) <= year]
        recent = [replace(row, periode=cells.RECENT) for row in seen if int(row.periode) == year]
        found = outlook(Seen(date(year, 12, 31), [*seen, *recent], BASE - 1), _choices())
        return list(found.projections)

    def tally(self, year: int, found: Tally) -> None:
        """Hold the scenarios of a year against the counts at the end of every later year."""
        for scenario in self.at(year):
            for later in range(year + 1, max(self.left) + 1):
                step = scenario.on(date(later, 12, 31))
                if step is not None:
                    _, fewest, most = step.shown
                    held = fewest <= self.left[later] <= most
                    found.setdefault((scenario.kind, later - year), Counter())[held] += 1


def _fives(count: int) -> int:
    return BASE * round(count / BASE)


def _row(year: int, kind: str, category: str, counts: tuple[int, int, int]) -> TempoRow:
    """`counts` has who is obliged at the start, who of them left, and who is obliged at the end."""
    start, gone, end = counts
    return TempoRow(
        str(year),
        f"{year}-01-01",
        f"{year}-12-31",
        kind,
        category,
        ALL,
        gone,
        start,
        end,
        Decimal(100 * gone) / start if start >= 50 and gone >= 10 else None,
    )


def history(paces: Sequence[float], size: int, draw: np.random.Generator, aged: bool) -> History:
    """Make a history of persons who leave at these paces."""
    rows, left = [], {}
    for year, (before, gone, after) in enumerate(invented(paces, size, draw, aged), FIRST):
        for name in before:
            stayed = _fives(before[name] - gone[name])
            own = (stayed + _fives(gone[name]), _fives(gone[name]), _fives(after[name]))
            rows.append(_row(year, AGE, name, own))
        left[year] = _fives(sum(after.values()))
        out = _fives(sum(gone.values()))
        rows.append(_row(year, ALL, ALL, (left[year] + out, out, left[year])))
    return History(rows, left)


def tried(kind: str, series: int) -> Tally:
    """Return how often bands held on so many series of a kind, the same every time.

    The scenario by age class is tried on people who grow older, the others on people who do not.
    """
    draw, found = np.random.default_rng(crc32(kind.encode())), Tally()
    _, paces = KINDS[kind]
    for _ in range(series):
        size = int(draw.choice([3_000, 20_000, 50_000]))
        known = paces(draw, SEEN + AHEAD)
        for aged in (False, True):
            one = Tally()
            history(known, size, draw, aged).tally(FIRST + SEEN - 1, one)
            for (way, far), counts in one.items():
                if aged == (way == BY_AGE):
                    found.setdefault((way, far), Counter()).update(counts)
    return found


def published(rows: Sequence[TempoRow]) -> tuple[Tally, list[str]]:
    """Return how often bands held on the years of a `tempo.csv`, and a line for each scenario and day.

    The file has nothing by age of years that are over, and so there is no scenario by age.
    """
    years = [row for row in rows if row.route == ALL and row.periode.isdigit()]
    whole = {int(row.periode): row for row in years if row.kenmerk == ALL}
    left = {year: (row.plichtig_begin or 0) - row.uitgestroomd for year, row in whole.items()}
    ends = [replace(row, plichtig_peildatum=left[int(row.periode)]) for row in whole.values()]
    seen, found, lines = History(ends, left), Tally(), []
    for year in sorted(whole)[:-1]:
        seen.tally(year, found)
        for scenario in seen.at(year):
            for later in range(year + 1, max(left) + 1):
                step = scenario.on(date(later, 12, 31))
                assert step is not None
                central, fewest, most = step.shown
                told = "ja" if fewest <= left[later] <= most else "nee"
                lines.append(
                    f"| {year} | {later} | {scenario.kind} | {central} | {fewest} – {most} | {left[later]} | {told} |"
                )
    return found, lines


def percent(found: Tally, way: str, years: Sequence[int]) -> float | None:
    """Return the percentage of counts so far ahead that lay within a scenario's band; None where none was tried."""
    counts = sum((found.get((way, far), Counter()) for far in years), Counter[bool]())
    return 100 * counts[True] / counts.total() if counts.total() else None


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="benchmarks.scenarios", description=__doc__)
    parser.add_argument("--series", type=int, default=1000)
    parser.add_argument("--tempo", type=Path, help="a published tempo.csv")
    asked = parser.parse_args()
    ahead = ([1], [2], [5], [10], list(range(1, 6)))
    print("| tempo | scenario | na 1 jaar | 2 | 5 | 10 | 1 tot en met 5 |\n|---|---|---|---|---|---|---|")
    for kind in KINDS:
        found = tried(kind, asked.series)
        for way in WAYS:
            shares = [percent(found, way, years) for years in ahead]
            told = " | ".join("–" if share is None else f"{share:.0f}" for share in shares)
            print(f"| {kind} | {way} | {told} |", flush=True)
    if asked.tempo:
        found, lines = published(TEMPO.read(asked.tempo))
        print(
            "\n| eind | later | scenario | verwacht | band | geteld | erin |\n|---|---|---|---|---|---|---|"
        )
        print("\n".join(lines))
        for way in WAYS:
            print(way, percent(found, way, range(1, 20)))


if __name__ == "__main__":
    main()
