"""The contract of `config/vergelijking.yaml`: the parts of the change between two peildata, in their order.

What does not belong here: how persons are followed (`wi2007.comparison`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from wi2007 import reference

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
StatusPart = Literal["uitgestroomd", "teruggekomen", "andere_route", "andere_code"]
Part = Literal[
    "definitie",
    "herindeling",
    "uit_register",
    "gecorrigeerd",
    "verhuisd",
    "ouder",
    StatusPart,
    "nieuw_in_register",
]
PARTS: Final = (
    "definitie",
    "herindeling",
    "uit_register",
    "gecorrigeerd",
    "verhuisd",
    "ouder",
    "uitgestroomd",
    "teruggekomen",
    "andere_route",
    "andere_code",
    "nieuw_in_register",
)
MERGED: Final = "herindeling"
"""The part in which municipalities become the ones they merged into."""
NET: Final = "netto"
OUT, IN = "uit", "in"
BEFORE: Final = (
    ("herindeling", "gecorrigeerd"),
    ("herindeling", "verhuisd"),
    *(("gecorrigeerd", later) for later in PARTS[4:10]),
)
"""Which part has to come before which: the other way round the first would never occur."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Link(_Model):
    """One link of the way from peildatum to peildatum; `per_route` splits its part by outflow route."""

    deel: Part
    label: Words
    per_route: bool = False
    reden: Words


class Net(_Model):
    """The one part that there is when persons cannot be followed."""

    deel: Literal["netto"]
    label: Words
    reden: Words


class Corrected(_Model):
    """What counts as earlier data put right, besides traits that do not change in time.

    `eerdere_status`: changes of status whose new date is at or before the earlier peildatum. `onbekende_gemeente`: a
    municipality that was unknown, or is.
    """

    eerdere_status: list[StatusPart]
    reden_eerdere_status: Words
    onbekende_gemeente: bool
    reden_onbekende_gemeente: Words


class Pseudonyms(_Model):
    """When two deliveries have the same pseudonyms: both shares, in percent, are at least these."""

    minstens_gevonden: Annotated[int, Field(ge=0, le=100)]
    minstens_zelfde_geboortedatum: Annotated[int, Field(ge=0, le=100)]
    reden: Words


class Comparison(_Model):
    """The whole of `config/vergelijking.yaml`."""

    delen: list[Link]
    netto: Net
    inburgeringsplichtig: Words
    gecorrigeerd: Corrected
    pseudoniemen: Pseudonyms

    @property
    def order(self) -> tuple[str, ...]:
        """The parts in the order of the chain."""
        return tuple(link.deel for link in self.delen)

    @property
    def named(self) -> tuple[Link | Net, ...]:
        """Every part that has a name for readers: those of the chain, and the one in their place."""
        return (*self.delen, self.netto)

    @property
    def by_route(self) -> frozenset[str]:
        """The parts that are split by outflow route."""
        return frozenset(link.deel for link in self.delen if link.per_route)

    def mistakes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What the parts among each other, and the code lists, have against it: where, and what is wrong."""
        for at, deel in enumerate(self.order):
            if deel in self.order[:at]:
                yield ("delen", at, "deel"), f"het deel '{deel}' staat er twee keer. Laat er één staan."
        for deel in PARTS:
            if deel not in self.order:
                yield (
                    ("delen",),
                    f"het deel '{deel}' ontbreekt. Zet het terug: anders tellen de delen niet op.",
                )
        for first, later in BEFORE:
            if later in self.order and first in self.order[self.order.index(later) :]:
                yield (
                    ("delen", self.order.index(first)),
                    f"het deel '{first}' staat na '{later}'. Zet het ervoor: anders komt het nooit voor.",
                )
        if self.inburgeringsplichtig not in reference.routes():
            yield (
                ("inburgeringsplichtig",),
                f"'{self.inburgeringsplichtig}' is geen uitstroomroute. Kies uit reference/uitstroomroutes.csv.",
            )
