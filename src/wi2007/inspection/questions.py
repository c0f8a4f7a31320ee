"""Ask about a file with more than one reading: the setting that decides, and the possible answers."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wi2007 import dutch
from wi2007.delivery.kinds import kind_of
from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import UnreadableError
from wi2007.delivery.source import Reading
from wi2007.inspection.document import OPENING, About, comment, file_lines, scalar
from wi2007.inspection.naming import Named, fit
from wi2007.inspection.settings import Settings
from wi2007.mapping.batches import DELIMITERS

_MOST: Final = 40
SHEETS: Final = (
    "Staan er personen op meer werkbladen, zet hun rijen dan eerst onder elkaar op één werkblad. "
    "Op welk werkblad staat de hele levering?"
)


@dataclass(frozen=True)
class Answer:
    """One possible value of a setting, and its evidence."""

    value: str
    note: str


@dataclass(frozen=True)
class Asked:
    """A setting of `lezen` that the file leaves open, with its possible values."""

    setting: str
    question: str
    answers: tuple[Answer, ...]


_OF_TEXT: Final = {
    "aanhalingstekens_rijen": Asked(
        "aanhalingstekens",
        "Staan tussen de aanhalingstekens rijen van personen, of is het één veld van meer regels?",
        (Answer("ja", "één veld van meer regels"), Answer("nee", "elke regel is een eigen rij")),
    ),
    "extra_veld": Asked(
        "extra_veld",
        "Welk veld van elke rij heeft geen naam, en wordt weggelaten?",
        (
            Answer("eerste", "zoals een rijnummer van R"),
            Answer("laatste", "zoals achter een scheidingsteken te veel"),
        ),
    ),
}
"""Questions whose answers are the same for every file."""


def asked(rule: str, path: Path, reading: Reading, scratch: Path, settings: Settings) -> Asked | None:
    """Return what to ask when a file was refused under `rule`; None when nothing is."""
    if rule in _OF_TEXT:
        return _OF_TEXT[rule]
    if rule == "scheidingsteken_onduidelijk":
        return Asked(
            "scheidingsteken",
            "Welk teken staat tussen de velden?",
            tuple(_separators(path, reading, scratch, settings)),
        )
    if rule == "archief_inhoud":
        return _of_names(
            "bestand_in_archief", "Welk bestand in het archief is de levering?", lambda: _members(path)
        )
    if rule == "werkblad_onduidelijk":
        return _of_sheets(path, scratch)
    return None


def document(asked_for: Asked, about: About, *, inside: bool) -> str:
    """Return a levering.yaml with the question. Names of sheets and files are written `inside` `data/` only."""
    lines = [*map(comment, OPENING), "", *file_lines(about), ""]
    lines += [
        comment(f"VRAAG: {asked_for.question} Haal bij lezen en bij één antwoord het # weg."),
        "# lezen:",
    ]
    if inside or asked_for.setting not in ("bestand_in_archief", "werkblad"):
        lines += [
            f"#   {asked_for.setting}: {scalar(answer.value)}{f'   # {answer.note}' if answer.note else ''}"
            for answer in asked_for.answers
        ]
    else:
        lines.append(f"#   {asked_for.setting}: ...")
    return "\n".join([*lines, "", "normaliseren: alle", ""])


def _separators(path: Path, reading: Reading, scratch: Path, settings: Settings) -> list[Answer]:
    answers = []
    for word, delimiter in DELIMITERS.items():
        try:
            names = open_source(path, replace(reading, delimiter=delimiter), scratch).names
        except UnreadableError:
            continue
        known = sum(
            any(fit(name, column, settings) >= Named.OTHER for column in settings.namen) for name in names
        )
        answers.append(
            Answer(word, f"{dutch.count(len(names))} velden, {dutch.count(known)} met een bekende naam")
        )
    return answers


def _of_names(setting: str, question: str, names: Callable[[], list[str]]) -> Asked | None:
    found = names()
    return (
        Asked(setting, question, tuple(Answer(name, "") for name in found[:_MOST]))
        if len(found) > 1
        else None
    )


def _members(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return sorted(info.filename for info in archive.infolist() if not info.is_dir())


def _of_sheets(path: Path, scratch: Path) -> Asked | None:
    """Return the sheets that are not empty, and their numbers of rows."""
    from wi2007.delivery.workbook.opening import filled_sheets  # noqa: PLC0415  only for a workbook

    found = filled_sheets(path, scratch, kind_of(path))
    answers = [Answer(name, "1 rij" if rows == 1 else f"{dutch.count(rows)} rijen") for name, rows in found]
    return Asked("werkblad", SHEETS, tuple(answers[:_MOST])) if answers else None
