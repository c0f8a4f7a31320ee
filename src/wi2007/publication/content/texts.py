"""The texts of the report, read from `config/report/` and `reference/begrippen.yaml` and held against their contract.

What does not belong here: filling texts in.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

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


FILES: Final[dict[str, tuple[str, Any]]] = {
    "report": ("rapport.yaml", ReportText),
    "words": ("woorden.yaml", WordsText),
    "phrases": ("bevindingen.yaml", Phrases),
    "facts": ("feiten.yaml", dict[str, Fact]),
    "terms": ("begrippen.yaml", tuple[TermText, ...]),
    "workbook": ("werkboek.yaml", WorkbookText),
    "signs": ("tekens.yaml", Annotated[tuple[SignEdition, ...], Field(min_length=1)]),
}
"""The file of each part, and its contract."""


def load(folder: Path, glossary: Path) -> Texts:
    """Read all texts. Raises `UserError` naming the file and the line of every mistake."""
    return Texts(**{part: load_part(part, folder, glossary) for part in FILES})


def load_part(part: str, folder: Path, glossary: Path) -> Any:
    """Read one part. Raises `UserError` as `load` does."""
    name, contract = FILES[part]
    return read(glossary if part == "terms" else folder / name).held(contract)


def facts_of(texts: Texts) -> dict[str, str]:
    """The facts as templates use them: `feiten.wet_jaar`."""
    return {name: fact.waarde for name, fact in texts.facts.items()}


def load_workbook(folder: Path) -> WorkbookText:
    """Read the words of the downloads alone. Raises `UserError` as `load` does."""
    found: WorkbookText = read(folder / "werkboek.yaml").held(WorkbookText)
    return found
