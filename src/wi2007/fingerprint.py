"""What the steps of a wing depend on, and its SHA-256: how a rerun knows that the program or its settings changed.

Modification times miss new content with an older date (unzip, cp -p) and every edit inside the package, so the rules
carry these digests in `params:`. A change of a wing makes all of its steps run again, and those of the wings after it:
exact, gate, public. A change right of the gate never reads a person or runs the gate again. A test runs the steps and
fails when one used a file that its wing does not name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from wi2007.pipeline import STEPS, Wing
from wi2007.project import ROOT, parts_of


def _named(pattern: str, names: str) -> tuple[str, ...]:
    """Name files by a pattern and words: `_named("schemas/{}.py", "cbs change")`."""
    return tuple(pattern.format(name) for name in names.split())


_GROUND = (
    "requirements.lock",
    "src/wi2007/decisions",
    "config/beleidsgroepen.yaml",
    *_named(
        "src/wi2007/{}.py",
        "__init__ errors dates dutch periods pipeline policy project reference settings system",
    ),
    *_named("src/wi2007/steps/{}.py", "__init__ __main__ case edge lean"),
    *_named(
        "schemas/{}.py",
        "__init__ columns configuration cube dataset exact meanings outflow persons policy values",
    ),
    *_named(
        "reference/{}.csv",
        "aow_leeftijd gemeenten herindelingen jarenklassen landen leeftijdsklassen nationaliteiten uitstroomroutes",
    ),
)
_READING = (
    *("src/wi2007/delivery", "src/wi2007/mapping", "src/wi2007/fingerprint.py", "config/validation.yaml"),
    *("schemas/levering.py", "schemas/corrections.py"),
)
_PARTS: dict[Wing, tuple[str, ...]] = {
    "exact": (
        *_GROUND,
        *_READING,
        *_named("src/wi2007/{}", "validation population"),
        *_named("src/wi2007/comparison/{}.py", "__init__ chain compare people settings"),
        *_named("src/wi2007/steps/{}.py", "read compare following"),
        "config/deliveries",
        *_named("config/{}.yaml", "exclusions gevoeligheid normalisation vergelijking"),
        *_named("schemas/{}.py", "comparison delivery distribution exclusions flows"),
        *_named("schemas/{}.py", "sensitivity texts validation variants"),
    ),
    "cbs": (
        *_GROUND,
        *_READING,
        "src/wi2007/cbs",
        "src/wi2007/steps/cbs.py",
        "config/cbs.yaml",
        "config/report/tekens.yaml",
        *_named("schemas/{}.py", "cbs cbs_layout report"),
    ),
    "gate": (
        *_named("src/wi2007/{}", "comparison protection statements tables tempo steps/gate"),
        *_named("src/wi2007/{}.py", "study cbs/__init__ cbs/table steps/protect"),
        *_named("config/{}.yaml", "disclosure tables tempo uitspraken"),
        *_named(
            "schemas/{}.py", "*_tables between cbs change disclosure published statements tables tempo tidy"
        ),
        *_named("reference/{}.csv", "gemeentegroepen nog_plichtig_eerder provincies"),
        *_named("reference/{}.csv", "studie_2022 studie_2022_errata uitspraken_2022"),
    ),
    "public": (
        *_named("src/wi2007/{}", "publication steps fingerprint.py provenance.py"),
        "config/report",
        "reference",
        "schemas",
    ),
}
_AFTER: dict[Wing, tuple[Wing, ...]] = {
    "exact": (),
    "cbs": (),
    "gate": ("exact",),
    "public": ("exact", "gate", "cbs"),
}

WINGS: tuple[Wing, ...] = tuple(_PARTS)


def digest(path: Path) -> str:
    """Give the SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_parts(digests: Sequence[str]) -> str:
    """Give one SHA-256 of several files, in order; of one file its own."""
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("\n".join(digests).encode("ascii")).hexdigest()


def of_delivery(path: Path) -> str:
    """Give the SHA-256 of a delivery, which may be in parts."""
    return of_parts([digest(part) for part in parts_of(path)])


def files(names: Iterable[str]) -> list[str]:
    """List every file of the project under these names and patterns, sorted; what does not exist has no files."""
    found: set[str] = set()
    for path in (path for name in names for path in ROOT.glob(name)):
        inside = path.rglob("*") if path.is_dir() else [path]
        found.update(p.relative_to(ROOT).as_posix() for p in inside if p.is_file() and _matters(p))
    return sorted(found)


def _matters(path: Path) -> bool:
    return path.suffix != ".pyc" and not path.name.startswith(".") and not path.name.endswith("~")


def parts(wing: Wing) -> tuple[str, ...]:
    """Name the files and folders of the project that a wing and those before it use."""
    return tuple(name for one in (*_AFTER[wing], wing) for name in _PARTS[one])


@cache
def code(wing: Wing) -> str:
    """Give one SHA-256 over what a wing and those before it use: another value means another result is possible.

    Those before it are in it so that a rerun does not rest on modification times between steps.
    """
    total = hashlib.sha256()
    for name in files(parts(wing)):
        total.update(f"{name}\0{_digest(name)}\n".encode())
    return total.hexdigest()


@cache
def _digest(name: str) -> str:
    return digest(ROOT / name)


def used() -> list[str]:
    """List every file of the project that any step uses, sorted."""
    return sorted({name for step in STEPS.values() for name in files(parts(step.wing))})
