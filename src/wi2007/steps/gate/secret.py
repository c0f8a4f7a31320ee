"""The key of the rounding and the register of releases, on disk: for their owner's eyes only, and never in git.

What does not belong here: what the key is used for, when a second release is allowed (`wi2007.protection.release`).
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.disclosure import Disclosure
from wi2007.errors import UserError
from wi2007.protection.release import Release, from_register, mark, to_register
from wi2007.protection.released_tables import ReleasedTables, from_json, to_json
from wi2007.steps.case import Case
from wi2007.steps.edge import tell, whole

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


def _key_in(path: Path, keep: str) -> bytes:
    """The key in a file, made at first use; `keep` is what to tell then."""
    if not path.exists():
        _make(path, keep)
    return _long_enough(_read(path).strip(), f"Het bestand {_name(path)}")


def _make(path: Path, keep: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32) + "\n")
        try:
            os.link(temporary, path)  # whole, and never over a key that another step has just made
        except FileExistsError:
            return
        if keep:
            tell(keep.format(path=_name(path)), 0)
    finally:
        temporary.unlink(missing_ok=True)


def _read(path: Path) -> str:
    try:
        if path.stat().st_mode & _OTHERS:
            raise UserError(
                f"Het bestand {_name(path)} met de afrondsleutel kan door anderen worden gelezen. "
                f"Geef de opdracht: chmod 600 {_name(path)}"
            )
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"Het bestand {_name(path)} met de afrondsleutel kan niet worden gelezen. Kijk of het een tekstbestand is "
            "en of u het mag lezen, of zet de kopie terug die u bewaart."
        ) from error


def _long_enough(text: str, where: str) -> bytes:
    if len(text) < _SHORTEST:
        raise UserError(
            f"{where} heeft een afrondsleutel van minder dan {_SHORTEST} tekens. Zet de sleutel terug die eerder is "
            "gebruikt, of kies een langere die niemand kan raden."
        )
    return text.encode()


def read_register(path: Path) -> list[Release]:
    """The releases so far; none when there is no register. Raises `UserError` for a damaged one."""
    try:
        return from_register(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"Het bestand {_name(path)} met de uitgaven van deze peildatum is beschadigd of kan niet worden gelezen. "
            "Zet de kopie terug die u bewaart. Haal het alleen weg als er van deze peildatum nog niets naar buiten is "
            "gegaan."
        ) from error


def write_register(path: Path, peildatum: str, releases: list[Release]) -> None:
    """Write the register whole, for its owner only."""
    _write(path, json.dumps(to_register(peildatum, releases), ensure_ascii=False, indent=1))


def read_tables(register: Path, number: int) -> ReleasedTables | None:
    """The tables of a release as it went out; None when there are none, or they are damaged."""
    try:
        return from_json(json.loads(_tables(register, number).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_tables(register: Path, number: int, tables: ReleasedTables) -> None:
    """Write them whole, for their owner only."""
    _write(_tables(register, number), json.dumps(to_json(tables), ensure_ascii=False))


def _tables(register: Path, number: int) -> Path:
    return register.with_suffix(f".{number}.cellen.json")


def _write(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with whole(path) as temporary, os.fdopen(os.open(temporary, flags, 0o600), "w") as file:
        file.write(text + "\n")


def _name(path: Path) -> str:
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else str(path)
