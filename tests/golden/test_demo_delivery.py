"""The written delivery, counted without the pipeline: DuckDB reads the file and the reference tables.

Its tables are those of the study, and its rows look like a register's and keep its rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from shared import Made
from trial import FIRST

from wi2007 import study
from wi2007.demo.rows import COLUMNS
from wi2007.project import REFERENCE

# The same on every machine: recorded once, changed only together with a change of the delivery.
SHA256 = "fab35935a0ca13c30be72febd957c0e5888dc8658f4d6f4e1825d36a72e38cdb"

PEILDATUM = "date '2022-07-01'"
DIMENSIONS = {
    "land_van_herkomst": "land",
    "gemeente": "gemeente",
    "leeftijdsklasse": "leeftijd",
    "geslacht": "geslacht",
    "uitstroomroute": "route",
}
RNI = "Register niet-ingezetenen"

# A birth date stands for all days it allows; its class is certain when the first and the last day give the same.
PERSONS = f"""
create table personen as
with recursive
  opvolging as (
    select gemeentecode, opvolger from herindelingen
    where hoofdopvolger = 'ja' and cast(ingangsdatum as date) <= {PEILDATUM}
  ),
  pad(begin, eind) as (
    select gemeentecode, opvolger from opvolging
    union
    select pad.begin, opvolging.opvolger from pad join opvolging on pad.eind = opvolging.gemeentecode
  ),
  slot as (select begin, eind from pad where eind not in (select gemeentecode from opvolging)),
  dagen as (
    select *,
      if(geboortedatum = '00000000', null, strptime(
        replace(geboortedatum[:4] || '-' || geboortedatum[5:6] || '-' || geboortedatum[7:], '-00', '-01'), '%Y-%m-%d'
      )::date) as eerste
    from levering
  ),
  grenzen as (
    select *,
      case when eerste is null then null
        when geboortedatum[5:] = '0000' then eerste + interval 1 year - interval 1 day
        when geboortedatum[7:] = '00' then eerste + interval 1 month - interval 1 day
        else eerste end as laatste
    from dagen
  ),
  jaren as (
    select *, {{age_first}} as oudst, {{age_last}} as jongst from grenzen
  )
select j.*, r.uitstroomroute as route, l.leesnaam as land, g.leesnaam as gemeente,
  coalesce(k.leeftijdsklasse, 'Onbekend') as leeftijd,
  case j.geslacht when 'M' then 'man' when 'V' then 'vrouw' end as geslacht_naam
from jaren j
left join uitstroomroutes r using (statuscode)
left join landen l on l.landcode = j.land_van_herkomst
left join slot s on s.begin = j.gemeentecode
left join gemeenten g on g.gemeentecode = coalesce(s.eind, j.gemeentecode)
left join leeftijdsklassen k on j.oudst >= cast(k.vanaf as int) and j.jongst >= cast(k.vanaf as int)
  and (k.tot is null or (j.oudst < cast(k.tot as int) and j.jongst < cast(k.tot as int)))
"""


def _years(day: str) -> str:
    """Full years at the peildatum of somebody born on `day`, by comparing month and day."""
    before = f"(month({PEILDATUM}), day({PEILDATUM})) < (month({day}), day({day}))"
    return f"(year({PEILDATUM}) - year({day}) - if({before}, 1, 0))"


@pytest.fixture(scope="module")
def written(demonstration: Made) -> Path:
    return next(demonstration.trial.raw(FIRST).parent.glob("*.csv"))


@pytest.fixture(scope="module")
def base(written: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        read = "read_csv('{}', all_varchar=true, header=true, delim='{}', quote='\"', nullstr='')"
        connection.execute(f"create table levering as from {read.format(written, ';')}")
        for path in sorted(REFERENCE.glob("*.csv")):
            connection.execute(f"create table {path.stem} as from {read.format(path, ',')}")
        connection.execute(PERSONS.format(age_first=_years("eerste"), age_last=_years("laatste")))
        yield connection


def one(base: duckdb.DuckDBPyConnection, query: str) -> int:
    row = base.execute(query).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture(scope="module")
def counts(base: duckdb.DuckDBPyConnection) -> list[tuple[str | int, ...]]:
    """Persons kept, by route, gender, country, municipality and age class, with their number."""
    return base.execute(
        "select route, geslacht_naam, land, gemeente, leeftijd, count(*) from personen "
        "where gevraagde_nationaliteit <> 'Turks' group by all"
    ).fetchall()


def test_the_file_is_as_duo_writes_it(written: Path) -> None:
    content = written.read_bytes()
    lines = content.decode("utf-8").split("\r\n")
    assert lines[0] == ";".join(COLUMNS)
    assert lines.pop() == ""
    assert len(lines) == 1 + 236_997 + 18_000
    assert b'"' not in content
    assert content.count(b"\n") == len(lines)
    assert {line.count(";") for line in lines} == {len(COLUMNS) - 1}


def test_the_bytes_are_those_recorded(written: Path) -> None:
    assert hashlib.sha256(written.read_bytes()).hexdigest() == SHA256


def test_every_figure_of_the_study_comes_out(counts: list[tuple[str | int, ...]]) -> None:
    names = ["route", "geslacht", "land", "gemeente", "leeftijd"]
    wrong = [figure for figure in study.figures() if _counted(figure, counts, names) != figure.correct]
    assert wrong == []


def _counted(figure: study.Figure, counts: list[tuple[str | int, ...]], names: list[str]) -> Decimal:
    kept = [
        row for row in counts if figure.populatie == "wi2007" or row[0] == "Nog steeds inburgeringsplichtig"
    ]
    column = _select(kept, names, figure, figure.kolomvariabele, figure.kolom)
    cell = _select(column, names, figure, figure.rijvariabele, figure.rij)
    number = sum(int(row[-1]) for row in cell)
    if figure.maat == study.COUNT:
        return Decimal(number)
    of_all = figure.rijvariabele == study.TOTAL and figure.kolomvariabele == "geslacht"
    whole = sum(int(row[-1]) for row in (kept if of_all else column))
    return (Decimal(number) * 100 / whole).quantize(Decimal(1).scaleb(-figure.decimals), ROUND_HALF_UP)


def _select(
    rows: list[tuple[str | int, ...]], names: list[str], figure: study.Figure, variable: str, category: str
) -> list[tuple[str | int, ...]]:
    if study.TOTAL in (variable, category):
        return rows
    place = names.index(DIMENSIONS[variable])
    if not category.startswith("Overig"):
        return [row for row in rows if row[place] == category]
    same = [f for f in study.figures() if f.tabel == figure.tabel]
    named = {f.rij for f in same if f.rijvariabele == variable} | {
        f.kolom for f in same if f.kolomvariabele == variable
    }
    return [row for row in rows if row[place] not in named]


@pytest.mark.parametrize(
    ("tabel", "dimension", "size"),
    [("2.1", "land", 10), ("2.2", "gemeente", 10), ("2.4", "land", 5), ("2.5", "gemeente", 5)],
)
def test_the_largest_are_those_the_study_names(
    base: duckdb.DuckDBPyConnection, tabel: str, dimension: str, size: int
) -> None:
    obliged = "and statuscode = 'IBP'" if tabel in {"2.1", "2.2"} else ""
    ranked = base.execute(
        f"select {dimension}, count(*) from personen where gevraagde_nationaliteit <> 'Turks' {obliged} "
        f"and {dimension} not in ('Onbekend', '{RNI}') group by 1 order by 2 desc"
    ).fetchall()
    figures = [f for f in study.figures() if f.tabel == tabel]
    variable = "land_van_herkomst" if dimension == "land" else "gemeente"
    named = [f.rij for f in figures if f.rijvariabele == variable] or [
        f.kolom for f in figures if f.kolomvariabele == variable
    ]
    named = [name for name in dict.fromkeys(named) if not name.startswith("Overig") and name != RNI]
    largest = [name for name, _ in ranked[:size]]
    assert set(largest) == set(named)
    if obliged:
        assert largest == named
    sizes = [count for _, count in ranked[: size + 1]]
    assert all(more > fewer for more, fewer in pairwise(sizes))


def test_all_rows_carry_the_mark_and_are_unique(base: duckdb.DuckDBPyConnection) -> None:
    assert (
        one(base, "select count(*) from levering where not regexp_full_match(persoonsnummer, 'DEMO\\d{8}')")
        == 0
    )
    assert one(base, "select count(distinct persoonsnummer) from levering") == 254_997


@pytest.mark.parametrize(
    "wrong",
    [
        "geslacht not in ('M', 'V', 'O') or geslacht is null",
        "gevraagde_nationaliteit not in ('Nederlands', 'Turks', 'anders') or gevraagde_nationaliteit is null",
        "doelgroep not in ('NIEUWKOMER', 'OUDKOMER')",
        "route is null or land is null or gemeente is null",
        "gemeentecode not in (select gemeentecode from gemeenten)",
        "statusdatum < startdatum_plicht or statusdatum > '20220701'",
        "startdatum_plicht not between '20070101' and '20121231'",
        "try_strptime(statusdatum, '%Y%m%d') is null and statusdatum is not null",
        "try_strptime(startdatum_plicht, '%Y%m%d') is null and startdatum_plicht is not null",
        "geboortedatum is null or length(geboortedatum) <> 8 or eerste > date '1996-12-31'",
        "eerste = laatste and strptime(startdatum_plicht, '%Y%m%d')::date < eerste + interval 16 year - interval 1 day",
        "eerste = laatste and strptime(startdatum_plicht, '%Y%m%d')::date >= eerste + interval 65 year",
        "statusdatum = startdatum_plicht and statuscode in ('VOLDAAN', 'ONTHEFFING_AGI')",
        "nationaliteit_1 is null",
        "nationaliteit_2 is null and nationaliteit_3 is not null",
        "nationaliteit_3 is null and nationaliteit_4 is not null",
        "nationaliteit_1 in (nationaliteit_2, nationaliteit_3, nationaliteit_4)",
        "nationaliteit_2 in (nationaliteit_3, nationaliteit_4) or nationaliteit_3 = nationaliteit_4",
        "geslacht = 'O' and gevraagde_nationaliteit <> 'Turks'",
        "statuscode = 'IBP' and leeftijd = 'tot 25'",
    ],
)
def test_no_row_breaks_a_rule(base: duckdb.DuckDBPyConnection, wrong: str) -> None:
    assert one(base, f"select count(*) from personen where {wrong}") == 0


def test_all_nationalities_are_in_force(base: duckdb.DuckDBPyConnection) -> None:
    for number in range(1, 5):
        column = f"nationaliteit_{number}"
        query = f"""select count(*) from levering left join nationaliteiten n on n.nationaliteitcode = {column}
            where {column} is not null
              and (n.naam is null or n.geldig_vanaf > '2022-07-01' or n.geldig_tot <= '2022-07-01')"""
        assert one(base, query) == 0


@pytest.mark.parametrize(
    ("least", "what"),
    [
        (5000, "geboortedatum like '____0000' and geboortedatum <> '00000000'"),
        (1000, "geboortedatum like '______00' and geboortedatum not like '____0000'"),
        (200, "geboortedatum = '00000000'"),
        (20_000, "nationaliteit_2 is not null"),
        (100, "nationaliteit_4 is not null"),
        (
            8000,
            "gevraagde_nationaliteit <> 'Turks' and '0339' in (nationaliteit_1, nationaliteit_2, nationaliteit_3)",
        ),
        (17_000, "gevraagde_nationaliteit = 'Turks' and '0339' in (nationaliteit_1, nationaliteit_2)"),
        (
            300,
            "gevraagde_nationaliteit = 'Turks' and not coalesce('0339' in (nationaliteit_1, nationaliteit_2), false)",
        ),
        (800, "gemeentecode in (select gemeentecode from herindelingen)"),
        (100, "gemeentecode = '0457'"),
        (20, "gemeentecode in (select gemeentecode from herindelingen where soort = 'splitsing')"),
        (5, "gemeentecode in ('0241', '0585', '1908', '1921', '1927')"),
        (300, "gemeentecode = '0000'"),
        (22_113, "gemeentecode = '1999'"),
        (100, "statusdatum is null"),
        (100, "startdatum_plicht is null"),
        (3, "geslacht = 'O'"),
    ],
)
def test_rows_look_like_a_register(base: duckdb.DuckDBPyConnection, least: int, what: str) -> None:
    assert one(base, f"select count(*) from levering where {what}") >= least


def test_everything_that_can_occur_occurs(base: duckdb.DuckDBPyConnection) -> None:
    in_force = "coalesce(geldig_vanaf, '') <= '2022-07-01' and coalesce(geldig_tot, '9') > '2022-07-01'"
    for table, code, column in (
        ("landen", "landcode", "land_van_herkomst"),
        ("uitstroomroutes", "statuscode", "statuscode"),
        ("leeftijdsklassen", "leeftijdsklasse", "leeftijd"),
    ):
        condition = in_force if table == "landen" else f"{code} <> 'tot 25'"
        query = f"select count(*) from {table} where {condition} and {code} not in (select {column} from personen)"
        assert one(base, query) == 0
    query = (
        f"select count(*) from gemeenten where {in_force} and leesnaam not in (select gemeente from personen)"
    )
    assert one(base, query) == 0
    assert one(base, "select count(distinct gemeente) from personen") == 344 + 2


def test_the_population_is_the_study_s(base: duckdb.DuckDBPyConnection) -> None:
    kept = "gevraagde_nationaliteit <> 'Turks'"
    assert one(base, f"select count(*) from personen where {kept}") == 236_997
    assert one(base, f"select count(*) from personen where {kept} and land_van_herkomst = '6043'") == 17_551
    unknown = one(base, f"select count(*) from personen where {kept} and route = 'Onbekend'")
    ni = one(base, f"select count(*) from personen where {kept} and statuscode = 'NI'")
    assert 0.91 < ni / unknown < 0.95
    obliged = f"{kept} and statuscode = 'IBP'"
    newcomers = one(base, f"select count(*) from personen where {obliged} and doelgroep = 'NIEUWKOMER'")
    assert newcomers / 7919 == pytest.approx(0.38, abs=0.01)
    assert one(base, f"select count(*) from personen where {obliged} and leeftijd = 'Onbekend'") == 14
    assert one(base, f"select count(*) from personen where {obliged} and geboortedatum like '%00'") > 100
