"""What a bridge chart shows: a number of persons, what was added and taken away step by step, and what came of it.

Its words too: figures, the data as a table, the text alternative. What does not belong here: drawing (see `bridge`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from wi2007 import dutch
from wi2007.publication.charts.data import ChartData, DataRow


@dataclass(frozen=True)
class Step:
    """Persons added (above 0) or taken away (below 0) for one reason; `aside` when it is no reason, but rounding.

    `one_way` when nobody can be both added and taken away by it: then it is one count.
    """

    label: str
    amount: int
    aside: bool = False
    one_way: bool = False

    @property
    def text(self) -> str:
        """The amount with its sign: +115."""
        return ("+" if self.amount > 0 else "") + dutch.count(self.amount)


@dataclass(frozen=True)
class Words:
    """The words of a bridge: over the labels, over the amounts and over what there is after each step."""

    header: str
    amount: str
    level: str


@dataclass(frozen=True)
class Bridge:
    """From `begin` by way of the steps to the number behind them; `ends` name the first and the last bar.

    `is_largest` says whether a step is surely larger than the others in its direction.
    """

    begin: int
    steps: tuple[Step, ...]
    ends: tuple[str, str]
    words: Words
    is_largest: Callable[[Step, Sequence[Step]], bool]

    @property
    def levels(self) -> tuple[int, ...]:
        """The number at the begin and after each step."""
        return tuple(accumulate((step.amount for step in self.steps), initial=self.begin))

    def data(self) -> ChartData:
        """Every number drawn."""
        levels = self.levels
        rows = [
            _row(self.ends[0], dutch.count(levels[0]), levels[0], levels[0]),
            *(
                _row(step.label, step.text, step.amount, level)
                for step, level in zip(self.steps, levels[1:], strict=True)
            ),
            _row(self.ends[1], dutch.count(levels[-1]), levels[-1], levels[-1]),
        ]
        return ChartData(self.words.header, (self.words.amount, self.words.level), tuple(rows))

    def alt(self) -> str:
        """What is drawn, and what surely takes away and adds the most."""
        first, last = (
            f"{dutch.count(level)} ({end})" for level, end in zip(self._bounds, self.ends, strict=True)
        )
        reasons = [step for step in self.steps if not step.aside]
        told = [
            self._most([step for step in reasons if step.amount < 0], "eraf"),
            self._most([step for step in reasons if step.amount > 0], "erbij"),
        ]
        most = "; ".join(filter(None, told))
        return f"Brugdiagram van {first} naar {last}" + (f": {most}." if most else ".")

    def _most(self, steps: Sequence[Step], direction: str) -> str:
        ordered = sorted(steps, key=lambda step: -abs(step.amount))
        if not ordered or not self.is_largest(ordered[0], ordered[1:]):
            return ""
        return f"het meest {direction} door ‘{ordered[0].label}’ ({ordered[0].text})"

    @property
    def _bounds(self) -> tuple[int, int]:
        return self.levels[0], self.levels[-1]


def _row(label: str, text: str, value: int, level: int) -> DataRow:
    return DataRow(label, (text, dutch.count(level)), (float(value), float(level)))
