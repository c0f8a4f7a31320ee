"""Statements computed from tables of a few persons or of a run, with the CBS figures that are known of the study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from schemas.statement_tables import Result
from schemas.statements import Statements
from schemas.tables import Specification
from schemas.tidy import TidyRow
from wi2007.project import CONFIG
from wi2007.statements.published import Published, published
from wi2007.statements.results import statements
from wi2007.statements.settings import load
from wi2007.statements.sources import Cells, Rounding, Sources, read_cbs, read_tables
from wi2007.tables.specification import load as load_tables

STUDY_DAY = date(2022, 7, 1)
CBS = """\
kenmerk,categorie,nationaliteit,eenheid,noemer,aantal,teken,voorlopig,meetmoment,blad,cel
totaal,totaal,totaal,aantal,,9010,,,2019-01-01,Tabel 1,A1
inkomen,bijstand,totaal,aantal,,2500,,,2019-01-01,Tabel 1,A1
inkomen,bijstand,Marokkaans,aantal,,825,,,2019-01-01,Tabel 1,A1
inkomen,bijstand,Chinees,aantal,,,.,,2019-01-01,Tabel 1,A1
inkomen,bijstand,Chinees,procent,categorie,3,,,2019-01-01,Tabel 1,A1
inkomen,loon of eigen bedrijf,totaal,aantal,,3700,,,2019-01-01,Tabel 1,A1
inkomen,zelfstandige,totaal,aantal,,755,,,2019-01-01,Tabel 1,A1
inkomen,zelfstandige,Chinees,aantal,,205,,,2019-01-01,Tabel 1,A1
doelgroep,nieuwkomer,totaal,procent,nationaliteit,38,,,2019-01-01,Tabel 1,A1
doelgroep,oudkomer,totaal,procent,nationaliteit,62,,,2019-01-01,Tabel 1,A1
"""
"""As the step cbs writes it; what the study does not tell is a point."""
CHANGES = {"examen": 210, "ontheffing": 85, "ouder": 40, "vertrek": 65, "overlijden": 20}


@cache
def specification() -> Specification:
    """The project's tables."""
    return load_tables(CONFIG / "tables.yaml")


@cache
def settings() -> Statements:
    """The project's statements."""
    return load(CONFIG / "uitspraken.yaml", specification(), published())


def sources(
    rows: Sequence[TidyRow],
    day: date = STUDY_DAY,
    rounding: Rounding = Rounding(),  # noqa: B008  # frozen
    cbs: str | None = CBS,
    changes: Mapping[str, int] | None = None,
) -> Sources:
    """What formulas are computed from."""
    found = Cells(read_tables(rows), specification(), rounding)
    return Sources(day, found, rounding.spread, None if cbs is None else read_cbs(cbs), changes)


def judged(
    of: Sources, study: Mapping[str, Published] | None = None, said: Statements | None = None
) -> dict[str, Result]:
    """Every statement by its id."""
    made = statements(said or settings(), study or published(), of)
    return {one.id: one for one in made}
