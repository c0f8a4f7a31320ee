"""What was chosen for the demonstration delivery: `config/demo.yaml` and `config/demo_landen.csv`, read once.

Names and codes that are in no code list, or that lack, are refused before anything is drawn; whether the choices fit
the study's figures comes out when they are solved.

What does not belong here: a choice itself (that is data, with its reason) or anything drawn from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schemas.demo import DemonstrationChoices, MarginChoices, RowChoices, TraitChoices, TurkishChoices
from wi2007 import reference, study
from wi2007.decisions import listing, read
from wi2007.decisions.listing import Row
from wi2007.errors import UserError
from wi2007.project import CONFIG

GENDERS = ("M", "V", "O")
OTHERS = "anders"
Mistake = tuple[tuple[str | int, ...], str]


@dataclass(frozen=True)
class Country:
    """What is assumed of a country of origin.

    `weight` sets its size among the countries that the study does not name; `nationalities` gives nationality codes
    with weights; `women` and `incomplete` are per mille: women, and birth dates that are not fully known.
    """

    code: str
    weight: int
    nationalities: Mapping[str, int]
    women: int
    incomplete: int


@dataclass(frozen=True)
class Settings:
    """The choices behind one demonstration delivery, in their parts (see `schemas.demo`)."""

    choices: DemonstrationChoices
    countries: Mapping[str, Country]

    @property
    def peildatum(self) -> date:
        """The day the delivery tells of."""
        return self.choices.peildatum

    @property
    def margins(self) -> MarginChoices:
        """What the margins keep besides the printed figures."""
        return self.choices.randtotalen

    @property
    def cells(self) -> TraitChoices:
        """How traits hang together within the margins."""
        return self.choices.samenhang

    @property
    def rows(self) -> RowChoices:
        """What a row looks like."""
        return self.choices.rijen

    @property
    def turkish(self) -> TurkishChoices:
        """The Turkish nationals."""
        return self.choices.turks


def load(config: Path = CONFIG) -> Settings:
    """Read the choices; raises `UserError` when a file is missing or something in it cannot stand there."""
    choices = _choices(config / "demo.yaml")
    return Settings(choices, _countries(config / "demo_landen.csv", choices.turks))


def _choices(path: Path) -> DemonstrationChoices:
    decisions = read(path)
    choices: DemonstrationChoices = decisions.held(DemonstrationChoices)
    decisions.check(mistakes(choices))
    return choices


def _countries(path: Path, turkish: TurkishChoices) -> dict[str, Country]:
    columns = ["landcode", "leesnaam", "gewicht", "nationaliteiten", "vrouw_promille", "onvolledig_promille"]
    found = {row.values["landcode"]: _country(row) for row in listing.read(path, columns, ["landcode"])}
    lacking = [code for code in _needed(turkish) if code not in found]
    if lacking:
        raise UserError(
            f"In config/{path.name} ontbreekt de landcode {lacking[0]}, die de demonstratie nodig heeft. "
            "Zet het bestand terug zoals het was, of vul de rij aan."
        )
    return found


def _needed(turkish: TurkishChoices) -> list[str]:
    """The countries that the study names, and those of the Turkish nationals."""
    named = {figure.rij for figure in study.figures()} | {figure.kolom for figure in study.figures()}
    return [
        *turkish.landen,
        *(code for code, country in reference.countries().items() if country.label in named),
    ]


def impossible(what: str) -> UserError:
    """The error for choices that cannot all be kept together; `what` (Dutch) says which."""
    return UserError(
        f"De keuzes in config/demo.yaml passen niet bij de gepubliceerde cijfers: {what}. "
        "Zet de keuzes terug zoals ze waren, of maak ze ruimer."
    )


def _country(row: Row) -> Country:
    if row.values["landcode"] not in reference.countries():
        raise row.wrong("landcode", "deze code staat niet in reference/landen.csv")
    return Country(
        code=row.values["landcode"],
        weight=row.whole("gewicht"),
        nationalities=_nationalities(row),
        women=row.whole("vrouw_promille"),
        incomplete=row.whole("onvolledig_promille"),
    )


def _nationalities(row: Row) -> dict[str, int]:
    """`0057:70|0100:10`: codes with weights; a weight that is left out is 1."""
    found = {}
    for part in row.filled("nationaliteiten").split("|"):
        code, _, weight = part.partition(":")
        if code not in reference.nationalities() or not (weight or "1").isdecimal():
            raise row.wrong(
                "nationaliteiten", "hier horen nationaliteitscodes met een gewicht, als 0057:70|0100:10"
            )
        found[code] = int(weight or 1)
    return found


def mistakes(choices: DemonstrationChoices) -> Iterator[Mistake]:
    """Every mistake in a name: where it stands, and what is wrong with it."""
    yield from of_file(choices.bestand)
    unknown_age = choices.randtotalen.leeftijdsklasse_onbekend
    yield from unlisted(("randtotalen", "leeftijdsklasse_onbekend"), unknown_age, ("man", "vrouw"))
    yield from _of_traits(choices.samenhang)
    yield from _of_rows(choices.rijen)
    yield from _of_turks(choices.turks)


def of_file(name: str) -> Iterator[Mistake]:
    """What is wrong with the name of the delivery."""
    if "/" in name or name.startswith(".") or not name.endswith(".csv"):
        yield ("bestand",), "dit is geen bestandsnaam die op .csv eindigt."


def _of_traits(traits: TraitChoices) -> Iterator[Mistake]:
    at = "samenhang"
    yield from unlisted((at, "gemeenten"), traits.gemeenten, reference.municipalities())
    for key in ("statuscodes", "statuscodes_rni"):
        shares = getattr(traits, key)
        yield from unlisted((at, key), shares, reference.routes())
        for route, codes in shares.items():
            of_route = [status.code for status in reference.statuses().values() if status.route == route]
            yield from unlisted((at, key, route), codes, of_route)
    yield from unlisted((at, "leeftijden"), traits.leeftijden, reference.statuses(), every=True)
    classes = len(reference.age_classes()) - 1
    for code, weights in traits.leeftijden.items():
        if len(weights) != classes:
            yield (
                (at, "leeftijden", code),
                f"hier horen {classes} getallen, een voor elke leeftijdsklasse na de eerste.",
            )


def _of_rows(rows: RowChoices) -> Iterator[Mistake]:
    at, statuses = "rijen", reference.statuses()
    yield from unlisted((at, "dagen_tot_status"), rows.dagen_tot_status, statuses, every=True)
    for key in ("statusdatum_leeg", "vraagt_nederlands"):
        shares = getattr(rows, key)
        yield from unlisted((at, key), shares, [*statuses, OTHERS])
        if OTHERS not in shares:
            yield (at, key), f"'{OTHERS}' ontbreekt."
    yield from unlisted((at, "opgeheven_code"), rows.opgeheven_code, [*reference.municipalities(), OTHERS])
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
        yield from unlisted(("turks", key), weights, listed)
        if not sum(weights.values()):
            yield ("turks", key), "deze getallen zijn samen 0."


def unlisted(
    place: tuple[str | int, ...], names: Collection[str], listed: Collection[str], every: bool = False
) -> Iterator[Mistake]:
    """Names that are not listed, and with `every` also what is listed and not named."""
    for name in names:
        if name not in listed:
            yield (*place, name), f"'{name}' bestaat niet. Kijk in reference/ welke codes en namen er zijn."
    for name in listed if every else ():
        if name not in names:
            yield place, f"'{name}' ontbreekt."
