"""Change the code in small ways, one at a time, and see whether tests notice: sh scripts/mutants.sh [MODULE...].

`tests/mutants.toml` says which modules, which tests, and of mutants that survived why. The operators are those of
cosmic-ray. Every mutant lives in the memory of a process of its own: no file of the project changes. Results are
kept in `.mutants/`, and `docs/mutants.md` is written from them.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.abc
import importlib.util
import json
import os
import signal
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from itertools import count
from pathlib import Path
from types import CodeType, ModuleType

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).resolve().parents[1]
DECLARED = tomllib.loads((ROOT / "tests/mutants.toml").read_text(encoding="utf-8"))
RESULTS = ROOT / ".mutants"
PAGE = ROOT / "docs/mutants.md"
OPERATORS = [
    f"core/{name}"
    for name in (
        *(f"ReplaceComparisonOperator_{pair}" for pair in (
            "Eq_NotEq", "Eq_LtE", "Eq_GtE", "NotEq_Eq", "NotEq_Lt", "NotEq_Gt", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt",
            "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt", "Is_IsNot", "IsNot_Is")),
        *(f"ReplaceBinaryOperator_{pair}" for pair in (
            "Add_Sub", "Sub_Add", "Mul_Add", "FloorDiv_Mul", "Div_Mul", "Mod_Mul", "BitOr_BitAnd", "BitAnd_BitOr")),
        "ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_Delete_USub", "ReplaceUnaryOperator_Delete_Invert",
        "AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd",
        "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ExceptionReplacer", "NumberReplacer",
        "RemoveDecorator", "ZeroIterationForLoop",
    )
]  # fmt: skip
LIBRARIES = (
    "pytest",
    "hypothesis",
    "pandas",
    "pyarrow.compute",
    "pandera.pandas",
    "pydantic",
    "yaml",
    "scipy.sparse",
    "highspy",
)
AGAIN, ONLY_PAGE = "--again", "--page"
EVERY = "*"
"""Stands for every module where a reason holds in all of them."""
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
_SLOWER, _AT_LEAST, _SHORT = 4, 20, 20
_PAGE = """# Mutants

`make mutants` changes the code in small ways, one at a time (`<` becomes `<=`, 1 becomes 2, a loop is skipped),
and runs the tests of the module's own kind: unit, property and fault tests, not whole runs. A mutant that no test
notices is a hole in the tests, or the same program in other words. `tests/mutants.toml` says which modules, which
tests, and why a mutant may survive; `sh scripts/mutants.sh protection/groups` tries one module, with `--again`
only the survivors without a reason. The operators are those of cosmic-ray. No file of the project changes: a
mutant exists in memory only. A mutant that makes the tests endless counts as killed. The command writes this page,
and fails where less than {least} is killed or a survivor has no reason. It is not part of continuous integration.
"""


@dataclass(frozen=True)
class Mutant:
    """A module with one change: the whole source, and the line before and after."""

    source: str
    before: str
    after: str

    @property
    def change(self) -> str:
        """The change in words that stay the same when other lines move."""
        return f"{self.before} → {self.after}"


def mutants(source: str) -> list[Mutant]:
    """Return every mutant that is other code: not one that only alters a type annotation, which nobody evaluates."""
    seen = {_meaning(source)}
    found = []
    for name in OPERATORS:
        for occurrence in count():
            mutated = mutate_code(source, get_operator(name)(), occurrence)
            if mutated is None:
                break
            with suppress(SyntaxError):
                if (meaning := _meaning(mutated)) not in seen:
                    seen.add(meaning)
                    found.append(Mutant(mutated, *_changed(source, mutated)))
    return found


def _meaning(source: str) -> str:
    """Return the code without annotations and positions. Raises `SyntaxError`."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
    return ast.dump(tree)


def _changed(source: str, mutated: str) -> tuple[str, str]:
    """Return the first line that differs, before and after; of a short line the one above it, too."""
    old, new = source.splitlines(), mutated.splitlines()
    at = next(place for place in count() if old[place : place + 1] != new[place : place + 1])
    above = f"{old[at - 1].strip()} " if len(old[at].strip()) < _SHORT else ""
    return above + old[at].strip(), new[at].strip() if len(new) == len(old) else "(removed)"


def sample(several: Sequence[Mutant], size: int) -> list[Mutant]:
    """Return so many of them, by the hash of what they change: the same ones while the code is the same."""
    return sorted(several, key=lambda one: hashlib.sha256(one.change.encode()).digest())[:size]


class _InMemory(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a source in memory."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self._name, self._path, self._code = name, path, code

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self._name:
            return None
        return importlib.util.spec_from_file_location(name, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)


def tested(module: str, source: str, tests: Sequence[str], limit: float) -> tuple[str, float]:
    """Return what the tests say of a module with this source, and the seconds they took."""
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.setsid()
        _run_tests(module, source, tests)
    while time.monotonic() - began < limit:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return (KILLED if status else SURVIVED), time.monotonic() - began
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return TIMED_OUT, limit


def _run_tests(module: str, source: str, tests: Sequence[str]) -> None:
    """Run the tests until the first that fails, and end this process: with 0 where none does."""
    import pytest  # noqa: PLC0415

    status = 1
    try:
        quiet = os.open(RESULTS / "last.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        path = ROOT / f"src/wi2007/{module}.py"
        name = "wi2007." + module.replace("/", ".")
        sys.meta_path.insert(0, _InMemory(name, path, compile(source, str(path), "exec")))
        files = [f"tests/{test}" for test in tests]
        options = [
            "-x",
            "-n",
            "0",
            "-p",
            "no:cacheprovider",
            "-o",
            "addopts=--strict-markers",
            "-q",
            "-m",
            "not long and not slow",
        ]
        status = int(pytest.main([*options, *files]))
    finally:
        os._exit(status)


def tried(module: str, known: Mapping[str, dict[str, object]]) -> Iterator[dict[str, object]]:
    """Yield each mutant of a module with its result: the `known` one by its change, or what the tests say.

    Raises `SystemExit` where the tests fail by themselves.
    """
    source = (ROOT / f"src/wi2007/{module}.py").read_text(encoding="utf-8")
    tests = DECLARED["modules"][module]
    result, seconds = tested(module, source, tests, 600)
    if result != SURVIVED:
        sys.exit(f"{module}: its tests do not pass without a mutant; see {RESULTS.name}/last.log")
    print(f"{module}: its tests take {seconds:.0f} s", flush=True)
    every = mutants(source)
    for one in sample(every, DECLARED["sample"]):
        if one.change in known:
            yield known[one.change]
            continue
        result, took = tested(module, one.source, tests, max(_AT_LEAST, _SLOWER * seconds))
        print(f"  {result} ({took:.1f} s): {one.change}", flush=True)
        yield {"change": one.change, "result": result, "of": len(every)}


@dataclass(frozen=True)
class Row:
    """What came of a module; `open` survived and nobody wrote down why."""

    module: str
    every: int
    tried: int
    killed: int
    reasons: dict[str, str]
    open: list[str]

    @property
    def share(self) -> float:
        """The part that was killed of what is another program."""
        return self.killed / max(1, self.killed + len(self.open))


def rows() -> list[Row]:
    """Return the modules in the order of their declaration, of which there are results."""
    return [_row(module) for module in DECLARED["modules"] if _results_of(module).exists()]


def _results_of(module: str) -> Path:
    return RESULTS / f"{module.replace('/', '.')}.json"


def _row(module: str) -> Row:
    results = json.loads(_results_of(module).read_text(encoding="utf-8"))
    survived = [one["change"] for one in results if one["result"] == SURVIVED]
    known = {
        one["change"]: one["reason"]
        for one in DECLARED.get("survivors", [])
        if one["module"] in (module, EVERY)
    }
    return Row(
        module,
        results[0]["of"],
        len(results),
        len(results) - len(survived),
        {change: known[change] for change in survived if change in known},
        [change for change in survived if change not in known],
    )


def _settled(module: str) -> dict[str, dict[str, object]]:
    """Return the results by change, but for the survivors without a reason."""
    unsettled = _row(module).open
    results = json.loads(_results_of(module).read_text(encoding="utf-8"))
    return {one["change"]: one for one in results if one["change"] not in unsettled}


def page(of: Sequence[Row]) -> str:
    """Return the page with what came of every module."""
    lines = [
        _PAGE.format(least=f"{DECLARED['least_killed']:.0%}"),
        "| module | mutants | tried | killed | of all | of other programs | same program | open |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| `{row.module}` | {row.every} | {row.tried} | {row.killed} | {row.killed / row.tried:.0%} | {row.share:.0%} "
        f"| {len(row.reasons)} | {len(row.open)} |"
        for row in of
    ]
    lines += ["", "## Survivors", "", "| module | change | why |", "|---|---|---|"]
    for row in of:
        for change, reason in (*row.reasons.items(), *((one, "not looked at") for one in row.open)):
            lines.append(f"| `{row.module}` | `` {change.replace('|', chr(92) + '|')} `` | {reason} |")
    return "\n".join(lines) + "\n"


def main(wanted: Sequence[str]) -> int:
    """Try the modules (all, where none is named), write the page, and return 1 where too many survived.

    With `--again` only survivors without a reason are tried, after a test was added; with `--page` nothing is: the page
    is written again after a reason was added.
    """
    RESULTS.mkdir(exist_ok=True)
    os.chdir(ROOT)
    os.environ["PYTHONHASHSEED"] = "0"
    for library in LIBRARIES:
        importlib.import_module(library)
    again, only_page = AGAIN in wanted, ONLY_PAGE in wanted
    named = [one for one in wanted if one not in (AGAIN, ONLY_PAGE)]
    for module in [] if only_page else named or DECLARED["modules"]:
        path = _results_of(module)
        again_here = again and path.exists()
        known = _settled(module) if again_here else {}
        if not again_here or _row(module).open:
            results = list(tried(module, known))
            path.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    PAGE.write_text(page(rows()), encoding="utf-8")
    bad = [row for row in rows() if row.open or row.share < DECLARED["least_killed"]]
    for row in bad:
        print(f"{row.module}: {row.killed} of {row.tried} killed, {len(row.open)} survivors without a reason")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
