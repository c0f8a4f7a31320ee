"""How many persons each country of origin and each municipality has, also those the study puts under 'Overig'.

Named ones are as solved. The others share what is left in proportion to assumed weights, and stay below the least that
is named, so that they enter no ranked list.
They are divided in whole numbers, the same on every machine.
What does not belong here: who these persons are (`cells`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isqrt

from schemas.demo import Both
from wi2007 import reference
from wi2007.demo.arrays import LAW, Draws, Texts, spread
from wi2007.demo.margins import COUNTRY, GENDER, MUNICIPALITY, ROUTE, STILL_OBLIGED, Margins
from wi2007.demo.settings import Settings, impossible
from wi2007.reference import RNI, UNKNOWN_CODE


def apportion(
    total: int,
    weights: Mapping[str, int],
    *,
    least: int = 0,
    most: Mapping[str, int] | int | None = None,
) -> dict[str, int]:
    """Divide `total` in proportion to `weights` by largest remainders, each share from `least` to `most`.

    What a category may not take goes to the others. Ties go to the category that comes first.
    Raises `UserError` when the limits leave no room for `total`.
    """
    limits = most if isinstance(most, Mapping) else dict.fromkeys(weights, total if most is None else most)
    shares = {name: min(least, limits[name]) for name in weights}
    left = total - sum(shares.values())
    open_names = [name for name in weights if shares[name] < limits[name] and weights[name] > 0]
    while left > 0 and open_names:
        given = _largest_remainders(left, {name: weights[name] for name in open_names})
        for name, count in given.items():
            taken = min(count, limits[name] - shares[name])
            shares[name] += taken
            left -= taken
        open_names = [name for name in open_names if shares[name] < limits[name]]
    if left != 0:
        raise impossible(f"{total} personen zijn niet te verdelen over {len(weights)} categorieën")
    return shares


def _largest_remainders(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    whole = sum(weights.values())
    shares = {name: total * weight // whole for name, weight in weights.items()}
    rest = sorted(weights, key=lambda name: -(total * weights[name] % whole))
    for name in rest[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def flattened(sizes: Mapping[str, int]) -> dict[str, int]:
    """The sizes to the power 3/4: the same order with less distance between large and small."""
    return {name: isqrt(size * isqrt(size)) for name, size in sizes.items()}


class Pool:
    """The persons of a rest category, in random order, to be dealt out."""

    def __init__(self, values: Texts) -> None:
        self.values = values

    def take(self, count: int) -> Texts:
        """The next `count` values; raises `UserError` when there are fewer."""
        if count > len(self.values):
            raise impossible("een restcategorie heeft te weinig personen")
        taken, self.values = self.values[:count], self.values[count:]
        return taken


@dataclass(frozen=True)
class Sizes:
    """Persons by code, for one variable: everyone, and those still obliged.

    `named` are the codes that the study gives for every route, `listed` those it gives for the still obliged by gender.
    """

    variable: str
    everyone: Mapping[str, int]
    obliged: Mapping[str, int]
    named: frozenset[str]
    listed: frozenset[str]

    def rest_of_those_who_left(self, draws: Draws) -> Pool:
        """Everyone no longer obliged whose code is not named."""
        counts = {
            code: count - self.obliged[code]
            for code, count in self.everyone.items()
            if code not in self.named
        }
        return Pool(draws.shuffled(f"rest {self.variable}", spread(counts)))

    def rest_of_those_obliged(self, draws: Draws) -> Pool:
        """Those still obliged whose code is not listed."""
        counts = {code: count for code, count in self.obliged.items() if code not in self.listed}
        return Pool(draws.shuffled(f"rest plichtig {self.variable}", spread(counts)))


def country_sizes(margins: Margins, settings: Settings) -> Sizes:
    """Persons by country of origin."""
    weights = {code: country.weight for code, country in settings.countries.items()}
    return _sizes(margins, settings, COUNTRY, weights, None)


def municipality_sizes(margins: Margins, settings: Settings, draws: Draws) -> Sizes:
    """Persons by current municipality, RNI and unknown included."""
    low, high = settings.cells.gemeente_elders
    known = settings.cells.gemeenten
    under_the_law = [item for item in reference.municipalities().items() if not _ended_before(LAW, item[1])]
    weights = {
        code: known.get(code, low + draws.below("gemeente_elders", high - low, number))
        for number, (code, place) in enumerate(under_the_law)
        if place.valid_on(settings.peildatum)
    }
    return _sizes(margins, settings, MUNICIPALITY, weights, settings.cells.gemeente_onbekend)


def _ended_before(day: date, place: reference.Code) -> bool:
    return place.valid_to is not None and place.valid_to <= day


def _sizes(
    margins: Margins,
    settings: Settings,
    variable: str,
    weights: Mapping[str, int],
    unknown: Both | None,
) -> Sizes:
    """`unknown` gives the persons of code 0000, where that is not one of `weights`."""
    codes = codes_by_label(variable, settings)
    everyone = coded(codes, margins.having(variable))
    obliged = coded(codes, margins.having(variable, **{ROUTE: STILL_OBLIGED}))
    listed = frozenset(coded(codes, margins.having(variable, **{ROUTE: STILL_OBLIGED, GENDER: "man"})))
    named, named_obliged = frozenset(everyone), frozenset(obliged)
    if unknown:
        everyone[UNKNOWN_CODE], obliged[UNKNOWN_CODE] = unknown.totaal, unknown.nog_plichtig
    gap = settings.cells.afstand_tot_ranglijst
    room = min(everyone[code] for code in named - {RNI}) - gap
    free = {code: weight for code, weight in weights.items() if code not in everyone}
    everyone |= apportion(margins.of() - sum(everyone.values()), free, least=1, most=room)
    room = min(obliged[code] for code in listed - {RNI}) - gap
    free = {code: everyone[code] for code in free if code not in named_obliged}
    most = {code: min(size, room) for code, size in free.items()}
    rest = margins.of(**{ROUTE: STILL_OBLIGED}) - sum(obliged.values())
    obliged |= apportion(rest, flattened(free), most=most)
    return Sizes(variable, everyone, obliged, named, listed)


def codes_by_label(variable: str, settings: Settings) -> dict[str, str]:
    """The code behind a name in the study; where names repeat, the one in force at the peildatum."""
    known = reference.countries() if variable == COUNTRY else reference.municipalities()
    by_age = sorted(known.values(), key=lambda code: code.valid_on(settings.peildatum))
    return {code.label: code.code for code in by_age}


def coded(codes: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by label to counts by code; rest categories have no code and are left out."""
    return {codes[label]: count for label, count in counts.items() if label in codes}
