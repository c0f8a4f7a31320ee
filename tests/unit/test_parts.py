"""A delivery in parts is one delivery: which files are its parts, and how rows of all of them are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from wi2007.delivery.parts import Part
from wi2007.errors import UserError
from wi2007.fingerprint import digest, of_delivery
from wi2007.project import Run, delivery_name, parts_of
from wi2007.validation.numbering import Numbering

DAY = "2022-07-01"


def folder(tmp_path: Path, *names: str) -> Path:
    place = tmp_path / "data" / "raw" / DAY
    place.mkdir(parents=True, exist_ok=True)
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(name, encoding="utf-8")
    return place


def names(tmp_path: Path, *there: str) -> list[str]:
    """The names of the parts of the one delivery in the folder."""
    place = folder(tmp_path, *there)
    return [path.relative_to(place).as_posix() for path in parts_of(Run(tmp_path).delivery(DAY))]


@pytest.mark.parametrize(
    "there",
    [
        ["levering-01.parquet", "levering-02.parquet"],
        ["levering_1.csv", "levering_2.csv", "levering_3.csv"],
        ["duo deel1.xlsx", "duo deel2.xlsx"],
        ["levering.part0.csv.gz", "levering.part1.csv.gz"],
        ["export/part-00000-ab.snappy.parquet", "export/part-00001-ab.snappy.parquet"],
        ["export.parquet/0.parquet"],
    ],
)
def test_these_are_one_delivery(there: list[str], tmp_path: Path) -> None:
    assert names(tmp_path, *there) == there


def test_parts_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    there = [f"levering-{number}.csv" for number in range(1, 12)]
    assert names(tmp_path, *reversed(there)) == there
    assert delivery_name(folder(tmp_path) / there[0]) == "levering-1.csv t/m levering-11.csv"


def test_what_an_engine_keeps_for_itself_is_no_part(tmp_path: Path) -> None:
    own = ["export/_SUCCESS", "export/_metadata", "export/.part-0.parquet.crc", "export/_temporary.parquet"]
    assert names(tmp_path, *own, "export/part-0.parquet") == ["export/part-0.parquet"]
    assert delivery_name(folder(tmp_path) / "export") == "export (1 bestanden)"


@pytest.mark.parametrize(
    "there",
    [
        ["levering-2023.csv", "levering-2024.csv"],
        ["levering_v1.csv", "levering_v2.csv"],
        ["levering-01.csv", "levering-02.parquet"],
        ["a-1.csv", "b-2.csv"],
        ["levering.csv", "levering-1.csv"],
        ["levering-1.csv", "levering-2.csv", "ander.csv"],
    ],
)
def test_these_are_not(there: list[str], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="bestanden die een levering van DUO kunnen zijn"):
        names(tmp_path, *there)


@pytest.mark.parametrize("name", ["levering-01.csv", "levering-7.csv", "levering.csv"])
def test_one_file_is_one_file_whatever_its_number(name: str, tmp_path: Path) -> None:
    assert names(tmp_path, name) == [name]
    path = folder(tmp_path) / name
    assert delivery_name(path) == name
    assert of_delivery(path) == digest(path)


def test_a_folder_beside_a_file_is_passed_over_as_it_always_was(tmp_path: Path) -> None:
    assert names(tmp_path, "levering.csv", "oud/part-0.parquet") == ["levering.csv"]


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (["levering-01.csv", "levering-03.csv"], r"2 delen .*maar deel 2 ontbreekt"),
        (["levering-01.csv", "levering-1.csv", "levering-2.csv"], "deel 1 staat er twee keer"),
    ],
)
def test_a_part_that_is_missing_or_doubled_is_told(there: list[str], told: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=told):
        names(tmp_path, *there)


def test_parquet_divided_over_folders_is_told(tmp_path: Path) -> None:
    folder(tmp_path, "export/geslacht=M/part-0.parquet")
    with pytest.raises(UserError, match="de map export met Parquet die over mappen is verdeeld"):
        Run(tmp_path).delivery(DAY)


def test_every_part_counts_in_the_digest_and_so_does_their_order(tmp_path: Path) -> None:
    place = folder(tmp_path, "levering-1.csv", "levering-2.csv")
    first = place / "levering-1.csv"
    before = of_delivery(first)
    first.write_text("levering-2.csv", encoding="utf-8")
    (place / "levering-2.csv").write_text("levering-1.csv", encoding="utf-8")
    assert of_delivery(first) != before


def test_rows_are_told_by_part() -> None:
    numbering = Numbering([Part("een.csv", 2, 0), Part("twee.csv", 12, 10), Part("drie.csv", 20, 18)])
    assert [numbering.place(row) for row in (2, 11, 12, 19, 20)] == [
        ("een.csv", 2),
        ("een.csv", 11),
        ("twee.csv", 2),
        ("twee.csv", 9),
        ("drie.csv", 2),
    ]
    assert numbering.told(13) == "rij 3 van twee.csv"
    assert numbering.listed([2, 3, 12, 20, 21]) == "2 (een.csv), 3, 2 (twee.csv), 2 (drie.csv), 3"
    assert Numbering().told(1234) == "rij 1.234"
    assert Numbering().listed([2, 1234]) == "2, 1234"
