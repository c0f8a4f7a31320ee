"""The rules as data: every mistake in the file is told with its place; code and file know the same rules."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from schemas.columns import COLUMNS
from wi2007.errors import UserError
from wi2007.project import ROOT
from wi2007.validation.outcome import Failures
from wi2007.validation.rules import ERROR, NEEDED, RULES, WARNING, Rules, Threshold, read_rules

TEXT = RULES.read_text(encoding="utf-8")
CALLS = {
    "Problem": (0,),
    "CellProblem": (0,),
    "ColumnProblem": (0,),
    "add": (0,),
    "add_count": (0,),
    "_check": (1,),
}
CHECKS = {"date_check": (0,), "code_check": (0,), "value_check": (0,), "per_value": (0,)}


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = tmp_path / "validation.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def mistake(tmp_path: Path, *changes: tuple[str, str]) -> str:
    with pytest.raises(UserError) as caught:
        read_rules(changed(tmp_path, *changes))
    return str(caught.value)


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


def test_every_rule_says_what_it_means_what_to_do_and_where_it_comes_from() -> None:
    for rule in read_rules().rules.values():
        assert rule.description.endswith((".", "?"))
        assert rule.what_to_do
        assert len(rule.source) > 5
        assert set(rule.columns) <= set(COLUMNS)
        assert rule.severity in (ERROR, WARNING)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ernst: fout", "ernst: erg", "de regel 'bestand_leeg', 'ernst': moet 'fout' of 'waarschuwing' zijn"),
        ("kolommen: []", "kolommen: [kleur]", "'kolommen' > nummer 1: dit is geen kolom van de levering"),
        ("kolommen: []", "kolommen: geslacht", "'kolommen': moet een lijst zijn"),
        (
            "omschrijving: Het bestand is leeg.",
            "omschrijving: ''",
            "'bestand_leeg', 'omschrijving': is leeg",
        ),
        ("omschrijving: Het bestand is leeg.", "omschrijving: 3", "'omschrijving': moet tekst zijn"),
        ("    doen: Haal", "    dan: Haal", "de regel 'bestand_leeg', 'doen': ontbreekt"),
        ("    doen: Haal", "    dan: Haal", "de regel 'bestand_leeg', 'dan': bestaat niet"),
        ("regels:", "regel:", "'regels': ontbreekt"),
        ("grenzen:", "grens:", "'grenzen': ontbreekt"),
        ('geboortedatum: "1900-01-01"', "geboortedatum: vroeger", "schrijf een datum als"),
        ("fout_boven: 50%", "fout_boven: veel", "schrijf een percentage, bijvoorbeeld 5% of 0,5%"),
        ("fout_boven: 50%", "fout_boven: 120%", "een percentage is hoogstens 100%"),
        ("melden_boven: 2%", "melden_boven: 60%", "melden_boven is hoger dan fout_boven"),
        ("  geslacht: {waarden", "  sekse: {waarden", "dit is geen kolom van de levering"),
        (
            "regel: kolom_dubbel",
            "regel: kolom_ontbreekt",
            "deze namen staan er meer dan één keer: kolom_ontb",
        ),
        ("regels:", "regels:\n  - los", "de regel op plaats 1: moet uit onderdelen met een naam bestaan"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    message = mistake(tmp_path, (old, new))
    assert told in message
    if old.startswith(("ernst", "omschrijving", "fout_boven", "  geslacht")):
        assert f"regel {line_of(old)}: " in message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    message = mistake(tmp_path, ("ernst: fout", "ernst: erg"), ("regel: codelijst", "regel: Code lijst"))
    assert message.count("\n  - ") == 2


def test_a_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    assert "'ernst' staat er twee keer" in mistake(
        tmp_path, ("ernst: fout", "ernst: fout\n    ernst: waarschuwing")
    )


def test_a_threshold_on_an_error_makes_no_sense(tmp_path: Path) -> None:
    message = mistake(
        tmp_path, ("doen: Haal de levering", "drempel: {fout_boven: 5%}\n    doen: Haal de levering")
    )
    assert "een drempel past alleen bij een waarschuwing" in message


@pytest.mark.parametrize("text", ["", "regels: [", "- a", "grenzen: 2007-13-45"])
def test_a_file_that_is_no_configuration_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "validation.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"validation\.yaml"):
        read_rules(path)


def test_a_file_in_another_encoding_or_that_is_gone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "validation.yaml"
    path.write_bytes(TEXT.encode("utf-16"))
    with pytest.raises(UserError, match="UTF-8"):
        read_rules(path)
    with pytest.raises(UserError, match="Zet het bestand terug"):
        read_rules(tmp_path / "weg.yaml")


def test_a_check_without_a_rule_is_told_with_what_may_be_meant(tmp_path: Path) -> None:
    message = mistake(tmp_path, ("regel: codelijst\n", "regel: codelyst\n"))
    assert "ontbreekt de regel 'codelijst' (er staat wel 'codelyst')" in message


def test_a_rule_that_is_needed_later_is_told_too(tmp_path: Path) -> None:
    rules = read_rules()
    few = Rules({name: rule for name, rule in rules.rules.items() if name != "codelijst"}, rules.limits)
    failures = Failures(few, tmp_path / "scratch")
    with pytest.raises(UserError, match="'codelijst'"):
        failures.add("codelijst", "geslacht", np.array([3]))


def names_in(path: Path, calls: dict[str, tuple[int, ...]]) -> set[str]:
    """The texts that stand in the places of calls where the name of a rule stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = dict(enumerate(node.args))
        for place in calls.get(called, ()):
            argument = words.get(place)
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.add(argument.value)
    return found


def texts_in(path: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_the_code_and_the_file_know_the_same_rules() -> None:
    rules = set(read_rules().rules)
    files = [
        path
        for folder in ("delivery", "mapping", "validation", "population")
        for path in (ROOT / "src/wi2007" / folder).rglob("*.py")
        if path.name != "rules.py"
    ]
    schema = ROOT / "schemas/delivery.py"
    used = set().union(*(names_in(path, CALLS) for path in files), names_in(schema, CALLS | CHECKS))
    assert {name for name in used if "_" in name or name in rules} <= rules
    anywhere = set().union(*(texts_in(path) for path in [*files, *(ROOT / "schemas").glob("*.py")]))
    settings = (ROOT / "config/normalisation.yaml").read_text(encoding="utf-8")
    left = {name for name in rules - anywhere if f" {name}\n" not in settings}
    assert left == set(), "a rule that no check is named after"
    assert set(NEEDED) <= anywhere


@pytest.mark.parametrize(
    ("count", "rows", "told", "error"),
    [(50, 1000, False, False), (51, 1000, True, False), (501, 1000, True, True)],
)
def test_a_threshold_begins_above_its_share(count: int, rows: int, told: bool, error: bool) -> None:
    threshold = Threshold(told_above=0.05, error_above=0.5, least=10)
    assert (threshold.is_reported(count, rows), threshold.is_error(count, rows)) == (told, error)


def test_few_rows_are_never_too_many() -> None:
    assert not Threshold(error_above=0.1, least=20).is_error(19, 19)
    assert Threshold(error_above=0.1, least=20).is_error(20, 20)


def test_a_warning_in_too_many_rows_is_an_error(tmp_path: Path) -> None:
    for rows, raised in ((200, False), (30, True)):
        failures = Failures(read_rules(), tmp_path / "scratch")
        failures.add("datums_volgorde", "", np.arange(2, 22))
        failures.weigh_shares(rows)
        finding = failures.findings()[0]
        assert (finding.severity, failures.refused) == ((ERROR if raised else WARNING), raised)
