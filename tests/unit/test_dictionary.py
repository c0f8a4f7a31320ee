"""The data dictionary says what the schemas say."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandera.pandas as pa
import pytest

from schemas import columns as c
from schemas.dataset import whole
from schemas.meanings import described
from schemas.values import NUMBERS, code_list
from wi2007 import dictionary
from wi2007.project import ROOT
from wi2007.steps.dictionary import step
from wi2007.validation.rules import read_rules

PARTS = dictionary.parts(read_rules())
TEXT = dictionary.markdown(PARTS)


def row_of(title: str, column: str) -> list[str]:
    """The cells of a column in the part of that title."""
    part = TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    (line,) = [line for line in part.splitlines() if line.startswith(f"| `{column}` | ")]
    return line.strip("| ").split(" | ")


def test_the_documentation_is_what_the_schemas_say() -> None:
    path = ROOT / "docs" / "datawoordenboek.md"
    assert path.read_text(encoding="utf-8") == TEXT, "run python -m wi2007.steps.dictionary"


@pytest.mark.parametrize("part", PARTS, ids=[part.title for part in PARTS])
def test_every_column_has_a_meaning_and_a_source(part: dictionary.Part) -> None:
    for name, column in dictionary.columns_of(part):
        assert column.description, name
        assert column.metadata["bron"], name
        assert len(row_of(part.title, name)) == 6, name


def test_every_column_of_a_schema_is_in_it() -> None:
    for part in PARTS:
        names = {name for name, _ in dictionary.columns_of(part)}
        assert names == set(part.schema.columns) - {c.ORDER_OF_DAYS}


@pytest.mark.parametrize("column", c.COLUMNS)
def test_the_values_are_those_that_the_contract_takes(column: str) -> None:
    values = row_of("De levering", column)[3]
    codes = code_list(column)
    if codes is None and column in NUMBERS:
        assert values == f"0 tot en met {NUMBERS[column]}"
    elif codes is None:
        assert values == "–"
    elif len(codes) <= 12:
        assert set(values.split(", ")) == set(codes)
    else:
        assert int(re.match(r"[\d.]+", values)[0].replace(".", "")) == len(codes)  # type: ignore[index]


def test_a_schema_that_changes_changes_the_dictionary() -> None:
    column = pa.Column(int, [pa.Check.ge(3), pa.Check.le(9)], nullable=True)
    schema = pa.DataFrameSchema(described({"jaren": column}, {"jaren": whole("Duur.", "DUO", "jaren")}))
    text = dictionary.markdown([dictionary.Part("Proef", "Een proef.", schema)])
    assert "| `jaren` | Duur. | geheel getal, jaren | 3 tot en met 9 | ja | DUO |" in text


def test_every_rule_on_a_column_is_in_it() -> None:
    named = {name for name, rule in read_rules().rules.items() if rule.columns}
    assert named == set(re.findall(r"^\| `(\w+)` \| (?:fout|waarschuwing) ", TEXT, re.MULTILINE))


def test_the_command_writes_it(tmp_path: Path) -> None:
    import argparse

    from wi2007.validation.rules import RULES

    page = shutil.copy(ROOT / "docs" / "architecture.md", tmp_path)
    readme = shutil.copy(ROOT / "README.md", tmp_path)
    step(
        argparse.Namespace(
            rules=RULES, output=tmp_path / "woordenboek.md", architecture=Path(page), readme=Path(readme)
        )
    )
    assert (tmp_path / "woordenboek.md").read_text(encoding="utf-8") == TEXT
