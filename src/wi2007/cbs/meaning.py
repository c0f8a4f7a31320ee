"""Interpret a path of heads and labels: every way in which each label is known and has its place, or why there is none.

A text over several rows is read as one label where the words joined are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schemas.cbs import OF_CATEGORY, OF_NATIONALITY
from wi2007.cbs.labels import (
    NATIONALITY,
    TOTAL,
    Kind,
    Label,
    Place,
    Sense,
    Vocabulary,
    day_of,
    joined,
    key,
    keys,
)
from wi2007.cbs.misfit import Ask, Misfit

_UNKNOWN = "dit label staat niet in de indeling; zet het in cbs.yaml"
_UNKNOWN_HEAD = "deze kop staat niet in de indeling; zet die in cbs.yaml"
_OTHER_DAY = (
    "dit is niet de dag of het jaar van dit blad; "
    "zet het in cbs.yaml met overslaan, of zet bij het blad meetmoment"
)
_GENERAL = "dit label zegt alleen iets onder een kop ({traits}), en zo'n kop staat er niet"
_HEAD = "dit is een kop ({traits}); wat een cijfer daarbij betekent, staat niet vast"
_TOGETHER = "deze labels hebben samen geen betekenis"
_TWO = "dit kan twee dingen betekenen; zet het pad met zijn betekenis in cbs.yaml bij labels"


@dataclass(frozen=True)
class Target:
    """The meaning of a row or a column; None where it has none. `skipped` rows and columns are not read.

    `crossed` ones are about two characteristics at once, for which the table has no place.
    """

    kenmerk: str | None = None
    categorie: str | None = None
    nationaliteit: str | None = None
    skipped: bool = False
    crossed: bool = False

    def __str__(self) -> str:
        if self.skipped:
            return "niet lezen"
        parts = [f"{self.kenmerk} {self.categorie}" if self.kenmerk else "", self.nationaliteit or ""]
        return " van ".join(filter(None, parts)) or "iedereen"


@dataclass(frozen=True)
class Subject:
    """What a cell is about."""

    kenmerk: str
    categorie: str
    nationaliteit: str


@dataclass(frozen=True)
class State:
    """How far a path has been read: the open head, whether a category of it followed, and the meaning so far."""

    open: str = ""
    closed: bool = False
    values: tuple[tuple[str, str], ...] = ()
    skipped: bool = False
    said: bool = False

    def target(self) -> Target:
        """Return the meaning so far."""
        if self.skipped:
            return Target(skipped=True)
        found = dict(self.values)
        nationality = found.pop(NATIONALITY, None)
        trait, category = next(iter(found.items()), (None, None))
        return Target(trait, category, nationality, crossed=len(found) > 1)


@dataclass(frozen=True)
class Axis:
    """What is known of the rows or the columns of a sheet before a label of it is read.

    `implied` is the characteristic of labels without a head; with `otherwise` an unknown label is a nationality.
    """

    name: str
    words: Vocabulary
    filler: frozenset[str]
    moment: date | None = None
    implied: str = ""
    otherwise: str = ""

    def start(self) -> State:
        """Return the state where every path begins."""
        return State(self.implied, closed=bool(self.implied))


def interpretations(
    axis: Axis, path: tuple[Label, ...], consumed: Iterable[Place] = ()
) -> dict[Target, set[Place]]:
    """Return everything that a path may mean, each with the places of labels that were read together with a later one.

    `consumed` are the places of labels that belong to the text of another row.
    """
    if not path:
        return {Target(): set()}
    return _Reader(axis, path, frozenset(consumed)).found()


class _Reader:
    """One path during reading."""

    def __init__(self, axis: Axis, path: tuple[Label, ...], consumed: frozenset[Place]) -> None:
        self._axis, self._path, self._consumed = axis, path, consumed
        self._keys = keys(path, axis.filler)

    def found(self) -> dict[Target, set[Place]]:
        """Return all interpretations."""
        targets: dict[Target, set[Place]] = {}
        for state, used in self._from(0, self._axis.start(), frozenset()):
            if state.skipped or state.said:
                targets.setdefault(state.target(), set()).update(used)
        return targets

    def _from(
        self, at: int, state: State, used: frozenset[Place]
    ) -> Iterator[tuple[State, frozenset[Place]]]:
        if at == len(self._path) or state.skipped:
            yield state, used
            return
        if self._may_drop(at, state):
            yield from self._from(at + 1, state, used)
        for end, senses in self._groups(at):
            more = used | {one.place for one in self._path[at : end - 1]} if end > at + 1 else used
            for sense in senses:
                after = step(state, sense)
                if after is not None:
                    yield from self._from(end, after, more)
        if self._is_other(at, state):
            name = self._path[at].words
            yield replace(state, values=_put(state.values, ((NATIONALITY, name),)), said=True), used

    def _groups(self, at: int) -> Iterator[tuple[int, tuple[Sense, ...]]]:
        """Yield the labels from here on that are taken together, and their senses; a listed path is always one."""
        ends = range(len(self._path), at, -1)
        listed = next((end for end in ends if self._keys[at:end] in self._axis.words.paths), None)
        if listed is not None:
            yield listed, (self._axis.words.paths[self._keys[at:listed]],)
            return
        for end in ends:
            words = [self._keys[at]] if end == at + 1 else joined(self._keys[at:end])
            for one in words:
                yield end, self._axis.words.senses(one)
        if not self._axis.words.knows(self._keys[at]) and is_moment(self._keys[at], self._axis.moment):
            yield at + 1, (Sense(Kind.TOTAL, trait="-", free=True),)

    def _may_drop(self, at: int, state: State) -> bool:
        """Return whether a label may be a row of its own, and not a head above those behind it.

        A row without figures is so only above a category of the same characteristic.
        """
        one = self._path[at]
        if not one.loose or at == len(self._path) - 1:
            return False
        after = set(self._axis.words.traits_of(self._keys[at + 1]))
        own = (sense for sense in self._axis.words.senses(self._keys[at]) if sense.kind is Kind.VALUE)
        is_row = any(sense.trait in after and step(state, sense) is not None for sense in own)
        return one.place in self._consumed or one.figured or is_row

    def _is_other(self, at: int, state: State) -> bool:
        """Return whether a label that is not known is a nationality."""
        is_last = at == len(self._path) - 1
        is_open = not state.open or state.open == self._axis.otherwise
        known = self._axis.words.knows(self._keys[at])
        return (
            bool(self._axis.otherwise)
            and is_last
            and is_open
            and not known
            and not dict(state.values).get(NATIONALITY)
        )


def step(state: State, sense: Sense) -> State | None:
    """Return the state after a label; None where the label has no place there."""
    match sense.kind:
        case Kind.SKIP:
            return replace(state, skipped=True)
        case Kind.NEUTRAL:
            return replace(state, said=False)
        case Kind.TOTAL:
            return replace(state, closed=state.closed or (bool(state.open) and not sense.trait), said=True)
        case Kind.HEAD:
            return _under_head(state, sense.trait)
    return _in_category(state, sense)


def _under_head(state: State, trait: str) -> State | None:
    """Return the state after a head: it stands under no other head, and under no category of its own characteristic."""
    nested = state.open not in ("", trait) and not state.closed
    if nested or trait in dict(state.values):
        return None
    return replace(state, open=trait, closed=False, said=False)


def _in_category(state: State, sense: Sense) -> State | None:
    """Return the state after a category: under its own head, or without one where it needs none; below no other
    category of its kind.
    """
    traits = {trait for trait, _ in sense.values}
    under_other = bool(state.open) and not state.closed and state.open not in traits
    if under_other or not (sense.free or state.open in traits):
        return None
    held = dict(state.values)
    above = ((held[trait], category) for trait, category in sense.values if trait in held)
    if any(one != category and key(one) not in sense.under for one, category in above):
        return None
    return replace(state, closed=True, values=_put(state.values, sense.values), said=True)


def _put(
    values: tuple[tuple[str, str], ...], more: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    return tuple((dict(values) | dict(more)).items())


def is_moment(words: str, moment: date | None) -> bool:
    """Return whether a label is the day or the year of the figures; any day or year, as long as that is not known."""
    if words.isdigit() and len(words) == 4:
        return moment is None or int(words) == moment.year
    found = day_of(words)
    return found is not None and moment in (None, found)


def subject(row: Target, column: Target) -> Subject | None:
    """Return what the cell of a row and a column is about; None where both say the same thing in two ways."""
    found: dict[str, str] = {}
    for name in ("kenmerk", "categorie", "nationaliteit"):
        values = {value for value in (getattr(row, name), getattr(column, name)) if value}
        if len(values) > 1:
            return None
        found[name] = values.pop() if values else TOTAL
    return Subject(**found)


def is_crossed(row: Target, column: Target) -> bool:
    """Return whether a cell is about two characteristics at once, such as women with social assistance."""
    both = row.kenmerk and column.kenmerk and row.kenmerk != column.kenmerk
    return row.crossed or column.crossed or bool(both)


def whole(adding: Target, axis: Iterable[Target]) -> str:
    """Return what a percentage is a part of; `adding` is its place on the axis along which percentages add up.

    Where the axis divides nationalities it is everybody of the category, where it divides categories everybody of the
    nationality. The total goes by what the rest of the axis divides. Empty where it is not clear.
    """
    if adding.nationaliteit and adding.kenmerk:
        return ""
    if adding.nationaliteit or adding.kenmerk:
        return OF_CATEGORY if adding.nationaliteit else OF_NATIONALITY
    return OF_NATIONALITY if any(one.kenmerk for one in axis) else OF_CATEGORY


def unknown(sheet: str, axis: Axis, one: Label) -> list[Misfit]:
    """Return a misfit for a label above rows that is not known; nothing where it is."""
    if _is_known(axis, (one,), 0):
        return []
    return [_misfit(sheet, one, _UNKNOWN_HEAD, Ask("kop", one.words))]


def doubts(sheet: str, axis: Axis, path: tuple[Label, ...], found: Sequence[Target]) -> list[Misfit]:
    """Return what is not known of a path that has not exactly one meaning."""
    last = path[-1]
    names = tuple(one.words for one in path)
    if found:
        said = ", of ".join(sorted(str(one) for one in found))
        one = replace(last, words=f"{' › '.join(names)}: {said}")
        return [_misfit(sheet, one, _TWO, Ask("pad", last.words, path=names))]
    strange = [at for at in range(len(path)) if not _is_known(axis, path, at)]
    if strange:
        return [_strange(sheet, axis, path, at) for at in strange]
    return [_no_meaning(sheet, axis, path)]


def _is_known(axis: Axis, path: tuple[Label, ...], at: int) -> bool:
    """Return whether a label means something, by itself or as a part of a text over several rows."""
    parts = keys(path, axis.filler)
    if axis.words.knows(parts[at]) or is_moment(parts[at], axis.moment):
        return True
    groups = (
        (start, end) for start in range(at + 1) for end in range(at + 1, len(parts) + 1) if end > start + 1
    )
    return any(
        parts[start:end] in axis.words.paths
        or any(axis.words.knows(words) for words in joined(parts[start:end]))
        for start, end in groups
    )


def _strange(sheet: str, axis: Axis, path: tuple[Label, ...], at: int) -> Misfit:
    one, names = path[at], tuple(label.words for label in path)
    parts = keys(path, axis.filler)
    if day_of(parts[at]) or (parts[at].isdigit() and len(parts[at]) == 4):
        return _misfit(sheet, one, _OTHER_DAY, Ask("jaar", one.words))
    if at < len(path) - 1:
        return _misfit(sheet, one, _UNKNOWN_HEAD, Ask("kop", one.words, path=names))
    heads = [trait for words in parts[:at] for trait in axis.words.heads_of(words)]
    ask = Ask("label", one.words, tuple(heads[-1:] or [axis.implied] * bool(axis.implied)), names)
    return _misfit(sheet, one, _UNKNOWN, ask)


def _no_meaning(sheet: str, axis: Axis, path: tuple[Label, ...]) -> Misfit:
    """Return the misfit where all labels are known, but together mean nothing."""
    parts, last = keys(path, axis.filler), path[-1]
    names = tuple(one.words for one in path)
    senses = axis.words.senses(parts[-1])
    if senses and all(one.kind in (Kind.HEAD, Kind.NEUTRAL) for one in senses):
        what = _HEAD.format(traits=" of ".join(axis.words.heads_of(parts[-1])) or "zonder betekenis")
        return _misfit(sheet, last, what, Ask("pad", last.words, path=names))
    above = [sense.kind for words in parts[:-1] for sense in axis.words.senses(words)]
    traits = tuple(dict.fromkeys(axis.words.traits_of(parts[-1])))
    if not {Kind.HEAD, Kind.VALUE} & set(above) and traits:
        ask = Ask("kop", last.words, traits, axis=axis.name)
        return _misfit(sheet, last, _GENERAL.format(traits=" of ".join(traits)), ask)
    one = replace(last, words=" › ".join(names))
    return _misfit(sheet, one, _TOGETHER, Ask("pad", last.words, path=names))


def _misfit(sheet: str, one: Label, what: str, ask: Ask) -> Misfit:
    return Misfit(sheet, *one.place, what, one.words, ask)
