"""Tables from a cube that is small enough to count by hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from schemas.tables import Population, Specification
from schemas.tidy import TIDY, TidyRow
from tests.helpers.exact_tables import tidy_tables
from wi2007.project import CONFIG
from wi2007.tables import variables
from wi2007.tables.build import WHO, allowed_codes, by_code, counted, pairs, tables_of
from wi2007.tables.specification import load
from wi2007.tables.tidy import rounded
from wi2007.tables.variables import ranking

DAY = date(2022, 7, 1)
KEYS = ("geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep")


def cube(*rows: tuple[str, str, str, str, str, str, int]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * 7
    data = {key: pa.array(column, pa.string()) for key, column in zip(KEYS, columns, strict=False)}
    return pa.table({**data, "aantal": pa.array(columns[6], pa.int64())})


def person(
    gender: str = "M",
    country: str = "5022",
    place: str = "0363",
    age: str = "45 tot 55",
    status: str = "IBP",
    count: int = 1,
) -> tuple[str, str, str, str, str, str, int]:
    return (gender, country, place, age, status, "NIEUWKOMER", count)


def tables(
    *rows: tuple[str, str, str, str, str, str, int], spec: Specification | None = None
) -> list[TidyRow]:
    return tidy_tables(cube(*rows), spec or load(CONFIG / "tables.yaml"), DAY)


def cells(rows: list[TidyRow], table: str, variable: str) -> dict[tuple[str, str], int]:
    return {(r.rij, r.kolom): r.aantal for r in rows if r.tabel == table and r.rijvariabele == variable}


def labels(rows: list[TidyRow], table: str, variable: str) -> list[str]:
    return list(dict.fromkeys(r.rij for r in rows if r.tabel == table and r.rijvariabele == variable))


def columns(rows: list[TidyRow], table: str) -> list[str]:
    return list(dict.fromkeys(r.kolom for r in rows if r.tabel == table))


def one(rows: list[TidyRow], table: str, row: str, column: str) -> TidyRow:
    found = [r for r in rows if (r.tabel, r.rij, r.kolom) == (table, row, column)]
    assert len(found) == 1
    return found[0]


def specification(table: dict[str, object]) -> Specification:
    """The project's own specification with one table instead of five."""
    raw = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))
    return Specification.model_validate({**raw, "tables": [table]})


def test_counts_and_percentages_of_their_column() -> None:
    made = tables(
        person(count=3), person("V", count=1), person("V", "6022", count=4), person(status="NI", count=9)
    )
    total = one(made, "2.1", "totaal", "vrouw")
    assert (total.aantal, total.noemer, total.procent) == (5, 8, 62.5)
    morocco = one(made, "2.1", "Marokko", "vrouw")
    assert (morocco.aantal, morocco.noemer, morocco.procent) == (1, 5, 20.0)
    assert one(made, "2.3", "Onbekend", "man").procent == 75.0


def test_totals_of_the_column_are_always_a_hundred() -> None:
    made = tables(person(count=3), person(country="6022", count=1))
    total = one(made, "2.4", "totaal", "China")
    assert (total.aantal, total.noemer, total.procent) == (1, 1, 100.0)


def test_gender_o_counts_in_totals_only() -> None:
    made = tables(person("M", count=2), person("V", count=3), person("O", count=5))
    assert [one(made, "2.1", "totaal", c).aantal for c in ("totaal", "man", "vrouw")] == [10, 2, 3]
    assert [one(made, "2.1", "Marokko", c).aantal for c in ("totaal", "man", "vrouw")] == [10, 2, 3]
    assert columns(made, "2.1") == ["totaal", "man", "vrouw"]


def test_ranking_by_count_then_lower_code_with_persons_of_gender_o() -> None:
    countries = [f"{5001 + i}" for i in range(12)]
    made = tables(*(person("O" if i == 11 else "M", code, count=5) for i, code in enumerate(countries)))
    shown = labels(made, "2.1", "land_van_herkomst")
    names = variables.all_labels("land_van_herkomst")
    assert shown == [*(names[code] for code in countries[:10]), "Overig"]
    assert one(made, "2.1", "Overig", "totaal").aantal == 10
    assert one(made, "2.1", "Overig", "man").aantal == 5


def test_rni_and_unknown_never_rank() -> None:
    made = tables(
        person(place="1999", country="0000", count=50), person(place="0000", count=40), person(count=1)
    )
    assert labels(made, "2.2", "gemeente") == ["Amsterdam", "Overig", "Register niet-ingezetenen"]
    assert labels(made, "2.1", "land_van_herkomst") == ["Marokko", "Overig"]
    assert columns(made, "2.5") == ["Amsterdam", "Register niet-ingezetenen", "Overige gemeenten"]
    assert one(made, "2.2", "Overig", "totaal").aantal == 40
    assert one(made, "2.2", "Register niet-ingezetenen", "totaal").aantal == 50


def test_ranks_in_the_population_of_the_table() -> None:
    made = tables(person(country="6022", count=2), person(country="5022", status="VOLDAAN", count=99))
    assert labels(made, "2.1", "land_van_herkomst") == ["China", "Overig"]
    assert columns(made, "2.4") == ["Marokko", "China", "Overig"]


def test_fixed_lists_show_every_category() -> None:
    made = tables(person())
    assert labels(made, "2.2", "leeftijdsklasse") == [
        "tot 25", "25 tot 35", "35 tot 45", "45 tot 55", "55 tot 65", "65 en ouder", "Onbekend",
    ]  # fmt: skip
    assert labels(made, "2.3", "uitstroomroute") == [
        "Gedeeltelijke vrijstelling", "Gehele vrijstelling", "Inburgering voldaan", "Natuurlijke uitstroom",
        "Nog steeds inburgeringsplichtig", "Onbekend", "Ontheffing",
    ]  # fmt: skip


def test_a_long_list_shows_only_who_is_there_where_it_says_so() -> None:
    made = tables(person(count=2), person("O", "6022", status="VOLDAAN"))
    assert labels(made, "B.4", "land_van_herkomst") == ["Marokko"]
    assert labels(made, "B.5", "land_van_herkomst") == ["China", "Marokko"]
    assert len(labels(made, "B.1", "gemeente")) == 344 + 2
    assert one(made, "B.3", "Amsterdam", "Inburgering voldaan").aantal == 1


def test_readers_labels_of_codes() -> None:
    made = tables(person(place="0518", country="6014"))
    assert "Den Haag" in labels(made, "2.2", "gemeente")
    assert "Verenigde Staten" in labels(made, "2.1", "land_van_herkomst")


def test_empty_population_gives_zeros_without_percentages() -> None:
    made = tables(person(status="VOLDAAN"))
    total = one(made, "2.1", "totaal", "totaal")
    assert (total.aantal, total.procent, total.noemer) == (0, None, 0)
    assert labels(made, "2.1", "land_van_herkomst") == ["Overig"]
    assert (
        TIDY.to_csv(made).splitlines()[1] == "2.1,nog_inburgeringsplichtig,totaal,totaal,geslacht,totaal,0,,0"
    )


def test_nobody_at_all() -> None:
    made = tables()
    assert {r.aantal for r in made} == {0}
    assert {r.procent for r in made} == {None}


def test_municipalities_of_the_classification_at_the_peildatum() -> None:
    spec = specification(
        {
            "number": "3.1",
            "title": "Gemeenten",
            "population": "wi2007",
            "columns": {"variable": "doelgroep"},
            "rows": [{"variable": "gemeente"}],
        }
    )
    made = tidy_tables(cube(person()), spec, DAY)
    shown = labels(made, "3.1", "gemeente")
    assert len(shown) == 344 + 2
    assert "Weesp" not in shown
    assert shown[-2:] == ["Register niet-ingezetenen", "Onbekend"]
    earlier = labels(tidy_tables(cube(person()), spec, date(2022, 1, 1)), "3.1", "gemeente")
    assert len(earlier) == 345 + 2
    assert "Weesp" in earlier


def test_a_code_outside_the_classification_is_not_lost() -> None:
    spec = specification(
        {
            "number": "3.1",
            "title": "Gemeenten",
            "population": "wi2007",
            "columns": {"variable": "doelgroep"},
            "rows": [{"variable": "gemeente"}],
        }
    )
    made = tidy_tables(cube(person(place="0457", count=2), person()), spec, DAY)
    assert one(made, "3.1", "Weesp", "totaal").aantal == 2


def of_gender(**more: object) -> Specification:
    """One table of age classes by gender."""
    return specification(
        {
            "number": "3.1",
            "title": "Leeftijd",
            "population": "wi2007",
            "columns": {"variable": "geslacht"},
            "rows": [{"variable": "leeftijdsklasse"}],
            **more,
        }
    )


def test_totals_are_a_percentage_of_the_table_or_of_their_column() -> None:
    people = [person(count=1), person("V", count=2), person("O", count=5)]
    for totals, expected in (("of_table", [100.0, 12.5, 25.0]), ("of_column", [100.0, 100.0, 100.0])):
        made = tables(*people, spec=of_gender(totals=totals))
        found = [one(made, "3.1", "totaal", column) for column in ("totaal", "man", "vrouw")]
        assert [row.procent for row in found] == expected
        assert [row.noemer for row in found] == ([8, 8, 8] if totals == "of_table" else [8, 1, 2])
        assert one(made, "3.1", "45 tot 55", "vrouw").noemer == 2


def test_a_table_without_a_total_has_the_columns_of_its_variable_only() -> None:
    made = tables(person(count=3), spec=of_gender(columns={"variable": "geslacht", "total": False}))
    assert columns(made, "3.1") == ["man", "vrouw"]
    assert one(made, "3.1", "45 tot 55", "man").aantal == 3


def test_codes_that_may_not_stand_alone_are_one_row_in_their_own_population() -> None:
    spec = of_gender()
    people = cube(person(count=3), person(age="35 tot 45", count=4), person("V", age="55 tot 65", count=5))
    of_pairs = counted(people, spec)
    together = ("35 tot 45", "55 tot 65")
    made = tables_of(of_pairs, spec, DAY, {("wi2007", "leeftijdsklasse"): together})
    assert labels(made, "3.1", "leeftijdsklasse") == [
        "tot 25", "25 tot 35", "45 tot 55", "65 en ouder", "Onbekend", "Samengevoegd",
    ]  # fmt: skip
    assert [one(made, "3.1", "Samengevoegd", c).aantal for c in ("totaal", "man", "vrouw")] == [9, 4, 5]
    elsewhere = tables_of(of_pairs, spec, DAY, {("nog_inburgeringsplichtig", "leeftijdsklasse"): together})
    assert elsewhere == tables_of(of_pairs, spec, DAY, {})


def test_each_pair_is_counted_once_and_with_the_measure_that_is_asked() -> None:
    people = cube(person(count=3), person("V", count=4), person(count=2))
    people = people.append_column("wie", pa.array([7, 11, 2**64 - 5], pa.uint64()))
    spec = of_gender()
    twice = spec.model_copy(update={"tables": [*spec.tables, *spec.tables]})
    pair = ("wi2007", "leeftijdsklasse", "geslacht")
    assert pairs(twice) == [pair]
    assert counted(people, twice) == {pair: {("45 tot 55", "M"): 5, ("45 tot 55", "V"): 4}}
    assert counted(people, spec, WHO) == {pair: {("45 tot 55", "M"): 2, ("45 tot 55", "V"): 11}}
    assert [by_code(counted(people, spec)[pair], at) for at in (0, 1)] == [{"45 tot 55": 9}, {"M": 5, "V": 4}]


def test_a_filter_lets_codes_and_labels_through() -> None:
    filtered = Population(label="x", filter={"geslacht": ["vrouw", "O"], "statuscode": ["IBP"]})
    assert allowed_codes(filtered) == {"geslacht": ["V", "O"], "statuscode": ["IBP"]}


def test_same_labels_are_told_apart_by_their_code(monkeypatch: pytest.MonkeyPatch) -> None:
    known = variables.reference.countries()
    same = {**known, "9998": known["5022"].__class__("9998", "Marokko", "Marokko", None, None)}
    monkeypatch.setattr(variables.reference, "countries", lambda: same)
    monkeypatch.setattr(variables, "_list", variables._list.__wrapped__)
    made = tables(person(count=2), person(country="9998", count=1))
    assert labels(made, "2.1", "land_van_herkomst") == ["Marokko (5022)", "Marokko (9998)", "Overig"]


def test_a_label_that_is_also_the_rest_is_told_apart() -> None:
    spec = specification(
        {
            "number": "3.1",
            "title": "Landen",
            "population": "wi2007",
            "columns": {"variable": "geslacht"},
            "rows": [{"variable": "land_van_herkomst", "largest": 1, "rest": "China"}],
        }
    )
    made = tidy_tables(cube(person(country="6022", count=2), person()), spec, DAY)
    assert labels(made, "3.1", "land_van_herkomst") == ["China (6022)", "China"]


def test_an_unknown_status_is_refused_without_saying_which() -> None:
    with pytest.raises(ValueError, match="statuscode") as error:
        tables(person(status="GEHEIM"))
    assert "GEHEIM" not in str(error.value)


def test_ranking_needs_persons() -> None:
    assert ranking({"b": 2, "a": 2, "c": 0, "d": 9}, 5, {"d"}, "abcd") == ["a", "b"]


def test_csv_comes_back_the_same(tmp_path: Path) -> None:
    made = tables(person(count=1), person("V", status="NI", count=2), person("V", count=26_000_000))
    path = tmp_path / "tabellen.csv"
    path.write_text(TIDY.to_csv(made), encoding="utf-8", newline="\n")
    assert TIDY.read(path) == made
    assert b"\r" not in path.read_bytes()
    assert not re.search(r"\de-\d", path.read_text(encoding="utf-8"))


def test_halves_are_rounded_up_as_people_do() -> None:
    assert [str(rounded(value, 0)) for value in (0.5, 1.5, 2.5, 12.5, 12.499)] == ["1", "2", "3", "13", "12"]
    assert str(rounded(100 * 1093 / 2000, 1)) == "54.7"


def test_tables_keep_the_contract() -> None:
    made = tables(person(count=3), person("O", "6022", "1999", "Onbekend", "NI", 4))
    TIDY.checked_rows(made)
