"""The change since the peildatum before: sentences, every part of it, the bridge, and the categories that changed most.

What does not belong here: following persons (`wi2007.comparison`), what rows mean together (`content.changes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from schemas.change import CHANGE, ROUNDING
from schemas.dataset import Dataset
from schemas.tidy import TOTAL
from wi2007 import dutch
from wi2007.publication import charts
from wi2007.publication.chapters.chapter import Chapter, written
from wi2007.publication.charts import Bridge, ChartDrawing, Step, Words
from wi2007.publication.content.blocks import MEN, WOMEN, Share
from wi2007.publication.content.changes import (
    ONE_WAY,
    OUTFLOW,
    RECORD_FILE,
    ChangeFigures,
    Changes,
    Course,
    Part,
    Ranked,
    Told,
    read_told,
)
from wi2007.publication.content.shown import counted
from wi2007.publication.content.surely import larger_share, surely_more
from wi2007.publication.content.wording import number, percent
from wi2007.publication.document import Block, Cell, Column, Items, Row, Table, Text

RANKED: Final = {
    "verandering_landen": ("V.2", "land_van_herkomst"),
    "verandering_gemeenten": ("V.3", "gemeente"),
}
"""The number of each table of categories, and what these are of."""
_TABLE: Final = "verandering_tabel"
_HEADS: Final = {TOTAL: "totaal", MEN: "mannen", WOMEN: "vrouwen"}


class Change(Chapter):
    """What is known of the change, where anything was compared."""

    key = "verandering"
    reads = (CHANGE.file, RECORD_FILE)
    names = ("verandering", "verandering_waarom", "sinds")
    own_names = (
        "vorige",
        "nu",
        "basis",
        "deel",
        "route",
        "routes",
        "aantal",
        "label",
        "erbij",
        "uitleg",
    )
    parts = ("verandering_delen", _TABLE, *RANKED)

    @cached_property
    def told(self) -> Told:
        """What is told of the comparison."""
        return read_told(self.inputs.files[RECORD_FILE]) if super().present else Told(compared=False)

    @property
    def present(self) -> bool:
        """Whether anything was compared."""
        return self.told.compared

    def absent(self) -> dict[str, Any]:
        """Give nothing but why nothing was compared."""
        return {**super().absent(), "verandering_waarom": self.told.why_not}

    @cached_property
    def figures(self) -> ChangeFigures:
        """The course of cells."""
        rows = tuple(CHANGE.from_csv(self.inputs.files[CHANGE.file]))
        return ChangeFigures(Changes(rows, self.told), self.inputs.specification)

    @property
    def courses(self) -> dict[str, Course]:
        """Everybody, men and women; empty where no table tells of everybody."""
        return self.figures.courses

    @property
    def days(self) -> tuple[str, str]:
        """The earlier peildatum and this one, in words."""
        before = self.told.before
        return dutch.day(before) if before else "", dutch.day(self.inputs.account.peildatum)

    @property
    def offers(self) -> Sequence[Dataset[Any]]:
        """What changed in every table."""
        return (CHANGE,)

    def words(self, name: str, **values: object) -> str:
        """Fill in one of its own texts, which all may name both days and the base of rounding."""
        before, now = self.days
        return super().words(name, **{"vorige": before, "nu": now, "basis": self.told.base, **values})

    def values(self) -> dict[str, Any]:
        """Give the figures by Dutch names; none where no table tells of everybody."""
        course = self.courses.get(TOTAL)
        told = None if course is None else self._told(course)
        return {"verandering": told, "verandering_waarom": self.told.why_not, "sinds": self.since}

    def since(self, table: str, variable: str, row: str, column: str) -> dict[str, Any]:
        """Give what is surely other than on the peildatum before in one cell: its count, and its percentage.

        Nothing of a cell that is not told of, or that counts something else by now.
        """
        course = self.figures.cell(table, variable, row, column)
        whole = self.figures.cell(table, TOTAL, TOTAL, column)
        if course is None or whole is None:
            return {}
        decimals = self.inputs.specification.table(table).decimals
        then, now = (
            Share(part, of, decimals, self._level)
            for part, of in ((course.begin, whole.begin), (course.end, whole.end))
        )
        sure = larger_share(then, now, self.inputs.limits) or larger_share(now, then, self.inputs.limits)
        told = sure and then.shown != now.shown and min(whole.begin, whole.end) >= self.inputs.floor
        share = self._share(course, course.change)
        return {
            "vorige": self.days[0],
            "verschil": course.change if self._is_sure(course) else 0,
            "deel": share if share is not None and share.shown else None,
            "procent": percent(then) if told else "",
        }

    def _is_sure(self, course: Course) -> bool:
        """Whether there surely are more, or fewer, whatever rounding did to both counts."""
        return abs(course.change) > 2 * self._level

    def _told(self, course: Course) -> dict[str, Any]:
        outflow = {part[1]: -count for part, count in course.parts.items() if part[0] == OUTFLOW}
        others = [n for part, n in course.parts.items() if part[0] not in (OUTFLOW, ROUNDING)]
        left = sum(outflow.values())
        return {
            "vorige": self.days[0],
            "begin": course.begin,
            "eind": course.end,
            "verschil": course.change,
            "zeker": self._is_sure(course),
            "deel": self._share(course, course.change),
            "vernieuwd": self.told.renewed,
            "uitgestroomd": left,
            "uitgestroomd_deel": self._share(course, left),
            "route": self._largest_route(outflow),
            "anders": {"erbij": sum(n for n in others if n > 0), "eraf": -sum(n for n in others if n < 0)},
            "landen": self._first("land_van_herkomst"),
            "gemeenten": self._first("gemeente"),
        }

    def _first(self, variable: str) -> dict[str, Any] | None:
        """The category that surely changed most, with what surely did most of it; None where no such one is sure."""
        found = self._ranked(variable)
        if not found:
            return None
        first = found[0].course
        alone = self._sure_places(variable)[0] == 1
        main = self._main(first)
        return {
            "naam": self.writer.name(variable, found[0].label) if alone else None,
            "verschil": first.change,
            "deel": self._share(first, first.change),
            "vooral": self._label(main[0]) if main else None,
            "vooral_aantal": main[1] if main else 0,
        }

    def _main(self, course: Course) -> tuple[Part, int] | None:
        """The part that surely did most of a change; None where it is not sure which."""
        parts = course.in_direction
        return parts[0] if self._is_first([self._sized(one) for one in parts]) else None

    def _sized(self, one: tuple[Part, int]) -> tuple[int, int]:
        """How many persons a part is, either way, with how many it can be off."""
        (name, _), count = one
        return abs(count), self.told.spread * (1 if name in ONE_WAY else 2)

    @property
    def _level(self) -> int:
        """How many persons a count on either day can be off."""
        return max(self.told.spread, self.inputs.account.rounding.spread)

    def _is_first(self, counts: Sequence[tuple[int, int]]) -> bool:
        """Whether the first of some counts is surely larger than each of the others: than what is not shown too."""
        others = (*counts[1:], (0, 2 * self.told.spread))
        return bool(counts) and all(surely_more(counts[0], one, self.inputs.limits) for one in others)

    def _largest_route(self, outflow: Mapping[str, int]) -> tuple[int, str] | None:
        """The route that surely most took, with their number."""
        routes = sorted(((count, route) for route, count in outflow.items()), reverse=True)
        counts = [(count, self.told.spread) for count, _ in routes]
        return routes[0] if self._is_first(counts) else None

    def _share(self, course: Course, persons: int) -> Share | None:
        """So many persons as a part of the begin; None where too few were there."""
        share = course.share(abs(persons))
        return replace(share, spread=self._level, parts=2) if share.whole >= self.inputs.floor else None

    def _ranked(self, variable: str) -> list[Ranked]:
        """The categories that surely changed more than all others."""
        places = self._sure_places(variable)
        return self.figures.ranked(variable)[: max(places, default=0)]

    def _sure_places(self, variable: str) -> list[int]:
        """After how many of the categories all others surely changed less; those without a row of their own as well."""
        off = 2 * self._level
        changes = [(abs(one.course.change), off) for one in self.figures.ranked(variable)]
        others = [*changes[1:], (0, off)]
        hidden = (self.figures.hidden(variable), off)
        most = self.writer.texts.words.drempels.veranderingen
        return [
            place
            for place, (own, other) in enumerate(zip(changes[:most], others, strict=False), start=1)
            if all(surely_more(own, one, self.inputs.limits) for one in (other, hidden))
        ]

    def _label(self, part: Part) -> str:
        """A part as readers see it: Uitgestroomd: Ontheffing."""
        name, route = part
        label = self.told.labels.get(name) or self.words(name)
        return self.words("deel_route", deel=label, route=route) if route else label

    def part(self, name: str) -> list[Block]:
        """Make the parts in words; the bridge and its table; or the categories that changed most."""
        if not self.courses:
            return []
        if name in RANKED:
            number_of, variable = RANKED[name]
            found = self._ranked(variable)
            return [self._of_ranked(number_of, variable, found)] if found else []
        if name == "verandering_delen":
            return self._in_words()
        return [*self.charts_of(_TABLE, self.words("populatie"), self.source), self._of_parts()]

    def drawn(self) -> dict[str, list[ChartDrawing]]:
        """Draw the bridge; none where there is nothing to tell apart: only a net change, or no change."""
        course = self.courses.get(TOTAL)
        if course is None or self.told.renewed:
            return {}
        steps = [
            Step(self._label(part), course.parts[part], part[0] == ROUNDING, part[0] in ONE_WAY)
            for part in self.figures.parts
            if part in course.parts
        ]
        if not steps:
            return {}
        words = Words(*(self.words(name) for name in ("kop_delen", "grafiek_aantal", "grafiek_stand")))
        note = self.words("grafiek_noot")
        bridge = Bridge(course.begin, tuple(steps), self.days, words, self._is_largest)
        return {_TABLE: [charts.bridge_of("grafiek-v-1-delen", self.words("grafiek_titel"), bridge, note)]}

    def _is_largest(self, first: Step, others: Sequence[Step]) -> bool:
        """Whether a step of the bridge is surely larger than others."""
        sizes = [
            (abs(step.amount), self.told.spread * (1 if step.one_way else 2)) for step in (first, *others)
        ]
        return self._is_first(sizes)

    def _in_words(self) -> list[Block]:
        """Every part in words."""
        course = self.courses[TOTAL]
        by_name: dict[str, dict[str, int]] = {}
        for part in self.figures.parts:
            if part in course.parts:
                by_name.setdefault(part[0], {})[part[1]] = course.parts[part]
        items = tuple(self._item(name, counts, course) for name, counts in by_name.items())
        return [Items(items)] if items else []

    def _item(self, name: str, counts: Mapping[str, int], course: Course) -> Text:
        """One part, with its outflow routes, the largest first."""
        total = sum(counts.values())
        values = {
            "label": self._label((name, "")),
            "aantal": abs(total),
            "erbij": total > 0,
            "deel": self._share(course, total),
            "uitleg": self.words(f"uitleg_{name}"),
            "routes": [
                self.words(
                    "in_woorden_route", route=route, aantal=abs(count), deel=self._share(course, count)
                )
                for route, count in sorted(counts.items(), key=lambda one: one[1])
                if route
            ],
        }
        return self.writer.text(self.texts["in_woorden"], self.place("in_woorden"), **values)

    def _of_parts(self) -> Table:
        """Begin, every part and the end, of everybody and of men and women."""
        courses = self.courses.values()
        begin = self._row(self.words("stand_begin"), [(c, c.begin) for c in courses], is_total=True)
        parts = (
            self._row(self._label(part), [(c, c.parts.get(part, 0)) for c in courses])
            for part in self.figures.parts
        )
        end = self._row(self.words("stand_eind"), [(c, c.end) for c in courses], is_total=True)
        columns = (
            Column(self.words(unit), group=self.words(_HEADS[label]))
            for label in self.courses
            for unit in ("aantal", "procent")
        )
        heads = (self.words("kop_delen"), [*columns])
        about = self._about(tuple(self._notes()))
        return self.table("V.1", self.words("titel_delen"), heads, (begin, *parts, end), **about)

    def _about(self, footnotes: tuple[str, ...]) -> dict[str, Any]:
        """What both kinds of tables have."""
        return {
            "population": self.words("populatie"),
            "footnotes": footnotes,
            "source": self.source,
            "download": self.download(CHANGE.file),
            "beside": True,
        }

    def _row(self, label: str, found: Sequence[tuple[Course, int]], is_total: bool = False) -> Row:
        cells = [cell for course, count in found for cell in (counted(count), self._percent(course, count))]
        return Row(label, tuple(cells), role="total" if is_total else "row")

    def _percent(self, course: Course, count: int) -> Cell:
        """A percentage of the begin; a sign where nobody was there."""
        share = course.share(count)
        if share.whole < self.inputs.floor:
            return Cell(self.words("niet_te_berekenen"))
        shown = share.shown or abs(share.shown)
        return Cell(number(shown), float(shown))

    def _notes(self) -> Iterator[str]:
        yield self.words("voetnoot_procent")
        if any(part == ROUNDING for part, _ in self.figures.parts):
            yield self.words("voetnoot_afronding")
        if self.courses.keys() == _HEADS.keys():
            everybody, men, women = (self.courses[label] for label in _HEADS)
            if everybody.begin != men.begin + women.begin or everybody.end != men.end + women.end:
                yield self.words("voetnoot_geslacht_onbekend")
        if not all(one.begin >= self.inputs.floor for one in self.courses.values()):
            yield self.words("voetnoot_niemand")

    def _of_ranked(self, number_of: str, variable: str, found: Sequence[Ranked]) -> Table:
        """The categories that changed most, with the part that did the most of it."""
        notes = [self.words("voetnoot_procent"), self.words("voetnoot_vooral")]
        if self.told.base:
            notes.append(self.words("voetnoot_afgerond"))
        if any(one.course.begin < self.inputs.floor for one in found):
            notes.append(self.words("voetnoot_niemand"))
        persons, percent = self.words("aantal"), self.words("procent")
        heads = (
            self.words(f"kop_{variable}"),
            [
                *(Column(self.words(end), unit=persons) for end in ("begin", "eind", "verschil")),
                Column(self.words("verschil_procent"), unit=percent),
                written(self.words("vooral")),
            ],
        )
        rows = [Row(one.label, self._cells(one.course)) for one in found]
        about = self._about(tuple(notes))
        return self.table(number_of, self.words(f"titel_{variable}"), heads, rows, **about)

    def _cells(self, course: Course) -> tuple[Cell, ...]:
        main = self._main(course)
        told = self.words("deel_aantal", deel=self._label(main[0]), aantal=main[1]) if main else ""
        return (
            *(counted(count) for count in (course.begin, course.end, course.change)),
            self._percent(course, course.change),
            Cell(told or self.words("niet_te_zeggen")),
        )
