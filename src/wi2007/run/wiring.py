"""What the rules of the workflow call: functions of wildcards, kept out of the Snakefile so that it only wires.

Snakemake has the working directory (`--directory`) as current directory; code and configuration are the project's.
What does not belong here: what to rerun, or what a step does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from snakemake.exceptions import WorkflowError

from wi2007 import fingerprint
from wi2007.errors import UserError
from wi2007.mapping.levering import Layout, find_layout, levering_file
from wi2007.project import DEMONSTRATION_PEILDATUM, ROOT, Run, report_files
from wi2007.run.checking.check import check as check_all
from wi2007.run.checking.check import remember
from wi2007.run.choice import cbs_workbook_of, choose, delivery_of, is_empty
from wi2007.run.previous import left_out
from wi2007.run.previous import previous as previous_of
from wi2007.run.settings import OFF, boundary_file, check, read

CHOSEN = "WI2007_PEILDATA"
COMPARED = ("personen.parquet", "uitgesloten.parquet", "kubus.parquet", "verwerking.json")


def peildata(config: Mapping[str, Any], linting: bool) -> list[str]:
    """The peildata of this run; raises Snakemake's error with the Dutch message where one cannot be made.

    `wi2007 run` has already chosen and says so in an environment variable. For the linter there need be no delivery.
    """
    os.environ["PATH"] = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    )
    if CHOSEN in os.environ:
        return os.environ[CHOSEN].split()
    try:
        configuration = check(config)
        for key in ("indeling", "kaart"):
            if getattr(configuration, key) != getattr(read(), key):
                raise UserError(f"Zet '{key}' in config/config.yaml; met --config kan dat niet.")
        remember(_run(), check_all(_run()))
        configured = configuration.chosen_peildata()
        if linting and configured is None and is_empty(_run()):
            return [DEMONSTRATION_PEILDATUM]
        choice = choose(_run(), (), configured, configuration.layout)
    except UserError as error:
        raise WorkflowError(str(error)) from None
    if choice.problems:
        raise WorkflowError("\n".join(choice.problems))
    return list(choice.peildata)


def _run() -> Run:
    return Run(Path.cwd())


def delivery(wildcards: Any) -> str:
    """The DUO file of a peildatum, from the working directory."""
    try:
        layout = _layout(wildcards.peildatum)
        return str(delivery_of(_run(), wildcards.peildatum, layout).relative_to(Path.cwd()))
    except UserError as error:
        raise WorkflowError(str(error)) from None


def layout(wildcards: Any) -> list[str]:
    """The options that say how the delivery is laid out: its own levering.yaml, or the layout of config.yaml."""
    own = levering_file(_run().raw / wildcards.peildatum)
    if own is not None:
        return ["--levering", str(own.relative_to(Path.cwd()))]
    configured = read().layout(wildcards.peildatum)
    return [] if configured is None else ["--indeling", configured]


def delivery_digest(wildcards: Any) -> str:
    """The SHA-256 of the DUO file, and of what is set for reading it: new content is seen whatever its date says."""
    try:
        set_for_it = _layout(wildcards.peildatum).digest
    except UserError as error:
        raise WorkflowError(str(error)) from None
    return f"{_digest(delivery(wildcards))} {set_for_it}".rstrip()


def cbs_options(wildcards: Any) -> list[str]:
    """The options that name the CBS workbook beside the delivery and its own cbs.yaml, where there are such files."""
    named = zip(("--workbook", "--layout"), _cbs_files(wildcards.peildatum), strict=True)
    return [word for option, path in named if path for word in (option, str(path.relative_to(Path.cwd())))]


def cbs_workbook(wildcards: Any) -> list[str]:
    """The option that names the CBS workbook alone."""
    return cbs_options(wildcards)[:2]


def cbs_digest(wildcards: Any) -> str:
    """The SHA-256 of the CBS workbook and of its own cbs.yaml; empty without a workbook."""
    return " ".join(_digest(str(path)) for path in _cbs_files(wildcards.peildatum) if path)


def _cbs_files(peildatum: str) -> tuple[Path | None, Path | None]:
    """The workbook and its layout; without a workbook neither."""
    try:
        path = cbs_workbook_of(_run(), peildatum, _layout(peildatum))
        return path, _run().cbs_layout(peildatum) if path else None
    except UserError as error:
        raise WorkflowError(str(error)) from None


def previous(wildcards: Any) -> list[str]:
    """The distribution of the delivery before this one, if there is one.

    Not `ancient`: Snakemake asks a rule for no reason of its own once a step before it runs again, and would pass over
    another delivery before this one.
    """
    earlier = previous_peildatum(wildcards.peildatum)
    return [f"data/processed/{earlier}/verdeling.json"] if earlier else []


def previous_counts(wildcards: Any) -> list[str]:
    """The counts of the peildatum before this one, if there is one, and how they were made."""
    earlier = previous_peildatum(wildcards.peildatum)
    return (
        [f"data/processed/{earlier}/{name}" for name in ("kubus.parquet", "verwerking.json")]
        if earlier
        else []
    )


def previous_counts_options(wildcards: Any) -> list[str]:
    """The options that hold this peildatum against the one before it."""
    found = previous_counts(wildcards)
    return ["--previous-cube", found[0], "--previous-processing", found[1]] if found else []


def previous_option(wildcards: Any) -> list[str]:
    """The option that asks for the comparison with the delivery before this one."""
    return [word for path in previous(wildcards) for word in ("--previous", path)]


def earlier(wildcards: Any) -> list[str]:
    """What was made of the delivery before this one, if there is one, and is needed to compare persons."""
    folders = earlier_option(wildcards)[1:]
    return [f"{folder}/{name}" for folder in folders for name in COMPARED]


def earlier_option(wildcards: Any) -> list[str]:
    """The option that names the folder with what was made of the delivery before this one."""
    found = previous_peildatum(wildcards.peildatum)
    return ["--earlier", f"data/processed/{found}"] if found else []


def earlier_rounded(wildcards: Any) -> list[str]:
    """The rounded counts of the peildatum before this one, if there is one."""
    return [f"{folder}/outputcontrole/afgerond.json" for folder in earlier_option(wildcards)[1:]]


def earlier_rounded_option(wildcards: Any) -> list[str]:
    """The option that names them."""
    return [word for path in earlier_rounded(wildcards) for word in ("--earlier-rounded", path)]


def previous_digest(wildcards: Any) -> str:
    """Which delivery this one is compared with: its peildatum and content."""
    earlier = previous_peildatum(wildcards.peildatum)
    return f"{earlier} {delivery_digest(Wildcards(earlier))}" if earlier else ""


def previous_peildatum(peildatum: str) -> str | None:
    """The peildatum that this one is compared with; those that the run leaves out are passed over."""
    return previous_of(_run(), peildatum, _found, left_out())


@dataclass(frozen=True)
class Wildcards:
    """The wildcards of another peildatum."""

    peildatum: str


def _found(peildatum: str) -> Path:
    return delivery_of(_run(), peildatum, _layout(peildatum))


@cache
def _layout(peildatum: str) -> Layout:
    return find_layout(_run().raw / peildatum, peildatum, read().layout(peildatum))


@cache
def _digest(path: str) -> str:
    return fingerprint.digest(Path(path))


def project(wildcards: Any, input: Any) -> str:
    """The project's folder, for paths to configuration.

    Snakemake does not track parameters that depend on `input`: moving the project is no reason to run again.
    """
    return str(ROOT)


def rounding(config: Mapping[str, Any]) -> str:
    """The base of the rounding: 5, 10 or uit."""
    try:
        return str(check(config).afronding)
    except UserError as error:
        raise WorkflowError(str(error)) from None


def reason(wildcards: Any) -> list[str]:
    """The option that says why there is another release of a peildatum."""
    given = read().hertrekking.get(date.fromisoformat(wildcards.peildatum))
    return [] if given is None else ["--reason", given]


def placed(config: Mapping[str, Any]) -> list[str]:
    """The files of a report in their place, as patterns; their names say it when they are not for publication."""
    return [f"reports/{{peildatum}}/{name}" for name in report_files(rounding(config) == OFF)]


def map_options(wildcards: Any) -> list[str]:
    """The options that ask for a map of the municipalities, if the configuration names a boundary file."""
    configuration = read()
    asked, path = configuration.kaart, boundary_file(configuration)
    if asked is None:
        return []
    named = {
        "boundaries": path,
        "code": asked.code,
        "attribution": asked.bronvermelding,
        "measure": asked.maat,
    }
    return [f"--map-{name}={value}" for name, value in named.items()]


def map_digest(wildcards: Any) -> str:
    """The SHA-256 of the boundary file: another file of the same name is seen."""
    path = boundary_file(read())
    return "" if path is None else _digest(str(path))
