"""Tell what went in, what became of the delivery, and what the report says otherwise; the tables are in `report`.

Everything is public but the marks of what went in, which are compared and never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wi2007 import dutch
from wi2007.difference.blocks import LABEL, Beside, Block, Column, Grid, Heading, Sentence
from wi2007.difference.given import Given, differences
from wi2007.difference.sentences import Moved, Pair, moved

DRAFT = "Proef, niet voor publicatie: een van beide is een proef, met een eigen loting."
_NOWHERE = "–"
_RENUMBERED = "Met andere getallen, de grootste verandering eerst:"
_JUDGED = "Met een ander oordeel:"
_REWORDED = "In andere woorden, in de volgorde van het rapport:"
_NOT_SHOWN = "zo weinig anders dat het alleen door afronding kan komen"


@dataclass(frozen=True)
class Statement:
    """A statement of the study as the report has it: its sentence, empty where there is none, and the verdict."""

    text: str
    verdict: str


@dataclass(frozen=True)
class Account:
    """What a report says beside its tables; None where its files do not tell.

    `funnel` has the persons of each step by its description, `remarks` the size of each remark on the delivery.
    `findings` are sentences by where they stand, in the order of the report; `statements` are by their number.
    """

    peildatum: date
    draft: bool = False
    given: Given | None = None
    funnel: Mapping[str, int] | None = None
    remarks: Mapping[str, str] | None = None
    findings: Mapping[str, Sequence[str]] | None = None
    statements: Mapping[str, Statement] | None = None


@dataclass(frozen=True)
class Told:
    """What differs between two accounts; `most` of each kind are shown, all where it is None."""

    before: Account
    after: Account
    noise: int
    heads: tuple[str, str]
    most: int | None

    @property
    def is_empty(self) -> bool:
        """Whether the reports say the same; what went in may still differ."""
        return not (self._funnel() or self._remarks() or self._judged()) and (
            self._findings.is_empty and self._statements.is_empty
        )

    def notices(self) -> list[str]:
        """What has to be known first."""
        return [DRAFT] if self.before.draft or self.after.draft else []

    def blocks(self) -> Iterator[Block]:
        """Give what went in, and then what changed: findings, statements, funnel, remarks."""
        yield from self._given()
        yield from self._pairs("De bevindingen", self._findings, "waar")
        yield from self._statement_blocks()
        yield from self._grid("Van levering naar analyse", "stap", self._funnel())
        yield from self._grid("Opmerkingen bij de levering", "opmerking", self._remarks())

    def _given(self) -> Iterator[Block]:
        if self.before.given is None or self.after.given is None:
            return
        yield Heading("Wat er inging")
        for words in differences(self.before.given, self.after.given):
            yield Sentence(words)

    @cached_property
    def _findings(self) -> Moved:
        if self.before.findings is None or self.after.findings is None:
            return Moved()
        return moved(self.before.findings, self.after.findings, self.noise, self._alike)

    @cached_property
    def _statements(self) -> Moved:
        """The sentences of statements with the same verdict."""
        then, now = self._of_both()
        judged = {number for number, _ in self._judged()}
        return moved(
            {number: [one.text] for number, one in then.items() if one.text and number not in judged},
            {number: [one.text] for number, one in now.items() if one.text and number not in judged},
            self.noise,
            self._alike,
        )

    def _of_both(self) -> tuple[Mapping[str, Statement], Mapping[str, Statement]]:
        if self.before.statements is None or self.after.statements is None:
            return {}, {}
        return self.before.statements, self.after.statements

    def _judged(self) -> list[tuple[str, tuple[Statement, Statement]]]:
        """The statements with another verdict."""
        then, now = self._of_both()
        return [
            (number, (then[number], now[number]))
            for number in now
            if number in then and then[number].verdict != now[number].verdict
        ]

    def _alike(self, text: str) -> str:
        for account in (self.before, self.after):
            text = text.replace(dutch.day(account.peildatum), "de peildatum")
        return text

    def _statement_blocks(self) -> Iterator[Block]:
        judged = [
            Pair(number, *(f"{one.verdict}: {one.text}" if one.text else one.verdict for one in both))
            for number, both in self._judged()
        ]
        found = self._statements
        title = "De uitspraken van de studie"
        if judged:
            yield Heading(title)
            yield Sentence(_JUDGED)
            rows = tuple((one.where, one.before, one.after) for one in judged)
            yield Beside(("uitspraak", *self.heads), rows[: self.most])
            yield from self._rest(len(rows) - len(rows[: self.most]), 0)
            title = ""
        yield from self._pairs(title, found, "uitspraak")

    def _pairs(self, title: str, found: Moved, where: str) -> Iterator[Block]:
        if found.is_empty:
            return
        if title:
            yield Heading(title)
        left_out = 0
        for words, pairs in ((_RENUMBERED, found.renumbered), (_REWORDED, found.reworded)):
            if pairs:
                yield Sentence(words)
                rows = tuple((one.where, one.before or _NOWHERE, one.after or _NOWHERE) for one in pairs)
                yield Beside((where, *self.heads), rows[: self.most])
                left_out += len(pairs) - len(rows[: self.most])
        yield from self._rest(left_out, found.small)

    def _rest(self, left_out: int, small: int) -> Iterator[Block]:
        if left_out:
            yield Sentence(f"En nog {dutch.count(left_out)}. Met --alles staat alles er.")
        if small:
            verb = "1 zin is" if small == 1 else f"{dutch.count(small)} zinnen zijn"
            yield Sentence(f"{verb} {_NOT_SHOWN}.")

    def _funnel(self) -> list[tuple[str, ...]]:
        """The steps that differ by more than rounding, the largest difference first, each with its persons."""
        then, now = self.before.funnel, self.after.funnel
        if then is None or now is None:
            return []
        steps = [(name, then.get(name), now.get(name)) for name in {**now, **then}]
        changed = [
            (name, one, other)
            for name, one, other in steps
            if one is None or other is None or abs(other - one) > self.noise
        ]
        changed.sort(key=lambda step: -abs((step[2] or 0) - (step[1] or 0)))
        return [
            (name, *(_NOWHERE if count is None else dutch.count(count) for count in counts))
            for name, *counts in changed
        ]

    def _remarks(self) -> list[tuple[str, ...]]:
        then, now = self.before.remarks, self.after.remarks
        if then is None or now is None:
            return []
        return [
            (name, then.get(name, "niet"), now.get(name, "niet"))
            for name in {**now, **then}
            if then.get(name) != now.get(name)
        ]

    def _grid(self, title: str, label: str, rows: Sequence[tuple[str, ...]]) -> Iterator[Block]:
        if rows:
            yield Heading(title)
            yield Grid((Column(label, LABEL), *map(Column, self.heads)), tuple(rows[: self.most]))
            yield from self._rest(len(rows[self.most :]) if self.most else 0, 0)
