"""Damage to the statements, in configuration or reference: told by file and line or row, exit 2, nothing written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from steps import Done, InFolder, ended

from schemas.cbs import CBS
from schemas.change import CHANGE
from wi2007.project import CONFIG, REFERENCE
from wi2007.steps import derived

HEAD = "tabel,populatie,rijvariabele,rij,kolomvariabele,kolom,aantal,procent,noemer\n"
TABLES = HEAD + "2.1,nog_inburgeringsplichtig,totaal,totaal,geslacht,totaal,10,100.0,10\n"
STUDY, SAID = "uitspraken_2022.csv", "uitspraken.yaml"

Change = Callable[[str], str]


def run(folder: Path, said: Change = str, study: Change = str) -> Done:
    """The statements with changed files."""
    case = InFolder("2022-07-01", folder)
    case.made("publicatie").mkdir()
    told = {"peildatum": "2022-07-01", "afronding": None}
    for name, text in (
        ("publicatie/tabellen.csv", TABLES),
        ("publicatie/verwerking.json", json.dumps(told)),
        ("publicatie/cbs.csv", CBS.to_csv(())),
        ("publicatie/verandering.csv", CHANGE.to_csv(())),
        ("tables.yaml", (CONFIG / "tables.yaml").read_text(encoding="utf-8")),
        (SAID, said((CONFIG / SAID).read_text(encoding="utf-8"))),
        (STUDY, study((REFERENCE / STUDY).read_text(encoding="utf-8"))),
    ):
        case.made(name).write_text(text, encoding="utf-8")
    with patch.multiple(derived, CONFIG=folder, REFERENCE=folder):
        return ended(lambda: derived.write_statements(case))


def put(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def without(start: str) -> Change:
    """The file without the lines from one that begins so up to the next statement."""

    def change(text: str) -> str:
        made = re.sub(rf"(?ms)^{re.escape(start)}.*?(?=^  c\d\d:|\Z)", "", text)
        assert made != text
        return made

    return change


OBLIGED = "cel: {populatie: nog_inburgeringsplichtig}"
IN_CONFIGURATION = {
    "unknown operation": (put(OBLIGED, "optellen: 1"), r"'optellen': deze sleutel bestaat niet"),
    "two operations": (put(f"{{{OBLIGED}}}", f"{{{OBLIGED}, getal: x}}"), "precies één sleutel"),
    "no operation": (put(f"{{{OBLIGED}}}", "{}"), "precies één sleutel"),
    "a text to evaluate": (put(f"{{{OBLIGED}}}", '"1 + 1"'), "sleutels met waarden"),
    "unknown population": (put(OBLIGED, "cel: {populatie: iedereen}"), "populatie 'iedereen' bestaat niet"),
    "unknown country": (
        put("land_van_herkomst: Marokko", "land_van_herkomst: Atlantis"),
        "'Atlantis' is geen naam",
    ),
    "unknown variable": (put("leeftijdsklasse: tot 25", "leeftijd: tot 25"), "'leeftijd' kan hier niet"),
    "a rest": (put("gemeente: Onbekend", "gemeente: Overig"), "'Overig' is geen naam van gemeente"),
    "number without value": (put("getal: gesprekken", "getal: brieven"), "'brieven' staat niet in gegevens"),
    "largest of nothing": (
        put("grootste: gemeenten", "grootste: plaatsen"),
        "'plaatsen' staat niet in gegevens",
    ),
    "asks for itself": (put("uitspraak: c33", "uitspraak: c34"), "vraagt via c34 om zichzelf"),
    "asks for what has no formula": (put("uitspraak: c33", "uitspraak: c24"), "c24 heeft geen formule"),
    "unknown word": (
        put("moeten {{ groep }} personen", "moeten {{ mensen }} personen"),
        "'mensen' is geen cijfer",
    ),
    "broken words": (
        put("moeten {{ groep }} personen", "moeten {{ groep personen"),
        "deze tekst is niet goed",
    ),
    "no words": (
        put("zin: Op {{ peildatum }} moeten", "zan: Op {{ peildatum }} moeten"),
        "'zan': deze sleutel",
    ),
    "another unit": (
        put(
            "      groep: {cel",
            "      groep: {procent: [{cel: {populatie: wi2007}}, {cel: {populatie: wi2007}}]} #",
        ),
        "geeft procent, .* staat personen",
    ),
    "a value too many": (
        put("      groep: {cel", "      groep_b: {cel: {populatie: wi2007}}\n      groep: {cel"),
        "hier staan 2 waarden",
    ),
    "a statement too many": (
        put("  c02:", "  c38:\n    zin: x\n    niet_te_berekenen: y\n  c02:"),
        "'c38': deze uitspraak staat niet in reference",
    ),
    "formula and none": (
        put("    niet_te_berekenen:", "    waarden: {x: {getal: y}}\n    niet_te_berekenen:"),
        "precies één van waarden",
    ),
    "a reason is gone": (put("  noemer_nul:", "  noemer:"), "'noemer_nul': deze sleutel ontbreekt"),
    "no YAML": (put("uitspraken:\n  c01:", "uitspraken: [\n  c01:"), "geen geldige YAML"),
}
IN_REFERENCE = {
    "no number": (
        put(",7919,personen", ",veel,personen"),
        "rij 2, kolom 'gepubliceerd': hier hoort een getal",
    ),
    "range upside down": (put(",2-3,", ",3-2,"), "rij 17, kolom 'gepubliceerd': .* van laag naar hoog"),
    "unknown unit": (put(",36,procent,", ",36,percent,"), "rij 3, kolom 'eenheid': hier kan alleen"),
    "no tolerance": (put("2022-07-01,0.5,0.5", "2022-07-01,,0.5"), "rij 3, kolom 'onder'"),
    "wider is not wider": (put(",5,5,24,", ",5,5,4,"), "rij 34, kolom 'ruimer': dit is niet ruimer"),
    "no day": (put("7919,personen,2022-07-01", "7919,personen,"), "rij 2, kolom 'stand'"),
    "no such day": (put("7919,personen,2022-07-01", "7919,personen,2022-06-31"), "rij 2, kolom 'stand'"),
    "no reason": (
        put(",0,0,,Gedrukt als precies aantal,", ",0,0,,,"),
        "rij 2, kolom 'tolerantie_reden': hier staat niets",
    ),
    "twice": (put("c02,", "c01,"), "rij 3, kolom 'id': dit staat ook in rij 2"),
    "a figure and no unit": (put(",36,procent,", ",36,tekst,"), "rij 3, kolom 'gepubliceerd'"),
    "a column is gone": (put("id,plaats", "id,plek"), "rij 1 de kolom plaats"),
}


def told(done: Done, folder: Path, words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert re.search(words, done.stderr.replace("\n", " ")), done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "publicatie" / "uitspraken.csv").exists()


def test_whole_files_are_good(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len((tmp_path / "publicatie" / "uitspraken.csv").read_text(encoding="utf-8").splitlines()) == 38


@pytest.mark.parametrize(("change", "words"), IN_CONFIGURATION.values(), ids=IN_CONFIGURATION.keys())
def test_a_mistake_in_the_configuration_is_told_by_its_line(
    tmp_path: Path, change: Change, words: str
) -> None:
    done = run(tmp_path, said=change)
    told(done, tmp_path, words)
    assert SAID in done.stderr
    assert re.search(r"regel \d+", done.stderr)


@pytest.mark.parametrize(("change", "words"), IN_REFERENCE.values(), ids=IN_REFERENCE.keys())
def test_damage_to_the_reference_is_told_by_its_row(tmp_path: Path, change: Change, words: str) -> None:
    done = run(tmp_path, study=change)
    told(done, tmp_path, words)
    assert STUDY in done.stderr


def test_a_statement_that_is_gone_is_missed(tmp_path: Path) -> None:
    told(
        run(tmp_path, said=without("  c05:")), tmp_path, r"uitspraken_2022\.csv, rij 6, .* c05 staat niet in"
    )
