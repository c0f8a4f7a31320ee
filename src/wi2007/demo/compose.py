"""All of the demonstration delivery at once: from the study's figures to the bytes of the file.

What does not belong here: how one stage works, or where the file goes.
"""

from __future__ import annotations

from wi2007 import study
from wi2007.demo import cells, conditions, program, rows, settings, sizes, turkish
from wi2007.demo.draws import Draws
from wi2007.demo.margins import Margins
from wi2007.demo.text import text


def delivery(chosen: settings.Settings) -> bytes:
    """The demonstration delivery as the bytes of one file: everyone of the study, and the Turkish nationals.

    Raises `UserError` when the choices leave no whole numbers that fit the study's figures.
    """
    draws = Draws(chosen.choices.zaad)
    return text(rows.columns(people(chosen, draws), chosen, draws))


def people(chosen: settings.Settings, draws: Draws) -> cells.Persons:
    """Everyone of the study, and the Turkish nationals."""
    margins = solved(chosen)
    countries = sizes.country_sizes(margins, chosen)
    municipalities = sizes.municipality_sizes(margins, chosen, draws)
    studied = cells.Making(margins, chosen, draws).persons([countries, municipalities])
    excluded = turkish.persons(chosen, draws, municipalities.everyone)
    return cells.join([studied, excluded])


def solved(chosen: settings.Settings) -> Margins:
    """The margins behind the study's figures."""
    problem = conditions.build(study.figures(), chosen.margins)
    return Margins(program.solve(problem, Draws(chosen.choices.zaad)))
