"""The demonstration delivery: a synthetic register of which the tables are those of the study of July 2022.

    study -> margins -> sizes, cells -> rows -> compose

The figures set conditions, `margins` finds whole numbers that keep them, `cells` deals them out to persons.
It is drawn from one seed with whole-number arithmetic alone, so that it is the same bytes on every machine. Choices are
in `config/demo.yaml` and `config/demo_landen.csv`. To measure: `time .venv/bin/wi2007 demo --directory "$(mktemp -d)"`.

Some persons later: the follow-up delivery (`wi2007.demo.follow_up`), with its choices in `config/demo_vervolg.yaml`.
`cbs` writes the CBS workbook beside it, from `config/demo_cbs.yaml`.

It imports only the project's reference tables and the study's figures: nothing of the pipeline that it is to test.
What does not belong here: when to write one, or what to do with a folder that is in use (see `wi2007.run`).
"""

from __future__ import annotations

from pathlib import Path


def write_delivery(folder: Path) -> Path:
    """Write the demonstration delivery into `folder` with the CBS workbook beside it, and give the delivery's path.

    Each is written whole or not at all. The folder is made when it is not there. A demonstration delivery that is
    there already is replaced by the same or a newer one. Raises `UserError` when the folder holds any other file, so
    that no real delivery is touched.
    """
    from wi2007.demo import cbs, compose, settings  # noqa: PLC0415  # slow to import

    chosen, book = settings.load(), cbs.load()
    target, beside = _free(folder)
    compose.place(target, compose.delivery(chosen))
    compose.place(beside, cbs.workbook(book))
    return target


def _free(folder: Path) -> tuple[Path, Path]:
    """Where the delivery and the workbook go; raises `UserError` when the folder holds anything else."""
    from wi2007.demo import cbs, settings  # noqa: PLC0415  # slow to import
    from wi2007.demo.compose import free  # noqa: PLC0415

    book = cbs.load()
    beside, workbook = folder / book.bestand, cbs.workbook(book)
    target = folder / settings.load().choices.bestand
    return free(target, {beside: lambda path: cbs.is_ours(path, workbook)}), beside


def write_follow_up(folder: Path) -> Path:
    """Write the follow-up delivery (the same persons at a later peildatum) into `folder`, as `write_delivery` does."""
    from wi2007.demo import settings  # noqa: PLC0415  # slow to import
    from wi2007.demo.compose import free, place  # noqa: PLC0415
    from wi2007.demo.follow_up import compose, people  # noqa: PLC0415

    chosen = people.load()
    target = free(folder / chosen.bestand)
    place(target, compose.delivery(settings.load(), chosen))
    return target


def ours(folder: Path) -> list[Path]:
    """List the files in a folder that were written by this package: a delivery or its follow-up, and the workbook."""
    from wi2007.demo import cbs, settings  # noqa: PLC0415  # slow to import
    from wi2007.demo.compose import is_demonstration  # noqa: PLC0415
    from wi2007.demo.follow_up import people  # noqa: PLC0415

    book = cbs.load()
    deliveries = [folder / name for name in (settings.load().choices.bestand, people.load().bestand)]
    found = [path for path in deliveries if is_demonstration(path)]
    beside = folder / book.bestand
    return [*found, *([beside] if cbs.is_ours(beside, cbs.workbook(book)) else [])]


def check_free(folder: Path, follow_up: Path) -> None:
    """Raise `UserError` when one of the two demonstration deliveries could not be written into its folder."""
    from wi2007.demo.compose import free  # noqa: PLC0415  # slow to import
    from wi2007.demo.follow_up import people  # noqa: PLC0415

    _free(folder)
    free(follow_up / people.load().bestand)
