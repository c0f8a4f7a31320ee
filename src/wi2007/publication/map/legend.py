"""Word a map: what a class is called in the legend, what the figures are of, and the text alternative.

What does not belong here: the text around the map (see `config/report/rapport.yaml`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from wi2007 import dutch
from wi2007.publication.map.classes import Class
from wi2007.publication.map.settings import Measure

NAMED = 3
"""So many municipalities are named; more are only counted."""

NOTES: Mapping[Measure, str] = {
    "aandeel": "In procenten van iedereen in de gemeente die ooit inburgeringsplichtig is geweest",
    "aantal": "Aantal personen dat nog inburgeringsplichtig is",
}
_SUBJECTS: Mapping[Measure, str] = {
    "aandeel": "het deel dat nog inburgeringsplichtig is",
    "aantal": "het aantal personen dat nog inburgeringsplichtig is",
}


def label(one: Class, measure: Measure) -> str:
    """A class as its legend says it: minder dan 2%, 2 tot 4%, 8% of meer."""
    sign = "%" if measure == "aandeel" else ""
    if one.low is None:
        return "te weinig personen voor een percentage"
    if one.is_nought:
        return f"0{sign}"
    low = _number(one.low)
    if one.high is None:
        return f"{low}{sign} of meer" if one.low else f"meer dan 0{sign}"
    return f"{low} tot {_number(one.high)}{sign}" if one.low else f"minder dan {_number(one.high)}{sign}"


def alternative(made: Sequence[Class], measure: Measure, names: Mapping[str, str]) -> str:
    """What is drawn, which class is the largest, and which municipalities are in the highest."""
    start = f"Kaart van Nederland met {municipalities(len(names))} in {_classes(len(made))} naar {_SUBJECTS[measure]}"
    most = max(len(one.members) for one in made)
    largest = [label(one, measure) for one in made if len(one.members) == most]
    if len(made) == 1:
        return f"{start}: {largest[0]}."
    told = (
        f"de meeste gemeenten ({dutch.count(most)}) staan in de klasse ‘{largest[0]}’"
        if len(largest) == 1
        else f"de klassen {_enumerate([f'‘{one}’' for one in largest])} zijn even groot ({municipalities(most)})"
    )
    top = [one for one in made if one.low]
    return f"{start}: {told}." + (f" {_highest(top[-1], measure, names)}" if top else "")


def _highest(top: Class, measure: Measure, names: Mapping[str, str]) -> str:
    who = [names[code] for code in top.members]
    told = _enumerate(who) if len(who) <= NAMED else municipalities(len(who))
    return f"In de hoogste klasse (‘{label(top, measure)}’) {'staat' if len(who) == 1 else 'staan'} {told}."


def _classes(count: int) -> str:
    return "één klasse" if count == 1 else f"{count} klassen"


def municipalities(count: int) -> str:
    """1 gemeente, 12 gemeenten."""
    return "1 gemeente" if count == 1 else f"{dutch.count(count)} gemeenten"


def _number(value: Decimal) -> str:
    exponent = value.normalize().as_tuple().exponent
    return dutch.decimal(float(value), max(-int(exponent), 0))


def _enumerate(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"
