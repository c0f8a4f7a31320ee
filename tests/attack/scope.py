"""What is published: two files are for the researcher, and the comparison with the study is of demonstration data only.

What does not belong here: what is let through within published parts (see `known.yaml`).
"""

from __future__ import annotations

import re
from pathlib import Path

from attack.pieces import Reading

_INTERNAL = re.compile(r"validatie\.(html|csv)")
_COMPARISON = re.compile(r"reproductie\.csv")
_ANNEX = re.compile(r"#(reproductie|errata|bijlage-\d-\d)\b")
_BEGINS = re.compile(r"Bijlage [A-Z]\s+Vergelijking met de studie")
_ENDS = ("Colofon en herkomst", "Cijfers bij de grafieken")
_MARK = "Demonstratiegegevens"


def files(folder: Path) -> list[str]:
    """The names of the published files. The comparison counts as published when the data are not a demonstration."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    left_out = (_INTERNAL, _COMPARISON) if demonstration(folder) else (_INTERNAL,)
    return [name for name in names if not any(one.fullmatch(name) for one in left_out)]


def demonstration(folder: Path) -> bool:
    """Whether the folder says that its persons are made up."""
    manifest = folder / "manifest.json"
    return manifest.is_file() and f'"let_op": "{_MARK}' in manifest.read_text(encoding="utf-8")[:300]


def without_annex(reading: Reading) -> Reading:
    """The reading of a demonstration without the comparison with the study."""
    return Reading(
        pieces=[piece for piece in reading.pieces if not _ANNEX.search(piece.where)],
        grids=[grid for grid in reading.grids if not _ANNEX.search(grid.where)],
        tidy=reading.tidy,
        drawings=reading.drawings,
        lines=_pages(reading.lines),
    )


def _pages(pages: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Pages without the lines of the annex, which runs on from its heading to that of the next part."""
    found, inside = [], False
    for where, lines in pages:
        kept = []
        for line in lines:
            inside = bool(inside or _BEGINS.fullmatch(line.strip())) and line.strip() not in _ENDS
            if not inside:
                kept.append(line)
        found.append((where, kept))
    return found
