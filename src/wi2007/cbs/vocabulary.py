"""Collect what is known of labels: which are heads, which are categories and of what, and which stand for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

from schemas.cbs_layout import CbsLayout, Characteristic, LabelMeaning, SheetLayout
from wi2007 import reference
from wi2007.cbs.labels import key

NATIONALITY: Final = "nationaliteit"
TOTAL: Final = "totaal"
Keys = tuple[str, ...]


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
        named = (one for one in reference.municipalities().values() if one.code not in _NO_PLACE)
        names = {one.label: {one.label, one.name} for one in named}
    elif trait.lijst == "nationaliteiten":
        named = (one for one in reference.nationalities().values() if one.code != reference.UNKNOWN_CODE)
        names = {_short(one.name): {one.name, _short(one.name)} for one in named}
    for category, written in names.items():
        sense = Sense(Kind.VALUE, trait.kenmerk, ((trait.kenmerk, category),))
        yield from ((words, sense) for words in written)
        if trait.lijst == "nationaliteiten":
            yield from ((f"{words} nationaliteit", replace(sense, free=True)) for words in written)


_NO_PLACE: Final = (reference.UNKNOWN_CODE, reference.RNI)


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
