"""The annex of statements: what the study says held against what is computed, or the same statements of another day.

What does not belong here: computing statements and their sentences (see `wi2007.statements`), the words around them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from schemas.statement_tables import STATEMENTS, Result, Verdict
from wi2007 import dutch
from wi2007.publication.content.phrases import Writer
from wi2007.publication.content.wording import listing, number
from wi2007.publication.document import Block, Cell, Column, Items, Row, Span, Table

_COUNTED = {
    Verdict.CONFIRMED: "bevestigd",
    Verdict.REMARK: "kanttekening",
    Verdict.DENIED: "niet_bevestigd",
    Verdict.NOT_COMPUTABLE: "niet_te_berekenen",
    Verdict.NOT_APPLICABLE: "opnieuw",
}


def counted(results: Sequence[Result]) -> dict[str, int]:
    """How many statements there are with each verdict, and how many are held against the study."""
    found = Counter(_COUNTED[Verdict(one.oordeel)] for one in results)
    made = {name: found[name] for name in _COUNTED.values()}
    judged = made["bevestigd"] + made["kanttekening"] + made["niet_bevestigd"]
    return {"aantal": len(results), "vergeleken": judged, **made}


def statements(results: Sequence[Result], writer: Writer, exact: bool) -> list[Block]:
    """A table of what is held against the study with its remarks, and one of what only holds at this peildatum.

    Each where there is any; what cannot be computed stands, with the reason, in the first of them.
    """
    made = _Annex(writer, exact)
    beside = [one for one in results if one.studie]
    again = [one for one in results if not one.studie]
    if all(one.oordeel == Verdict.NOT_COMPUTABLE for one in beside):
        return [made.again([*again, *beside])] if results else []
    return [made.held(beside), *made.remarks(beside), *([made.again(again)] if again else [])]


def shown(values: str, unit: str, writer: Writer) -> str:
    """Figures for readers: 36,5%, 2 tot 3%, 4.350; what a file has with `;` between is a list."""
    return _Annex(writer, False).values(values, unit)


class _Annex:
    """The tables of the annex."""

    def __init__(self, writer: Writer, exact: bool) -> None:
        self.texts, self.writer, self.exact = writer.texts.report.uitspraken, writer, exact

    def held(self, results: Sequence[Result]) -> Table:
        """Statements beside what the study says."""
        rows = [
            Row(
                one.studie,
                (
                    Cell(self.values(one.waarde, one.eenheid)),
                    Cell(self.values(one.gepubliceerd, one.eenheid)),
                    Cell(one.oordeel),
                ),
            )
            for one in results
        ]
        return self.table("studie", ("berekend", "gepubliceerd", "oordeel"), rows)

    def remarks(self, results: Sequence[Result]) -> list[Items]:
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

    def again(self, results: Sequence[Result]) -> Table:
        """Statements as they are at this peildatum."""
        rows = [
            Row(
                one.uitspraak or self.words("van_de_studie", uitspraak=one.studie),
                (Cell(one.kanttekening or self.texts["geen"]),),
            )
            for one in results
        ]
        return self.table("opnieuw", ("kanttekening",), rows)

    def table(self, name: str, columns: Sequence[str], rows: Sequence[Row]) -> Table:
        """A table with its download."""
        return Table(
            id=f"uitspraken-{name}",
            number="",
            title=self.words(f"titel_{name}"),
            population="",
            header=self.texts["kop"],
            columns=tuple(Column(self.texts[column], numeric=False) for column in columns),
            rows=tuple(rows),
            source=self.words("bron"),
            download=STATEMENTS.named(self.exact),
            sortable=False,
        )

    def words(self, name: str, **values: str) -> str:
        """One of the texts around the tables."""
        return self.writer.words(self.texts[name], f"rapport.yaml, uitspraken > {name}", **values)

    def values(self, text: str, unit: str) -> str:
        """Figures for readers: 36,5%, 2 tot 3%, 4.350; what a file has with `;` between is a list."""
        parts = [self.value(part, unit) for part in text.split(";") if part]
        return str(listing(parts)) or self.texts["geen"]

    def value(self, text: str, unit: str) -> str:
        """One figure, or the two ends of a range."""
        if unit == "jaar":
            return text
        between = f" {self.texts['tot']} "
        return between.join(_number(end) for end in text.split("-")) + ("%" if unit == "procent" else "")


def _number(text: str) -> str:
    """Whole where it is written so; else with one decimal, also where that is a nought."""
    if "." not in text:
        return dutch.count(int(text))
    return number(Decimal(text).quantize(Decimal("0.1"), ROUND_HALF_UP))
