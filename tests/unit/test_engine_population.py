"""From rows to persons: dates, municipalities, exclusion, the persons file, the record, the cube."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from engine_deliveries import person, random_people, run, run_rows, text_of

from schemas.columns import REQUIRED
from schemas.cube import DIMENSIONS, SETS
from wi2007 import reference
from wi2007.dates import all_possible_days, possible_days
from wi2007.errors import UserError
from wi2007.population import persons as persons_module
from wi2007.population.cube import Cube, Sums
from wi2007.population.exclusion import (
    EXCLUSIONS,
    Exclusion,
    excluded_by,
    read_exclusions,
    read_sensitivity,
)
from wi2007.population.persons import Lists, full_years
from wi2007.population.stream import processing
from wi2007.population.who import Group
from wi2007.reference import Place, classification


def test_possible_days() -> None:
    def days(first: date, last: date) -> tuple[int, int]:
        return first.toordinal(), last.toordinal()

    assert possible_days("19640229") == days(date(1964, 2, 29), date(1964, 2, 29))
    assert possible_days("19640200") == days(date(1964, 2, 1), date(1964, 2, 29))
    assert possible_days("19650200") == days(date(1965, 2, 1), date(1965, 2, 28))
    assert possible_days("19650000") == days(date(1965, 1, 1), date(1965, 12, 31))
    assert possible_days("00000000") == days(date.min, date.max)
    for wrong in (
        "",
        "1964",
        "19640230",
        "19640015",
        "00000015",
        "00000100",
        "1964-1-1",
        "１９６４０１０１",
        "19641300",
    ):
        assert possible_days(wrong) is None


def test_remembered_days_are_the_same_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wi2007.dates._REMEMBERED", 2)
    values = ["19640229", "x", "19650000", "00000000", "19640229", "19700101"]
    days = all_possible_days(values)
    expected = [possible_days(value) or (0, 0) for value in values]
    assert list(zip(days.first.tolist(), days.last.tolist(), strict=True)) == expected
    assert days.valid.tolist() == [True, False, True, True, True, True]
    assert days.whole.tolist() == [True, False, False, False, True, True]
    assert all_possible_days(values) is days


def test_municipalities_at_a_peildatum() -> None:
    july = classification(date(2022, 7, 1))
    assert july["0363"] == Place("0363", "geldig")
    assert july["0457"] == Place("0363", "opgevolgd")
    assert july["0053"] == Place("1966", "opgevolgd", split=True)
    assert july["1992"] == Place("", "nog_niet_geldig")
    assert july["1999"] == Place("1999", "geldig")
    assert july["0000"] == Place("0000", "geldig")
    assert classification(date(2022, 3, 23))["0457"] == Place("0457", "geldig")
    assert classification(date(2022, 3, 24))["0457"] == Place("0363", "opgevolgd")
    assert classification(date(2013, 12, 31))["1999"].standing == "nog_niet_geldig"
    municipalities = {place.code for place in july.values() if place.code} - {"0000", "1999"}
    assert len(municipalities) == 344


def test_a_ring_of_successors_is_no_successor(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = tuple(
        reference.Reorganisation(date(2019, 1, 1), code, successor, "opheffing", True)
        for code, successor in (("0005", "0007"), ("0007", "0005"))
    )
    monkeypatch.setattr(reference, "reorganisations", lambda: ring)
    assert classification(date(2022, 7, 1))["0005"] == Place("", "zonder_opvolger")


def test_a_person_is_a_year_older_from_the_birthday_on() -> None:
    for peildatum in (date(2024, 1, 1) + timedelta(days=at) for at in range(366)):
        around = [peildatum + timedelta(days=days) for days in (-1, 0, 1)]
        births = [day.replace(year=day.year - 40) for day in around]
        years = full_years(np.array([day.toordinal() for day in births]), peildatum)
        assert years.tolist() == [40, 40, 39]


def test_closed_lists_are_in_the_order_of_their_text_whatever_the_order_of_the_reference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = Lists(date(2022, 7, 1)).dimensions
    for name in ("countries", "statuses"):
        turned = dict(reversed(getattr(reference, name)().items()))
        monkeypatch.setattr(reference, name, lambda turned=turned: turned)
    turned_labels = reference.age_labels()[::-1]
    monkeypatch.setattr(reference, "age_labels", lambda: turned_labels)
    for name in ("GENDERS", "TARGET_GROUPS"):
        turned_list = list(getattr(persons_module, name))[::-1]
        monkeypatch.setattr(persons_module, name, turned_list)
    assert Lists(date(2022, 7, 1)).dimensions == expected
    assert all(list(values) == sorted(values) for values in expected.values())


def test_one_person_column_by_column(tmp_path: Path) -> None:
    rows = [
        person(
            1, geboortedatum="19570701", gemeentecode="0457", statuscode="NI", statusdatum="", doelgroep=""
        ),
        person(2, geboortedatum="19700000", gevraagde_nationaliteit="Turks"),
        person(3, geboortedatum="19720000", geslacht="O", gemeentecode="0053", startdatum_plicht=""),
    ]
    result = run_rows(tmp_path, rows)
    assert result.persons == [
        {
            "persoonsnummer": "P00000001",
            "geslacht": "V",
            "geboortedatum": "19570701",
            "leeftijd": 65,
            "leeftijdsklasse": "65 en ouder",
            "land_van_herkomst": "5022",
            "gemeente": "0363",
            "statuscode": "NI",
            "uitstroomroute": "Onbekend",
            "statusdatum": None,
            "startdatum_plicht": date(2008, 1, 2),
            "doelgroep": "Onbekend",
        },
        {
            "persoonsnummer": "P00000003",
            "geslacht": "O",
            "geboortedatum": "19720000",
            "leeftijd": None,
            "leeftijdsklasse": "45 tot 55",
            "land_van_herkomst": "5022",
            "gemeente": "1966",
            "statuscode": "VOLDAAN",
            "uitstroomroute": "Inburgering voldaan",
            "statusdatum": date(2015, 3, 1),
            "startdatum_plicht": None,
            "doelgroep": "NIEUWKOMER",
        },
    ]
    assert result.processing["tellingen"] == {
        "gemeente_opgevolgd": 2,
        "gemeente_gesplitst": 1,
        "leeftijdsklasse_onbekend": 0,
    }
    assert result.excluded == [{"persoonsnummer": "P00000002"}]
    assert [step["aantal"] for step in result.processing["trechter"]] == [3, 1, 2]
    assert result.processing["levering"]["kolommen"][0] == "persoonsnummer"


def test_an_optional_column_that_the_delivery_lacks_is_empty_for_everybody(tmp_path: Path) -> None:
    result = run(tmp_path, text_of([person(1), person(2)], columns=REQUIRED))
    assert [(row["doelgroep"], row["startdatum_plicht"]) for row in result.persons] == [
        ("Onbekend", None)
    ] * 2
    assert [(row["doelgroep"], row["aantal"]) for row in result.cube] == [("Onbekend", 2)]


def test_who_lives_in_a_municipality_that_is_still_there_follows_no_other(tmp_path: Path) -> None:
    """Weesp (0457) is part of Amsterdam since March 2022."""
    result = run_rows(tmp_path, [person(1, gemeentecode="0363"), person(2, gemeentecode="0457")])
    assert [row["gemeente"] for row in result.persons] == ["0363", "0363"]
    assert result.processing["tellingen"]["gemeente_opgevolgd"] == 1


def test_a_status_is_counted_in_the_stretch_of_its_day(tmp_path: Path) -> None:
    days = {
        "": "Onbekend",
        "20070101": "2007-01-01",
        "20071231": "2007-01-01",
        "20210701": "2021-01-01",
        "20210702": "2021-07-02",
        "20211231": "2021-07-02",
        "20220101": "2022-01-01",
        "20220701": "2022-01-01",
    }
    statuses = list(reference.statuses())[: len(days)]
    rows = [
        person(at, statuscode=status, statusdatum=day, startdatum_plicht="")
        for at, (status, day) in enumerate(zip(statuses, days, strict=True))
    ]
    assert run_rows(tmp_path, rows).message is None
    found = pq.ParquetFile(tmp_path / "uitstroom.parquet").read().to_pylist()
    assert {row["statuscode"]: row["statusperiode"] for row in found} == dict(
        zip(statuses, days.values(), strict=True)
    )


def test_the_route_of_every_status(tmp_path: Path) -> None:
    rows = [person(at, statuscode=code) for at, code in enumerate(reference.statuses())]
    found = {row["statuscode"]: row["uitstroomroute"] for row in run_rows(tmp_path, rows).persons}
    assert found == {code: status.route for code, status in reference.statuses().items()}


def test_everyone_excluded_leaves_empty_files(tmp_path: Path) -> None:
    result = run_rows(tmp_path, [person(at, gevraagde_nationaliteit="Turks") for at in range(3)])
    assert result.message is None
    assert result.persons == [] and result.cube == []
    assert [row["persoonsnummer"] for row in result.excluded] == ["P00000000", "P00000001", "P00000002"]
    assert [step["aantal"] for step in result.processing["trechter"]] == [3, 3, 0]


def test_exclusions_are_data(tmp_path: Path) -> None:
    path = tmp_path / "exclusions.yaml"
    text = EXCLUSIONS.read_text(encoding="utf-8").rstrip()
    more = "\n  - {regel: oudkomers, kolom: doelgroep, waarden: [OUDKOMER], omschrijving: Oud, bron: Proef}\n"
    path.write_text(text + more, encoding="utf-8")
    rows = [
        person(1),
        person(2, doelgroep="OUDKOMER"),
        person(3, doelgroep="OUDKOMER", gevraagde_nationaliteit="Turks"),
        person(4, doelgroep=""),
    ]
    result = run(tmp_path / "a", text_of(rows), exclusions=path)
    assert [(step.get("regel"), step["aantal"]) for step in result.processing["trechter"]] == [
        (None, 4),
        ("turkse_nationaliteit", 1),
        ("oudkomers", 1),
        (None, 2),
    ]
    assert [row["persoonsnummer"] for row in result.persons] == ["P00000001", "P00000004"]


def test_one_exclusion_may_look_in_several_columns(tmp_path: Path) -> None:
    path = tmp_path / "exclusions.yaml"
    text = EXCLUSIONS.read_text(encoding="utf-8")
    wider = text.replace(
        "kolom: gevraagde_nationaliteit", "kolom: [gevraagde_nationaliteit, nationaliteit_1, nationaliteit_2]"
    ).replace("waarden: [Turks]", 'waarden: [Turks, "0339"]')
    path.write_text(wider, encoding="utf-8")
    rows = [
        person(1, nationaliteit_1="0052"),
        person(2, gevraagde_nationaliteit="Turks", nationaliteit_1="0339"),
        person(3, nationaliteit_1="0052", nationaliteit_2="0339"),
        person(4, nationaliteit_1="0339"),
    ]
    result = run(tmp_path / "a", text_of(rows), exclusions=path)
    (step,) = [one for one in result.processing["trechter"] if one["stap"] == "uitgesloten"]
    assert (step["regel"], step["aantal"], step["waarden"]) == ("turkse_nationaliteit", 3, ["0339", "Turks"])
    assert step["kolommen"] == ["gevraagde_nationaliteit", "nationaliteit_1", "nationaliteit_2"]
    assert [row["persoonsnummer"] for row in result.persons] == ["P00000001"]


@pytest.mark.parametrize(
    "change",
    [
        ("kolom: gevraagde_nationaliteit", "kolom: nationaliteit"),
        ("kolom: gevraagde_nationaliteit", "kolom: persoonsnummer"),
        ("waarden: [Turks]", "waarden: Turks"),
        ("bron:", "oorsprong:"),
        ("uitsluitingen:", "uitsluitingen: ["),
    ],
)
def test_exclusions_that_cannot_be_used_are_a_user_error(change: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "exclusions.yaml"
    path.write_text(EXCLUSIONS.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(UserError, match=r"exclusions\.yaml"):
        read_exclusions(path)


def test_an_exclusion_that_would_exclude_nobody_is_a_user_error(tmp_path: Path) -> None:
    path = tmp_path / "exclusions.yaml"
    path.write_text(EXCLUSIONS.read_text(encoding="utf-8").replace("[Turks]", "[Turk]"), encoding="utf-8")
    with pytest.raises(UserError, match="'Turk' is geen waarde van gevraagde_nationaliteit"):
        read_exclusions(path)


def test_an_exclusion_on_a_column_that_the_delivery_lacks_is_a_user_error() -> None:
    exclusion = Exclusion("turks", ("nationaliteit_1",), frozenset({"0339"}), "", "")
    with pytest.raises(UserError, match="de levering heeft die kolom niet"):
        excluded_by({}, 3, [exclusion])


def test_sums_that_do_not_add_up_are_no_record(tmp_path: Path) -> None:
    from wi2007.validation.outcome import from_json

    run_rows(tmp_path, [person(1), person(2)])
    outcome = from_json((tmp_path / "validatie.json").read_text(encoding="utf-8"))
    exclusions = read_exclusions()
    one = Group(1, 7)
    assert processing(outcome, exclusions, [one], one, {})["trechter"][2]["aantal"] == 1
    record = processing(outcome, exclusions, [Group(1, SETS - 1)], Group(1, 3), {})
    assert record["wie"]["trechter"] == [2, SETS - 1, 3]
    with pytest.raises(ArithmeticError):
        processing(outcome, exclusions, [Group()], one, {})


def test_a_cube_gathers_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {
        "geslacht": ("M", "O", "V"),
        "land_van_herkomst": ("5022", "6043"),
        "gemeente": ("0363",),
        "leeftijdsklasse": ("25 tot 35",),
        "statuscode": ("IBP", "NI"),
        "doelgroep": ("Onbekend",),
    }
    rng = np.random.default_rng(1)
    parts = [
        {name: rng.integers(0, len(values), 50).astype("int32") for name, values in lists.items()}
        for _ in range(9)
    ]
    persons = [rng.integers(0, 2**64, 50, dtype="uint64") for _ in parts]
    tables = []
    for waiting in (0, 1_000_000):
        monkeypatch.setattr("wi2007.population.cube._WAITING", waiting)
        cube = Cube(lists)
        for part, who in zip(parts, persons, strict=True):
            cube.add(part, who)
        assert cube.total == 450
        assert cube.everybody == sum(map(int, np.concatenate(persons))) % SETS
        tables.append(cube.table())
    assert tables[0].equals(tables[1])
    assert tables[0].num_rows == 12


def test_a_cube_lets_no_more_cells_wait_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[int] = []
    added = Sums.added
    monkeypatch.setattr(Sums, "added", lambda parts: gathered.append(len(parts)) or added(parts))
    monkeypatch.setattr("wi2007.population.cube._WAITING", 13)
    cube = Cube({name: tuple("abcdefghijkl") if name == "geslacht" else ("x",) for name in DIMENSIONS})
    for size in (1, 12, 12, 12, 12):
        genders = np.arange(size, dtype=np.int32)
        cube.add(
            {name: genders if name == "geslacht" else 0 * genders for name in DIMENSIONS},
            np.ones(size, dtype=np.uint64),
        )
    assert gathered == [1 + 3, 1 + 2]
    assert cube.total == 49


def test_what_each_reading_changes_is_who_goes_out_and_who_comes_in(tmp_path: Path) -> None:
    rows = [
        person(1, gevraagde_nationaliteit="Turks"),
        person(2, nationaliteit_1="0339"),
        person(3, geboortedatum="19570000"),
        person(4, geboortedatum="19670000"),
        person(5, gemeentecode="0457"),
    ]
    run_rows(tmp_path, rows, readings=read_sensitivity().lezingen)
    found = pq.ParquetFile(tmp_path / "varianten.parquet").read().to_pylist()
    assert [
        (row["lezing"], row["richting"], row["leeftijdsklasse"], row["gemeente"], row["aantal"])
        for row in found
    ] == [
        ("elke_nationaliteit", "eraf", "45 tot 55", "0363", 1),
        ("indeling_1_januari", "eraf", "45 tot 55", "0363", 1),
        ("indeling_1_januari", "erbij", "45 tot 55", "0457", 1),
        ("laatste_geboortedatum", "eraf", "Onbekend", "0363", 2),
        ("laatste_geboortedatum", "erbij", "45 tot 55", "0363", 1),
        ("laatste_geboortedatum", "erbij", "55 tot 65", "0363", 1),
        ("niemand_uitgesloten", "erbij", "45 tot 55", "0363", 1),
        ("vroegste_geboortedatum", "eraf", "Onbekend", "0363", 2),
        ("vroegste_geboortedatum", "erbij", "55 tot 65", "0363", 1),
        ("vroegste_geboortedatum", "erbij", "65 en ouder", "0363", 1),
    ]


def test_a_municipality_that_ended_before_the_year_is_in_its_successor_on_1_january_as_well(
    tmp_path: Path,
) -> None:
    """Appingedam (0003) became part of Eemsdelta in 2021: the reading changes nothing for who was registered there."""
    readings = [one for one in read_sensitivity().lezingen if one.indeling == "1 januari"]
    run_rows(tmp_path, [person(1, gemeentecode="0003"), person(2, gemeentecode="0457")], readings=readings)
    found = pq.ParquetFile(tmp_path / "varianten.parquet").read().to_pylist()
    assert [(row["richting"], row["gemeente"]) for row in found] == [("eraf", "0363"), ("erbij", "0457")]


def test_the_persons_file_reads_as_plain_text_and_the_same_every_time(tmp_path: Path) -> None:
    people = random_people(500)
    run_rows(tmp_path / "a", people)
    run_rows(tmp_path / "b", people)
    for name in (
        "personen.parquet",
        "uitgesloten.parquet",
        "kubus.parquet",
        "uitstroom.parquet",
        "beleid.parquet",
        "verwerking.json",
        "validatie.json",
        "validatie.html",
    ):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    schema = pq.read_schema(tmp_path / "a" / "personen.parquet")
    assert {str(field.type) for field in schema} == {"string", "int16", "date32[day]"}
    assert schema.metadata is None
