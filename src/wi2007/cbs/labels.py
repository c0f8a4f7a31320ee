"""Read labels of rows and columns, without footnotes and marks, and collect what is known of them.

Known is which are heads, which are categories and of what, and which stand for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto
from typing import Final

from schemas.cbs_layout import CbsLayout, Characteristic, LabelMeaning, SheetLayout
from wi2007 import reference
from wi2007.cbs.figures import Signs, split_mark, stronger

_FOOTNOTE = re.compile(r"\s*(?:(?<![(\d])\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹][)⁾]?)$")
_YEAR_MARK = re.compile(r"(?<=\d{4})(\*{1,2})(?=\s|$|\))")
_CLOSING = re.compile(r"(?:\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]|\*{1,2}\s|bron\s*:|©)", re.IGNORECASE)


MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})", re.IGNORECASE)
Place = tuple[int, int]
"""A row and a column."""
NATIONALITY: Final = "nationaliteit"
TOTAL: Final = "totaal"
Keys = tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """A label: its words, the mark of provisional figures behind it, and the cell where it stands.

    A `loose` one may hold for those behind it in a path, or be a row of its own above them; `figured` when it has
    figures of its own.
    """

    words: str
    mark: str = ""
    place: Place = (0, 0)
    loose: bool = False
    figured: bool = False

    @property
    def key(self) -> str:
        """The words as they are compared."""
        return key(self.words)


def key(words: str) -> str:
    """Return words without case and superfluous space."""
    return " ".join(words.casefold().split())


def label(text: str, signs: Signs) -> Label:
    """Return a text as a label: footnotes and marks behind it removed, in any order."""
    words, mark = " ".join(text.split()), ""
    while words:
        bare, found = split_mark(words, signs)
        bare = bare if found else _without_footnote(words)
        if bare == words:
            break
        words, mark = bare, max(mark, found, key=len)
    return Label(words, mark)


def _without_footnote(words: str) -> str:
    found = _FOOTNOTE.search(words)
    if found is None or words[: found.start()].count("(") > words[: found.start()].count(")"):
        return words
    return words[: found.start()].rstrip() if found.start() else words


def marks_in(text: str, signs: Signs) -> str:
    """Return the mark in a title: behind a year, or behind all of it."""
    found = [one for one in _YEAR_MARK.findall(text) if one in signs.marks]
    return stronger(*found, label(text, signs).mark)


def is_closing(text: str) -> bool:
    """Return whether a text is a footnote or a source."""
    return bool(_CLOSING.match(text.strip()))


def depth_of(text: str, indent: int) -> int:
    """Return how far a label is indented: by spaces before it, or by its format."""
    return len(text) - len(text.lstrip()) + 2 * indent


@dataclass
class Tree:
    """Labels of rows one by one, each with its depth; `path` is the last one with those it stands under.

    A label without figures stands above those that follow at its own depth too, until the next. Words such as
    `waarvan` are no label themselves: what follows them, stands under the label before them.
    """

    filler: frozenset[str]
    _open: list[tuple[tuple[int, int], Label]] = field(default_factory=list)
    _parted: bool = False

    def add(self, depth: tuple[int, int], found: Label) -> bool:
        """Add a label; return whether it is one, and no filler."""
        if found.key.rstrip(":") in self.filler:
            self._parted = True
            return False
        parted, self._parted = self._parted, False
        deeper = bool(self._open) and self._open[-1][0] > depth
        while self._open and self._open[-1][0] > depth:
            self._open.pop()
        level = [one for at, one in self._open if at == depth]
        if level:
            kept = self._kept(level, found, parted, deeper)
            self._open = [one for one in self._open if one[0] != depth]
            self._open += [(depth, replace(one, loose=True)) for one in kept]
        self._open.append((depth, found))
        return True

    def _kept(self, level: list[Label], found: Label, parted: bool, deeper: bool) -> list[Label]:
        """Return the labels at the depth of the next that stay above it."""
        *above, last = level
        if not last.figured:
            return [] if deeper else level
        is_part, was_part = (starts_with(one.key, self.filler) for one in (found, last))
        if parted or (is_part and not was_part):
            return level
        if is_part:
            return above
        if not found.figured:
            return []
        return above[:-1] if was_part and above and above[-1].figured else above

    @property
    def path(self) -> tuple[Label, ...]:
        """The latest label with those it stands under, from the top down."""
        return tuple(found for _, found in self._open)


def joined(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the label that a text over several rows may be; words may be broken by a hyphen."""
    whole = " ".join(parts)
    bare = whole.replace("- ", "")
    return (whole,) if bare == whole else (whole, bare)


def days_in(text: str) -> set[date]:
    """Return every day that a text names in words."""
    found = set()
    for day, month, year in _DAY.findall(text):
        try:
            found.add(date(int(year), MONTHS.index(month.lower()) + 1, int(day)))
        except ValueError:
            continue
    return found


def day_of(text: str) -> date | None:
    """Return the day that a text consists of; None for any other text."""
    return next(iter(days_in(text)), None) if _DAY.fullmatch(text.strip()) else None


def keys(path: Iterable[Label], filler: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    """Return a path as it is compared: a filler at the start of a label does not count."""
    return tuple(_unfilled(one.key, filler) for one in path)


def starts_with(words: str, filler: Iterable[str]) -> bool:
    """Return whether the first word of a label makes it a part of the one before it."""
    return any(words.startswith((f"{word}: ", f"{word} ")) for word in filler)


def _unfilled(words: str, filler: Sequence[str] | frozenset[str]) -> str:
    for word in sorted(filler, key=len, reverse=True):
        for start in (f"{word}: ", f"{word} "):
            if words.startswith(start):
                return words.removeprefix(start)
    return words


class Kind(Enum):
    """The kinds of labels."""

    HEAD = auto()
    NEUTRAL = auto()
    TOTAL = auto()
    VALUE = auto()
    SKIP = auto()


@dataclass(frozen=True)
class Sense:
    """One meaning of a label. `values` are categories by characteristic; `free` without a head above it.

    `under` are the categories of the same characteristic that it may stand under.
    """

    kind: Kind
    trait: str = ""
    values: tuple[tuple[str, str], ...] = ()
    free: bool = False
    under: frozenset[str] = frozenset()


@dataclass
class Vocabulary:
    """The senses of every label, and of paths of labels that are listed as such."""

    labels: dict[str, dict[tuple[Kind, str], Sense]] = field(default_factory=dict)
    paths: dict[Keys, Sense] = field(default_factory=dict)

    def senses(self, words: str) -> tuple[Sense, ...]:
        """Return the possible meanings of one label; a label to skip has no other."""
        found = tuple(self.labels.get(words, {}).values())
        return tuple(one for one in found if one.kind is Kind.SKIP) or found

    def knows(self, words: str) -> bool:
        """Return whether a label by itself means something."""
        return words in self.labels

    def heads_of(self, words: str) -> list[str]:
        """Return the characteristics that a label introduces."""
        return [one.trait for one in self.senses(words) if one.kind is Kind.HEAD]

    def traits_of(self, words: str) -> list[str]:
        """Return the characteristics that a label is a category of."""
        return [one.trait for one in self.senses(words) if one.kind is Kind.VALUE]

    def free(self) -> dict[str, dict[str, set[str]]]:
        """Return the labels that mean something by themselves, by characteristic and category."""
        found: dict[str, dict[str, set[str]]] = {}
        for words, senses in self.labels.items():
            for one in senses.values():
                if one.kind is Kind.VALUE and one.free:
                    for trait, category in one.values:
                        found.setdefault(trait, {}).setdefault(category, set()).add(words)
        return found

    def _add(self, words: str, sense: Sense) -> None:
        self.labels.setdefault(key(words), {})[sense.kind, sense.trait] = sense

    def _explain(self, meaning: LabelMeaning) -> None:
        """Add a label or a path with a meaning of its own: no other meaning without a head is left."""
        sense = _own(meaning)
        for written in meaning.staat:
            parts = tuple(key(part) for part in written.split(">"))
            if len(parts) > 1:
                self.paths[parts] = sense
                continue
            others = self.labels.setdefault(parts[0], {})
            for at, other in list(others.items()):
                others[at] = replace(other, free=False)
            self._add(parts[0], sense)


def vocabulary(wanted: CbsLayout, sheet: SheetLayout | None = None) -> Vocabulary:
    """Return everything that a layout, and a sheet of its own, says of labels."""
    made = Vocabulary()
    for trait in wanted.kenmerken:
        for words, sense in _senses(trait):
            made._add(words, sense)
    for words in wanted.totaal:
        made._add(words, Sense(Kind.TOTAL, free=True))
    for words in wanted.zonder_betekenis:
        made._add(words, Sense(Kind.NEUTRAL))
    for meaning in [*wanted.labels, *(sheet.labels if sheet else [])]:
        made._explain(meaning)
    return made


def named(wanted: CbsLayout) -> tuple[set[tuple[str, str]], set[str] | None]:
    """Return every pair of kenmerk and categorie that may be read, and every nationality; None where any label may be
    one.
    """
    pairs: set[tuple[str, str]] = set()
    for made in (vocabulary(wanted, sheet) for sheet in (None, *wanted.bladen)):
        pairs |= {pair for senses in made.labels.values() for one in senses.values() for pair in one.values}
        pairs |= {pair for one in made.paths.values() for pair in one.values}
    nationalities = {category for trait, category in pairs if trait == NATIONALITY}
    is_open = any(one.onbekende_rijen or one.onbekende_kolommen for one in wanted.bladen)
    return {pair for pair in pairs if pair[0] != NATIONALITY}, None if is_open else nationalities


def _senses(trait: Characteristic) -> Iterator[tuple[str, Sense]]:
    yield from _listed(trait)
    for one in trait.labels:
        sense = Sense(
            Kind.VALUE,
            trait.kenmerk,
            ((trait.kenmerk, one.categorie),),
            one.zonder_kop,
            frozenset(key(other) for other in one.ook_onder),
        )
        yield from ((words, sense) for words in one.staat)
    yield from ((words, Sense(Kind.HEAD, trait.kenmerk)) for words in trait.koppen)


def _listed(trait: Characteristic) -> Iterator[tuple[str, Sense]]:
    """Yield the names of a list in `reference/`, as categories."""
    names: Mapping[str, Iterable[str]] = {}
    if trait.lijst == "gemeenten":
        named = (
            one for one in reference.municipalities().values() if one.code not in reference.NO_MUNICIPALITY
        )
        names = {one.label: {one.label, one.name} for one in named}
    elif trait.lijst == "nationaliteiten":
        named = (one for one in reference.nationalities().values() if one.code != reference.UNKNOWN_CODE)
        names = {_short(one.name): {one.name, _short(one.name)} for one in named}
    for category, written in names.items():
        sense = Sense(Kind.VALUE, trait.kenmerk, ((trait.kenmerk, category),))
        yield from ((words, sense) for words in written)
        if trait.lijst == "nationaliteiten":
            yield from ((f"{words} nationaliteit", replace(sense, free=True)) for words in written)


def _short(name: str) -> str:
    """Return a nationality without its ending: Marokkaanse is Marokkaans, Chinese is Chinees."""
    if name.endswith("ese"):
        return f"{name[:-3]}ees"
    return name.removesuffix("e") if name.endswith(("se", "che")) else name


def _own(meaning: LabelMeaning) -> Sense:
    if meaning.overslaan:
        return Sense(Kind.SKIP, free=True)
    values: list[tuple[str, str]] = []
    if meaning.kenmerk and meaning.categorie:
        values.append((meaning.kenmerk, meaning.categorie))
    if meaning.nationaliteit:
        values.append((NATIONALITY, meaning.nationaliteit))
    if not values:
        return Sense(Kind.TOTAL, free=True)
    return Sense(Kind.VALUE, values[0][0], tuple(values), free=True)
