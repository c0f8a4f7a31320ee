"""Explain why a path of labels has no meaning, or more than one: the unknown label, and what would make it known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wi2007.cbs.labels import Label, day_of, joined, keys
from wi2007.cbs.meaning import Axis, Target, is_moment
from wi2007.cbs.misfit import Ask, Misfit
from wi2007.cbs.vocabulary import Kind

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


def unknown(sheet: str, axis: Axis, one: Label) -> list[Misfit]:
    """Return a misfit for a label above rows that is not known; nothing where it is."""
    if _is_known(axis, (one,), 0):
        return []
    return [_told(sheet, one, _UNKNOWN_HEAD, Ask("kop", one.words))]


def doubts(sheet: str, axis: Axis, path: tuple[Label, ...], found: Sequence[Target]) -> list[Misfit]:
    """Return what is not known of a path that has not exactly one meaning."""
    last = path[-1]
    names = tuple(one.words for one in path)
    if found:
        said = ", of ".join(sorted(str(one) for one in found))
        one = replace(last, words=f"{' › '.join(names)}: {said}")
        return [_told(sheet, one, _TWO, Ask("pad", last.words, path=names))]
    strange = [at for at in range(len(path)) if not _is_known(axis, path, at)]
    if strange:
        return [_strange(sheet, axis, path, at) for at in strange]
    return [_no_meaning(sheet, axis, path)]


def _is_known(axis: Axis, path: tuple[Label, ...], at: int) -> bool:
    """Return whether a label means something, by itself or as a part of a text over several rows."""
    told = keys(path, axis.filler)
    if axis.words.knows(told[at]) or is_moment(told[at], axis.moment):
        return True
    groups = (
        (start, end) for start in range(at + 1) for end in range(at + 1, len(told) + 1) if end > start + 1
    )
    return any(
        told[start:end] in axis.words.paths
        or any(axis.words.knows(words) for words in joined(told[start:end]))
        for start, end in groups
    )


def _strange(sheet: str, axis: Axis, path: tuple[Label, ...], at: int) -> Misfit:
    one, names = path[at], tuple(label.words for label in path)
    told = keys(path, axis.filler)
    if day_of(told[at]) or (told[at].isdigit() and len(told[at]) == 4):
        return _told(sheet, one, _OTHER_DAY, Ask("jaar", one.words))
    if at < len(path) - 1:
        return _told(sheet, one, _UNKNOWN_HEAD, Ask("kop", one.words, path=names))
    heads = [trait for words in told[:at] for trait in axis.words.heads_of(words)]
    ask = Ask("label", one.words, tuple(heads[-1:] or [axis.implied] * bool(axis.implied)), names)
    return _told(sheet, one, _UNKNOWN, ask)


def _no_meaning(sheet: str, axis: Axis, path: tuple[Label, ...]) -> Misfit:
    """Return the misfit where all labels are known, but together mean nothing."""
    told, last = keys(path, axis.filler), path[-1]
    names = tuple(one.words for one in path)
    senses = axis.words.senses(told[-1])
    if senses and all(one.kind in (Kind.HEAD, Kind.NEUTRAL) for one in senses):
        what = _HEAD.format(traits=" of ".join(axis.words.heads_of(told[-1])) or "zonder betekenis")
        return _told(sheet, last, what, Ask("pad", last.words, path=names))
    above = [sense.kind for words in told[:-1] for sense in axis.words.senses(words)]
    traits = tuple(dict.fromkeys(axis.words.traits_of(told[-1])))
    if not {Kind.HEAD, Kind.VALUE} & set(above) and traits:
        ask = Ask("kop", last.words, traits, axis=axis.name)
        return _told(sheet, last, _GENERAL.format(traits=" of ".join(traits)), ask)
    one = replace(last, words=" › ".join(names))
    return _told(sheet, one, _TOGETHER, Ask("pad", last.words, path=names))


def _told(sheet: str, one: Label, what: str, ask: Ask) -> Misfit:
    return Misfit(sheet, *one.place, what, one.words, ask)
