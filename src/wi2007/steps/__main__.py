"""Do one step: `python -m wi2007.steps <step> <peildatum>`, in the working directory of the run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module

from wi2007.pipeline import STEPS
from wi2007.steps.case import Case
from wi2007.steps.edge import run_step
from wi2007.steps.lean import without_pandas

WITH_PANDAS = ("read", "protect")
"""The steps that judge tables with Pandera."""


def main(words: Sequence[str] | None = None) -> None:
    """Do the step that the command line names and end the process with the exit status of the contract."""
    parser = argparse.ArgumentParser(prog="python -m wi2007.steps", description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("peildatum")
    parser.add_argument("--earlier", help="the peildatum that this one is compared with")
    parser.add_argument("--rounding", choices=("5", "10", "uit"), default="5")
    parser.add_argument("--draft", action="store_true", help="make a draft, which is no release")
    asked = parser.parse_args(words)
    case = Case(asked.peildatum, earlier=asked.earlier, rounding=asked.rounding, draft=asked.draft)
    with nullcontext() if asked.step in WITH_PANDAS else without_pandas():
        run_step(lambda: import_module(f"wi2007.steps.{asked.step}").make(case))


if __name__ == "__main__":
    main()
