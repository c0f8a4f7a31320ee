"""The data package says of every published file what is in it, in the words of the contracts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from book_sample import NOTICE, document, words

from schemas.dataset import Dataset
from schemas.published import PUBLISHED
from schemas.statement_tables import OUTCOMES
from wi2007.project import EXACT
from wi2007.publication.content.downloads import read_me
from wi2007.publication.datapackage import Files, datapackage, schema, to_json
from wi2007.publication.document import Document, Imprint

CSV = {"tabel_2_1.csv": b"a,b\n1,2\n", "tabel_B.3.csv": b"a,b\n"}
BOOKS = {"wi2007_2022-07-01.xlsx": b"PK1", "wi2007_2022-07-01.ods": b"PK2"}


def package(of: Document | None = None) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        to_json(datapackage(of or document(), words(), Files(CSV, BOOKS), "1.2.3"))
    )
    return made


def test_the_package_says_where_it_is_from_and_when_it_appeared_but_not_when_it_was_made() -> None:
    made = package()
    assert made["name"] == "wi2007-2022-07-01"
    assert made["version"] == "2022.7.1+wi2007.1.2.3"
    assert made["description"].startswith(NOTICE)
    assert made["licenses"][0]["name"] == "CC-BY-4.0"
    assert made["contributors"] == [
        {"title": document().publisher, "role": "publisher", "email": "a_b@voorbeeld.nl"}
    ]
    assert made["sources"] == [
        {"title": document().source},
        {"title": "Makers (2023), Een studie", "path": "https://example.org/studie"},
        {"title": "Zonder adres"},
    ]
    assert made["homepage"] == "https://example.org/rapport"
    assert made["citeren"] == document().imprint.citation
    assert made["herkomst"]["publicatiedatum"] == "2022-10-01"
    assert made["herkomst"]["gewijzigd_op"] == "2022-11-04"
    assert made["herkomst"]["peildatum"] == "2022-07-01"
    assert made["bescherming"] == list(document().protection)
    assert made["tekens"][0] == {"teken": ".", "betekenis": "niet te berekenen"}
    assert "created" not in made


def test_every_file_is_described_by_size_and_digest() -> None:
    found = {each["path"]: each for each in package()["resources"]}
    assert set(found) == {*CSV, *BOOKS}
    for name, content in {**CSV, **BOOKS}.items():
        assert found[name]["bytes"] == len(content)
        assert found[name]["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    names = [each["name"] for each in found.values()]
    assert names == ["tabel_2_1", "tabel_b.3", "werkboek-xlsx", "werkboek-ods"]
    assert found["tabel_B.3.csv"]["title"] == "Tabel B.3. Uitstroomroute naar gemeente"
    assert found["tabel_B.3.csv"]["profile"] == "tabular-data-resource"
    assert found["tabel_B.3.csv"]["description"].startswith("Populatie: iedereen. Percentages van")


@pytest.mark.parametrize("dataset", PUBLISHED, ids=[dataset.file for dataset in PUBLISHED])
def test_the_columns_are_those_of_the_contract(dataset: Dataset[Any]) -> None:
    contract = dataset.schema().columns
    made = schema(dataset)
    assert [field["name"] for field in made["fields"]] == list(contract)
    assert made["primaryKey"] == dataset.schema().unique
    types = {"string": "str", "date": "str", "integer": "int64", "number": "float64"}
    for field in made["fields"]:
        column, limits = contract[field["name"]], field["constraints"]
        assert str(column.dtype).lower().startswith(types[field["type"]])
        assert column.metadata["leeg"] != limits.get("required", False)
        assert column.description.removesuffix(".") in field["description"]
        known: dict[str, Any] = {}
        for check in column.checks:
            known |= {key: value for key, value in check.statistics.items() if value is not None}
        assert known.get("max_value") == limits.get("maximum")
        assert known.get("allowed_values") == limits.get("enum")
        if "enum" not in limits and "pattern" not in known:
            assert known.get("min_value") == limits.get("minimum", limits.get("minLength"))


def test_a_table_refers_to_another_that_lies_beside_it() -> None:
    files = {"uitspraken.niet-voor-publicatie.csv": b"", "gevoeligheid.niet-voor-publicatie.csv": b""}
    (found,) = schema(OUTCOMES, EXACT, files=files)["foreignKeys"]
    reference = {"resource": "uitspraken.niet-voor-publicatie", "fields": "id"}
    assert found == {"fields": "uitspraak", "reference": reference}
    assert "foreignKeys" not in schema(OUTCOMES)


def test_what_no_table_of_the_report_shows_comes_behind_those_that_one_does() -> None:
    files = {"uitspraken.csv": b"id\n", **CSV}
    names = [one["name"] for one in datapackage(document(), words(), Files(files, {}), "1")["resources"]]
    assert names == ["tabel_2_1", "tabel_b.3", "uitspraken"]


def test_what_is_not_known_of_the_publication_is_left_out() -> None:
    made = package(replace(document(), imprint=Imprint()))
    assert not {"licenses", "homepage", "citeren"} & made.keys()
    assert made["sources"] == [{"title": document().source}]
    assert made["contributors"] == [{"title": document().publisher, "role": "publisher"}]
    assert not {"publicatiedatum", "gewijzigd_op", "versie_van_het_rapport"} & made["herkomst"].keys()


def test_what_lies_beside_the_files_says_how_to_read_them() -> None:
    lines = read_me(document(), words().leesmij).splitlines()
    assert lines[0] == NOTICE
    assert f"- {document().protection[0]}" in lines
    assert "- . = niet te berekenen" in lines
    assert any("datapackage.json" in line for line in lines)
    assert f"{words().leesmij.citeren}: {document().imprint.citation}" in lines


def test_without_a_notice_signs_and_protection_the_rest_stands_as_it_should() -> None:
    bare = replace(document(), notice="", legend=(), protection=(), imprint=Imprint())
    text = read_me(bare, words().leesmij)
    assert text.startswith(document().title)
    assert words().leesmij.tekens not in text
    assert words().leesmij.citeren not in text
    assert "\n\n\n" not in text
