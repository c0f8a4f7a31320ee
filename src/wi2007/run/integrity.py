"""Whether the reports in their place are still the ones that were put there, held against the record of their making.

Snakemake sees that a report is gone, not that a table beside it is gone or that a report was edited.
What does not belong here: writing the manifest (`wi2007.provenance`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from wi2007.fingerprint import digest
from wi2007.project import Run


def damaged(run: Run, peildata: Iterable[str]) -> frozenset[str]:
    """The files to make again, from the working directory: the placing of every report that is not as it was put."""
    return frozenset(
        f"data/processed/{peildatum}/rapport/herkomst.json"
        for peildatum in peildata
        if not _intact(run.processed(peildatum) / "rapport" / "herkomst.json", run.report(peildatum))
    )


def _intact(record: Path, folder: Path) -> bool:
    if not record.is_file():
        return True  # nothing was ever put there, or Snakemake sees that it is gone
    try:
        recorded = json.loads(record.read_text(encoding="utf-8"))["rapport"]
        return all(
            (folder / name).is_file() and digest(folder / name) == expected["sha256"]
            for name, expected in recorded.items()
        )
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return False
