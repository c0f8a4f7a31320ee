"""The demonstration delivery: a synthetic register of which the tables are those of the study of July 2022.

    study -> conditions -> program -> margins -> sizes, cells -> births, dates, nationalities, addresses -> rows -> text

The figures set conditions, the program finds whole numbers that keep them, cells deals them out to persons.
It is drawn from one seed with whole-number arithmetic alone, so that it is the same bytes on every machine. Choices are
in `config/demo.yaml` and `config/demo_landen.csv`. To measure: `time .venv/bin/wi2007 demo --directory "$(mktemp -d)"`.

`cbs` writes the CBS workbook beside it, from `config/demo_cbs.yaml`.

It imports only the project's reference tables and the study's figures: nothing of the pipeline that it is to test.
What does not belong here: when to write one, or what to do with a folder that is in use (see `wi2007.run`).
"""

from __future__ import annotations

from pathlib import Path

from wi2007.errors import UserError


def write_delivery(folder: Path) -> Path:
    """Write the demonstration delivery into `folder` with the CBS workbook beside it, and give the delivery's path.

    Each is written whole or not at all. The folder is made when it is not there. A demonstration delivery that is
    there already is replaced by the same or a newer one. Raises `UserError` when the folder holds any other file, so
    that no real delivery is touched.
    """
    from wi2007.demo import cbs, compose, settings  # noqa: PLC0415  # slow to import
    from wi2007.demo.placing import is_free, place  # noqa: PLC0415

    chosen, book = settings.load(), cbs.load()
    target = folder / chosen.choices.bestand
    workbook = cbs.workbook(book)
    beside = folder / book.bestand
    if not is_free(target, {beside: lambda path: cbs.is_ours(path, workbook)}):
        raise UserError(
            f"In de map {folder.name}/ staat al een bestand dat geen demonstratielevering is; daar wordt niet overheen "
            "geschreven. Haal dat bestand weg, of kies een andere map."
        )
    place(target, compose.delivery(chosen))
    place(beside, workbook)
    return target
