"""The follow-up delivery held against the first one, without the pipeline: every change as often as was chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from shared import Made

from schemas import columns as c
from wi2007 import reference
from wi2007.demo import settings as first_settings
from wi2007.demo.follow_up import people
from wi2007.demo.rows import COLUMNS
from wi2007.project import DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM, REFERENCE

# The same on every machine: recorded once, changed only together with a change of the delivery.
SHA256 = "6894c713e4e4488d322dfdf461ed0467a3520d6e86dd01c66ad89bed477bddde"
# The columns of the first delivery alone, as they were before there were others.
WITHOUT_DETAILS = "7a15b83ce658f31cc7c975fa3108fd3fe62cc54ee86302124a5869e3fcd9956c"

CHOSEN = people.load()
TENS = 20

# Everyone in both deliveries, with the municipality of either one in the classification of the second peildatum.
PAIRS = """
create table paren as
with opvolging as (
    select gemeentecode as oud, opvolger as nieuw from herindelingen
    where hoofdopvolger = 'ja' and ingangsdatum <= '{day}'
  ),
  pad as (
    with recursive p(oud, nieuw) as (
      select * from opvolging union select p.oud, o.nieuw from p join opvolging o on p.nieuw = o.oud
    ) select * from p where nieuw not in (select oud from opvolging)
  )
select a.*, b as later,
  coalesce(pa.nieuw, a.gemeentecode) as woonde, coalesce(pb.nieuw, b.gemeentecode) as woont,
  a.gevraagde_nationaliteit = 'Turks' as turks,
  a.statuscode = 'IBP' as plichtig
from a join b using (persoonsnummer)
left join pad pa on pa.oud = a.gemeentecode
left join pad pb on pb.oud = b.gemeentecode
"""


@pytest.fixture(scope="module")
def written(demonstration: Made) -> tuple[Path, Path]:
    first, later = (
        next(demonstration.trial.raw(peildatum).parent.glob("*.csv"))
        for peildatum in (DEMONSTRATION_PEILDATUM, FOLLOW_UP_PEILDATUM)
    )
    return first, later


@pytest.fixture(scope="module")
def base(written: tuple[Path, Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        read = "read_csv('{}', all_varchar=true, header=true, delim='{}', nullstr='')"
        for name, path in zip("ab", written, strict=True):
            connection.execute(f"create table {name} as from {read.format(path, ';')}")
        for name in ("herindelingen", "gemeenten"):
            connection.execute(f"create table {name} as from {read.format(REFERENCE / f'{name}.csv', ',')}")
        connection.execute(PAIRS.format(day=CHOSEN.peildatum.isoformat()))
        yield connection


def one(base: duckdb.DuckDBPyConnection, query: str) -> int:
    row = base.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def groups(base: duckdb.DuckDBPyConnection, condition: str) -> tuple[int, int]:
    """Persons in both deliveries, no Turkish national before: obliged at first, and the others."""
    query = f"select count(*) from paren where not turks and {{}} plichtig and ({condition})"
    return one(base, query.format("")), one(base, query.format("not"))


def test_the_folders_are_those_of_the_choices() -> None:
    assert first_settings.load().peildatum.isoformat() == DEMONSTRATION_PEILDATUM
    assert CHOSEN.peildatum.isoformat() == FOLLOW_UP_PEILDATUM


def test_the_bytes_are_those_recorded(written: tuple[Path, Path]) -> None:
    assert hashlib.sha256(written[1].read_bytes()).hexdigest() == SHA256


def test_the_details_leave_the_other_columns_as_they_were(written: tuple[Path, Path]) -> None:
    lines = written[1].read_bytes().decode("utf-8").split("\r\n")
    others = "\r\n".join(";".join(line.split(";")[: len(COLUMNS)]) for line in lines)
    assert hashlib.sha256(others.encode()).hexdigest() == WITHOUT_DETAILS


def test_the_file_is_as_the_first_one(written: tuple[Path, Path], base: duckdb.DuckDBPyConnection) -> None:
    lines = written[1].read_bytes().decode("utf-8").split("\r\n")
    assert lines[0] == ";".join(c.COLUMNS)
    assert lines.pop() == ""
    assert {line.count(";") for line in lines} == {len(c.COLUMNS) - 1}
    assert one(base, "select count(distinct persoonsnummer) from b") == len(lines) - 1
    assert one(base, "select count(*) from b where not regexp_full_match(persoonsnummer, 'DEMO\\d{8}')") == 0


@pytest.mark.parametrize(("place", "age"), [*enumerate(reference.age_classes()[1:])])
def test_those_who_left_do_so_by_the_rates_of_their_age_class(
    base: duckdb.DuckDBPyConnection, place: int, age: reference.AgeClass
) -> None:
    """The class is certain when the first and the last day that the birth date allows give the same."""
    first = "geboortedatum[:4] || replace(geboortedatum[5:6], '00', '01') || replace(geboortedatum[7:], '00', '01')"
    last = "geboortedatum[:4] || replace(geboortedatum[5:6], '00', '12') || replace(geboortedatum[7:], '00', '31')"
    within = " and ".join(
        f"(20220701 - cast({day} as int)) // 10000 between {age.lower} and {(age.upper or 200) - 1}"
        for day in (first, last)
    )
    of_class = f"plichtig and geboortedatum <> '00000000' and {within}"
    size = groups(base, of_class)[0]
    assert size > TENS
    for code, rates in CHOSEN.status.uitstroom.items():
        left = groups(base, f"{of_class} and later.statuscode = '{code}'")[0]
        assert left == size * rates[place] // 1000, code


def test_every_way_out_occurs(base: duckdb.DuckDBPyConnection) -> None:
    for code in CHOSEN.status.uitstroom:
        left, none = groups(base, f"plichtig and later.statuscode = '{code}'")
        assert left >= TENS
        assert none == 0
    assert groups(base, "plichtig and later.statuscode <> 'IBP'")[0] == sum(
        one(base, f"select count(*) from paren where not turks and plichtig and later.statuscode = '{code}'")
        for code in CHOSEN.status.uitstroom
    )


def test_about_one_in_six_left_and_the_group_is_near_the_later_count(base: duckdb.DuckDBPyConnection) -> None:
    obliged = one(
        base, "select count(*) from b where statuscode = 'IBP' and gevraagde_nationaliteit <> 'Turks'"
    )
    assert 6500 < obliged < 6750


@pytest.mark.parametrize("code", CHOSEN.status.terug)
def test_some_came_back(base: duckdb.DuckDBPyConnection, code: str) -> None:
    back = f"statuscode = '{code}' and later.statuscode = 'IBP'"
    assert groups(base, back) == (0, CHOSEN.status.terug[code])


def test_some_statuses_are_corrected_and_keep_their_day(base: duckdb.DuckDBPyConnection) -> None:
    for code, targets in CHOSEN.status.verbeterd.items():
        for target, count in targets.items():
            changed = f"statuscode = '{code}' and later.statuscode = '{target}'"
            same_day = "and statusdatum is not distinct from later.statusdatum"
            assert groups(base, changed) == groups(base, changed + same_day) == (0, count)


def test_what_was_reached_lies_between_the_peildata(base: duckdb.DuckDBPyConnection) -> None:
    reached = "statuscode <> later.statuscode and (plichtig or later.statuscode = 'IBP')"
    reached += " and later.statusdatum is not null"
    outside = "not (later.statusdatum > '20220701' and later.statusdatum <= '20231001')"
    assert one(base, f"select count(*) from paren where {reached}") > 1400
    assert one(base, f"select count(*) from paren where {reached} and {outside}") == 0
    unchanged = "statuscode = later.statuscode and statusdatum is distinct from later.statusdatum"
    assert one(base, f"select count(*) from paren where {unchanged}") == 0


@pytest.mark.parametrize("column", ["geslacht", "geboortedatum", "land_van_herkomst", "doelgroep"])
def test_data_are_corrected_as_often_as_chosen(base: duckdb.DuckDBPyConnection, column: str) -> None:
    chosen = getattr(CHOSEN.verbeteringen, column)
    counts = groups(base, f"{column} is distinct from later.{column}")
    assert counts == (chosen.nog_plichtig, chosen.anderen)
    assert min(counts) >= TENS


def test_countries_change_as_listed(base: duckdb.DuckDBPyConnection) -> None:
    found = base.execute(
        "select distinct land_van_herkomst, later.land_van_herkomst from paren "
        "where land_van_herkomst <> later.land_van_herkomst"
    ).fetchall()
    assert all(target in CHOSEN.verbeteringen.landen[code] for code, target in found)


def test_nationalities_are_corrected_as_often_as_chosen(base: duckdb.DuckDBPyConnection) -> None:
    chosen = CHOSEN.verbeteringen
    asked = "gevraagde_nationaliteit = '{}' and later.gevraagde_nationaliteit = '{}'"
    first = "nationaliteit_1 is distinct from later.nationaliteit_1"
    counts = groups(base, f"{asked.format('anders', 'anders')} and {first}")
    assert counts == (chosen.nationaliteit.nog_plichtig, chosen.nationaliteit.anderen)
    counts = groups(base, asked.format("anders", "Turks"))
    assert counts == (chosen.wordt_turks.nog_plichtig, chosen.wordt_turks.anderen)
    back = f"select count(*) from paren where {asked.format('Turks', 'anders')} and {{}} plichtig"
    assert one(base, back.format("")) == chosen.niet_turks.nog_plichtig
    assert one(base, back.format("not")) == chosen.niet_turks.anderen
    became = groups(base, f"{asked.format('anders', 'Nederlands')} and later.nationaliteit_1 = '0001'")
    assert became == groups(base, asked.format("anders", "Nederlands"))
    assert min(became) >= TENS


def test_persons_are_new_and_gone_as_often_as_chosen(base: duckdb.DuckDBPyConnection) -> None:
    query = "select count(*) from {} anti join {} using (persoonsnummer) where {} statuscode = 'IBP'"
    chosen = CHOSEN.personen
    assert one(base, query.format("a", "b", "")) == chosen.weg.nog_plichtig
    assert one(base, query.format("a", "b", "not")) == chosen.weg.anderen
    assert one(base, query.format("b", "a", "")) == chosen.nieuw.nog_plichtig
    assert one(base, query.format("b", "a", "not")) == chosen.nieuw.anderen


def test_people_move_as_often_as_chosen(base: duckdb.DuckDBPyConnection) -> None:
    stayed = "later.statuscode <> 'VERTROKKEN' or statuscode = 'VERTROKKEN'"
    for share, was, became in (
        ("verhuisd", "woonde not in ('0000', '1999')", "woont not in ('0000', '1999')"),
        ("naar_rni", "woonde not in ('0000', '1999')", "woont = '1999'"),
        ("uit_rni", "woonde = '1999'", "woont <> '1999'"),
        ("gevonden", "woonde = '0000'", "woont <> '0000'"),
    ):
        free = f"({was}) and ({stayed}) and not (woonde = '1999' and statuscode <> 'IBP' and later.statuscode = 'IBP')"
        chosen = getattr(CHOSEN.adres, share)
        sizes = groups(base, free)
        moved = groups(base, f"{free} and woonde <> woont and ({became})")
        expected = (sizes[0] * chosen.nog_plichtig // 1000, sizes[1] * chosen.anderen // 1000)
        if share == "verhuisd":  # out of who did not go abroad
            abroad = groups(base, f"{free} and woont = '1999'")
            expected = tuple(
                (size - gone) * rate // 1000
                for size, gone, rate in zip(sizes, abroad, (chosen.nog_plichtig, chosen.anderen), strict=True)
            )
        assert moved == expected, share
        assert share in {"uit_rni", "gevonden"} or min(moved) >= TENS


def test_who_departed_is_in_the_register_of_non_residents(base: duckdb.DuckDBPyConnection) -> None:
    assert groups(base, "plichtig and later.statuscode = 'VERTROKKEN' and woont <> '1999'") == (0, 0)
    assert groups(base, "plichtig and later.statuscode = 'VERTROKKEN' and woonde <> '1999'")[0] >= TENS
    returned = "statuscode = 'VERTROKKEN' and woonde = '1999' and later.statuscode = 'IBP'"
    assert groups(base, returned)[1] >= TENS
    assert groups(base, f"{returned} and woont in ('0000', '1999')") == (0, 0)


def test_municipalities_merged_and_some_keep_the_old_code(base: duckdb.DuckDBPyConnection) -> None:
    ended = "gemeentecode in ('0501', '0530', '0614')"
    assert groups(base, f"{ended} and later.gemeentecode = '1992'")[1] > 500
    assert groups(base, f"{ended} and later.gemeentecode = '1992'")[0] >= TENS
    assert TENS < groups(base, f"{ended} and later.gemeentecode = gemeentecode")[1] < 150
    late = f"later.{ended} and not coalesce(later.statusdatum < '20230101', false)"
    assert groups(base, late) == (0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        "statusdatum < startdatum_plicht or statusdatum > '20231001'",
        "geboortedatum not like '%00' and cast(startdatum_plicht[:4] as int) - cast(geboortedatum[:4] as int) < 16",
        "geboortedatum not like '%00' and cast(startdatum_plicht[:4] as int) - cast(geboortedatum[:4] as int) > 65",
        "geboortedatum not like '%00' and try_strptime(geboortedatum, '%Y%m%d') is null",
        "nationaliteit_1 is null",
        "nationaliteit_2 is null and nationaliteit_3 is not null",
        "nationaliteit_3 is null and nationaliteit_4 is not null",
        "nationaliteit_1 in (nationaliteit_2, nationaliteit_3, nationaliteit_4)",
        "nationaliteit_2 in (nationaliteit_3, nationaliteit_4) or nationaliteit_3 = nationaliteit_4",
        "gemeentecode not in (select gemeentecode from gemeenten)",
        "statuscode = 'IBP' and geboortedatum > '19981001'",
        f"statuscode <> 'IBP' and coalesce({', '.join(c.DETAILS)}) is not null",
        "laatste_examendatum < startdatum_plicht or laatste_examendatum > '20231001'",
        "try_strptime(laatste_examendatum, '%Y%m%d') is null and laatste_examendatum is not null",
        "dayname(strptime(laatste_examendatum, '%Y%m%d')) = 'Sunday'",
        "examenonderdelen_behaald not in ('0', '1', '2', '3', '4', '5')",
        "taaluren <> cast(cast(taaluren as int) as text) or cast(taaluren as int) not between 0 and 9999",
        "inkomensbron not in ('loon', 'zelfstandig', 'bijstand', 'overig', 'geen')",
        "ontheffing_geweigerd not in ('ja', 'nee')",
    ],
)
def test_no_row_breaks_a_rule(base: duckdb.DuckDBPyConnection, wrong: str) -> None:
    assert one(base, f"select count(*) from b where {wrong}") == 0


@pytest.mark.parametrize("column", c.DETAILS)
def test_a_detail_is_empty_for_about_as_many_as_chosen(base: duckdb.DuckDBPyConnection, column: str) -> None:
    obliged = "select count(*) from b where statuscode = 'IBP'"
    if column == c.EXAM_DAY:  # of those who surely tried
        obliged += " and cast(examenonderdelen_behaald as int) > 0"
    size, empty = one(base, obliged), one(base, f"{obliged} and {column} is null")
    share = CHOSEN.gegevens.leeg[column] / 1000
    assert empty > TENS
    assert abs(empty - share * size) < 4 * (size * share) ** 0.5


def test_details_depend_on_age_and_on_one_another(base: duckdb.DuckDBPyConnection) -> None:
    """Older persons passed fewer parts and live on bijstand more often; many hours go with a refusal."""
    obliged = "from b where statuscode = 'IBP' and cast(geboortedatum[:4] as int) between {} and {}"
    young, old = obliged.format(1983, 1998), obliged.format(1959, 1977)

    def share(value: str, of: str) -> float:
        (found,) = base.execute(f"select avg({value}) {of}").fetchone() or (0,)
        return float(found)

    parts, bijstand = "cast(examenonderdelen_behaald as int)", "cast(inkomensbron = 'bijstand' as int)"
    assert share(parts, young) > share(parts, old) + 0.4
    assert share(bijstand, old) > share(bijstand, young) + 0.05
    refused, hours = "cast(ontheffing_geweigerd = 'ja' as int)", "from b where cast(taaluren as int)"
    assert share(refused, f"{hours} >= 600") > 2 * share(refused, f"{hours} < 600")


def test_some_have_more_than_one_change(base: duckdb.DuckDBPyConnection) -> None:
    several = "statuscode <> later.statuscode and geslacht <> later.geslacht"
    several += " or woonde <> woont and geboortedatum <> later.geboortedatum"
    assert sum(groups(base, several)) >= TENS
