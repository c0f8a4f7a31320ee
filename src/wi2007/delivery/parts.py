"""Read a delivery in parts as one source: the rows of each part behind those of the part before.

Every part must have the same fields. Row numbers go on from part to part, so that no number comes twice; `numbering`
turns them back into those of the file itself.
What does not belong here: which files are the parts (`wi2007.project.parts_of`), how one file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Block, Decision, Missing, Rows, Source
from wi2007.fingerprint import of_parts

SUBJECT: Final = "delen"
_DIFFERS: Final = "deel_anders"
_REASON: Final = "De delen zijn achter elkaar gelezen, op volgorde van hun naam."


@dataclass(frozen=True)
class Part:
    """Where a part stands among the rows: its name, its first number in the whole, and how much that is more than in
    the file itself.
    """

    name: str
    first: int
    more: int


@dataclass(frozen=True)
class PartsSource:
    """The open files, in order (`wi2007.delivery.source.Source`)."""

    names_of_files: tuple[str, ...]
    sources: tuple[Source, ...]
    parts: list[Part] = field(default_factory=list)
    """What is known of the parts so far: all of it when every row was read once."""

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(source.size for source in self.sources)

    @property
    def sha256(self) -> str:
        """One SHA-256 of all parts, in order."""
        return of_parts([source.sha256 for source in self.sources])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, the same in every part."""
        return self.sources[0].names

    @property
    def header_row(self) -> int | None:
        """The row of the names in the first part."""
        return self.sources[0].header_row

    @property
    def names_are_names(self) -> bool:
        """Whether the header of every part is surely no row of a person."""
        return all(source.names_are_names for source in self.sources)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """How the first part is read, which parts there are, and what is read otherwise in another part."""
        first, *others = self.sources
        told = [*first.decisions, Decision(SUBJECT, self._listed(), False, _REASON)]
        known = {(one.subject, one.value) for one in first.decisions}
        for name, source in zip(self.names_of_files[1:], others, strict=True):
            for one in source.decisions:
                if (one.subject, one.value) not in known:
                    told.append(replace(one, reason=f"In {name}. {one.reason}"))
                    known.add((one.subject, one.value))
        return tuple(told)

    def _listed(self) -> str:
        return f"{len(self.sources)} bestanden: {self.names_of_files[0]} t/m {self.names_of_files[-1]}"

    @property
    def labels(self) -> Mapping[int, Mapping[str, str]]:
        """The value labels, the same in every part."""
        return self.sources[0].labels

    @property
    def missing(self) -> Mapping[int, Missing]:
        """The values that are declared missing, the same in every part."""
        return self.sources[0].missing

    @property
    def titles(self) -> Mapping[int, str]:
        """The titles of fields in the first part."""
        return self.sources[0].titles

    @property
    def day_zero(self) -> date | None:
        """From which day a number counts, the same in every part."""
        return self.sources[0].day_zero

    def blocks(self, fields: Sequence[int], plain: Collection[int] = ()) -> Iterator[Block]:
        """Yield every row of every part once, in order; reading ahead begins at once, in the first part.

        Raises `UnreadableError` that names the part.
        """
        first = self.sources[0].blocks(fields, plain)
        return self._blocks(first, tuple(fields), frozenset(plain))

    def _blocks(
        self, blocks: Iterator[Block], fields: tuple[int, ...], plain: frozenset[int]
    ) -> Iterator[Block]:
        end = self.header_row or 0
        for at, (name, source) in enumerate(zip(self.names_of_files, self.sources, strict=True)):
            more = end - (source.header_row or 0)
            if at == len(self.parts):
                self.parts.append(Part(name, end + 1, more))
            try:
                for block in source.blocks(fields, plain) if at else blocks:
                    moved = _moved(block, more)
                    end = max([end, *(int(rows[-1]) for rows in _rows(moved) if len(rows))])
                    yield moved
            except UnreadableError as error:
                raise _in_part(error.problem, name, more) from None


def open_parts(paths: Sequence[Path], open_one: Callable[[Path], Source]) -> PartsSource:
    """Open every part. Raises `UnreadableError` where one cannot be read, or is not like the first."""
    opened = []
    for path in paths:
        try:
            opened.append(open_one(path))
        except UnreadableError as error:
            raise _in_part(error.problem, path.name, None) from None
    names = tuple(path.name for path in paths)
    for name, source in zip(names[1:], opened[1:], strict=True):
        for what, one, other in _compared(opened[0], source):
            if one != other:
                raise UnreadableError(
                    Problem(_DIFFERS, about=f"In {name} zijn {what} anders dan in {names[0]}.")
                )
    return PartsSource(names, tuple(opened))


def _compared(first: Source, other: Source) -> Iterator[tuple[str, Any, Any]]:
    """What must be the same in both, with its Dutch name."""
    yield "de soort van het bestand", _kind(first), _kind(other)
    yield "de velden of hun volgorde", first.names, other.names
    yield "de waardelabels", first.labels, other.labels
    yield "de ontbrekende waarden", first.missing, other.missing
    yield "de dagnummers", first.day_zero, other.day_zero


def _kind(source: Source) -> list[str]:
    return [one.value for one in source.decisions if one.subject == "soort"]


def _in_part(problem: Problem, name: str, more: int | None) -> UnreadableError:
    """The same problem, told of a part; its row stays that of the file where those before it are not counted."""
    where = f"Dit is in {name}" + (f", rij {problem.row}." if problem.row is not None else ".")
    row = None if problem.row is None or more is None else problem.row + more
    return UnreadableError(replace(problem, row=row, about=f"{where} {problem.about}".rstrip()))


def _moved(block: Block, more: int) -> Block:
    """The block with row numbers that go on where the part before ended."""
    if not more:
        return block
    return replace(
        block,
        rows=block.rows + more,
        wrong_length=block.wrong_length + more,
        empty=block.empty + more,
        cells=tuple(replace(cell, rows=cell.rows + more) for cell in block.cells),
        passed_over={rule: rows + more for rule, rows in block.passed_over.items()},
    )


def _rows(block: Block) -> Iterator[Rows]:
    yield from (block.rows, block.wrong_length, block.empty, *block.passed_over.values())
