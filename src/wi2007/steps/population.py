"""Step population: one reading of the delivery, from file to persons, cubes and record of what was done.

A refused delivery leaves its validation report (`validatie.html`, `validatie.csv`) and nothing else; that of an
accepted one is written from `validatie.json` (`steps.validation`) and put in place with the other reports.
What does not belong here: anything that computes.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

import pyarrow.parquet as pq

from schemas.columns import PERSON
from schemas.persons import EXCLUDED, PERSONS
from wi2007.cube.count import Cube
from wi2007.cube.stream import Job, streamed
from wi2007.cube.variants import Variants
from wi2007.errors import UserError
from wi2007.mapping.levering import configured_layout, read_layout
from wi2007.population.exclusion import EXCLUSIONS, read_exclusions
from wi2007.population.processing import processing
from wi2007.population.readings import SENSITIVITY, read_sensitivity
from wi2007.population.stretches import Stretches
from wi2007.project import check_peildatum
from wi2007.steps.edge import run_step, whole
from wi2007.steps.validation import write_report
from wi2007.validation import distribution
from wi2007.validation.outcome import to_json
from wi2007.validation.report import refusal
from wi2007.validation.rules import RULES, read_rules

PROGRESS_VARIABLE = "WI2007_PROGRESS"
PATHS = (
    "delivery",
    "persons",
    "excluded",
    "cube",
    "outflow",
    "processing",
    "validation",
    "distribution",
    "report-html",
    "report-csv",
)


def main() -> None:
    """Read the paths from the command line and do the step."""
    # Pandera imports hypothesis where it is installed, to invent data: a tenth of a second that a run has no use for.
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peildatum", required=True)
    for option in PATHS:
        parser.add_argument(f"--{option}", type=Path, required=True)
    parser.add_argument("--previous", type=Path, help="verdeling.json of the delivery before this one")
    parser.add_argument("--levering", type=Path, help="levering.yaml of this delivery")
    parser.add_argument("--indeling", help="layout in config/deliveries that holds without a levering.yaml")
    parser.add_argument("--rules", type=Path, default=RULES)
    parser.add_argument("--exclusions", type=Path, default=EXCLUSIONS)
    parser.add_argument("--variants", type=Path, help="what other readings of the choices count otherwise")
    parser.add_argument("--readings", type=Path, default=SENSITIVITY)
    arguments = parser.parse_args()
    run_step(lambda: make(arguments))
    gc.freeze()  # the process ends here: nothing is worth looking for garbage in


def make(paths: argparse.Namespace) -> None:
    """Write every output whole, or only the validation report when the delivery is refused."""
    _check_readable(paths.delivery)
    exclusions = read_exclusions(paths.exclusions)
    peildatum = check_peildatum(paths.peildatum)
    job = Job(
        path=paths.delivery,
        peildatum=date.fromisoformat(peildatum),
        rules=read_rules(paths.rules),
        exclusions=exclusions,
        scratch=paths.persons.parent / ".tijdelijk",
        layout=(
            read_layout(paths.levering, peildatum)
            if paths.levering
            else configured_layout(paths.indeling, peildatum)
        ),
        previous=distribution.from_json(paths.previous.read_text(encoding="utf-8"))
        if paths.previous
        else None,
        readings=read_sensitivity(paths.readings).lezingen if _asked(paths) else (),
    )
    with ExitStack() as outputs:
        place = {
            name: outputs.enter_context(whole(getattr(paths, name)))
            for name in ("validation", "distribution", "processing", "outflow", "cube", "persons", "excluded")
        }
        variants = outputs.enter_context(whole(paths.variants)) if _asked(paths) else None
        with (
            _persons_file(place["persons"]) as write,
            _persons_file(place["excluded"], EXCLUDED) as exclude,
            _progress() as progress,
            _unchanged(paths.delivery) as check_unchanged,
            streamed(job, write, exclude, progress) as result,
        ):
            check_unchanged()
            if result.outcome.refused:
                write_report(result.outcome, paths.report_html, paths.report_csv)
                raise UserError(refusal(result.outcome, paths.report_html, paths.delivery))
            record = processing(result.outcome, exclusions, result.excluded, result.cube.total, result.counts)
            place["processing"].write_text(_json(record), encoding="utf-8")
            place["validation"].write_text(to_json(result.outcome) + "\n", encoding="utf-8")
            counts = distribution.to_json(result.distribution, result.outcome.file.sha256)
            place["distribution"].write_text(counts, encoding="utf-8")
            _write_cube(result.cube, place["cube"])
            _write_cube(result.outflow, place["outflow"])
            if variants is not None:
                _write_cube(result.variants, variants)


def _asked(paths: argparse.Namespace) -> bool:
    """Whether other readings are to be counted."""
    return getattr(paths, "variants", None) is not None


def _check_readable(path: Path) -> None:
    try:
        path.open("rb").close()
    except OSError as error:
        raise UserError(
            f"De levering {path.name} kan niet worden geopend ({error.strerror}). "
            "Kijk of het een bestand is en of u het mag lezen."
        ) from error


@contextmanager
def _unchanged(path: Path) -> Iterator[Callable[[], None]]:
    """Tell that the file was changed while it was read, instead of what was found in a mix of old and new."""

    def state() -> tuple[int, ...] | None:
        try:
            about = path.stat()
        except OSError:
            return None
        return about.st_ino, about.st_size, about.st_mtime_ns

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


def _write_cube(cube: Cube | Variants, path: Path) -> None:
    pq.write_table(cube.table(), path, compression="zstd", compression_level=1, store_schema=False)


@contextmanager
def _persons_file(path: Path, schema: Any = PERSONS) -> Iterator[Callable[[Any], None]]:
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


if __name__ == "__main__":
    main()
