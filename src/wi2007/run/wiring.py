"""What the rules of the workflow call: functions of wildcards, kept out of the Snakefile so that it only wires.

Snakemake has the working directory (`--directory`) as current directory; code and configuration are the project's.
What does not belong here: what to rerun, or what a step does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from snakemake.exceptions import WorkflowError
from snakemake.io import ancient, directory, report
from snakemake.ioflags import update

from wi2007 import fingerprint, settings, system
from wi2007.errors import EXIT_REFUSED, UserError
from wi2007.mapping.levering import Layout, cbs_workbook_of, delivery_of, find_layout
from wi2007.pipeline import STEPS, Source
from wi2007.project import DEMONSTRATION_PEILDATUM, PUBLIC, ROOT, Run, mark_of, parts_of, report_files
from wi2007.run import releases
from wi2007.run.checking import check_settings, remember
from wi2007.run.choice import CHOSEN, choose, is_empty, left_out
from wi2007.run.choice import previous as previous_of
from wi2007.run.resources import NEEDS
from wi2007.run.tracking import mark

PATTERN = "{peildatum}"
CAPTIONS = ROOT / "workflow" / "report"


@dataclass(frozen=True)
class Shown:
    """What Snakemake's own report shows of an output: where, under which words, and which files of a folder."""

    category: str
    caption: str
    label: str
    files: str = ""


SHOWN = {
    "publicatie/grafieken/": Shown("Figuren", "figuren", "{naam}", "{naam}_breed.svg"),
    "rapport/downloads/": Shown("Tabellen", "tabellen", "{naam}", "tabellen/{naam}.csv"),
    "rapport/rapport.html": Shown("Rapport", "rapport", "rapport"),
}
DRAFT_KEY = "proef"
"""In Snakemake's configuration: whether drafts are made (`wi2007 run --proef`). Not a setting of config.yaml."""


def check(config: Mapping[str, Any]) -> None:
    """Refuse a setting of the command line before any rule asks for it; `wi2007 run` has none."""
    if CHOSEN in os.environ:
        return
    try:
        system.check()
        configuration = settings.check(_set(config))
        for key in ("indeling", "kaart"):
            if getattr(configuration, key) != getattr(settings.read(), key):
                raise UserError(
                    f"Op de opdrachtregel (--config of --configfile) staat '{key}', maar daar kan dat niet. Zet het in "
                    "config/config.yaml."
                )
    except UserError as error:
        _refuse(str(error))


def _refuse(message: str) -> NoReturn:
    """End Snakemake with the Dutch message alone: its own error names a line of the rules, where nothing is wrong."""
    print(message, file=sys.stderr)
    raise SystemExit(EXIT_REFUSED)


def peildata(config: Mapping[str, Any], linting: bool) -> list[str]:
    """The peildata of this run; ends Snakemake with the Dutch message where one cannot be made.

    `wi2007 run` has already chosen and says so in an environment variable. For the linter there need be no delivery.
    """
    os.environ["PATH"] = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    )
    if CHOSEN in os.environ:
        return os.environ[CHOSEN].split()
    try:
        configuration = settings.check(_set(config))
        remember(_run(), check_settings(_run()))
        configured = configuration.chosen_peildata()
        if linting and configured is None and is_empty(_run()):
            return [DEMONSTRATION_PEILDATUM]
        choice = choose(_run(), (), configured, configuration.layout)
        run = Run(Path.cwd(), _draft(config))
        choice = releases.allowed(run, choice, str(configuration.afronding), configuration)
    except UserError as error:
        _refuse(str(error))
    if choice.problems:
        _refuse("\n".join(choice.problems))
    return list(choice.peildata)


def _run() -> Run:
    return Run(Path.cwd())


def _draft(config: Mapping[str, Any]) -> bool:
    return bool(config.get(DRAFT_KEY))


def _set(config: Mapping[str, Any]) -> dict[str, Any]:
    """What config.yaml says, and the command line instead of it."""
    return {key: value for key, value in config.items() if key != DRAFT_KEY}


def _folder(peildatum: str, config: Mapping[str, Any]) -> str:
    """The name of the folders of a peildatum, which may be a pattern."""
    return Run(draft=_draft(config)).folder_name(peildatum)


def log(name: str, config: Mapping[str, Any]) -> str:
    """Name the log of a step, as a pattern."""
    return f"logs/{_folder(PATTERN, config)}/{name}.txt"


def reads(name: str, config: Mapping[str, Any]) -> Callable[[Any], list[str]]:
    """List what Snakemake gives a step: its files and those of the peildatum before, or the folder of the delivery.

    The folder by itself is no reason to run again, its content is tracked (`tracked`). The delivery is no input by
    name: Snakemake takes {braces} and <brackets> in the name of a file for its own. Files of the peildatum before are
    not `ancient`: Snakemake asks a rule for no reason of its own once a step before it runs again, and would pass over
    another delivery before this one.
    """
    step = STEPS[name]

    def found(wildcards: Any) -> list[str]:
        peildatum = wildcards.peildatum
        folder = [] if step.reads else [ancient(f"data/raw/{peildatum}")]
        own = [_path(peildatum, file, config) for file in step.reads]
        before = _previous(peildatum) if step.earlier else None
        return [*folder, *own, *(_path(before, file, config) for file in step.earlier if before)]

    return found


def writes(name: str, config: Mapping[str, Any]) -> list[Any]:
    """List what Snakemake has from a step, as patterns; the last one also puts the report in its place.

    `update`: an earlier report stays until the new file replaces it.
    """
    step = STEPS[name]
    public = mark_of(rounding(config) == settings.OFF, _draft(config)) == PUBLIC
    made = [_shown(file, _path(PATTERN, file, config), public) for file in step.writes]
    return [*made, *(update(path) for path in placed(config))] if step.is_last else made


def _shown(name: str, path: str, public: bool) -> Any:
    """A file or folder with what `snakemake --report` shows of it: nothing left of the gate, or not for publication."""
    found = directory(path) if name.endswith("/") else path
    about = SHOWN.get(name)
    if about is None or not public:
        return found
    return report(
        found,
        patterns=[about.files] if about.files else [],
        caption=str(CAPTIONS / f"{about.caption}.rst"),
        category=about.category,
        labels={"peildatum": PATTERN, "wat": about.label},
    )


def everything(config: Mapping[str, Any]) -> list[str]:
    """List every file that a report needs, as patterns.

    Those between are named too: a run after a failure then repairs what is missing, and never rests on an old report.
    """
    return [
        *(_path(PATTERN, file, config) for step in STEPS.values() for file in step.writes),
        *placed(config),
    ]


def _path(peildatum: str, name: str, config: Mapping[str, Any]) -> str:
    return f"data/processed/{_folder(peildatum, config)}/{name.rstrip('/')}"


def tracked(name: str, config: Mapping[str, Any]) -> Callable[[Any], str]:
    """Give one mark of the program, the settings and the files of users that a step's result depends on (`tracking`).

    Snakemake makes a step again when it changes: new content is seen whatever the date of a file says.
    """
    step = STEPS[name]

    def found(wildcards: Any) -> str:
        values = [fingerprint.code(step.wing)]
        try:
            values += [f"{source} {_SOURCES[source](wildcards.peildatum, config)}" for source in step.sources]
        except UserError as error:
            raise WorkflowError(str(error)) from None
        return mark(Path.cwd(), values)

    return found


def options(name: str, config: Mapping[str, Any]) -> Callable[[Any], list[str]]:
    """Give the options of a step: the peildatum that its own is compared with, and how counts are rounded."""
    step = STEPS[name]

    def found(wildcards: Any) -> list[str]:
        before = _previous(wildcards.peildatum) if step.earlier else None
        rounded = "afronding" in step.sources
        return [
            *(["--earlier", before] if before else []),
            *(["--rounding", rounding(config)] if rounded else []),
            *(["--draft"] if _draft(config) else []),
        ]

    return found


def memory(name: str) -> int:
    """Give the megabytes of memory that a step asks."""
    return NEEDS[name].memory


def minutes(name: str) -> Callable[[Any], int]:
    """Give the minutes that a step asks, by the size of the delivery; one that cannot be found counts as empty."""

    def found(wildcards: Any) -> int:
        try:
            size = sum(part.stat().st_size for part in parts_of(_found(wildcards.peildatum)))
        except (OSError, UserError):
            size = 0
        return NEEDS[name].time(size)

    return found


def _delivery(peildatum: str, config: Mapping[str, Any]) -> str:
    """The DUO file, and what is set for reading it."""
    return f"{_delivery_digest(str(_found(peildatum)))} {_layout(peildatum).digest}"


def _earlier(peildatum: str, config: Mapping[str, Any]) -> str:
    """Which delivery this one is compared with: its peildatum and content."""
    before = _previous(peildatum)
    return f"{before} {_delivery(before, config)}" if before else ""


def _cbs(peildatum: str, config: Mapping[str, Any]) -> str:
    """The CBS workbook and its own cbs.yaml; nothing without a workbook."""
    path = cbs_workbook_of(_run(), peildatum, _layout(peildatum))
    own = _run().cbs_layout(peildatum) if path else None
    return " ".join(_digest(str(file)) for file in (path, own) if file)


def _map(peildatum: str, config: Mapping[str, Any]) -> str:
    """How the municipalities are drawn, and the file with their boundaries: another file of the same name is seen."""
    configuration = settings.read()
    path = settings.boundary_file(configuration)
    return "" if path is None else f"{_digest(str(path))} {configuration.kaart}"


def _reason(peildatum: str, config: Mapping[str, Any]) -> str:
    """Why there is another release of a peildatum."""
    return settings.read().hertrekking.get(date.fromisoformat(peildatum), "")


@cache
def _delivery_digest(path: str) -> str:
    return fingerprint.of_delivery(Path(path))


@cache
def _digest(path: str) -> str:
    return fingerprint.digest(Path(path))


_SOURCES: dict[Source, Callable[[str, Mapping[str, Any]], str]] = {
    "levering": _delivery,
    "eerder": _earlier,
    "cbs": _cbs,
    "kaart": _map,
    "afronding": lambda peildatum, config: rounding(config),
    "hertrekking": _reason,
    "instellingen": lambda peildatum, config: _digest(str(settings.FILE)),
}


def _previous(peildatum: str) -> str | None:
    """The peildatum that this one is compared with; those that the run leaves out are passed over."""
    return previous_of(_run(), peildatum, _found, left_out())


def _found(peildatum: str) -> Path:
    return delivery_of(_run(), peildatum, _layout(peildatum))


@cache
def _layout(peildatum: str) -> Layout:
    return find_layout(_run().raw / peildatum, peildatum, settings.read().layout(peildatum))


def rounding(config: Mapping[str, Any]) -> str:
    """The base of the rounding: 5, 10 or uit."""
    try:
        return str(settings.check(_set(config)).afronding)
    except UserError as error:
        raise WorkflowError(str(error)) from None


def placed(config: Mapping[str, Any]) -> list[str]:
    """The files of a report in their place, as patterns; their names say it when they may not be published."""
    mark = mark_of(rounding(config) == settings.OFF, _draft(config))
    return [f"reports/{_folder(PATTERN, config)}/{name}" for name in report_files(mark)]
