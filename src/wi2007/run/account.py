"""Read what a report says beside its tables, and what it was made of, for `wi2007 diff`.

What is not there is not compared; a file that is there and damaged is told. What went in stands in `herkomst.json`
beside the folder publicatie, or in the manifest of a report.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from schemas.statement_tables import STATEMENTS
from wi2007 import fingerprint
from wi2007.difference.account import Account, Statement
from wi2007.difference.given import Given, from_record
from wi2007.difference.sentences import split
from wi2007.pipeline import PUBLICATION
from wi2007.provenance import DRAFT_NOTICE
from wi2007.publication import document
from wi2007.publication.document import Chart, Document, KeyFigures, Paragraph, Section, Text

RECORD: Final = "rapport/herkomst.json"
CONTENT: Final = "inhoud.json"
_TABLES: Final = "tabellen.csv"


def of_publication(folder: Path, record: Mapping[str, Any]) -> Account:
    """Give the account of a folder publicatie, of which `record` is `verwerking.json`.

    Raises `OSError`, `ValueError`, `KeyError` or `TypeError` for a damaged file.
    """
    content = folder / CONTENT
    return Account(
        peildatum=date.fromisoformat(record["peildatum"]),
        draft=bool(record.get("proef")),
        given=_given(folder),
        funnel={step["omschrijving"]: step["aantal"] for step in record.get("trechter", ())},
        remarks=dict(_remarks(record)),
        findings=findings(document.from_json(content.read_text(encoding="utf-8")))
        if content.exists()
        else None,
        statements=_statements(folder / STATEMENTS.file),
    )


def of_report(folder: Path, manifest: Mapping[str, Any]) -> Account:
    """Give the account of a report with its manifest: without the findings. Raises as `of_publication` does."""
    return Account(
        peildatum=date.fromisoformat(manifest["peildatum"]),
        draft=DRAFT_NOTICE in manifest.get("let_op", ""),
        given=from_record(manifest) if "invoer" in manifest else None,
        statements=_statements(folder / STATEMENTS.file),
    )


def _given(folder: Path) -> Given | None:
    """What went in; None where no record is there, or one of other tables than these."""
    path = folder.parent / RECORD
    if not path.exists():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    made = record["tussenbestanden"][PUBLICATION + _TABLES]["sha256"]
    return from_record(record) if fingerprint.digest(folder / _TABLES) == made else None


def _remarks(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    adapted = record.get("levering", {}).get("normalisaties", ())
    for one in (*record.get("waarschuwingen", ()), *adapted):
        column = f" ({one['kolom']})" if one.get("kolom") else ""
        yield f"{one['omschrijving']}{column}", str(one["omvang"])


def _statements(path: Path) -> dict[str, Statement] | None:
    if not path.exists():
        return None
    try:
        return {one.id: Statement(one.uitspraak, one.oordeel) for one in STATEMENTS.read(path)}
    except csv.Error as error:
        raise ValueError from error


def findings(made: Document) -> dict[str, list[str]]:
    """The sentences that say what stands out, by the title of their chapter: messages, findings and the summary.

    Those of another language repeat them and are left out.
    """
    found: dict[str, list[str]] = {}
    for chapter in made.sections:
        if chapter.language in ("", made.language):
            sentences = list(_of_section(chapter))
            if sentences:
                found.setdefault(chapter.title, []).extend(sentences)
    return found


def _of_section(section: Section) -> Iterator[str]:
    yield from split(section.message)
    whole = any(isinstance(block, KeyFigures) for block in section.blocks)
    for block in section.blocks:
        match block:
            case Paragraph(text=text, role=role) if whole or role == "finding":
                yield from split(_words(text))
            case KeyFigures(figures=figures):
                yield from (f"{one.label}: {one.value}" for one in figures)
            case Chart(message=message):
                yield from split(message)
    for inside in section.sections:
        yield from _of_section(inside)


def _words(text: Text) -> str:
    return "".join(span.text for span in text)
