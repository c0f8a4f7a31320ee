"""The demonstration delivery in every dialect gives the same persons and the same cube, byte for byte.

Where a dialect can be read in two ways it is refused, and read with the levering.yaml that says which.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import demo_sheet
import pytest
from dialect_files import file_dialects, large_files
from dialect_questions import questions
from dialects import Dialect, name_dialects, other_dialects, text_dialects, text_of, value_dialects
from faults_people import Sheet
from steps import read_delivery

from schemas.columns import HOURS
from wi2007 import reference
from wi2007.errors import UserError

Made = dict[str, bytes]


def made(folder: Path, dialect: Dialect) -> Made:
    """The persons, the cube and the counts by column of a delivery. Raises `UserError` when it is refused."""
    folder.mkdir()
    delivery = folder / dialect.file
    delivery.write_bytes(dialect.content)
    levering = folder / "levering.yaml"
    if dialect.levering:
        levering.write_text(dialect.levering, encoding="utf-8")
    read_delivery(delivery, folder, levering=levering if dialect.levering else None)
    counts = json.loads((folder / "verdeling.json").read_text(encoding="utf-8"))["kolommen"]
    return {
        name: (folder / name).read_bytes()
        for name in ("personen.parquet", "kubus.parquet", "uitstroom.parquet", "beleid.parquet")
    } | {"verdeling.json": json.dumps(counts).encode()}


@pytest.fixture(scope="module")
def of_part(tmp_path_factory: pytest.TempPathFactory) -> Made:
    content = text_of(demo_sheet.part()).encode()
    return made(tmp_path_factory.mktemp("gewoon") / "t", Dialect("plain", "levering.csv", content))


@pytest.fixture(scope="module")
def of_few(tmp_path_factory: pytest.TempPathFactory) -> Made:
    content = text_of(demo_sheet.few()).encode()
    return made(tmp_path_factory.mktemp("gewoon") / "t", Dialect("plain", "levering.csv", content))


def wrong(folder: Path, dialects: Iterator[Dialect], plain: Made) -> dict[str, str]:
    """The dialects that did not give what the plain file gives, and what they gave."""
    found = {}
    for number, dialect in enumerate(dialects):
        try:
            ours = made(folder / str(number), dialect)
        except UserError as error:
            found[dialect.name] = str(error)
            continue
        differs = [name for name in plain if ours[name] != plain[name]]
        if differs:
            found[dialect.name] = f"other bytes in {' and '.join(differs)}"
    return found


def test_every_way_of_writing_values_gives_the_same_bytes(tmp_path: Path, of_part: Made) -> None:
    assert wrong(tmp_path, value_dialects(demo_sheet.part()), of_part) == {}


@pytest.mark.parametrize(
    "dialects",
    [text_dialects, name_dialects, other_dialects, file_dialects],
    ids=lambda some: some.__name__,
)
def test_every_dialect_gives_the_same_bytes(
    tmp_path: Path, of_few: Made, dialects: Callable[[Sheet], Iterator[Dialect]]
) -> None:
    assert wrong(tmp_path, dialects(demo_sheet.few()), of_few) == {}


@pytest.mark.parametrize("sheet", [demo_sheet.few, demo_sheet.part], ids=["few", "part"])
def test_the_sample_has_what_the_dialects_are_about(sheet: Callable[[], Sheet]) -> None:
    people = sheet()
    assert set(people.column("statuscode")) == set(reference.statuses())
    assert {"Turks", "anders", "Nederlands"} == set(people.column("gevraagde_nationaliteit"))
    born = set(people.column("geboortedatum"))
    assert "00000000" in born
    assert any(text.endswith("0000") for text in born - {"00000000"})
    assert any(text.endswith("00") and not text.endswith("0000") for text in born)


@pytest.mark.parametrize(
    "column", ["geslacht", "geboortedatum", "gemeentecode", "statuscode", "statusdatum", *demo_sheet.DETAILS]
)
def test_one_value_more_or_less_gives_other_bytes(tmp_path: Path, of_few: Made, column: str) -> None:
    sheet = demo_sheet.few()
    rows = sheet.column("gevraagde_nationaliteit")
    one = rows.index("anders")
    # Of the hours only the hundred is counted.
    value = next(
        text
        for text in sheet.column(column)
        if text and text != sheet.column(column)[one] and (column != HOURS or len(text) == 4)
    )
    content = text_of(sheet.put(one, column, value)).encode()
    assert made(tmp_path / "t", Dialect("other", "levering.csv", content)) != of_few


def test_what_can_be_read_in_two_ways_is_read_as_levering_says(tmp_path: Path, of_part: Made) -> None:
    assert wrong(tmp_path, (asked.dialect for asked in questions(demo_sheet.part())), of_part) == {}


def test_what_can_be_read_in_two_ways_is_refused_without_levering(tmp_path: Path) -> None:
    for number, asked in enumerate(questions(demo_sheet.part())):
        folder = tmp_path / str(number)
        with pytest.raises(UserError):
            made(folder, replace(asked.dialect, levering=""))
        with (folder / "validatie.csv").open(encoding="utf-8", newline="") as file:
            told = {
                (line["regel"], line["kolom"]) for line in csv.DictReader(file) if line["ernst"] == "fout"
            }
        assert (asked.rule, asked.column) in told, asked.dialect.name
        assert {column for _, column in told} == {asked.column}, asked.dialect.name
        assert not (folder / "personen.parquet").exists()


@pytest.mark.slow
@pytest.mark.long
def test_many_persons_give_the_same_bytes(tmp_path: Path) -> None:
    """Several batches, cut in other places in every kind of file."""
    content = b"".join(demo_sheet.whole().splitlines(keepends=True)[:80_001])
    expected = made(tmp_path / "t", Dialect("plain", "duo_demonstratie.csv", content))
    assert wrong(tmp_path, large_files(content), expected) == {}
