"""Damage to the lists in `reference/`: told in Dutch with the file and the row, and never a defect of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from wi2007 import reference, study
from wi2007.decisions import listing
from wi2007.errors import UserError
from wi2007.project import REFERENCE
from wi2007.tables import variables

LISTS: dict[str, Callable[[], object]] = {
    "landen": reference.countries,
    "nationaliteiten": reference.nationalities,
    "gemeenten": reference.municipalities,
    "herindelingen": reference.reorganisations,
    "provincies": reference.provinces,
    "leeftijdsklassen": reference.age_classes,
    "uitstroomroutes": reference.statuses,
    "studie_2022": study.figures,
    "studie_2022_errata": study.figures,
}
CACHED = (*LISTS.values(), reference.routes, variables._list)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of `reference/` that is read instead of the project's."""
    copy = tmp_path / "reference"
    copytree(REFERENCE, copy)

    def read(path: Path, *rest: object) -> object:
        return listing.read(copy / path.name, *rest)

    monkeypatch.setattr(reference, "read", read)
    monkeypatch.setattr(study, "read", read)
    _forget()
    yield copy
    _forget()


def _forget() -> None:
    for read in CACHED:
        read.cache_clear()


def told(name: str) -> str:
    with pytest.raises(UserError) as error:
        LISTS[name]()
    assert f"{name}.csv" in str(error.value)
    return str(error.value)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines), encoding="utf-8")


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


every_list = pytest.mark.parametrize("name", list(LISTS))


@every_list
def test_an_undamaged_copy_is_read(folder: Path, name: str) -> None:
    assert LISTS[name]()


@every_list
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / f"{name}.csv").unlink()
    assert "ontbreekt. Zet het terug" in told(name)


@every_list
def test_a_folder_in_its_place(folder: Path, name: str) -> None:
    (folder / f"{name}.csv").unlink()
    (folder / f"{name}.csv").mkdir()
    assert "niet te lezen" in told(name)


@every_list
@pytest.mark.parametrize("content", [b"", b"\n", b"\n\n"])
def test_an_empty_file(folder: Path, name: str, content: bytes) -> None:
    (folder / f"{name}.csv").write_bytes(content)
    assert "Zet het bestand terug" in told(name)


@every_list
def test_a_header_alone(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    write(path, [lines_of(path)[0], ""])
    assert "alleen een kop" in told(name)


@every_list
def test_another_encoding(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    path.write_bytes(path.read_bytes() + "\nCuraçao".encode("cp1252"))
    assert f"regel {len(lines_of_bytes(path))}" in told(name)


def lines_of_bytes(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n")


@every_list
def test_a_column_that_is_missing(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    lines = lines_of(path)
    column = lines[0].split(",")[1]
    write(path, [lines[0].replace(f",{column},", ",iets_anders,"), *lines[1:]])
    assert f"ontbreekt in rij 1 de kolom {column}" in told(name)


@every_list
def test_a_header_in_another_separator(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    write(path, [line.replace(",", ";") for line in lines_of(path)])
    assert "ontbreekt in rij 1 de kolom" in told(name)


@every_list
@pytest.mark.parametrize("change", [lambda row: row.rsplit(",", 1)[0], lambda row: row + ",meer"])
def test_a_row_of_another_length(folder: Path, name: str, change: Callable[[str], str]) -> None:
    path = folder / f"{name}.csv"
    lines = lines_of(path)
    row = lines[2].replace(", ", " ").replace('"', "")
    write(path, [*lines[:2], change(row), *lines[3:]])
    assert "rij 3: hier staan" in told(name)


@every_list
def test_a_row_that_is_there_twice(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    lines = lines_of(path)
    at = 3 if name == "leeftijdsklassen" else 2
    write(path, [*lines[:at], lines[at - 1], *lines[at:]])
    message = told(name)
    assert f"rij {at + 1}" in message
    assert f"dit staat ook in rij {at}" in message


@every_list
def test_a_quotation_mark_that_is_not_closed(folder: Path, name: str) -> None:
    path = folder / f"{name}.csv"
    lines = lines_of(path)
    write(
        path, [*lines[:2], f'"{lines[2]}'.replace('",', ","), *[line.replace('"', "") for line in lines[3:]]]
    )
    assert "Zet het bestand terug" in told(name)


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        (
            "gemeenten",
            "0003,Appingedam,Appingedam",
            "003,Appingedam,Appingedam",
            "rij 3, kolom 'gemeentecode'",
        ),
        ("gemeenten", "0003,Appingedam,Appingedam", "0003,Appingedam,", "rij 3, kolom 'leesnaam'"),
        ("gemeenten", ",2021-01-01", ",2021-02-30", "rij 3, kolom 'geldig_tot'"),
        ("gemeenten", ",2021-01-01", ",01-01-2021", "rij 3, kolom 'geldig_tot'"),
        ("gemeenten", ",2021-01-01", ",20210101", "rij 3, kolom 'geldig_tot'"),
        ("gemeenten", "1968-01-01,2018-01-01", "2018-01-01,1968-01-01", "rij 5, kolom 'geldig_tot'"),
        ("gemeenten", "\n1999,", "\n1998,", "ontbreekt de code 1999"),
        ("landen", "\n0000,", "\n0001,", "ontbreekt de code 0000"),
        (
            "landen",
            "5001,Canada,Canada,1867-07-01",
            "5001,Canada,Canada,in 1867",
            "rij 3, kolom 'geldig_vanaf'",
        ),
        ("landen", "5001,Canada", "5001,", "rij 3, kolom 'naam'"),
        ("herindelingen", "2007-01-01,0429", ",0429", "rij 2, kolom 'ingangsdatum'"),
        ("herindelingen", "0429,1598", "9998,1598", "rij 2, kolom 'gemeentecode'"),
        ("herindelingen", "0429,1598", "0429,9998", "rij 2, kolom 'opvolger'"),
        ("herindelingen", "1598,opheffing,ja", "1598,opgeheven,ja", "rij 2, kolom 'soort'"),
        ("herindelingen", "1598,opheffing,ja", "1598,opheffing,j", "rij 2, kolom 'hoofdopvolger'"),
        ("herindelingen", "0080,splitsing,ja", "0080,splitsing,nee", "heeft de code 0055 geen hoofdopvolger"),
        ("herindelingen", "0074,splitsing,nee", "0074,splitsing,ja", "de code heeft er al een in rij"),
        ("provincies", "0003,Groningen", "0003,", "rij 2, kolom 'provincie'"),
        ("provincies", "0003,Groningen", "0003,Grunn", "rij 2, kolom 'provincie'"),
        ("provincies", "0003,Groningen", "0002,Groningen", "rij 2, kolom 'gemeentecode'"),
        ("provincies", "0003,Groningen", "1999,Groningen", "ligt in geen provincie"),
        ("provincies", "0005,Groningen", "0003,Groningen", "rij 3, kolom 'gemeentecode'"),
        ("leeftijdsklassen", "25 tot 35,25,35", "25 tot 35,26,35", "rij 3, kolom 'vanaf'"),
        ("leeftijdsklassen", "25 tot 35,25,35", "25 tot 35,vijf,35", "rij 3, kolom 'vanaf'"),
        ("leeftijdsklassen", "25 tot 35,25,35", "25 tot 35,25,25", "rij 3, kolom 'tot'"),
        ("leeftijdsklassen", "65 en ouder,65,", "65 en ouder,65,99", "laatste klasse niet open"),
        ("uitstroomroutes", "IBP,Nog steeds inburgeringsplichtig", "IBP,", "rij 7, kolom 'uitstroomroute'"),
        ("uitstroomroutes", "onbekend,nee", "onbekend,misschien", "kolom 'gedocumenteerd'"),
        ("studie_2022", "7919,100,0", "7.919.0,100,0", "rij 2, kolom 'aantal_gedrukt'"),
        ("studie_2022", "7919,100,0", "7919,100%,0", "rij 2, kolom 'procent_gedrukt'"),
        ("studie_2022", "7919,100,0", "7919,100,nul", "rij 2, kolom 'decimalen'"),
        ("studie_2022_errata", "aantal,146116", "aantallen,146116", "rij 2, kolom 'maat'"),
    ],
)
def test_a_value_that_cannot_be(folder: Path, name: str, old: str, new: str, place: str) -> None:
    replace_in(folder / f"{name}.csv", old, new)
    assert place in told(name)


def test_a_municipality_without_a_province(folder: Path) -> None:
    replace_in(folder / "provincies.csv", '0003,Groningen,"CBS, Gebieden in Nederland"\n', "")
    assert "ontbreekt de gemeente 0003" in told("provincies")
