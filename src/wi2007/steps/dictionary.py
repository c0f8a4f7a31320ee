"""Make `docs/datawoordenboek.md` from the schemas, and the table and graph of `STEPS` in their pages."""

from __future__ import annotations

import argparse
from pathlib import Path

from wi2007.dictionary import markdown, parts
from wi2007.pipeline import graph, overview
from wi2007.project import ROOT
from wi2007.steps.edge import run_step, write_text
from wi2007.validation.rules import RULES, read_rules


def main() -> None:
    """Write the data dictionary of the documentation."""
    parser = argparse.ArgumentParser(prog="wi2007.steps.dictionary")
    parser.add_argument("--rules", type=Path, default=RULES)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "datawoordenboek.md")
    parser.add_argument("--architecture", type=Path, default=ROOT / "docs" / "architecture.md")
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md")
    arguments = parser.parse_args()
    run_step(lambda: step(arguments))


def step(arguments: argparse.Namespace) -> None:
    """Read, make, write."""
    write_text(arguments.output, markdown(parts(read_rules(arguments.rules))))
    for path, made in ((arguments.architecture, overview()), (arguments.readme, graph())):
        write_text(path, with_steps(path.read_text(encoding="utf-8"), made))


def with_steps(page: str, made: str) -> str:
    """Put the table or the graph of steps between its marks on a page."""
    before, rest = page.split("<!-- steps -->", 1)
    _, after = rest.split("<!-- /steps -->", 1)
    return f"{before}<!-- steps -->\n{made}\n<!-- /steps -->{after}"


if __name__ == "__main__":
    main()
