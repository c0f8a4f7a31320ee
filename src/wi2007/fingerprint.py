"""What the steps of a wing depend on, and its SHA-256: how a rerun knows that the program or its settings changed.

Modification times miss new content with an older date (unzip, cp -p) and every edit inside the package, so the rules
carry these digests in `params:`. A change of a wing makes all of its steps run again, and those of the wings after it:
exact, gate, public. A change right of the gate never reads a person or runs the gate again. A test runs the steps and
fails when one used a file that its wing does not name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from wi2007.pipeline import STEPS, Wing
from wi2007.project import ROOT

_GROUND = (
    "requirements.lock",
    "src/wi2007/decisions",
    *(
        f"src/wi2007/{name}.py"
        for name in ("__init__", "errors", "dates", "dutch", "periods", "pipeline", "project")
    ),
    *(f"src/wi2007/{name}.py" for name in ("reference", "classification", "settings")),
    *(f"src/wi2007/steps/{name}.py" for name in ("__init__", "__main__", "case", "edge")),
    *(f"schemas/{name}.py" for name in ("__init__", "columns", "configuration", "meanings", "values")),
    *(f"reference/{name}.csv" for name in ("gemeenten", "landen", "leeftijdsklassen", "uitstroomroutes")),
    "reference/herindelingen.csv",
    "reference/nationaliteiten.csv",
)
_READING = ("src/wi2007/delivery", "src/wi2007/mapping", "config/validation.yaml", "schemas/levering.py")
_PARTS: dict[Wing, tuple[str, ...]] = {
    "exact": (
        *_GROUND,
        *_READING,
        *(f"src/wi2007/{name}" for name in ("validation", "population", "cube")),
        "src/wi2007/comparison/__init__.py",
        *(
            f"src/wi2007/comparison/{n}.py"
            for n in ("chain", "compare", "flows", "links", "matching", "people")
        ),
        "src/wi2007/comparison/settings.py",
        "src/wi2007/steps/read.py",
        "src/wi2007/steps/compare.py",
        "config/deliveries",
        *(f"config/{name}.yaml" for name in ("exclusions", "gevoeligheid", "normalisation", "vergelijking")),
        *(f"schemas/{name}.py" for name in ("comparison", "cube", "delivery", "distribution", "exclusions")),
        *(f"schemas/{name}.py" for name in ("flows", "outflow", "persons", "sensitivity", "texts")),
        *(f"schemas/{name}.py" for name in ("validation", "variants")),
    ),
    "cbs": (
        *_GROUND,
        *_READING,
        "src/wi2007/cbs",
        "src/wi2007/steps/cbs.py",
        "config/cbs.yaml",
        "config/report/tekens.yaml",
        *(f"schemas/{name}.py" for name in ("cbs", "cbs_layout", "report")),
    ),
    "gate": (
        *(
            f"src/wi2007/{name}"
            for name in ("comparison", "disclosure", "sensitivity", "statements", "tables", "tempo")
        ),
        *(f"src/wi2007/{name}.py" for name in ("provinces", "study")),
        "src/wi2007/cbs/__init__.py",
        "src/wi2007/cbs/table.py",
        "src/wi2007/provenance",
        "src/wi2007/steps/protect.py",
        "src/wi2007/steps/gate",
        *(f"config/{name}.yaml" for name in ("disclosure", "tables", "tempo", "uitspraken")),
        *(
            f"schemas/{name}.py"
            for name in ("change", "disclosure", "statements", "tables", "tempo", "tidy", "cbs")
        ),
        *(f"reference/{name}.csv" for name in ("aow_leeftijd", "nog_plichtig_eerder", "provincies")),
        *(f"reference/{name}.csv" for name in ("studie_2022", "studie_2022_errata", "uitspraken_2022")),
    ),
    "public": (
        *(f"src/wi2007/{name}" for name in ("publication", "steps")),
        "src/wi2007/fingerprint.py",
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


def files(names: Iterable[str]) -> list[str]:
    """List every file of the project under these names, sorted; a name that does not exist has no files."""
    found: set[str] = set()
    for name in names:
        path = ROOT / name
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
