"""A header that is no header, or holds more than names: refused or read, and never a reason to tell a person's data."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_deliveries import Run, person, run, run_rows, text_of

from schemas.columns import COLUMNS

SECRET = "zqgeheim"
ROWS = [
    person(number, persoonsnummer=f"{SECRET}{number}", geboortedatum="19540312") for number in range(1, 6)
]
GOOD = text_of(ROWS)
HEADER = ";".join(COLUMNS)


def told(result: Run) -> str:
    """Everything that was written but the persons themselves, in lower case."""
    written = [
        path.read_text(encoding="utf-8")
        for path in result.folder.iterdir()
        if path.suffix in {".html", ".json"} or path.name == "validatie.csv"
    ]
    return "".join([*written, result.message or ""]).lower()


JOINED = {
    "line end gone, separator put in": GOOD.replace("\n", ";", 1),
    "line end gone": GOOD.replace("\n", "", 1),
    "line end gone, then an empty line": GOOD.replace("\n", ";", 1).replace("\n", "\n\n", 1),
    "one row only, line end gone": text_of(ROWS[:1]).replace("\n", ";", 1),
    "quotation mark over the line end": GOOD.replace(f"{COLUMNS[-1]}\n", f'"{COLUMNS[-1]}\n').replace(
        f"\n{SECRET}2", f'"\n{SECRET}2'
    ),
    "a row of persons that holds the name of a column": GOOD.replace(
        HEADER, f"{SECRET};geslacht;19540312;Jansen"
    ),
}


@pytest.mark.parametrize("fault", JOINED)
def test_a_header_with_a_row_in_it_is_refused_and_not_told(fault: str, tmp_path: Path) -> None:
    result = run(tmp_path, JOINED[fault])
    assert result.message is not None
    assert SECRET not in told(result)
    assert "19540312" not in told(result)
    assert "jansen" not in told(result)


def test_a_line_end_within_a_name_swallows_no_row(tmp_path: Path) -> None:
    result = run(tmp_path, JOINED["quotation mark over the line end"])
    assert result.rows("aanhalingstekens_rijen") == [1]


def test_a_name_over_two_lines_is_a_name(tmp_path: Path) -> None:
    rows = [row | {'"naam\nvan de zaak"': "x"} for row in ROWS]
    result = run(tmp_path, text_of(rows, (*COLUMNS, '"naam\nvan de zaak"')))
    assert result.message is None
    assert len(result.persons) == len(ROWS)


def test_names_nobody_asked_for_are_told_by_name_or_else_by_place(tmp_path: Path) -> None:
    names = ("Naam partner", "bsn_2", "toelichting (intern)", "123456789", "x" * 300)
    result = run(tmp_path, text_of([row | dict.fromkeys(names, "") for row in ROWS], (*COLUMNS, *names)))
    assert result.message is None
    assert {column for _, column in result.rules} == {
        "Naam partner",
        "bsn_2",
        "toelichting (intern)",
        f"(kolom {len(COLUMNS) + 4})",
        f"(kolom {len(COLUMNS) + 5})",
    }


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("persoonsnummer;;;" + "x" * (2 << 20), 1),
        (HEADER + ";k" * (1 << 20) + "\n" + GOOD, 1),
        (HEADER + "\n" + "x" * (20 << 20), 2),
    ],
)
def test_a_line_without_end_at_the_beginning_is_refused(content: str, row: int, tmp_path: Path) -> None:
    result = run(tmp_path, content)
    assert result.rows("bestand_onleesbaar") == [row]
    assert len(result.html) < 100_000


def test_very_many_columns_make_no_very_long_page(tmp_path: Path) -> None:
    names = tuple(f"k{number}" for number in range(20_000))
    result = run(tmp_path, text_of([row | dict.fromkeys(names, "") for row in ROWS], (*COLUMNS, *names)))
    assert result.message is None
    assert len(result.rules) == len(names)
    assert len(result.html) < 100_000
    assert "en nog 19.900 kolommen" in result.html


INVISIBLE = {
    "word joiner": "\u2060P77",
    "space without width": "P\u200b77",
    "line end": '"P77\nP78"',
    "tab": "P7\t7",
    "separator of lines": "P7\u20287",
    "bell": "P7\a7",
}


@pytest.mark.parametrize("fault", INVISIBLE)
def test_what_cannot_be_seen_makes_no_other_number(fault: str, tmp_path: Path) -> None:
    result = run_rows(tmp_path, [person(1), person(2), person(3, persoonsnummer=INVISIBLE[fault]), person(4)])
    assert result.message is not None
    assert result.rules == {("persoonsnummer_tekens", "persoonsnummer")}
    assert result.rows("persoonsnummer_tekens", "persoonsnummer") == [4]


def test_a_number_that_swallows_rows_is_refused(tmp_path: Path) -> None:
    swallowing = GOOD.replace(f"\n{SECRET}2", f'\n"{SECRET}2').replace(f"{SECRET}4;", f'{SECRET}4";')
    result = run(tmp_path, swallowing)
    assert result.rows("aanhalingstekens_rijen") == [3]
    assert SECRET not in told(result)


def test_letters_of_any_language_are_seen(tmp_path: Path) -> None:
    numbers = ("Ç-1", "P 77", "“É”", "数1", "a;b", "+1a=")
    rows = [person(1, persoonsnummer=f'"{number}"') for number in numbers]
    result = run(tmp_path, text_of(rows))
    assert result.message is None
    assert [found["persoonsnummer"] for found in result.persons] == list(numbers)


@pytest.mark.parametrize(
    "header",
    [
        ";".join(["person_id", *COLUMNS[1:]]),
        ";".join(["person_id", "sekse", *COLUMNS[2:]]),
        ";".join(f"veld{at}" for at in range(len(COLUMNS))),
    ],
)
def test_where_names_are_others_the_first_refusal_gives_the_command_that_helps(
    header: str, tmp_path: Path
) -> None:
    rows = text_of([person(at) for at in range(30)]).splitlines()[1:]
    folder = tmp_path / "met een spatie"
    message = run(folder, "\n".join([header, *rows]) + "\n").message
    assert message is not None
    assert f"wi2007 inspect 'MAP/{folder.name}/levering.csv'" in message.splitlines()[-2]
    assert "maakt een levering.yaml" in message


def test_where_the_names_are_right_no_command_is_given(tmp_path: Path) -> None:
    message = run(tmp_path, text_of([person(1), person(2, geslacht="Q")])).message
    assert message is not None
    assert "wi2007 inspect" not in message
