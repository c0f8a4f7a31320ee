"""Step validation: the validation report of an accepted delivery, from `validatie.json`, the same bytes every time.

What does not belong here: reading the delivery, judging it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from wi2007.steps.edge import run_step, whole, write_text
from wi2007.validation.outcome import Outcome, from_json
from wi2007.validation.page import to_html
from wi2007.validation.report import write_csv


def main() -> None:
    """Read the paths from the command line and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("validation", "report-html", "report-csv"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    paths = parser.parse_args()
    run_step(lambda: make(paths))


def make(paths: argparse.Namespace) -> None:
    """Write the report that `validatie.json` holds."""
    outcome = from_json(paths.validation.read_text(encoding="utf-8"))
    write_report(outcome, paths.report_html, paths.report_csv)


def write_report(outcome: Outcome, html: Path, csv: Path) -> None:
    """Write `validatie.html` and `validatie.csv`, each whole."""
    with whole(csv) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        write_csv(outcome, file)
    write_text(html, to_html(outcome))


if __name__ == "__main__":
    main()
