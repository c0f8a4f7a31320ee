"""The closed lists at a peildatum: every value that a dimension of a cube can have, in the order of its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from schemas.outflow import PERIOD
from schemas.persons import GENDERS, TARGET_GROUPS
from wi2007 import reference
from wi2007.classification import Place, classification
from wi2007.periods import Periods


@dataclass(frozen=True)
class Lists:
    """The closed lists that hold at a peildatum, each in the order of its text."""

    peildatum: date

    @cached_property
    def dimensions(self) -> dict[str, tuple[str, ...]]:
        """The values that each dimension of the cubes can have."""
        return {
            "geslacht": tuple(sorted(GENDERS)),
            "land_van_herkomst": tuple(sorted(reference.countries())),
            "gemeente": tuple(sorted({place.code for place in self.places.values() if place.code})),
            "leeftijdsklasse": tuple(sorted(reference.age_labels())),
            "statuscode": tuple(sorted(reference.statuses())),
            "doelgroep": tuple(sorted(TARGET_GROUPS)),
            PERIOD: self.periods.codes,
        }

    @cached_property
    def periods(self) -> Periods:
        """The stretches of time by which a statusdatum is counted."""
        return Periods(self.peildatum)

    @cached_property
    def places(self) -> dict[str, Place]:
        """What every municipality code stands for."""
        return classification(self.peildatum)

    @cached_property
    def positions(self) -> dict[str, dict[str, int]]:
        """For each dimension the place of every value."""
        return {
            name: {value: at for at, value in enumerate(values)} for name, values in self.dimensions.items()
        }
