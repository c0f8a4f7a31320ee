"""What happened to the persons of both deliveries: their statuses, places and nationalities, and what was wrong before.

A status that was reached has a day between the two peildata; a corrected one keeps the day it had.
Choices: `status`, `adres` and `verbeteringen` of `config/demo_vervolg.yaml`; each changes exactly as many as it says.
What does not belong here: who is in one of the deliveries only, and how the pipeline follows a code that ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from wi2007.demo.arrays import Mask, Texts, Whole, all_written, by_code, day_number, groups, written
from wi2007.demo.cells import age_labels
from wi2007.demo.follow_up.people import OBLIGED, People, another
from wi2007.demo.rows import DUTCH, NATIONALITIES, TURKISH, packed, per_status, predecessors
from wi2007.reference import RNI, UNKNOWN_CODE

DEPARTED = "VERTROKKEN"
_USUAL = 100
_PER_MILLE = 1000
_DAYS, _MONTHS = 28, 12
_LEAP_DAY = 229
ASKED = "gevraagde_nationaliteit"
TURKS, OTHER, DUTCH_WORD = "Turks", "anders", "Nederlands"
PASSED = "VOLDAAN"


def change_statuses(people: People) -> None:
    """Give the statuses that were reached and the corrected ones."""
    _leave(people)
    _come_back(people)
    moved = people.now["statuscode"] != people.before["statuscode"]
    people.now["statusdatum"][moved] = _days(people)[moved]
    _correct(people, ~moved)


def _leave(people: People) -> None:
    """Such a share by each status: of those obliged by age class, of the Turkish nationals altogether."""
    chosen = people.choices.status
    for place, label in enumerate(age_labels()):
        bound = people.there & people.obliged & (people.age == label)
        _divide(people, bound, label, {code: rates[place] for code, rates in chosen.uitstroom.items()})
    bound = people.there & people.turks & (people.before["statuscode"] == OBLIGED)
    _divide(people, bound, "turks", chosen.turks)


def _divide(people: People, bound: Mask, name: str, rates: dict[str, int]) -> None:
    size = int(bound.sum())
    for code, rate in rates.items():
        left = bound & (people.now["statuscode"] == OBLIGED)
        picked = people.pick(
            f"uitstroom {name} {code}", left, size * rate // _PER_MILLE, _chances(people, code)
        )
        people.now["statuscode"][picked] = code


def _chances(people: People, code: str) -> Whole:
    """How likely each person is to reach the status, in percent of a usual person of that age."""
    chosen = people.choices.status
    table = chosen.naar_herkomst.get(code, {})
    chances = by_code(people.before["land_van_herkomst"], table, missing=_USUAL)
    if code == DEPARTED:
        abroad = people.before["gemeentecode"] == RNI
        chances = np.where(abroad, chances * chosen.vertrokken_uit_rni // _USUAL, chances)
    return np.maximum(chances, 1)


def _come_back(people: People) -> None:
    """Some who had left are obliged again; nobody of the oldest class, whom the obligation no longer concerns."""
    able = people.there & ~people.turks & (people.age != age_labels()[-1])
    for code, count in people.choices.status.terug.items():
        had = able & (people.before["statuscode"] == code)
        people.now["statuscode"][people.pick(f"terug {code}", had, count)] = OBLIGED


def _days(people: People) -> Whole:
    """For everyone a day in the period (yyyymmdd); 0 for as many as the first delivery leaves out."""
    start, end = (day_number(day) for day in (people.first.peildatum, people.choices.peildatum))
    days = start + 1 + people.draws.whole("statusdatum", end - start, len(people))
    missing = per_status(people.first.rows.statusdatum_leeg, people.now["statuscode"])
    empty = people.draws.whole("statusdatum leeg", _PER_MILLE, len(people)) < missing
    return np.where(empty, 0, all_written(days))


def _correct(people: People, same: Mask) -> None:
    """Another status for some who had left and did not come back."""
    able = people.there & ~people.turks & same
    for code, targets in people.choices.status.verbeterd.items():
        for target, count in targets.items():
            had = able & (people.now["statuscode"] == code) & (people.before["statuscode"] == code)
            people.now["statuscode"][people.pick(f"verbeterd {code} {target}", had, count)] = target


def change_places(people: People) -> None:
    """Give the municipality codes as registered at the second peildatum."""
    chosen, place = people.choices.adres, people.now["gemeentecode"]
    _merge(people)
    gone = people.there & people.got(DEPARTED) & ~people.turks
    place[gone] = RNI
    returned = people.got(OBLIGED) & (people.before["gemeentecode"] == RNI)
    _settle(people, "teruggekeerd", np.flatnonzero(returned))

    free = ~gone & ~returned
    abroad, nowhere = place == RNI, place == UNKNOWN_CODE
    here = free & ~abroad & ~nowhere
    to_abroad = people.pick_by_share("naar rni", here, chosen.naar_rni)
    place[to_abroad] = RNI
    _settle(people, "uit rni", people.pick_by_share("uit rni", free & abroad, chosen.uit_rni))
    _settle(people, "gevonden", people.pick_by_share("gevonden", free & nowhere, chosen.gevonden))
    here[to_abroad] = False
    _settle(people, "verhuisd", people.pick_by_share("verhuisd", here, chosen.verhuisd))


def _merge(people: People) -> None:
    """Codes that ended between the peildata become their successor, but for some who are no longer followed."""
    place, day = people.now["gemeentecode"], people.now["statusdatum"]
    stays = people.draws.whole("oude code", _PER_MILLE, len(people)) < people.choices.adres.oude_code_blijft
    for old, (current, ended) in ended_between(people.first.peildatum, people.choices.peildatum).items():
        last = written(ended)
        kept = stays & (day > 0) & (day < last)
        place[(place == old) & ~kept] = current


def ended_between(first: date, second: date) -> dict[str, tuple[str, date]]:
    """Codes that ended after the first day and not after the second: the current code, and the day."""
    return {
        code: (current, day)
        for current, codes in predecessors(second).items()
        for code, day in codes
        if day > first
    }


def current_codes(peildatum: date) -> Mapping[str, str]:
    """By code that ended: the municipality that it is now part of."""
    return {code: current for current, codes in predecessors(peildatum).items() for code, _ in codes}


def followed(codes: Texts, peildatum: date) -> Texts:
    """Each code as the municipality that it stands for at the peildatum."""
    table, found = current_codes(peildatum), codes.copy()
    for code, where in groups(codes):
        found[where] = table.get(code, code)
    return found


def _settle(people: People, name: str, who: Whole) -> None:
    """Register persons in another municipality than theirs, the larger the likelier."""
    current = followed(people.now["gemeentecode"], people.choices.peildatum)
    codes, sizes = np.unique(current[_resident(people, current)], return_counts=True)
    drawn = codes[people.draws.picks(f"bestemming {name}", sizes, len(who))]
    people.now["gemeentecode"][who] = another(drawn, current[who], codes)


def _resident(people: People, current: Texts) -> Mask:
    return np.asarray(people.there & ~people.turks & (current != RNI) & (current != UNKNOWN_CODE))


def correct(people: People) -> None:
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


def change_nationalities(people: People) -> None:
    """Give the nationalities of the second peildatum."""
    _naturalise(people)
    _to_turks(people)
    _from_turks(people)
    _first(people)


def _naturalise(people: People) -> None:
    """Some who passed became Dutch, and most of them kept what they had."""
    shares = people.choices.verbeteringen.genaturaliseerd
    able = people.there & ~people.turks & (people.now[ASKED] == OTHER)
    just = able & people.got(PASSED)
    before = able & (people.before["statuscode"] == PASSED) & (people.now["statuscode"] == PASSED)
    parts = (("pas geslaagd", just, shares.pas_geslaagd), ("eerder", before, shares.eerder_geslaagd))
    who = np.sort(
        np.concatenate(
            [
                people.pick(f"genaturaliseerd, {name}", mask, int(mask.sum()) * share // _PER_MILLE)
                for name, mask, share in parts
            ]
        )
    )
    people.now[ASKED][who] = DUTCH_WORD
    keeps = people.draws.whole("houdt eerste", _PER_MILLE, len(who)) < people.first.rows.houdt_eerste
    had = people.now[NATIONALITIES[0]][who]
    _put_first(people, who, np.full(len(who), DUTCH), np.where(keeps, had, ""))


def _to_turks(people: People) -> None:
    """Persons with the Turkish nationality beside another turn out to have asked for it."""
    turkish = np.zeros(len(people), dtype=np.bool_)
    for column in NATIONALITIES:
        turkish |= people.now[column] == TURKISH
    able = turkish & (people.now[ASKED] == OTHER)
    who = people.pick_by_number("wordt turks", able, people.choices.verbeteringen.wordt_turks)
    people.now[ASKED][who] = TURKS


def _from_turks(people: People) -> None:
    """Turkish nationals who turn out to have asked for another nationality."""
    numbers = people.choices.verbeteringen.niet_turks
    obliged = people.before["statuscode"] == "IBP"
    able = people.there & people.turks
    for name, mask, count in (
        ("nog plichtig", able & obliged, numbers.nog_plichtig),
        ("anderen", able & ~obliged, numbers.anderen),
    ):
        people.now[ASKED][people.pick(f"niet turks, {name}", mask, count)] = OTHER


def _first(people: People) -> None:
    """Another first nationality for some whose nationalities did not change otherwise."""
    same: Mask = (people.now[ASKED] == OTHER) & (people.before[ASKED] == OTHER)
    who = people.pick_by_number("nationaliteit", same, people.choices.verbeteringen.nationaliteit)
    own = people.now[NATIONALITIES[0]]
    codes, sizes = np.unique(own[~np.isin(own, ["", DUTCH, TURKISH])], return_counts=True)
    drawn = codes[people.draws.picks("nationaliteit", sizes, len(who))]
    _put_first(people, who, another(drawn, own[who], codes), np.full(len(who), ""))


def _put_first(people: People, who: Whole, first: Texts, second: Texts) -> None:
    """A new first nationality, then `second` (may be empty), then what stood behind the old first one."""
    rest = [people.now[column][who] for column in NATIONALITIES[1:]]
    for column, values in zip(NATIONALITIES, packed([first, second, *rest]), strict=True):
        people.now[column][who] = values
