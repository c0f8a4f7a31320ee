"""Put the report together: chapters in the order of `config/report/rapport.yaml`, their charts and downloads.

`inputs_of` reads the publication folder, `make` makes the report of it. A population that has tables but no chapter
gets one, behind the last chapter that has a population.
What does not belong here: writing files, layout, what a chapter says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from schemas.report import BlockText, ChapterText
from schemas.statement_tables import REPRODUCTION
from schemas.tidy import TIDY
from wi2007 import __version__, dutch, study
from wi2007.project import CONFIG, REFERENCE, marked
from wi2007.publication.appendix import appendix
from wi2007.publication.chapters.chapter import Chapter
from wi2007.publication.chapters.edition import Edition
from wi2007.publication.chapters.english import with_captions
from wi2007.publication.chapters.explanation import protection
from wi2007.publication.chapters.register import CHAPTERS, READS, load_texts
from wi2007.publication.chapters.study import Reproduction
from wi2007.publication.content.downloads import READ_ME, read_me
from wi2007.publication.content.inputs import Inputs, read_account, without_unknown
from wi2007.publication.content.shown import NARROW, WIDE, slug
from wi2007.publication.content.texts import GLOSSARY
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Document, Items, Paragraph, Section, Volume
from wi2007.publication.map.settings import MapSettings
from wi2007.publication.numbering import numbered
from wi2007.tables.specification import load

TABLES_FILE: Final = "tabellen.csv"
ACCOUNT_FILE: Final = "verwerking.json"


@dataclass(frozen=True)
class Settings:
    """Where the specification of tables, the folder of texts and the glossary are; and the map, if one is asked for."""

    tables: Path = CONFIG / "tables.yaml"
    texts: Path = CONFIG / "report"
    glossary: Path = REFERENCE / GLOSSARY
    map: MapSettings | None = None


@dataclass(frozen=True)
class Report:
    """A report before any layout: the document, and the texts of files by name.

    `charts` are SVG drawings, `downloads` what readers can take along; `comparison` is the study beside it, empty but
    for the study's peildatum.
    """

    document: Document
    charts: Mapping[str, str]
    downloads: Mapping[str, str]
    comparison: str


def inputs_of(published: Mapping[str, Path], settings: Settings) -> Inputs:
    """Read what a report is made from: the files of `publicatie/` by name.

    Raises `UserError` when a setting or a text is wrong.
    """
    every = TIDY.read(published[TABLES_FILE])
    records, specification, untold = without_unknown(every, load(settings.tables))
    return Inputs(
        records=records,
        published=every,
        specification=specification,
        untold=untold,
        account=read_account(published[ACCOUNT_FILE].read_text(encoding="utf-8")),
        texts=load_texts(settings.texts, settings.glossary),
        files={name: published[name].read_text(encoding="utf-8") for name in READS if name in published},
        map=settings.map,
        version=__version__,
    )


def make(inputs: Inputs) -> Report:
    """Make the report of these inputs, and nothing else.

    Raises `UserError` when a text or the boundary file is wrong.
    """
    composed = _Composition(inputs)
    document, mark = composed.document(), inputs.account.mark
    drawings = [one for chapter in composed.chapters for some in chapter.charts.values() for one in some]
    downloads = {marked(READ_ME, mark): read_me(document, inputs.texts.workbook.leesmij)}
    for chapter in composed.chapters:
        downloads |= chapter.downloads()
    compared = any(isinstance(chapter, Reproduction) for chapter in composed.chapters)
    return Report(
        document=document,
        charts={WIDE.format(one.id): one.wide for one in drawings}
        | {NARROW.format(one.id): one.narrow for one in drawings}
        | {name: drawn for chapter in composed.chapters for name, drawn in chapter.pictures().items()},
        downloads=downloads,
        comparison=REPRODUCTION.to_csv(REPRODUCTION.from_csv(inputs.files[REPRODUCTION.file]), mark)
        if compared
        else "",
    )


def report(inputs: Inputs) -> Document:
    """Make the document alone. Raises `UserError` when a text asks for what there is not."""
    return _Composition(inputs).document()


class _Composition:
    """One report in the making: its writer, and the chapters that are present."""

    def __init__(self, asked: Inputs) -> None:
        claimed = frozenset(number for kind in CHAPTERS for number in kind.claims(asked))
        self.inputs = inputs = replace(asked, claimed=claimed)
        self.texts = inputs.texts.report
        self.writer = Writer(inputs.texts)
        self.chapters: list[Chapter] = []
        self.edition = Edition(inputs, self.writer)
        for kind in CHAPTERS:
            chapter = kind(inputs, self.writer)
            if chapter.present:
                self.chapters.append(chapter)
            self.writer.learn(chapter.values() if chapter.present else chapter.absent())

    def document(self) -> Document:
        def words(name: str) -> str:
            return self.writer.words(getattr(self.texts, name), f"rapport.yaml, {name}")

        source = words("bron")
        made = Document(
            title=words("titel"),
            subtitle=words("ondertitel"),
            peildatum=self.inputs.account.peildatum.isoformat(),
            peildatum_text=dutch.day(self.inputs.account.peildatum),
            source=source,
            notice=self.notice(),
            description=words("omschrijving"),
            publisher=self.inputs.texts.imprint.text.instelling.naam,
            language=self.texts.taal,
            protection=protection(self.inputs.account, self.writer),
            exact=self.inputs.account.exact,
            draft=self.inputs.account.draft,
            keywords=tuple(
                self.writer.words(word, "rapport.yaml, trefwoorden") for word in self.texts.trefwoorden
            ),
            sections=tuple(self.sections()),
            appendix=tuple(appendix(self.inputs, self.writer, self.introduction)),
            legend=self.inputs.legend,
            imprint=self.edition.imprint(source),
            volumes=tuple(self.volumes()),
        )
        series = {chapter.id: chapter.nummering for chapter in self.texts.hoofdstukken}
        told = with_captions(made, self.inputs.texts)
        return numbered(told, series, self.named, words("bijlage"))

    def volumes(self) -> Iterator[Volume]:
        for name, text in self.texts.bundels.items():
            place = f"rapport.yaml, bundels > {name}"
            yield Volume(
                name, self.writer.words(text.titel, place), self.writer.words(text.omschrijving, place)
            )

    def named(self, number: str) -> str:
        """Tell what the files, and the study where it has the table, call one."""
        of_study = any(figure.tabel == number for figure in study.figures())
        name = "in_bestanden_en_studie" if of_study else "in_bestanden"
        text = self.texts.tabelteksten[name]
        return self.writer.words(text, f"rapport.yaml, tabelteksten > {name}", nummer=number)

    def notice(self) -> str:
        """What must stand above everything: nothing for protected counts of real persons."""
        notices, account = self.texts.meldingen, self.inputs.account
        chosen = [
            *[notices.proef] * account.draft,
            *[notices.exact] * account.exact,
            *[notices.demonstratie] * account.demonstration,
        ]
        return " ".join(self.writer.words(text, "rapport.yaml, meldingen") for text in chosen)

    def sections(self) -> Iterator[Section]:
        chapters = list(self.texts.hoofdstukken)
        with_population = [i for i, chapter in enumerate(chapters) if chapter.populatie]
        last = with_population[-1] if with_population else len(chapters) - 1
        for position, chapter in enumerate(chapters):
            if self.writer.holds(chapter.als, _place(chapter)):
                section = self.section(chapter, chapter.populatie)
                if section.blocks or section.sections:
                    yield section
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

    def section(self, chapter: ChapterText[str], population: str | None) -> Section:
        values: dict[str, Any] = {}
        if population:
            values = {"aantal": self.inputs.size(population), "label": self.inputs.label(population)}
        blocks = self.introduction(chapter.inhoud, _place(chapter), values)
        inner = [
            self.section(part, None)
            for part in chapter.onderdelen
            if self.writer.holds(part.als, _place(part), **values)
        ]
        for one in self.chapters if population else ():
            blocks += one.opening(population or "")
            inner += one.sections(population or "")
        for one in self.chapters:
            inner += one.named(chapter.tabellen)
        title = self.writer.words(chapter.titel, _place(chapter), **values)
        message = self.writer.words(chapter.boodschap or "", _place(chapter), **values)
        language = chapter.taal or ""
        return Section(chapter.id, "", title, tuple(blocks), tuple(inner), message, chapter.bundel, language)

    def introduction(
        self, texts: Sequence[BlockText[str]], place: str, values: Mapping[str, Any]
    ) -> list[Block]:
        """The blocks of some texts."""
        return [made for text in texts for made in self.blocks(text, place, values)]

    def blocks(self, text: BlockText[str], place: str, values: Mapping[str, Any]) -> list[Block]:
        if not self.writer.holds(text.als, place, **values):
            return []
        if text.deel:
            owner = self._by_part.get(text.deel)
            return owner.part(text.deel) if owner else []
        if text.lijst:
            return [Items(tuple(self.writer.text(item, place, **values) for item in text.lijst))]
        words = self.writer.text(text.melding or text.alinea or "", place, **values)
        return [Paragraph(words, role="notice" if text.melding else "text")]

    @cached_property
    def _by_part(self) -> dict[str, Chapter]:
        """The chapter that each part is of, of those that are present."""
        return {part: chapter for chapter in self.chapters for part in chapter.parts}


def _place(chapter: ChapterText[str]) -> str:
    return f"rapport.yaml, hoofdstuk {chapter.id}"
