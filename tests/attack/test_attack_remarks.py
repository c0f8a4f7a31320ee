"""Words of size beside warnings: where they tell of a figure more than rounding leaves, the attacker finds it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from attack import attack
from attack.world import ROOT

DAY = "2022-07-01"
_TEMPO = (
    "periode,begin,einde,kenmerk,categorie,route,uitgestroomd,plichtig_begin,plichtig_peildatum,per_100\n"
)
_TABLE = "tabel,populatie,rijvariabele,rij,kolomvariabele,kolom,aantal,procent,noemer\n"
UNDATED = ("status_zonder_datum", "statusdatum")
UNKNOWN = ("aandeel_onbekend", "statuscode")
FEW, SOME, MORE = (f"{words} van de rijen" for words in ("minder dan 1%", "1 tot 5%", "5 tot 20%"))


def html(about: str, heads: tuple[str, str], label: str, value: str) -> str:
    """A table of the report with one row."""
    head = "".join(f"<th>{one}</th>" for one in heads)
    row = f"<tr><th scope='row'>{label}</th><td>{value}</td></tr>"
    return f"<table><caption>{about}</caption><thead><tr>{head}</tr></thead><tbody>{row}</tbody></table>"


def published(folder: Path, rows: int, warning: tuple[str, str], words: str) -> Path:
    """A folder in which so many rows were read; `words` tell the size of a warning (no words: it is not there)."""
    rules = yaml.safe_load((ROOT / "config/validation.yaml").read_text(encoding="utf-8"))["regels"]
    text = next(rule["omschrijving"] for rule in rules if rule["regel"] == warning[0])
    page = html("Van rijen naar personen", ("Stap", "aantal"), "Gelezen rijen", str(rows))
    if words:
        page += html("Waarschuwingen", ("Waarschuwing", "omvang"), f"{text} (kolom {warning[1]})", words)
    target = folder / DAY
    (target / "tabellen").mkdir(parents=True)
    (target / "rapport.html").write_text(f"<!doctype html><html><body>{page}</body></html>", encoding="utf-8")
    return target


def undated(target: Path, count: int) -> None:
    """So many with an exemption of whom no date is known."""
    row = f"Onbekend,,,totaal,totaal,Ontheffing,{count},,,\n"
    (target / "tabellen/tempo.csv").write_text(_TEMPO + row, encoding="utf-8")


def unknown(target: Path, count: int, everybody: int) -> None:
    """So many with an unknown status, of everybody."""
    shown = {"totaal,totaal": everybody, "statuscode,ONBEKEND": count, "statuscode,IBP": everybody - count}
    rows = [f"B.8,wi2007,{label},geslacht,totaal,{value},,\n" for label, value in shown.items()]
    (target / "tabellen/tabel_B.8.csv").write_text(_TABLE + "".join(rows), encoding="utf-8")


def derived(target: Path) -> list[tuple[int, int, int]]:
    """Of every small figure that is narrowed what is shown and what is left."""
    return [(one.shown, one.least, one.most) for one in attack(target, 5).narrower]


@pytest.mark.parametrize(
    ("rows", "words", "shown", "found"),
    [
        (450, SOME, 5, []),
        (450, FEW, 5, [(5, 1, 4)]),
        (450, "", 5, []),
        (450, "", 10, []),
    ],
)
def test_the_size_of_a_warning_tells_of_who_has_no_date(
    tmp_path: Path, rows: int, words: str, shown: int, found: list[tuple[int, int, int]]
) -> None:
    target = published(tmp_path, rows, UNDATED, words)
    undated(target, shown)
    assert derived(target) == found


@pytest.mark.parametrize(
    ("rows", "words", "found"), [(240, MORE, [(10, 12, 14)]), (100, MORE, [(10, 10, 14)]), (450, "", [])]
)
def test_that_a_warning_is_there_tells_that_its_threshold_is_passed(
    tmp_path: Path, rows: int, words: str, found: list[tuple[int, int, int]]
) -> None:
    target = published(tmp_path, rows, UNKNOWN, words)
    unknown(target, 10, rows)
    assert [one for one in derived(target) if one[0] == 10] == found
