"""Compute the formulas of `config/uitspraken.yaml` from the sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from schemas.statements import Formula, Statements, StatementText
from wi2007.statements import figure
from wi2007.statements.figure import Figure, NotComputableError, known
from wi2007.statements.sources import Sources

_WORKING: Mapping[str, Callable[[Sequence[Figure]], Figure]] = {
    "plus": figure.plus,
    "min": figure.minus,
    "keer": figure.times,
    "gedeeld": figure.divided,
    "procent": figure.percent,
}


class Evaluator:
    """Computes formulas of one configuration from one set of sources."""

    def __init__(self, settings: Statements, sources: Sources) -> None:
        self._settings = settings
        self._sources = sources

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
            return figure.year_of_nil(first, second, self._sources.peildatum)
        return self._leaf(formula, statement)

    def _first(self, ways: Sequence[Formula], statement: StatementText) -> Figure:
        """Return the first that can be computed. Raises the reason of the first where none can."""
        reason: NotComputableError | None = None
        for way in ways:
            try:
                return self.figure(way, statement)
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
        if formula.cel is not None:
            return sources.cells.count(formula.cel.populatie, formula.cel.waar)
        return known(sources.municipalities() if formula.getal is None else statement.gegevens[formula.getal])
