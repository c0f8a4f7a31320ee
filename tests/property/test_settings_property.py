"""Whatever name is taken away from the lists or the tables while others use it: it is told, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from settings_folders import Copy, copied

from wi2007 import reference, study
from wi2007.errors import UserError
from wi2007.project import Run
from wi2007.run import checking
from wi2007.run.checking import settings
from wi2007.run.session import make_reports

CLASSES = [one.label for one in reference.age_classes()]
ROUTES = list(reference.routes())
TABLES = sorted({figure.tabel for figure in study.figures()})
PLACES = ["Amsterdam", "Den Haag", "Rotterdam", "Eindhoven"]
COUNTRIES = ["Marokko", "Turkije", "Sovjet-Unie", "China"]


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Copy]:
    with copied(tmp_path / "project") as found:
        yield found


def lines(copy: Copy, name: str) -> tuple[Path, list[str]]:
    path = copy.folder / name
    return path, path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("label", CLASSES)
def test_an_age_class_that_is_gone_or_has_another_name_is_told(label: str, copy: Copy) -> None:
    path, rows = lines(copy, "reference/leeftijdsklassen.csv")
    path.write_text("\n".join(row for row in rows if not row.startswith(label)) + "\n", encoding="utf-8")
    assert copy.told()
    path.write_text("\n".join(row.replace(label, "jong of oud", 1) for row in rows) + "\n", encoding="utf-8")
    assert any(label in message for message in copy.told())


@pytest.mark.parametrize(
    ("file", "label"),
    [
        *(("reference/uitstroomroutes.csv", label) for label in ROUTES),
        *(("reference/gemeenten.csv", label) for label in PLACES),
        *(("reference/landen.csv", label) for label in COUNTRIES),
    ],
)
def test_a_route_a_municipality_or_a_country_with_another_name_is_told(
    file: str, label: str, copy: Copy
) -> None:
    path, rows = lines(copy, file)
    fields = (["Anders" if field == label else field for field in row.split(",")] for row in rows)
    path.write_text("\n".join(",".join(row) for row in fields) + "\n", encoding="utf-8")
    told = "\n".join(copy.told())
    assert f"'{label}'" in told or "in reference/ welke codes en namen" in told


@pytest.mark.parametrize("number", TABLES)
def test_a_table_that_is_gone_is_told(number: str, copy: Copy) -> None:
    path, rows = lines(copy, "config/tables.yaml")
    first = rows.index(f'  - number: "{number}"')
    last = next(at for at in range(first + 1, len(rows)) if rows[at].startswith("  - number"))
    path.write_text("\n".join([*rows[:first], *rows[last:]]) + "\n", encoding="utf-8")
    assert any(f"tabel {number}" in message or f"tabel '{number}'" in message for message in copy.told())


def test_nothing_is_written_where_settings_are_wrong(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.replace("reference/leeftijdsklassen.csv", "65 en ouder", "65 of ouder")
    monkeypatch.setattr(settings, "mistakes", copy.told)
    directory = tmp_path / "werk"
    with pytest.raises(UserError, match="65 en ouder") as caught:
        make_reports(Run(directory), cores=1)
    assert "Er is niets gemaakt en niets veranderd" in str(caught.value)
    assert not directory.exists()


def test_what_was_right_is_not_checked_again_until_something_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, times = Run(tmp_path), []
    (tmp_path / checking.STATE).mkdir()
    monkeypatch.setattr(settings, "mistakes", lambda: times.append(1) or [])
    for _ in range(3):
        checking.remember(run, checking.check_settings(run))
    assert len(times) == 1
    kept = tmp_path / checking.STATE / checking.CHECKED
    for content in (b"", b"\xff\xfe", kept.read_bytes()[:-1]):
        kept.write_bytes(content)
        checking.check_settings(run)
    assert len(times) == 4
    checking.remember(run, checking.check_settings(run))
    monkeypatch.setattr(checking, "digest", lambda: "other")
    checking.check_settings(run)
    assert len(times) == 6


def test_settings_that_are_wrong_are_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "mistakes", lambda: ["fout"])
    for _ in range(2):
        with pytest.raises(UserError, match="fout"):
            checking.check_settings(Run(tmp_path))
    assert list(tmp_path.iterdir()) == []
