"""Find the files of a peildatum: the delivery of DUO, and the CBS workbook beside it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from wi2007.errors import UserError
from wi2007.mapping.levering import Layout
from wi2007.project import Run


def delivery_of(run: Run, peildatum: str, layout: Layout) -> Path:
    """The file that is the delivery: the one that levering.yaml names (`bestand`), or else the only one there is."""
    name = layout.levering.bestand
    if name is None and not run.candidates(peildatum):
        raise UserError(f"{run.no_file(peildatum)}{_told_others(run, peildatum)}")
    if name is None:
        return run.delivery(peildatum)
    path = run.raw / peildatum / name
    if not path.is_file():
        raise layout.wrong(
            ("bestand",),
            f"dit bestand staat niet in data/raw/{peildatum}/. Schrijf de naam precies zoals hij daar staat.",
        )
    run.check_file(path, peildatum)
    return path


def _told_others(run: Run, peildatum: str) -> str:
    """What the files are that lie in the place of a delivery, as far as that helps: their names may say too little."""
    from wi2007.delivery.kinds import kind_of  # noqa: PLC0415  only where there is nothing to read
    from wi2007.delivery.problems import UnreadableError  # noqa: PLC0415
    from wi2007.delivery.unread import told_kind  # noqa: PLC0415

    words = ""
    for path in run.others(peildatum):
        with suppress(OSError, UnreadableError):
            told = told_kind(kind_of(path)) if path.is_file() else ""
            words += f" Over {path.name}: {told}" if told and path.name.isprintable() else ""
    return words


def cbs_workbook_of(run: Run, peildatum: str, layout: Layout) -> Path | None:
    """The CBS workbook beside the delivery, if there is one; what levering.yaml names as the delivery is none."""
    return run.cbs_workbook(peildatum, layout.levering.bestand)
