"""The areas of the municipalities at the peildatum, from boundaries of that day or of an earlier one.

A code that ended is followed to its successor; areas that belong together become one, without a border inside.
What does not belong here: reading the file, drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wi2007 import dutch
from wi2007.classification import Place, classification
from wi2007.decisions import name
from wi2007.errors import UserError
from wi2007.publication.map.boundaries import Areas, listed
from wi2007.publication.map.figures import NO_MUNICIPALITY, municipalities


@dataclass(frozen=True)
class Country:
    """The area of every municipality at the peildatum, and how many codes of the file were followed or split."""

    areas: dict[str, BaseGeometry]
    followed: int
    split: int


def at_peildatum(path: Path, areas: Areas, peildatum: date) -> Country:
    """Bring the areas of a file to the classification at the peildatum.

    Raises `UserError` when a code is no municipality, and when a municipality has no area.
    """
    known = {code: place for code, place in classification(peildatum).items() if code not in NO_MUNICIPALITY}
    strange = [code for code in areas if code not in known or not known[code].code]
    later = [code for code in strange if code in known and known[code].standing == "nog_niet_geldig"]
    if later:
        raise UserError(_too_new(path, later, peildatum))
    if strange:
        raise UserError(
            f"In {name(path)} {_are(len(strange))} geen gemeente op {dutch.day(peildatum)}: "
            f"{listed(strange)}. Kies een bestand met alleen gemeenten, of een andere eigenschap bij 'code'."
        )
    missing = municipalities(peildatum).keys() - {known[code].code for code in areas}
    if missing:
        raise UserError(
            f"In {name(path)} {_lack(len(missing))} op {dutch.day(peildatum)}: {listed(missing)}. Kies een bestand "
            f"met de gemeentelijke indeling van {peildatum.year} of van kort daarvoor."
        )
    places = [known[code] for code in areas]
    return Country(
        {code: _one(areas, known, code) for code in municipalities(peildatum)},
        followed=sum(place.standing == "opgevolgd" for place in places),
        split=sum(place.split for place in places),
    )


def valid(shapes: Iterable[BaseGeometry]) -> NDArray[Any]:
    """Shapes that can be put together: a border that touches or crosses itself is taken apart."""
    found = np.array(list(shapes), dtype=object)
    broken = ~shapely.is_valid(found)
    if broken.any():
        found[broken] = shapely.make_valid(found[broken], method="structure", keep_collapsed=False)
    return found


def _one(areas: Areas, known: dict[str, Place], code: str) -> BaseGeometry:
    own = [one for each, some in areas.items() if known[each].code == code for one in some]
    return own[0] if len(own) == 1 else shapely.union_all(valid(own))


def _too_new(path: Path, codes: list[str], peildatum: date) -> str:
    many = "gemeente die" if len(codes) == 1 else "gemeenten die"
    return (
        f"In {name(path)} {'staat' if len(codes) == 1 else 'staan'} {len(codes)} {many} op {dutch.day(peildatum)} nog "
        f"niet {'bestond' if len(codes) == 1 else 'bestonden'}: {listed(codes)}. Kies een bestand met de gemeentelijke "
        f"indeling van {peildatum.year} of van kort daarvoor."
    )


def _are(count: int) -> str:
    return "is 1 code" if count == 1 else f"zijn {count} codes"


def _lack(count: int) -> str:
    return (
        "ontbreekt het gebied van 1 gemeente"
        if count == 1
        else f"ontbreken de gebieden van {count} gemeenten"
    )
