"""Read `config/uitspraken.yaml` against the study's figures and the tables, and fill in the words of its statements.

`schemas/statements.py` checks shapes; here names are checked: a population, a category, another statement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, StrictUndefined, Template, TemplateError, meta

from schemas.statements import Formula, Statements, StatementText
from schemas.tables import Specification
from wi2007 import dutch
from wi2007.dates import years_before
from wi2007.decisions import Place, in_words, read
from wi2007.decisions.listing import MEND
from wi2007.errors import UserError
from wi2007.statements.figure import Figure
from wi2007.statements.published import FILE, Published
from wi2007.tables import variables

ALWAYS: Final = frozenset({"peildatum", "afgerond", "geboren_na", "cbs_datum"})
"""The names that every text may use, besides the figures and numbers of its statement."""
SPECIFICATION: Final = "config/uitspraken.yaml"
Problem = tuple[Place, str]
_UNITS = {"procent": "procent", "jaar_nul": "jaar"}


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
        text = _compiled(template).render(**values)
    except TemplateError as error:
        raise UserError(
            f"In {SPECIFICATION} klopt een tekst niet ({place}): {error.message}. Verbeter de tekst."
        ) from None
    return " ".join(text.split())


@cache
def _compiled(template: str) -> Template:
    return _TEMPLATES.from_string(template)


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
    return dutch.day(years_before(peildatum, years))


def _with(shown: Shown, decimals: int) -> Shown:
    return replace(shown, decimals=decimals)


def _whole(value: object) -> object:
    """Return the numbers of `gegevens` as readers write them."""
    return dutch.count(value) if isinstance(value, int) and not isinstance(value, bool) else value


_TEMPLATES: Final = Environment(undefined=StrictUndefined, autoescape=False, finalize=_whole)
_TEMPLATES.filters["met"] = _with


def load(path: Path, specification: Specification, study: Mapping[str, Published]) -> Statements:
    """Return the statements in `path`.

    Raises `UserError` when the file is missing or no YAML, says something that cannot be, or has other statements
    than the list of the study.
    """
    decisions = read(path)
    found: Statements = decisions.held(Statements)
    decisions.check(
        (where, f"{in_words(where)}: {what}") for where, what in _problems(found, specification, study)
    )
    missing = [each for each in study if each not in found.uitspraken]
    if missing:
        one = study[missing[0]]
        raise UserError(
            f"reference/{FILE}, rij {one.number}, kolom 'id': {one.id} staat niet in config/{path.name}. {MEND}"
        )
    return found


def unit(formula: Formula, settings: Statements) -> str:
    """Return the unit of a figure: personen, procent or jaar."""
    if formula.operator in _UNITS:
        return _UNITS[formula.operator]
    if formula.eerste is not None:
        return unit(formula.eerste[0], settings)
    if formula.uitspraak is not None:
        return unit(next(iter(settings.uitspraken[formula.uitspraak].waarden.values())), settings)
    return "procent" if formula.cbs is not None and formula.cbs.eenheid == "procent" else "personen"


def _problems(
    settings: Statements, specification: Specification, study: Mapping[str, Published]
) -> Iterator[Problem]:
    for name, statement in settings.uitspraken.items():
        place = ("uitspraken", name)
        if name not in study:
            yield (
                place,
                f"deze uitspraak staat niet in reference/{FILE}. Zet haar erbij, of haal haar hier weg.",
            )
            continue
        inner = [
            *_word_problems(statement),
            *_formula_problems(name, statement, settings, specification),
            *_printed_problems(statement, study),
        ]
        for where, what in inner:
            yield (*place, *where), what
        if not inner:
            for where, what in _figure_problems(statement, settings, study[name]):
                yield (*place, *where), what


def _word_problems(statement: StatementText) -> Iterator[Problem]:
    """Yield placeholders in texts that no value exists for. Only remarks may use the figure as printed."""
    names = {*statement.waarden, *statement.ook, *statement.gegevens}
    if what := mistake(statement.zin, names):
        yield ("zin",), what
    for at, remark in enumerate(statement.kanttekeningen):
        printed = ["zoals_gedrukt"] if statement.zoals_gedrukt is not None else []
        if what := mistake(remark.tekst, {*names, *printed}):
            yield ("kanttekeningen", at, "tekst"), what


def _formula_problems(
    name: str, statement: StatementText, settings: Statements, specification: Specification
) -> Iterator[Problem]:
    used = {*statement.waarden, *statement.ook, *statement.gegevens}
    if len(used) < len(statement.waarden) + len(statement.ook) + len(statement.gegevens):
        yield (), "een naam staat er twee keer, in waarden, ook of gegevens. Geef elk cijfer een eigen naam."
    for where, formula in statement.formulas():
        for part in formula.walk():
            for what in _leaf_problems(part, statement, specification):
                yield where, what
            if part.uitspraak is not None and name in _reached(part.uitspraak, settings):
                yield where, f"deze formule vraagt via {part.uitspraak} om zichzelf. Neem een andere formule."
            if part.uitspraak is not None and not _has_formula(part.uitspraak, settings):
                yield where, f"{part.uitspraak} heeft geen formule. Neem een andere uitspraak."


def _printed_problems(statement: StatementText, study: Mapping[str, Published]) -> Iterator[Problem]:
    """Yield formulas that ask for a printed count that there is not: one number of persons."""
    for where, formula in statement.formulas():
        for part in formula.walk():
            found = study.get(part.gedrukt or "")
            if part.gedrukt and (found is None or found.unit != "personen" or len(found.figures) != 1):
                yield (
                    where,
                    f"de studie noemt bij {part.gedrukt} geen aantal personen. Neem een andere uitspraak.",
                )


def _leaf_problems(formula: Formula, statement: StatementText, specification: Specification) -> Iterator[str]:
    for number in (formula.getal, formula.som.grootste if formula.som else None):
        if number is not None and number not in statement.gegevens:
            yield f"'{number}' staat niet in gegevens. Zet het erbij."
    asked = formula.cel or formula.som
    if asked is None:
        return
    if asked.populatie not in specification.populations:
        names = ", ".join(specification.populations)
        yield f"de populatie '{asked.populatie}' bestaat niet. Kies uit: {names}."
    named = list(asked.waar.items())
    if formula.som is not None:
        named += [(formula.som.variabele, label) for label in formula.som.rijen or []]
        if formula.som.variabele in asked.waar:
            yield f"{formula.som.variabele} staat ook in waar. Kies daar een andere variabele."
    for variable, label in named:
        if label not in variables.all_labels(variable).values():
            yield f"'{label}' is geen naam van {variable}. Gebruik een naam uit de lijst in reference/."


def _reached(name: str, settings: Statements) -> set[str]:
    """Return the statements that a statement uses, and those that they use, itself included."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        one = ahead.pop()
        if one not in found and one in settings.uitspraken:
            found.add(one)
            formulas = (formula for _, formula in settings.uitspraken[one].formulas())
            ahead += [part.uitspraak for whole in formulas for part in whole.walk() if part.uitspraak]
    return found


def _has_formula(name: str, settings: Statements) -> bool:
    return name in settings.uitspraken and bool(settings.uitspraken[name].waarden)


def _figure_problems(statement: StatementText, settings: Statements, study: Published) -> Iterator[Problem]:
    if not statement.waarden or study.unit == "tekst":
        return
    if len(statement.waarden) != len(study.figures):
        yield (
            ("waarden",),
            f"hier staan {len(statement.waarden)} waarden, in reference/{FILE} (rij {study.number}) "
            f"{len(study.figures)}. Maak ze gelijk.",
        )
    for name, formula in statement.waarden.items():
        if unit(formula, settings) != study.unit:
            yield (
                ("waarden", name),
                f"deze formule geeft {unit(formula, settings)}, in reference/{FILE} (rij {study.number}) staat "
                f"{study.unit}. Maak ze gelijk.",
            )
