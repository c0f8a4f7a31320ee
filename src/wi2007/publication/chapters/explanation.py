"""What helps to read the report: key figures with a worked example, protection, signs, the glossary.

What does not belong here: which key figures there are (`config/report/rapport.yaml`), definitions, signs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.report import KeyFigureText, TermText
from schemas.tidy import TOTAL
from wi2007 import dutch
from wi2007.publication.chapters.chapter import Chapter, line, written
from wi2007.publication.content.blocks import Block as Part
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.findings import Finding, findings
from wi2007.publication.content.inputs import Account
from wi2007.publication.content.surely import in_order, sure_places
from wi2007.publication.content.texts import facts_of
from wi2007.publication.content.wording import Marked, environment, percent, render, spans
from wi2007.publication.content.wording import words as plain_words
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Glossary, Items, KeyFigure, KeyFigures, Span, Term

_HEAD = """# Begrippen

Dit bestand is gemaakt uit `reference/begrippen.yaml`. Verander dat bestand en maak dit opnieuw:
`.venv/bin/python -m wi2007.steps.glossary`.
"""


class Summary(Chapter):
    """The key figures, and the example of how to read a percentage."""

    names = ("voorbeeld", "bevinding", "boodschap")
    own_names = ("groep", "naam")
    parts = ("kerncijfers",)

    def values(self) -> dict[str, Any]:
        """Give the example, none where no table has one; and what stands out first in a part of a table."""
        return {"voorbeeld": self._example(), "bevinding": self._finding, "boodschap": self._message}

    def part(self, name: str) -> list[Block]:
        """Make the key figures whose table and row there are, in order."""
        figures = tuple(self._figures())
        return [KeyFigures(figures)] if figures else []

    def _finding(self, population: str, variable: str, columns: str = "geslacht") -> Marked:
        """Tell what stands out first in the rows of a variable, in the first table with these columns; or nothing."""
        for block, found in self._found(population, variable, columns):
            return self.writer.told(
                found[0], block, self.writer.group(population, self.inputs.label(population))
            )
        return Marked("")

    def _message(self, population: str, variable: str, columns: str = "geslacht") -> Marked:
        """Tell in one line what stands out in the same rows, of what can be a title; or nothing."""
        group = self.writer.group(population, self.inputs.label(population))
        for block, found in self._found(population, variable, columns):
            told = (self.writer.title(one, block, group) for one in found)
            return Marked(next(filter(None, told), ""))
        return Marked("")

    def _found(self, population: str, variable: str, columns: str) -> Iterator[tuple[Part, list[Finding]]]:
        """The rows of a variable in the tables with these columns, where anything stands out, with what does."""
        for table in self.inputs.of_population(population):
            for block in self.inputs.blocks(table) if table.columns.variable == columns else ():
                found = findings(block, self.inputs.limits) if block.variable == variable else []
                if found:
                    yield block, found

    def _figures(self) -> Iterator[KeyFigure]:
        for text in self.inputs.texts.report.kerncijfers:
            found = self._share(text)
            if found is None:
                continue
            label, share = found
            population = self.inputs.tables[text.tabel].population
            values = {
                "groep": self.writer.group(population, self.inputs.label(population)),
                "naam": self.writer.name(text.rijvariabele, label),
            }
            place = f"rapport.yaml, kerncijfers > {text.tabel}"
            yield KeyFigure(
                value=dutch.count(share.part) if text.maat == "aantal" else percent(share),
                label=self.writer.words(text.label, place, **values),
                remark=self.writer.words(text.toelichting, place, **values),
                change=self.writer.words(text.verandering, place, **values) if text.verandering else "",
            )

    def _share(self, text: KeyFigureText) -> tuple[str, Share] | None:
        """The row and the figure; None where the table has none, or nobody to take a percentage of."""
        table = self.inputs.tables.get(text.tabel)
        if table is None or text.kolom not in table.columns:
            return None
        decimals = self.inputs.specification.table(text.tabel).decimals
        label = text.rij or TOTAL
        if text.rang is not None:
            found = self._at(text.rang, text.tabel, text.rijvariabele)
            if found is None:
                return None
            label = found
        cell = table.cell(text.rijvariabele, label, text.kolom)
        if cell is None or (text.maat == "procent" and cell.noemer < self.inputs.floor):
            return None
        return label, Share(cell.aantal, cell.noemer, decimals)

    def _at(self, place: int, number: str, variable: str) -> str | None:
        """The row of a table that is surely at a place of the ranking, from 1; None where it is not sure."""
        for block in self.inputs.blocks(self.inputs.specification.table(number)):
            if block.variable == variable and {place - 1, place} <= {
                0,
                *sure_places(block, self.inputs.limits),
            }:
                return in_order(block)[place - 1][0]
        return None

    def _example(self) -> dict[str, str] | None:
        """The first row of the first table of countries by gender; None where there is none."""
        for table in self.inputs.specification.tables:
            tidy = self.inputs.tables.get(table.number)
            if tidy is None or TOTAL not in tidy.columns or table.appendix:
                continue
            rows = [b for b in self.inputs.blocks(table) if b.variable == "land_van_herkomst" and b.by_gender]
            named = [row for row in rows[0].ordinary_rows if rows[0].overall(row).part] if rows else []
            if named:
                total = self.inputs.texts.report.tabelteksten["totaal"]
                return {
                    "tabel": table.number,
                    "rij": named[0],
                    "naam": self.writer.name("land_van_herkomst", named[0]),
                    "kolom": self.writer.words(total, "rapport.yaml, tabelteksten"),
                    "procent": percent(rows[0].overall(named[0])),
                    "groep": self.writer.group(table.population, self.inputs.label(table.population)),
                }
        return None


def protection(account: Account, writer: Writer) -> tuple[str, ...]:
    """Tell how counts are protected, in sentences; none for exact counts."""
    texts = writer.texts.report.bescherming if account.protection else ()
    return tuple(writer.words(text, "rapport.yaml, bescherming") for text in texts)


class Protection(Chapter):
    """How counts are protected."""

    own_names = ("basis", "rest")
    parts = ("bescherming",)

    def part(self, name: str) -> list[Block]:
        """List the sentences; none for exact counts."""
        sentences = protection(self.inputs.account, self.writer)
        return [Items(tuple((Span(sentence),) for sentence in sentences))] if sentences else []


class Signs(Chapter):
    """What the signs in a table mean."""

    key = "tekens"
    parts = ("tekens",)

    def part(self, name: str) -> list[Block]:
        """Make the legend as a table."""
        rows = [line(known.sign, known.meaning) for known in self.inputs.legend]
        heads = (self.texts["teken"], [written(self.texts["betekenis"])])
        return [self.table("verklaring-van-tekens", self.texts["titel"], heads, rows)]


class Terms(Chapter):
    """The glossary, from `reference/begrippen.yaml`."""

    parts = ("begrippen",)

    def part(self, name: str) -> list[Block]:
        """Make the glossary."""
        return [glossary(self.inputs.texts.terms, facts_of(self.inputs.texts))]


def glossary(terms: Sequence[TermText], facts: Mapping[str, str]) -> Glossary:
    """Make the glossary, alphabetical. Raises `UserError` when a definition is no template."""
    templates = environment({})
    made = [
        Term(
            term.id,
            term.term,
            spans(render(templates, term.definitie, f"begrippen.yaml, {term.id}", {"feiten": facts})),
        )
        for term in terms
    ]
    return Glossary(tuple(sorted(made, key=lambda term: (_plain(term.term), term.id))))


def markdown(terms: Sequence[TermText], facts: Mapping[str, str]) -> str:
    """Write `docs/begrippen.md`: the same terms in the same words, with their source."""
    sources = {term.id: term.bron for term in terms}
    parts = [_HEAD]
    for term in glossary(terms, facts).terms:
        source = f" (Bron: {sources[term.id]}.)" if sources[term.id] else ""
        parts.append(f"**{term.term}**: {plain_words(term.definition)}{source}\n")
    return "\n".join(parts)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum() or character == " ")
