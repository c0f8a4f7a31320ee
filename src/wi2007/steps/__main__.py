"""Do one step: `python -m wi2007.steps <step> <peildatum>`, in the working directory of the run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from wi2007.pipeline import STEPS
from wi2007.steps.case import Case
from wi2007.steps.edge import run_step
from wi2007.steps.lean import NoPandas

WITH_PANDAS = ("read", "protect")
"""The steps that judge tables with Pandera."""


def main(words: Sequence[str] | None = None) -> None:
    """Do the step that the command line names and end the process with the exit status of the contract."""
    parser = argparse.ArgumentParser(prog="python -m wi2007.steps", description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("peildatum")
    parser.add_argument("--earlier", help="the peildatum that this one is compared with")
    parser.add_argument("--rounding", choices=("5", "10", "uit"), default="5")
    asked = parser.parse_args(words)
    if asked.step not in WITH_PANDAS:
        sys.meta_path.insert(0, NoPandas())
    case = Case(asked.peildatum, earlier=asked.earlier, rounding=asked.rounding)
    run_step(lambda: import_module(f"wi2007.steps.{asked.step}").make(case))


if __name__ == "__main__":
    main()
