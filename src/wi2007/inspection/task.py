"""The arguments of `wi2007 inspect`: which file, how it is to be read, and where the proposal goes.

A levering.yaml is written complete or not at all, and never over an existing one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wi2007.delivery.source import Decision, Reading
from wi2007.errors import UserError
from wi2007.inspection import document
from wi2007.mapping.batches import reading
from wi2007.mapping.levering import NOTHING, Layout, find_settings, levering_file
from wi2007.project import LEVERING, check_peildatum, is_delivery, parts_of


@dataclass(frozen=True)
class Task:
    """The arguments. `output` is None when no place was named; `layout` is what holds for the file now.

    `is_set` says that a levering.yaml stands beside the file, `mistake` what is wrong with it.
    """

    path: Path
    output: Path | None
    peildatum: str | None
    layout: Layout
    is_set: bool = False
    mistake: str = ""

    @property
    def target(self) -> Path:
        """The path of the proposal."""
        return self.output or self.path.with_name(LEVERING)

    @property
    def is_inside(self) -> bool:
        """Whether the proposal is written inside `data/`, where values of the delivery may be."""
        return "data" in [folder.name for folder in self.target.resolve().parents]

    @property
    def reading(self) -> Reading:
        """How to read the file, as far as it is set."""
        return reading(self.layout)

    def about(self, decisions: Sequence[Decision] = ()) -> document.About:
        """Return what the proposal is about."""
        parts = parts_of(self.path)
        others = (other for other in self.path.parent.iterdir() if other not in parts)
        alone = not any(map(is_delivery, others))
        set_reading = self.layout.levering.lezen.model_dump(exclude_none=True)
        values = {name: str(value) for name, value in set_reading.items()}
        return document.About(self.path.name, self.peildatum, alone, decisions, values)


def task_of(
    path: Path, output: Path | None, peildatum: str | None, configured: Callable[[str], str | None]
) -> Task:
    """Return what was asked; `configured` names the layout of config.yaml. Raises `UserError` without such a file."""
    _check_readable(path)
    if output is not None and output.is_dir():
        output = output / LEVERING
    peildatum = check_peildatum(peildatum) if peildatum else _of_folder(path)
    if peildatum is None:
        return Task(path, output, None, NOTHING)
    folder = path.absolute().parent
    try:
        layout = find_settings(folder, peildatum, configured(peildatum))
        return Task(path, output, peildatum, layout, is_set=levering_file(folder) is not None)
    except UserError as error:
        return Task(path, output, peildatum, NOTHING, is_set=True, mistake=str(error))


def _check_readable(path: Path) -> None:
    if not str(path).isprintable():
        raise UserError(
            "De naam van het bestand heeft tekens die niet te lezen zijn. Geef het een andere naam."
        )
    if path.exists() and not path.is_file() and not parts_of(path):
        raise UserError(f"{path} is geen bestand. Noem het bestand waarin gekeken moet worden.")
    try:
        for part in parts_of(path):
            part.open("rb").close()
    except OSError as error:
        raise UserError(
            f"Het bestand {path} kan niet worden geopend ({error.strerror}). "
            "Kijk of de naam klopt en of u het mag lezen."
        ) from None


def _of_folder(path: Path) -> str | None:
    """Return the peildatum that the folder is named after; None for another name."""
    try:
        return check_peildatum(path.absolute().parent.name)
    except UserError:
        return None


def write_new(path: Path, text: str) -> None:
    """Write `text` to a new file. Raises `UserError` when the file exists, or when it cannot be written."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        _place(temporary, path)
    except FileExistsError:
        raise UserError(
            f"{path} bestaat al en is niet veranderd. Geef met --output een andere plaats voor het voorstel, "
            f"bijvoorbeeld --output {path.with_name('voorstel.yaml')}, en neem over wat u nodig hebt."
        ) from None
    except OSError as error:
        raise UserError(
            f"Het voorstel kan niet worden geschreven in de map {path.parent} ({error.strerror}). "
            f"Geef met --output een plaats waar u mag schrijven, bijvoorbeeld --output {LEVERING}."
        ) from None
    finally:
        temporary.unlink(missing_ok=True)


def _place(temporary: Path, path: Path) -> None:
    """Link the file into place: a link is made at once and never over a file; some file systems have none."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists() or path.is_symlink():
            raise FileExistsError from None
        temporary.rename(path)
