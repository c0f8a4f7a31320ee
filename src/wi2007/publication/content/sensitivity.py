"""The part of the annex on other readings: what they are, and a table of the statements that change under one of them.

What does not belong here: computing them (see `wi2007.sensitivity`), the words around them.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.sensitivity import REPORT
from schemas.statement_tables import CHANGES, OUTCOMES, Outcome, Result, Verdict
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.phrases import Writer
from wi2007.publication.content.statements import shown
from wi2007.publication.document import Block, Cell, Column, Items, Paragraph, Row, Span, Table
from wi2007.sensitivity.result import About

JUDGED = frozenset({Verdict.CONFIRMED, Verdict.REMARK, Verdict.DENIED})
"""The verdicts on a statement that could be held against the study."""


def counted(outcomes: Sequence[Outcome], readings: About | None) -> dict[str, int | bool] | None:
    """How many statements there are, how many change, and of how many the verdict, where there is any.

    None without other readings.
    """
    if readings is None or not readings.lezingen:
        return None
    verdict = {one.uitspraak: one.oordeel for one in outcomes if one.lezing == REPORT}
    changed = {one.uitspraak for one in outcomes if one.verandert == CHANGES}
    judged = {one.uitspraak for one in outcomes if one.oordeel != verdict[one.uitspraak]}
    return {
        "aantal": len(verdict),
        "veranderd": len(changed),
        "oordeel": len(judged),
        "geoordeeld": bool(JUDGED & set(verdict.values())),
        "te_weinig": bool(readings.waarom_niet),
    }


def sensitivity(inputs: Inputs, writer: Writer) -> list[Block]:
    """The readings, what changes in a sentence, and the table of what changes where anything does."""
    readings, numbers = inputs.readings, counted(inputs.sensitivity, inputs.readings)
    if readings is None or numbers is None:
        return []
    texts = writer.texts.report.gevoeligheid

    def words(name: str, **values: object) -> str:
        return writer.words(texts[name], f"rapport.yaml, gevoeligheid > {name}", **values)

    told = Items(
        tuple(
            (
                Span(words("lezing_naam", naam=one.naam), strong=True),
                Span(f" {words('lezing', omschrijving=one.omschrijving, reden=one.reden)}"),
            )
            for one in readings.lezingen
        )
    )
    if not numbers["veranderd"]:
        return [told, _paragraph(words("zin_geen"))]
    rounded = [_paragraph(words("afgerond", basis=readings.basis))] if readings.basis else []
    return [told, _paragraph(words("zin", **numbers)), *rounded, _table(inputs, readings, writer)]


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def _table(inputs: Inputs, readings: About, writer: Writer) -> Table:
    texts = writer.texts.report.gevoeligheid
    found = {(one.uitspraak, one.lezing): one for one in inputs.sensitivity}
    changed = {one.uitspraak for one in inputs.sensitivity if one.verandert == CHANGES}
    rows = [
        Row(
            statement.studie or statement.uitspraak,
            tuple(
                Cell(_cell(found, statement, name, writer))
                for name in (REPORT, *(one.id for one in readings.lezingen))
            ),
        )
        for statement in inputs.statements
        if statement.id in changed
    ]
    return Table(
        id="gevoeligheid-uitspraken",
        number="",
        title=texts["titel"],
        population="",
        header=texts["kop"],
        columns=tuple(
            Column(name, numeric=False)
            for name in (texts["rapport"], *(one.naam for one in readings.lezingen))
        ),
        rows=tuple(rows),
        source=writer.words(texts["bron"], "rapport.yaml, gevoeligheid > bron"),
        download=OUTCOMES.named(inputs.account.exact),
        sortable=False,
    )


def _cell(found: dict[tuple[str, str], Outcome], statement: Result, reading: str, writer: Writer) -> str:
    """What a statement is under a reading: its figure, with the verdict where that changes; or that it is the same."""
    texts = writer.texts.report.gevoeligheid
    one, own = found[statement.id, reading], found[statement.id, REPORT]
    if reading != REPORT and one.verandert != CHANGES:
        return texts["gelijk"]
    value = shown(one.waarde, statement.eenheid, writer) or texts["geen"]
    if one.oordeel == Verdict.NOT_APPLICABLE or (one.oordeel == own.oordeel and reading != REPORT):
        return value
    return writer.words(
        texts["met_oordeel"], "rapport.yaml, gevoeligheid > met_oordeel", waarde=value, oordeel=one.oordeel
    )
