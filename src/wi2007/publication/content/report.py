"""The content document: chapters in the order of `config/report/rapport.yaml`, filled with parts, tables and sentences.

A population that has tables but no chapter gets one, behind the last chapter that has a population.
What does not belong here: files, layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from schemas.report import BlockText, ChapterText
from schemas.tables import Table as TableSpecification
from wi2007 import dutch, study
from wi2007.publication.content import annex, parts, reading, sensitivity, statements
from wi2007.publication.content.appendix import appendix
from wi2007.publication.content.blocks import MEN, WOMEN
from wi2007.publication.content.cbs import estimates
from wi2007.publication.content.cbs.figures import CbsFigures
from wi2007.publication.content.cbs.parts import cbs_part
from wi2007.publication.content.change.parts import change_part, for_texts
from wi2007.publication.content.change.tables import Setting, setting_of
from wi2007.publication.content.downloads import download_name
from wi2007.publication.content.findings import Finding, findings, of_genders, thresholds
from wi2007.publication.content.glossary import glossary
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.key_figures import example, key_figures
from wi2007.publication.content.legend import legend, signs
from wi2007.publication.content.map import map_sections
from wi2007.publication.content.shown import charts_of, displayed, paired, section_title, shown_of, slug
from wi2007.publication.content.tempo.figures import TempoFigures
from wi2007.publication.content.tempo.parts import tempo_part
from wi2007.publication.content.texts import facts_of
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Document, Items, Paragraph, Section
from wi2007.tables.tidy import TOTAL


def report(inputs: Inputs) -> Document:
    """The whole report. Raises `UserError` when a text asks for what there is not."""
    return _Report(inputs).document()


def common(inputs: Inputs) -> dict[str, Any]:
    """The values that every text may use."""
    return {
        "peildatum": dutch.day(inputs.account.peildatum),
        "demonstratie": inputs.account.demonstration,
        "exact": inputs.account.exact,
        "afronding": inputs.account.protection,
        "levering": {
            "bestand": inputs.account.delivery.file,
            "andere_namen": bool(inputs.account.delivery.renamed),
            "normalisaties": bool(inputs.account.delivery.normalisations),
        },
        "tellingen": inputs.account.counts,
        "uitsluitingen": [step.rule for step in inputs.account.funnel if step.kind == "uitgesloten"],
        "bescherming": inputs.account.protection is not None,
        "bijlage": bool(inputs.in_appendix()),
        "iemand": inputs.account.of("overgebleven") > 0,
        "cbs": CbsFigures(inputs.cbs) if inputs.cbs else None,
        "cbs_bron": inputs.cbs_source,
        "schatting": estimates.for_texts(estimates.estimates(inputs)) if inputs.cbs else None,
        "verandering": for_texts(_of_change(inputs, Writer(inputs.texts, {}))),
        "verandering_waarom": inputs.changes.told.why_not,
        "reproductie": annex.counted(inputs.comparisons) if inputs.comparisons else None,
        "tempo": TempoFigures(inputs.tempo) if inputs.tempo else None,
        "uitspraken": statements.counted(inputs.statements) if inputs.statements else None,
        "gevoeligheid": sensitivity.counted(inputs.sensitivity, inputs.readings),
    }


def _of_change(inputs: Inputs, writer: Writer, source: str = "") -> Setting:
    account = inputs.account
    return setting_of(
        inputs.changes, inputs.specification, writer, (account.peildatum, account.exact), source
    )


class _Report:
    """One report in the making."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.texts = inputs.texts.report
        self.writer = Writer(inputs.texts, common(inputs))
        self.values = {"voorbeeld": example(inputs, self.writer)}
        self.protection = tuple(
            self.writer.words(text, "rapport.yaml, bescherming")
            for text in (self.texts.bescherming if inputs.account.protection else ())
        )
        self.source = self.writer.words(self.texts.bron_tabel, "rapport.yaml, bron_tabel")
        self.legend = legend(inputs.texts.signs, inputs.account.peildatum)

    def document(self) -> Document:
        def words(name: str) -> str:
            return self.writer.words(getattr(self.texts, name), f"rapport.yaml, {name}")

        return Document(
            title=words("titel"),
            subtitle=words("ondertitel"),
            peildatum=self.inputs.account.peildatum.isoformat(),
            peildatum_text=dutch.day(self.inputs.account.peildatum),
            source=words("bron"),
            notice=self.notice(),
            description=words("omschrijving"),
            publisher=words("uitgever"),
            language=self.texts.taal,
            protection=self.protection,
            exact=self.inputs.account.exact,
            keywords=tuple(
                self.writer.words(word, "rapport.yaml, trefwoorden") for word in self.texts.trefwoorden
            ),
            sections=tuple(self.sections()),
            appendix=tuple(self.appendix()),
            legend=self.legend,
        )

    def notice(self) -> str:
        """What must stand above everything: nothing for protected counts of real persons."""
        notices, account = self.texts.meldingen, self.inputs.account
        chosen = [*[notices.exact] * account.exact, *[notices.demonstratie] * account.demonstration]
        return " ".join(self.writer.words(text, "rapport.yaml, meldingen") for text in chosen)

    def appendix(self) -> Iterator[Section]:
        def introduction(texts: Sequence[BlockText], place: str, values: dict[str, str]) -> list[Block]:
            return self.introduction(texts, place, {**self.values, **values})

        return appendix(self.inputs, self.writer, self.source, introduction)

    def introduction(self, texts: Sequence[BlockText], place: str, values: dict[str, Any]) -> list[Block]:
        """The blocks of some texts."""
        return [made for text in texts for made in self.blocks(text, place, values)]

    def sections(self) -> Iterator[Section]:
        chapters = list(self.texts.hoofdstukken)
        with_population = [i for i, chapter in enumerate(chapters) if chapter.populatie]
        last = with_population[-1] if with_population else len(chapters) - 1
        for position, chapter in enumerate(chapters):
            if self.writer.holds(chapter.als, self._place(chapter), **self.values):
                yield self.section(chapter, chapter.populatie)
            if position == last:
                yield from self.other_populations()

    def other_populations(self) -> Iterator[Section]:
        named = {chapter.populatie for chapter in self.texts.hoofdstukken}
        for population in self.inputs.specification.populations:
            if population not in named and self.inputs.of_population(population):
                section = self.section(self.texts.andere_populatie, population)
                yield Section(
                    f"{section.id}-{slug(population)}", "", section.title, section.blocks, section.sections
                )

    def section(self, chapter: ChapterText, population: str | None) -> Section:
        values: dict[str, Any] = dict(self.values)
        if population:
            values |= {"aantal": self.inputs.size(population), "label": self._label(population)}
        blocks = self.introduction(chapter.inhoud, self._place(chapter), values)
        inner = [
            self.section(part, None)
            for part in chapter.onderdelen
            if self.writer.holds(part.als, self._place(part), **values)
        ]
        if population:
            blocks += self.gender(population)
            inner += [self.table(table) for table in self.inputs.of_population(population)]
            inner += map_sections(self.inputs, self.writer, self.source, population)
        title = self.writer.words(chapter.titel, self._place(chapter), **values)
        return Section(chapter.id, "", title, tuple(blocks), tuple(inner))

    def blocks(self, text: BlockText, place: str, values: dict[str, Any]) -> list[Block]:
        if not self.writer.holds(text.als, place, **values):
            return []
        if text.deel:
            return self.part(text.deel)
        if text.lijst:
            return [Items(tuple(self.writer.text(item, place, **values) for item in text.lijst))]
        role = "notice" if text.melding else "text"
        words = self.writer.text(text.melding or text.alinea or "", place, **values)
        return [Paragraph(words, role="notice" if role == "notice" else "text")]

    def part(self, name: str) -> list[Block]:
        inputs, writer, source = self.inputs, self.writer, self.source
        if name.startswith("cbs_"):
            return cbs_part(name, inputs, writer, self.legend)
        if name.startswith("verandering_"):
            return change_part(name, _of_change(inputs, writer, source), inputs.change_chart)
        if name.startswith(("tempo_", "vooruitzicht")):
            return tempo_part(name, inputs, writer, source)
        made: dict[str, Callable[[], list[Block]]] = {
            "kerncijfers": lambda: list(key_figures(inputs, writer)),
            "trechter": lambda: parts.funnel(inputs.account, writer, source),
            "tellingen": lambda: parts.counts(inputs.account, writer, source),
            "waarschuwingen": lambda: parts.warnings(inputs.account, writer, source),
            "begrippen": lambda: [glossary(inputs.texts.terms, facts_of(inputs.texts))],
            "herkomst": lambda: parts.provenance(inputs.account, writer, inputs.version),
            "lezing": lambda: reading.decisions(inputs.account.delivery, writer),
            "velden": lambda: reading.names(inputs.account.delivery, writer),
            "normalisaties": lambda: reading.normalisations(inputs.account.delivery, writer),
            "errata": lambda: annex.errata(study.figures(), writer),
            "bescherming": lambda: parts.protection(self.protection),
            "tekens": lambda: signs(self.legend, writer),
            "uitspraken": lambda: statements.statements(inputs.statements, writer, inputs.account.exact),
            "gevoeligheid": lambda: sensitivity.sensitivity(inputs, writer),
            "reproductie": lambda: annex.annex(inputs.comparisons, self._universes(), writer),
        }
        return made[name]()

    def gender(self, population: str) -> list[Block]:
        """Men and women in a population, once for its chapter."""
        for table in self.inputs.of_population(population):
            tidy = self.inputs.tables[table.number]
            sizes = {column: tidy.size(column) for column in tidy.columns}
            if {TOTAL, MEN, WOMEN} <= sizes.keys():
                finding = of_genders(sizes, table.decimals)
                return [self._finding(finding, table)] if finding else []
        return []

    def table(self, table: TableSpecification) -> Section:
        """A table's section: for each row variable what stands out and its charts, then the table."""
        shown = shown_of(self.inputs, table, self.writer)
        limits = thresholds(self.inputs.texts.words.drempels)
        drawings = paired(table, self.inputs.charts.get(table.number, []))
        blocks: list[Block] = []
        told: list[str] = []
        for part in self.inputs.blocks(table):
            for finding in findings(part, limits):
                if finding.name == "leeg" and "leeg" in told:
                    continue
                told.append(finding.name)
                blocks.append(self._finding(finding, table, part.variable))
            blocks += charts_of(drawings.pop(part.variable, []), shown, self.source)
        for rest in drawings.values():
            blocks += charts_of(rest, shown, self.source)
        blocks.append(displayed(shown, download_name(table.number, self.inputs.account.exact), self.source))
        return Section("paragraaf-" + slug(table.number), "", section_title(shown), tuple(blocks))

    def _finding(self, finding: Finding, table: TableSpecification, variable: str = "") -> Paragraph:
        blocks = self.inputs.blocks(table)
        block = next((each for each in blocks if each.variable == variable), blocks[0])
        group = self.writer.group(table.population, self._label(table.population))
        return Paragraph(self.writer.sentence(finding, block, group), role="finding")

    def _label(self, population: str) -> str:
        return self.inputs.label(population)

    def _universes(self) -> dict[str, str]:
        return {
            number: self.writer.short(table.population, self._label(table.population))
            for number, table in self.inputs.tables.items()
        }

    @staticmethod
    def _place(chapter: ChapterText) -> str:
        return f"rapport.yaml, hoofdstuk {chapter.id}"
