"""The texts of the report, read from `config/report/` and `reference/begrippen.yaml` and held against their contract.

What does not belong here: filling texts in.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from schemas.report import Fact, Phrases, ReportText, SignEdition, TermText, WordsText
from schemas.workbook import WorkbookText
from wi2007.decisions import read


@dataclass(frozen=True)
class Texts:
    """Everything the report says that is not a figure."""

    report: ReportText
    words: WordsText
    phrases: Phrases
    facts: dict[str, Fact]
    terms: tuple[TermText, ...]
    workbook: WorkbookText
    signs: tuple[SignEdition, ...]


def load(folder: Path, glossary: Path) -> Texts:
    """Read all texts. Raises `UserError` naming the file and the line of every mistake."""
    return Texts(
        report=read(folder / "rapport.yaml").held(ReportText),
        words=read(folder / "woorden.yaml").held(WordsText),
        phrases=read(folder / "bevindingen.yaml").held(Phrases),
        facts=read(folder / "feiten.yaml").held(dict[str, Fact]),
        terms=tuple(read(glossary).held(list[TermText])),
        workbook=load_workbook(folder),
        signs=tuple(read(folder / "tekens.yaml").held(Annotated[list[SignEdition], Field(min_length=1)])),
    )


def facts_of(texts: Texts) -> dict[str, str]:
    """The facts as templates use them: `feiten.wet_jaar`."""
    return {name: fact.waarde for name, fact in texts.facts.items()}


def load_workbook(folder: Path) -> WorkbookText:
    """Read the words of the downloads alone. Raises `UserError` as `load` does."""
    found: WorkbookText = read(folder / "werkboek.yaml").held(WorkbookText)
    return found
