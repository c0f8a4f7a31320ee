"""What stands behind a verdict: unique numbers, spilled row numbers, the outcome as JSON, rules, the report."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
import pytest
from engine_deliveries import PEILDATUM, person, random_people, run_rows
from pandera.errors import SchemaErrors

from schemas.columns import COLUMNS
from schemas.delivery import EMPTY, Bounds, delivery_schema
from wi2007.delivery.problems import Problem
from wi2007.errors import UserError
from wi2007.steps.read import write_report
from wi2007.validation import report, unique
from wi2007.validation.outcome import Failures, by_row, from_json, to_json
from wi2007.validation.rules import RULES, read_rules
from wi2007.validation.unique import Spill

BOUNDS = Bounds(date(1900, 1, 1), date(1990, 1, 1), date(2007, 1, 1), date(1912, 7, 1))


@pytest.mark.parametrize("limit", [0, 100, 1 << 20])
def test_numbers_come_back_in_order_from_memory_or_disk(limit: int, tmp_path: Path) -> None:
    spill = Spill(tmp_path / "scratch", "int64", limit)
    for start in range(0, 100, 10):
        spill.append(start % 3, np.arange(start, start + 10))
    for key in range(3):
        expected = [n for start in range(0, 100, 10) if start % 3 == key for n in range(start, start + 10)]
        assert spill.read(key).tolist() == expected
        assert spill.count(key) == len(expected)
    assert spill.read(9).tolist() == []
    assert (tmp_path / "scratch").exists() == (limit < 800)
    spill.close()
    assert not (tmp_path / "scratch").exists()


def batches(numbers: list[str], size: int) -> list[tuple[np.ndarray, pa.Array]]:
    return [
        (np.arange(at, min(at + size, len(numbers))) + 2, pa.array(numbers[at : at + size], pa.string()))
        for at in range(0, len(numbers), size)
    ]


def found(numbers: list[str], scratch: Path, size: int = 4) -> list[int]:
    people = unique.PersonNumbers(scratch)
    for _, part in batches(numbers, size):
        people.add(part)
    try:
        return people.duplicates(lambda: iter(batches(numbers, size))).tolist()
    finally:
        people.close()


NUMBERS = [
    "a",
    "",
    "b",
    "a\0",
    "a",
    "longer than eight",
    "longer than eighty",
    "b ",
    "",
    "longer than eight",
    "B",
]


def test_equal_numbers_are_found_and_only_those(tmp_path: Path) -> None:
    assert found(NUMBERS, tmp_path) == [2, 6, 7, 11]


def test_equal_hashes_are_no_equal_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unique, "hash_texts", lambda texts: np.zeros(len(texts), dtype=np.uint64))
    assert found(NUMBERS, tmp_path) == [2, 6, 7, 11]
    assert found(["a", "b", "c"], tmp_path) == []


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_many_suspects_are_confirmed_in_parts(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unique, "_ROWS_AT_ONCE", at_once)
    numbers = [f"P{n % 40}" for n in range(50)]
    assert found(numbers, tmp_path) == [*range(2, 12), *range(42, 52)]


def test_numbers_on_disk_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unique, "Spill", lambda folder, dtype: Spill(folder, dtype, 16))
    assert found([f"P{n % 40}" for n in range(50)], tmp_path) == [*range(2, 12), *range(42, 52)]
    assert list(tmp_path.iterdir()) == []


def test_hashes_do_not_depend_on_the_neighbours() -> None:
    texts = ["", "a", "b", "exactly8", "nine char", "exactly8", "a" * 100]
    whole = unique.hash_texts(pa.array(texts))
    alone = [unique.hash_texts(pa.array([text]))[0] for text in texts]
    sliced = unique.hash_texts(pa.array(["xyz", *texts])[1:])
    assert whole.tolist() == [int(value) for value in alone] == sliced.tolist()
    assert len(set(whole.tolist())) == len(set(texts))


def test_hashes_of_like_numbers_differ() -> None:
    hashes = unique.hash_texts(pa.array([f"P{n:012d}" for n in range(200_000)]))
    assert len(np.unique(hashes)) == 200_000


def test_failures_are_told_by_row_and_those_without_a_row_first(tmp_path: Path) -> None:
    failures = Failures(read_rules(), tmp_path / "scratch")
    failures.add("codelijst", "geslacht", np.array([5, 900_000]))
    failures.add("codelijst", "geslacht", np.array([900_007]))
    failures.add("veld_leeg", "geslacht", np.array([5, 6]))
    failures.add_problem(Problem("kolom_ontbreekt", "doelgroep"))
    findings = failures.findings()
    assert [(f.rule.name, f.count) for f in findings] == [
        ("kolom_ontbreekt", 1),
        ("veld_leeg", 2),
        ("codelijst", 3),
    ]
    merged = [
        (row, findings[at].rule.name)
        for rows, which in by_row(findings, 30_000)
        for row, at in zip(rows, which, strict=True)
    ]
    assert merged == [
        (5, "veld_leeg"),
        (5, "codelijst"),
        (6, "veld_leeg"),
        (900_000, "codelijst"),
        (900_007, "codelijst"),
    ]
    assert failures.refused


def test_a_warning_alone_does_not_refuse(tmp_path: Path) -> None:
    failures = Failures(read_rules(), tmp_path / "scratch")
    failures.add("lege_regel", "", np.array([7]))
    assert not failures.refused


def test_the_report_is_the_same_from_json(tmp_path: Path) -> None:
    people = random_people(300)
    people += [person(1000 + at, statusdatum="20061231", startdatum_plicht="") for at in range(30)]
    result = run_rows(tmp_path, people)
    assert result.message is None
    text = (tmp_path / "validatie.json").read_text(encoding="utf-8")
    write_report(from_json(text), tmp_path / "opnieuw")
    for name in ("validatie.html", "validatie.csv"):
        assert (tmp_path / "opnieuw" / name).read_bytes() == (tmp_path / name).read_bytes()
    assert to_json(from_json(text)) + "\n" == text
    assert len(result.rows("datum_voor_wi2007", "statusdatum")) == 30


def test_names_from_the_header_cannot_break_csv_or_page(tmp_path: Path) -> None:
    from engine_deliveries import run, text_of

    name = '<b>"a",\nb</b>'
    quoted = '"' + name.replace('"', '""') + '"'
    content = text_of([person(1) | {quoted: "x"}], (*COLUMNS, quoted))
    result = run(tmp_path, content)
    assert result.rules == {("kolom_onbekend", f"(kolom {len(COLUMNS) + 1})")}
    assert "<b>" not in result.html


def test_the_schemas_and_the_rules_know_the_same_names() -> None:
    schema = delivery_schema(date.fromisoformat(PEILDATUM), BOUNDS)
    rules = read_rules().rules
    in_schema: dict[str, set[str]] = {}
    for name, column in schema.columns.items():
        checks = [check.name for check in column.checks] + ([] if column.nullable else [EMPTY])
        for check in checks:
            in_schema.setdefault(check, set()).add(name)
    in_schema[EMPTY].discard("volgorde_datums")
    for check, columns in in_schema.items():
        if check != "datums_volgorde":
            assert set(rules[check].columns) == columns, check
    beside = {name for name in rules if name not in in_schema}
    assert {
        "persoonsnummer_dubbel",
        "kolom_ontbreekt",
        "rij_aantal_velden",
        "demonstratie_vermengd",
    } <= beside


def test_the_schema_holds_for_a_plain_table_of_text() -> None:
    schema = delivery_schema(date.fromisoformat(PEILDATUM), BOUNDS)
    people = [{name: value or None for name, value in row.items()} for row in random_people(100)]
    frame = pd.DataFrame(people, columns=list(COLUMNS))
    assert isinstance(schema, pandera.DataFrameSchema)
    schema.validate(frame, lazy=True)
    frame.loc[[3, 7], "geslacht"] = "x"
    frame.loc[5, "gemeentecode"] = None
    with pytest.raises(SchemaErrors) as caught:
        schema.validate(frame, lazy=True)
    assert {(error.schema.name, error.reason_code.value) for error in caught.value.schema_errors} == {
        ("geslacht", "dataframe_check"),
        ("gemeentecode", "series_contains_nulls"),
    }


@pytest.mark.parametrize(
    "change",
    [
        ("ernst: fout", "ernst: erg"),
        ("regels:", "regel:"),
        ("grenzen:", "grens:"),
        ('geboortedatum: "1900-01-01"', "geboortedatum: vroeger"),
        ("omschrijving: Het bestand is leeg.", ""),
        ("regels:", "regels: ["),
    ],
)
def test_rules_that_cannot_be_used_are_a_user_error(change: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "validation.yaml"
    path.write_text(RULES.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(UserError, match=r"validation\.yaml"):
        read_rules(path)


def test_a_failure_in_a_name_is_quoted_in_the_csv(tmp_path: Path) -> None:
    result = run_rows(tmp_path, [person(1)])
    outcome = from_json((result.folder / "validatie.json").read_text(encoding="utf-8"))
    file = io.StringIO()
    report.write_csv(outcome, file)
    assert file.getvalue() == "regel,kolom,rijnummer,ernst\n"
