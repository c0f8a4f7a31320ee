"""Read the settings for a workbook: `config/cbs.yaml`, the `cbs.yaml` beside the workbook, and the signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from schemas.cbs_layout import Category, CbsLayout, Characteristic, LabelMeaning
from schemas.report import SignEdition
from wi2007.cbs.labels import key
from wi2007.cbs.misfit import FILL_IN
from wi2007.decisions import Decisions, Place, read
from wi2007.project import CBS_LAYOUT, CONFIG

BASE = CONFIG / CBS_LAYOUT


def load_layout(path: Path = BASE, own: Path | None = None) -> CbsLayout:
    """Return the layout of the project, with what a cbs.yaml of one's `own` adds to it.

    Raises `UserError` with the line of every mistake, also of a word that has two meanings.
    """
    decisions = read(path)
    base = _read(decisions)
    needed = ("bladen", "kenmerken", "eenheden")
    decisions.check(((), f"'{name}' ontbreekt. Vul het in.") for name in needed if not getattr(base, name))
    return base if own is None else _added(base, read(own))


def _added(base: CbsLayout, decisions: Decisions) -> CbsLayout:
    """Return a layout with what a file adds to it."""
    if decisions.content is None:
        return base
    own = _read(decisions)
    made = _together(base, own)
    decisions.check(_loose_ends(own, made))
    return made


def _loose_ends(own: CbsLayout, made: CbsLayout) -> Iterator[tuple[Place, str]]:
    """Yield questions of a proposal that are still open, and characteristics that are not there."""
    traits = {one.kenmerk for one in made.kenmerken}
    for at, sheet in enumerate(own.bladen):
        for name in ("kop_rijen", "kop_kolommen"):
            trait = getattr(sheet, name)
            if trait is not None and trait not in traits:
                yield (
                    ("bladen", at, name),
                    f"het kenmerk '{trait}' bestaat niet. Kies uit: {', '.join(sorted(traits))}.",
                )
    named = [(("kenmerken", at), one.kenmerk) for at, one in enumerate(own.kenmerken)]
    named += [
        (("labels", at), word or "")
        for at, one in enumerate(own.labels)
        for word in (one.kenmerk, one.categorie)
    ]
    for place, word in named:
        if word == FILL_IN:
            yield place, f"hier staat nog {FILL_IN}. Vul in wat daar hoort."


def _read(decisions: Decisions) -> CbsLayout:
    if isinstance(decisions.content, dict):  # a key below which every line is a remark says nothing
        filled = {name: value for name, value in decisions.content.items() if value is not None}
        decisions = replace(decisions, content=filled)
    wanted: CbsLayout = decisions.held(CbsLayout)
    decisions.check(_doubled(wanted))
    return wanted


def _together(base: CbsLayout, own: CbsLayout) -> CbsLayout:
    """Return both layouts merged; where both set the same thing, the file of one's own decides."""
    listed = {key(word) for names in own.eenheden.values() for word in names}
    units = {
        unit: [
            *own.eenheden.get(unit, []),
            *(one for one in base.eenheden.get(unit, []) if key(one) not in listed),
        ]
        for unit in dict.fromkeys([*base.eenheden, *own.eenheden])
    }
    return CbsLayout(
        uitgave=own.uitgave or base.uitgave,
        reconstructie=[*base.reconstructie, *own.reconstructie],
        overslaan=[*base.overslaan, *own.overslaan],
        bladen=[*own.bladen, *base.bladen],
        totaal=[*base.totaal, *own.totaal],
        zonder_betekenis=[*base.zonder_betekenis, *own.zonder_betekenis],
        kenmerken=list(_traits([*base.kenmerken, *own.kenmerken])),
        labels=[*base.labels, *own.labels],
        eenheden=units,
        waarvan=[*base.waarvan, *own.waarvan],
    )


def _traits(all_of_them: Sequence[Characteristic]) -> Iterator[Characteristic]:
    """Yield every characteristic once; of a label that it has twice the last counts."""
    for name in dict.fromkeys(one.kenmerk for one in all_of_them):
        same = [one for one in all_of_them if one.kenmerk == name]
        yield Characteristic(
            kenmerk=name,
            koppen=[words for one in same for words in one.koppen],
            lijst=next((one.lijst for one in same if one.lijst), None),
            labels=[label for one in same for label in one.labels],
        )


def _doubled(wanted: CbsLayout) -> Iterator[tuple[Place, str]]:
    """Yield labels, heads and units that stand twice: only one of them would count."""
    yield from _repeated("het label", _words(("labels",), wanted.labels))
    for at, sheet in enumerate(wanted.bladen):
        yield from _repeated("het label", _words(("bladen", at, "labels"), sheet.labels))
    for at, trait in enumerate(wanted.kenmerken):
        yield from _repeated("het label", _words(("kenmerken", at, "labels"), trait.labels))
    heads = [
        (("kenmerken", at, "koppen"), word) for at, one in enumerate(wanted.kenmerken) for word in one.koppen
    ]
    yield from _repeated("de kop", heads)
    yield from _repeated(
        "de eenheid",
        [(("eenheden", unit), word) for unit, names in wanted.eenheden.items() for word in names],
    )


def _words(
    start: tuple[str | int, ...], meanings: Sequence[LabelMeaning | Category]
) -> list[tuple[Place, str]]:
    return [((*start, at, "staat"), word) for at, one in enumerate(meanings) for word in one.staat]


def _repeated(kind: str, places: Sequence[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for place, word in places:
        if key(word) in seen:
            yield place, f"{kind} '{word}' staat er twee keer. Laat er één staan."
        seen.add(key(word))


def load_signs(path: Path) -> list[SignEdition]:
    """Return the editions of CBS's signs. Raises `UserError` with the line of every mistake."""
    found: list[SignEdition] = read(path).held(Annotated[list[SignEdition], Field(min_length=1)])
    return found
