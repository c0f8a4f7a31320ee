"""`wi2007 diff` with files as they should be, and with what is missing, damaged or of another kind: told in Dutch."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from difference_files import DAY, LATER, publication, report, rows

from wi2007 import cli
from wi2007.errors import UserError

ONE, OTHER = rows({"Marokko": 100, "China": 50}), rows({"Marokko": 200, "China": 50})
SPLIT = "tabel,populatie,rijvariabele,rij,kolomvariabele,kolom,deel,route,aantal\n"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A working directory with the tables of two peildata."""
    for peildatum, tidy in ((DAY, ONE), (LATER, OTHER)):
        publication(tmp_path / "data/processed" / peildatum / "publicatie", tidy, peildatum)
    return tmp_path


def diff(*words: object) -> int:
    return cli.main(["diff", *map(str, words)])


def test_the_exit_status_says_whether_anything_changed(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(DAY, LATER, "--directory", work) == 3
    assert "Marokko   totaal           100              200       +100   +100,0%" in capsys.readouterr().out
    assert diff(DAY, DAY, "--directory", work) == 0
    assert capsys.readouterr().out.endswith("Er is niets veranderd.\n")


def test_the_same_question_gives_the_same_bytes_in_a_file(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = [work / "een/verschil.md", work / "twee.md"]
    for output in outputs:
        assert diff(DAY, LATER, "--directory", work, "--markdown", "--output", output) == 3
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert outputs[0].read_text(encoding="utf-8").startswith("## Wat veranderde")
    assert str(outputs[1]) in capsys.readouterr().out


def test_folders_of_every_kind_can_be_named(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    processed = work / "data/processed" / DAY
    tables = report(work / "reports" / DAY, ONE)
    same = [processed, processed / "publicatie", tables, tables.parent]
    assert [diff(processed, folder) for folder in same] == [0, 0, 0, 0]
    assert diff(tables, work / "data/processed" / LATER) == 3
    capsys.readouterr()


def test_exact_tables_of_a_report_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = report(tmp_path / "een", ONE, exact=True)
    other = report(tmp_path / "twee", OTHER, exact=True)
    assert diff(one, other) == 3
    assert "Niet voor publicatie: de aantallen zijn exact." in capsys.readouterr().out
    assert diff(one, report(tmp_path / "drie", ONE)) == 2
    assert "de eerste tabellen zijn exact en de andere afgerond" in capsys.readouterr().err


def test_exact_figures_left_of_the_gate_are_never_told(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exact = work / "exact"
    publication(exact, rows({"Marokko": 101}))
    about = json.loads((exact / "verwerking.json").read_text(encoding="utf-8"))
    del about["afronding"]
    (exact / "verwerking.json").write_text(json.dumps(about), encoding="utf-8")
    assert diff(exact, exact) == 2
    told = capsys.readouterr()
    assert ("beschadigd of is geen bestand van dit programma" in told.err, told.out) == (True, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((DAY,), f"wi2007 run {DAY} --proef"),
        (("een map",), "Noem ook waarmee 'een map' vergeleken moet worden"),
        ((), "noem de twee die u wilt vergelijken"),
        ((DAY, LATER, DAY), "onbekend: 2022-07-01"),
        ((DAY, "2022-13-01"), "'2022-13-01' is geen peildatum en geen map"),
        ((DAY, "2021-07-01"), "wi2007 run 2021-07-01"),
        ((DAY, LATER, "--regels", "0"), "moet een geheel getal vanaf 1 zijn"),
        ((DAY, LATER, "--alles", "--regels", "3"), "gaan niet samen"),
    ],
)
def test_a_wrong_question_is_told(
    work: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert diff(*words, "--directory", work) == 2
    found = capsys.readouterr()
    assert (told in found.err, found.out) == (True, "")


def test_an_output_that_cannot_be_written_is_told(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "bestand").touch()
    assert diff(DAY, LATER, "--directory", work, "--output", work / "bestand/verschil.md") == 2
    assert "kan niet worden geschreven" in capsys.readouterr().err


DAMAGE = {
    "no header": ("tabellen.csv", "a,b\n1,2\n"),
    "a count that is none": ("tabellen.csv", "TABEL,Marokko,x"),
    "a row cut off": ("tabellen.csv", None),
    "no text": ("tabellen.csv", b"\xff\xfe\x00"),
    "no figures": ("tabellen.csv", ""),
    "no JSON": ("verwerking.json", "{"),
    "a list": ("verwerking.json", "[]"),
    "no date": ("verwerking.json", '{"peildatum": "juli", "demonstratie": true, "afronding": null}'),
    "a base that is none": (
        "verwerking.json",
        '{"peildatum": "2023-10-01", "demonstratie": true, "afronding": {"basis": "vijf"}}',
    ),
    "a change that is no JSON": ("verandering.json", "nee"),
    "a change of nothing known": ("verandering.json", "{}"),
}


@pytest.mark.parametrize(("name", "content"), DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_file_is_named(
    work: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | bytes | None
) -> None:
    path = work / "data/processed" / LATER / "publicatie" / name
    if content is None:
        path.write_bytes(path.read_bytes()[:-4])
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content, encoding="utf-8")
    assert diff(DAY, LATER, "--directory", work) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert "beschadigd" in found.err
    assert path.stem in found.err
    assert f"wi2007 run {LATER}" in found.err


@pytest.mark.parametrize("name", ["tabellen.csv", "verwerking.json"])
def test_a_missing_file_is_named(work: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (work / "data/processed" / LATER / "publicatie" / name).unlink()
    assert diff(DAY, LATER, "--directory", work) == 2
    found = capsys.readouterr()
    assert (name in found.err, "ontbreekt" in found.err, found.out) == (True, True, "")


def test_a_change_without_its_table_is_told(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = work / "data/processed" / LATER / "publicatie"
    (folder / "verandering.json").write_text(
        json.dumps({"vergeleken": True, "vorige": DAY}), encoding="utf-8"
    )
    assert diff(DAY, LATER, "--directory", work) == 2
    assert "verandering.csv ontbreekt" in capsys.readouterr().err
    (folder / "verandering.csv").write_text(
        SPLIT + "2.1,nog,totaal,totaal,geslacht,totaal,begin,,100\n", encoding="utf-8"
    )
    assert diff(DAY, LATER, "--directory", work) == 2  # the parts do not add up
    assert "beschadigd" in capsys.readouterr().err
    (folder / "verandering.csv").write_text(SPLIT, encoding="utf-8")
    assert diff(DAY, LATER, "--directory", work) == 3


def test_tables_without_their_manifest_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = report(tmp_path / "een", ONE)
    alone = Path(shutil.copytree(tables, tmp_path / "los/tabellen"))
    assert diff(tables, alone) == 2
    assert "manifest.json" in capsys.readouterr().err


def test_an_unforeseen_error_is_1(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wi2007.run import difference

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(difference, "load", fail)
    assert diff(DAY, LATER, "--directory", work) == 1
    monkeypatch.setattr(difference, "load", lambda _: (_ for _ in ()).throw(UserError("nee")))
    assert diff(DAY, LATER, "--directory", work) == 2
