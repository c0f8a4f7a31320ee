"""For any population the tables agree with a count made another way (duckdb over persons), and counts add up."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import duckdb
import pandas as pd
import pyarrow as pa
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from schemas.policy import OF_POLICY
from schemas.tables import Specification
from schemas.tidy import TIDY, TidyRow
from tests.helpers.exact_tables import tidy_tables
from wi2007 import reference
from wi2007.project import CONFIG
from wi2007.tables import variables
from wi2007.tables.specification import load

DAY = date(2022, 7, 1)
KEYS = ["geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep"]
AGES = [*(entry.label for entry in reference.age_classes()), reference.UNKNOWN]
COUNTRIES = [
    "0000",
    "5022",
    "6022",
    "6043",
    "9049",
    "5043",
    "6045",
    "7042",
    "6013",
    "6014",
    "5024",
    "6024",
    "5053",
]
PLACES = ["0000", "1999", *[c for c, e in reference.municipalities().items() if e.valid_on(DAY)][3:17]]

PERSON = st.tuples(
    st.sampled_from("MVO"),
    st.sampled_from(COUNTRIES),
    st.sampled_from(PLACES),
    st.sampled_from(AGES),
    st.sampled_from([*reference.statuses(), "IBP", "IBP", "IBP"]),
    st.sampled_from(list(variables.TARGET_GROUPS)),
)
PEOPLE = st.lists(PERSON, max_size=120)
SPECIFICATION = load(CONFIG / "tables.yaml").for_comparison

Person = tuple[str, str, str, str, str, str]


def cube(people: list[Person]) -> pa.Table:
    """One cube row for each person: counts add up, so nothing has to be put together first."""
    columns = list(zip(*people, strict=True)) or [()] * len(KEYS)
    data = {key: pa.array(column, pa.string()) for key, column in zip(KEYS, columns, strict=True)}
    return pa.table({**data, "aantal": pa.array([1] * len(people), pa.int64())})


def tables(people: list[Person], specification: Specification = SPECIFICATION) -> list[TidyRow]:
    return tidy_tables(cube(people), specification, DAY)


def keeps_the_contract(rows: list[TidyRow]) -> None:
    TIDY.checked_rows(rows)


ORACLE = """
with personen as (
  select p.*, r.uitstroomroute from persons p join routes r using (statuscode) where {where}
)
select {row} as rij, {column} as kolom, count(*) as aantal from personen group by all
"""
RANKED = """
select {variable} as code from persons p join routes r using (statuscode)
where {where} and {variable} not in ('0000', '1999')
group by 1 order by count(*) desc, code limit {length}
"""
STILL = "uitstroomroute = 'Nog steeds inburgeringsplichtig'"


class Oracle:
    """Counts persons with SQL, knowing the tables of the study but nothing of the specification's code."""

    def __init__(self, people: list[Person]) -> None:
        self.connection = duckdb.connect()
        persons = pd.DataFrame(people, columns=KEYS, dtype="str")
        routes = pd.DataFrame(
            [(code, status.route) for code, status in reference.statuses().items()],
            columns=["statuscode", "uitstroomroute"],
        )
        self.connection.register("persons", persons)
        self.connection.register("routes", routes)

    def top(self, variable: str, where: str, length: int) -> list[str]:
        query = RANKED.format(variable=variable, where=where, length=length)
        return [row[0] for row in self.connection.execute(query).fetchall()]

    def cells(self, row: str, column: str, where: str) -> dict[tuple[str, str], int]:
        query = ORACLE.format(row=row, column=column, where=where)
        return {(r, c): n for r, c, n in self.connection.execute(query).fetchall()}


def named(variable: str, top: list[str], rest: str, apart: bool) -> str:
    """SQL that turns a code into the label of its row."""
    names = reference.countries() if variable == "land_van_herkomst" else reference.municipalities()
    cases = [f"when '{code}' then $${names[code].label}$$" for code in top]
    cases += ["when '1999' then 'Register niet-ingezetenen'"] if apart else []
    return f"case {variable} {' '.join(cases)} else '{rest}' end" if cases else f"'{rest}'"


def shown(rows: list[TidyRow], table: str, variable: str) -> dict[tuple[str, str], int]:
    found = [r for r in rows if r.tabel == table and r.rijvariabele == variable]
    return {(r.rij, r.kolom): r.aantal for r in found if r.aantal and r.kolom != "totaal"}


GENDER = "case geslacht when 'M' then 'man' when 'V' then 'vrouw' else 'O' end"


def without_o(cells: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    return {key: count for key, count in cells.items() if key[1] != "O"}


@examples(40)
@given(PEOPLE)
def test_tables_agree_with_sql(people: list[Person]) -> None:
    rows = tables(people)
    oracle = Oracle(people)
    countries = named("land_van_herkomst", oracle.top("land_van_herkomst", STILL, 10), "Overig", apart=False)
    assert shown(rows, "2.1", "land_van_herkomst") == without_o(oracle.cells(countries, GENDER, STILL))
    places = named("gemeente", oracle.top("gemeente", STILL, 10), "Overig", apart=True)
    assert shown(rows, "2.2", "gemeente") == without_o(oracle.cells(places, GENDER, STILL))
    ages = without_o(oracle.cells("leeftijdsklasse", GENDER, STILL))
    assert shown(rows, "2.2", "leeftijdsklasse") == ages
    routes = without_o(oracle.cells("uitstroomroute", GENDER, "true"))
    assert shown(rows, "2.3", "uitstroomroute") == routes
    five = named("land_van_herkomst", oracle.top("land_van_herkomst", "true", 5), "Overig", apart=False)
    assert shown(rows, "2.4", "uitstroomroute") == oracle.cells("uitstroomroute", five, "true")
    five = named("gemeente", oracle.top("gemeente", "true", 5), "Overige gemeenten", apart=True)
    assert shown(rows, "2.5", "uitstroomroute") == oracle.cells("uitstroomroute", five, "true")


@examples(40)
@given(PEOPLE)
def test_everyone_is_counted_once_and_percentages_are_of_their_base(people: list[Person]) -> None:
    rows = tables(people)
    keeps_the_contract(rows)
    totals = {r.kolom: r.aantal for r in rows if r.tabel == "2.3" and r.rij == "totaal"}
    assert totals["totaal"] == len(people)
    assert totals["totaal"] - totals["man"] - totals["vrouw"] == sum(person[0] == "O" for person in people)
    for table in ("2.4", "2.5"):
        assert sum(r.aantal for r in rows if r.tabel == table and r.rij == "totaal") == len(people)
    for row in rows:
        if row.noemer:
            assert row.procent == float(Fraction(100 * row.aantal, row.noemer))


@examples(25)
@given(st.data())
def test_the_order_of_persons_changes_nothing(data: st.DataObject) -> None:
    people = data.draw(PEOPLE)
    assert tables(data.draw(st.permutations(people))) == tables(people)


@examples(25)
@given(PEOPLE, st.integers(0, 120))
def test_cubes_of_parts_add_up(people: list[Person], place: int) -> None:
    whole = cube(people).group_by(KEYS).aggregate([("aantal", "sum")]).rename_columns([*KEYS, "aantal"])
    parts = pa.concat_tables([cube(people[place:]), cube(people[:place])])
    assert tidy_tables(parts, SPECIFICATION, DAY) == tidy_tables(whole, SPECIFICATION, DAY)


VARIABLES = [name for name in SPECIFICATION.variables if name not in OF_POLICY]
LONG = ("land_van_herkomst", "gemeente")


@examples(20)
@given(PEOPLE, st.permutations(VARIABLES), st.integers(1, 3), st.booleans(), st.integers(1, 12))
def test_any_table_over_any_variables_keeps_the_contract(
    people: list[Person], order: list[str], height: int, ranked: bool, length: int
) -> None:
    ranking = {"largest": length, "rest": "Alle andere"}
    long = order[0] in LONG
    table = {
        "number": "9.1",
        "title": "Proef",
        "population": "wi2007",
        "columns": {"variable": order[0], **(ranking if long else {})},
        "rows": [
            {"variable": variable, **(ranking if ranked or long else {})}
            for variable in order[1 : 1 + height]
        ],
    }
    raw = SPECIFICATION.model_dump() | {"tables": [table]}
    rows = tables(people, Specification.model_validate(raw))
    keeps_the_contract(rows)
    assert {row.rijvariabele for row in rows} == {"totaal", *order[1 : 1 + height]}
