"""Catalogue of faults, 5: the folder of the delivery, what lies in it, and the levering.yaml beside it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from engine_deliveries import PEILDATUM
from faults_people import GOOD
from faults_trial import Place, attempt

CSV = GOOD.bytes()


def _outside(path: Path) -> None:
    target = path.parents[4] / "elders.csv"
    target.write_bytes(CSV)
    path.symlink_to(target)


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("weg.csv"))


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


FOLDERS: dict[str, tuple[Mapping[str, bytes | str | Place], str]] = {
    "no file": ({}, "geen bestand van DUO"),
    "only a file of the CBS": ({"cbs.xlsx": b"PK"}, "geen bestand van DUO"),
    "only a hidden file": ({".levering.csv": CSV}, "geen bestand van DUO"),
    "only what Excel leaves while a file is open": ({"~$levering.xlsx": b"x"}, "geen bestand van DUO"),
    "two files": ({"a.csv": CSV, "b.csv": CSV}, "2 bestanden"),
    "two kinds of file": ({"a.csv": CSV, "b.xlsx": b"PK"}, "2 bestanden"),
    "a folder named as a file": ({"levering.csv": Path.mkdir}, "geen bestand van DUO"),
    "a link out of the raw data": ({"levering.csv": _outside}, "koppeling"),
    "a link to nothing": ({"levering.csv": _dangling}, "levering.csv"),
    "a link to itself": ({"levering.csv": _circle}, "levering.csv"),
    "a pipe": ({"levering.csv": _pipe}, "geen bestand van DUO"),
    "old Excel": ({"levering.xls": b"\xd0\xcf\x11\xe0"}, "levering.xls"),
    "OpenOffice": ({"levering.ods": b"PK"}, "levering.ods"),
    "a PDF": ({"levering.pdf": b"%PDF"}, "levering.pdf"),
    "Word": ({"levering.docx": b"PK"}, "levering.docx"),
    "an empty file": ({"levering.csv": b""}, "bestand_leeg"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FOLDERS)
def test_a_folder_without_one_delivery_is_told(fault: str, tmp_path: Path) -> None:
    files, told = FOLDERS[fault]
    result = attempt(tmp_path, files)
    assert result.message is not None
    assert PEILDATUM in result.message
    assert told in result.message
    assert result.nothing_lost()


@pytest.mark.parametrize(
    "name",
    ["2022-13-01", "2022-02-30", "1-7-2022", "01-07-2022", "20220701", "2022-7-1", "juli", "2022", "2022-07-01 (2)",
     "2022-07-01_oud", "２０２２-０７-０１", "2022-W26-5"],
)  # fmt: skip
def test_a_folder_that_is_no_date_is_told(name: str, tmp_path: Path) -> None:
    result = attempt(tmp_path, {"levering.csv": CSV}, peildatum=name)
    assert result.message is not None
    assert f"data/raw/{name}/" in result.message
    assert result.nothing_lost()


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{here}: &{here} [{','.join(['*' + before] * 9)}]\n"
    for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)
LEVERINGEN: dict[str, tuple[bytes | str, str]] = {
    "a setting that does not exist": ("peildata: 2022-07-01\n", "peildata"),
    "a part of reading that does not exist": ("lezen: {scheiding: komma}\n", "scheiding"),
    "a separator that does not exist": ("lezen: {scheidingsteken: hekje}\n", "scheidingsteken"),
    "an encoding that does not exist": ("lezen: {codering: ebcdic}\n", "codering"),
    "another encoding": ("lezen: {codering: utf-16}\n", "bestand_codering"),
    "another kind of file": ("lezen: {soort: xlsx}\n", "soort_anders"),
    "another separator": ("lezen: {scheidingsteken: tab}\n", "kop_scheidingsteken"),
    "a row of names that is no number": ("lezen: {koprij: tweede}\n", "regel 1: Schrijf het nummer van een rij"),
    "a row of names that is nought": ("lezen: {koprij: 0}\n", "regel 1: Schrijf het nummer van een rij"),
    "a row of names that is a person's": ("lezen: {koprij: 2}\n", "kop_onherkenbaar"),
    "a row of names beyond the end": ("lezen: {koprij: 4000}\n", "koprij_leeg"),
    "a column that is not ours": ("kolommen: {naam: NAAM}\n", "naam"),
    "a field that is not in the file": ("kolommen: {geslacht: SEKSE}\n", "SEKSE"),
    "one field for two columns": (
        "kolommen: {persoonsnummer: persoonsnummer, geslacht: persoonsnummer}\n", "persoonsnummer",
    ),
    "a needed column left out": ("kolommen: {geslacht: leeg}\n", "geslacht"),
    "another peildatum": ("peildatum: 2023-07-01\n", "peildatum"),
    "a peildatum that is no date": ("peildatum: morgen\n", "regel 1: Schrijf een datum"),
    "a peildatum in no field": ("peildatum_kolom: PEILDATUM\n", "PEILDATUM"),
    "a file that is not there": ("bestand: ander.csv\n", "bestand"),
    "a file elsewhere": ("bestand: ../../../elders.csv\n", "bestand"),
    "a layout that does not exist": ("indeling: duo_1999\n", "indeling"),
    "a layout elsewhere": ("indeling: ../../../etc/passwd\n", "indeling"),
    "a rule that does not exist": ("normaliseren: [spatie]\n", "spatie"),
    "a recoding to what we do not have": ("kolommen: {geslacht: {kolom: geslacht, waarden: {M: Man}}}\n", "geslacht"),
    "no YAML": ("kolommen: [geslacht\n", "levering.yaml"),
    "a tab for spaces": ("kolommen:\n\tgeslacht: SEKSE\n", "levering.yaml"),
    "a list": ("- geslacht\n", "levering.yaml"),
    "only words": ("geslacht staat in kolom 2\n", "levering.yaml"),
    "the same setting twice": ("normaliseren: geen\nnormaliseren: alle\n", "regel 2"),
    "aliases that grow": (BOMB, "levering.yaml"),
    "an object of Python": ("peildatum: !!python/object/apply:os.system ['true']\n", "levering.yaml"),
    "a NUL": ("normaliseren: geen\0\n", "levering.yaml"),
    "UTF-16 without mark": ("normaliseren: geen\n".encode("utf-16-le"), "levering.yaml"),
    "bytes": (bytes(range(128, 256)), "levering.yaml"),
    "nested a thousand deep": ("[" * 5000 + "]" * 5000, "levering.yaml"),
    "megabytes": ("# " + "x" * (5 << 20) + "\nnormaliseren: geen\n", "levering.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("fault", LEVERINGEN)
def test_a_wrong_levering_yaml_is_told_with_what_is_wrong(fault: str, tmp_path: Path) -> None:
    content, told = LEVERINGEN[fault]
    result = attempt(tmp_path, {"levering.csv": CSV, "levering.yaml": content})
    assert result.message is not None
    assert told in result.message
    assert len(result.message) < 2500
    assert "Q7K" not in result.words()
    assert "Traceback" not in result.words()
    assert result.nothing_lost()


@pytest.mark.parametrize("name", ["levering.yml", "Levering.yaml", "LEVERING.YAML", "levering.yaml.txt"])
def test_a_levering_yaml_under_another_name_is_not_passed_over(name: str, tmp_path: Path) -> None:
    result = attempt(tmp_path, {"levering.csv": CSV, name: "normaliseren: geen\n"})
    assert result.message is not None
    assert name in result.message
    assert result.nothing_lost()


def test_a_peildatum_that_differs_in_a_row_is_found(tmp_path: Path) -> None:
    days = ["2022-07-01"] * len(GOOD.rows)
    days[6], days[9] = "2021-07-01", ""
    files = {
        "levering.csv": GOOD.beside("PEILDATUM", days).bytes(),
        "levering.yaml": "peildatum_kolom: PEILDATUM\n",
    }
    result = attempt(tmp_path, files)
    assert result.message is not None
    assert result.told() == {("peildatum_anders", "", 8), ("peildatum_anders", "", 11)}


def test_a_combination_that_nobody_foresaw_is_found(tmp_path: Path) -> None:
    sheet = GOOD.renamed({"statuscode": "status"}).beside("grond", "").put(4, "grond", "MED")
    sheet = sheet.everywhere("status", "IBP").put(4, "status", "ONTH").put(5, "status", "ONTH")
    yaml = (
        "kolommen:\n  statuscode:\n    kolommen: [status, grond]\n    waarden:\n"
        "      - {status: IBP, wordt: IBP}\n      - {status: ONTH, grond: MED, wordt: ONTHEFFING_MEDISCH}\n"
    )
    result = attempt(tmp_path, {"levering.csv": sheet.bytes(), "levering.yaml": yaml})
    assert result.message is not None
    assert result.told() == {("combinatie_onbekend", "statuscode", 7)}
