"""The scenarios as the step `content` makes them: from the published files of this peildatum and of the one before."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.change import CHANGE, ChangeRow
from schemas.tempo_tables import OUTLOOK, TEMPO, TempoRow
from wi2007.project import mark_of
from wi2007.steps.case import Case
from wi2007.steps.derived import write_outlook

BEFORE, NOW = "2022-07-01", "2023-10-01"
ROUNDED = {"basis": 5, "afwijking": 5}


def row(period: str, first: str, last: str, left: int, start: int, now: int) -> TempoRow:
    everybody = ("totaal", "totaal", "totaal")
    return TempoRow(period, first, last, *everybody, left, start, now, Decimal(100 * left) / start)


YEARS = [
    row(str(year), f"{year}-01-01", f"{year}-12-31", left, start, 7920)
    for year, left, start in ((2019, 4000, 16000), (2020, 2500, 12000), (2021, 1300, 9500))
]
ROWS = {
    BEFORE: [*YEARS, row("laatste 12 maanden", "2021-07-02", BEFORE, 600, 8520, 7920)],
    NOW: [*YEARS, row("laatste 12 maanden", "2022-10-02", NOW, 1100, 7750, 6650)],
}


def publish(folder: Path, peildatum: str, rounding: dict[str, int] | None, change: dict[str, Any]) -> None:
    """The files of a peildatum that scenarios are made from."""
    made = folder / "data" / "processed" / peildatum / "publicatie"
    made.mkdir(parents=True)
    mark = mark_of(exact=rounding is None, draft=False)
    processing = {"peildatum": peildatum, "afronding": rounding}
    (made / "verwerking.json").write_text(json.dumps(processing), encoding="utf-8")
    (made / "verandering.json").write_text(json.dumps(change), encoding="utf-8")
    (made / TEMPO.file).write_text(TEMPO.to_csv(ROWS[peildatum], mark), encoding="utf-8")
    whole = ("2.1", "nog_inburgeringsplichtig", "totaal", "totaal", "geslacht", "totaal")
    rows = [ChangeRow(*whole, "begin", "", 7920)] if change["vergeleken"] else []
    (made / CHANGE.file).write_text(CHANGE.to_csv(rows, mark), encoding="utf-8")


def told(
    folder: Path,
    before: dict[str, int] | None = ROUNDED,
    now: dict[str, int] | None = ROUNDED,
    earlier: str | None = BEFORE,
    **change: object,
) -> Any:
    """What the record of the later report says, and the rows of the earlier one in its file."""
    publish(folder, BEFORE, before, {"vergeleken": False})
    publish(folder, NOW, now, {"vergeleken": True, "vorige": BEFORE, **change})
    case = Case(NOW, folder, earlier)
    write_outlook(case)
    rows = OUTLOOK.read(case.made(f"publicatie/{OUTLOOK.file}"))
    found = case.json("publicatie/vooruitzicht.json")["eerder"]
    assert bool(found) == any(row.peildatum == BEFORE for row in rows)
    return found


@pytest.mark.parametrize("rounding", [ROUNDED, {"basis": 10, "afwijking": 10}, None])
def test_the_later_report_tells_what_the_earlier_one_has_between_its_steps(
    tmp_path: Path, rounding: dict[str, int] | None
) -> None:
    """However the earlier one was rounded: its scenarios are those that it tells itself."""
    found = told(tmp_path, rounding, ROUNDED if rounding else None)
    own = Case(BEFORE, tmp_path)
    write_outlook(own)
    rows = OUTLOOK.read(own.made(f"publicatie/{OUTLOOK.file}"))
    assert (found["peildatum"], found["geteld"]) == (BEFORE, 6650)
    assert list(found["manieren"]) == ["rechte_lijn", "vast_percentage"]
    for way, expected in found["manieren"].items():
        first, second = [one for one in rows if one.manier == way][1:3]
        assert (first.dag, second.dag) == ("2023-07-01", "2024-07-01")
        for name in ("verwacht", "minst", "meest"):
            between = getattr(first, name) + (getattr(second, name) - getattr(first, name)) * 92 / 366
            assert abs(expected[name] - between) <= 1


def test_the_order_of_making_changes_nothing(tmp_path: Path) -> None:
    told(tmp_path)
    files = [
        Case(day, tmp_path).made(f"publicatie/vooruitzicht.{kind}")
        for day in (BEFORE, NOW)
        for kind in ("csv", "json")
    ]
    write_outlook(Case(BEFORE, tmp_path))
    made = [path.read_bytes() for path in files]
    for path in files:
        path.unlink()
    write_outlook(Case(BEFORE, tmp_path))
    write_outlook(Case(NOW, tmp_path, BEFORE))
    assert [path.read_bytes() for path in files] == made


def test_what_follows_from_exact_counts_stands_in_no_rounded_report(tmp_path: Path) -> None:
    assert told(tmp_path, before=None) is None


def test_a_report_that_is_not_compared_tells_nothing_of_an_earlier_one(tmp_path: Path) -> None:
    assert told(tmp_path / "not", vergeleken=False) is None
    assert told(tmp_path / "none", earlier=None) is None
    assert told(tmp_path / "other", vorige="2021-07-01") is None


def test_an_earlier_report_with_too_few_years_is_not_looked_back_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [replace(one, per_100=None) if one.periode == "2021" else one for one in ROWS[BEFORE]]
    monkeypatch.setitem(ROWS, BEFORE, few)
    assert told(tmp_path) is None
