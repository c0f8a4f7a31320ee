"""A delivery put in its folder and refused or taken, without starting a process: what was said and what was left."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from engine_deliveries import PEILDATUM
from steps import read_delivery

from wi2007.errors import UserError
from wi2007.mapping.levering import delivery_of, find_layout, levering_file
from wi2007.project import Run
from wi2007.run.choice import choose

Place = Callable[[Path], None]
"""Makes something in the folder of the delivery that is more than a file with bytes."""
Found = tuple[str, str, int | None]
"""A rule, a column (or none), and a row number of the file (or none)."""

EARLIER = ("rapport.html", "rapport.pdf", "manifest.json", "tabellen/2.1.csv")
WORK = (
    "personen.parquet",
    "uitgesloten.parquet",
    "kubus.parquet",
    "uitstroom.parquet",
    "beleid.parquet",
    "verwerking.json",
    "validatie.json",
    "verdeling.json",
    "stromen.parquet",
    "stromen.json",
    "tabellen.csv",
)
VERDICT = {"validatie.html", "validatie.csv"}


@dataclass(frozen=True)
class Attempt:
    """What came of a delivery. `message` is None when it was accepted."""

    directory: Path
    message: str | None
    before: Mapping[str, bytes]
    peildatum: str = PEILDATUM

    @property
    def reports(self) -> Path:
        return self.directory / "reports" / self.peildatum

    @property
    def processed(self) -> Path:
        return self.directory / "data" / "processed" / self.peildatum

    def told(self, severity: str = "fout") -> set[Found]:
        """Every failure in validatie.csv."""
        with (self.reports / "validatie.csv").open(encoding="utf-8", newline="") as file:
            return {
                (line["regel"], line["kolom"], int(line["rijnummer"]) if line["rijnummer"] else None)
                for line in csv.DictReader(file)
                if line["ernst"] == severity
            }

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Every rule that was broken, with its column."""
        return {(rule, column) for rule, column, _ in self.told()}

    @property
    def persons(self) -> list[dict[str, Any]]:
        return list(pq.ParquetFile(self.processed / "personen.parquet").read().to_pylist())

    @property
    def record(self) -> Any:
        """What verwerking.json tells of the delivery."""
        return json.loads((self.processed / "verwerking.json").read_text(encoding="utf-8"))["levering"]

    def words(self) -> str:
        """All that a person is told of a refusal."""
        pages = [path.read_text(encoding="utf-8") for path in self.reports.glob("validatie.*")]
        return "\n".join([self.message or "", *pages])

    def nothing_lost(self) -> bool:
        """Whether all that was there is there byte for byte, and nothing more but what tells of the refusal."""
        now = contents(self.directory)
        more = {name.rpartition("/")[2] for name in now.keys() - self.before.keys()}
        return more <= VERDICT and all(now.get(name) == content for name, content in self.before.items())


def contents(directory: Path) -> dict[str, bytes]:
    """Every file under a directory that can be read, and an empty entry for every folder, link or the like."""
    return {path.relative_to(directory).as_posix(): _content(path) for path in directory.rglob("*")}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size < 1 << 24 else b""
    except PermissionError:
        return b""


def attempt(
    root: Path, files: Mapping[str, bytes | str | Place], peildatum: str = PEILDATUM, **changes: Any
) -> Attempt:
    """Put files in the folder of a peildatum that already has a report, and do what a run does with them."""
    run = Run(root / "werk")
    folder = run.raw / peildatum
    folder.mkdir(parents=True)
    for name, content in files.items():
        if callable(content):
            content(folder / name)
        else:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    for place, names in ((run.report(peildatum), EARLIER), (run.processed(peildatum), WORK)):
        for name in names:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(f"eerder gemaakt: {name}", encoding="utf-8")
    before = contents(run.directory)
    return Attempt(run.directory, _message(run, peildatum, changes), before, peildatum)


def _message(run: Run, peildatum: str, changes: dict[str, Any]) -> str | None:
    """What a user is told, or None; any other error than a refusal is the test's."""
    choice = choose(run, [], None)
    if choice.problems:
        return "\n".join(choice.problems)
    folder = run.raw / peildatum
    delivery = delivery_of(run, peildatum, find_layout(folder, peildatum, None))
    try:
        read_delivery(
            delivery,
            run.processed(peildatum),
            peildatum,
            report=run.report(peildatum),
            levering=levering_file(folder),
            **changes,
        )
    except UserError as error:
        return str(error)
    return None
