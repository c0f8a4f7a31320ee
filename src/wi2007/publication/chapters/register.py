"""Every chapter, in one list; from it follow the contract of `rapport.yaml` and the names that texts may use.

What does not belong here: what a chapter says.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from schemas.report import report_contract
from wi2007.publication.chapters.beside import BesideDuo
from wi2007.publication.chapters.cbs import Cbs
from wi2007.publication.chapters.change import Change
from wi2007.publication.chapters.chapter import Chapter
from wi2007.publication.chapters.edition import Edition
from wi2007.publication.chapters.english import English
from wi2007.publication.chapters.exemptions import Exemptions
from wi2007.publication.chapters.explanation import Protection, Signs, Terms
from wi2007.publication.chapters.map import Map
from wi2007.publication.chapters.outlook import Outlook
from wi2007.publication.chapters.policy import Policy
from wi2007.publication.chapters.populations import Populations
from wi2007.publication.chapters.processing import Adaptations, Funnel, Processing, Provenance, Reading
from wi2007.publication.chapters.spread import Spreading
from wi2007.publication.chapters.statements import Statements, Variants
from wi2007.publication.chapters.study import Errata, Reproduction
from wi2007.publication.chapters.summary import Summary
from wi2007.publication.chapters.tempo import Tempo
from wi2007.publication.content import texts, writer
from wi2007.publication.content.texts import Texts

CHAPTERS: Final[tuple[type[Chapter], ...]] = (
    Processing,
    Summary,
    Funnel,
    Adaptations,
    Terms,
    Provenance,
    Reading,
    Statements,
    Variants,
    Reproduction,
    Errata,
    English,
    Protection,
    Signs,
    Cbs,
    BesideDuo,
    Change,
    Tempo,
    Exemptions,
    Outlook,
    Populations,
    Spreading,
    Policy,
    Map,
    Edition,
)
"""What the values of one need, another gives before it."""

READS: Final = tuple(dict.fromkeys(name for chapter in CHAPTERS for name in chapter.reads))
"""The files of `publicatie/` that chapters read, besides `tabellen.csv` and `verwerking.json`."""

NAMES: Final = frozenset(
    (*writer.NAMES, *(name for one in CHAPTERS for name in (*one.names, *one.own_names)))
)
"""Every name that some text may use; which ones hold for a text is known when it is filled in."""

FILES: Final[dict[str, tuple[str, Any]]] = {
    "report": (
        "rapport.yaml",
        report_contract(
            keys=dict.fromkeys(one.key for one in CHAPTERS if one.key),
            parts=dict.fromkeys(part for one in CHAPTERS for part in one.parts),
        ),
    ),
    **texts.FILES,
}
"""The file of each part of the texts, and its contract."""


def load_texts(folder: Path, glossary: Path) -> Texts:
    """Read all texts of the report. Raises `UserError` naming the file and the line of every mistake."""
    return Texts(**{part: load_part(part, folder, glossary) for part in FILES})


def load_part(part: str, folder: Path, glossary: Path) -> Any:
    """Read one part of the texts. Raises `UserError` as `load_texts` does."""
    return texts.read_part(FILES[part], folder, glossary)
