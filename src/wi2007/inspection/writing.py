"""Write a levering.yaml: complete or not at all, and never over an existing one."""

from __future__ import annotations

import os
from pathlib import Path

from wi2007.errors import UserError
from wi2007.project import LEVERING


def write_new(path: Path, text: str) -> None:
    """Write `text` to a new file. Raises `UserError` when the file exists, or when it cannot be written."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        _place(temporary, path)
    except FileExistsError:
        raise UserError(
            f"{path} bestaat al en is niet veranderd. Geef met --output een andere plaats voor het voorstel, "
            f"bijvoorbeeld --output {path.with_name('voorstel.yaml')}, en neem over wat u nodig hebt."
        ) from None
    except OSError as error:
        raise UserError(
            f"Het voorstel kan niet worden geschreven in de map {path.parent} ({error.strerror}). "
            f"Geef met --output een plaats waar u mag schrijven, bijvoorbeeld --output {LEVERING}."
        ) from None
    finally:
        temporary.unlink(missing_ok=True)


def _place(temporary: Path, path: Path) -> None:
    """Link the file into place: a link is made at once and never over a file; some file systems have none."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists() or path.is_symlink():
            raise FileExistsError from None
        temporary.rename(path)
