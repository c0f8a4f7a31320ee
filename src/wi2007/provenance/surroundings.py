"""What this program is and runs on: commit, versions, time. Everything that cannot be known is null.

What does not belong here: anything about a delivery or a report.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from wi2007 import __version__
from wi2007.project import ROOT


def program(root: Path = ROOT) -> dict[str, object]:
    """The program's version, and the commit with whether its files were changed since (null without git)."""
    return {"versie": __version__, **commit(root)}


def commit(root: Path) -> dict[str, object]:
    """`commit` and `gewijzigd`; both null where git or the history is missing, or where git refuses."""
    unknown: dict[str, object] = {"commit": None, "gewijzigd": None}
    top = _git(root, "rev-parse", "--show-toplevel")
    head = _git(root, "rev-parse", "HEAD")
    changes = _git(root, "status", "--porcelain", "--untracked-files=no")
    if top is None or head is None or changes is None or Path(top.strip()).resolve() != root.resolve():
        return unknown
    return {"commit": head.strip(), "gewijzigd": bool(changes.strip())}


def _git(root: Path, *words: str) -> str | None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            check=True,
            text=True,
            timeout=30,
            env={**environment, "GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return done.stdout


def versions() -> dict[str, str]:
    """Python and every library that the program names in its own requirements, by name."""
    names = sorted(
        {re.split(r"[^A-Za-z0-9._-]", text, maxsplit=1)[0] for text in metadata.requires("wi2007") or ()}
    )
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}


def moment() -> str:
    """Now in UTC, or the time in SOURCE_DATE_EPOCH, to the second (ISO 8601)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = (
        datetime.fromtimestamp(int(epoch), UTC) if epoch.isascii() and epoch.isdigit() else datetime.now(UTC)
    )
    return now.replace(microsecond=0).isoformat()
