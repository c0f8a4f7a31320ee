"""The report tells how the delivery was read, and what was done to municipalities that ended."""

from __future__ import annotations

import json
from typing import Any

import pytest
from content_sample import PEOPLE, inputs, processing, section, sentences, tables

from wi2007.publication.document import Section, Table
from wi2007.publication.report import report

READ = [
    {"over": "soort", "waarde": "tekst", "ingesteld": False, "waarom": "De inhoud is tekst."},
    {"over": "iets_nieuws", "waarde": "*ja*", "ingesteld": True, "waarom": "Zo staat het in levering.yaml."},
]
NORMALISED = [
    {
        "regel": "nullen",
        "kolom": "gemeentecode",
        "omschrijving": "Nullen vooraan zijn aangevuld.",
        "omvang": "5 tot 20% van de rijen",
    },
    {"regel": "label", "kolom": "gemeentecode", "omschrijving": "De naam is vervangen.", "omvang": "klein"},
]


def told(**changes: Any) -> Section:
    """The section on reading, of a delivery that was read in this way."""
    delivery = json.loads(processing(PEOPLE))["levering"] | changes
    return section(report(inputs(levering=delivery)), "gelezen")


def table(part: Section, name: str) -> Table:
    return next(one for one in tables(part) if one.id == name)


def cells(one: Table) -> list[list[str]]:
    return [[row.label, *(cell.text for cell in row.cells)] for row in one.rows]


def test_every_decision_is_told_with_its_reason() -> None:
    assert cells(table(told(lezing=READ), "lezing")) == [
        ["Soort bestand", "tekst", "gevonden", "De inhoud is tekst."],
        ["Iets nieuws", "*ja*", "ingesteld", "Zo staat het in levering.yaml."],
    ]


def test_names_are_told_where_they_differ() -> None:
    fields = {
        "persoonsnummer": ["PSEUDO_ID"],
        "geslacht": ["geslacht"],
        "statuscode": ["STATUS", "GROND"],
        "doelgroep": [],
    }
    part = told(velden=fields)
    assert cells(table(part, "velden")) == [
        ["persoonsnummer", "PSEUDO_ID"],
        ["statuscode", "STATUS, GROND"],
        ["doelgroep", "niet in het bestand; de kolom is leeg"],
    ]
    assert any("Niet elke kolom heet" in sentence for sentence in sentences(part))


def test_names_that_are_ours_are_not_told() -> None:
    part = told()
    assert [one.id for one in tables(part)] == ["lezing"]
    assert not any("Niet elke kolom heet" in sentence for sentence in sentences(part))


def test_what_was_put_right_is_told_by_rule_and_column() -> None:
    part = told(normalisaties=NORMALISED)
    assert cells(table(part, "normalisaties")) == [
        ["Nullen vooraan zijn aangevuld.", "gemeentecode", "nullen", "5 tot 20% van de rijen"],
        ["De naam is vervangen.", "gemeentecode", "label", "klein"],
    ]
    assert any("wat is rechtgezet" in sentence for sentence in sentences(part))
    assert not any("niets rechtgezet" in sentence for sentence in sentences(part))


def test_nothing_put_right_is_told_too() -> None:
    assert sentences(told())[-1] == "Aan de waarden in het bestand is niets rechtgezet."


COUNTS = {"gemeente_opgevolgd": 1176, "gemeente_gesplitst": 12, "leeftijdsklasse_onbekend": 3}


def footnotes(**counts: int) -> dict[str, str]:
    """The footnotes of every table of the study, by its id."""
    document = report(inputs(tellingen=COUNTS | counts))
    found = [one for chapter in document.sections for part in chapter.sections for one in tables(part)]
    return {one.id: " ".join(one.footnotes) for one in found if one.number}


@pytest.mark.parametrize("name", ["tabel-2-2", "tabel-2-5"])
def test_a_table_of_municipalities_has_the_footnotes(name: str) -> None:
    note = footnotes()[name]
    assert "Van 1.176 personen in dit rapport noemt de levering een gemeente die op de peildatum" in note
    assert "Van 12 personen daarvan is de oude gemeente over meer gemeenten verdeeld." in note
    assert "Dat is een benadering." in note


@pytest.mark.parametrize("name", ["tabel-2-1", "tabel-2-3", "tabel-2-4"])
def test_another_table_has_none(name: str) -> None:
    assert "gemeente" not in footnotes()[name]


def test_no_split_no_footnote() -> None:
    assert "verdeeld" not in footnotes(gemeente_gesplitst=0)["tabel-2-5"]
    assert "1.176" in footnotes(gemeente_gesplitst=0)["tabel-2-5"]
    assert "noemt de levering" not in footnotes(gemeente_gesplitst=0, gemeente_opgevolgd=0)["tabel-2-5"]


def test_one_person_is_one_person() -> None:
    note = footnotes(gemeente_gesplitst=1, gemeente_opgevolgd=1)["tabel-2-2"]
    assert "Van 1 persoon in dit rapport" in note
    assert "Van 1 persoon daarvan" in note
