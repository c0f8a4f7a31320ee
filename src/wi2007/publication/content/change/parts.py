"""The parts of the chapter on the change by name, and its figures as the texts of the report ask for them.

What does not belong here: how a table or the chart is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.change import ROUNDING
from wi2007.publication.charts import ChartDrawing
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.change.figures import OUTFLOW, Course
from wi2007.publication.content.change.tables import Setting, of_parts, of_ranked
from wi2007.publication.content.shown import chart_of
from wi2007.publication.document import Block, Items, Text
from wi2007.tables.tidy import TOTAL

RANKED = {"verandering_landen": "land_van_herkomst", "verandering_gemeenten": "gemeente"}


def for_texts(setting: Setting) -> dict[str, Any] | None:
    """The figures by Dutch names; None where nothing is compared, or no table tells of everybody."""
    course = setting.figures.courses().get(TOTAL)
    if not setting.figures.changes or course is None:
        return None
    outflow = {part[1]: -count for part, count in course.parts.items() if part[0] == OUTFLOW}
    left = sum(outflow.values())
    return {
        "vorige": setting.days[0],
        "begin": course.begin,
        "eind": course.end,
        "verschil": course.change,
        "deel": _share(course, course.change),
        "vernieuwd": setting.told.renewed,
        "uitgestroomd": left,
        "uitgestroomd_deel": _share(course, left),
        "routes": sorted(((n, route) for route, n in outflow.items() if n > 0), key=lambda one: -one[0]),
        "anders": _others(course),
        "landen": _first(setting, "land_van_herkomst"),
        "gemeenten": _first(setting, "gemeente"),
    }


def _others(course: Course) -> dict[str, int]:
    """Persons that came in and that went otherwise, over the parts besides outflow and rounding."""
    counts = [n for part, n in course.parts.items() if part[0] not in (OUTFLOW, ROUNDING)]
    return {"erbij": sum(n for n in counts if n > 0), "eraf": -sum(n for n in counts if n < 0)}


def _most(setting: Setting) -> int:
    return setting.writer.texts.words.drempels.veranderingen


def _first(setting: Setting, variable: str) -> dict[str, Any] | None:
    """The category that changed most; None where there is none, or more than one that changed as much."""
    found = setting.figures.ranked(variable, _most(setting))
    if not found:
        return None
    first = found[0].course
    alone = len(found) == 1 or abs(found[1].course.change) < abs(first.change)
    return {
        "naam": setting.writer.name(variable, found[0].label) if alone else None,
        "verschil": first.change,
        "deel": _share(first, first.change),
        "vooral": setting.label(first.main[0]) if first.main else None,
        "vooral_aantal": first.main[1] if first.main else 0,
    }


def change_part(name: str, setting: Setting, drawing: ChartDrawing | None) -> list[Block]:
    """The blocks of one part; none where nothing is compared."""
    if not setting.figures.changes or not setting.figures.courses():
        return []
    if name in RANKED:
        found = setting.figures.ranked(RANKED[name], _most(setting))
        return [of_ranked(setting, RANKED[name], found)] if found else []
    if name == "verandering_delen":
        return _told(setting)
    population, source = setting.words("populatie"), setting.source
    return [*([chart_of(drawing, population, source)] if drawing else []), of_parts(setting)]


def _told(setting: Setting) -> list[Block]:
    """Every part in words."""
    course = setting.figures.courses()[TOTAL]
    by_name: dict[str, dict[str, int]] = {}
    for part in setting.figures.parts():
        if part in course.parts:
            by_name.setdefault(part[0], {})[part[1]] = course.parts[part]
    items = tuple(_item(setting, name, counts, course) for name, counts in by_name.items())
    return [Items(items)] if items else []


def _item(setting: Setting, name: str, counts: Mapping[str, int], course: Course) -> Text:
    """One part, with its outflow routes, the largest first."""
    texts, total = setting.writer.texts.report.verandering, sum(counts.values())
    values = {
        "label": setting.label((name, "")),
        "aantal": abs(total),
        "erbij": total > 0,
        "deel": _share(course, total),
        "uitleg": setting.words(f"uitleg_{name}"),
        "routes": [
            setting.words("in_woorden_route", route=route, aantal=abs(count), deel=_share(course, count))
            for route, count in sorted(counts.items(), key=lambda one: one[1])
            if route
        ],
    }
    return setting.writer.text(texts["in_woorden"], "rapport.yaml, verandering > in_woorden", **values)


def _share(course: Course, count: int) -> Share | None:
    """So many persons as a part of the begin; None where nobody was there."""
    return course.share(abs(count)) if course.begin else None
