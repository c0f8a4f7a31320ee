"""A copy of a published folder to plant a leak in, with the true counts to have something to plant.

What does not belong here: the leaks themselves (see `leaks`), and anything that the attacker uses.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from attack import cbs

Row = dict[str, str]
KEYS = ("tabel", "rijvariabele", "rij", "kolom")


@dataclass(frozen=True)
class Scene:
    """`folder` is the copy; `exact` the true tables as the pipeline keeps them, by table, row and column."""

    folder: Path
    exact: dict[tuple[str, ...], Row]

    def text(self, name: str) -> str:
        """A file of the folder."""
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Put a file in the folder."""
        (self.folder / name).write_bytes(text.encode())

    def replace(self, name: str, old: str, new: str) -> None:
        """Change the first place in a file where `old` stands; it must be there."""
        text = self.text(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def rows(self, number: str) -> list[Row]:
        """The published rows of a table."""
        return list(csv.DictReader(io.StringIO(self.text(f"tabellen/tabel_{number}.csv"))))

    def put(self, number: str, rows: list[Row]) -> None:
        """Write the rows of a table."""
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.write(f"tabellen/tabel_{number}.csv", text.getvalue())

    def true(self, row: Row) -> int:
        """The true count of a published row."""
        return int(self.exact[tuple(row[key] for key in KEYS)]["aantal"])

    def known(self, row: Row) -> bool:
        """Whether the true tables have the row; they rank by other counts."""
        return tuple(row[key] for key in KEYS) in self.exact

    def off(self, number: str, fits: Callable[[Row, int], bool] = lambda row, count: True) -> Row:
        """A published row whose true count is another one, and for which `fits` holds."""
        return next(
            row
            for row in self.rows(number)
            if row["rijvariabele"] != "totaal"
            and self.known(row)
            and self.true(row) != int(row["aantal"])
            and fits(row, self.true(row))
        )

    def secret(self) -> tuple[str, int]:
        """A category and the true count of one of its cells, that was rounded."""
        row = self.off("2.1")
        return row["rij"], self.true(row)

    def zipped(self, ending: str) -> str:
        """The name of the workbook."""
        (found,) = (
            path.relative_to(self.folder).as_posix() for path in self.folder.rglob(f"wi2007_*.{ending}")
        )
        return found

    def rezip(self, ending: str, change: Callable[[dict[str, bytes]], None]) -> None:
        """Change the parts of a workbook; stamps stay as they are."""
        path = self.folder / self.zipped(ending)
        with zipfile.ZipFile(path) as file:
            parts = {info.filename: file.read(info) for info in file.infolist()}
        change(parts)
        with zipfile.ZipFile(path, "w") as file:
            for name, content in parts.items():
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                file.writestr(info, content)

    def settle(self) -> None:
        """Let manifest and data package give sizes and digests of the files as they are now: nothing looks touched."""
        package = self.folder / "tabellen/datapackage.json"
        if package.is_file():
            told = json.loads(package.read_text(encoding="utf-8"))
            for resource in told["resources"]:
                size, digest = _digest(self.folder / "tabellen" / resource["path"])
                resource |= {"bytes": size, "hash": f"sha256:{digest}"}
            package.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        manifest = self.folder / "manifest.json"
        if manifest.is_file():
            told = json.loads(manifest.read_text(encoding="utf-8"))
            for name, one in told["rapport"].items():
                if (self.folder / name).is_file():
                    one["bytes"], one["sha256"] = _digest(self.folder / name)
            manifest.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def _digest(path: Path) -> tuple[int, str]:
    content = path.read_bytes()
    return len(content), hashlib.sha256(content).hexdigest()


def copied(folder: Path, exact: Path, target: Path, tables_only: bool = False) -> Scene:
    """A copy of a published folder, or of its CSV files only. `exact` is the file with the true tables."""
    place = target / folder.name
    if tables_only:
        for path in sorted(folder.glob("tabellen/*.csv")):
            (place / "tabellen").mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place / "tabellen")
    else:
        shutil.copytree(folder, place)
    for book in cbs.books(folder):
        (place.parent / cbs.PUBLIC).mkdir(exist_ok=True)
        shutil.copy(book, place.parent / cbs.PUBLIC)
    return Scene(place, dict(_keyed(exact)))


def _keyed(exact: Path) -> Iterator[tuple[tuple[str, ...], Row]]:
    with exact.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield tuple(row[key] for key in KEYS), row
