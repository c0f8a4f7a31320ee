"""The contract of `config/report/*.yaml`: the texts of the report as data.

Only shape is held here; texts are Jinja2 templates and are checked when they are filled in.
What does not belong here: reading files, the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

Words = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Part = TypeVar("Part")
"""The names of parts that are made from the data: those of the chapters, see `report_contract`."""


class _Model(BaseModel):
    """Unknown keys are mistakes; a value is never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class BlockText(_Model, Generic[Part]):
    """One block of a chapter: running text, a list, a text set apart, or a part that is made from the data.

    `als` is an expression: the block is left out where it is false.
    """

    alinea: Words | None = None
    lijst: list[Words] | None = None
    melding: Words | None = None
    deel: Part | None = None
    als: Words | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [v for v in (self.alinea, self.lijst, self.melding, self.deel) if v is not None]
        if len(given) != 1:
            raise PydanticCustomError("told", "een blok heeft precies één van alinea, lijst, melding en deel")
        return self


class ChapterText(_Model, Generic[Part]):
    """A chapter; `onderdelen` are its sections.

    `populatie` brings in the tables of that population but those that another chapter names in `tabellen` as its own.
    `nummering` says how a chapter is numbered: 1, 2, … or as an annex A, B, … or not.
    """

    id: Slug
    titel: Words
    nummering: Literal["cijfer", "letter", "geen"] = "cijfer"
    taal: Literal["en"] | None = None
    """The language of its texts, where that is not the report's."""
    bundel: Literal["rapport", "bijlagen", "reproductie"] = "rapport"
    """The file that a chapter stands in; a part goes with its chapter."""
    populatie: Words | None = None
    tabellen: list[Words] = []
    als: Words | None = None
    boodschap: Words | None = None
    """What surely stands out in it, in one line under the title; a text that stays empty is not there."""
    inhoud: list[BlockText[Part]] = []
    onderdelen: list[ChapterText[Part]] = []

    def walk(self) -> Iterator[ChapterText[Part]]:
        """Give the chapter and every part of it."""
        yield self
        for part in self.onderdelen:
            yield from part.walk()


class FormerText(_Model):
    """What is said of a name that is no choice any more: it went over (`nu`) or was split (`deels`)."""

    nu: Words
    deels: Words


class CourseText(_Model):
    """The words of how a choice went since the peildatum before; `geen` is said where nothing was compared.

    `toen`, `uit` and `nu` are the rows: who was there, who left since, who is there.
    """

    tabel: Words
    populatie: Words
    toen: Words
    uit: Words
    nu: Words
    voetnoot: Words
    voetnoot_punt: Words
    geen: Words


class ChooserText(_Model):
    """The words around a choice of one row: `vraag` labels the field, `leeg` stands on paper where nothing is chosen.

    `uitleg` says how to use it, `zonder_script` where to look without it (it may use `tabellen`), `tabel` is the title
    of a table that is shown (over `kenmerken`), `iedereen` heads the figures that those of the choice stand beside.
    """

    id: Slug
    titel: Words
    vraag: Words
    leeg: Words
    uitleg: Words
    zonder_script: Words
    tabel: Words
    iedereen: Words
    voetnoot: Words
    vroeger: FormerText
    verloop: CourseText


class AppendixText(_Model, Generic[Part]):
    """A part of the appendix: the introduction to the full tables of one row variable, and a choice of one row."""

    id: Slug
    titel: Words
    inhoud: list[BlockText[Part]] = []
    kiezer: ChooserText | None = None


class SignText(_Model):
    """A sign in a cell, and what it means.

    `lezen` is what it is to who reads a workbook of CBS, `ook` gives other spellings.
    """

    teken: Words
    betekenis: Words
    lezen: Literal["leeg", "ontbreekt", "nihil", "nul", "voorlopig", "nader_voorlopig"]
    ook: list[Words] = []


class SignEdition(_Model):
    """The signs as explained from `geldig_vanaf` on, until the next edition."""

    geldig_vanaf: date
    bron: Words
    tekens: Annotated[list[SignText], Field(min_length=1)]


class Notices(_Model):
    """The first lines of the report: of a draft, of demonstration data, and of exact figures of real persons."""

    proef: Words
    demonstratie: Words
    exact: Words


class VolumeText(_Model):
    """The title and the description of a file beside the report."""

    titel: Words
    omschrijving: Words


class KeyFigureText(_Model):
    """A key figure: one cell of a table (`rij` totaal by default), or the `rang`-th row of a row variable."""

    tabel: Words
    rijvariabele: Words = "totaal"
    rij: Words | None = None
    rang: Annotated[int, Field(ge=1)] | None = None
    kolom: Words = "totaal"
    maat: Literal["aantal", "procent"]
    label: Words
    toelichting: Words
    engels: Words | None = None
    """What the summary in English says of it, behind the figure; left out there without."""
    lijn: bool = False
    """Whether a small line tells how it went: of who is still obliged alone."""


class ReportText(_Model, Generic[Part]):
    """`rapport.yaml`: title, chapters in order, and what stands around the tables.

    Each chapter has texts of its own besides, see `report_contract`.
    """

    titel: Words
    ondertitel: Words
    bijlage: Words
    omschrijving: Words
    bron: Words
    bron_tabel: Words
    bron_studie: Words
    taal: Words
    trefwoorden: list[Words]
    meldingen: Notices
    bundels: dict[Literal["bijlagen", "reproductie"], VolumeText]
    bescherming: list[Words]
    kerncijfers: list[KeyFigureText]
    hoofdstukken: Annotated[list[ChapterText[Part]], Field(min_length=1)]
    andere_populatie: ChapterText[Part]
    bijlagen: dict[str, AppendixText[Part]]
    andere_bijlage: AppendixText[Part]
    tabelteksten: dict[str, Words]

    def of(self, key: str) -> dict[str, str]:
        """The texts of one chapter."""
        found: dict[str, str] = getattr(self, key)
        return found


def report_contract(keys: Iterable[str], parts: Iterable[str]) -> type[ReportText[str]]:
    """The contract of a `rapport.yaml` that has texts under `keys` and may ask for `parts`."""
    named: Any = Literal[tuple(parts)]
    own: dict[str, Any] = dict.fromkeys(keys, (dict[str, Words], ...))
    return create_model("RapportYaml", __base__=ReportText[named], **own)


class VariableWords(_Model):
    """How a variable is spoken of. `naam` is a template over `etiket` and `met_lidwoord`."""

    naam: Words
    met_lidwoord: Words
    meervoud: Words
    groep: str = ""


class PopulationWords(_Model):
    """How a population is spoken of: `groep` fits behind 'van', `kort` heads tables."""

    groep: Words
    kort: Words


class FractionWords(_Model):
    """A fraction that has a name: `teller` of `noemer`."""

    woorden: Words
    teller: int
    noemer: Annotated[int, Field(ge=1)]


class NearWords(_Model):
    """How far from a fraction its name may be used, as a part of the fraction (0.02: 49 to 51 for half).

    `hoogstens_punten` holds for all: never further away, in percentage points.
    """

    ongeveer: float
    bijna: float
    ruim: float
    hoogstens_punten: float


class SpreadLimits(_Model):
    """From how many persons a municipality has few (`weinig`, at most) or many (`veel`, at least); how many of the
    largest are told together; the last number of persons of each class of the chart but the last, ascending.
    """

    weinig: Annotated[int, Field(ge=0)]
    veel: Annotated[int, Field(ge=1)]
    grootste: Annotated[int, Field(ge=1)]
    klassen: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1)]

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.klassen != sorted(set(self.klassen)):
            raise PydanticCustomError("told", "de klassen horen op te lopen, elk één keer")
        return self


class ThresholdWords(_Model):
    """When something stands out; see `wi2007.publication.content.surely.Thresholds`."""

    genoemd: Annotated[int, Field(ge=0)]
    gelijk: Annotated[int, Field(ge=2)]
    verschillen: Annotated[int, Field(ge=1)]
    veranderingen: Annotated[int, Field(ge=1)]
    bevindingen: Annotated[int, Field(ge=1)]
    schatting: Annotated[int, Field(ge=1)]
    geslacht_punten: float
    toeval: Annotated[float, Field(ge=0)]
    procent_vanaf: Annotated[int, Field(ge=0)]
    gemiddelde_punten: float


class WordsText(_Model):
    """`woorden.yaml`: names, articles, fractions and thresholds.

    `routes` says how the obligation ended by outflow route, behind a group in the singular.
    """

    drempels: ThresholdWords
    spreiding: SpreadLimits
    telwoorden: Annotated[list[Words], Field(min_length=11)]
    breuken: list[FractionWords]
    nabij: NearWords
    meer_dan_de_helft: Words
    bijna_iedereen: Words
    bijna_iedereen_vanaf: Annotated[float, Field(gt=50, lt=100)]
    iedereen: Words
    niemand: Words
    variabelen: dict[str, VariableWords]
    andere_variabele: VariableWords
    routes: dict[str, Words]
    leeftijd: dict[Literal["tot", "van_tot", "vanaf"], Words]
    lidwoorden: dict[Literal["de", "het"], list[Words]]
    populaties: dict[str, PopulationWords]
    andere_populatie: PopulationWords


class Phrases(_Model):
    """`bevindingen.yaml`: for each finding a text for every variable (`standaard`) and texts for some."""

    zinnen: dict[str, dict[str, Words]]
    titels: dict[str, dict[str, Words]] = {}
    """What a chart shows, for findings that can be its title."""
    stukken: dict[str, Words]


class CaptionsText(_Model):
    """`bijschriften_en.yaml`: captions in English, of tables by their number in the files, of figures by their id."""

    titel: Words
    tabellen: dict[str, Words]
    figuren: dict[str, Words]


class Fact(_Model):
    """A fact outside the delivery, with where it is from; `waarde` is shown as it stands."""

    waarde: Words
    bron: Words


class TermText(_Model):
    """A glossary entry; `zie` names entries that belong with it."""

    id: Slug
    term: Words
    definitie: Words
    bron: str = ""
