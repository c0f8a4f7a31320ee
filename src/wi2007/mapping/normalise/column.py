"""Read one value of one field by the chosen rules in their order, and by its codebook where it has one.

A value that is right is never changed. A codebook (SPSS, Stata, SAS) gives two sources of meaning, a value and its
label, which are combined without a guess:

| value is a code of ours | label           | what it becomes                                                 |
|-------------------------|-----------------|-----------------------------------------------------------------|
| yes                     | reads the same  | the value                                                       |
| yes                     | reads otherwise | `waardelabel_strijdig`                                          |
| no                      | can be read     | what the label says                                             |
| yes or no               | cannot be read  | `waardelabel_onleesbaar`                                        |
| yes                     | there is none   | the value; `waardelabel_deels` where others go by their label   |
| no, but by ISO 5218     | there is none   | the digit's meaning; `waardelabel_deels` where others have one  |
| no                      | there is none   | the value as it is, to be refused                               |

A label that says unknown makes no other value doubtful, and a label of a value in no row says nothing. `lees: label`
in levering.yaml lets the label alone decide. Values that are declared missing are read by `Column`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from schemas.values import DAYS, MAY_BE_EMPTY, UNKNOWN, judge
from wi2007.mapping.normalise import asking, days
from wi2007.mapping.normalise.field import Field, Whole, plain_number
from wi2007.mapping.normalise.methods import METHODS, About, Question
from wi2007.mapping.normalise.names import is_named
from wi2007.mapping.normalise.rules import LABEL, MISSING, Listed, listed

LONGEST: Final = 200
"""Characters; a longer text is no code, date or name, and is not tried as one."""

UNREADABLE: Final = "waardelabel_onleesbaar"
CONTRARY: Final = "waardelabel_strijdig"
PARTLY: Final = "waardelabel_deels"
_OF_NAMES: Final = ("label_onduidelijk", "na_onduidelijk")
_NUMBER_FIRST: Final = re.compile(r"\s*([0-9]+)\s*(?:[.:=)–-]\s*|\s)(\S.*)")
_NUMBER_LAST: Final = re.compile(r"(.*\S)\s*[(\[]([0-9]+)[)\]]\s*")

BY_HAND: Final = "levering"
"""Counted under this name: what levering.yaml itself decides."""
UNCLEAR_MISSING: Final = "ontbrekend_onduidelijk"
OTHER_FORM: Final = "datumvorm_anders"
UNCLEAR_ORDER: Final = "datumvorm_onduidelijk"
_BEFORE_FORM: Final = ("spaties", "leeg", "tijd_weg")
_OWN_ORDER: Final = "jaar_maand_dag"
_ORDERS: Final = frozenset({_OWN_ORDER, "dag_maand_jaar", "dag_maand_jaar_punten", "volgorde_uit_kolom"})


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


class Codebook:
    """Reads the values of a field with labels; `rule` names the rule on labels, None where it is not chosen."""

    def __init__(self, column: str, chosen: Chain, peildatum: date, field: Field, rule: str | None) -> None:
        self._column, self._field, self._rule, self._by_value = column, field, rule, chosen
        firm = [one for one in listed() if not one.yields]
        self._firm = Chain(column, firm, peildatum, field)
        self._by_label = Chain(column, firm, peildatum, replace(field, whole=Whole(field.labels.values)))
        self._name = rule or next(one.name for one in listed() if one.method == LABEL)

    def read(self, text: str) -> Read:
        """Return the value by the table above."""
        label = self._field.label(text)
        if self._field.reads == "label":
            return self._by_label_alone(text, label)
        if label is None:
            return self._unlabelled(text)
        firm, said = self._firm.follow(text), self._said(text, label)
        is_code = self._firm.right(firm)
        if is_code and self._agree(firm, said, label):
            return self._by_value.follow(text)
        if not _is_readable(said, self._by_label):
            of_names = not is_code and said.question in _OF_NAMES
            return Read(text, question=said.question if of_names else UNREADABLE)
        return Read(text, question=CONTRARY) if is_code else self._by_readable_label(text, said)

    def _by_readable_label(self, text: str, said: Read) -> Read:
        """Return what a label says of a value that is no code of ours; where its rule is not chosen, it may not
        differ.
        """
        if self._rule is not None:
            return Read(said.text, (self._rule,))
        by_value = self._by_value.follow(text)
        differs = self._by_value.right(by_value) and by_value.text != said.text
        return Read(text, question=CONTRARY) if differs else by_value

    def _by_label_alone(self, text: str, label: str | None) -> Read:
        said = None if label is None else self._said(text, label)
        if said is None or not _is_readable(said, self._by_label):
            return Read(text, question=UNREADABLE)
        return Read(said.text, () if said.text == text else (self._name,))

    def _said(self, text: str, label: str) -> Read:
        """Return what a label says; a number beside it that is the value's own says nothing."""
        said = self._by_label.follow(label)
        if self._by_label.right(said):
            return said
        if len(label) > LONGEST:
            return said
        first, last = _NUMBER_FIRST.fullmatch(label), _NUMBER_LAST.fullmatch(label)
        if first and _same(first[1], text):
            return self._by_label.follow(first[2])
        return self._by_label.follow(last[1]) if last and _same(last[2], text) else said

    def _agree(self, firm: Read, said: Read, label: str) -> bool:
        same = self._by_label.right(said) and said.text == firm.text
        return same or is_named(self._column, firm.text, label)

    def _unlabelled(self, text: str) -> Read:
        read = self._by_value.follow(text)
        if self._firm.right(self._firm.follow(text)):
            doubtful = self._field.whole.of(self._go_by_label)
        else:
            digit = self._by_value.right(read) or bool(read.question)
            doubtful = digit and self._field.whole.of(self._mean_something)
        return Read(text, question=PARTLY) if doubtful else read

    def _go_by_label(self, texts: Iterable[str]) -> bool:
        """Return whether some value is no code of ours, and its label is more than unknown."""
        return any(not self._firm.right(self._firm.follow(text)) for text in self._telling(texts))

    def _mean_something(self, texts: Iterable[str]) -> bool:
        """Return whether some value has a label that is more than unknown."""
        return any(True for _ in self._telling(texts))

    def _telling(self, texts: Iterable[str]) -> Iterable[str]:
        """Yield the values with a label that says more than that something is not known."""
        for text in texts:
            label = None if text.strip() in self._field.missing else self._field.label(text)
            if label is not None and self._said(text, label).text != UNKNOWN.get(self._column):
                yield text


def _is_readable(said: Read, chain: Chain) -> bool:
    """Return whether a label is a value of ours, or says that there is none."""
    return chain.right(said) or (not said.text and not said.question)


def _same(number: str, text: str) -> bool:
    plain = plain_number(text)
    return plain.isdigit() and int(plain) == int(number)


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
        if column not in DAYS and self._field.labels and self._field.reads != "waarde":
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
        return tuple(shown for text, shown in self._emptied.items() if rows.get(text, 0) >= asking.FEW_ROWS)

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
