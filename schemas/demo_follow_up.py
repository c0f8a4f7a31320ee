"""The contract of `config/demo_vervolg.yaml`: what happened between the two demonstration deliveries.

The file itself says what each choice means and why it was made.
What does not belong here: whether there are enough persons for a choice (that comes out when they are drawn).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.demo import Count, Day, Part, PerMille, Weights

ByCode = dict[str, Weights]


class Persons(Part):
    """Numbers of persons: those still obliged, and the others."""

    nog_plichtig: Count
    anderen: Count


class Shares(Part):
    """Per mille of those still obliged, and of the others."""

    nog_plichtig: PerMille
    anderen: PerMille


class StatusChoices(Part):
    """`status`: who is no longer obliged, who is again, and whose status was wrong."""

    uitstroom: Annotated[dict[str, list[PerMille]], Field(min_length=1)]
    turks: dict[str, PerMille]
    naar_herkomst: ByCode
    vertrokken_uit_rni: Annotated[int, Field(ge=1)]
    terug: Weights
    verbeterd: ByCode


class AddressChoices(Part):
    """`adres`: who is registered in another place."""

    verhuisd: Shares
    naar_rni: Shares
    uit_rni: Shares
    gevonden: Shares
    oude_code_blijft: PerMille


class Naturalised(Part):
    """Per mille of those who passed in the period, and of those who had passed before."""

    pas_geslaagd: PerMille
    eerder_geslaagd: PerMille


class CorrectionChoices(Part):
    """`verbeteringen`: what was wrong or not known before."""

    geslacht: Persons
    geboortedatum: Persons
    land_van_herkomst: Persons
    nationaliteit: Persons
    doelgroep: Persons
    wordt_turks: Persons
    niet_turks: Persons
    geboortejaren: Annotated[list[int], Field(min_length=2, max_length=2)]
    jaren_verschil: Annotated[int, Field(ge=1)]
    landen: Annotated[ByCode, Field(min_length=1)]
    genaturaliseerd: Naturalised


class EntryChoices(Part):
    """`personen`: who is in it for the first time, and who no longer is."""

    nieuw: Persons
    weg: Persons


class HourRange(Part):
    """Hours from `van` up to and with `tot`, and how often."""

    van: Annotated[int, Field(ge=0, le=9999)]
    tot: Annotated[int, Field(ge=0, le=9999)]
    gewicht: Count


class RefusedFrom(Part):
    """Per mille that was refused an exemption, from so many hours on."""

    vanaf: Count
    promille: PerMille


class DetailChoices(Part):
    """`gegevens`: what is told besides of who is still obliged. Lists of weights have one for each age class."""

    leeg: dict[str, PerMille]
    zonder_geboortejaar: Count
    onderdelen: Annotated[dict[str, list[Count]], Field(min_length=1)]
    poging_zonder_onderdeel: PerMille
    uren: Annotated[list[HourRange], Field(min_length=1)]
    stap_uren: Annotated[int, Field(ge=1)]
    inkomensbron: Annotated[dict[str, list[Count]], Field(min_length=1)]
    geweigerd: Annotated[list[RefusedFrom], Field(min_length=1)]


class FollowUpChoices(Part):
    """The whole of `config/demo_vervolg.yaml`."""

    peildatum: Day
    bestand: str
    zaad: Annotated[int, Field(ge=0, lt=1 << 32)]
    status: StatusChoices
    adres: AddressChoices
    verbeteringen: CorrectionChoices
    personen: EntryChoices
    gegevens: DetailChoices
