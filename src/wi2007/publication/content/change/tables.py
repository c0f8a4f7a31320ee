"""The tables of the change: everybody, men and women by part; and the categories that changed most.

What does not belong here: which figures there are (see `figures`), sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.change import CHANGE, ROUNDING
from schemas.tables import Specification
from wi2007 import dutch
from wi2007.publication.content.blocks import MEN, WOMEN, Share
from wi2007.publication.content.change.figures import LETTER, ChangeFigures, Course, Part, Ranked
from wi2007.publication.content.change.rows import Changes, Told
from wi2007.publication.content.display import slug
from wi2007.publication.content.phrases import Writer
from wi2007.publication.content.wording import number
from wi2007.publication.document import Cell, Column, Row, Table
from wi2007.tables.tidy import TOTAL

_HEADS = {TOTAL: "totaal", MEN: "mannen", WOMEN: "vrouwen"}


@dataclass(frozen=True)
class Setting:
    """What the tables are shown with."""

    figures: ChangeFigures
    writer: Writer
    peildatum: date
    download: str
    source: str

    @property
    def told(self) -> Told:
        """What is told of the comparison."""
        return self.figures.changes.told

    @property
    def days(self) -> tuple[str, str]:
        """The earlier peildatum and this one, in words."""
        before = self.told.before
        return dutch.day(before) if before else "", dutch.day(self.peildatum)

    def words(self, name: str, **values: object) -> str:
        """One of the texts around the change."""
        before, now = self.days
        given = {"vorige": before, "nu": now, "basis": self.told.base, **values}
        texts = self.writer.texts.report.verandering
        return self.writer.words(texts[name], f"rapport.yaml, verandering > {name}", **given)

    def label(self, part: Part) -> str:
        """A part as readers see it: Uitgestroomd: Ontheffing."""
        name, route = part
        label = self.told.labels.get(name) or self.words(name)
        return self.words("deel_route", deel=label, route=route) if route else label


def setting_of(
    changes: Changes,
    specification: Specification,
    writer: Writer,
    about: tuple[date, bool],
    source: str = "",
) -> Setting:
    """The setting of a report; `about` is its peildatum, and whether its counts are exact."""
    peildatum, exact = about
    return Setting(ChangeFigures(changes, specification), writer, peildatum, CHANGE.named(exact), source)


def of_parts(setting: Setting) -> Table:
    """Begin, every part and the end, of everybody and of men and women."""
    courses = setting.figures.courses()
    rows = [
        _row(setting, setting.words("stand_begin"), [(c, c.begin) for c in courses.values()], "total"),
        *(
            _row(setting, setting.label(part), [(c, c.parts.get(part, 0)) for c in courses.values()])
            for part in setting.figures.parts()
        ),
        _row(setting, setting.words("stand_eind"), [(c, c.end) for c in courses.values()], "total"),
    ]
    columns = [
        Column(setting.words(unit), group=setting.words(_HEADS[label]))
        for label in courses
        for unit in ("aantal", "procent")
    ]
    return Table(
        id=f"tabel-{slug(number_of(1))}",
        number=number_of(1),
        title=setting.words("titel_delen"),
        population=setting.words("populatie"),
        header=setting.words("kop_delen"),
        columns=tuple(columns),
        rows=tuple(rows),
        footnotes=tuple(_notes(setting, courses)),
        source=setting.source,
        download=setting.download,
        sortable=False,
        beside=True,
    )


def number_of(place: int) -> str:
    """The number of a table of the chapter."""
    return f"{LETTER}.{place}"


def _row(setting: Setting, label: str, found: Sequence[tuple[Course, int]], role: str = "row") -> Row:
    cells = [
        cell
        for course, count in found
        for cell in (Cell(dutch.count(count), float(count)), _percent(setting, course.share(count)))
    ]
    return Row(label, tuple(cells), role="total" if role == "total" else "row")


def _percent(setting: Setting, share: Share) -> Cell:
    """A percentage of the begin; a sign where nobody was there."""
    if not share.whole:
        return Cell(setting.words("niet_te_berekenen"))
    shown = share.shown or abs(share.shown)
    return Cell(number(shown), float(shown))


def _notes(setting: Setting, courses: Mapping[str, Course]) -> Iterator[str]:
    yield setting.words("voetnoot_procent")
    if any(part == ROUNDING for part, _ in setting.figures.parts()):
        yield setting.words("voetnoot_afronding")
    if courses.keys() == _HEADS.keys():
        everybody, men, women = (courses[label] for label in _HEADS)
        if everybody.begin != men.begin + women.begin or everybody.end != men.end + women.end:
            yield setting.words("voetnoot_geslacht_onbekend")
    if not all(one.begin for one in courses.values()):
        yield setting.words("voetnoot_niemand")


def of_ranked(setting: Setting, variable: str, found: Sequence[Ranked]) -> Table:
    """The categories that changed most, with the part that did the most of it."""
    name = number_of({"land_van_herkomst": 2, "gemeente": 3}[variable])
    notes = [setting.words("voetnoot_procent"), setting.words("voetnoot_vooral")]
    if setting.told.base:
        notes.append(setting.words("voetnoot_afgerond"))
    if any(not one.course.begin for one in found):
        notes.append(setting.words("voetnoot_niemand"))
    return Table(
        id=f"tabel-{slug(name)}",
        number=name,
        title=setting.words(f"titel_{variable}"),
        population=setting.words("populatie"),
        header=setting.words(f"kop_{variable}"),
        columns=(
            *(Column(setting.words(end), unit=setting.words("aantal")) for end in ("begin", "eind")),
            Column(setting.words("verschil"), unit=setting.words("aantal")),
            Column(setting.words("verschil_procent"), unit=setting.words("procent")),
            Column(setting.words("vooral"), numeric=False),
        ),
        rows=tuple(Row(one.label, _cells(setting, one.course)) for one in found),
        footnotes=tuple(notes),
        source=setting.source,
        download=setting.download,
        sortable=False,
        beside=True,
    )


def _cells(setting: Setting, course: Course) -> tuple[Cell, ...]:
    counts = (course.begin, course.end, course.change)
    main = course.main
    told = setting.words("deel_aantal", deel=setting.label(main[0]), aantal=main[1]) if main else ""
    return (
        *(Cell(dutch.count(count), float(count)) for count in counts),
        _percent(setting, course.share(course.change)),
        Cell(told or setting.words("niet_te_zeggen")),
    )
