"""Values that break a rule: each is found with its row, all at once, and never quoted anywhere."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from engine_deliveries import PEILDATUM, Row, person, run_rows, text_of

from wi2007 import reference
from wi2007.validation.rules import RULES, read_rules

FAULTS: dict[str, tuple[Row, str, str]] = {
    "no number": ({"persoonsnummer": ""}, "veld_leeg", "persoonsnummer"),
    "only spaces for a number": ({"persoonsnummer": "   "}, "spaties", "persoonsnummer"),
    "space behind a number": ({"persoonsnummer": "P77 "}, "spaties", "persoonsnummer"),
    "tab before a number": ({"persoonsnummer": "\tP77"}, "spaties", "persoonsnummer"),
    "hard space behind a number": ({"persoonsnummer": "P77\u00a0"}, "spaties", "persoonsnummer"),
    "no gender": ({"geslacht": ""}, "veld_leeg", "geslacht"),
    "gender with a sign": ({"geslacht": "-1"}, "codelijst", "geslacht"),
    "gender of another list": ({"geslacht": "3"}, "codelijst", "geslacht"),
    "gender in another language": ({"geslacht": "F"}, "geslacht_onduidelijk", "geslacht"),
    "no birth": ({"geboortedatum": ""}, "veld_leeg", "geboortedatum"),
    "short birth": ({"geboortedatum": "1970"}, "geboortedatum_ongeldig", "geboortedatum"),
    "birth with the month first": (
        {"geboortedatum": "06-15-1970"},
        "geboortedatum_ongeldig",
        "geboortedatum",
    ),
    "birth in month 13": ({"geboortedatum": "19701301"}, "geboortedatum_ongeldig", "geboortedatum"),
    "birth on 30 February": ({"geboortedatum": "19700230"}, "geboortedatum_ongeldig", "geboortedatum"),
    "29 February in a common year": (
        {"geboortedatum": "19700229"},
        "geboortedatum_ongeldig",
        "geboortedatum",
    ),
    "known day in an unknown month": (
        {"geboortedatum": "19700015"},
        "geboortedatum_ongeldig",
        "geboortedatum",
    ),
    "known month in an unknown year": (
        {"geboortedatum": "00000500"},
        "geboortedatum_ongeldig",
        "geboortedatum",
    ),
    "other digits": ({"geboortedatum": "１９７００１０１"}, "geboortedatum_ongeldig", "geboortedatum"),
    "superscript digit": ({"geboortedatum": "1970010²"}, "geboortedatum_ongeldig", "geboortedatum"),
    "sign": ({"geboortedatum": "+1970010"}, "geboortedatum_ongeldig", "geboortedatum"),
    "decimal": ({"geboortedatum": "19700101.5"}, "geboortedatum_ongeldig", "geboortedatum"),
    "born after the peildatum": ({"geboortedatum": "20220702"}, "datum_na_peildatum", "geboortedatum"),
    "born in a month after the peildatum": (
        {"geboortedatum": "20220800"},
        "datum_na_peildatum",
        "geboortedatum",
    ),
    "born in a year after the peildatum": (
        {"geboortedatum": "20230000"},
        "datum_na_peildatum",
        "geboortedatum",
    ),
    "born too long ago": ({"geboortedatum": "18991231"}, "datum_te_vroeg", "geboortedatum"),
    "born in a year too long ago": ({"geboortedatum": "18990000"}, "datum_te_vroeg", "geboortedatum"),
    "born in the year 9": ({"geboortedatum": "00090101"}, "datum_te_vroeg", "geboortedatum"),
    "no country": ({"land_van_herkomst": ""}, "veld_leeg", "land_van_herkomst"),
    "country without zeros": ({"land_van_herkomst": "12"}, "codelijst", "land_van_herkomst"),
    "unknown country": ({"land_van_herkomst": "4999"}, "codelijst", "land_van_herkomst"),
    "name of a country": ({"land_van_herkomst": "Marokkko"}, "codelijst", "land_van_herkomst"),
    "no requested nationality": ({"gevraagde_nationaliteit": ""}, "veld_leeg", "gevraagde_nationaliteit"),
    "requested nationality by another number": (
        {"gevraagde_nationaliteit": "2"},
        "codelijst",
        "gevraagde_nationaliteit",
    ),
    "unknown nationality": ({"nationaliteit_1": "9999"}, "codelijst", "nationaliteit_1"),
    "nationality without zeros": ({"nationaliteit_4": "3"}, "codelijst", "nationaliteit_4"),
    "no municipality": ({"gemeentecode": ""}, "veld_leeg", "gemeentecode"),
    "municipality without zeros": ({"gemeentecode": "2"}, "codelijst", "gemeentecode"),
    "municipality that is still to come": (
        {"gemeentecode": "1992"},
        "gemeente_nog_niet_geldig",
        "gemeentecode",
    ),
    "no status": ({"statuscode": ""}, "veld_leeg", "statuscode"),
    "status that is a route": ({"statuscode": "Ontheffing"}, "codelijst", "statuscode"),
    "status day with unknown parts": ({"statusdatum": "20150000"}, "datum_ongeldig", "statusdatum"),
    "unknown status day": ({"statusdatum": "00000000"}, "datum_ongeldig", "statusdatum"),
    "status on 31 April": ({"statusdatum": "20150431"}, "datum_ongeldig", "statusdatum"),
    "status after the peildatum": ({"statusdatum": "20220702"}, "datum_na_peildatum", "statusdatum"),
    "status in 1900": ({"statusdatum": "19000101"}, "datum_te_vroeg", "statusdatum"),
    "start after the peildatum": (
        {"startdatum_plicht": "20230101"},
        "datum_na_peildatum",
        "startdatum_plicht",
    ),
    "start in words": ({"startdatum_plicht": "onbekend"}, "datum_ongeldig", "startdatum_plicht"),
    "unknown target group": ({"doelgroep": "Onbekend"}, "codelijst", "doelgroep"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_value_is_the_one_failure_and_is_not_quoted(fault: str, tmp_path: Path) -> None:
    fields, rule, column = FAULTS[fault]
    wrong = fields[column]
    result = run_rows(tmp_path, [person(1), person(2), person(3, **fields), person(4)])
    assert result.message is not None
    assert [
        (f["regel"], f["kolom"], f["rijnummer"], f["ernst"]) for f in result.failures if f["ernst"] == "fout"
    ] == [(rule, column, "4", "fout")]
    if len(wrong.strip()) > 4 and wrong not in RULES.read_text(encoding="utf-8"):
        assert wrong not in result.message
        assert wrong not in result.html


WARNINGS: dict[str, tuple[Row, str, str]] = {
    "status before the act": (
        {"statusdatum": "20061231", "startdatum_plicht": ""},
        "datum_voor_wi2007",
        "statusdatum",
    ),
    "status before start": (
        {"statusdatum": "20080101", "startdatum_plicht": "20080102"},
        "datums_volgorde",
        "",
    ),
    "older than anybody": ({"geboortedatum": "19120630"}, "leeftijd_onmogelijk", "geboortedatum"),
    "older, of one year": ({"geboortedatum": "19000000"}, "leeftijd_onmogelijk", "geboortedatum"),
    "older, of one month": ({"geboortedatum": "19110500"}, "leeftijd_onmogelijk", "geboortedatum"),
    "start on the day of birth": ({"geboortedatum": "20080102"}, "datums_volgorde", ""),
    "status before birth, no start": (
        {"geboortedatum": "20160000", "statusdatum": "20151231", "startdatum_plicht": ""},
        "datums_volgorde",
        "",
    ),
}


@pytest.mark.parametrize("fault", WARNINGS)
def test_what_is_only_odd_is_a_warning_and_the_person_stays(fault: str, tmp_path: Path) -> None:
    fields, rule, column = WARNINGS[fault]
    result = run_rows(tmp_path, [person(1), person(2, **fields)])
    assert result.message is None
    told = [tuple(f.values()) for f in result.failures if f["regel"] != "te_jong"]
    assert told == [(rule, column, "3", "waarschuwing")]
    assert len(result.persons) == 2
    assert (rule, 1) in [(w["regel"], w["aantal"]) for w in result.processing["waarschuwingen"]]


@pytest.mark.parametrize(
    "fields",
    [
        {"geboortedatum": "00000000"},
        {"geboortedatum": "19700000"},
        {"geboortedatum": "19960200"},
        {"geboortedatum": "19640229"},
        {"geboortedatum": "19120701"},
        {"geboortedatum": "19120000"},
        {"statusdatum": "20220701"},
        {"statusdatum": "20080102"},
        {"statusdatum": "", "statuscode": "IBP"},
        {"startdatum_plicht": "", "doelgroep": ""},
        {"gemeentecode": "0457"},
        {"gemeentecode": "0053"},
        {"gemeentecode": "0000", "land_van_herkomst": "0000"},
        {"geslacht": "O"},
        {"persoonsnummer": "met spatie é ' < & in het midden"},
        {"geboortedatum": "00000000", "statusdatum": "", "startdatum_plicht": "", "statuscode": "ONBEKEND"},
    ],
)
def test_what_the_contract_allows_is_accepted(fields: Row, tmp_path: Path) -> None:
    result = run_rows(tmp_path, [person(1, **fields), person(2)])
    assert result.message is None
    assert result.failures == []


def test_the_rni_counts_from_the_day_it_began(tmp_path: Path) -> None:
    rows = [person(1, gemeentecode="1999", statusdatum="20130101")]
    early = run_rows(tmp_path / "a", rows, peildatum="2014-01-05")
    assert early.rows("gemeente_nog_niet_geldig", "gemeentecode") == [2]
    assert run_rows(tmp_path / "b", rows, peildatum="2014-01-06").message is None


def test_a_code_without_successor_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tuple(change for change in reference.reorganisations() if change.code != "0457")
    monkeypatch.setattr(reference, "reorganisations", lambda: kept)
    result = run_rows(tmp_path, [person(1), person(2, gemeentecode="0457")])
    assert result.rows("gemeente_zonder_opvolger", "gemeentecode") == [3]


def test_every_row_with_a_double_number_is_named(tmp_path: Path) -> None:
    numbers = ["A", "B", "C", "B", "", "A", "", "B", "D", "a"]
    rows = [person(at, persoonsnummer=number) for at, number in enumerate(numbers)]
    result = run_rows(tmp_path, rows)
    assert result.rows("persoonsnummer_dubbel", "persoonsnummer") == [2, 3, 5, 7, 9]
    assert result.rows("veld_leeg", "persoonsnummer") == [6, 8]


def test_all_failures_are_told_at_once_sorted_by_row(tmp_path: Path) -> None:
    rows = [
        person(1, geslacht="?", gemeentecode="9?"),
        person(2),
        person(2, statusdatum="x"),
        person(4, statuscode=""),
    ]
    result = run_rows(tmp_path, rows)
    assert [(int(f["rijnummer"]), f["regel"], f["kolom"]) for f in result.failures] == [
        (2, "codelijst", "geslacht"),
        (2, "codelijst", "gemeentecode"),
        (3, "persoonsnummer_dubbel", "persoonsnummer"),
        (4, "persoonsnummer_dubbel", "persoonsnummer"),
        (4, "datum_ongeldig", "statusdatum"),
        (5, "veld_leeg", "statuscode"),
    ]
    with (tmp_path / "validatie.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == ["regel", "kolom", "rijnummer", "ernst"]


def test_every_failing_row_is_in_the_csv_and_the_first_in_the_report(tmp_path: Path) -> None:
    rows = [person(at, geslacht="?" if at % 2 else "V") for at in range(1000)]
    result = run_rows(tmp_path, rows)
    assert result.rows("codelijst", "geslacht") == list(range(3, 1002, 2))
    assert (
        "3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 41 en nog 480" in result.html
    )
    assert result.message is not None
    assert "500 fouten tegen 1 regel" in result.message


def test_what_waited_on_disk_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wi2007.validation.unique.LIMIT_BYTES", 100)
    result = run_rows(tmp_path, [person(at, geslacht="?" if at % 3 else "V") for at in range(100)])
    assert len(result.rows("codelijst", "geslacht")) == 66
    assert not (tmp_path / ".tijdelijk").exists()
    assert run_rows(tmp_path, [person(at) for at in range(100)]).message is None
    assert not (tmp_path / ".tijdelijk").exists()


def test_a_refusal_leaves_earlier_output_alone(tmp_path: Path) -> None:
    assert run_rows(tmp_path, [person(1)]).message is None
    before = {
        path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix in (".parquet", ".json")
    }
    assert run_rows(tmp_path, [person(1, geslacht="?")]).message is not None
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_some_demonstration_numbers_among_others_are_told(tmp_path: Path) -> None:
    rows = [person(1), person(2, persoonsnummer="DEMO0002"), person(3)]
    result = run_rows(tmp_path, rows)
    assert [tuple(f.values()) for f in result.failures] == [
        ("demonstratie_vermengd", "persoonsnummer", "", "waarschuwing")
    ]
    assert result.processing["demonstratie"] is False
    assert "Demonstratie." not in result.html
    whole = run_rows(tmp_path / "demo", [person(at, persoonsnummer=f"DEMO{at}") for at in range(3)])
    assert whole.processing["demonstratie"] is True
    assert "Demonstratie." in whole.html


def test_every_rule_that_can_fail_is_described() -> None:
    rules = read_rules().rules
    tried = {rule for _, rule, _ in FAULTS.values()} | {rule for _, rule, _ in WARNINGS.values()}
    assert tried <= set(rules)
    assert {rules[rule].severity for _, rule, _ in FAULTS.values()} == {"fout"}
    assert {rules[rule].severity for _, rule, _ in WARNINGS.values()} == {"waarschuwing"}
    for fields, rule, column in FAULTS.values():
        assert column in rules[rule].columns, (fields, rule)


def test_the_peildatum_decides_what_is_too_late(tmp_path: Path) -> None:
    content = text_of([person(1, statusdatum="20220701")])
    from engine_deliveries import run

    assert run(tmp_path / "a", content, PEILDATUM).message is None
    late = run(tmp_path / "b", content, "2022-06-30")
    assert late.rows("datum_na_peildatum", "statusdatum") == [2]
