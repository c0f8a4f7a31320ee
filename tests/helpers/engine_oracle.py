"""The cube counted another way: SQL on the raw text, and ages by trying every day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import duckdb

from wi2007.project import REFERENCE

Cells = dict[tuple[str, ...], int]

QUERY = """
with recursive followed(start, code, day) as (
    select gemeentecode, gemeentecode, date '0001-01-01' from read_csv('{reference}/gemeenten.csv', all_varchar=true)
    union all
    select f.start, h.opvolger, cast(h.ingangsdatum as date)
    from followed f join read_csv('{reference}/herindelingen.csv', all_varchar=true) h on h.gemeentecode = f.code
    where h.hoofdopvolger = 'ja' and cast(h.ingangsdatum as date) <= date '{peildatum}'
),
places as (select start, arg_max(code, day) as code from followed group by start)
select geslacht, land_van_herkomst, places.code, klassen.klasse, statuscode, coalesce(doelgroep, 'Onbekend'), count(*)
from read_csv('{delivery}', delim=';', header=true, all_varchar=true, nullstr='') l
join places on places.start = l.gemeentecode
join klassen on klassen.geboortedatum = l.geboortedatum
where gevraagde_nationaliteit <> 'Turks'
group by all
"""


def count(delivery: Path, peildatum: date) -> Cells:
    """Every combination that occurs in the delivery, with its number of persons who are not excluded."""
    with duckdb.connect() as database:
        births = database.execute(
            f"select distinct geboortedatum from read_csv('{delivery}', delim=';', header=true, all_varchar=true)"
        ).fetchall()
        database.execute("create table klassen (geboortedatum varchar, klasse varchar)")
        for (birth,) in births:
            database.execute("insert into klassen values (?, ?)", [birth, age_class(birth, peildatum)])
        query = QUERY.format(reference=REFERENCE, peildatum=peildatum, delivery=delivery)
        return {tuple(row[:-1]): row[-1] for row in database.execute(query).fetchall()}


def possible_births(birth: str, peildatum: date) -> list[date]:
    """Every day up to the peildatum that the known parts allow; nothing known leaves 130 years."""
    year, month, day = int(birth[:4]), int(birth[4:6]), int(birth[6:])
    if year == 0:
        first, last = date(peildatum.year - 130, 1, 1), peildatum
    elif month == 0:
        first, last = date(year, 1, 1), date(year, 12, 31)
    elif day == 0:
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    else:
        first = last = date(year, month, day)
    length = (min(last, peildatum) - first).days
    return [first + timedelta(days=at) for at in range(length + 1)]


def birthdays(birth: date, peildatum: date) -> int:
    """How many birthdays there have been; that of 29 February is 1 March in a common year."""
    years = peildatum.year - birth.year
    leap_day = (birth.month, birth.day) == (2, 29)
    common = monthrange(peildatum.year, 2)[1] == 28
    this_year = date(peildatum.year, 3, 1) if leap_day and common else birth.replace(year=peildatum.year)
    return years if this_year <= peildatum else years - 1


def age_class(birth: str, peildatum: date) -> str:
    """The class when all possible days of birth have the same, else Onbekend."""
    classes = {_class(birthdays(day, peildatum)) for day in possible_births(birth, peildatum)}
    return classes.pop() if len(classes) == 1 else "Onbekend"


def _class(age: int) -> str:
    for limit, label in (
        (25, "tot 25"),
        (35, "25 tot 35"),
        (45, "35 tot 45"),
        (55, "45 tot 55"),
        (65, "55 tot 65"),
    ):
        if age < limit:
            return label
    return "65 en ouder"
