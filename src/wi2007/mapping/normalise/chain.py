"""Apply rules one after the other to one value, until it is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from schemas.values import judge
from wi2007.mapping.normalise.field import Field
from wi2007.mapping.normalise.listed import Listed
from wi2007.mapping.normalise.methods import METHODS, About, Question

LONGEST: Final = 200
"""Characters; a longer text is no code, date or name, and is not tried as one."""


@dataclass(frozen=True)
class Read:
    """What a value becomes and by which rules; with a `question` (a rule of validation) it stays as it is."""

    text: str
    rules: tuple[str, ...] = ()
    question: str = ""


class Chain:
    """The rules for one column, in their order; `field` is what is known of the field."""

    def __init__(self, column: str, rules: Iterable[Listed], peildatum: date, field: Field) -> None:
        self._is_value = judge(column)
        self._steps = [
            (rule, About(rule, column, peildatum, field.whole, field.day_zero))
            for rule in rules
            if column in rule.columns
        ]

    @property
    def names(self) -> dict[str, str]:
        """The names of the rules by their method."""
        return {rule.method: rule.name for rule, _ in self._steps}

    def right(self, read: Read) -> bool:
        """Return whether there is a value of ours, and no question."""
        return not read.question and bool(read.text) and self._is_value(read.text)

    def follow(self, text: str) -> Read:
        """Return the value after each rule in turn. A value that is right stays."""
        return Read(text) if self._is_value(text) else self.through(text)

    def through(self, text: str) -> Read:
        """Return the value after each rule in turn, also for a value that is right."""
        now, done = text, []
        for rule, about in self._steps:
            if len(now) > LONGEST and rule.method != "spaties":
                continue
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
