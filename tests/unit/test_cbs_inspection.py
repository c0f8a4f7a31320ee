"""`wi2007 inspect` on a CBS workbook: what it tells and writes, and that a run agrees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from cbs_books import DAY, grid, read, simple, write
from inspect_files import Looked

from wi2007 import cli
from wi2007.cbs.reading import inspect_workbook
from wi2007.cbs.settings import load_layout, load_signs
from wi2007.errors import UserError
from wi2007.project import CONFIG

Rows = Sequence[Sequence[Any]]
Looker = Callable[[Rows], Looked]
KNOWN_HEADS = [
    ["Nationaliteit", "Totaal", "Bron van inkomen"],
    ["", "", "Bijstand", "Toeslagen"],
    ["", "absoluut"],
    ["Totaal", 9010, 2500, 5],
    ["Klingon", 3, 2, 1],
]
TWO_HEADS = [
    ["Nationaliteit", "Totaal", "Zonder", "Taal thuis"],
    ["", "", "Bijstand", "Nederlands", "Turks"],
    ["", "absoluut"],
    ["Totaal", 9010, 6510, 5, 6],
]


@pytest.fixture
def look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Looker:
    folder = tmp_path / "data" / "raw" / "2022-07-01"
    folder.mkdir(parents=True)

    def command(rows: Rows) -> Looked:
        path = write(folder / "cbs_maatwerk.xlsx", {"Toelichting": {"A1": "Iets"}, "Tabel 1": grid(rows)})
        status = cli.main(["inspect", str(path)])
        told = capsys.readouterr()
        return Looked(status, told.out, told.err, folder / "cbs.yaml")

    return command


def run(looked: Looked) -> list[tuple[str, str, str]]:
    """What a run reads with the cbs.yaml that lies there."""
    layout = load_layout(own=looked.target if looked.target.is_file() else None)
    table, _ = read(looked.target.with_name("cbs_maatwerk.xlsx"), layout)
    return [(row.kenmerk, row.categorie, row.nationaliteit) for row in table.rows]


def test_a_workbook_in_which_all_is_known(look: Looker) -> None:
    looked = look(
        [
            ["Nationaliteit", "Totaal", "Loon of"],
            ["", "", "eigen bedrijf"],
            ["", "absoluut"],
            ["Totaal", 9, 5],
        ]
    )
    assert looked.status == 0
    assert "Loon of › eigen bedrijf: inkomen loon of eigen bedrijf" in looked.out
    assert "Niet gelezen: Toelichting" in looked.out
    assert "Alles is bekend: 2 cijfers" in looked.out
    assert not looked.text
    assert len(run(looked)) == 2


def test_labels_under_a_known_head_are_named_by_the_proposal(look: Looker) -> None:
    looked = look(KNOWN_HEADS)
    assert looked.status == 0, looked.err
    assert "cel D4 ('Toeslagen')" in looked.out
    assert "cel A7 ('Klingon')" in looked.out
    assert {("inkomen", "toeslagen", "totaal"), ("totaal", "totaal", "Klingon")} <= set(run(looked))
    again = look(KNOWN_HEADS)
    assert again.status == 0
    assert again.text == looked.text


def test_the_lines_of_a_refusal_are_those_of_the_proposal(look: Looker) -> None:
    looked = look(KNOWN_HEADS)
    with pytest.raises(UserError) as error:
        read(looked.target.with_name("cbs_maatwerk.xlsx"))
    _, _, lines = str(error.value).partition("Een voorstel voor cbs.yaml:\n")
    assert yaml.safe_load(lines) == looked.mapping


def test_heads_that_are_not_known_are_a_question(look: Looker) -> None:
    looked = look(TWO_HEADS)
    assert looked.status == 2
    assert "leest wi2007 run dit werkboek nog niet" in looked.err
    assert not any(looked.mapping.values())
    with pytest.raises(UserError, match="Zonder"):
        run(looked)
    again = look(TWO_HEADS)
    assert again.status == 2
    assert "bestaat al en is niet veranderd" in again.err


@pytest.mark.parametrize("answer", ["eigen kenmerk", "niet lezen"])
def test_a_question_is_answered_by_taking_off_its_marks(look: Looker, answer: str) -> None:
    looked = look(TWO_HEADS)
    taken: list[str] = []
    wanted = False
    for line in looked.text.splitlines():
        if not line.startswith("#  "):
            wanted = answer in line
        taken.append(line[1:] if wanted and line.startswith("#  ") else line)
    looked.target.write_text("\n".join(taken), encoding="utf-8")
    told = run(looked)
    assert ("inkomen", "bijstand", "totaal") not in told
    if answer == "niet lezen":
        assert told == [("totaal", "totaal", "totaal")]
    else:
        assert {("zonder", "bijstand", "totaal"), ("taal thuis", "turks", "totaal")} <= set(told)


def test_a_list_of_persons_is_not_shown(look: Looker) -> None:
    looked = look([["persoonsnummer", "geslacht", "Plaats"], ["GEHEIM1", "man", "Ede"]])
    assert looked.status == 2
    assert "lijkt geen tabel van het CBS" in looked.out
    assert not looked.text
    assert not any(word in looked.out + looked.err for word in ("GEHEIM1", "Ede", "Plaats"))


def test_the_delivery_is_not_taken_for_a_workbook(look: Looker, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "raw" / "2022-07-01"
    (folder / "levering.yaml").write_text("bestand: cbs_maatwerk.xlsx\n", encoding="utf-8")
    assert "een werkboek van het CBS" not in look(KNOWN_HEADS).out


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"D3": "Toeslagen"},
        {"D8": "?"},
        {"A1": "Tabel 1"},
        {"A3": "Taal"},
        {"D8": "x"},
        {"E6": 99},
        {"B8": 4.5},
    ],
)
def test_it_agrees_with_a_run(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = write(tmp_path / "cbs.xlsx", {"Tabel 1": simple(**changes)})
    found = inspect_workbook(path, load_layout(), load_signs(CONFIG / "report" / "tekens.yaml"), DAY)
    try:
        read(path)
    except UserError as error:
        assert not found.accepted
        told = [line for line in str(error).splitlines() if line.startswith("- ")]
        assert [line for line in found.text.splitlines() if line.startswith("- ")] == told
        return
    assert found.accepted
