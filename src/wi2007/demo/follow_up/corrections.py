"""What was wrong or not known before: gender, birth date, country of origin, target group.

Choices: `verbeteringen` of `config/demo_vervolg.yaml`. Each choice changes exactly as many persons as it says.
What does not belong here: nationalities (see `asked`), a wrong status (see `statuses`).
"""

from __future__ import annotations

import numpy as np

from wi2007.demo.arrays import Whole, groups
from wi2007.demo.follow_up.people import People

_DAYS, _MONTHS = 28, 12
_LEAP_DAY = 229


def change(people: People) -> None:
    """Correct these columns."""
    _gender(people)
    _birth(people)
    _country(people)
    _target_group(people)


def _gender(people: People) -> None:
    column = people.now["geslacht"]
    known = np.isin(column, ["M", "V"])
    who = people.pick_by_number("geslacht", known, people.choices.verbeteringen.geslacht)
    column[who] = np.where(column[who] == "M", "V", "M")


def _birth(people: People) -> None:
    """Parts that were unknown are filled in; a date that was whole becomes some years earlier or later."""
    chosen, column = people.choices.verbeteringen, people.now["geboortedatum"]
    first, last = chosen.geboortejaren
    years = column // 10_000
    able = (years >= first) & (years <= last)
    who = people.pick_by_number("geboortedatum", able, chosen.geboortedatum)
    column[who] = np.where(column[who] % 100 == 0, _completed(people, column[who]), _shifted(people, who))


def _completed(people: People, births: Whole) -> Whole:
    month, day = births // 100 % 100, births % 100
    months = people.draws.whole("geboortemaand", _MONTHS, len(births)) + 1
    days = people.draws.whole("geboortedag", _DAYS, len(births)) + 1
    month, day = np.where(month == 0, months, month), np.where(day == 0, days, day)
    return np.asarray(births // 10_000 * 10_000 + month * 100 + day)


def _shifted(people: People, who: Whole) -> Whole:
    """Another year of birth, never the same; 29 February becomes the day before."""
    most = people.choices.verbeteringen.jaren_verschil
    years = people.draws.whole("geboortejaar", most, len(who)) + 1
    earlier = people.draws.whole("geboortejaar eerder", 2, len(who)) == 0
    births = people.now["geboortedatum"][who]
    births = np.where(births % 10_000 == _LEAP_DAY, births - 1, births)
    return np.asarray(births + np.where(earlier, -years, years) * 10_000)


def _country(people: People) -> None:
    """Another country of origin for persons of the countries in the list."""
    chosen, column = people.choices.verbeteringen, people.now["land_van_herkomst"]
    listed = np.isin(column, list(chosen.landen))
    who = people.pick_by_number("land_van_herkomst", listed, chosen.land_van_herkomst)
    for code, where in groups(column[who]):
        targets = chosen.landen[code]
        drawn = people.draws.picks(f"land {code}", list(targets.values()), len(where))
        column[who[where]] = np.array(list(targets))[drawn]


def _target_group(people: People) -> None:
    """The other target group; who had none is a nieuwkomer."""
    column = people.now["doelgroep"]
    everyone = np.ones(len(people), dtype=np.bool_)
    who = people.pick_by_number("doelgroep", everyone, people.choices.verbeteringen.doelgroep)
    column[who] = np.where(column[who] == "NIEUWKOMER", "OUDKOMER", "NIEUWKOMER")
