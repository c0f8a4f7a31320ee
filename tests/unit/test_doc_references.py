"""Texts name files, modules and decisions that exist: documentation, configuration, docstrings and comments."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from wi2007.project import ROOT

_FOLDERS = r"(?:\.ci|\.github|benchmarks|config|docs|reference|schemas|scripts|src|tests|workflow)"
_TOLD = (
    *(
        "README.md",
        "CONTRIBUTING.md",
        "Makefile",
        "Snakefile",
        "docs/**/*.md",
        "config/**/*.yaml",
        "reference/*.yaml",
    ),
    *("workflow/**/*.smk", "scripts/*.sh", "src/**/*.py", "schemas/*.py", "benchmarks/**/*.py"),
)
_PATH = re.compile(rf"(?<![\w./<>{{}}*-]){_FOLDERS}/[\w./*<>{{}}-]*")
_LINK = re.compile(r"\]\(([^)#]+)\)")
_MODULE = re.compile(r"(?:[`(]|-m )((?:wi2007|schemas|benchmarks)(?:\.[a-z_]\w*)+)(?![\w.(/<])")
_DECISION = re.compile(r"(?:[Dd]ecisions?|[Bb]esluit)[ /]+`?(\d{4})(?!\d)")
_MADE = ("benchmarks/data/", "config/deliveries/duo_2024.yaml")
"""Files that a text tells the reader to make."""


def _texts() -> Iterator[Path]:
    for pattern in _TOLD:
        yield from ROOT.glob(pattern)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    return enumerate(path.read_text(encoding="utf-8").splitlines(), 1)


def _missing_paths(line: str) -> Iterator[str]:
    for found in _PATH.findall(line):
        name = found.rstrip(".-")
        shortened = name.startswith("docs/decisions/0") and any(ROOT.glob(f"{name}-*.md"))
        if not (name.startswith(_MADE) or re.search(r"[*<>{}]", name) or (ROOT / name).exists() or shortened):
            yield name


def _missing_links(line: str, path: Path) -> Iterator[str]:
    for target in _LINK.findall(line):
        if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists():
            yield target


def _missing_modules(line: str) -> Iterator[str]:
    for name in _MODULE.findall(line):
        first, last = name.rpartition(".")[::2]
        if not _importable(name) and not (_importable(first) and _defines(first, last)):
            yield name


def _missing_decisions(line: str) -> Iterator[str]:
    for number in _DECISION.findall(line):
        if not list((ROOT / "docs/decisions").glob(f"{number}-*.md")):
            yield number


def _importable(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _defines(module: str, name: str) -> bool:
    found = importlib.util.find_spec(module)
    source = Path(found.origin).read_text(encoding="utf-8") if found and found.origin else ""
    return re.search(rf"^(?:def |class )?{name}\b", source, re.MULTILINE) is not None


def test_what_a_text_names_exists() -> None:
    missing = [
        f"{path.relative_to(ROOT)}:{number}: {name}"
        for path in _texts()
        for number, line in _lines(path)
        for name in (
            *_missing_paths(line),
            *(_missing_links(line, path) if path.suffix == ".md" else ()),
            *_missing_modules(line),
            *_missing_decisions(line),
        )
    ]
    assert not missing, "\n".join(missing)


def test_a_decision_that_a_test_names_exists() -> None:
    missing = [
        f"{path.relative_to(ROOT)}:{number}: {name}"
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__)
        for number, line in _lines(path)
        for name in _missing_decisions(line)
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("see `docs/nowhere.md` and `src/wi2007/errors.py`", ["docs/nowhere.md"]),
        (
            "`wi2007.nowhere`, `wi2007.errors`, `wi2007.errors.nothing`",
            ["wi2007.nowhere", "wi2007.errors.nothing"],
        ),
        (
            "docs/decisions/0001 and docs/decisions/9999, decision 9998",
            ["docs/decisions/9999", "9999", "9998"],
        ),
        ("config/deliveries/<name>.yaml, docs/*.md", []),
    ],
)
def test_what_does_not_exist_is_found(line: str, missing: list[str]) -> None:
    assert [*_missing_paths(line), *_missing_modules(line), *_missing_decisions(line)] == missing


def test_a_decision_has_one_form() -> None:
    for path in (ROOT / "docs/decisions").glob("*.md"):
        heads = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]} "), path.name
        assert heads[:3] == ["Context", "Decision", "Consequences"], path.name
        assert heads[3:] in ([], ["Not taken"], ["Measured"], ["Not taken", "Measured"]), path.name
