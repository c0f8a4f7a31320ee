"""Choices for the demonstration delivery that cannot stand are refused in Dutch, with the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wi2007.demo import settings
from wi2007.demo.follow_up import people as later
from wi2007.demo.follow_up.compose import delivery
from wi2007.errors import UserError
from wi2007.project import CONFIG


@pytest.fixture
def config(tmp_path: Path) -> Path:
    for name in ("demo.yaml", "demo_landen.csv", "demo_vervolg.yaml"):
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


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("oude_code_blijft: 90", "oude_code_blijft: 1001", r"'adres' > 'oude_code_blijft'.*te groot"),
        ("jaren_verschil: 5", "jaren: 5", r"'jaren_verschil'.*ontbreekt"),
        ('peildatum: "2023-10-01"', 'peildatum: "2023-10-32"', "peildatum"),
        ("bestand: duo_demonstratie_vervolg.csv", "bestand: ../duo.csv", r"regel \d+: .*bestandsnaam"),
        ("    VOLDAAN: [105, 75, 48, 22, 0]", "    VOLDAN: [105, 75, 48, 22, 0]", "'VOLDAN' bestaat niet"),
        ("    VOLDAAN: [105, 75, 48, 22, 0]", "    IBP: [105, 75, 48, 22, 0]", "'IBP' bestaat niet"),
        ("    VOLDAAN: [105, 75, 48, 22, 0]", "    VOLDAAN: [105, 75, 48, 22]", "hier horen 5 getallen"),
        (
            "    VOLDAAN: [105, 75, 48, 22, 0]",
            "    VOLDAAN: [950, 75, 48, 22, 0]",
            "klasse 1 stromen meer dan 1000",
        ),
        ("turks: {NI: 120, VERTROKKEN: 40}", "turks: {NI: 990, VERTROKKEN: 40}", "meer dan 1000 promille"),
        ("terug: {VERTROKKEN: 40,", "terug: {WEG: 40,", "'WEG' bestaat niet"),
        ("ONBEKEND: {NI: 60}", "ONBEKEND: {ONBEKEND: 60}", "geen verandering"),
        ('VERTROKKEN: {"6014": 300,', 'VERTROKKEN: {"601": 300,', "'601' bestaat niet"),
        ('VERTROKKEN: {"6014": 300,', 'VERTROKKEN: {"6014": 0,', "minstens 1"),
        ('"7024": {"6022": 1}', '"7024": {"7024": 1}', "geen verandering"),
        ('"7024": {"6022": 1}', '"7024": {"6022": 0}', "samen 0"),
        ("geboortejaren: [1953, 1985]", "geboortejaren: [1985, 1953]", "laatste jaar ligt voor het eerste"),
        (
            "inkomensbron: 60, ontheffing_geweigerd: 20}",
            "inkomensbron: 60}",
            "'ontheffing_geweigerd' ontbreekt",
        ),
        ("taaluren: 90, inkomensbron: 60", "talen: 90, inkomensbron: 60", "'talen' bestaat niet"),
        ('"5": [12, 9, 6, 3, 3]', '"10": [12, 9, 6, 3, 3]', "'10' bestaat niet"),
        ('"5": [12, 9, 6, 3, 3]', '"5": [12, 9, 6, 3]', "hier horen 5 getallen"),
        ("    bijstand: [18,", "    uitkering: [18,", "'uitkering' bestaat niet"),
        ("van: 10, tot: 140", "van: 10, tot: 9", "tot is minder dan van"),
        ("{vanaf: 300, promille: 90}", "{vanaf: 600, promille: 90}", "begint bij 0 en loopt op"),
        ("{vanaf: 0, promille: 30}", "{vanaf: 10, promille: 30}", "begint bij 0 en loopt op"),
    ],
)
def test_a_wrong_choice_for_the_follow_up_is_named(config: Path, old: str, new: str, place: str) -> None:
    _change(config / "demo_vervolg.yaml", old, new)
    with pytest.raises(UserError, match=place):
        later.load(config)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("nieuw: {nog_plichtig: 45,", "nieuw: {nog_plichtig: 45000,", "45000 personen.*nieuw"),
        ('peildatum: "2023-10-01"', 'peildatum: "2022-07-01"', "niet later"),
    ],
)
def test_choices_that_do_not_fit_the_first_delivery_are_refused(
    config: Path, old: str, new: str, told: str
) -> None:
    _change(config / "demo_vervolg.yaml", old, new)
    with pytest.raises(UserError, match=told):
        delivery(settings.load(config), later.load(config))
