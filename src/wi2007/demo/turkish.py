"""The Turkish nationals of the demonstration delivery, whom the pipeline excludes: number and traits are invented.

What does not belong here: persons of Turkish origin who asked for another nationality; they are in the study (`cells`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wi2007.demo.arrays import Texts, spread
from wi2007.demo.cells import Persons, ages_by_status, the_younger
from wi2007.demo.draws import Draws
from wi2007.demo.settings import Settings
from wi2007.demo.sharing import apportion


def persons(settings: Settings, draws: Draws, municipalities: Mapping[str, int]) -> Persons:
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
