"""A mistake in correcties.yaml is told in Dutch with its file and line, and without the value that stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from wi2007.errors import UserError
from wi2007.mapping.corrections import find_corrections

PEILDATUM = "2022-07-01"
SECRET = "zqgeheim"
GOOD = """correcties:
  - persoonsnummer: zqgeheim1
    kolom: geslacht
    oud: M
    nieuw: V
    reden: zqgeheim zegt het
    bron: brief
"""
MORE = GOOD + GOOD.replace("correcties:\n", "")

MISTAKES: dict[str, tuple[str, int, str]] = {
    "no YAML": ("correcties: [a\nb: c", 2, "geen geldige YAML"),
    "nothing": ("", 0, "leeg"),
    "a list alone": (GOOD.replace("correcties:\n", ""), 0, "geen instellingen"),
    "no corrections": ("correcties:\n", 1, "hoort een lijst"),
    "an empty list": ("correcties: []\n", 1, "heeft een vorm die hier niet kan"),
    "another word": (GOOD.replace("correcties", "correctie"), 1, "Kies uit: correcties"),
    "words in the list": ("correcties:\n  - zqgeheim\n", 1, "hoort een lijst"),
    "a key that is no key": (GOOD.replace("bron", "zender"), 7, "Kies uit: persoonsnummer, kolom, oud, nieuw, reden"),
    "no reason": (GOOD.replace("    reden: zqgeheim zegt het\n", ""), 2, "'reden' ontbreekt"),
    "an empty source": (GOOD.replace("bron: brief", "bron:"), 7, "achter 'bron' staat niets"),
    "a column that is not ours": (GOOD.replace("geslacht", "zqgeheim"), 3, "geen kolom die verbeterd kan worden"),
    "the persoonsnummer itself": (GOOD.replace("geslacht", "persoonsnummer"), 3, "geen kolom die verbeterd kan worden"),
    "a value that is none": (GOOD.replace("nieuw: V", "nieuw: zqgeheim"), 5, "van 'geslacht'. Kies uit: M, V, O"),
    "empty where that cannot be": (GOOD.replace("nieuw: V", "nieuw: leeg"), 5, "geen waarde van 'geslacht'"),
    "the same twice": (GOOD.replace("nieuw: V", "nieuw: M"), 2, "zijn gelijk"),
    "the same person twice": (MORE, 8, "al eerder in dit bestand verbeterd"),
    "a value of another kind": (GOOD.replace("oud: M", "oud: [M]"), 4, "docs/correcties.md"),
    "a key twice": (GOOD.replace("    bron", "    oud: V\n    bron"), 7, "er al staat"),
}  # fmt: skip


def read(folder: Path, text: str, name: str = "correcties.yaml") -> None:
    place = folder / PEILDATUM
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_text(text, encoding="utf-8")
    find_corrections(place)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line(mistake: str, tmp_path: Path) -> None:
    text, line, words = MISTAKES[mistake]
    with pytest.raises(UserError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert words in message
    assert f"data/raw/{PEILDATUM}/correcties.yaml" in message
    assert SECRET not in message
    assert f"regel {line}" in message or not line


def test_what_is_right_is_read(tmp_path: Path) -> None:
    read(tmp_path, GOOD)


def test_of_many_mistakes_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    one = GOOD.replace("correcties:\n", "").replace("nieuw: V", "nieuw: X")
    wrong = [one.replace("geheim1", f"geheim{at}") for at in range(25)]
    with pytest.raises(UserError, match="En nog 15 fouten in dit bestand") as caught:
        read(tmp_path, "correcties:\n" + "".join(wrong))
    assert len(str(caught.value).splitlines()) == 11


@pytest.mark.parametrize(
    "name", ["correcties.yml", "Correcties.yaml", "correctie.yaml", "correcties.yaml.txt"]
)
def test_a_name_that_is_nearly_right_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Geef het bestand de naam correcties\.yaml"):
        read(tmp_path, GOOD, name)
