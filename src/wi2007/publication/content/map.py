"""The section with the map of the municipalities, in the chapter of those who are still obliged.

What does not belong here: drawing (see `wi2007.publication.map`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.shown import chart_of
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Chart, Paragraph, Section
from wi2007.publication.map.classes import EVERYONE, OBLIGED, MapDrawing


def map_sections(inputs: Inputs, writer: Writer, source: str, population: str) -> list[Section]:
    """The section of the map, if there is a map and it belongs to this population."""
    if inputs.map is None or population != OBLIGED:
        return []
    chart = _chart(inputs.map, inputs, writer, source)
    text = writer.text(writer.texts.report.kaart[f"alinea_{inputs.map.measure}"], "rapport.yaml, kaart")
    return [Section("kaart", "", _words(writer, "paragraaf"), (Paragraph(text), chart))]


def _chart(made: MapDrawing, inputs: Inputs, writer: Writer, source: str) -> Chart:
    named = _words(writer, "bron", bron=source, bronvermelding=made.attribution)
    chart = chart_of(made.drawing, writer.short(EVERYONE, inputs.label(EVERYONE)), named)
    notes = tuple(_footnotes(made, writer))
    return replace(chart, data=replace(chart.data, footnotes=notes, sortable=True))


def _footnotes(made: MapDrawing, writer: Writer) -> Iterator[str]:
    yield _words(writer, "voetnoot_tabel", tabel=made.table)
    if made.followed:
        yield _words(writer, "voetnoot_opgevolgd", opgevolgd=made.followed)
    if made.split:
        yield _words(writer, "voetnoot_gesplitst", gesplitst=made.split)


def _words(writer: Writer, name: str, **values: object) -> str:
    return writer.words(writer.texts.report.kaart[name], f"rapport.yaml, kaart > {name}", **values)
