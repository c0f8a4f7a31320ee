"""The texts of the report, read from `config/report/` and `reference/begrippen.yaml` and held against their contract.

What does not belong here: filling texts in, the contract of `rapport.yaml`, which follows from the chapters.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field

from schemas.imprint import SourcesText
from schemas.report import CaptionsText, Fact, Phrases, ReportText, SignEdition, TermText, WordsText
from schemas.workbook import WorkbookText
from wi2007.decisions import read
from wi2007.publication import imprint
from wi2007.publication.imprint import Imprint

GLOSSARY: Final = "begrippen.yaml"


@dataclass(frozen=True)
class Texts:
    """Everything the report says that is not a figure."""

    report: ReportText[str]
    words: WordsText
    phrases: Phrases
    facts: dict[str, Fact]
    terms: tuple[TermText, ...]
    workbook: WorkbookText
    signs: tuple[SignEdition, ...]
    sources: SourcesText
    imprint: Imprint
    captions: CaptionsText


FILES: Final[dict[str, tuple[str, Any]]] = {
    "words": ("woorden.yaml", WordsText),
    "phrases": ("bevindingen.yaml", Phrases),
    "facts": ("feiten.yaml", dict[str, Fact]),
    "terms": (GLOSSARY, tuple[TermText, ...]),
    "workbook": ("werkboek.yaml", WorkbookText),
    "signs": ("tekens.yaml", Annotated[tuple[SignEdition, ...], Field(min_length=1)]),
    "sources": ("bronnen.yaml", SourcesText),
    "imprint": (imprint.FILE, Imprint),
    "captions": ("bijschriften_en.yaml", CaptionsText),
}
"""The file of each part but `rapport.yaml`, and its contract."""


def read_part(part: tuple[str, Any], folder: Path, glossary: Path) -> Any:
    """One file held against its contract. Raises `UserError` naming the file and the line of every mistake."""
    name, contract = part
    if name == imprint.FILE:
        return imprint.load(folder / name)
    return read(glossary if name == GLOSSARY else folder / name).held(contract)


def facts_of(texts: Texts) -> dict[str, str]:
    """The facts as templates use them: `feiten.wet_jaar`."""
    return {name: fact.waarde for name, fact in texts.facts.items()}


def load_workbook(folder: Path) -> WorkbookText:
    """Read the words of the downloads alone. Raises `UserError` as `read_part` does."""
    found: WorkbookText = read_part(FILES["workbook"], folder, folder)
    return found
