"""The contract of `config/demo.yaml`: the choices behind the demonstration delivery.

The file itself says what each choice means and why it was made.
What does not belong here: whether the choices fit the study's figures (that comes out when they are solved).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Day = Annotated[
    date, BeforeValidator(lambda value: date.fromisoformat(value) if isinstance(value, str) else value)
]
Count = Annotated[int, Field(ge=0)]
PerMille = Annotated[int, Field(ge=0, le=1000)]
Weights = Annotated[dict[str, Count], Field(min_length=1)]
Conditions = dict[str, str]


class Part(BaseModel):
    """Unknown keys are refused, so that a typing error is not passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class RankedList(Part):
    """A list in a table of the study that is ordered by size."""

    tabel: str
    variabele: str
    verschil: Annotated[int, Field(ge=1)]


class Statement(Part):
    """Cells of those still obliged that together count from `min` to `max`."""

    id: str
    reden: str
    cellen: list[Conditions]
    min: Count
    max: Count


class Wish(Part):
    """A count that a cell of those still obliged comes near, as far as its percentages allow."""

    id: str
    reden: str
    cel: Conditions
    aantal: Count


class MarginChoices(Part):
    """`randtotalen`: what the margins keep besides the printed figures."""

    afstand_tot_afrondgrens: Annotated[str, Field(pattern=r"^0\.[0-4]\d*$")]
    restcategorieen: list[str]
    ranglijsten: list[RankedList]
    leeftijdsklasse_onbekend: Weights
    uitspraken: list[Statement]
    streefaantallen: list[Wish]


class Both(Part):
    """Persons in the whole population, and among those still obliged."""

    totaal: Count
    nog_plichtig: Count


class Newcomers(Part):
    """Nieuwkomers per mille."""

    nog_plichtig: PerMille
    anderen: PerMille


class TraitChoices(Part):
    """`samenhang`: how traits hang together within the margins."""

    gemeente_onbekend: Both
    afstand_tot_ranglijst: Annotated[int, Field(ge=1)]
    gemeente_elders: Annotated[list[Count], Field(min_length=2, max_length=2)]
    gemeenten: Weights
    statuscodes: dict[str, Weights]
    statuscodes_rni: dict[str, Weights]
    leeftijden: dict[str, list[Count]]
    nieuwkomers: Newcomers


class Obligation(Part):
    """The days on which an obligation could begin."""

    eerste_dag: Day
    laatste_dag: Day


class Born(Part):
    """The first and the last birthday that occur."""

    oudste: Day
    jongste: Day


class Incomplete(Part):
    """Shares of birth dates of which only the year, only the month, or nothing is known."""

    jaar: Count
    maand: Count
    niets: Count


class RowChoices(Part):
    """`rijen`: what a row looks like."""

    plicht: Obligation
    geboren: Born
    eerste_januari: PerMille
    oudkomer_op_eerste_dag: PerMille
    startdatum_leeg: PerMille
    doelgroep_leeg: PerMille
    statusdatum_leeg: dict[str, PerMille]
    onvolledig: Incomplete
    dagen_tot_status: dict[str, Annotated[list[Count], Field(min_length=2, max_length=2)]]
    vraagt_nederlands: dict[str, PerMille]
    houdt_eerste: PerMille
    nog_een_nationaliteit: list[PerMille]
    opgeheven_code: dict[str, PerMille]


class TurkishNationality(Part):
    """Per mille of the Turkish nationals with it first, and with it second."""

    eerste: PerMille
    tweede: PerMille


class TurkishChoices(Part):
    """`turks`: the Turkish nationals, whom the pipeline excludes."""

    aantal: Count
    geslacht: Weights
    landen: Weights
    statuscodes: Weights
    turkse_nationaliteit: TurkishNationality


class DemonstrationChoices(Part):
    """The whole of `config/demo.yaml`."""

    peildatum: Day
    bestand: str
    zaad: Annotated[int, Field(ge=0, lt=1 << 32)]
    randtotalen: MarginChoices
    samenhang: TraitChoices
    rijen: RowChoices
    turks: TurkishChoices


class BookProperties(Part):
    """What the file says of itself."""

    titel: str
    onderwerp: str
    maker: str
    opmerking: str


class BookGroup(Part):
    """A pair of columns, absolute and percentage, under one label and perhaps another above it."""

    label: str
    over: str


class BookRow(Part):
    """A row: cells are numbers, or signs as text; none at all for a word such as `waarvan`."""

    label: str
    cellen: list[int | float | str] = []


class BookTable(Part):
    """A sheet with figures; `bron` names the statements of the study that they are from."""

    blad: str
    titel: str
    ondertitel: str
    kop: str
    eerste_rij: Annotated[int, Field(ge=5, le=12)]
    groepen: Annotated[list[BookGroup], Field(min_length=1)]
    bron: str
    rijen: list[BookRow]
    noten: list[str]


class CbsBook(Part):
    """The whole of `config/demo_cbs.yaml`."""

    bestand: Annotated[str, Field(pattern=r"^cbs[a-z_]*\.xlsx$")]
    eigenschappen: BookProperties
    dag: Day
    voorblad: list[str]
    toelichting: list[str]
    tabellen: list[BookTable]
