"""What was chosen for the follow-up delivery: `config/demo_vervolg.yaml`, read once and held against the code lists.

What does not belong here: a choice itself (that is data, with its reason).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from schemas.demo_follow_up import FollowUpChoices, StatusChoices
from wi2007 import reference
from wi2007.decisions import read
from wi2007.demo.cells import age_labels
from wi2007.demo.names import Mistake, known, of_file
from wi2007.project import CONFIG


def load(config: Path = CONFIG) -> FollowUpChoices:
    """Read the choices; raises `UserError` when the file is missing or something in it cannot stand there."""
    decisions = read(config / "demo_vervolg.yaml")
    choices: FollowUpChoices = decisions.held(FollowUpChoices)
    wrong = [decisions.at(place, what) for place, what in mistakes(choices)]
    if wrong:
        decisions.refuse(wrong)
    return choices


def mistakes(choices: FollowUpChoices) -> Iterator[Mistake]:
    """Every mistake in a name or a number of numbers: where it stands, and what is wrong with it."""
    yield from of_file(choices.bestand)
    yield from _of_statuses(choices.status)
    at, corrections = "verbeteringen", choices.verbeteringen
    for code, targets in corrections.landen.items():
        yield from known((at, "landen"), [code], reference.countries())
        yield from _others((at, "landen", code), code, targets, reference.countries())
        if not sum(targets.values()):
            yield (at, "landen", code), "deze getallen zijn samen 0."
    if corrections.geboortejaren[1] < corrections.geboortejaren[0]:
        yield (at, "geboortejaren"), "het laatste jaar ligt voor het eerste."


def _of_statuses(choices: StatusChoices) -> Iterator[Mistake]:
    at, left = "status", [code for code in reference.statuses() if code != OBLIGED]
    yield from known((at, "uitstroom"), choices.uitstroom, left)
    for code, rates in choices.uitstroom.items():
        if len(rates) != len(age_labels()):
            yield (
                (at, "uitstroom", code),
                f"hier horen {len(age_labels())} getallen, een voor elke leeftijdsklasse na de eerste.",
            )
    for place, of_class in enumerate(zip(*choices.uitstroom.values(), strict=False)):
        if sum(of_class) > _ALL:
            yield (at, "uitstroom"), f"in leeftijdsklasse {place + 1} stromen meer dan {_ALL} promille uit."
    if sum(choices.turks.values()) > _ALL:
        yield (at, "turks"), f"samen meer dan {_ALL} promille."
    yield from known((at, "turks"), choices.turks, left)
    yield from known((at, "terug"), choices.terug, left)
    yield from known((at, "naar_herkomst"), choices.naar_herkomst, left)
    for code, weights in choices.naar_herkomst.items():
        yield from known((at, "naar_herkomst", code), weights, reference.countries())
        if 0 in weights.values():
            yield (at, "naar_herkomst", code), "een kans is minstens 1."
    yield from known((at, "verbeterd"), choices.verbeterd, left)
    for code, targets in choices.verbeterd.items():
        yield from _others((at, "verbeterd", code), code, targets, left)


def _others(
    place: tuple[str | int, ...], code: str, targets: Collection[str], list_: Collection[str]
) -> Iterator[Mistake]:
    """Names that are known and are not the code itself."""
    yield from known(place, targets, list_)
    if code in targets:
        yield (*place, code), "dit is geen verandering."


OBLIGED = "IBP"
_ALL = 1000
