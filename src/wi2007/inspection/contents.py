"""What the contents of a field can be read as, by the rules that a run would use on them.

Every distinct value is held against the code lists and the dates, as `config/normalisation.yaml` reads it, and counted
in rows. What does not belong here: names of fields (`names`), which column a field is (`score`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from schemas.columns import BIRTH, NATIONALITIES, START_DAY, STATUS_DAY
from schemas.values import judge
from wi2007.classification import classification
from wi2007.dates import possible_days
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.inspection.settings import Settings
from wi2007.mapping.normalise.listed import listed
from wi2007.mapping.normalise.reading import Column, Read
from wi2007.validation.rules import Limits

NATIONALITY: Final = NATIONALITIES[0]
LISTS: Final = (
    "geslacht",
    "land_van_herkomst",
    "gevraagde_nationaliteit",
    NATIONALITY,
    "gemeentecode",
    "statuscode",
    "doelgroep",
)
"""Columns with a code list; the four nationalities are read alike."""
KINDS: Final = (BIRTH, STATUS_DAY, *LISTS)
_FIRST_LOOK: Final = 200


def kind_of(column: str) -> str:
    """The column whose contents stand for those of `column`."""
    if column in NATIONALITIES:
        return NATIONALITY
    return STATUS_DAY if column == START_DAY else column


@dataclass
class Content:
    """How far a field reads as one kind: in rows (`read`), weighed by how telling that is (`weight`), and in values.

    `strong` are the rows that need no rule that reads much.
    """

    rows: int = 0
    read: int = 0
    strong: int = 0
    weight: float = 0.0
    values: int = 0
    rules: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The share of the rows with a value that can be read."""
        return self.read / self.rows if self.rows else 0.0

    @property
    def weighed(self) -> float:
        """The same, where a rule that reads much counts for less, and a day that is not plausible for nothing."""
        return self.weight / self.rows if self.rows else 0.0

    @property
    def share_strong(self) -> float:
        """The share of the rows that can be read and hardly be anything else."""
        return self.strong / self.rows if self.rows else 0.0

    def count(self, rows: int, plausible: float, rules: tuple[str, ...], weak: Mapping[str, float]) -> None:
        """Rows with a value that reads as this kind by these rules."""
        telling = min((weak.get(rule, 1.0) for rule in rules), default=1.0)
        self.read += rows
        self.values += 1
        self.strong += rows if telling == 1.0 else 0
        self.weight += rows * telling * plausible
        for rule in rules:
            self.rules[rule] = self.rules.get(rule, 0) + rows


class Readers:
    """Reads values as each kind of column; `peildatum` is the last day there is when none is known.

    `day_zero` is as in `wi2007.delivery.source.Source`.
    """

    def __init__(
        self,
        peildatum: date,
        limits: Limits,
        settings: Settings,
        day_zero: date | None = EXCEL_DAY_ZERO,
    ) -> None:
        self._limits, self._peildatum, self._settings = limits, peildatum, settings
        self._columns = {kind: Column(kind, listed(), peildatum, day_zero) for kind in (BIRTH, *LISTS)}
        self._right = {kind: judge(kind) for kind in LISTS}
        self._places = classification(peildatum)

    def contents(self, rows_of: Mapping[str, int], labels: Mapping[str, str]) -> dict[str, Content]:
        """Each kind that some of the values read as; the values come with the number of their rows."""
        found = {kind: self._content(kind, rows_of.items(), labels) for kind in LISTS}
        found |= self._dates(rows_of.items())
        return {kind: content for kind, content in found.items() if content.read}

    def ours(self, kind: str, text: str, label: str | None) -> str | None:
        """The value of ours that a run reads in `text`, empty for an empty field; None when it reads none."""
        answer = self._columns[kind].read(text, label)
        if answer.question:
            return None
        return answer.text if not answer.text or self._is_right(kind, answer) else None

    def day(self, text: str) -> tuple[int, int] | None:
        """The first and last day that a value allows, whatever way it is written."""
        return possible_days(self._columns[BIRTH].read(text).text)

    def _is_right(self, kind: str, answer: Read) -> bool:
        if kind == "gemeentecode":
            place = self._places.get(answer.text)
            return place is not None and place.standing in ("geldig", "opgevolgd")
        return self._right[kind](answer.text)

    def _content(self, kind: str, items: Iterable[tuple[str, int]], labels: Mapping[str, str]) -> Content:
        content = Content()
        for number, (text, rows) in enumerate(items):
            if number == _FIRST_LOOK and not content.read:
                return content
            answer = self._columns[kind].read(text, labels.get(text))
            if answer.text or answer.question:
                content.rows += rows
                if answer.question or self._is_right(kind, answer):
                    content.count(rows, 1.0, answer.rules, self._settings.zwakke_regels)
        return content

    def _dates(self, items: Iterable[tuple[str, int]]) -> dict[str, Content]:
        """As days of birth and as days after which nobody under the act was born."""
        found = {BIRTH: Content(), STATUS_DAY: Content()}
        for number, (text, rows) in enumerate(items):
            if number == _FIRST_LOOK and not any(content.read for content in found.values()):
                break
            answer = self._columns[BIRTH].read(text)
            if not answer.text:
                continue
            days = possible_days(answer.text)
            for kind, plausible in self._plausible(days).items():
                found[kind].rows += rows
                if plausible is not None:
                    found[kind].count(rows, plausible, answer.rules, self._settings.zwakke_regels)
        return found

    def _plausible(self, days: tuple[int, int] | None) -> dict[str, float | None]:
        """Whether a date can be a day of birth, and a day under the act; None where it cannot be read as such."""
        if days is None or days[0] > self._peildatum.toordinal():
            return {BIRTH: None, STATUS_DAY: None}
        first, last = days
        youngest = self._limits.youngest.toordinal()
        born = first <= youngest and last >= self._limits.birth.toordinal()
        return {BIRTH: float(born), STATUS_DAY: float(first > youngest) if first == last else None}
