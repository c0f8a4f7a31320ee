"""`uitgave.yaml`: what is refused, with its line; colours that can be read; logos that draw shapes and nothing else."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wi2007.errors import UserError
from wi2007.project import CONFIG
from wi2007.publication.imprint import FILE, Imprint, colours, load, logo

DAY = date(2024, 7, 1)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
GOOD = SVG.format(
    '<style>.a { fill: url(#b) }</style><defs><linearGradient id="b"><stop offset="0"/></linearGradient></defs>'
    '<path class="a" d="M0 0H9"/><use xlink:href="#b"/><metadata><x:y xmlns:x="http://example.org/x"/></metadata>'
)
EDITION = """uitgaven:
  - peildatum: 2024-07-01
    uitgave: 2
    publicatiedatum: 2024-10-01
    versie: "1.1"
    adres: https://example.org/rapport
    revisies:
      - {datum: 2024-11-04, wat: Tabel verbeterd., reden: Een verkeerde kop.}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(CONFIG / "report" / FILE, tmp_path))


def filled(file: Path, old: str, new: str) -> Path:
    """The file with something filled in, the way a person does."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def told(file: Path, old: str, new: str) -> str:
    """What is said of the file with something filled in."""
    with pytest.raises(UserError) as error:
        load(filled(file, old, new))
    message = str(error.value)
    assert "- regel " in message
    assert not {"Traceback", "pydantic", "Error"} & set(message.replace(":", " ").split())
    return message


def test_the_projects_own_file_names_no_institute_and_claims_no_day(file: Path) -> None:
    own = load(file)
    assert own.text.instelling.naam == "Project wi2007"
    assert (own.text.contact, own.text.uitgaven, own.logo) == (None, [], "")


def test_an_edition_is_that_of_its_release_alone(file: Path) -> None:
    own = load(filled(file, "uitgaven: []", EDITION))
    found = own.edition(DAY, 2)
    assert found is not None
    assert (found.versie, found.changed) == ("1.1", date(2024, 11, 4))
    assert own.edition(DAY, 1) is own.edition(date(2022, 7, 1), 2) is own.edition(DAY, None) is None
    assert own.passed_over(DAY, 3).startswith(
        "config/report/uitgave.yaml noemt bij 1 juli 2024 alleen uitgave 2"
    )
    assert own.passed_over(DAY, 2) == own.passed_over(date(2022, 7, 1), 1) == own.passed_over(DAY, None) == ""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  naam: Project wi2007", "  naam:", "regel 6: 'instelling' > 'naam': hier hoort tekst te staan"),
        ('"#154273"   # titels', "blauw   # titels", "regel 8: 'instelling' > 'kleuren' > 'hoofdkleur': schr"),
        ('"#154273"   # titels', '"#8a8a8a"   # titels', "8: de kleur #8a8a8a heeft op lichtgrijs een contrast van"),
        ('"#154273"       # lijnen', '"#ffb612"       # lijnen', "regel 9: de kleur #ffb612 heeft op lichtgrijs"),
        ("contact:", "contact: {naam: Balie}", "geef een email of een adres op"),
        ("contact:", "contact: {email: balie}", "'contact' > 'email': schrijf een e-mailadres"),
        ("adres: https:", "adres: http:", "'licentie' > 'adres': schrijf een adres dat met https:// begint"),
        ("naam: CC-BY-4.0", "naam: CC BY", "'licentie' > 'naam': schrijf de naam uit de lijst van SPDX"),
        ("uitgaven: []", EDITION.replace("publicatiedatum: 2024-10-01", "publicatiedatum: 1-10-2024"), "een datum te"),
        ("uitgaven: []", EDITION.replace("publicatiedatum: 2024-10-01", "publicatiedatum: 2024-06-30"), "ligt voor de"),
        ("uitgaven: []", EDITION.replace("    publicatiedatum: 2024-10-01\n", ""), "revisies zonder publicatiedatum"),
        ("uitgaven: []", EDITION.replace("2024-11-04", "2024-09-30"), "in de volgorde van hun datum"),
        ("uitgaven: []", EDITION + EDITION.partition("\n")[2], "staat er twee keer"),
        ("uitgaven: []", EDITION.replace("uitgave: 2", "uitgave: 0"), "dit getal is te klein"),
        ("uitgaven: []", "uitgeven: []", "'uitgeven': deze sleutel bestaat niet"),
        ("  kleuren:", "  logo: ../logo.svg\n  kleuren:", "noem een SVG-bestand dat naast uitgave.yaml staat"),
        ("  kleuren:", "  logo: logo.svg\n  kleuren:", "logo.svg: dit bestand is er niet"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_its_line_with_what_to_do(file: Path, old: str, new: str, says: str) -> None:
    assert says in told(file, old, new)


def test_what_is_wrong_with_colours_and_logo_is_told_at_once(file: Path) -> None:
    filled(file, '"#154273"   # titels', '"#ffffff"   # titels')
    file.with_name("logo.svg").write_text("geen svg", encoding="utf-8")
    message = told(file, "  kleuren:", "  logo: logo.svg\n  kleuren:")
    assert "(2 fouten)" in message
    assert "logo.svg: dit is geen geldige SVG" in message


def test_a_logo_is_read_with_the_file(file: Path) -> None:
    file.with_name("logo.svg").write_text(GOOD, encoding="utf-8")
    assert load(filled(file, "  kleuren:", "  logo: logo.svg\n  kleuren:")) == Imprint(load(file).text, GOOD)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (SVG.format("<script>x()</script>"), "er staat een script in"),
        (SVG.format('<path onload="x()"/>'), "'onload' is een script"),
        (SVG.format('<use href="https://example.org/a.svg#b"/>'), "verwijzing in naar een andere plaats"),
        (SVG.format('<use xlink:href="b.svg"/>'), "verwijzing in naar een andere plaats"),
        (SVG.format('<path fill="url(https://example.org/a)"/>'), "verwijzing in naar een andere plaats"),
        (SVG.format("<style>@import 'https://example.org/a.css';</style>"), "verwijzing in naar een andere"),
        (SVG.format("<style>.a { fill: url( 'a.svg' ) }</style>"), "verwijzing in naar een andere plaats"),
        (SVG.format('<image href="data:image/png;base64,AA"/>'), "het onderdeel 'image' mag niet"),
        (SVG.format("<foreignObject/>"), "het onderdeel 'foreignObject' mag niet"),
        (SVG.format('<b xmlns="http://www.w3.org/1999/xhtml"/>'), "het onderdeel 'b' mag niet"),
        (SVG.format('<a href="#b"><path/></a>'), "het onderdeel 'a' mag niet"),
        (SVG.format('<animate attributeName="href"/>'), "het onderdeel 'animate' mag niet"),
        (SVG.format("<text>Logo</text>"), "Zet de letters om in vormen"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format(""), "er staat een DOCTYPE"),
        ('<?xml-stylesheet href="a.css"?>' + SVG.format(""), "xml-stylesheet"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "geen SVG met een viewBox"),
        ("<html/>", "geen SVG met een viewBox"),
        ("geen xml", "geen geldige SVG"),
    ],
)
def test_a_logo_that_does_more_than_draw_is_refused(content: str, says: str) -> None:
    found = list(logo.faults(content))
    assert any(says in one for one in found), found


def test_a_logo_of_shapes_is_taken(tmp_path: Path) -> None:
    assert list(logo.faults(GOOD)) == []
    path = tmp_path / "logo.svg"
    path.write_bytes(b"\xff\xfe")
    assert "geen tekst in UTF-8" in logo.read(path)[1][0]
    path.write_text(SVG.format(" " * logo.LARGEST), encoding="utf-8")
    assert "groter dan 200 kB" in logo.read(path)[1][0]


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#154273", "#154273", 1.0)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert colours.contrast(first, second) == pytest.approx(ratio, abs=0.005)


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
def test_a_colour_is_taken_where_it_can_be_read_on_every_ground(colour: str) -> None:
    least = min(colours.contrast(colour, ground) for ground in colours.GROUNDS.values())
    refused = {key for key, _ in colours.faults(colour, colour)}
    assert refused == {*["hoofdkleur"] * (least < 4.5), *["accent"] * (least < 3)}


def test_the_grounds_are_those_of_the_page() -> None:
    folder = CONFIG.parent / "src/wi2007/publication/html"
    light, dark = ((folder / name).read_text(encoding="utf-8") for name in ("report.css", "dark.css"))
    assert f"--tint: {colours.GROUNDS['lichtgrijs']};" in light
    assert f"--warn: {colours.GROUNDS['lichtgeel']};" in light
    assert "--paper: #fff;" in light
    for name, ground in zip(("paper", "tint", "warn"), colours.DARK, strict=True):
        assert f"--{name}: {ground};" in dark


@pytest.mark.parametrize("colour", ["#154273", "#000000", "#a90061", "#ffffff", "#767676"])
def test_a_colour_of_the_house_can_be_read_on_a_dark_screen(colour: str) -> None:
    found = colours.on_dark(colour)
    assert all(colours.contrast(found, ground) >= colours.DARK_TEXT for ground in colours.DARK)


def test_a_colour_that_can_be_read_on_a_dark_screen_stays_as_it_is() -> None:
    assert colours.on_dark("#dddddd") == "#dddddd"


def test_every_ink_of_the_dark_view_can_be_read_on_its_grounds() -> None:
    dark = (CONFIG.parent / "src/wi2007/publication/html/dark.css").read_text(encoding="utf-8")
    inks = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    for ground in colours.DARK:
        assert all(colours.contrast(inks[name], ground) >= colours.TEXT for name in ("ink", "muted"))
        assert all(
            colours.contrast(inks[name], ground) >= colours.MARKS for name in ("warn-edge", "focus", "others")
        )
