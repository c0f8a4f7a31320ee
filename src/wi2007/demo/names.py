"""Names and codes in `config/demo.yaml` that are in no code list, or that lack: told before anything is drawn.

What does not belong here: whether the choices fit the study's figures (that comes out when they are solved).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from schemas.demo import DemonstrationChoices, RowChoices, TraitChoices, TurkishChoices
from wi2007 import reference

GENDERS = ("M", "V", "O")
OTHERS = "anders"
Mistake = tuple[tuple[str | int, ...], str]


def mistakes(choices: DemonstrationChoices) -> Iterator[Mistake]:
    """Every mistake in a name: where it stands, and what is wrong with it."""
    if "/" in choices.bestand or choices.bestand.startswith(".") or not choices.bestand.endswith(".csv"):
        yield ("bestand",), "dit is geen bestandsnaam die op .csv eindigt."
    unknown_age = choices.randtotalen.leeftijdsklasse_onbekend
    yield from _known(("randtotalen", "leeftijdsklasse_onbekend"), unknown_age, ("man", "vrouw"))
    yield from _of_traits(choices.samenhang)
    yield from _of_rows(choices.rijen)
    yield from _of_turks(choices.turks)


def _of_traits(traits: TraitChoices) -> Iterator[Mistake]:
    at = "samenhang"
    yield from _known((at, "gemeenten"), traits.gemeenten, reference.municipalities())
    for key in ("statuscodes", "statuscodes_rni"):
        shares = getattr(traits, key)
        yield from _known((at, key), shares, reference.routes())
        for route, codes in shares.items():
            of_route = [status.code for status in reference.statuses().values() if status.route == route]
            yield from _known((at, key, route), codes, of_route)
    yield from _known((at, "leeftijden"), traits.leeftijden, reference.statuses(), every=True)
    classes = len(reference.age_classes()) - 1
    for code, weights in traits.leeftijden.items():
        if len(weights) != classes:
            yield (
                (at, "leeftijden", code),
                f"hier horen {classes} getallen, een voor elke leeftijdsklasse na de eerste.",
            )


def _of_rows(rows: RowChoices) -> Iterator[Mistake]:
    at, statuses = "rijen", reference.statuses()
    yield from _known((at, "dagen_tot_status"), rows.dagen_tot_status, statuses, every=True)
    for key in ("statusdatum_leeg", "vraagt_nederlands"):
        shares = getattr(rows, key)
        yield from _known((at, key), shares, [*statuses, OTHERS])
        if OTHERS not in shares:
            yield (at, key), f"'{OTHERS}' ontbreekt."
    yield from _known((at, "opgeheven_code"), rows.opgeheven_code, [*reference.municipalities(), OTHERS])
    if OTHERS not in rows.opgeheven_code:
        yield (at, "opgeheven_code"), f"'{OTHERS}' ontbreekt."
    if rows.plicht.laatste_dag < rows.plicht.eerste_dag:
        yield (at, "plicht"), "de laatste dag ligt voor de eerste."
    if rows.geboren.jongste < rows.geboren.oudste:
        yield (at, "geboren"), "de jongste is voor de oudste geboren."


def _of_turks(turks: TurkishChoices) -> Iterator[Mistake]:
    lists = {"geslacht": GENDERS, "landen": reference.countries(), "statuscodes": reference.statuses()}
    for key, known in lists.items():
        weights = getattr(turks, key)
        yield from _known(("turks", key), weights, known)
        if not sum(weights.values()):
            yield ("turks", key), "deze getallen zijn samen 0."


def _known(
    place: tuple[str | int, ...], names: Collection[str], known: Collection[str], every: bool = False
) -> Iterator[Mistake]:
    for name in names:
        if name not in known:
            yield (*place, name), f"'{name}' bestaat niet. Kijk in reference/ welke codes en namen er zijn."
    for name in known if every else ():
        if name not in names:
            yield place, f"'{name}' ontbreekt."
