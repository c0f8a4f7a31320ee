"""The contract of correcties.yaml: which value of which person in a delivery is wrong, what it should be, and why.

Every scalar arrives as the text that stands in the file. A message never repeats a value that was set: it is a value of
a person's row. What does not belong here: reading the file, applying it (`wi2007.mapping.corrections`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from schemas.columns import COLUMNS, PERSON
from schemas.levering import EMPTY, Part, Text, allowed, wrong
from schemas.values import DAYS, is_value

CORRECTABLE = tuple(name for name in COLUMNS if name != PERSON)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


class Correction(Part):
    """One value of one person: in `kolom`, `oud` becomes `nieuw`, both as our columns write them; empty is `leeg`."""

    persoonsnummer: Text
    kolom: Text
    oud: Text
    nieuw: Text
    reden: Text
    bron: Text

    @field_validator("kolom")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in CORRECTABLE:
            raise wrong(f"Dit is geen kolom die verbeterd kan worden. Kies uit: {', '.join(CORRECTABLE)}.")
        return value

    @model_validator(mode="after")
    def _changes(self) -> Correction:
        if self.old == self.new:
            raise wrong("'oud' en 'nieuw' zijn gelijk. Verbeter er een, of haal de correctie weg.")
        return self

    @property
    def old(self) -> str:
        """The value that the delivery has; empty text where it has none."""
        return _ours(self.kolom, self.oud)

    @property
    def new(self) -> str:
        """The value that it should have."""
        return _ours(self.kolom, self.nieuw)


class Corrections(Part):
    """The whole of correcties.yaml."""

    correcties: Annotated[tuple[Correction, ...], Field(min_length=1)]

    @field_validator("correcties", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise wrong("Onder 'correcties' hoort een lijst te staan, met bij elke een streepje (-) ervoor.")
        return tuple(value)

    def mistakes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Corrections that cannot be: the place of each, and what may stand there."""
        seen: dict[tuple[str, str], int] = {}
        for at, one in enumerate(self.correcties):
            if not is_value(one.kolom, one.new):
                yield (
                    ("correcties", at, "nieuw"),
                    f"dit is geen waarde van '{one.kolom}'. {allowed(one.kolom)}",
                )
            if (one.persoonsnummer, one.kolom) in seen:
                yield (
                    ("correcties", at),
                    f"van deze persoon is '{one.kolom}' al eerder in dit bestand verbeterd. Laat er één staan.",
                )
            seen.setdefault((one.persoonsnummer, one.kolom), at)


def _ours(column: str, text: str) -> str:
    """A value as our column writes it: a date may be written 2015-03-01, no value is the word `leeg`."""
    if text == EMPTY:
        return ""
    return text.replace("-", "") if column in DAYS and _ISO.fullmatch(text) else text
