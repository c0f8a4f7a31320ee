"""Damage to the decisions in `config/`: told in Dutch with the file and the line, and never a defect of the program."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from wi2007.demo import settings
from wi2007.errors import UserError
from wi2007.population.exclusion import excluded_by, read_exclusions
from wi2007.project import CONFIG, REFERENCE
from wi2007.publication.chapters import register
from wi2007.tables import specification

FILES: dict[str, Callable[[Path], object]] = {
    "exclusions.yaml": lambda folder: read_exclusions(folder / "exclusions.yaml"),
    "tables.yaml": lambda folder: specification.load(folder / "tables.yaml"),
    "demo.yaml": settings.load,
    "report/rapport.yaml": lambda folder: register.load_texts(folder / "report", folder / "begrippen.yaml"),
    "report/woorden.yaml": lambda folder: register.load_texts(folder / "report", folder / "begrippen.yaml"),
    "report/bevindingen.yaml": lambda folder: register.load_texts(
        folder / "report", folder / "begrippen.yaml"
    ),
    "report/feiten.yaml": lambda folder: register.load_texts(folder / "report", folder / "begrippen.yaml"),
    "begrippen.yaml": lambda folder: register.load_texts(folder / "report", folder / "begrippen.yaml"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONFIG, tmp_path / "config")
    shutil.copy(REFERENCE / "begrippen.yaml", tmp_path / "config")
    return tmp_path / "config"


def told(folder: Path, name: str) -> str:
    with pytest.raises(UserError) as error:
        FILES[name](folder)
    message = str(error.value)
    assert Path(name).name in message
    assert not {"Traceback", "pydantic", "Error"} & set(message.replace(":", " ").split())
    return message


def edit(folder: Path, name: str, old: str, new: str) -> str:
    """Change a file the way a person does, and give what is told about it."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return told(folder, name)


every_file = pytest.mark.parametrize("name", list(FILES))


@every_file
def test_an_undamaged_copy_is_read(folder: Path, name: str) -> None:
    assert FILES[name](folder)


@every_file
def test_a_byte_order_mark_is_no_damage(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert FILES[name](folder)


@every_file
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert "ontbreekt. Zet het terug" in told(folder, name)


@every_file
def test_a_folder_in_its_place(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name).mkdir()
    assert "niet te lezen" in told(folder, name)


@every_file
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"# alleen uitleg\n",
        b"tekst",
        b"- 1\n- 2\n",
        b"a: [1, 2\n",
        b"\x00\x01\x02",
        b"a: \t- b",
        b"2024-02-31",
        b"&a [*a]",
    ],
)
def test_other_content(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    told(folder, name)


@every_file
def test_a_very_deep_file(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"[" * 2_000)
    told(folder, name)


@every_file
def test_another_encoding(folder: Path, name: str) -> None:
    path = folder / name
    lines = len(path.read_bytes().split(b"\n"))
    path.write_bytes(path.read_bytes() + "# België".encode("cp1252"))
    assert f"regel {lines}, is geen tekst in UTF-8" in told(folder, name)


@every_file
def test_a_tab_in_the_indent(folder: Path, name: str) -> None:
    path = folder / name
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("  ") and ":" in line)
    lines[at] = "\t" + lines[at].lstrip()
    path.write_text("\n".join(lines), encoding="utf-8")
    assert f"regel {at + 1}: dit is geen geldige YAML" in told(folder, name)


@every_file
def test_a_file_that_ends_halfway(folder: Path, name: str) -> None:
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\nrest: [", encoding="utf-8")
    told(folder, name)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "waarden: [Turks]",
            "waarden: [Turkse]",
            "regel 5: 'Turkse' is geen waarde van gevraagde_nationaliteit",
        ),
        ("waarden: [Turks]", "waarden: [turks]", "'turks' is geen waarde"),
        ("waarden: [Turks]", "waarden: [Turks, TURKS]", "'TURKS' is geen waarde"),
        (
            "waarden: [Turks]",
            "waarden: []",
            "regel 5: 'uitsluitingen' > nummer 1 > 'waarden': hier staat niets",
        ),
        ("waarden: [Turks]", "waarden: ['']", "'waarden' > nummer 1: deze tekst is leeg"),
        ("waarden: [Turks]", "waarden: Turks", "'waarden': hier hoort een lijst te staan"),
        ("waarden: [Turks]", "waarden: [339]", "'waarden' > nummer 1: hier hoort tekst te staan"),
        (
            "    waarden: [Turks]\n",
            "",
            "regel 3: 'uitsluitingen' > nummer 1 > 'waarden': deze sleutel ontbreekt",
        ),
        ("kolom: gevraagde", "kolom: gewenste", "regel 4: "),
        ("kolom: gevraagde_nationaliteit", "kolom: persoonsnummer", "Kies uit: geslacht, geboortedatum"),
        (
            "kolom: gevraagde_nationaliteit",
            "kolom: nationaliteit_1",
            "'Turks' is geen waarde van nationaliteit_1",
        ),
        (
            "kolom: gevraagde_nationaliteit",
            "kolom: geboortedatum",
            "'Turks' is geen waarde van geboortedatum",
        ),
        (
            "kolom: gevraagde_nationaliteit",
            "kolom: [gevraagde_nationaliteit, nationaliteit_1]",
            "geen van de waarden is een waarde van nationaliteit_1",
        ),
        ("kolom: gevraagde_nationaliteit", "kolom: []", "'kolom': hier staat niets of te weinig"),
        ("bron: Centrale", "bronnen: Centrale", "'bronnen': deze sleutel bestaat niet"),
        (
            "    bron: Centrale",
            "    waarden: [anders]\n    bron: Centrale",
            "de sleutel 'waarden' staat er twee keer",
        ),
        ("uitsluitingen:", "uitsluiting:", "'uitsluitingen': deze sleutel ontbreekt"),
        ("regel: turkse_nationaliteit", "regel: Turkse nationaliteit", "'regel': deze tekst kan hier niet"),
    ],
)
def test_an_exclusion_is_never_weakened_in_silence(folder: Path, old: str, new: str, says: str) -> None:
    assert says in edit(folder, "exclusions.yaml", old, new)


def test_two_exclusions_of_one_name(folder: Path) -> None:
    path = folder / "exclusions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n" + text[text.index("  - regel") :], encoding="utf-8")
    assert "de regel 'turkse_nationaliteit' staat er twee keer" in told(folder, "exclusions.yaml")


def test_an_exclusion_on_a_column_that_the_delivery_lacks() -> None:
    with pytest.raises(UserError, match="de levering heeft die kolom niet"):
        excluded_by({}, 3, read_exclusions())


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("tables.yaml", "decimals: 1", "decimals: een", "hier hoort een heel getal te staan"),
        ("tables.yaml", 'apart: ["1999"]', 'apart: ["1998"]', "'1998' is geen code van gemeente"),
        ("tables.yaml", "largest: 10, rest: Overig}", "largest: 10}", "largest staat er zonder rest"),
        ("report/rapport.yaml", "taal: nl", "taal: 1", "regel 14: 'taal': hier hoort tekst te staan"),
        (
            "report/rapport.yaml",
            "deel: trechter",
            "deel: trechters",
            "'trechters' kan hier niet. Kies uit: kerncijfers",
        ),
        ("report/woorden.yaml", "drempels:", "drempel:", "'drempels': deze sleutel ontbreekt"),
        ("report/bevindingen.yaml", "zinnen:", "zin:", "'zinnen': deze sleutel ontbreekt"),
        ("report/feiten.yaml", "waarde:", "waarden:", "'waarde': deze sleutel ontbreekt"),
        ("begrippen.yaml", "- id: wi2007", "- id: Wi 2007", "nummer 1 > 'id': deze tekst kan hier niet"),
        (
            "demo.yaml",
            "bestand: duo_demonstratie.csv",
            "bestand: ../duo.csv",
            "regel 7: dit is geen bestandsnaam",
        ),
        ("demo.yaml", '"0034": 3720', '"9998": 3720', "'9998' bestaat niet"),
        ("demo.yaml", "ONTHEFFING_AGI: 58", "NI: 58", "'NI' bestaat niet"),
        ("demo.yaml", "VOLDAAN: [105, 425, 300, 140, 30]", "VOLDAAN: [105, 425]", "hier horen 5 getallen"),
        ("demo.yaml", "    NOWI: [70, 330, 320, 200, 80]\n", "", "'NOWI' ontbreekt"),
        (
            "demo.yaml",
            'eerste_dag: "2007-01-01"',
            'eerste_dag: "2013-01-01"',
            "de laatste dag ligt voor de eerste",
        ),
        ("demo.yaml", '"6043": 16900', '"9998": 16900', "'9998' bestaat niet"),
    ],
)
def test_a_mistake_is_told_by_its_line(folder: Path, name: str, old: str, new: str, says: str) -> None:
    message = edit(folder, name, old, new)
    assert says in message
    assert "regel " in message


def test_every_mistake_is_told_at_once(folder: Path) -> None:
    path = folder / "report/rapport.yaml"
    text = (
        path.read_text(encoding="utf-8").replace("taal: nl", "taal: 1").replace("bron_tabel:", "bron_tabl:")
    )
    path.write_text(text, encoding="utf-8")
    message = told(folder, "report/rapport.yaml")
    assert "(3 fouten)" in message
    assert message.count("- regel ") == 3


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("5001,Canada,520", "9998,Canada,520", "rij 3, kolom 'landcode'"),
        ("5001,Canada,520", "5001,Canada,veel", "rij 3, kolom 'gewicht'"),
        ("520,0204,530", "520,9998,530", "rij 3, kolom 'nationaliteiten'"),
        ("\n5022,", "\n5023,", "rij"),
        ("5001,Canada,520", "5002,Canada,520", "dit staat ook in rij 3"),
    ],
)
def test_a_wrong_list_of_countries_is_told_by_its_row(folder: Path, old: str, new: str, says: str) -> None:
    path = folder / "demo_landen.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=r"demo_landen\.csv") as error:
        settings.load(folder)
    assert says in str(error.value)
