"""Inspect a CBS workbook for `wi2007 inspect`: its sheets, the meaning of heads and labels, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schemas.cbs_layout import CbsLayout
from schemas.report import SignEdition
from wi2007 import dutch
from wi2007.cbs.labels import Label
from wi2007.cbs.meaning import Target
from wi2007.cbs.misfit import told
from wi2007.cbs.reading import Read, examine
from wi2007.cbs.sheet import Meanings, Task

_HEAD = (
    "# Wat er in {file} anders is dan in config/cbs.yaml; dit komt daarbij. Zie docs/cbs.md.\n"
    "# Regels die met # beginnen, tellen niet. Haal bij elke VRAAG het # weg voor het antwoord dat klopt, en\n"
    "# zet op de plaats van VUL_IN wat daar hoort.\n\n"
)


@dataclass(frozen=True)
class Inspection:
    """The report on a workbook, the text of a cbs.yaml that would help, and whether a run reads the workbook."""

    text: str
    proposal: str
    accepted: bool


def inspect_workbook(
    path: Path, wanted: CbsLayout, editions: Sequence[SignEdition], peildatum: date
) -> Inspection:
    """Look into a workbook as a run would read it. Raises `UserError` when it cannot be read."""
    found = examine(path, wanted, editions, peildatum)
    proposal = found.proposed
    return Inspection(
        "\n".join(_lines(found)),
        _HEAD.format(file=path.name) + proposal if proposal else "",
        not found.misfits,
    )


def _lines(found: Read) -> Iterator[str]:
    yield f"{found.path.name}: een werkboek van het CBS"
    if found.passed:
        yield f"Niet gelezen: {', '.join(found.passed)}."
    if found.quoted:
        for name, task in found.tasks.items():
            yield ""
            yield from _sheet(name, task, found.known[name])
        yield ""
        yield f"Tekens: die van de uitgave vanaf {dutch.day(found.reader.signs.edition)}."
    misfits = told(found.misfits, found.quoted)
    if misfits:
        yield "Niet bekend, of anders dan verwacht:"
        yield from (f"- {line}" for line in misfits)
    else:
        yield f"Alles is bekend: {dutch.count(len(found.rows))} cijfers. wi2007 run leest dit werkboek."


def _sheet(name: str, task: Task, known: Meanings) -> Iterator[str]:
    yield f"Blad '{name}': {task.found.title}"
    yield f"  dag: {dutch.day(date.fromisoformat(task.moment)) if task.moment else 'niet bekend'}"
    units = dict.fromkeys(unit for line in task.found.lines for unit in line.units.values())
    yield f"  eenheden: {', '.join(units) or 'niet bekend'}"
    columns = ((path, known.columns.get(column)) for column, path in task.found.columns.items())
    yield from _axis("kolommen", columns)
    yield from _axis("rijen", ((line.path, known.lines.get(line.row)) for line in task.found.lines))


def _axis(name: str, paths: Iterator[tuple[tuple[Label, ...], Target | None]]) -> Iterator[str]:
    yield f"  {name}:"
    written = ((" › ".join(one.words for one in path) or "(geen label)", target) for path, target in paths)
    for words, target in dict.fromkeys(written):
        yield f"    {words}: {target or 'niet bekend'}"
