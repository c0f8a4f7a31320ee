"""Word the difference in Dutch sentences and tables, in their order.

Every number is a published figure, the difference of two, or how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.change import BEGIN, END, ROUNDING
from schemas.comparison import Comparison
from schemas.tables import Specification
from schemas.tidy import TOTAL
from wi2007 import dutch, reference
from wi2007.difference import compare
from wi2007.difference.account import Told
from wi2007.difference.blocks import LABEL, Block, Column, Grid, Heading, Sentence
from wi2007.difference.compare import Alone, Difference, Move, Part, Release, Table
from wi2007.reference import Place, classification
from wi2007.tables import variables

VARIABLE = variables.MUNICIPALITY
NOTHING = "Er is niets veranderd."
NOTHING_IN_TABLES = "In de tabellen is niets veranderd."
NOT_PUBLIC = "Niet voor publicatie: de aantallen zijn exact."
DEMONSTRATION = "Demonstratiegegevens: verzonnen personen, geen gegevens van mensen."
_NO_SHARE = "."
_NOTHING = dutch.percent(0, 1)


@dataclass(frozen=True)
class Mergers:
    """By the name of a municipality: the one it merged into, and those that merged into a new one."""

    into: Mapping[str, str]
    of: Mapping[str, tuple[str, ...]]


def mergers(before: date, after: date) -> Mergers:
    """Return what happened to the classification between two days, the earlier one first."""
    then, now = classification(before), classification(after)
    names = variables.categories(VARIABLE, before), variables.categories(VARIABLE, after)
    ended = {
        code: now[code].code
        for code, place in then.items()
        if _is_own(code, place) and now[code].standing == "opgevolgd"
    }
    into = {names[0][code]: names[1][other] for code, other in ended.items()}
    new = {code for code in ended.values() if not _is_own(code, then[code])}
    of = {
        names[1][code]: tuple(sorted(names[0][old] for old, other in ended.items() if other == code))
        for code in sorted(new)
    }
    return Mergers(into, of)


def _is_own(code: str, place: Place) -> bool:
    return code not in reference.NO_MUNICIPALITY and place.standing == "geldig"


@dataclass(frozen=True)
class Wording:
    """The names of tables, groups and parts; `most` rows of each table are shown, all where it is None."""

    specification: Specification
    comparison: Comparison
    most: int | None

    def table(self, number: str) -> str:
        """Return a table by its number, with its title where it has one."""
        titles = {str(table.number): table.title for table in self.specification.tables}
        return f"Tabel {number}: {titles[number]}" if number in titles else f"Tabel {number}"

    def variable(self, name: str) -> str:
        """Return the name of the rows of a variable."""
        return next(
            (text.label for key, text in self.specification.variables.items() if key == name), name
        ).lower()

    def obliged(self) -> dict[str, str]:
        """Return the names of the groups that hold only persons who are still obliged."""
        wanted = {"uitstroomroute": [self.comparison.inburgeringsplichtig]}
        return {
            name: one.label for name, one in self.specification.populations.items() if one.filter == wanted
        }

    def part(self, part: Part) -> str:
        """Return the name of a part."""
        labels: dict[str, str] = {link.deel: link.label for link in self.comparison.delen}
        labels |= {self.comparison.netto.deel: self.comparison.netto.label, ROUNDING: "Door afronding"}
        label = labels.get(part.name, part.name)
        return f"{label}: {part.route}" if part.route else label


@dataclass(frozen=True)
class DifferenceReport:
    """The report on two sets of tables. Made only when `compare.check_comparable` allows the comparison."""

    before: Release
    after: Release
    wording: Wording

    def blocks(self, found: Difference, told: Told | None = None, short: bool = False) -> list[Block]:
        """Return the whole report: what went in and what it says (`told`), then the tables; `short` a line for each."""
        blocks: list[Block] = [Heading(self._title(), level=1), *map(Sentence, self._notices())]
        if told is not None:
            blocks += [*map(Sentence, told.notices()), *told.blocks()]
        if found.is_empty:
            return [*blocks, *self._nothing(told)]
        known = mergers(*sorted((self.before.peildatum, self.after.peildatum)))
        if told is not None:
            blocks.append(Heading("De tabellen"))
        blocks += map(Sentence, self._remarks(found, known))
        if short:
            return [*blocks, *self._largest(found)]
        blocks += self._parts()
        for table in found.tables:
            blocks += self._table(table, known)
        return blocks

    def _nothing(self, told: Told | None) -> Iterator[Block]:
        yield Sentence(NOTHING if told is None or told.is_empty else NOTHING_IN_TABLES)

    def _largest(self, found: Difference) -> Iterator[Block]:
        """Yield a line for each table: its largest change, that of a total only where nothing else moved as much."""
        rows = []
        for table in found.tables:
            if table.moves:
                move = max(table.moves, key=lambda one: abs(one.change))
                rows.append((self.wording.table(table.number), *_figures(move)))
        columns = (Column("tabel", LABEL), *self._columns())
        shown = rows[: self.wording.most]
        if shown:
            yield Grid(columns, tuple(shown))
        yield from _left_out(len(found.tables) - len(shown), "tabel", "tabellen")

    def _title(self) -> str:
        then, now = dutch.day(self.before.peildatum), dutch.day(self.after.peildatum)
        if then == now:
            return f"Wat veranderde in de tabellen van {now}"
        return f"Wat veranderde in de tabellen: van {then} naar {now}"

    def _notices(self) -> Iterator[str]:
        if self.before.rounding is None:
            yield NOT_PUBLIC
        if self.before.demonstration:
            yield DEMONSTRATION

    @property
    def heads(self) -> tuple[str, str]:
        """How the two are called: by their peildatum, or before and after where that is the same."""
        then, now = self.before.peildatum, self.after.peildatum
        return ("voor", "na") if then == now else (dutch.day(then), dutch.day(now))

    def _remarks(self, found: Difference, known: Mergers) -> Iterator[str]:
        yield from self._on_rounding()
        if known.into:
            count = len(known.into)
            verb = "ging 1 gemeente" if count == 1 else f"gingen {dutch.count(count)} gemeenten"
            yield (
                f"De gemeentelijke indeling is een andere: tussen deze dagen {verb} op in een andere. "
                "Aantallen van een gemeente waarin andere opgingen, zijn daarom niet zomaar te vergelijken."
            )
        for numbers, what in (
            (found.only_before, "Alleen bij de eerste"),
            (found.only_after, "Alleen bij de tweede"),
            (found.redefined, "Over een andere groep of met andere kolommen, en daarom niet vergeleken"),
            (found.same, "Niet veranderd"),
        ):
            if numbers:
                yield f"{what}: tabel {', '.join(numbers)}."

    def _on_rounding(self) -> Iterator[str]:
        rounded = [one.rounding for one in (self.before, self.after) if one.rounding is not None]
        if not rounded:
            return
        bases = [dutch.count(one.base) for one in rounded]
        how = (
            f"Alle aantallen zijn afgerond op veelvouden van {bases[0]}."
            if len(set(bases)) == 1
            else f"De afronding is een andere: eerst op veelvouden van {bases[0]}, daarna op veelvouden van {bases[1]}."
        )
        noise = dutch.count(compare.noise(self.before, self.after))
        yield f"{how} Een verschil van {noise} of minder kan door afronding komen; het wordt geteld en niet getoond."
        if any(one.loose for one in rounded):
            yield "De rest van een rangorde (Overig) kan verder afwijken: een verschil daarin zegt minder."

    def _parts(self) -> list[Block]:
        groups = self.wording.obliged()
        found = compare.parts_of_group(self.before, self.after, groups)
        if not found:
            return []
        label = next(groups[row.populatie] for row in self.after.rows if row.populatie in groups)
        heads = dict(zip((BEGIN, END), self.heads, strict=True))
        rows = [
            (heads[part.name].capitalize(), dutch.count(part.count))
            if part.name in heads
            else (self.wording.part(part), signed(part.count))
            for part in _ordered(found)
        ]
        return [Heading(label), Grid((Column("deel", LABEL), Column("personen")), tuple(rows))]

    def _table(self, table: Table, known: Mergers) -> Iterator[Block]:
        yield Heading(self.wording.table(table.number))
        if table.moves:
            shown = table.moves[: self.wording.most]
            yield self._moves(shown)
            yield from _left_out(len(table.moves) - len(shown), "verschil", "verschillen")
        if table.alone:
            some = table.alone[: self.wording.most]
            yield self._alone(some, known)
            yield from _left_out(len(table.alone) - len(some), "rij of kolom", "rijen of kolommen")
        remarks = [*self._rest(table), *_small(table)]
        if remarks:
            yield Sentence(" ".join(remarks))

    def _rest(self, table: Table) -> Iterator[str]:
        """Yield the remark on a ranking of other categories: its rest is not the same group."""
        there = {one.variable for one in table.alone if one.kind != compare.CELL}
        for known in self.wording.specification.tables:
            for axis in (*known.rows, known.columns) if known.number == table.number else ():
                if axis.rest is not None and axis.variable in there:
                    yield f"{axis.rest} bestaat uit een andere groep ({self.wording.variable(axis.variable)})."

    def _moves(self, moves: Sequence[Move]) -> Grid:
        return Grid(self._columns(), tuple(_figures(move) for move in moves))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("rij", LABEL),
            Column("kolom", LABEL),
            *map(Column, self.heads),
            Column("verschil"),
            Column("in %"),
        )

    def _alone(self, some: Sequence[Alone], known: Mergers) -> Grid:
        columns = (
            Column("staat maar in een van beide", LABEL),
            *map(Column, self.heads),
            Column("waarom", LABEL),
        )
        return Grid(columns, tuple(self._alone_row(one, known) for one in some))

    def _alone_row(self, one: Alone, known: Mergers) -> tuple[str, ...]:
        counts = ["", ""]
        counts[one.side] = dutch.count(one.count)
        kind = f"{one.kind}, {self.wording.variable(one.variable)}"
        earlier = compare.BEFORE if self.before.peildatum <= self.after.peildatum else compare.AFTER
        return (f"{one.label} ({kind})", *counts, _why(one, known, earlier))


def _why(one: Alone, known: Mergers, earlier: int) -> str:
    if one.variable != VARIABLE or one.kind == compare.CELL:
        return ""
    if one.side == earlier and one.label in known.into:
        return f"opgegaan in {known.into[one.label]}"
    if one.side != earlier and one.label in known.of:
        return f"samengevoegd uit {', '.join(known.of[one.label])}"
    return ""


def _figures(move: Move) -> tuple[str, ...]:
    row = move.row.capitalize() if move.variable == TOTAL else move.row
    return (
        row,
        move.column,
        dutch.count(move.before),
        dutch.count(move.after),
        signed(move.change),
        _share(move),
    )


def _share(move: Move) -> str:
    if not move.before:
        return _NO_SHARE
    share = 100 * move.change / move.before
    words = dutch.percent(share, 1)
    if words.lstrip(dutch.MINUS) == _NOTHING:
        return _NOTHING
    return ("+" if share > 0 else "") + words


def signed(count: int) -> str:
    """Return a change of a count, with its sign."""
    return ("+" if count > 0 else "") + dutch.count(count)


def _ordered(found: Sequence[Part]) -> list[Part]:
    """Begin, the parts with the largest first, what rounding leaves, eind."""
    place: Mapping[str, int] = {BEGIN: 0, ROUNDING: 2, END: 3}
    return sorted(found, key=lambda part: (place.get(part.name, 1), -abs(part.count)))


def _left_out(count: int, one: str, more: str) -> Iterator[Block]:
    if count:
        what = f"1 {one}" if count == 1 else f"{dutch.count(count)} {more}"
        yield Sentence(f"En nog {what}. Met --alles staat alles er.")


def _small(table: Table) -> Iterator[str]:
    if table.noise:
        yield f"{_figures_that(table.noise)} zo weinig anders dat het alleen door afronding kan komen."
    if table.shares:
        yield f"Bij {_number(table.shares)} is het aantal gelijk en het percentage of de noemer anders."
    if table.reordered:
        yield "De rijen of kolommen staan in een andere volgorde."


def _figures_that(count: int) -> str:
    return "1 aantal is" if count == 1 else f"{dutch.count(count)} aantallen zijn"


def _number(count: int) -> str:
    return "1 cijfer" if count == 1 else f"{dutch.count(count)} cijfers"
