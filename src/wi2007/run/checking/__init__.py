"""Check that all settings can be used together, before anything runs: `config/`, `reference/`, and what they name.

`settings` reads every file by the loader of the step that uses it; `names` and `codes` compare one file with another.
The loaders import what the steps import, which takes most of a second. To keep a run with nothing to do quick, the
digest of all settings and of the program is kept in the state folder of the working directory once they are right.
What does not belong here: what a single file may say (`schemas`, and the loaders), the content of a delivery.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from wi2007 import fingerprint
from wi2007.errors import UserError
from wi2007.project import ROOT, Run
from wi2007.steps.lean import without_pandas

STATE = ".snakemake"
CHECKED = "wi2007.instellingen"
_LAST = "Er is niets gemaakt en niets veranderd. Verbeter dit en geef de opdracht opnieuw."
PARTS = ("config", "reference", "schemas", "src/wi2007", "requirements.lock")


def check_settings(run: Run) -> str:
    """Raise `UserError` with everything that is wrong with the settings; return what `remember` keeps.

    Nothing is written.
    """
    now = digest()
    if now == _remembered(run):
        return now
    with without_pandas():
        from wi2007.run.checking.settings import mistakes  # noqa: PLC0415  most of a second

        found = mistakes()
    if found:
        raise UserError("\n".join([*found, _LAST]))
    return now


def digest() -> str:
    """Return one SHA-256 over all settings and over the program that checks them."""
    total = hashlib.sha256()
    for name in fingerprint.files(PARTS):
        total.update(f"{name}\0{fingerprint.digest(ROOT / name)}\n".encode())
    return total.hexdigest()


def remember(run: Run, checked: str) -> None:
    """Keep that these settings are right; where that cannot be written they are checked again the next time."""
    path = _path(run)
    if checked == _remembered(run):
        return
    part = path.with_name(f".{path.name}.deel")
    try:
        part.write_text(checked, encoding="ascii")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)


def _remembered(run: Run) -> str:
    try:
        return _path(run).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _path(run: Run) -> Path:
    return run.directory / STATE / CHECKED
