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
    yield from of_file(choices.bestand)
    unknown_age = choices.randtotalen.leeftijdsklasse_onbekend
    yield from known(("randtotalen", "leeftijdsklasse_onbekend"), unknown_age, ("man", "vrouw"))
    yield from _of_traits(choices.samenhang)
    yield from _of_rows(choices.rijen)
    yield from _of_turks(choices.turks)


def of_file(name: str) -> Iterator[Mistake]:
    """What is wrong with the name of the delivery."""
    if "/" in name or name.startswith(".") or not name.endswith(".csv"):
        yield ("bestand",), "dit is geen bestandsnaam die op .csv eindigt."


def _of_traits(traits: TraitChoices) -> Iterator[Mistake]:
    at = "samenhang"
    yield from known((at, "gemeenten"), traits.gemeenten, reference.municipalities())
    for key in ("statuscodes", "statuscodes_rni"):
        shares = getattr(traits, key)
        yield from known((at, key), shares, reference.routes())
        for route, codes in shares.items():
            of_route = [status.code for status in reference.statuses().values() if status.route == route]
            yield from known((at, key, route), codes, of_route)
    yield from known((at, "leeftijden"), traits.leeftijden, reference.statuses(), every=True)
    classes = len(reference.age_classes()) - 1
    for code, weights in traits.leeftijden.items():
        if len(weights) != classes:
            yield (
                (at, "leeftijden", code),
                f"hier horen {classes} getallen, een voor elke leeftijdsklasse na de eerste.",
            )


def _of_rows(rows: RowChoices) -> Iterator[Mistake]:
    at, statuses = "rijen", reference.statuses()
    yield from known((at, "dagen_tot_status"), rows.dagen_tot_status, statuses, every=True)
    for key in ("statusdatum_leeg", "vraagt_nederlands"):
        shares = getattr(rows, key)
        yield from known((at, key), shares, [*statuses, OTHERS])
        if OTHERS not in shares:
            yield (at, key), f"'{OTHERS}' ontbreekt."
    yield from known((at, "opgeheven_code"), rows.opgeheven_code, [*reference.municipalities(), OTHERS])
    if OTHERS not in rows.opgeheven_code:
        yield (at, "opgeheven_code"), f"'{OTHERS}' ontbreekt."
    if rows.plicht.laatste_dag < rows.plicht.eerste_dag:
        yield (at, "plicht"), "de laatste dag ligt voor de eerste."
    if rows.geboren.jongste < rows.geboren.oudste:
        yield (at, "geboren"), "de jongste is voor de oudste geboren."


def _of_turks(turks: TurkishChoices) -> Iterator[Mistake]:
    lists = {"geslacht": GENDERS, "landen": reference.countries(), "statuscodes": reference.statuses()}
    for key, listed in lists.items():
        weights = getattr(turks, key)
        yield from known(("turks", key), weights, listed)
        if not sum(weights.values()):
            yield ("turks", key), "deze getallen zijn samen 0."


def known(
    place: tuple[str | int, ...], names: Collection[str], listed: Collection[str], every: bool = False
) -> Iterator[Mistake]:
    """Names that are not listed, and with `every` also what is listed and not named."""
    for name in names:
        if name not in listed:
            yield (*place, name), f"'{name}' bestaat niet. Kijk in reference/ welke codes en namen er zijn."
    for name in listed if every else ():
        if name not in names:
            yield place, f"'{name}' ontbreekt."
