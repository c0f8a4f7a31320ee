"""Compute every statement from the sources: its figures by the formulas, its verdict and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from schemas.statement_tables import BETWEEN, Result, Verdict
from schemas.statements import Formula, Statements, StatementText
from wi2007 import dutch
from wi2007.statements.figure import (
    Figure,
    NotComputableError,
    divided,
    known,
    minus,
    percent,
    plus,
    times,
    year_of_nil,
)
from wi2007.statements.published import STUDY_PEILDATUM, Nearness, Published, larger, nearness
from wi2007.statements.settings import Shown, born_after, filled, unit
from wi2007.statements.sources import Sources

OF_STUDY: Final = "studie"
"""The source of a figure that the study prints."""
_WORKING: Mapping[str, Callable[[Sequence[Figure]], Figure]] = {
    "plus": plus,
    "min": minus,
    "keer": times,
    "gedeeld": divided,
    "procent": percent,
}


class Evaluator:
    """Computes formulas of one configuration from one set of sources; `study` has the figures that are printed."""

    def __init__(
        self, settings: Statements, sources: Sources, study: Mapping[str, Published] | None = None
    ) -> None:
        self._settings = settings
        self._sources = sources
        self._study = study or {}

    def figure(self, formula: Formula, statement: StatementText) -> Figure:
        """Return the figure of a formula of a statement. Raises `NotComputableError` with the reason."""
        operator = formula.operator
        if operator in _WORKING:
            return _WORKING[operator]([self.figure(part, statement) for part in formula.parts()])
        if formula.eerste is not None:
            return self._first(formula.eerste, statement)
        if formula.uitspraak is not None:
            other = self._settings.uitspraken[formula.uitspraak]
            return self.figure(next(iter(other.waarden.values())), other)
        if formula.jaar_nul is not None:
            first, second = (self.figure(part, statement) for part in formula.jaar_nul)
            return year_of_nil(first, second, self._sources.peildatum)
        return self._leaf(formula, statement)

    def _first(self, formulas: Sequence[Formula], statement: StatementText) -> Figure:
        """Return the first that can be computed. Raises the reason of the first where none can."""
        reason: NotComputableError | None = None
        for formula in formulas:
            try:
                return self.figure(formula, statement)
            except NotComputableError as error:
                reason = reason or error
        raise reason or NotComputableError("geen_cel")

    def _leaf(self, formula: Formula, statement: StatementText) -> Figure:
        """Return a figure from the source that has it."""
        sources = self._sources
        if formula.som is not None:
            return sources.cells.sum(formula.som, statement.gegevens)
        if formula.cbs is not None:
            return sources.of_cbs(formula.cbs, self._settings.cbs_afronding)
        if formula.verandering is not None:
            return sources.change(formula.verandering)
        if formula.gedrukt is not None:
            return self._printed(formula.gedrukt)
        if formula.cel is not None:
            return sources.cells.count(formula.cel.populatie, formula.cel.waar)
        return known(sources.municipalities() if formula.getal is None else statement.gegevens[formula.getal])

    def _printed(self, name: str) -> Figure:
        """Return the count that the study prints for a statement, with its day."""
        found = self._study.get(name)
        if found is None:
            raise NotComputableError("geen_cel")
        value = Fraction(found.figures[0].low)
        return Figure(value, value, value, (OF_STUDY,), (found.day,))


def statements(settings: Statements, study: Mapping[str, Published], sources: Sources) -> list[Result]:
    """Return every statement of the study, in its order.

    In a report of another day those are left out that say nothing of that day: what `alleen_studie` marks, and what
    rests on figures of a day of their own (CBS) that are still the same, or that are not there.
    """
    evaluator = Evaluator(settings, sources, study)
    every = [_Statement(one, settings, evaluator, sources) for one in study.values()]
    if sources.peildatum == STUDY_PEILDATUM:
        return [one.result() for one in every]
    return [
        made
        for one in every
        if one.text.alleen_studie is None and (made := one.result()) and one.is_new(made)
    ]


class _Statement:
    """One statement during computation."""

    def __init__(
        self, study: Published, settings: Statements, evaluator: Evaluator, sources: Sources
    ) -> None:
        self.study, self.settings, self.sources, self.evaluator = study, settings, sources, evaluator
        self.text: StatementText = settings.uitspraken[study.id]
        self.figures: dict[str, Figure] = {}
        self.units: dict[str, str] = {}

    def result(self) -> Result:
        if self.text.niet_te_berekenen is not None:
            return self._not_computable(self.text.niet_te_berekenen)
        try:
            return self._computed()
        except NotComputableError as error:
            return self._not_computable(getattr(self.settings.redenen, error.reason))

    def is_new(self, made: Result) -> bool:
        """Whether a statement in a later report says something that the study does not say already."""
        if self.study.day == STUDY_PEILDATUM:
            return True
        return not made.studie and made.oordeel is not Verdict.NOT_COMPUTABLE

    def _computed(self) -> Result:
        self._compute()
        values = self._values()
        if self._day() != self.study.day:
            remarks = self._remarks(Nearness.WITHIN)
            return self._made(values, Verdict.NOT_APPLICABLE, remarks, beside=False)
        near = self._near(values)
        remarks = self._remarks(near)
        return self._made(values, _verdict(near, remarks), remarks, beside=True)

    def _compute(self) -> None:
        """Compute every figure that the statement and its words need."""
        asked = {**self.text.waarden, **self.text.ook}
        if self.text.zoals_gedrukt is not None:
            asked["zoals_gedrukt"] = self.text.zoals_gedrukt
        for name, formula in asked.items():
            self.figures[name] = self.evaluator.figure(formula, self.text)
            self.units[name] = unit(formula, self.settings)

    def _values(self) -> list[Figure]:
        return [self.figures[name] for name in self.text.waarden]

    def _day(self) -> date | None:
        """Return the day that the figures are about: the peildatum, or that of CBS where all is from CBS."""
        values = self._values()
        days = {day for value in values for day in value.days}
        if any(value.own for value in values) or not days:
            return self.sources.peildatum
        return days.pop() if len(days) == 1 else None

    def _near(self, values: Sequence[Figure]) -> Nearness:
        held = all(
            larger(
                self.evaluator.figure(condition.groter, self.text),
                known(0) if condition.dan is None else self.evaluator.figure(condition.dan, self.text),
            )
            for condition in self.text.voorwaarden
        )
        return nearness(values, self.study, held)

    def _remarks(self, near: Nearness) -> str:
        when = {"altijd", near.value, *(["afgerond"] if self.sources.spread else [])}
        chosen = [remark.tekst for remark in self.text.kanttekeningen if remark.als in when]
        return " ".join(filter(None, map(self._filled, chosen)))

    def _filled(self, template: str) -> str:
        return filled(template, self.study.id, self._words())

    def _words(self) -> dict[str, Any]:
        days = sorted({day for figure in self.figures.values() for day in figure.days})
        shown = {
            name: Shown(figure, self.units[name], self.text.decimalen)
            for name, figure in self.figures.items()
        }
        return {
            **shown,
            **self.text.gegevens,
            "peildatum": dutch.day(self.sources.peildatum),
            "cbs_datum": " en ".join(dutch.day(day) for day in days),
            "afgerond": bool(self.sources.spread),
            "geboren_na": lambda years: born_after(self.sources.peildatum, years),
        }

    def _not_computable(self, reason: str) -> Result:
        return Result(
            id=self.study.id,
            plaats=self.study.place,
            studie=self.study.text,
            uitspraak="",
            waarde="",
            eenheid=self.study.unit,
            gepubliceerd=self._printed() if self.sources.peildatum == STUDY_PEILDATUM else "",
            tolerantie="",
            oordeel=Verdict.NOT_COMPUTABLE,
            kanttekening=reason,
            bron="",
        )

    def _made(self, values: Sequence[Figure], verdict: Verdict, remarks: str, *, beside: bool) -> Result:
        return Result(
            id=self.study.id,
            plaats=self.study.place,
            studie=self.study.text if beside else "",
            uitspraak=self._filled(self.text.zin),
            waarde=BETWEEN.join(_digits(value, self.study.unit) for value in values),
            eenheid=self.study.unit,
            gepubliceerd=self._printed() if beside else "",
            tolerantie=self.study.tolerance if beside and self.study.figures else "",
            oordeel=verdict,
            kanttekening=remarks,
            bron=BETWEEN.join(_sources(values)),
        )

    def _printed(self) -> str:
        return BETWEEN.join(printed.text for printed in self.study.figures)


def _verdict(near: Nearness, remarks: str) -> Verdict:
    if near is Nearness.OUTSIDE:
        return Verdict.DENIED
    return Verdict.REMARK if remarks or near is Nearness.WIDER else Verdict.CONFIRMED


def _sources(values: Iterable[Figure]) -> Iterator[str]:
    yield from dict.fromkeys(source for value in values for source in value.sources)


def _digits(figure: Figure, unit_name: str) -> str:
    """Return a figure for a file: a whole year, else not rounded, in the shortest digits that give the same number
    back.
    """
    if unit_name == "jaar":
        return str(int(figure.value))
    if figure.value.denominator == 1:
        return str(figure.value.numerator)
    return format(Decimal(repr(float(figure.value))), "f")
