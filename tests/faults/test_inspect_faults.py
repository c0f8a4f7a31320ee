"""What `wi2007 inspect` does with files that cannot be read, or in more ways than one; and that it tells no value."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from engine_deliveries import PEILDATUM, random_people, text_of
from faults_secrets import SECRETS, told
from inspect_files import OTHER_NAMES, look, raw, text_with

from schemas.columns import COLUMNS
from wi2007.mapping.levering import read_layout
from wi2007.validation.rules import read_rules

ROWS = random_people(120)
SECRET = SECRETS[0]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "bestand_leeg"),
        (b"%PDF-1.7 x", "bestand_soort"),
        (";".join(COLUMNS).encode(), "geen_rijen"),
        (b"persoonsnummer;geslacht\n", "kolom_ontbreekt"),
        ((text_of(ROWS) + 'P1;"V;x\n').encode(), "aanhalingstekens"),
        (text_of(ROWS).encode() + b"a\x00b\n", "bestand_nulteken"),
        (b"een enkel woord\nnog een\n", "kop_scheidingsteken"),
        (b"PK\x03\x04 kapot", "bestand_beschadigd"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_in_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, rule: str
) -> None:
    looked = look(capsys, raw(tmp_path, content))
    assert (looked.status, looked.text) == (2, "")
    assert f"- {rule}: {read_rules().rules[rule].description}" in looked.err
    assert "Traceback" not in looked.err


def test_a_file_without_a_row_of_names_is_refused_and_not_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = text_of(ROWS).splitlines(keepends=True)
    rows[1] = rows[1].replace("P00000001", SECRET)
    looked = look(capsys, raw(tmp_path, "".join(rows[1:])))
    assert (looked.status, looked.text) == (2, "")
    assert "kop_ontbreekt" in looked.err
    assert not told(looked.told.encode())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("weg.csv", "kan niet worden geopend"),
        (".", "is geen bestand"),
        ("a\x07.csv", "Geef het een andere naam"),
    ],
)
def test_a_path_that_is_no_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    looked = look(capsys, tmp_path / name)
    assert (looked.status, words in looked.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--peildatum", "1 juli"], "is geen peildatum"),
        (["--output"], "achter --output ontbreekt"),
        (["x", "y"], "onbekend: "),
    ],
)
def test_a_wrong_command_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    looked = look(capsys, raw(tmp_path, text_of(ROWS)), *arguments)
    assert (looked.status, words in looked.err) == (2, True)


def test_two_separators_are_asked_with_the_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = raw(tmp_path, "id;sekse,land\n" + "".join(f"P{at};V,5022\n" for at in range(50)))
    looked = look(capsys, path)
    assert looked.status == 2
    assert "scheidingsteken_onduidelijk" in looked.err
    assert "VRAAG: Welk teken staat tussen de velden?" in looked.text
    assert "#   scheidingsteken: komma   # 2 velden, 1 met een bekende naam" in looked.text
    assert read_layout(looked.target, PEILDATUM).levering.lezen.scheidingsteken is None
    # The answer is used the next time.
    answered = looked.text.replace("# lezen:", "lezen:").replace(
        "#   scheidingsteken: komma ", "  scheidingsteken: komma "
    )
    looked.target.write_text(answered)
    again = look(capsys, path, target=path.with_name("voorstel.yaml"))
    assert again.mapping["lezen"] == {"scheidingsteken": "komma"}
    assert "Zo staat het in levering.yaml." in again.out


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, text_with(ROWS))
    return content.getvalue()


def test_an_archive_with_more_files_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    looked = look(capsys, raw(tmp_path, zipped("a.csv", "b.csv"), "export.zip"))
    assert (looked.status, "archief_inhoud" in looked.err) == (2, True)
    assert '#   bestand_in_archief: "b.csv"' in looked.text
    assert look(capsys, raw(tmp_path / "b", zipped(), "export.zip")).text == ""
    outside = tmp_path / "export.zip"
    outside.write_bytes(zipped("a.csv", "b.csv"))
    assert "a.csv" not in look(capsys, outside).text


def test_what_is_unpacked_is_cleared_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    looked = look(capsys, raw(tmp_path, zipped("a.csv"), "export.zip"))
    assert (looked.status, looked.columns) == (0, OTHER_NAMES)
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"export.zip", "levering.yaml"}


def test_a_question_does_not_hide_why_a_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = raw(tmp_path, zipped("a.csv", "b.csv"), "export.zip")
    path.with_name("levering.yaml").write_text("normaliseren: alle\n")
    looked = look(capsys, path)
    assert (looked.status, looked.text) == (2, "normaliseren: alle\n")
    assert "archief_inhoud" in looked.err
    assert "bestaat al" in looked.err


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("often", [1, 60])
def test_no_value_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], secret: str, often: int
) -> None:
    """A secret in every column, in one row and in half of them; inside `data/` only codes that many rows have."""
    rows = [dict.fromkeys(COLUMNS, secret) if at < often else dict(row) for at, row in enumerate(ROWS)]
    text = text_with(rows, change=lambda row: {"opmerking": secret})
    inside = look(capsys, raw(tmp_path, text))
    assert inside.text
    assert not told(inside.told.encode())
    assert often > 1 or not told(inside.text.encode())
    outside = tmp_path / "export.csv"
    outside.write_text(text)
    looked = look(capsys, outside)
    assert looked.text
    assert not told((looked.told + looked.text).encode())


@pytest.mark.parametrize("names", [COLUMNS, tuple(OTHER_NAMES.values())])
def test_a_shifted_file_gives_no_certainty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], names: tuple[str, ...]
) -> None:
    """Every name one field too far: what is in a field is not what its name says."""
    fields = dict(zip(COLUMNS, (*names[1:], names[0]), strict=True))
    looked = look(capsys, raw(tmp_path, text_with(ROWS, fields)))
    for column in ("geslacht", "geboortedatum", "land_van_herkomst", "gemeentecode", "statuscode"):
        assert looked.verdict(column) != "zeker"
        assert looked.columns.get(column) in (None, *([column] if names == COLUMNS else [fields[column]]))
