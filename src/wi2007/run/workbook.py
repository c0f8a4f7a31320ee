"""The command `wi2007 inspect` for a CBS workbook: look, report, and write what cbs.yaml would have to say."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from wi2007.cbs.reading import inspect_workbook
from wi2007.cbs.settings import load_layout, load_signs
from wi2007.errors import EXIT_REFUSED
from wi2007.inspection.task import Task, write_new
from wi2007.project import CBS_LAYOUT, CONFIG, is_cbs_workbook


def is_workbook(task: Task) -> bool:
    """Return whether a run would take the file for the CBS workbook: by its name, and not named as the delivery."""
    return is_cbs_workbook(task.path) and task.layout.levering.bestand != task.path.name


def inspect(task: Task, output: Path | None) -> int:
    """Tell what is in the workbook; return 0 only when a run reads it. `output` is the file or folder for a proposal.

    Raises `UserError`.
    """
    day = date.fromisoformat(task.peildatum) if task.peildatum else date.max
    beside = task.path.with_name(CBS_LAYOUT)
    target = _target(output, beside)
    signs = load_signs(CONFIG / "report" / "tekens.yaml")
    own = beside if beside.is_file() else None
    found = inspect_workbook(task.path, load_layout(own=own), signs, day)
    print(found.text)
    print()
    if found.accepted:
        use = "geldt" if beside.is_file() else "is niet nodig en is niet geschreven"
        print(f"Een {CBS_LAYOUT} naast het werkboek {use}.")
        return 0
    if found.proposal:
        write_new(target, found.proposal)
        print(f"Het voorstel staat in {target}. Lees het na voordat u het gebruikt.")
        if target == beside and inspect_workbook(task.path, load_layout(own=beside), signs, day).accepted:
            print("Daarmee leest wi2007 run dit werkboek.")
            return 0
    sys.stdout.flush()
    questions = "Beantwoord de vragen in het voorstel voordat u wi2007 run geeft." if found.proposal else ""
    print(f"Zo leest wi2007 run dit werkboek nog niet. {questions}".rstrip(), file=sys.stderr)
    return EXIT_REFUSED


def _target(output: Path | None, beside: Path) -> Path:
    if output is None:
        return beside
    return output / CBS_LAYOUT if output.is_dir() else output
