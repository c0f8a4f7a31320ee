"""All of the demonstration delivery at once: from the study's figures to the bytes of the file, put in its folder.

The dialect is the one DUO wrote most: `;` between fields, CRLF, no quotes; UTF-8. Every `persoonsnummer` begins with
`DEMO`: the mark by which the pipeline knows a demonstration delivery. A file that is not ours is never touched.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wi2007 import study
from wi2007.demo import cells, rows, settings, sizes
from wi2007.demo.arrays import Draws
from wi2007.demo.margins import Margins, build, solve
from wi2007.demo.rows import COLUMNS, Columns
from wi2007.errors import UserError

Ours = Callable[[Path], bool]
"""Whether a file is one that we wrote."""
MARK = "DEMO"
SEPARATOR = ";"
LINE_END = "\r\n"
_DIGITS = 8


def free(target: Path, beside: Mapping[Path, Ours] | None = None) -> Path:
    """The target itself, when it may be written (see `is_free`). Raises `UserError` when it may not."""
    if not is_free(target, beside):
        raise UserError(
            f"In de map {target.parent.name}/ staat al een bestand dat geen demonstratielevering is; daar wordt niet "
            "overheen geschreven. Haal dat bestand weg, of kies een andere map."
        )
    return target


def is_free(target: Path, beside: Mapping[Path, Ours] | None = None) -> bool:
    """Whether `target` may be written: it is absent or a demonstration delivery, and its folder holds nothing else.

    `beside` are files that may be there too when they are ours. Hidden files (as `.gitkeep`) do not count.
    """
    known = {target: is_demonstration, **(beside or {})}
    folder = target.parent
    others = [path for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []
    return all(path in known and known[path](path) for path in others)


def is_demonstration(path: Path) -> bool:
    """Whether every line after the header begins with the mark of a demonstration delivery."""
    if not path.is_file():
        return False
    content = path.read_bytes()
    end = LINE_END.encode("ascii")
    lines = content.count(end)
    return lines > 1 and content.endswith(end) and content.count(end + MARK.encode("ascii")) == lines - 1


def place(target: Path, content: bytes) -> None:
    """Write the file whole: a reader sees the earlier one or all of the new one. The same content is left alone."""
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.deel")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def text(columns: Columns, names: Sequence[str] = COLUMNS) -> bytes:
    """A header with these names and a line for each person."""
    fields = [_field(name, columns[name]) for name in names]
    lines = pc.binary_join_element_wise(*fields, SEPARATOR)
    ended = pc.binary_join_element_wise(lines, "", LINE_END)
    header = SEPARATOR.join(names) + LINE_END
    return header.encode("utf-8") + _bytes(ended)


def _field(name: str, values: NDArray[Any]) -> pa.Array:
    if values.dtype.kind == "U":
        return pa.array(values)
    if name == "persoonsnummer":
        width = 10**_DIGITS
        padded = pc.utf8_slice_codeunits(pa.array(values + width).cast(pa.string()), 1)
        return pc.binary_join_element_wise(MARK, padded, "")
    nothing = "00000000" if name == "geboortedatum" else ""
    return pc.if_else(pa.array(values == 0), nothing, pa.array(values).cast(pa.string()))


def _bytes(lines: pa.StringArray) -> bytes:
    """The text of all lines, one after the other: an array of text keeps it so in memory."""
    _, ends, content = lines.buffers()
    offsets = np.frombuffer(ends, dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
    return bytes(memoryview(content)[offsets[0] : offsets[-1]])


def delivery(chosen: settings.Settings) -> bytes:
    """The demonstration delivery as the bytes of one file: everyone of the study, and the Turkish nationals.

    Raises `UserError` when the choices leave no whole numbers that fit the study's figures.
    """
    draws = Draws(chosen.choices.zaad)
    return text(rows.columns(people(chosen, draws), chosen, draws))


def people(chosen: settings.Settings, draws: Draws) -> cells.Persons:
    """Everyone of the study, and the Turkish nationals."""
    margins = solved(chosen)
    countries = sizes.country_sizes(margins, chosen)
    municipalities = sizes.municipality_sizes(margins, chosen, draws)
    studied = cells.Making(margins, chosen, draws).persons([countries, municipalities])
    excluded = cells.turkish_persons(chosen, draws, municipalities.everyone)
    return cells.join([studied, excluded])


def solved(chosen: settings.Settings) -> Margins:
    """The margins behind the study's figures."""
    problem = build(study.figures(), chosen.margins)
    return Margins(solve(problem, Draws(chosen.choices.zaad)))
