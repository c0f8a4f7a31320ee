"""The map of the municipalities, in the chapter of those who are still obliged.

Drawing needs shapely, which is imported only where the configuration names a file with boundaries.
What does not belong here: drawing, classes (see `wi2007.publication.map`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from wi2007.publication.chapters.chapter import Chapter
from wi2007.publication.charts import ChartDrawing
from wi2007.publication.content.shown import chart_of
from wi2007.publication.document import Chart, Paragraph, Section
from wi2007.publication.map.classes import EVERYONE, OBLIGED
from wi2007.publication.map.settings import MapDrawing, MapSettings

_NAME = "kaart"


class Map(Chapter):
    """One map with its table."""

    key = "kaart"
    own_names = ("bron", "bronvermelding", "tabel", "opgevolgd", "gesplitst")

    @property
    def present(self) -> bool:
        """Whether the configuration asks for a map."""
        return self.inputs.map is not None

    @cached_property
    def made(self) -> MapDrawing:
        """The map. Raises `UserError` when the boundary file does not fit."""
        from wi2007.publication.map.make import make_map  # noqa: PLC0415  # brings shapely, which only a map needs

        inputs, asked = self.inputs, replace(self._asked, floor=self.inputs.floor)
        title = self.texts[f"titel_{asked.measure}"]
        return make_map(asked, title, inputs.records, inputs.specification, inputs.account.peildatum)

    @property
    def _asked(self) -> MapSettings:
        if self.inputs.map is None:
            raise ValueError("no map is asked for")
        return self.inputs.map

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw the map."""
        return {_NAME: [self.made.drawing]}

    def sections(self, population: str) -> list[Section]:
        """Make the section of the map, in the chapter that it belongs to."""
        if population != OBLIGED or not self.charts:
            return []
        name = f"alinea_{self.made.measure}"
        text = self.writer.text(self.texts[name], "rapport.yaml, kaart")
        return [Section(_NAME, "", self.words("paragraaf"), (Paragraph(text), self._chart()))]

    def _chart(self) -> Chart:
        source = self.words("bron", bron=self.source, bronvermelding=self.made.attribution)
        population = self.writer.short(EVERYONE, self.inputs.label(EVERYONE))
        chart = chart_of(self.made.drawing, population, source)
        return replace(chart, data=replace(chart.data, footnotes=tuple(self._notes()), sortable=True))

    def _notes(self) -> Iterator[str]:
        yield self.words("voetnoot_tabel", tabel=self.made.table)
        if self.made.followed:
            yield self.words("voetnoot_opgevolgd", opgevolgd=self.made.followed)
        if self.made.split:
            yield self.words("voetnoot_gesplitst", gesplitst=self.made.split)
