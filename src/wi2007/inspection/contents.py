"""Read the contents of a field as each kind of column, by the rules that a run would use on them.

Every distinct value is compared with the code lists and the dates, as `config/normalisation.yaml` reads it, and
counted in rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from schemas.columns import (
    BIRTH,
    EXAM_DAY,
    EXAMS,
    HOURS,
    INCOME,
    NATIONALITIES,
    REFUSED,
    START_DAY,
    STATUS_DAY,
)
from schemas.values import judge
from wi2007.dates import possible_days
from wi2007.delivery.source import EXCEL_DAY_ZERO
from wi2007.inspection.naming import Named, fit_of
from wi2007.inspection.settings import Settings
from wi2007.mapping.normalise.column import Column, Read
from wi2007.mapping.normalise.days import readings
from wi2007.mapping.normalise.field import Field, Whole
from wi2007.mapping.normalise.rules import listed
from wi2007.reference import classification
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
"""Columns with a code list that few other fields fit; the four nationalities are read alike."""
BY_NAME: Final = (EXAMS, HOURS, INCOME, REFUSED)
"""Columns that a field is read as only where its name asks for it: many fields hold small numbers, yes and no."""
KINDS: Final = (BIRTH, STATUS_DAY, *LISTS, *BY_NAME)
_FIRST_LOOK: Final = 200
_NOT_READ: Final = (
    "",
    "geslacht_onduidelijk",
    "waardelabel_onleesbaar",
    "waardelabel_deels",
    "ontbrekend_onduidelijk",
)
"""Questions that any field may raise: they are no evidence for its column."""


def kind_of(column: str) -> str:
    """Return the column whose contents stand for those of `column`."""
    if column in NATIONALITIES:
        return NATIONALITY
    return STATUS_DAY if column in (START_DAY, EXAM_DAY) else column


@dataclass
class Content:
    """How far a field reads as one kind: in rows (`read`), weighed by how specific that is (`weight`), and in values.

    `strong` are the rows that need no lenient rule, `asked` those for which a run asks a question, by its rule.
    """

    rows: int = 0
    read: int = 0
    strong: int = 0
    weight: float = 0.0
    values: int = 0
    rules: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The share of the filled rows that can be read, 0 to 1."""
        return self.read / self.rows if self.rows else 0.0

    @property
    def weighed(self) -> float:
        """The same share, where a lenient rule counts for less, and a day that is not plausible for nothing."""
        return self.weight / self.rows if self.rows else 0.0

    @property
    def share_strong(self) -> float:
        """The share of the rows that can be read and can hardly be anything else."""
        return self.strong / self.rows if self.rows else 0.0

    def count(self, rows: int, plausible: float, rules: tuple[str, ...], weak: Mapping[str, float]) -> None:
        """Count rows with a value that reads as this kind by these rules."""
        telling = min((weak.get(rule, 1.0) for rule in rules), default=1.0)
        self.read += rows
        self.values += 1
        self.strong += rows if telling == 1.0 else 0
        self.weight = round(self.weight + rows * telling * plausible, 6)  # the same in any order of values
        for rule in rules:
            self.rules[rule] = self.rules.get(rule, 0) + rows

    def ask(self, question: str, rows: int) -> None:
        """Count rows for which a run asks this."""
        self.asked[question] = self.asked.get(question, 0) + rows


class Readers:
    """Reads values as each kind of column; `peildatum` is the last possible day when none is known.

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
        self._day_zero = day_zero
        self._right = {kind: judge(kind) for kind in (*LISTS, *BY_NAME)}
        self._places = classification(peildatum)

    def column(self, kind: str, rows_of: Mapping[str, int], codebook: Field | None = None) -> Column:
        """Return a reader of one kind for a field with these values, as a run has it."""
        known = codebook or Field(day_zero=self._day_zero)
        return Column(kind, listed(), self._peildatum, replace(known, whole=Whole(lambda: rows_of)))

    def contents(
        self, rows_of: Mapping[str, int], codebook: Field | None = None, name: str = "", title: str = ""
    ) -> dict[str, Content]:
        """Return each kind that some of the values read as; the values come with the number of their rows.

        `name` and `title` are those of the field.
        """
        named = [kind for kind in BY_NAME if fit_of(name, title, kind, self._settings) >= Named.PART]
        found = {kind: self._content(kind, rows_of, codebook) for kind in (*LISTS, *named)}
        found |= self._dates(rows_of, codebook)
        return {kind: content for kind, content in found.items() if content.read or content.asked}

    def ours(self, kind: str, column: Column, text: str) -> str | None:
        """Return the value of ours that a run reads in `text`, empty for an empty field; None when it reads none."""
        answer = column.read(text)
        if answer.question:
            return None
        return answer.text if not answer.text or self._is_right(kind, answer) else None

    def _is_right(self, kind: str, answer: Read) -> bool:
        if kind == "gemeentecode":
            place = self._places.get(answer.text)
            return place is not None and place.standing in ("geldig", "opgevolgd")
        return self._right[kind](answer.text)

    def _content(self, kind: str, rows_of: Mapping[str, int], codebook: Field | None) -> Content:
        content, column = Content(), self.column(kind, rows_of, codebook)
        for number, (text, rows) in enumerate(rows_of.items()):
            if number == _FIRST_LOOK and not content.read:
                return content
            answer = column.read(text)
            if answer.text or answer.question:
                content.rows += rows
                if answer.question:
                    content.ask(answer.question, rows)
                if answer.question not in _NOT_READ or self._is_right(kind, answer):
                    content.count(rows, 1.0, answer.rules, self._settings.zwakke_regels)
        return content

    def _dates(self, rows_of: Mapping[str, int], codebook: Field | None) -> dict[str, Content]:
        """Return the contents as days of birth and as days after which nobody under the act was born."""
        found = {BIRTH: Content(), STATUS_DAY: Content()}
        columns = {kind: self.column(kind, rows_of, codebook) for kind in found}
        for number, (text, rows) in enumerate(rows_of.items()):
            if number == _FIRST_LOOK and not any(content.read for content in found.values()):
                break
            for kind, content in found.items():
                self._date(kind, columns[kind].read(text), rows, content)
        return found

    def _date(self, kind: str, answer: Read, rows: int, content: Content) -> None:
        if not answer.text:
            return
        content.rows += rows
        plausible = self._plausible(kind, answer)
        if plausible is not None:
            content.count(rows, plausible, answer.rules, self._settings.zwakke_regels)
            if answer.question:
                content.ask(answer.question, rows)

    def _plausible(self, kind: str, answer: Read) -> float | None:
        """Return how plausible a date is as a day of birth, or a day under the act; None where it cannot be read as a
        date.

        A date that is a question is judged by the earliest day that it may be.
        """
        texts = readings(answer.text) if answer.question else [answer.text]
        days = next((days for days in map(possible_days, texts) if days is not None), None)
        if days is None or days[0] > self._peildatum.toordinal():
            return None
        first, last = days
        youngest = self._limits.youngest.toordinal()
        if kind == BIRTH:
            return float(first <= youngest and last >= self._limits.birth.toordinal())
        return float(first > youngest) if first == last else None
