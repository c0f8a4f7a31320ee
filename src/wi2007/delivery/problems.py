"""Problems of a file before any value in it is judged: rule, column, row number, and words without values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One breach of a rule on the file's structure. `rule` is described in `config/validation.yaml`.

    `column` is empty when it concerns no column, `row` None when it concerns no row. `about` says in Dutch what is the
    case in this file (both readings, which label, which line of levering.yaml decides), without a value of a row.
    """

    rule: str
    column: str = ""
    row: int | None = None
    about: str = ""


class UnreadableError(Exception):
    """Reading the file stops: no row after the problem has been judged."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem
