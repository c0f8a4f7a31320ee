"""Makes `docs/datawoordenboek.md` from the schemas, so that what it says of a column cannot differ from them."""

from __future__ import annotations

import argparse
from pathlib import Path

from wi2007.dictionary import markdown, parts
from wi2007.project import ROOT
from wi2007.steps.edge import run_step, write_text
from wi2007.validation.rules import RULES, read_rules


def main() -> None:
    """Write the data dictionary of the documentation."""
    parser = argparse.ArgumentParser(prog="wi2007.steps.dictionary")
    parser.add_argument("--rules", type=Path, default=RULES)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "datawoordenboek.md")
    arguments = parser.parse_args()
    run_step(lambda: step(arguments))


def step(arguments: argparse.Namespace) -> None:
    """Read, make, write."""
    write_text(arguments.output, markdown(parts(read_rules(arguments.rules))))


if __name__ == "__main__":
    main()
