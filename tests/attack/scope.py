"""What is published: one folder is for the researcher, and the comparison with the study is of demonstration data only.

What does not belong here: what is let through within published parts (see `known.yaml`).
"""

from __future__ import annotations

import re
from pathlib import Path

_INTERNAL = re.compile(r"intern/.*")
_COMPARISON = re.compile(r"reproductie\.(csv|pdf)")
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
