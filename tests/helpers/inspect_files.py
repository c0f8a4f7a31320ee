"""Files to look into: deliveries with other names, orders and codes, and the command run on them in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from engine_deliveries import PEILDATUM, Row

from schemas.columns import COLUMNS
from wi2007 import cli

OTHER_NAMES = {
    "persoonsnummer": "PSEUDO_ID",
    "geslacht": "Sekse",
    "geboortedatum": "gebdat",
    "land_van_herkomst": "Herkomstland",
    "gevraagde_nationaliteit": "gevr_nat",
    "nationaliteit_1": "nat1",
    "nationaliteit_2": "nat2",
    "nationaliteit_3": "nat3",
    "nationaliteit_4": "nat4",
    "gemeentecode": "woongemeente",
    "statuscode": "inburgeringsstatus",
    "statusdatum": "datum_status",
    "startdatum_plicht": "begindatum",
    "doelgroep": "soort inburgeraar",
    "examenonderdelen_behaald": "Onderdelen behaald",
    "laatste_examendatum": "datum_laatste_examen",
    "taaluren": "UREN_TAALLES",
    "inkomensbron": "bron_inkomen",
    "ontheffing_geweigerd": "ontheffing afgewezen",
}
Change = Callable[[Row], Mapping[str, str]]


@dataclass(frozen=True)
class Looked:
    """What the command did. `mapping` is what it wrote, empty when it wrote nothing."""

    status: int
    out: str
    err: str
    target: Path

    @property
    def text(self) -> str:
        return self.target.read_text(encoding="utf-8") if self.target.is_file() else ""

    @property
    def mapping(self) -> dict[str, Any]:
        return dict(yaml.load(self.text, yaml.BaseLoader) or {}) if self.text else {}

    @property
    def columns(self) -> dict[str, Any]:
        return dict(self.mapping.get("kolommen") or {})

    def verdict(self, column: str) -> str:
        """The words of a column's verdict on the screen."""
        line = next(
            line for line in self.out.split("Het voorstel:")[1].splitlines() if line.split()[:1] == [column]
        )
        return next(
            words
            for words in ("zeker", "waarschijnlijk", "onzeker", "niet gevonden")
            if f"  {words}  " in line
        )

    @property
    def told(self) -> str:
        return self.out + self.err


def text_with(
    rows: Sequence[Row],
    names: Mapping[str, str] = OTHER_NAMES,
    change: Change = lambda row: {},
    sign: str = ";",
) -> str:
    """A delivery whose fields have these names in this order; `change` gives a row other or more fields."""
    rows = [{**row, **change(row)} for row in rows]
    columns = [
        *(name for name in names if name in COLUMNS),
        *(name for name in rows[0] if name not in COLUMNS),
    ]
    lines = [sign.join(names.get(name, name) for name in columns)]
    lines += [sign.join(row[name] for name in columns) for row in rows]
    return "\r\n".join(lines) + "\r\n"


def raw(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    """The content as a delivery in `data/raw/<peildatum>/`."""
    path = folder / "data" / "raw" / PEILDATUM / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def look(capsys: pytest.CaptureFixture[str], path: Path, *words: str, target: Path | None = None) -> Looked:
    """Give the command."""
    capsys.readouterr()
    status = cli.main(["inspect", str(path), *words, *(("--output", str(target)) if target else ())])
    told = capsys.readouterr()
    return Looked(status, told.out, told.err, target or path.with_name("levering.yaml"))
