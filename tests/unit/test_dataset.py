"""A declaration: what it makes of a row class, and CSV in and out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import pytest
from pandera.errors import SchemaErrors

from schemas.dataset import Dataset, count, day, figure, percent, shaped, text
from schemas.published import PUBLISHED, by_file
from wi2007.project import EXACT, ROOT


def towns() -> Iterable[str]:
    return ("Aa", "Bé")


@dataclass(frozen=True)
class Trial:
    town: Annotated[str, text("De plaats.", "lijst", values=towns)]
    code: Annotated[str, shaped("De code.", "lijst", r"^\d\d$")]
    since: Annotated[str, day("Vanaf.", "lijst", optional=True)]
    persons: Annotated[int, count("Wie er wonen.", "geteld")]
    before: Annotated[int | None, count("Wie er woonden.", "geteld")]
    share: Annotated[float | None, percent("Het deel.", "geteld")]
    weight: Annotated[Decimal | None, figure("Het gewicht.", "geteld")]
    remark: Annotated[str, text("Een opmerking.", "lijst", optional=True)] = ""


TRIAL = Dataset(Trial, file="proef.csv", title="Proef", about="Een proef.", key=("town", "code"))
ROWS = [
    Trial("Aa", "01", "2020-01-31", 5, 0, 1e-7, Decimal("1E+2"), 'een "komma", en\neen regel'),
    Trial("Bé", "02", "", 0, None, None, None),
]


def test_rows_come_back_as_they_were_written() -> None:
    made = TRIAL.to_csv(ROWS)
    assert made.splitlines()[0] == "town,code,since,persons,before,share,weight,remark"
    assert made.endswith("\nBé,02,,0,,,,\n")
    assert "0.0000001,100," in made
    assert TRIAL.from_csv(made) == ROWS


def test_exact_counts_are_marked_and_read_all_the_same() -> None:
    made = TRIAL.to_csv(ROWS, EXACT)
    assert made.splitlines()[0].endswith(",remark,let_op")
    assert made.endswith(",niet voor publicatie\n")
    assert TRIAL.from_csv(made) == ROWS
    assert TRIAL.named(EXACT) == "proef.niet-voor-publicatie.csv"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "town,code\nAa,01\n",
        TRIAL.to_csv([]).replace("town,code", "code,town"),
        TRIAL.to_csv(ROWS) + "Aa,03\n",
        TRIAL.to_csv(ROWS) + "Aa,03,,veel,,,,\n",
        TRIAL.to_csv(ROWS) + "Aa,03,,,,,,\n",
    ],
)
def test_a_damaged_file_is_not_read(content: str) -> None:
    with pytest.raises(ValueError, match=r"contract|length|invalid literal"):
        TRIAL.from_csv(content)


def test_rows_hold_to_the_contract() -> None:
    assert len(TRIAL.checked_rows(ROWS)) == 2
    assert len(TRIAL.checked_rows([])) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("town", "Cc"),
        ("town", ""),
        ("code", "1"),
        ("since", "31-01-2020"),
        ("persons", -1),
        ("before", -1),
        ("share", 101.0),
        ("weight", Decimal(-1)),
    ],
)
def test_a_row_with_an_impossible_value_does_not_hold(name: str, value: object) -> None:
    with pytest.raises(SchemaErrors):
        TRIAL.checked_rows([Trial(**{**vars(ROWS[0]), name: value})])


def test_a_key_stands_there_once() -> None:
    with pytest.raises(SchemaErrors):
        TRIAL.checked_rows([ROWS[0], ROWS[0]])


def test_what_a_field_holds_must_be_what_its_column_says() -> None:
    @dataclass(frozen=True)
    class Wrong:
        persons: Annotated[str, count("Wie er wonen.", "geteld")]

    @dataclass(frozen=True)
    class Bare:
        persons: int

    for row in (Wrong, Bare):
        with pytest.raises(TypeError, match=r"persons is not what its column says"):
            Dataset(row, file="fout.csv", title="", about="", key=())
    with pytest.raises(TypeError, match="no columns"):
        Dataset(Trial, file="fout.csv", title="", about="", key=("elders",))


def test_every_file_is_declared_once_and_by_its_own_key() -> None:
    assert len(by_file()) == len(PUBLISHED)
    for dataset in PUBLISHED:
        assert dataset.key, dataset.file
        assert all(column.meaning.endswith(".") for column in dataset.columns), dataset.file


def test_declarations_read_and_write_without_the_libraries_that_check() -> None:
    program = (
        "import sys; from schemas.published import PUBLISHED\n"
        "for one in PUBLISHED: assert one.from_csv(one.to_csv([])) == []\n"
        "assert not {'pandas', 'pandera', 'numpy', 'pydantic'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-P", "-c", program], cwd=ROOT, check=True)
