"""The register of releases on disk, with the tables of each: for their owner's eyes only, and never in git.

What does not belong here: when a second release is allowed (`wi2007.protection.register`).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from wi2007.errors import UserError
from wi2007.project import shown
from wi2007.protection.register import Register, from_json, to_json
from wi2007.steps.edge import whole


def read(path: Path) -> Register:
    """The releases so far; none when there is no register. Raises `UserError` for a damaged one."""
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Register()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UserError(
            f"Het bestand {shown(path)} met de uitgaven van deze peildatum is beschadigd of kan niet worden gelezen. "
            "Zet de kopie terug die u bewaart. Haal het alleen weg als er van deze peildatum nog niets naar buiten is "
            "gegaan."
        ) from error


def write(path: Path, peildatum: str, register: Register) -> None:
    """Write the register whole, for its owner only."""
    write_private(path, json.dumps(to_json(peildatum, register), ensure_ascii=False, indent=1))


def write_private(path: Path, text: str) -> None:
    """Write text whole, with a line end, in a file that only its owner can read."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with whole(path) as temporary, os.fdopen(os.open(temporary, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(text + "\n")
