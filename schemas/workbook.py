"""The contract of `config/report/werkboek.yaml`: the words around the tables in the downloads.

What does not belong here: reading files, the words, what is in a workbook.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.published import by_file

Words = Annotated[str, Field(min_length=1)]
SheetName = Annotated[str, Field(pattern=r"^[^\[\]:*?/\\']{1,20}$")]


class _Model(BaseModel):
    """Unknown keys are mistakes; a value is never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SheetNames(_Model):
    """How the sheets are called; short enough for a number behind the name.

    `gegevens` has the published files without a numbered table that get a sheet of their own, each with its name.
    """

    voorblad: SheetName
    inhoud: SheetName
    toelichting: SheetName
    tabel: SheetName
    gegevens: dict[str, SheetName]

    @model_validator(mode="after")
    def _published(self) -> Self:
        if unknown := sorted(self.gegevens.keys() - by_file().keys()):
            raise PydanticCustomError(
                "told", f"onder gegevens staat een bestand dat niet wordt gepubliceerd: {', '.join(unknown)}"
            )
        return self


class CoverText(_Model):
    """The labels of the cover, beside those that the first page of the report has too."""

    melding: Words
    omschrijving: Words
    licentie: Words
    geen_licentie: Words
    citeren: Words
    bladen: Words
    bladen_tekst: Words


class ContentsText(_Model):
    """The list of sheets; `toelichting` says what the explanation holds, `geen` stands where a sheet has nothing."""

    titel: Words
    blad: Words
    rapport: Words
    onderwerp: Words
    populatie: Words
    bestand: Words
    toelichting: Words
    geen: Words


class ExplanationText(_Model):
    """The heads of the explanation and of its parts."""

    titel: Words
    onderdeel: Words
    onderwerp: Words
    tekst: Words
    tekens: Words
    bescherming: Words
    bescherming_onderwerp: Words
    voetnoten: Words
    begrippen: Words


class TableSheetText(_Model):
    """What stands around a table; `kenmerk` and `categorie` head its first columns where rows are in groups.

    `aantal` is the unit of counts that have none; a column below a common header has its label as its unit where that
    is one of `eenheden`.
    """

    populatie: Words
    eenheid: Words
    eenheden: list[Words]
    aantal: Words
    kenmerk: Words
    categorie: Words
    bron: Words
    naar_inhoud: Words
    pagina: Words
    van: Words


class PackageText(_Model):
    """The words of `datapackage.json`."""

    tabel: Words
    populatie: Words
    werkboek_xlsx: Words
    werkboek_ods: Words


class ReadMeText(_Model):
    """The heads of LEESMIJ.txt, and what is said of the files beside it."""

    citeren: Words
    tekens: Words
    bescherming: Words
    bestanden: Words
    bestanden_tekst: list[Words]


class WorkbookText(_Model):
    """The whole of `werkboek.yaml`; `methode` names the chapters that go along by how their id begins."""

    taal: Annotated[str, Field(pattern=r"^[a-z]{2}-[A-Z]{2}$")]
    bladen: SheetNames
    voorblad: CoverText
    inhoud: ContentsText
    toelichting: ExplanationText
    tabelblad: TableSheetText
    methode: list[Words]
    pakket: PackageText
    leesmij: ReadMeText
