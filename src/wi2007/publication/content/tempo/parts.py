"""The parts of the chapter on outflow by name, as `config/report/rapport.yaml` asks for them.

What does not belong here: how one is made.
"""

from __future__ import annotations

from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.shown import chart_of
from wi2007.publication.content.tempo import tables
from wi2007.publication.content.tempo.tables import Setting
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block


def tempo_part(name: str, inputs: Inputs, writer: Writer, source: str) -> list[Block]:
    """The charts of one part, then its tables; nothing where nothing is told."""
    if not inputs.tempo:
        return []
    setting = Setting(inputs.tempo, inputs, writer, source)
    charts = [
        chart_of(drawing, setting.population(name), source) for drawing in inputs.tempo_charts.get(name, [])
    ]
    if name == "tempo_route":
        return [*charts, tables.by_period(setting, shares=False), tables.by_period(setting, shares=True)]
    if name == "tempo_groepen":
        return [*charts, tables.by_group(setting), tables.by_year(setting)]
    return [*charts, tables.ahead(setting)] if inputs.tempo.ways else []
