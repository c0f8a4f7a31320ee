"""Make a map of a boundary file and the published tables: two widths, a text alternative and a table.

What does not belong here: the parts themselves, and the text around the map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from shapely.geometry.base import BaseGeometry

from schemas.tables import Specification
from schemas.tidy import TidyRow
from wi2007 import dutch
from wi2007.publication.charts.data import ChartData, ChartDrawing, DataRow, percent_text
from wi2007.publication.charts.sheet import draw
from wi2007.publication.map.boundaries import at_peildatum, read
from wi2007.publication.map.classes import Figure, classes, figures, table_of
from wi2007.publication.map.legend import NOTES, alternative
from wi2007.publication.map.picture import entries_of, picture
from wi2007.publication.map.settings import MapDrawing, MapSettings, Measure
from wi2007.publication.map.shapes import generalised

IDENT = "kaart-gemeenten"
HEADER = "Gemeente"
COLUMNS = ("Nog inburgeringsplichtig", "Ooit inburgeringsplichtig geweest", "Aandeel")


def make_map(
    settings: MapSettings, title: str, rows: Sequence[TidyRow], specification: Specification, peildatum: date
) -> MapDrawing:
    """The map of a peildatum. `rows` are the published tables.

    Raises `UserError` when there is no table for it, or the boundary file does not fit.
    """
    table = table_of(specification)
    found = figures(table, rows, specification, peildatum, settings.floor)
    country = at_peildatum(settings.file, read(settings.file, settings.code), peildatum)
    return MapDrawing(
        drawing=drawing(title, found, country.areas, settings.measure, table.decimals),
        measure=settings.measure,
        attribution=settings.attribution,
        table=table.number,
        followed=country.followed,
        split=country.split,
    )


def drawing(
    title: str, found: Sequence[Figure], areas: Mapping[str, BaseGeometry], measure: Measure, decimals: int
) -> ChartDrawing:
    """The map of some municipalities; `areas` lie on a plane with y upwards."""
    made = classes(found, measure)
    told = alternative(made, measure, {one.code: one.name for one in found})
    drawn = generalised(areas)
    entries = entries_of(made, measure)
    note = NOTES[measure]
    return draw(IDENT, title, told, _data(found, decimals), lambda size: picture(drawn, entries, note, size))


def _data(found: Sequence[Figure], decimals: int) -> ChartData:
    return ChartData(HEADER, COLUMNS, tuple(_row(one, decimals) for one in found if one.alone))


def _row(one: Figure, decimals: int) -> DataRow:
    share = None if one.share is None else float(one.share)
    texts = (dutch.count(one.count), dutch.count(one.total), percent_text(one.share, decimals))
    return DataRow(one.name, texts, (float(one.count), float(one.total), share))
