"""What reading costs in each dialect: the same persons as text in every form, and as other kinds of file.

A form of text may cost at most so many times what plain text costs, per byte of the text when it is unpacked. In turn,
so that a busy moment hits all; processor time of all threads from opening to the last row, the best of some runs, each
in a process of its own that has already started up. `python -m benchmarks.dialects FILE ROWS` is one such run.
What does not belong here: whole steps (`engines`).
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.parquet as pq

from benchmarks.engines import DATA, ROOT, delivery
from wi2007.mapping.batches import open_delivery

ROWS, FEW_ROWS = 1_000_000, 100_000
"""A workbook takes so long to write that it has fewer rows."""
PLAIN = "plain"
BOUND = 1.3
_DATES = ("geboortedatum", "statusdatum", "startdatum_plicht")
_CODES = ("land_van_herkomst", *(f"nationaliteit_{number}" for number in range(1, 5)), "gemeentecode")
_NOTES = ["Café, Curaçao", "", 'hij zei "ja";\nen ging', "– België"]


@dataclass(frozen=True)
class Read:
    """Best seconds of processor time and of the clock, bytes of the text when unpacked (or of the file), rows."""

    name: str
    cpu: float
    wall: float
    bytes: int
    rows: int
    is_text: bool

    def per_byte(self, plain: Read) -> float:
        """How many times what plain text costs per byte."""
        return (self.cpu / self.bytes) / (plain.cpu / plain.bytes)

    def per_row(self, plain: Read) -> float:
        """How many times what plain text costs per row."""
        return (self.cpu / self.rows) / (plain.cpu / plain.rows)


@dataclass(frozen=True)
class _File:
    name: str
    path: Path
    bytes: int
    rows: int
    is_text: bool = True


def measure_dialects(rows: int, repeats: int) -> list[Read]:
    """Every dialect, the plain one first."""
    files = _files(rows)
    best: dict[str, tuple[float, float]] = {}
    for _ in range(repeats):
        for file in files:
            cpu, wall = _read(file)
            before = best.get(file.name, (cpu, wall))
            best[file.name] = min(before[0], cpu), min(before[1], wall)
    return [Read(file.name, *best[file.name], file.bytes, file.rows, file.is_text) for file in files]


def _read(file: _File) -> tuple[float, float]:
    """Read in a process of its own, which remembers nothing; raises `RuntimeError` when rows are missing."""
    command = [sys.executable, "-m", "benchmarks.dialects", str(file.path), str(file.rows)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{file.name}: {done.stderr[-500:]}")
    cpu, wall = map(float, done.stdout.split())
    return cpu, wall


def read_once(path: Path, rows: int) -> tuple[float, float]:
    """Open a delivery and read all of it, values made ours: seconds of processor time and of the clock."""
    with tempfile.TemporaryDirectory(dir=DATA) as scratch:
        cpu, wall = time.process_time(), time.perf_counter()
        opened = open_delivery(path, Path(scratch), date(2022, 7, 1))
        found = sum(len(batch.rows) for batch in opened.batches(opened.plan.columns))
        took = time.process_time() - cpu, time.perf_counter() - wall
    if found != rows:
        raise RuntimeError(f"{found} of {rows} rows were read")
    return took


def _files(rows: int) -> list[_File]:
    """The same persons in every dialect; written when they are not there."""
    folder = DATA / f"dialects_{rows}"
    folder.mkdir(parents=True, exist_ok=True)
    plain = delivery(rows)
    files = [_File(PLAIN, plain, plain.stat().st_size, rows)]
    content: list[bytes] = []

    def lines() -> str:
        if not content:
            content.append(plain.read_bytes())
        return content[0].decode()

    for name, encode in _TEXTS.items():
        path, size = folder / f"{name}.csv", folder / f"{name}.size"
        if not size.exists():
            text = encode(lines())
            path.write_bytes(_packed(name, text))
            size.write_text(str(len(text)), encoding="ascii")
        files.append(_File(name, path, int(size.read_text(encoding="ascii")), rows))
    return [*files, *_others(folder, plain, rows)]


def _packed(name: str, text: bytes) -> bytes:
    if name.startswith("gz"):
        return gzip.compress(text)
    if not name.startswith("zip"):
        return text
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("levering.csv", text)
        file.seek(0)
        return file.read()


def _rows(text: str) -> Iterator[list[str]]:
    return (line.split(";") for line in text.splitlines())


def _quoted(text: str, sign: str = ";") -> str:
    return "".join('"' + f'"{sign}"'.join(fields) + '"\n' for fields in _rows(text))


def _noted(text: str) -> str:
    notes = [
        f'"{note.replace(chr(34), 2 * chr(34))}"' if set(note) & set('";\n') else note for note in _NOTES
    ]
    lines = text.splitlines()
    return f"{lines[0]};Opmerking\n" + "".join(
        f"{line};{notes[at % len(notes)]}\n" for at, line in enumerate(lines[1:])
    )


def _written_otherwise(text: str) -> str:
    """Dates as dd-mm-yyyy, codes without zeros."""
    rows = _rows(text)
    names = next(rows)
    dates, codes = ([names.index(name) for name in some] for some in (_DATES, _CODES))
    lines = [";".join(names)]
    for fields in rows:
        for place in dates:
            if day := fields[place]:
                fields[place] = f"{day[6:]}-{day[4:6]}-{day[:4]}"
        for place in codes:
            if fields[place]:
                fields[place] = str(int(fields[place]))
        lines.append(";".join(fields))
    return "\n".join(lines) + "\n"


def _mixed_ends(text: str) -> str:
    return "".join(line + ("\r\n" if at % 3 else "\n") for at, line in enumerate(text.splitlines()))


_TEXTS: dict[str, Callable[[str], bytes]] = {
    "commas": lambda text: text.replace(";", ",").encode(),
    "tabs": lambda text: text.replace(";", "\t").encode(),
    "bars": lambda text: text.replace(";", "|").encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "two kinds of line ends": lambda text: _mixed_ends(text).encode(),
    "all quoted": lambda text: _quoted(text).encode(),
    "a byte order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-8 with notes": lambda text: _noted(text).encode(),
    "Windows-1252 with notes": lambda text: _noted(text).encode("cp1252"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 with notes": lambda text: _noted(text).encode("utf-16"),
    "dates and codes written otherwise": lambda text: _written_otherwise(text).encode(),
    "gz": str.encode,
    "zip": str.encode,
    "gz of Windows-1252 with notes": lambda text: _noted(text).encode("cp1252"),
    "zip of UTF-16": lambda text: text.encode("utf-16"),
}


def _others(folder: Path, plain: Path, rows: int) -> list[_File]:
    """Other kinds of file: as text, and as numbers and dates where their program would have them."""
    few = min(rows, FEW_ROWS)
    kinds = {"parquet": rows, "parquet of numbers and dates": rows, "sav": rows, "xlsx": few}
    files = []
    for name, count in kinds.items():
        path = folder / f"{name}.{name.split()[0]}"
        if not path.exists():
            part = path.with_suffix(".part")
            _WRITERS[name](_table(plain).slice(0, count), part)
            part.replace(path)
        files.append(_File(name, path, path.stat().st_size, count, is_text=False))
    return files


def _table(plain: Path) -> pa.Table:
    with plain.open(encoding="utf-8") as file:
        types = dict.fromkeys(file.readline().strip().split(";"), pa.string())
    return pv.read_csv(
        plain,
        parse_options=pv.ParseOptions(delimiter=";"),
        convert_options=pv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )


def _parquet_typed(table: pa.Table, path: Path) -> None:
    for name in (*_CODES, *_DATES):
        place = table.column_names.index(name)
        texts = table.column(place)
        column = pc.if_else(pc.equal(texts, ""), None, texts).cast(pa.int32())
        if name != "geboortedatum" and name in _DATES:
            column = pc.strptime(texts, format="%Y%m%d", unit="s", error_is_null=True).cast(pa.date32())
        table = table.set_column(place, name, column)
    pq.write_table(table, path)


def _sav(table: pa.Table, path: Path) -> None:
    import pyreadstat  # noqa: PLC0415  only when one is written

    pyreadstat.write_sav(table.to_pandas(), str(path), row_compress=True)


def _xlsx(table: pa.Table, path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415  only when one is written

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("Levering")
        page.write_row(0, 0, table.column_names)
        for at, fields in enumerate(zip(*(c.to_pylist() for c in table.columns), strict=True), start=1):
            page.write_row(at, 0, fields)


_WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    "parquet": pq.write_table,
    "parquet of numbers and dates": _parquet_typed,
    "sav": _sav,
    "xlsx": _xlsx,
}


if __name__ == "__main__":
    print(*read_once(Path(sys.argv[1]), int(sys.argv[2])))
