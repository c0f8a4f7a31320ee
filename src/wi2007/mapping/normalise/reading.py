"""What one value of one column becomes: the chosen rules in their order, and beside the value its label, if it has one.

A value that is right is never changed. What does not belong here: rows, counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schemas.values import code_list, judge
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.mapping.normalise.listed import LABEL, Listed, listed
from wi2007.mapping.normalise.methods import METHODS, About, Question


@dataclass(frozen=True)
class Read:
    """What a value becomes and by which rules; with a `question` (a rule of validation) it stays as it is."""

    text: str
    rules: tuple[str, ...] = ()
    question: str = ""


class Column:
    """Reads the values of one column by the chosen rules."""

    def __init__(
        self,
        column: str,
        rules: Sequence[Listed],
        peildatum: date,
        day_zero: date | None = EXCEL_DAY_ZERO,
    ) -> None:
        self._column, self._day_zero = column, day_zero
        self._is_value = judge(column)
        self._listed = code_list(column) is not None
        self._chosen = self._steps(rules, peildatum)
        self._label_rule = next((rule.name for rule, _ in self._chosen if rule.method == LABEL), None)
        every = self._steps(listed(), peildatum)
        self._every = every
        self._firm = [step for step in every if not step[0].yields]

    def _steps(self, rules: Sequence[Listed], peildatum: date) -> list[tuple[Listed, About]]:
        return [
            (rule, About(rule, self._column, peildatum, self._day_zero))
            for rule in rules
            if self._column in rule.columns
        ]

    def read(self, text: str, label: str | None = None) -> Read:
        """The value as the contract writes it, as far as the rules go. `text` is not empty."""
        if label is None or not self._listed:
            return self._follow(text, self._chosen)
        by_value, said = self._follow(text, self._chosen), self._follow(label, self._every)
        firm = self._follow(text, self._firm)
        if said.question and not self._right(firm):
            return Read(text, question=said.question)
        if not self._right(said):
            return by_value
        if self._label_rule is not None and not self._right(firm):
            return Read(said.text, (self._label_rule,))
        differs = any(self._right(read) and read.text != said.text for read in (firm, by_value))
        return Read(text, question="waardelabel_strijdig") if differs else by_value

    def _right(self, read: Read) -> bool:
        return not read.question and bool(read.text) and self._is_value(read.text)

    def _follow(self, text: str, steps: list[tuple[Listed, About]]) -> Read:
        """The value after each rule in turn, until it is right."""
        now, done = text, []
        if self._is_value(now):
            return Read(now)
        for rule, about in steps:
            answer = METHODS[rule.method](now, about)
            if answer == now:
                continue
            if isinstance(answer, Question):
                return Read(text, question=answer.rule)
            now = answer
            done.append(rule.name)
            if not now or self._is_value(now):
                break
        return Read(now, tuple(done))
