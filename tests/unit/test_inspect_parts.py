"""The parts of `wi2007 inspect`: counting different values, value labels, the row of names, settings, writing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml
from engine_deliveries import random_people

from schemas.columns import COLUMNS
from wi2007.delivery.source import EMPTY, EXCEL_DAY_ZERO, Block, Coded, Decision, Missing
from wi2007.errors import UserError
from wi2007.inspection.contents import Readers
from wi2007.inspection.document import comment, scalar
from wi2007.inspection.evidence import is_header
from wi2007.inspection.naming import Named, fit
from wi2007.inspection.profile import AT_ONCE, Distinct, Seen, hashes_of, read_profiles
from wi2007.inspection.proposal import Proposal, propose
from wi2007.inspection.settings import SETTINGS, read_settings
from wi2007.inspection.task import write_new
from wi2007.inspection.wording import share_text
from wi2007.mapping.plan import Heading
from wi2007.validation.rules import read_rules

DAY = date(2022, 7, 1)


@dataclass(frozen=True)
class Table:
    """A source of rows in memory, in blocks of some rows with lists of values of their own."""

    names: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[int, Missing] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    block: int = 100
    size: int = 1
    sha256: str = ""
    header_row: int | None = 1
    names_are_names: bool = True
    day_zero: date | None = EXCEL_DAY_ZERO
    decisions: tuple[Decision, ...] = ()

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        none = np.empty(0, np.int64)
        for start in range(0, len(self.rows), self.block):
            part = self.rows[start : start + self.block]
            numbers = np.arange(start, start + len(part)) + 2
            yield Block(numbers, {}, {at: coded([row[at] for row in part]) for at in fields}, none, none)


def coded(texts: Sequence[str]) -> Coded:
    values = sorted(set(texts) - {""})
    return Coded(values, np.array([values.index(t) if t else EMPTY for t in texts], dtype=np.int32))


def seen_in(table: Table) -> Seen:
    settings = read_settings()
    return read_profiles(table, Readers(DAY, read_rules().limits, settings), settings.grenzen)


def proposed(table: Table) -> Proposal:
    settings = read_settings()
    return propose(seen_in(table), Readers(DAY, read_rules().limits, settings), settings, DAY, inside=True)


def test_different_values_are_counted_exactly_as_long_as_they_fit() -> None:
    counted = Distinct(100)
    counted.add(hashes_of(["a", "b", "c"]), np.array([1, 2, 0]))
    counted.add(hashes_of(["c", "a"]), np.array([5, 1]))
    assert (counted.count, counted.is_exact, counted.share_once) == (3, True, 0.0)


def test_more_different_values_are_guessed_in_bounded_memory() -> None:
    counted = Distinct(1000)
    for start in range(0, 50_000, 5_000):
        counted.add(hashes_of([f"P{at}" for at in range(start, start + 5_000)]), np.ones(5_000, np.int64))
    assert not counted.is_exact
    assert 45_000 < counted.count < 55_000
    assert counted.share_once == 1.0
    counted.add(hashes_of([f"P{at}" for at in range(50_000)]), np.ones(50_000, np.int64))
    assert counted.share_once == 0.0


def test_what_is_seen_does_not_depend_on_blocks() -> None:
    rows = [[row[name] for name in COLUMNS] for row in random_people(300)]
    whole, parts = (seen_in(Table(COLUMNS, rows, block=block)) for block in (300, 7))
    assert whole == parts
    assert whole.orders[COLUMNS.index("statusdatum"), COLUMNS.index("startdatum_plicht")].before == 0


def test_a_very_wide_file_is_read_in_more_than_one_go() -> None:
    names = tuple(f"veld {at}" for at in range(AT_ONCE + 5))
    seen = seen_in(Table(names, [["x"] * len(names)] * 3))
    assert [profile.name for profile in seen.profiles] == list(names)
    assert seen.rows == 3


def test_value_labels_are_read() -> None:
    rows = [[f"P{at}", str(at % 2 + 5)] for at in range(200)]
    table = Table(("id", "v2"), rows, labels={1: {"5": "Man", "6": "Vrouw"}})
    (entry,) = (entry for entry in proposed(table).entries if entry.column == "geslacht")
    assert entry.found.field is not None
    assert (entry.found.field.name, entry.recode, entry.is_set) == ("v2", None, True)


@pytest.mark.parametrize(
    ("name", "column", "expected"),
    [
        ("Geslacht ", "geslacht", Named.OURS),
        ("LAND-VAN-HERKOMST", "land_van_herkomst", Named.OURS),
        ("BSN", "persoonsnummer", Named.OTHER),
        ("m/v", "geslacht", Named.OTHER),
        ("Datum geboorte", "geboortedatum", Named.OTHER),
        ("GEM_CODE", "gemeentecode", Named.OTHER),
        ("statusdatum", "statuscode", Named.NOT),
        ("datum laatste status", "statusdatum", Named.PART),
        ("volgnr", "persoonsnummer", Named.WRONG),
        ("", "geslacht", Named.NOT),
    ],
)
def test_names(name: str, column: str, expected: Named) -> None:
    assert fit(name, column, read_settings()) == expected


def test_no_name_stands_for_two_columns() -> None:
    names = [name for column in read_settings().namen.values() for name in column.namen]
    assert len(names) == len(set(names))


def test_a_row_of_a_person_is_no_row_of_names() -> None:
    rows = [[row[name] for name in COLUMNS] for row in random_people(200)]
    settings = read_settings()
    assert is_header(seen_in(Table(COLUMNS, rows)).profiles, settings)
    assert not is_header(seen_in(Table(("abc", "def"), [["x", "y"]] * 9)).profiles, settings)
    assert not Heading(Table(COLUMNS, rows)).is_row
    for size in (200, 3):
        heading = Heading(Table(tuple(rows[0]), rows[1:size]))
        assert (heading.is_row, heading.are_names) == (True, False)
        assert [heading.shown(place) for place in (0, 1, 10)] == ["(kolom 1)", "(kolom 2)", "(kolom 11)"]


def test_names_repeated_further_down_are_names_still() -> None:
    rows = [[row[name] for name in COLUMNS] for row in random_people(200)]
    assert is_header(seen_in(Table(COLUMNS, [*rows, list(COLUMNS), *rows])).profiles, read_settings())


def test_a_share_is_never_rounded_up_to_all() -> None:
    assert [share_text(value) for value in (1.0, 0.9999, 0.982, 0.0)] == ["100,0%", "99,9%", "98,2%", "0,0%"]


@pytest.mark.parametrize(
    "text", ["abc", "NO", "01", "a: b", '"', "\\", "\x07\x85\ufeff", "# x", "", "é\n", "\U0001f600"]
)
def test_a_scalar_is_read_back(text: str) -> None:
    content = f"{scalar(text)}: {scalar(text)}\n"
    assert yaml.load(content, yaml.BaseLoader) == {text: text}


def test_a_long_remark_stays_a_remark() -> None:
    lines = comment("woord " * 100, "  ").splitlines()
    assert len(lines) > 3
    assert all(line.startswith("  # ") and len(line) < 120 for line in lines)


def test_settings_with_a_mistake_are_told(tmp_path: Path) -> None:
    content = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    path = tmp_path / "inspectie.yaml"
    path.write_text(yaml.safe_dump({**content, "grenzen": {**content["grenzen"], "zeker": 7}}))
    with pytest.raises(UserError, match=r"grenzen\.zeker"):
        read_settings(path)
    path.write_text("{")
    with pytest.raises(UserError, match=r"inspectie\.yaml is niet te gebruiken"):
        read_settings(path)


def test_a_proposal_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "levering.yaml"
    write_new(target, "een\n")
    with pytest.raises(UserError, match="bestaat al"):
        write_new(target, "twee\n")
    assert target.read_text() == "een\n"

    def no_links(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("wi2007.inspection.task.os.link", no_links)
    with pytest.raises(UserError, match="bestaat al"):
        write_new(target, "twee\n")
    write_new(tmp_path / "ander.yaml", "drie\n")
    with pytest.raises(UserError, match="kan niet worden geschreven"):
        write_new(tmp_path / "weg" / "levering.yaml", "vier\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ander.yaml", "levering.yaml"]
