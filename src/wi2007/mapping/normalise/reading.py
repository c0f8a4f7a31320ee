"""Read one value of one field by the chosen rules in their order, and by its codebook where it has one.

A value that is right is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from schemas.values import DAYS, MAY_BE_EMPTY, UNKNOWN, code_list
from wi2007.mapping.normalise import asking, days
from wi2007.mapping.normalise.chain import LONGEST, Chain, Read
from wi2007.mapping.normalise.codebook import Codebook
from wi2007.mapping.normalise.field import Field
from wi2007.mapping.normalise.listed import LABEL, MISSING, Listed, listed

BY_HAND: Final = "levering"
"""Counted under this name: what levering.yaml itself decides."""
UNCLEAR_MISSING: Final = "ontbrekend_onduidelijk"
OTHER_FORM: Final = "datumvorm_anders"
UNCLEAR_ORDER: Final = "datumvorm_onduidelijk"
_BEFORE_FORM: Final = ("spaties", "leeg", "tijd_weg")
_OWN_ORDER: Final = "jaar_maand_dag"
_ORDERS: Final = frozenset({_OWN_ORDER, "dag_maand_jaar", "dag_maand_jaar_punten", "volgorde_uit_kolom"})


class Column:
    """Reads the values of one field as one of our columns, by the chosen rules."""

    def __init__(
        self, column: str, rules: Sequence[Listed], peildatum: date, field: Field | None = None
    ) -> None:
        self._column, self._field = column, field or Field()
        self._chain = Chain(column, rules, peildatum, self._field)
        self._firm = Chain(column, [rule for rule in listed() if not rule.yields], peildatum, self._field)
        before = [rule for rule in rules if rule.method in _BEFORE_FORM]
        self._before_form = Chain(column, before, peildatum, self._field)
        self._methods = {rule.name: rule.method for rule in listed()}
        self.missing_rule = self._chain.names.get(MISSING, "")
        declares = bool(self._field.missing.values or self._field.missing.ranges)
        self._has_missing = declares and bool(self.missing_rule)
        self._book: Codebook | None = None
        if code_list(column) is not None and self._field.labels and self._field.reads != "waarde":
            self._book = Codebook(column, self._chain, peildatum, self._field, self._chain.names.get(LABEL))
        self._orders_met: set[str] = set()
        self._emptied: dict[str, str] = {}

    def read(self, text: str) -> Read:
        """Return the value as the contract writes it, as far as the rules go. `text` is not empty."""
        if self._field.form is not None:
            return self._by_form(text, self._field.form)
        read = self._book.read(text) if self._book is not None else self._chain.follow(text)
        if self._has_missing and text.strip() in self._field.missing:
            return self._declared_missing(text, read)
        return self._held_against_order(text, read) if read.rules and self._column in DAYS else read

    def about(self, question: str) -> str:
        """Return what a question is about in this file, in Dutch, without a value of a row."""
        return asking.about(question, self._column, self._field, lambda text: self.read(text).question)

    def emptied(self) -> tuple[str, ...]:
        """Return the values that became empty because the codebook declares them missing, as it names them.

        Those that few rows have are not among them.
        """
        rows = self._field.rows() if self._emptied else {}
        return tuple(told for text, told in self._emptied.items() if rows.get(text, 0) >= asking.FEW_ROWS)

    def _declared_missing(self, text: str, read: Read) -> Read:
        """Return an empty text where that may be and nothing says otherwise; unknown where all say so; else a
        question.
        """
        if not read.text:
            return read
        unknown, right = UNKNOWN.get(self._column, ""), self._chain.right(read)
        label = self._field.label(text)
        if self._column in MAY_BE_EMPTY:
            is_code = self._firm.right(self._firm.follow(text))
            if not is_code and (not right or read.text == unknown):
                self._emptied[text.strip()] = asking.named(text.strip(), label)
                return Read("", (self.missing_rule,))
        elif right and read.text == unknown and label is not None:
            return read
        return Read(text, question=UNCLEAR_MISSING)

    def _by_form(self, text: str, form: str) -> Read:
        """Return a date in the one form that levering.yaml sets."""
        before = self._before_form.through(text)
        if not before.text:
            return before
        digits = days.by_form(before.text, form, _months()) if len(before.text) <= LONGEST else None
        if digits is None:
            return Read(text, question=OTHER_FORM)
        return Read(text) if digits == text else Read(digits, (*before.rules, BY_HAND))

    def _held_against_order(self, text: str, read: Read) -> Read:
        """Return a question where a program has turned the dates that it could turn, and left the others."""
        orders = _ORDERS & {self._methods[rule] for rule in read.rules}
        self._orders_met |= orders
        if not orders or self._orders_met <= {_OWN_ORDER} or _OWN_ORDER not in self._orders_met:
            return read
        half = self._field.whole.of(days.is_half_turned)
        return Read(text, question=UNCLEAR_ORDER) if half else read


def _months() -> dict[str, str]:
    """Return the numbers of months by their names."""
    return next((rule.values for rule in listed() if rule.method == "maandnaam"), {})
