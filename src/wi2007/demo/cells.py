"""From margins to persons with traits: who is of which route, gender, origin, municipality and age class.

Within a route the margins of the study are dealt out exactly and joined at random, so that every table comes out as
solved; what the study leaves open (sizes of countries and municipalities in "Overig", status codes, ages of those who
left) follows `samenhang` in `config/demo.yaml`.

What does not belong here: dates, nationalities and other columns of a row (see `rows`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wi2007 import reference
from wi2007.demo.draws import Draws
from wi2007.demo.margins import AGE, GENDER, ROUTE, STILL_OBLIGED, Margins
from wi2007.demo.settings import Settings
from wi2007.demo.sharing import apportion, flattened
from wi2007.reference import RNI, UNKNOWN_CODE

COUNTRY = "land_van_herkomst"
MUNICIPALITY = "gemeente"
GENDERS = {"man": "M", "vrouw": "V"}

Texts = NDArray[np.str_]


@dataclass(frozen=True)
class Persons:
    """One value for each person in every column: codes as in the delivery, `leeftijdsklasse` as its label."""

    geslacht: Texts
    land: Texts
    gemeente: Texts
    statuscode: Texts
    leeftijdsklasse: Texts
    nieuwkomer: NDArray[np.bool_]
    turks: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.geslacht)


def persons(margins: Margins, settings: Settings, draws: Draws) -> Persons:
    """Everyone of the study, grouped by route."""
    places = {
        COUNTRY: country_sizes(margins, settings),
        MUNICIPALITY: municipality_sizes(margins, settings, draws),
    }
    left = {variable: sizes.pool_of_those_who_left(draws, variable) for variable, sizes in places.items()}
    parts = []
    for route in reference.routes():
        if route == STILL_OBLIGED:
            parts.append(_obliged(margins, settings, draws, places))
        else:
            traits = {
                variable: _dealt(margins, draws, pool, variable, {ROUTE: route})
                for variable, pool in left.items()
            }
            parts.append(_left(margins, settings, draws, route, traits))
    return join(parts)


def join(parts: Sequence[Persons]) -> Persons:
    """All persons of the parts, one part after the other."""
    names = Persons.__dataclass_fields__
    return Persons(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def _obliged(margins: Margins, settings: Settings, draws: Draws, places: Mapping[str, Sizes]) -> Persons:
    """Those still obliged: the study gives their origin, municipality and age by gender."""
    pools = {
        variable: sizes.pool_of_those_obliged(draws, variable, _listed(margins, variable))
        for variable, sizes in places.items()
    }
    parts: list[dict[str, Texts]] = []
    for gender, code in GENDERS.items():
        given = {ROUTE: STILL_OBLIGED, GENDER: gender}
        traits = {variable: _dealt(margins, draws, pool, variable, given) for variable, pool in pools.items()}
        ages = spread(margins.having(AGE, **given))
        traits[AGE] = draws.shuffled(f"leeftijd {gender}", ages)
        traits[GENDER] = np.full(len(ages), code)
        parts.append(traits)
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    status = _statuses(settings, draws, STILL_OBLIGED, joined[MUNICIPALITY])
    return _finished(settings, draws, joined, status, settings.cells["nieuwkomers"]["nog_plichtig"])


def _left(
    margins: Margins, settings: Settings, draws: Draws, route: str, traits: dict[str, Texts]
) -> Persons:
    """Those of one other route: gender leans on the country, age on the status."""
    lean = by_code(traits[COUNTRY], {code: country.women for code, country in settings.countries.items()})
    women = favoured(draws, f"geslacht {route}", lean, margins.of(**{ROUTE: route, GENDER: "vrouw"}))
    traits[GENDER] = np.where(women, "V", "M")
    status = _statuses(settings, draws, route, traits[MUNICIPALITY])
    traits[AGE] = ages_by_status(settings, draws, route, status)
    return _finished(settings, draws, traits, status, settings.cells["nieuwkomers"]["anderen"])


def _finished(
    settings: Settings, draws: Draws, traits: Mapping[str, Texts], status: Texts, newcomers: int
) -> Persons:
    age = by_code(traits[AGE], {label: number for number, label in enumerate(age_labels())}, missing=2)
    count = len(status) * newcomers // 1000
    return Persons(
        geslacht=traits[GENDER],
        land=traits[COUNTRY],
        gemeente=traits[MUNICIPALITY],
        statuscode=status,
        leeftijdsklasse=traits[AGE],
        nieuwkomer=favoured(draws, f"nieuwkomer {status[0]}", -250 * age, count),
        turks=np.zeros(len(status), dtype=np.bool_),
    )


def age_labels() -> list[str]:
    """The age classes that occur: nobody is in the youngest, the obligation closed too long ago."""
    return [age.label for age in reference.age_classes()[1:]]


def ages_by_status(settings: Settings, draws: Draws, name: str, status: Texts) -> Texts:
    """An age class for each person, in the proportions assumed for the status."""
    ages = np.full(len(status), reference.UNKNOWN, dtype="U12")
    for code in sorted(set(status.tolist())):
        where = np.flatnonzero(status == code)
        weights = dict(zip(age_labels(), settings.cells["leeftijden"][code], strict=True))
        spread_ages = spread(apportion(len(where), weights))
        ages[where] = draws.shuffled(f"leeftijd {name} {code}", spread_ages)
    return ages


def _statuses(settings: Settings, draws: Draws, route: str, municipality: Texts) -> Texts:
    """A status code of the route for each person; who left for abroad is in the register of non-residents."""
    codes = [status.code for status in reference.statuses().values() if status.route == route]
    shares = settings.cells["statuscodes"].get(route) or dict.fromkeys(codes, 1)
    abroad = settings.cells["statuscodes_rni"].get(route) or shares
    status = np.full(len(municipality), "", dtype="U24")
    for name, mask, weights in (
        ("rni", municipality == RNI, abroad),
        ("gemeente", municipality != RNI, shares),
    ):
        codes_of_mask = spread(apportion(int(mask.sum()), weights))
        status[mask] = draws.shuffled(f"status {route} {name}", codes_of_mask)
    return status


def _dealt(margins: Margins, draws: Draws, pool: Pool, variable: str, given: Mapping[str, str]) -> Texts:
    """The codes of one variable for the cell `given`, in random order: named ones as solved, the rest from the pool."""
    codes = _codes_by_label(variable)
    counts = margins.having(variable, **given)
    named = {codes[label]: count for label, count in counts.items() if label in codes}
    rest = sum(count for label, count in counts.items() if label not in codes)
    values = np.concatenate([spread(named), pool.take(rest)])
    return draws.shuffled(" ".join((variable, *given.values())), values)


class Pool:
    """The persons of a rest category, in random order, to be dealt out."""

    def __init__(self, values: Texts) -> None:
        self.values = values

    def take(self, count: int) -> Texts:
        """The next `count` values; raises `ValueError` when there are fewer."""
        if count > len(self.values):
            raise ValueError("more persons are asked for than the rest category has")
        taken, self.values = self.values[:count], self.values[count:]
        return taken


@dataclass(frozen=True)
class Sizes:
    """By code: persons in the whole population and among those still obliged; `named` are margins of every route."""

    everyone: Mapping[str, int]
    obliged: Mapping[str, int]
    named: frozenset[str]

    def pool_of_those_who_left(self, draws: Draws, name: str) -> Pool:
        """Everyone no longer obliged whose code is not named."""
        counts = {
            code: count - self.obliged[code]
            for code, count in self.everyone.items()
            if code not in self.named
        }
        return Pool(draws.shuffled(f"rest {name}", spread(counts)))

    def pool_of_those_obliged(self, draws: Draws, name: str, listed: frozenset[str]) -> Pool:
        """Those still obliged whose code is not in the list of the study."""
        counts = {code: count for code, count in self.obliged.items() if code not in listed}
        return Pool(draws.shuffled(f"rest plichtig {name}", spread(counts)))


def country_sizes(margins: Margins, settings: Settings) -> Sizes:
    """Persons by country of origin; a country the study does not name stays below the least that it names."""
    weights = {code: country.weight for code, country in settings.countries.items()}
    return _sizes(margins, settings, COUNTRY, weights)


def municipality_sizes(margins: Margins, settings: Settings, draws: Draws) -> Sizes:
    """Persons by current municipality, RNI and unknown included; unnamed ones stay below the least that is named."""
    low, high = settings.cells["gemeente_elders"]
    known = settings.cells["gemeenten"]
    weights = {
        code: known.get(code, low + draws.below("gemeente_elders", high - low, number))
        for number, (code, place) in enumerate(reference.municipalities().items())
        if place.valid_on(settings.peildatum) and code != UNKNOWN_CODE
    }
    return _sizes(margins, settings, MUNICIPALITY, weights, settings.cells["gemeente_onbekend"])


def _sizes(
    margins: Margins,
    settings: Settings,
    variable: str,
    weights: Mapping[str, int],
    unknown: Mapping[str, int] | None = None,
) -> Sizes:
    gap = settings.cells["afstand_tot_ranglijst"]
    everyone = _coded(variable, margins.having(variable))
    obliged = _coded(variable, margins.having(variable, **{ROUTE: STILL_OBLIGED}))
    least = min(count for code, count in everyone.items() if code != RNI)
    least_obliged = min(obliged[code] for code in _listed(margins, variable) if code != RNI)
    named = frozenset(everyone)
    if unknown:
        everyone[UNKNOWN_CODE] = unknown["totaal"]
        obliged[UNKNOWN_CODE] = unknown["nog_plichtig"]
    free = {code: weight for code, weight in weights.items() if code not in everyone}
    rest = margins[frozenset()] - sum(everyone.values())
    everyone |= apportion(rest, free, least=1, most=least - gap)
    unlisted = {code: everyone[code] for code in free if code not in obliged}
    most = {code: min(size, least_obliged - gap) for code, size in unlisted.items()}
    rest = margins.of(**{ROUTE: STILL_OBLIGED}) - sum(obliged.values())
    obliged |= apportion(rest, flattened(unlisted), most=most)
    return Sizes(everyone, obliged, named)


def _listed(margins: Margins, variable: str) -> frozenset[str]:
    """The codes that the study's list of those still obliged names: the ones it also gives by gender."""
    return frozenset(_coded(variable, margins.having(variable, **{ROUTE: STILL_OBLIGED, GENDER: "man"})))


def _coded(variable: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by label to counts by code; rest categories have no code and are left out."""
    codes = _codes_by_label(variable)
    return {codes[label]: count for label, count in counts.items() if label in codes}


def _codes_by_label(variable: str) -> dict[str, str]:
    known = reference.countries() if variable == COUNTRY else reference.municipalities()
    return {code.label: code.code for code in known.values()}


def spread(counts: Mapping[str, int]) -> Texts:
    """Each name as many times as its count."""
    return np.repeat(np.array(list(counts), dtype=str), list(counts.values()))


def by_code(values: Texts, table: Mapping[str, int], missing: int = 0) -> NDArray[np.int64]:
    """For each value the number that the table has for it, looked up once for each distinct value."""
    distinct, position = np.unique(values, return_inverse=True)
    numbers = np.array([table.get(value, missing) for value in distinct.tolist()], dtype=np.int64)
    return numbers[position]


def favoured(draws: Draws, name: str, lean: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Exactly `count` persons, by lot; `lean` (per mille) makes one person likelier than another."""
    mixed = draws.order(name, len(lean))
    score = (draws.whole(f"{name} kans", 1000, len(lean)) + lean)[mixed]
    chosen = mixed[np.argsort(-score, kind="stable")[:count]]
    mask = np.zeros(len(lean), dtype=np.bool_)
    mask[chosen] = True
    return mask
