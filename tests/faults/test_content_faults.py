"""Mistakes in the texts of the report end with a message that names the file and the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wi2007.errors import UserError
from wi2007.project import CONFIG, REFERENCE
from wi2007.publication.chapters.register import load_texts as load

GLOSSARY = REFERENCE / "begrippen.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONFIG / "report", tmp_path / "report")
    return tmp_path / "report"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_missing_file(folder: Path) -> None:
    (folder / "woorden.yaml").unlink()
    with pytest.raises(UserError, match=r"woorden\.yaml"):
        load(folder, GLOSSARY)


def test_no_yaml(folder: Path) -> None:
    (folder / "feiten.yaml").write_text("wet: {waarde: [}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"feiten\.yaml, regel 1"):
        load(folder, GLOSSARY)


def test_an_unknown_key(folder: Path) -> None:
    change(folder / "rapport.yaml", "ondertitel:", "ondertittel:")
    with pytest.raises(UserError, match="ondertitel"):
        load(folder, GLOSSARY)


def test_a_block_with_two_contents(folder: Path) -> None:
    change(folder / "rapport.yaml", "- deel: kerncijfers", "- deel: kerncijfers\n        alinea: ook dit")
    lines = (folder / "rapport.yaml").read_text(encoding="utf-8").splitlines()
    line = 1 + lines.index("      - deel: kerncijfers")
    with pytest.raises(UserError, match=rf"regel {line}: 'hoofdstukken' > nummer 1"):
        load(folder, GLOSSARY)


def test_a_part_that_is_not_there(folder: Path) -> None:
    change(folder / "rapport.yaml", "- deel: kerncijfers", "- deel: kerncijvers")
    with pytest.raises(UserError, match=r"rapport\.yaml"):
        load(folder, GLOSSARY)


def test_a_fact_without_a_source(folder: Path) -> None:
    change(folder / "feiten.yaml", "  bron: Centrale Raad van Beroep\n", "")
    with pytest.raises(UserError, match=r"(?s)feiten\.yaml.*'bron': deze sleutel ontbreekt"):
        load(folder, GLOSSARY)


def test_an_empty_file(folder: Path) -> None:
    (folder / "bevindingen.yaml").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match=r"bevindingen\.yaml"):
        load(folder, GLOSSARY)
