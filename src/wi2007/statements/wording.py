"""Fill in the words of a statement: figures in Dutch notation, and only names that exist."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from jinja2 import Environment, StrictUndefined, TemplateError, meta

from wi2007 import dutch
from wi2007.errors import UserError
from wi2007.statements.figure import Figure

ALWAYS: Final = frozenset({"peildatum", "afgerond", "geboren_na", "cbs_datum"})
"""The names that every text may use, besides the figures and numbers of its statement."""
FILE: Final = "config/uitspraken.yaml"


@dataclass(frozen=True)
class Shown:
    """A figure as a text shows it: 2.120, 27%, 2047."""

    figure: Figure
    unit: str
    decimals: int

    def __str__(self) -> str:
        value = self.figure.value
        if self.unit == "jaar":
            return str(int(value))
        decimals = 0 if self.unit == "personen" and value.denominator == 1 else self.decimals
        return dutch.decimal(float(value), decimals) + ("%" if self.unit == "procent" else "")

    @property
    def nul(self) -> bool:
        """Whether it is 0."""
        return self.figure.value == 0

    @property
    def een(self) -> bool:
        """Whether it is one."""
        return self.figure.value == 1


def filled(template: str, place: str, values: Mapping[str, Any]) -> str:
    """Return a text with its placeholders filled; white space runs together. Raises `UserError` naming `place`."""
    try:
        text = _TEMPLATES.from_string(template).render(**values)
    except TemplateError as error:
        raise UserError(
            f"In {FILE} klopt een tekst niet ({place}): {error.message}. Verbeter de tekst."
        ) from None
    return " ".join(text.split())


def mistake(template: str, names: Collection[str]) -> str | None:
    """Return what is wrong with a text that may use these names; None when nothing is."""
    try:
        asked = meta.find_undeclared_variables(_TEMPLATES.parse(template)) - {*names, *ALWAYS}
    except TemplateError as error:
        return f"deze tekst is niet goed: {error.message}. Kijk naar de accolades"
    if asked:
        return f"'{min(asked)}' is geen cijfer van deze uitspraak. Kies uit: {', '.join(sorted({*names, *ALWAYS}))}"
    return None


def born_after(peildatum: date, years: int) -> str:
    """Return the last birthday of somebody who is `years` years old at the peildatum: who is born later is younger."""
    year = peildatum.year - years
    leap_day_missing = (peildatum.month, peildatum.day) == (2, 29) and not _is_leap(year)
    return dutch.day(date(year, 2, 28) if leap_day_missing else peildatum.replace(year=year))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _with(shown: Shown, decimals: int) -> Shown:
    return replace(shown, decimals=decimals)


def _whole(value: object) -> object:
    """Return the numbers of `gegevens` as readers write them."""
    return dutch.count(value) if isinstance(value, int) and not isinstance(value, bool) else value


_TEMPLATES: Final = Environment(undefined=StrictUndefined, autoescape=False, finalize=_whole)
_TEMPLATES.filters["met"] = _with
