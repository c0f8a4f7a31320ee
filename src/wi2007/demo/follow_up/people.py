"""The persons of the first delivery on their way to the second, and what was chosen for them.

The choices (`config/demo_vervolg.yaml`) are held against the code lists.
What does not belong here: what happens to whom (`changes`, `compose`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas import columns as c
from schemas.demo_follow_up import DetailChoices, FollowUpChoices, Persons, Shares, StatusChoices
from schemas.values import code_list
from wi2007 import reference
from wi2007.decisions import read
from wi2007.demo.arrays import Draws, Mask, Texts, Whole
from wi2007.demo.cells import age_labels
from wi2007.demo.rows import Columns
from wi2007.demo.settings import Mistake, Settings, of_file, unlisted
from wi2007.errors import UserError
from wi2007.project import CONFIG

OBLIGED = "IBP"
_ALL = 1000
_PER_MILLE = 1000
_HUNDRED = 100


def load(config: Path = CONFIG) -> FollowUpChoices:
    """Read the choices; raises `UserError` when the file is missing or something in it cannot stand there."""
    decisions = read(config / "demo_vervolg.yaml")
    choices: FollowUpChoices = decisions.held(FollowUpChoices)
    decisions.check(mistakes(choices))
    return choices


def mistakes(choices: FollowUpChoices) -> Iterator[Mistake]:
    """Every mistake in a name or a number of numbers: where it stands, and what is wrong with it."""
    yield from of_file(choices.bestand)
    yield from _of_statuses(choices.status)
    yield from _of_details(choices.gegevens)
    at, corrections = "verbeteringen", choices.verbeteringen
    for code, targets in corrections.landen.items():
        yield from unlisted((at, "landen"), [code], reference.countries())
        yield from _others((at, "landen", code), code, targets, reference.countries())
        if not sum(targets.values()):
            yield (at, "landen", code), "deze getallen zijn samen 0."
    if corrections.geboortejaren[1] < corrections.geboortejaren[0]:
        yield (at, "geboortejaren"), "het laatste jaar ligt voor het eerste."


def _of_statuses(choices: StatusChoices) -> Iterator[Mistake]:
    at, left = "status", [code for code in reference.statuses() if code != OBLIGED]
    yield from unlisted((at, "uitstroom"), choices.uitstroom, left)
    for code, rates in choices.uitstroom.items():
        if len(rates) != len(age_labels()):
            yield (
                (at, "uitstroom", code),
                f"hier horen {len(age_labels())} getallen, een voor elke leeftijdsklasse na de eerste.",
            )
    for place, of_class in enumerate(zip(*choices.uitstroom.values(), strict=False)):
        if sum(of_class) > _ALL:
            yield (at, "uitstroom"), f"in leeftijdsklasse {place + 1} stromen meer dan {_ALL} promille uit."
    if sum(choices.turks.values()) > _ALL:
        yield (at, "turks"), f"samen meer dan {_ALL} promille."
    yield from unlisted((at, "turks"), choices.turks, left)
    yield from unlisted((at, "terug"), choices.terug, left)
    yield from unlisted((at, "naar_herkomst"), choices.naar_herkomst, left)
    for code, weights in choices.naar_herkomst.items():
        yield from unlisted((at, "naar_herkomst", code), weights, reference.countries())
        if 0 in weights.values():
            yield (at, "naar_herkomst", code), "een kans is minstens 1."
    yield from unlisted((at, "verbeterd"), choices.verbeterd, left)
    for code, targets in choices.verbeterd.items():
        yield from _others((at, "verbeterd", code), code, targets, left)


def _of_details(choices: DetailChoices) -> Iterator[Mistake]:
    at = "gegevens"
    yield from unlisted((at, "leeg"), choices.leeg, c.DETAILS, every=True)
    for key, column in (("onderdelen", c.EXAMS), ("inkomensbron", c.INCOME)):
        table = getattr(choices, key)
        yield from unlisted((at, key), table, code_list(column) or ())
        for code, weights in table.items():
            if len(weights) != len(age_labels()):
                yield (
                    (at, key, code),
                    f"hier horen {len(age_labels())} getallen, een voor elke leeftijdsklasse.",
                )
        for place, weights in enumerate(zip(*table.values(), strict=False), start=1):
            if not sum(weights):
                yield (at, key), f"in leeftijdsklasse {place} zijn de getallen samen 0."
    for place, one in enumerate(choices.uren):
        if one.tot < one.van:
            yield (at, "uren", place), "tot is minder dan van."
    if not sum(one.gewicht for one in choices.uren):
        yield (at, "uren"), "de gewichten zijn samen 0."
    limits = [one.vanaf for one in choices.geweigerd]
    if limits[0] or limits != sorted(set(limits)):
        yield (at, "geweigerd"), "vanaf begint bij 0 en loopt op."


def _others(
    place: tuple[str | int, ...], code: str, targets: Collection[str], list_: Collection[str]
) -> Iterator[Mistake]:
    """Names that are known and are not the code itself."""
    yield from unlisted(place, targets, list_)
    if code in targets:
        yield (*place, code), "dit is geen verandering."


@dataclass(frozen=True)
class People:
    """Everyone of the first delivery, in its order.

    `before` are the columns as they were (see `rows.columns`), `now` what they have become; `age` is the label of the
    class at the first peildatum, and `there` says who is still in the register.
    """

    before: Columns
    now: dict[str, NDArray[Any]]
    age: Texts
    there: Mask
    first: Settings
    choices: FollowUpChoices
    draws: Draws

    def __len__(self) -> int:
        return len(self.there)

    @property
    def turks(self) -> Mask:
        """The Turkish nationals, as they were known at first."""
        return np.asarray(self.before["gevraagde_nationaliteit"] == "Turks")

    @property
    def obliged(self) -> Mask:
        """Who was still obliged at first, Turkish nationals not among them."""
        return np.asarray((self.before["statuscode"] == OBLIGED) & ~self.turks)

    @property
    def groups(self) -> tuple[Mask, Mask]:
        """Those still there: who was obliged at first, and the others."""
        return self.there & self.obliged, self.there & ~self.obliged & ~self.turks

    def got(self, *codes: str) -> Mask:
        """Who has one of these statuses now and had another one before."""
        changed = self.now["statuscode"] != self.before["statuscode"]
        return np.asarray(changed & np.isin(self.now["statuscode"], codes))

    def pick(self, name: str, eligible: Mask, count: int, weights: Whole | None = None) -> Whole:
        """`count` positions among the eligible by lot, in ascending order; `weights` (100 is usual) sets their chances.

        Raises `UserError` when there are fewer.
        """
        where = np.flatnonzero(eligible)
        if count > len(where):
            raise UserError(
                f"In config/demo_vervolg.yaml wordt om {count} personen gevraagd ({name}), maar zoveel zijn er niet. "
                "Zet de keuzes terug zoals ze waren, of neem een kleiner getal."
            )
        lot = self.draws.whole(name, 1 << 30, len(where))
        if weights is not None:
            lot = lot * _HUNDRED // weights[where]
        return np.sort(where[np.argsort(lot, kind="stable")[:count]])

    def pick_by_number(self, name: str, eligible: Mask, numbers: Persons) -> Whole:
        """So many of those who were still obliged, and so many of the others."""
        counts = (numbers.nog_plichtig, numbers.anderen)
        return self._both(name, [(eligible & group, n) for group, n in zip(self.groups, counts, strict=True)])

    def pick_by_share(self, name: str, eligible: Mask, shares: Shares) -> Whole:
        """Such a share of those who were still obliged, and such of the others; rounded down."""
        parts = []
        for group, share in zip(self.groups, (shares.nog_plichtig, shares.anderen), strict=True):
            found = eligible & group
            parts.append((found, int(found.sum()) * share // _PER_MILLE))
        return self._both(name, parts)

    def _both(self, name: str, parts: list[tuple[Mask, int]]) -> Whole:
        names = (f"{name}, nog plichtig", f"{name}, anderen")
        found = [self.pick(part, *asked) for part, asked in zip(names, parts, strict=True)]
        return np.sort(np.concatenate(found))


def another(drawn: Texts, own: Texts, known: Texts) -> Texts:
    """The values drawn; where one is the person's own already, the next of `known` (ascending, in a ring)."""
    following = known[(np.searchsorted(known, drawn) + 1) % len(known)]
    return np.where(drawn == own, following, drawn)
