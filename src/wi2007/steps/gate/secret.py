"""The key of the rounding, on disk or in the environment: for its owner's eyes only, and never in git.

What does not belong here: what the key is used for.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wi2007.errors import UserError
from wi2007.project import shown
from wi2007.protection.register import mark
from wi2007.steps.case import Case
from wi2007.steps.edge import tell

if TYPE_CHECKING:
    from schemas.disclosure import Disclosure

KEY_FILE = "data/afrondsleutel"
"""From the working directory; kept from run to run, and therefore no output of a step."""
KEY_VARIABLE = "WI2007_AFRONDSLEUTEL"
DRAFT_KEY_FILE = "data/proefsleutel"
"""The key of drafts: another than that of releases, so that no draft is drawn as a release is."""
_SHORTEST = 16
_OTHERS = 0o077
_KEEP = (
    "Er is een afrondsleutel gemaakt: {path}. Bewaar een kopie op een veilige plaats en deel hem met niemand die de "
    "leveringen niet mag zien. Met deze sleutel rondt het programma een peildatum altijd hetzelfde af. Zonder hem kan "
    "dat niet meer."
)


def key_of(case: Case, processing: Mapping[str, Any], rules: Disclosure) -> bytes:
    """Give the key with which a peildatum is rounded: a demonstration has a public one, drafts have their own.

    Raises as `key` does.
    """
    if processing["demonstratie"]:
        public = rules.demonstratiesleutel.encode()
        return mark(public, "proef").encode() if case.draft else public
    if case.draft:
        return _key_in(case.directory / DRAFT_KEY_FILE, keep="")
    return key(case.directory / KEY_FILE)


def key(path: Path) -> bytes:
    """The key in the environment, or else in the file; it is made at first use, with a word on keeping it.

    Raises `UserError` when the key is too short, or the file can be read by others or not at all.
    """
    given = os.environ.get(KEY_VARIABLE)
    if given is not None:
        return _long_enough(given.strip(), f"De omgevingsvariabele {KEY_VARIABLE}")
    return _key_in(path, _KEEP)


def known_key(directory: Path) -> bytes | None:
    """Give the key of releases where there is one; nothing is made. Raises as `key` does."""
    if KEY_VARIABLE not in os.environ and not (directory / KEY_FILE).exists():
        return None
    return key(directory / KEY_FILE)


def _key_in(path: Path, keep: str) -> bytes:
    """The key in a file, made at first use; `keep` is what to tell then."""
    if not path.exists() and make_key(path) and keep:
        tell(keep.format(path=shown(path)), 0)
    return _long_enough(_read(path).strip(), f"Het bestand {shown(path)}")


def make_key(path: Path) -> bool:
    """Make a random key that only its owner can read; return whether it was made, or just then by another process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32) + "\n")
        try:
            os.link(temporary, path)  # whole, and never over a key that another step has just made
        except FileExistsError:
            return False
        return True
    finally:
        temporary.unlink(missing_ok=True)


def _read(path: Path) -> str:
    try:
        if path.stat().st_mode & _OTHERS:
            raise UserError(
                f"Het bestand {shown(path)} met de afrondsleutel kan door anderen worden gelezen. "
                f"Geef de opdracht: chmod 600 {shown(path)}"
            )
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"Het bestand {shown(path)} met de afrondsleutel kan niet worden gelezen. Kijk of het een tekstbestand is "
            "en of u het mag lezen, of zet de kopie terug die u bewaart."
        ) from error


def _long_enough(text: str, where: str) -> bytes:
    if len(text) < _SHORTEST:
        raise UserError(
            f"{where} heeft een afrondsleutel van minder dan {_SHORTEST} tekens. Zet de sleutel terug die eerder is "
            "gebruikt, of kies een langere die niemand kan raden."
        )
    return text.encode()
