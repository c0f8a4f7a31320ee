"""All of the demonstration delivery at once: from the study's figures to the bytes of the file.

What does not belong here: how one stage works, or where the file goes.
"""

from __future__ import annotations

from functools import cache

from wi2007 import study
from wi2007.demo import cells, margins, rows, settings, turkish
from wi2007.demo.draws import Draws


@cache
def delivery() -> bytes:
    """The demonstration delivery as the bytes of one file: everyone of the study, and the Turkish nationals.

    Raises `ValueError` when the choices in `config/demo.yaml` leave no whole numbers that fit the study's figures.
    """
    chosen = settings.load()
    draws = Draws(chosen.seed)
    solved = margins.solve(margins.build(study.figures(), chosen.margins), draws)
    places = cells.municipality_sizes(solved, chosen, draws)
    studied = cells.persons(solved, chosen, draws)
    excluded = turkish.persons(chosen, draws, places.everyone)
    everyone = cells.join([studied, excluded])
    return rows.text(rows.columns(everyone, chosen, draws))
