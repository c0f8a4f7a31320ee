"""The bridge of the change: from those still obliged then to those still obliged now, part by part.

What does not belong here: drawing (see `wi2007.publication.charts`).
"""

from __future__ import annotations

from schemas.change import ROUNDING
from wi2007.publication.charts import Bridge, ChartDrawing, Step, Words, bridge_of
from wi2007.publication.content.change.tables import Setting
from wi2007.tables.tidy import TOTAL

IDENT = "grafiek-v-1-delen"


def drawn(setting: Setting) -> ChartDrawing | None:
    """The chart; None where there is nothing to tell apart: nothing compared, or only what is left in the end."""
    figures = setting.figures
    course = figures.courses().get(TOTAL)
    if course is None or figures.changes.told.renewed:
        return None
    steps = [
        Step(setting.label(part), course.parts[part], aside=part[0] == ROUNDING)
        for part in figures.parts()
        if part in course.parts
    ]
    if not steps:
        return None
    words = Words(*(setting.words(name) for name in ("kop_delen", "grafiek_aantal", "grafiek_stand")))
    bridge = Bridge(course.begin, tuple(steps), setting.days, words)
    notes = (setting.words("grafiek_noot"), setting.words("grafiek_ingekort"))
    return bridge_of(IDENT, setting.words("grafiek_titel"), bridge, notes)
