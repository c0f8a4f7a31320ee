"""What the study says held against what is computed, or the same statements of another day; and in variants.

What does not belong here: computing statements and their sentences (`wi2007.statements`), the
words around them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from schemas.dataset import Dataset
from schemas.sensitivity import REPORT
from schemas.statement_tables import CHANGES, OUTCOMES, STATEMENTS, Outcome, Result, Verdict
from wi2007 import dutch
from wi2007.publication.chapters.chapter import Chapter, line, paragraph, written
from wi2007.publication.content.wording import listing, number
from wi2007.publication.document import Block, Items, Row, Span, Table
from wi2007.statements.published import published
from wi2007.statements.variants import About, from_json

READINGS_FILE = "gevoeligheid.json"
_COUNTED = {
    Verdict.CONFIRMED: "bevestigd",
    Verdict.REMARK: "kanttekening",
    Verdict.DENIED: "niet_bevestigd",
    Verdict.NOT_COMPUTABLE: "niet_te_berekenen",
    Verdict.NOT_APPLICABLE: "opnieuw",
}
JUDGED = frozenset({Verdict.CONFIRMED, Verdict.REMARK, Verdict.DENIED})
"""The verdicts on a statement that could be held against the study."""


class OfStatements(Chapter):
    """What the chapters on statements share."""

    @cached_property
    def results(self) -> list[Result]:
        """The statements, in their order."""
        return STATEMENTS.from_csv(self.inputs.files[STATEMENTS.file])

    def shown(self, values: str, unit: str) -> str:
        """Write figures for readers: 36,5%, 2 tot 3%, 4.350; what a file has with `;` between is a list."""
        texts = self.writer.texts.report.of("uitspraken")
        parts = [_value(part, unit, texts["tot"]) for part in values.split(";") if part]
        return str(listing(parts)) or texts["geen"]


class Statements(OfStatements):
    """The statements of the study."""

    key = "uitspraken"
    reads = (STATEMENTS.file,)
    names = ("uitspraken",)
    own_names = ("uitspraak",)
    parts = ("uitspraken",)

    @property
    def present(self) -> bool:
        """Whether there are any statements."""
        return super().present and bool(self.results)

    def values(self) -> dict[str, Any]:
        """Count the statements with each verdict, and how many are held against the study."""
        found = Counter(_COUNTED[Verdict(one.oordeel)] for one in self.results)
        made = {name: found[name] for name in _COUNTED.values()}
        judged = made["bevestigd"] + made["kanttekening"] + made["niet_bevestigd"]
        return {"uitspraken": {"aantal": len(self.results), "vergeleken": judged, **made}}

    @property
    def offers(self) -> Sequence[Dataset[Any]]:
        """The statements."""
        return (STATEMENTS,)

    def part(self, name: str) -> list[Block]:
        """Make a table of what is held against the study with its remarks, and one of what holds at this peildatum.

        Each where there is any; what cannot be computed stands, with the reason, in the first of them.
        """
        beside = [one for one in self.results if one.studie]
        again = [one for one in self.results if not one.studie]
        if all(one.oordeel == Verdict.NOT_COMPUTABLE for one in beside):
            return [self._again([*again, *beside])]
        return [self._held(beside), *self._remarks(beside), *([self._again(again)] if again else [])]

    def _held(self, results: Sequence[Result]) -> Table:
        """Statements beside what the study says."""
        rows = [
            line(
                one.studie,
                self.shown(one.waarde, one.eenheid),
                self.shown(one.gepubliceerd, one.eenheid),
                one.oordeel,
            )
            for one in results
        ]
        return self._table("studie", ("berekend", "gepubliceerd", "oordeel"), rows)

    def _remarks(self, results: Sequence[Result]) -> list[Items]:
        """The remarks, each once, behind the statement that they are about, or how many these are."""
        about: dict[str, list[str]] = {}
        for one in results:
            if one.kanttekening:
                about.setdefault(one.kanttekening, []).append(one.studie)
        items = [(Span(self._about(told), strong=True), Span(f" {remark}")) for remark, told in about.items()]
        return [Items(tuple(items))] if items else []

    def _about(self, told: Sequence[str]) -> str:
        if len(told) == 1:
            return self.words("bij_een", uitspraak=told[0])
        return self.words("bij_meer", aantal=dutch.count(len(told)))

    def _again(self, results: Sequence[Result]) -> Table:
        """Statements as they are at this peildatum, beside the figure that the study gives of its own."""
        study = published()
        rows = [
            line(
                one.uitspraak or self.words("van_de_studie", uitspraak=one.studie),
                self.shown(";".join(figure.text for figure in study[one.id].figures), one.eenheid),
                self.shown(one.waarde, one.eenheid),
                one.kanttekening or self.texts["geen"],
            )
            for one in results
        ]
        return self._table("opnieuw", ("toen", "nu", "kanttekening"), rows)

    def _table(self, name: str, columns: Sequence[str], rows: Sequence[Row]) -> Table:
        heads = (self.texts["kop"], [*(written(self.words(column)) for column in columns)])
        about = {"source": self.words("bron"), "download": self.download(STATEMENTS.file)}
        return self.table(f"uitspraken-{name}", self.words(f"titel_{name}"), heads, rows, **about)


def _value(text: str, unit: str, until: str) -> str:
    """One figure, or the two ends of a range with `until` between them."""
    if unit == "jaar":
        return text
    return f" {until} ".join(_number(end) for end in text.split("-")) + ("%" if unit == "procent" else "")


def _number(text: str) -> str:
    """Whole where it is written so; else with one decimal, also where that is a nought."""
    if "." not in text:
        return dutch.count(int(text))
    return number(Decimal(text).quantize(Decimal("0.1"), ROUND_HALF_UP))


class Variants(OfStatements):
    """The statements in variants, by other choices: what these are, and a table of what changes in one of them."""

    key = "gevoeligheid"
    reads = (STATEMENTS.file, OUTCOMES.file, READINGS_FILE)
    names = ("gevoeligheid",)
    own_names = (
        *("naam", "omschrijving", "reden", "basis", "waarde"),
        *("veranderd", "oordeel", "geoordeeld", "andere_groep"),
    )
    parts = ("gevoeligheid",)

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """Every statement in every variant."""
        return OUTCOMES.from_csv(self.inputs.files[OUTCOMES.file])

    @cached_property
    def readings(self) -> About:
        """What the variants are."""
        return from_json(self.inputs.files[READINGS_FILE])

    @property
    def offers(self) -> Sequence[Dataset[Any]]:
        """The outcomes, where there are any: none of a group that is too small."""
        return (OUTCOMES,) if self.outcomes else ()

    def values(self) -> dict[str, Any]:
        """Count the statements, those that change, and those whose verdict does; nothing without variants."""
        return {"gevoeligheid": self.counted() if self.readings.lezingen else None}

    def counted(self) -> dict[str, int | bool]:
        """Count the same, by name."""
        verdict = {one.uitspraak: one.oordeel for one in self.outcomes if one.lezing == REPORT}
        changed = {one.uitspraak for one in self.outcomes if one.verandert == CHANGES}
        judged = {
            one.uitspraak
            for one in self.outcomes
            if one.oordeel not in (verdict[one.uitspraak], Verdict.OTHER_GROUP)
        }
        return {
            "aantal": len(verdict),
            "veranderd": len(changed),
            "oordeel": len(judged),
            "geoordeeld": bool(JUDGED & set(verdict.values())),
            "andere_groep": any(one.oordeel == Verdict.OTHER_GROUP for one in self.outcomes),
            "te_weinig": bool(self.readings.waarom_niet),
        }

    def part(self, name: str) -> list[Block]:
        """Make the variants, what changes in a sentence, and the table of what changes where anything does."""
        if not self.readings.lezingen:
            return []
        told = Items(
            tuple(
                (
                    Span(self.words("lezing_naam", naam=one.naam), strong=True),
                    Span(f" {self.words('lezing', omschrijving=one.omschrijving, reden=one.reden)}"),
                )
                for one in self.readings.lezingen
            )
        )
        numbers = self.counted()
        if not numbers["veranderd"]:
            return [told, paragraph(self.words("zin_geen"))]
        base = self.readings.basis
        rounded = [paragraph(self.words("afgerond", basis=base))] if base else []
        return [told, paragraph(self.words("zin", **numbers)), *rounded, self._changes()]

    def _changes(self) -> Table:
        found = {(one.uitspraak, one.lezing): one for one in self.outcomes}
        changed = {one.uitspraak for one in self.outcomes if one.verandert == CHANGES}
        readings = (REPORT, *(one.id for one in self.readings.lezingen))
        rows = [
            line(
                one.studie or one.uitspraak,
                *(self._cell(found[one.id, name], found[one.id, REPORT], one.eenheid) for name in readings),
            )
            for one in self.results
            if one.id in changed
        ]
        names = (self.texts["rapport"], *(one.naam for one in self.readings.lezingen))
        heads = (self.texts["kop"], [*(written(name) for name in names)])
        about = {"source": self.words("bron"), "download": self.download(OUTCOMES.file)}
        return self.table("gevoeligheid-uitspraken", self.texts["titel"], heads, rows, **about)

    def _cell(self, one: Outcome, own: Outcome, unit: str) -> str:
        """A statement in a variant: its figure, with the verdict where that changes; or that it is the same."""
        if one.lezing != REPORT and one.verandert != CHANGES:
            return self.texts["gelijk"]
        value = self.shown(one.waarde, unit) or self.texts["geen"]
        if one.oordeel == Verdict.NOT_APPLICABLE or (one.oordeel == own.oordeel and one.lezing != REPORT):
            return value
        return self.words("met_oordeel", waarde=value, oordeel=one.oordeel)
