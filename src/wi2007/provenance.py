"""Where a report comes from: digests of everything that went in and came out, versions, configuration, row counts.

Without the time it was made: the same run gives the same record. Of what the program is and runs on, what cannot be
known is null. What does not belong here: deciding what has to be made again (`wi2007.fingerprint` and Snakemake).
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from wi2007 import __version__, fingerprint
from wi2007.project import ROOT

EXACT_NOTICE = "Niet voor publicatie: exacte aantallen."
DRAFT_NOTICE = "Proef, niet voor publicatie."
NOTICE = "Demonstratiegegevens: verzonnen personen, geen gegevens van mensen."
_OF_DELIVERY = ("bestand", "bytes", "sha256", "kenmerk", "indeling", "correcties")
Files = dict[str, dict[str, object]]


@dataclass(frozen=True)
class Counts:
    """Rows of each file between delivery and report; `counted` is the sum of the cube's counts."""

    persons: int
    cube: int
    counted: int
    tables: int


def describe(files: Mapping[str, Path]) -> Files:
    """Bytes and SHA-256 of each file, by name."""
    return {
        name: {"bytes": path.stat().st_size, "sha256": fingerprint.digest(path)}
        for name, path in sorted(files.items())
    }


def inside(folder: Path, prefix: str = "") -> dict[str, Path]:
    """Every file in a folder and the folders in it, by its name from there; hidden files are not part of a result."""
    return {
        prefix + path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def rows(processing: Mapping[str, Any], counts: Counts) -> list[dict[str, object]]:
    """The exact row counts of every step, in order; never to be published.

    Raises `ArithmeticError` when the population, the persons file and the cube do not agree: then something is wrong
    in the program, and no report may be made.
    """
    kept = sum(step["aantal"] for step in processing["trechter"] if step["stap"] == "overgebleven")
    if not kept == counts.persons == counts.counted:
        raise ArithmeticError(f"population {kept}, persons {counts.persons}, cube {counts.counted}")
    return [
        *funnel(processing),
        {"stap": "personen.parquet", "aantal": counts.persons},
        {"stap": "kubus.parquet", "aantal": counts.cube, "getelde_personen": counts.counted},
        {"stap": "tabellen.csv", "aantal": counts.tables},
    ]


def funnel(processing: Mapping[str, Any]) -> list[dict[str, object]]:
    """From rows read to persons kept; as exact as `processing` is."""
    return [
        {
            "stap": step["stap"],
            **({"regel": step["regel"]} if "regel" in step else {}),
            "aantal": step["aantal"],
        }
        for step in processing["trechter"]
    ]


def code_of_wings() -> dict[str, str]:
    """For each wing the SHA-256 over the code, schemas, reference and configuration that it and those before it use."""
    return {wing: fingerprint.code(wing) for wing in fingerprint.WINGS}


def compose(
    processing: Mapping[str, Any],
    surroundings: Mapping[str, object],
    counted: list[dict[str, object]],
    files: Mapping[str, Files],
    configuration: Mapping[str, object],
) -> dict[str, object]:
    """The record; its first key says so when the report shows demonstration data, or is not for publication.

    `processing` is `verwerking.json`, or the public one: that has `afronding`, and of the delivery only a mark.
    """
    peildatum, about = processing["peildatum"], processing["levering"]
    draft = bool(processing.get("proef"))
    notices = [DRAFT_NOTICE] if draft else []
    notices += [EXACT_NOTICE] if processing.get("afronding", ()) is None else []
    notices += [NOTICE] if processing["demonstratie"] else []
    return {
        **({"let_op": " ".join(notices)} if notices else {}),
        "peildatum": peildatum,
        "opdracht": f"wi2007 run {peildatum}{' --proef' if draft else ''}",
        **surroundings,
        "rijen": counted,
        "levering": {key: about[key] for key in _OF_DELIVERY if key in about},
        **({"afronding": processing["afronding"]} if processing.get("afronding") else {}),
        **files,
        "code": code_of_wings(),
        "instellingen": configuration,
    }


def program(root: Path = ROOT) -> dict[str, object]:
    """The program's version, the commit with whether its files were changed since (null without git), and the SHA-256
    of its modules.
    """
    return {"versie": __version__, **commit(root), "modules": modules()}


def modules() -> str:
    """Give one SHA-256 over the modules that any step uses."""
    names = [name for name in fingerprint.used() if name.startswith("src/")]
    return fingerprint.of_parts([fingerprint.digest(ROOT / name) for name in names])


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
