"""Damage to `config/gevoeligheid.yaml`: told in Dutch with the line, and what would tell too much is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from wi2007.errors import UserError
from wi2007.population.exclusion import SENSITIVITY, read_sensitivity


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("basis: 10", "basis: 12", "geen veelvoud van 5 en van 10"),
        ("basis: 10", "basis: 5", "basis"),
        ("basis: 10", "basis: tien", "heel getal"),
        ("vanaf: 1000", "vanaf: 1", "vanaf"),
        ("    leeftijd: laatst", "    leeftijd: vroegst", "twee keer"),
        ("    leeftijd: laatst", "    leeftijd: midden", "leeftijd"),
        ("    uitsluiting: []", "", "precies één van"),
        ("    leeftijd: laatst", "    leeftijd: laatst\n    indeling: 1 januari", "precies één van"),
        ("id: elke_nationaliteit", "id: niemand_uitgesloten", "al in gebruik"),
        ("id: elke_nationaliteit", "id: rapport", "al in gebruik"),
        ('nationaliteit_4, waarden: ["0339"]', "nationaliteit_4, waarden: [Turks]", "geen waarde van"),
        ("kolom: nationaliteit_4", "kolom: persoonsnummer", "kolom"),
        ("    bron: CBS, gemeentelijke indeling\n", "", "bron"),
        ("lezingen:", "lezing:", "lezing"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = SENSITIVITY.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "gevoeligheid.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_sensitivity(path)
    message = str(error.value)
    assert told in message
    assert "gevoeligheid.yaml" in message
    assert "regel" in message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gevoeligheid\.yaml"):
        read_sensitivity(tmp_path / "gevoeligheid.yaml")
