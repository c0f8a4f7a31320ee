"""Combine a value and its label in the file's codebook (SPSS, Stata, SAS): two sources of meaning, without a guess.

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
in levering.yaml lets the label alone decide. Values that are declared missing are read in `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from schemas.values import UNKNOWN
from wi2007.mapping.normalise.chain import LONGEST, Chain, Read
from wi2007.mapping.normalise.field import Field, Whole, plain_number
from wi2007.mapping.normalise.listed import LABEL, listed
from wi2007.mapping.normalise.names import is_named

UNREADABLE: Final = "waardelabel_onleesbaar"
CONTRARY: Final = "waardelabel_strijdig"
PARTLY: Final = "waardelabel_deels"
_OF_NAMES: Final = ("label_onduidelijk", "na_onduidelijk")
_NUMBER_FIRST: Final = re.compile(r"\s*([0-9]+)\s*(?:[.:=)–-]\s*|\s)(\S.*)")
_NUMBER_LAST: Final = re.compile(r"(.*\S)\s*[(\[]([0-9]+)[)\]]\s*")


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
