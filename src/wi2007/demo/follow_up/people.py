"""The persons of the first delivery on their way to the second: what they were, what they are now, and who is picked.

What does not belong here: what happens to whom (`statuses`, `places`, `corrections`, `entries`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas.demo_follow_up import FollowUpChoices, Persons, Shares
from wi2007.demo.arrays import Mask, Texts, Whole
from wi2007.demo.draws import Draws
from wi2007.demo.follow_up.settings import OBLIGED
from wi2007.demo.rows import Columns
from wi2007.demo.settings import Settings
from wi2007.errors import UserError

_PER_MILLE = 1000
_HUNDRED = 100


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
