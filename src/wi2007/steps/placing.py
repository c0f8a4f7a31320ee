"""Put a finished report in the place where readers find it: every file whole, the manifest last.

What does not belong here: making any of the files.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from wi2007.project import INTERNAL_FILES, MARKS, REPORT_FILES, marked
from wi2007.steps.edge import whole

TABLES = "tabellen"
COMPARISON = ("reproductie.csv", "reproductie.pdf")
"""Beside the report on the peildatum of the study alone."""


def place(files: Mapping[str, Path], folder: Path) -> None:
    """Copy each file to its name in `folder`; what an earlier report had and this one has not is removed.

    A report that is not for publication takes the place of one that is, and the other way round. Whatever else a user
    keeps in the folder is left alone.
    """
    for name, source in files.items():
        with whole(folder / name) as temporary:
            shutil.copyfile(source, temporary)
    for path in sorted((folder / TABLES).glob("*")):
        if path.is_file() and f"{TABLES}/{path.name}" not in files:
            path.unlink()
    others = [mark for mark in MARKS if marked(REPORT_FILES[0], mark) not in files]
    gone = {marked(name, mark) for name in REPORT_FILES for mark in others}
    gone |= {marked(name, mark) for name in COMPARISON for mark in MARKS}
    # Earlier versions put the internal files among what is published.
    gone |= {Path(name).name for name in INTERNAL_FILES}
    for name in gone - files.keys():
        (folder / name).unlink(missing_ok=True)
