"""From margins to persons with traits: who is of which route, gender, origin, municipality and age class.

Within a route the margins of the study are dealt out exactly and joined at random, so that every table comes out as
solved; what the study leaves open (status codes, ages of those who left, who is nieuwkomer) follows `samenhang` in
`config/demo.yaml`. Beside them the Turkish nationals, whom the pipeline excludes: number and traits are invented.

What does not belong here: dates, nationalities and other columns of a row (see `rows`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from wi2007 import reference
from wi2007.demo.arrays import Draws, Mask, Texts, by_code, spread
from wi2007.demo.margins import AGE, COUNTRY, GENDER, MUNICIPALITY, ROUTE, STILL_OBLIGED, Margins
from wi2007.demo.settings import Settings
from wi2007.demo.sizes import Pool, Sizes, apportion, coded, codes_by_label
from wi2007.reference import RNI

GENDERS = {"man": "M", "vrouw": "V"}


@dataclass(frozen=True)
class Persons:
    """One value for each person in every column: codes as in the delivery, `leeftijdsklasse` as its label."""

    geslacht: Texts
    land: Texts
    gemeente: Texts
    statuscode: Texts
    leeftijdsklasse: Texts
    nieuwkomer: Mask
    turks: Mask

    def __len__(self) -> int:
        return len(self.geslacht)


def join(parts: Sequence[Persons]) -> Persons:
    """All persons of the parts, one part after the other."""
    names = [field.name for field in fields(Persons)]
    return Persons(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


@dataclass(frozen=True)
class Making:
    """What persons are made from."""

    margins: Margins
    settings: Settings
    draws: Draws

    def persons(self, places: Sequence[Sizes]) -> Persons:
        """Everyone of the study, grouped by route; `places` are the countries and the municipalities."""
        pools = {sizes.variable: sizes.rest_of_those_who_left(self.draws) for sizes in places}
        parts = []
        for route in reference.routes():
            if route == STILL_OBLIGED:
                parts.append(self._obliged(places))
            else:
                parts.append(self._left(route, self._dealt(pools, {ROUTE: route})))
        return join(parts)

    def _obliged(self, places: Sequence[Sizes]) -> Persons:
        """Those still obliged: the study gives their origin, municipality and age by gender."""
        pools = {sizes.variable: sizes.rest_of_those_obliged(self.draws) for sizes in places}
        parts = []
        for gender, code in GENDERS.items():
            given = {ROUTE: STILL_OBLIGED, GENDER: gender}
            ages = spread(self.margins.having(AGE, **given))
            traits = {AGE: self.draws.shuffled(f"leeftijd {gender}", ages), GENDER: np.full(len(ages), code)}
            parts.append(traits | self._dealt(pools, given))
        joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        status = statuses(self.settings, self.draws, STILL_OBLIGED, joined[MUNICIPALITY])
        return self._finished(joined, status, self.settings.cells.nieuwkomers.nog_plichtig)

    def _left(self, route: str, traits: dict[str, Texts]) -> Persons:
        """Those of one other route: gender leans on the country, age on the status."""
        shares = {code: country.women for code, country in self.settings.countries.items()}
        count = self.margins.of(**{ROUTE: route, GENDER: "vrouw"})
        women = self.draws.favoured(f"geslacht {route}", by_code(traits[COUNTRY], shares), count)
        status = statuses(self.settings, self.draws, route, traits[MUNICIPALITY])
        traits |= {
            GENDER: np.where(women, "V", "M"),
            AGE: ages_by_status(self.settings, self.draws, route, status),
        }
        return self._finished(traits, status, self.settings.cells.nieuwkomers.anderen)

    def _dealt(self, pools: Mapping[str, Pool], given: Mapping[str, str]) -> dict[str, Texts]:
        """Codes for the persons of the cell `given`, in random order: as solved where named, else from the pools."""
        dealt = {}
        for variable, pool in pools.items():
            counts = self.margins.having(variable, **given)
            named = coded(codes_by_label(variable, self.settings), counts)
            rest = pool.take(sum(counts.values()) - sum(named.values()))
            name = " ".join((variable, *given.values()))
            dealt[variable] = self.draws.shuffled(name, np.concatenate([spread(named), rest]))
        return dealt

    def _finished(self, traits: Mapping[str, Texts], status: Texts, newcomers: int) -> Persons:
        count = len(status) * newcomers // 1000
        return Persons(
            geslacht=traits[GENDER],
            land=traits[COUNTRY],
            gemeente=traits[MUNICIPALITY],
            statuscode=status,
            leeftijdsklasse=traits[AGE],
            nieuwkomer=the_younger(self.draws, f"nieuwkomer {status[0]}", traits[AGE], count),
            turks=np.zeros(len(status), dtype=np.bool_),
        )


def the_younger(draws: Draws, name: str, ages: Texts, count: int) -> Mask:
    """Exactly `count` persons by lot, the younger ones far likelier."""
    older = by_code(ages, {label: number for number, label in enumerate(age_labels())}, missing=2)
    return draws.favoured(name, -250 * older, count)


def age_labels() -> list[str]:
    """The age classes that occur: nobody is in the youngest, the obligation closed too long ago."""
    return [age.label for age in reference.age_classes()[1:]]


def ages_by_status(settings: Settings, draws: Draws, name: str, status: Texts) -> Texts:
    """An age class for each person, in the proportions assumed for the status."""
    ages = np.full(len(status), reference.UNKNOWN, dtype="U12")
    for code in sorted(set(status.tolist())):
        where = np.flatnonzero(status == code)
        weights = dict(zip(age_labels(), settings.cells.leeftijden[code], strict=True))
        ages[where] = draws.shuffled(f"leeftijd {name} {code}", spread(apportion(len(where), weights)))
    return ages


def statuses(settings: Settings, draws: Draws, route: str, municipality: Texts) -> Texts:
    """A status code of the route for each person; the register of non-residents has shares of its own."""
    codes = [status.code for status in reference.statuses().values() if status.route == route]
    shares = settings.cells.statuscodes.get(route) or dict.fromkeys(codes, 1)
    abroad = settings.cells.statuscodes_rni.get(route) or shares
    found = np.full(len(municipality), "", dtype="U24")
    outside = municipality == RNI
    for name, mask, weights in (("rni", outside, abroad), ("gemeente", ~outside, shares)):
        dealt = spread(apportion(int(mask.sum()), weights))
        found[mask] = draws.shuffled(f"status {route} {name}", dealt)
    return found


def turkish_persons(settings: Settings, draws: Draws, municipalities: Mapping[str, int]) -> Persons:
    """As many Turkish nationals as `turks` of `config/demo.yaml` says, spread like `municipalities`."""
    chosen = settings.turkish
    count = chosen.aantal
    status = _mixed(draws, "statuscode", count, chosen.statuscodes)
    ages = ages_by_status(settings, draws, "turks", status)
    newcomers = count * settings.cells.nieuwkomers.anderen // 1000
    return Persons(
        geslacht=_mixed(draws, "geslacht", count, chosen.geslacht),
        land=_mixed(draws, "land", count, chosen.landen),
        gemeente=_mixed(draws, "gemeente", count, municipalities),
        statuscode=status,
        leeftijdsklasse=ages,
        nieuwkomer=the_younger(draws, "turks nieuwkomer", ages, newcomers),
        turks=np.ones(count, dtype=np.bool_),
    )


def _mixed(draws: Draws, name: str, count: int, weights: Mapping[str, int]) -> Texts:
    return draws.shuffled(f"turks {name}", spread(apportion(count, weights)))
