"""The contract of `config/uitspraken.yaml`: for each statement of the study a formula over table cells, and its words.

A formula is data: cells, sums, shares and a few other operations, never a text that is evaluated. What does not belong
here: the study's figures (`reference/uitspraken_2022.csv`), reading files, computing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.tables import Label, Variable

Name = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
"""The key of a number in `gegevens`; words that use the number ask for it by this name, so that both say the same."""
StatementId = Annotated[str, Field(pattern=r"^c\d{2}$")]
CbsUnit = Literal["aantal", "procent"]
Unit = Literal["personen", "procent", "jaar", "tekst"]
Operator = Literal[
    "cel",
    "som",
    "cbs",
    "gedrukt",
    "getal",
    "gemeenten",
    "plus",
    "min",
    "keer",
    "gedeeld",
    "procent",
    "eerste",
    "jaar_nul",
    "verandering",
    "uitspraak",
]


class _Model(BaseModel):
    """Unknown keys are mistakes; a value is never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CellRef(_Model):
    """The count of a population with these categories, in any table that shows it; `waar` empty is everybody."""

    populatie: Label
    waar: Annotated[dict[Variable, Label], Field(max_length=2)] = {}


class SumRef(_Model):
    """The count of some categories of a variable together: those that are named, or the largest.

    `grootste` names a number of `gegevens`. What never ranks (`config/tables.yaml`) and every rest are passed over.
    `waar` may say one thing more (the gender).
    """

    populatie: Label
    variabele: Variable
    rijen: Annotated[list[Label], Field(min_length=1)] | None = None
    grootste: Name | None = None
    waar: Annotated[dict[Variable, Label], Field(max_length=1)] = {}

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.rijen is None) == (self.grootste is None):
            raise PydanticCustomError("told", "een som heeft precies één van rijen en grootste")
        return self


class CbsRef(_Model):
    """A figure of the CBS table; of a percentage `noemer` says of what it is a part."""

    kenmerk: Label
    categorie: Label
    nationaliteit: Label = "totaal"
    eenheid: CbsUnit = "aantal"
    noemer: Literal["", "categorie", "nationaliteit"] = ""


class ChangeRef(_Model):
    """How many persons one part of a change (`verandering.csv`) is about, in a row of the first table that has it."""

    populatie: Label
    rijvariabele: Label = "totaal"
    rij: Label = "totaal"
    deel: Label
    route: str = ""


class Formula(_Model):
    """One operation, and what it works on: exactly one of these keys.

    cel, som: counts of persons. cbs: a figure of the CBS table. gedrukt: the count that the study prints for a
    statement, on the day that this is about. getal: a number of `gegevens`, by name. gemeenten: how many
    municipalities there are at the peildatum. plus, keer: two or more; min: the first less the others; gedeeld: the
    first by the second; procent: the first as a percentage of the second. eerste: the first that can be computed.
    jaar_nul: the year in which a straight line through the first (which has its own day) and the second (at the
    peildatum) reaches zero. verandering: how many left for one reason, from a comparison of deliveries. uitspraak: the
    first value of another statement.
    """

    cel: CellRef | None = None
    som: SumRef | None = None
    cbs: CbsRef | None = None
    gedrukt: StatementId | None = None
    getal: Name | None = None
    gemeenten: Literal["op de peildatum"] | None = None
    plus: Annotated[list[Formula], Field(min_length=2)] | None = None
    min: Annotated[list[Formula], Field(min_length=2)] | None = None
    keer: Annotated[list[Formula], Field(min_length=2)] | None = None
    gedeeld: Annotated[list[Formula], Field(min_length=2, max_length=2)] | None = None
    procent: Annotated[list[Formula], Field(min_length=2, max_length=2)] | None = None
    eerste: Annotated[list[Formula], Field(min_length=2)] | None = None
    jaar_nul: Annotated[list[Formula], Field(min_length=2, max_length=2)] | None = None
    verandering: Label | None = None
    uitspraak: StatementId | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self._given()) != 1:
            raise PydanticCustomError("told", "een formule heeft precies één sleutel")
        if self.jaar_nul is not None and not self.jaar_nul[0].is_dated:
            raise PydanticCustomError(
                "told",
                "het eerste punt van jaar_nul heeft een eigen dag: een cijfer van CBS (sleutel cbs), een gedrukt "
                "cijfer van de studie (gedrukt), of de eerste van zulke cijfers",
            )
        return self

    @property
    def is_dated(self) -> bool:
        """Whether this is a figure with a day of its own: of CBS or of the study, or the first of such figures."""
        return bool(self.cbs or self.gedrukt) or (
            self.eerste is not None and all(part.is_dated for part in self.eerste)
        )

    def _given(self) -> list[Operator]:
        return [name for name in get_args(Operator) if getattr(self, name) is not None]

    @property
    def operator(self) -> Operator:
        """The one key that is given."""
        return self._given()[0]

    def parts(self) -> list[Formula]:
        """The formulas that this one works on; none for a figure."""
        found = getattr(self, self.operator)
        return list(found) if isinstance(found, list) else []

    def walk(self) -> Iterator[Formula]:
        """This formula and all within it."""
        yield self
        for part in self.parts():
            yield from part.walk()


class Condition(_Model):
    """Something that the statement says as well: the first is larger than the second, or than nil without one."""

    groter: Formula
    dan: Formula | None = None


class Remark(_Model):
    """What a reader must know, and when: always, when counts are rounded, or when the figure is not the printed one.

    A remark on a statement that would be confirmed makes it confirmed with a remark; one whose words come out empty is
    none. `ruimer` is said of a figure outside the tolerance but inside the wider one, `afwijkend` of one outside both.
    """

    als: Literal["altijd", "afgerond", "ruimer", "afwijkend"]
    tekst: Label


class StatementText(_Model):
    """One statement: how it is computed and said at any peildatum.

    `waarden` in the order of the published figures, each with the name by which `zin` and remarks ask for it; `ook`
    figures for the words only. `zoals_gedrukt`: how the study came to its figure, where that is not what the statement
    says; for remarks alone. `gegevens`: numbers
    that formulas and words use. `decimalen`: as figures are shown. `niet_te_berekenen`: why there is no formula.
    `alleen_studie`: why it is told at the study's own peildatum alone.
    """

    zin: Label
    waarden: dict[Name, Formula] = {}
    decimalen: Annotated[int, Field(ge=0, le=2)] = 0
    gegevens: dict[Name, Annotated[int, Field(ge=1)]] = {}
    ook: dict[Name, Formula] = {}
    voorwaarden: list[Condition] = []
    zoals_gedrukt: Formula | None = None
    kanttekeningen: list[Remark] = []
    niet_te_berekenen: Label | None = None
    alleen_studie: Label | None = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if bool(self.waarden) == (self.niet_te_berekenen is not None):
            raise PydanticCustomError(
                "told", "een uitspraak heeft precies één van waarden en niet_te_berekenen"
            )
        return self

    def formulas(self) -> Iterator[tuple[tuple[str | int, ...], Formula]]:
        """Every formula of the statement with its place."""
        for name, formula in self.waarden.items():
            yield ("waarden", name), formula
        for name, formula in self.ook.items():
            yield ("ook", name), formula
        for at, condition in enumerate(self.voorwaarden):
            yield ("voorwaarden", at, "groter"), condition.groter
            if condition.dan is not None:
                yield ("voorwaarden", at, "dan"), condition.dan
        if self.zoals_gedrukt is not None:
            yield ("zoals_gedrukt",), self.zoals_gedrukt


class Spread(_Model):
    """By how much a figure of CBS can be off because CBS has rounded it."""

    absoluut: Annotated[float, Field(ge=0)]
    procent: Annotated[float, Field(ge=0)]
    reden: Label


class Reasons(_Model):
    """Why a figure cannot be computed; words for each case."""

    geen_cbs: Label
    cbs_cijfer: Label
    geen_cel: Label
    te_weinig: Label
    noemer_nul: Label
    geen_daling: Label
    geen_vergelijking: Label
    vergelijking_onderdeel: Label


class Statements(_Model):
    """The whole of `config/uitspraken.yaml`."""

    cbs_afronding: Spread
    vergelijking: dict[Label, ChangeRef]
    redenen: Reasons
    uitspraken: Annotated[dict[StatementId, StatementText], Field(min_length=1)]
