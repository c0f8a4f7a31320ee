"""What to read from a workbook: `config/cbs.yaml`, or the `cbs.yaml` beside the workbook; and what signs mean.

What does not belong here: what a setting does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from schemas.cbs_layout import CbsLayout, LabelMeaning
from schemas.report import SignEdition
from wi2007.cbs.labels import key
from wi2007.decisions import Place, read


def load_layout(path: Path) -> CbsLayout:
    """Read a layout. Raises `UserError` with the line of every mistake, also of a word that has two meanings."""
    decisions = read(path)
    wanted: CbsLayout = decisions.held(CbsLayout)
    mistakes = [decisions.at(place, what) for place, what in _doubled(wanted)]
    if mistakes:
        decisions.refuse(mistakes)
    return wanted


def _doubled(wanted: CbsLayout) -> Iterator[tuple[Place, str]]:
    """Labels and units that stand twice: only one of them would count."""
    lists: list[tuple[Place, list[LabelMeaning]]] = [(("labels",), wanted.labels)]
    lists += [(("bladen", at, "labels"), one.labels) for at, one in enumerate(wanted.bladen)]
    for start, meanings in lists:
        places = [((*start, at, "staat"), word) for at, one in enumerate(meanings) for word in one.staat]
        yield from _repeated("het label", places)
    yield from _repeated(
        "de eenheid",
        [(("eenheden", unit), word) for unit, names in wanted.eenheden.items() for word in names],
    )


def _repeated(kind: str, places: Sequence[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for place, word in places:
        if key(word) in seen:
            yield place, f"{kind} '{word}' staat er twee keer. Laat er één staan."
        seen.add(key(word))


def load_signs(path: Path) -> list[SignEdition]:
    """Read the editions of CBS's signs. Raises `UserError` with the line of every mistake."""
    found: list[SignEdition] = read(path).held(Annotated[list[SignEdition], Field(min_length=1)])
    return found
