"""Dependencies run in one direction: a module imports only from the rooms before its own."""

from __future__ import annotations

import ast
from pathlib import Path

from wi2007.project import ROOT

PACKAGE = ROOT / "src" / "wi2007"
ORDER = (
    "errors",
    "dates",
    "dutch",
    "project",
    "decisions",
    "reference",
    "study",
    "schemas",
    "periods",
    "pipeline",
    "settings",
    "fingerprint",
    "delivery",
    "mapping",
    "validation",
    "population",
    "inspection",
    "tables",
    "tempo",
    "comparison",
    "protection",
    "cbs",
    "statements",
    "publication",
    "difference",
    "provenance",
    "dictionary",
    "demo",
    "steps",
    "run",
    "cli",
)
# The contracts of the columns stand on these; everything may stand on the contracts.
BELOW_SCHEMAS = {"errors", "dates", "project", "decisions", "reference"}
DEMO_KNOWS = BELOW_SCHEMAS | {"schemas", "study", "demo"}


def room(path: Path) -> str:
    return "schemas" if "schemas" in path.parts else path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The rooms that a module imports from."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.update(
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module in {"wi2007", "schemas"}
                else [node.module]
            )
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    parts = [name.split(".") for name in names]
    return {
        "schemas" if p[0] == "schemas" else p[1]
        for p in parts
        if p[0] in {"wi2007", "schemas"} and len(p) > 1
    }


def modules() -> list[Path]:
    return sorted([*PACKAGE.rglob("*.py"), *(ROOT / "schemas").glob("*.py")])


def test_every_room_has_its_place() -> None:
    assert {room(path) for path in modules()} - {"__init__"} == set(ORDER)


def test_no_module_imports_from_a_room_after_its_own() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path in modules()
        if room(path) in ORDER
        for other in imported(path)
        if other in ORDER and ORDER.index(other) > ORDER.index(room(path))
    ]
    assert wrong == []


def test_contracts_and_the_demonstration_know_little() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path in modules()
        for other in imported(path)
        if (room(path) == "schemas" and other not in BELOW_SCHEMAS | {"schemas"})
        or (room(path) == "demo" and other not in DEMO_KNOWS)
    ]
    assert wrong == []


EXACT = {"delivery", "mapping", "validation", "population", "inspection", "comparison", "protection"}
PUBLIC = {"statements", "tempo", "publication", "difference"}


def test_nothing_public_imports_what_is_exact() -> None:
    """The gate is a wall: right of it nothing is made with code that reads persons or exact counts."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path in modules()
        if room(path) in PUBLIC
        for other in imported(path) & EXACT
    ]
    assert wrong == []
