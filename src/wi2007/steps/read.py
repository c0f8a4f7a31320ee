"""Step read: one reading of the delivery, from file to persons, cubes and record of what was done.

A refused delivery leaves its validation report (`intern/validatie.html`, `validatie.csv`) and nothing else; that of an
accepted one is put in place with the rest.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

import pyarrow.parquet as pq

from schemas.columns import PERSON
from schemas.persons import EXCLUDED, PERSONS
from wi2007 import settings
from wi2007.errors import UserError
from wi2007.mapping.levering import delivery_of, find_layout
from wi2007.pipeline import REPORT, STEPS
from wi2007.policy import read_policy_groups
from wi2007.population.cube import Cube, Variants
from wi2007.population.exclusion import read_exclusions, read_sensitivity
from wi2007.population.policy import Policy
from wi2007.population.stream import Job, Result, Stretches, processing, streamed
from wi2007.population.who import Group
from wi2007.project import INTERNAL, check_peildatum, parts_of
from wi2007.steps.case import Case
from wi2007.steps.edge import whole, write_text
from wi2007.validation import drift
from wi2007.validation.outcome import Outcome, to_json
from wi2007.validation.report import refusal, to_html, write_csv
from wi2007.validation.rules import read_rules

PROGRESS_VARIABLE = "WI2007_PROGRESS"


def make(case: Case) -> None:
    """Find the delivery of a peildatum and write what is made of it."""
    # Pandera imports hypothesis where it is installed, to invent data: a tenth of a second that a run has no use for.
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]
    peildatum = check_peildatum(case.peildatum)
    layout = find_layout(case.run.folder(peildatum), peildatum, settings.read().layout(peildatum))
    before = case.before("verdeling.json")
    job = Job(
        path=delivery_of(case.run, peildatum, layout),
        peildatum=date.fromisoformat(peildatum),
        rules=read_rules(),
        exclusions=read_exclusions(),
        groups=read_policy_groups(),
        scratch=case.made(".tijdelijk"),
        layout=layout,
        previous=drift.from_json(before.read_text(encoding="utf-8")) if before else None,
        variants=read_sensitivity().lezingen,
    )
    read(case, job)
    gc.freeze()  # the process ends here: nothing is worth looking for garbage in


def read(case: Case, job: Job) -> None:
    """Write every output whole, or only the validation report when the delivery is refused (`UserError`)."""
    _check_readable(job.path)
    with ExitStack() as outputs:
        kept = (name for name in STEPS["read"].writes if not name.startswith(REPORT))
        place = {name: outputs.enter_context(whole(case.made(name))) for name in kept}
        with (
            _persons_file(place["personen.parquet"]) as write,
            _persons_file(place["uitgesloten.parquet"], EXCLUDED.arrow) as exclude,
            _progress() as progress,
            _unchanged(job.path) as check_unchanged,
            streamed(job, write, exclude, progress) as result,
        ):
            check_unchanged()
            if result.outcome.refused:
                write_report(result.outcome, case.internal)
                raise UserError(refusal(result.outcome, case.internal / "validatie.html", job.path))
            _write(result, job, place)
            write_report(result.outcome, case.made(REPORT + INTERNAL))


def _write(result: Result, job: Job, place: Mapping[str, Path]) -> None:
    """Write all but the persons, which are written while they are read."""
    kept = Group(result.cube.total, result.cube.everybody)
    record = processing(result.outcome, job.exclusions, result.excluded, kept, result.doubtful)
    record["levering"] |= job.layout.digests
    counts = drift.to_json(result.distribution, result.outcome.file.sha256)
    texts = {
        "verwerking.json": _json(record),
        "validatie.json": to_json(result.outcome) + "\n",
        "verdeling.json": counts,
    }
    for name, text in texts.items():
        place[name].write_text(text, encoding="utf-8")
    cubes: dict[str, Cube | Variants | Policy] = {
        "kubus.parquet": result.cube,
        "uitstroom.parquet": result.outflow,
        "varianten.parquet": result.variants,
        "beleid.parquet": result.policy,
    }
    for name, cube in cubes.items():
        _write_cube(cube, place[name])


def write_report(outcome: Outcome, folder: Path) -> None:
    """Write `validatie.html` and `validatie.csv` in a folder, each whole."""
    with (
        whole(folder / "validatie.csv") as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as file,
    ):
        write_csv(outcome, file)
    write_text(folder / "validatie.html", to_html(outcome))


def _check_readable(path: Path) -> None:
    for part in parts_of(path):
        try:
            part.open("rb").close()
        except OSError as error:
            raise UserError(
                f"De levering {part.name} kan niet worden geopend ({error.strerror}). "
                "Kijk of het een bestand is en of u het mag lezen."
            ) from error


@contextmanager
def _unchanged(path: Path) -> Iterator[Callable[[], None]]:
    """Tell that the file was changed while it was read, instead of what was found in a mix of old and new."""

    def state() -> list[tuple[str, int, int, int]] | None:
        try:
            found = [(part.name, part.stat()) for part in parts_of(path)]
        except (OSError, UserError):
            return None
        return [(name, about.st_ino, about.st_size, about.st_mtime_ns) for name, about in found]

    before = state()

    def check() -> None:
        if state() != before:
            raise UserError(
                f"De levering {path.name} is veranderd terwijl zij werd gelezen. Wordt het bestand nog gekopieerd of "
                "bewaard? Geef de opdracht opnieuw zodra het klaar is."
            )

    try:
        yield check
    except UserError:
        raise
    except Exception:
        check()
        raise


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _write_cube(cube: Cube | Variants | Policy, path: Path) -> None:
    pq.write_table(cube.table(), path, compression="zstd", compression_level=1, store_schema=False)


@contextmanager
def _persons_file(path: Path, schema: Any = PERSONS.arrow) -> Iterator[Callable[[Any], None]]:
    """A writer of batches of persons. Codes are stored once for each stretch, the persoonsnummers as they are.

    Compressing pseudonyms takes as long as all other columns together and gains little.
    """
    options = {
        "compression": {name: "none" if name == PERSON else "zstd" for name in schema.names},
        "write_statistics": False,
        "store_schema": False,
        "use_dictionary": [name for name in schema.names if name != PERSON],
    }
    with pq.ParquetWriter(path, schema, **options) as writer:
        stretches = Stretches(writer.write_table)
        yield stretches.add
        stretches.end()


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """A bar with the rows read, when a person is watching: on the terminal that the environment names, or here."""
    screen = _screen()
    if screen is None:
        yield lambda rows_read: None
        return
    from tqdm import tqdm  # noqa: PLC0415  only when a person is watching

    look = "{desc}: {n_fmt} ({elapsed})"
    with (
        screen,
        tqdm(desc="  rijen gelezen", leave=False, bar_format=look, mininterval=0.2, file=screen) as bar,
    ):
        yield lambda rows_read: bar.update(rows_read - bar.n) and None


def _screen() -> IO[str] | None:
    """Where a person is watching; a terminal that cannot be opened is no reason to stop."""
    terminal = os.environ.get(PROGRESS_VARIABLE, "")
    try:
        if terminal.startswith("/"):
            return Path(terminal).open("w", encoding="utf-8")
        return os.fdopen(os.dup(2), "w", encoding="utf-8") if terminal or sys.stderr.isatty() else None
    except OSError:
        return None
