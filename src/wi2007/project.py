"""Where things are: the project's own folders, and the data and reports of a run.

Imports only the standard library: the Snakefile and the command line read this at every run.
What does not belong here: the content of any file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wi2007.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"
REFERENCE = ROOT / "reference"
SCHEMAS = ROOT / "schemas"

DELIVERY_SUFFIXES = (".csv", ".txt")
DEMONSTRATION_PEILDATUM = "2022-07-01"


@dataclass(frozen=True)
class Run:
    """The data and reports of one working directory (`--directory`; the project itself by default)."""

    directory: Path = ROOT

    @property
    def raw(self) -> Path:
        """Deliveries, a folder for each peildatum; read-only."""
        return self.directory / "data" / "raw"

    def processed(self, peildatum: str) -> Path:
        """What the pipeline keeps for itself: exact, never published."""
        return self.directory / "data" / "processed" / peildatum

    def publication(self, peildatum: str) -> Path:
        """The only folder that reports, charts and downloads are made from."""
        return self.processed(peildatum) / "publicatie"

    def report(self, peildatum: str) -> Path:
        """What readers get."""
        return self.directory / "reports" / peildatum

    def peildata(self) -> list[str]:
        """Every peildatum with a folder under `data/raw/`, ascending.

        Raises `UserError` when a folder's name is no date.
        """
        if not self.raw.is_dir():
            return []
        names = sorted(p.name for p in self.raw.iterdir() if p.is_dir() and not p.name.startswith("."))
        return [check_peildatum(name) for name in names]

    def delivery(self, peildatum: str) -> Path:
        """The one DUO file in `data/raw/<peildatum>/`.

        Raises `UserError` when there is no folder, no file, or more than one.
        """
        folder = self.raw / check_peildatum(peildatum)
        if not folder.is_dir():
            raise UserError(
                f"Er is geen levering voor peildatum {peildatum}: de map data/raw/{peildatum}/ bestaat niet. "
                "Maak de map en zet het bestand van DUO erin."
            )
        files = sorted(p for p in folder.iterdir() if is_delivery(p))
        if not files:
            raise UserError(
                f"In data/raw/{peildatum}/ staat geen bestand van DUO. "
                f"Zet er één bestand in met de uitgang {' of '.join(DELIVERY_SUFFIXES)}."
            )
        if len(files) > 1:
            raise UserError(
                f"In data/raw/{peildatum}/ staan {len(files)} bestanden die een levering van DUO kunnen zijn. "
                "Laat er één staan en haal de andere weg."
            )
        if not _is_text(files[0].name):
            raise UserError(
                f"De naam van het bestand van DUO in data/raw/{peildatum}/ heeft tekens die geen UTF-8 zijn. "
                "Geef het bestand een andere naam."
            )
        return files[0]


def _is_text(name: str) -> bool:
    """Whether the bytes of a file's name are UTF-8; where they are not, Python writes them as lone surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def is_delivery(path: Path) -> bool:
    """Whether a file in a peildatum's folder is taken for the DUO delivery (and not the CBS workbook)."""
    return (
        path.is_file()
        and path.suffix.lower() in DELIVERY_SUFFIXES
        and not path.name.startswith((".", "~"))
        and not path.name.lower().startswith("cbs")
    )


def check_peildatum(text: str) -> str:
    """Return `text` when it is a date written yyyy-mm-dd; raise `UserError` otherwise."""
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise UserError(
        f"'{text}' is geen peildatum. Schrijf een peildatum als jaar-maand-dag, bijvoorbeeld 2022-07-01; "
        "zo heet ook de map onder data/raw/."
    )
