"""Choices for the demonstration delivery that cannot stand are refused in Dutch, with the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wi2007.demo import settings
from wi2007.errors import UserError
from wi2007.project import CONFIG


@pytest.fixture
def config(tmp_path: Path) -> Path:
    for name in ("demo.yaml", "demo_landen.csv"):
        shutil.copy(CONFIG / name, tmp_path)
    return tmp_path


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("eerste_januari: 35", "eerste_januari: veel", r"regel 125: 'rijen' > 'eerste_januari'.*heel getal"),
        ("eerste_januari: 35", "eerste_januari: 1001", r"regel 125: 'rijen' > 'eerste_januari'.*te groot"),
        ("eerste_januari: 35", "eerste_februari: 35", r"regel 120: .*'eerste_januari'.*ontbreekt"),
        ('peildatum: "2022-07-01"', 'peildatum: "2022-07-32"', "peildatum"),
        ("zaad: 20220701", "zaad: -1", "zaad"),
        (
            'afstand_tot_afrondgrens: "0.02"',
            'afstand_tot_afrondgrens: "0.7"',
            r"regel 15: 'randtotalen' > 'afstand_tot_afrondgrens'",
        ),
        ("rijen:\n", "rijen: [\n", r"demo\.yaml, regel 123: dit is geen geldige YAML"),
    ],
)
def test_a_wrong_choice_is_named(config: Path, old: str, new: str, place: str) -> None:
    _change(config / "demo.yaml", old, new)
    with pytest.raises(UserError, match=place):
        settings.load(config)


@pytest.mark.parametrize(("old", "new"), [("gewicht", "weging"), ("5001,Canada,520", "5001,Canada,veel")])
def test_a_wrong_list_of_countries_is_named(config: Path, old: str, new: str) -> None:
    _change(config / "demo_landen.csv", old, new)
    with pytest.raises(UserError, match=r"demo_landen\.csv"):
        settings.load(config)


@pytest.mark.parametrize("name", ["demo.yaml", "demo_landen.csv"])
def test_a_missing_file_is_named(config: Path, name: str) -> None:
    (config / name).unlink()
    with pytest.raises(UserError, match="niet te lezen"):
        settings.load(config)
