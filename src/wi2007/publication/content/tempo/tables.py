"""The tables of outflow and projections.

What does not belong here: charts, running text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.tempo_tables import OUTLOOK, TEMPO, OutlookRow, TempoRow
from wi2007 import dutch
from wi2007.publication.content.display import counted, slug, variable_label
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.phrases import Writer
from wi2007.publication.content.tempo.figures import Tempo, per_100
from wi2007.publication.content.wording import number
from wi2007.publication.document import Cell, Column, Row, Table
from wi2007.tempo.cells import ALL_ROUTES
from wi2007.tempo.periods import RECENT

GROUPS = ("leeftijdsklasse", "land_van_herkomst")
NUMBERS = {"aantallen": "U.1", "per_100": "U.2", "groepen": "U.3", "jaren": "U.4", "vooruitzicht": "U.5"}


@dataclass(frozen=True)
class Setting:
    """What the tables are shown with."""

    tempo: Tempo
    inputs: Inputs
    writer: Writer
    source: str

    def words(self, name: str, **values: object) -> str:
        """One of the texts around them."""
        texts = self.writer.texts.report.tempo
        return self.writer.words(texts[name], f"rapport.yaml, tempo > {name}", **values)

    def population(self, name: str) -> str:
        """Who a table or chart is about."""
        own = f"populatie_{name}"
        return self.words(own if own in self.writer.texts.report.tempo else "populatie")

    def label(self, period: str) -> str:
        """A period as readers see it."""
        return self.words("laatste_maanden") if period == RECENT else period

    @property
    def tempo_rest(self) -> tuple[str, ...]:
        """Categories that are several together."""
        return self.words("rest_land"), self.words("rest_leeftijd")

    def heading(self, variable: str) -> str:
        """A variable as it heads rows."""
        return variable_label(variable, self.inputs.specification)


def by_period(setting: Setting, shares: bool) -> Table:
    """Periods below each other, ways out beside each other; counts, or of every hundred."""
    tempo = setting.tempo
    heads = [Column(setting.words("alle_routes")), *(Column(route) for route in tempo.routes)]
    rows = []
    for period in tempo.periods:
        found = [tempo.row(period, route=route) for route in (ALL_ROUTES, *tempo.routes)]
        if shares:
            rows.append(Row(setting.label(period), tuple(_share(setting, one) for one in found)))
        else:
            start = counted(found[0].plichtig_begin or 0)
            rows.append(Row(setting.label(period), (start, *(counted(one.uitgestroomd) for one in found))))
    columns = heads if shares else [Column(setting.words("plichtig_begin")), *heads]
    return _made(setting, "per_100" if shares else "aantallen", setting.words("tijdvak"), columns, rows)


def by_group(setting: Setting) -> Table:
    """Age classes and countries below each other: the last twelve months."""
    tempo = setting.tempo
    columns = [
        Column(setting.words("plichtig_begin")),
        Column(setting.words("uitgestroomd")),
        Column(setting.words("per_100")),
        *(Column(route, group=setting.words("naar_route")) for route in tempo.routes),
    ]

    def cells(variable: str, category: str) -> tuple[Cell, ...]:
        whole = tempo.row(RECENT, variable, category)
        ways = [tempo.row(RECENT, variable, category, route) for route in tempo.routes]
        return (
            counted(whole.plichtig_begin or 0),
            counted(whole.uitgestroomd),
            _share(setting, whole),
            *(counted(one.uitgestroomd) for one in ways),
        )

    rows = list(_rows(setting, cells))
    return _made(setting, "groepen", setting.words("groep"), columns, rows)


def by_year(setting: Setting) -> Table:
    """The same groups, of every hundred, by period."""
    tempo = setting.tempo
    columns = [Column(setting.label(period)) for period in tempo.periods]

    def cells(variable: str, category: str) -> tuple[Cell, ...]:
        return tuple(_share(setting, tempo.row(period, variable, category)) for period in tempo.periods)

    return _made(setting, "jaren", setting.words("groep"), columns, list(_rows(setting, cells)))


def ahead(setting: Setting) -> Table:
    """Days below each other; of each way of looking ahead what is expected, and the ends of the band."""
    tempo = setting.tempo
    columns = [
        Column(setting.words(part), group=setting.words(f"manier_{way}"))
        for way in tempo.ways
        for part in ("verwacht", "minst", "meest")
    ]
    by_day: dict[str, dict[str, OutlookRow]] = {}
    for way in tempo.ways:
        for one in tempo.of_way(way):
            if int(one.dag[:4]) <= tempo.shown_until:
                by_day.setdefault(one.dag, {})[way] = one
    rows = [
        Row(dutch.day(date.fromisoformat(day)), tuple(_ahead(setting, found, tempo.ways)))
        for day, found in sorted(by_day.items())
    ]
    return _made(setting, "vooruitzicht", setting.words("dag"), columns, rows)


def band(setting: Setting, row: OutlookRow) -> str:
    """From the fewest to the most."""
    return setting.words("van_tot", van=dutch.count(row.minst), tot=dutch.count(row.meest))


def _ahead(setting: Setting, found: dict[str, OutlookRow], ways: Sequence[str]) -> Iterator[Cell]:
    for way in ways:
        row = found[way]
        yield from (counted(row.verwacht), counted(row.minst), counted(row.meest))


def _rows(setting: Setting, make: Callable[[str, str], tuple[Cell, ...]]) -> Iterator[Row]:
    yield Row(setting.words("iedereen"), make(ALL_ROUTES, ALL_ROUTES), role="total")
    for variable in GROUPS:
        categories = setting.tempo.categories(variable)
        if categories:
            yield Row(setting.heading(variable), role="group")
        for category in categories:
            yield Row(category, make(variable, category), role="row")


def _share(setting: Setting, row: TempoRow) -> Cell:
    shown = per_100(row)
    if shown is None:
        return Cell(setting.words("te_weinig"))
    return Cell(number(shown), float(shown))


def _made(setting: Setting, name: str, header: str, columns: Sequence[Column], rows: Sequence[Row]) -> Table:
    dataset = OUTLOOK if name == "vooruitzicht" else TEMPO
    notes = [key for key in (f"noot_{name}", f"noot_{name}_2") if key in setting.writer.texts.report.tempo]
    few = any(cell.value is None for row in rows for cell in row.cells)
    return Table(
        id=f"tabel-{slug(NUMBERS[name])}",
        number=NUMBERS[name],
        title=setting.words(f"titel_{name}"),
        population=setting.population(name),
        header=header,
        columns=tuple(columns),
        rows=tuple(rows),
        footnotes=(
            *(setting.words(key) for key in notes),
            *([setting.words("noot_te_weinig")] if few else []),
        ),
        source=setting.source,
        download=dataset.named(setting.inputs.account.exact),
        sortable=False,
    )
