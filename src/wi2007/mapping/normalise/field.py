"""What is known of a field beside one value of it: its codebook, its settings in levering.yaml, and all its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar, cast

from wi2007.delivery.source import EXCEL_DAY_ZERO, Missing

T = TypeVar("T")

_WHOLE: Final = re.compile(r"([0-9]+)[.,]0+")


class Whole:
    """All values of a field, read when the first question about them comes. Each question is answered once."""

    def __init__(self, texts: Callable[[], Iterable[str]] = tuple) -> None:
        self._texts = texts
        self._known: dict[Any, Any] = {}

    def of(self, find: Callable[[Iterable[str]], T]) -> T:
        """Return what `find` finds in the values."""
        if find not in self._known:
            self._known[find] = find(self._texts())
        return cast(T, self._known[find])


@dataclass(frozen=True)
class Field:
    """`reads` is `lees` in levering.yaml (label or waarde) and `form` is `datumvorm`; None where they are not set.

    `day_zero` is as in `wi2007.delivery.source.Source`; `rows` counts the rows of each value that has a
    label or is declared missing.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    missing: Missing = field(default_factory=Missing)
    whole: Whole = field(default_factory=Whole, compare=False)
    reads: str | None = None
    form: str | None = None
    day_zero: date | None = EXCEL_DAY_ZERO
    rows: Callable[[], Mapping[str, int]] = field(default=dict, compare=False)

    def label(self, text: str) -> str | None:
        """Return the label of a value; None for one that is empty or only repeats the value."""
        label = self.labels.get(text) or self.labels.get(text.strip())
        if label is None or not label.strip() or plain_number(label) == plain_number(text):
            return None
        return label


def plain_number(text: str) -> str:
    """Return a value without spaces around it and without zeros behind a decimal sign."""
    text = text.strip()
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text
