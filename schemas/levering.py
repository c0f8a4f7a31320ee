"""The contract of levering.yaml and of `config/deliveries/*.yaml`: how a delivery is read and mapped to our columns.

Every scalar arrives as the text that stands in the file (`NO`, `01` and `2024-07-01` mean what was written). A message
never repeats a value that was set: it may be a value of a person's row.
What does not belong here: reading the file and finding its lines (`wi2007.mapping.levering`), the file it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from schemas.columns import COLUMNS, PERSON
from schemas.values import DAYS, MAY_BE_EMPTY, code_list, is_value

EMPTY: Final = "leeg"
RESULT: Final = "wordt"
_SHORT_LIST: Final = 15
_BOOKS: Final = ("xlsx", "xlsb", "xls", "ods")

Text = Annotated[str, Field(min_length=1)]


def wrong(message: str) -> PydanticCustomError:
    """A mistake, told in Dutch."""
    return PydanticCustomError("levering", "{message}", {"message": message})


def _day(value: object) -> object:
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise wrong("Schrijf een datum als 2024-07-01.")


def _row(value: object) -> object:
    if (
        isinstance(value, str)
        and value.isascii()
        and value.isdigit()
        and int(value[:9]) > 0
        and len(value) < 8
    ):
        return int(value)
    raise wrong("Schrijf het nummer van een rij: een geheel getal vanaf 1.")


class Part(BaseModel):
    """Unknown keys are refused, so that a typing error is not passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Reading(Part):
    """`lezen`: how the file is read; what is None is found."""

    soort: (
        Literal[
            "tekst", "xlsx", "xlsb", "xls", "ods", "sav", "por", "dta", "sas7bdat", "xpt", "parquet", "arrow"
        ]
        | None
    ) = None
    codering: Literal["utf-8", "windows-1252", "utf-16"] | None = None
    scheidingsteken: Literal["puntkomma", "komma", "tab", "streep"] | None = None
    aanhalingstekens: Literal["ja", "nee"] | None = None
    koprij: Annotated[int, BeforeValidator(_row)] | None = None
    werkblad: Text | None = None
    bestand_in_archief: Text | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Reading:
        fits = {
            "codering": ("tekst",),
            "scheidingsteken": ("tekst",),
            "aanhalingstekens": ("tekst",),
            "koprij": ("tekst", *_BOOKS),
            "werkblad": _BOOKS,
        }
        for name, kinds in fits.items():
            if getattr(self, name) is not None and self.soort is not None and self.soort not in kinds:
                raise wrong(f"'{name}' en 'soort: {self.soort}' gaan niet samen. Haal een van de twee weg.")
        text = [name for name in ("codering", "scheidingsteken", "aanhalingstekens") if getattr(self, name)]
        if self.werkblad is not None and text:
            raise wrong(f"'werkblad' en '{text[0]}' gaan niet samen. Haal een van de twee weg.")
        return self


class Column(Part):
    """Which field or fields one of our columns is made from, and which of their values become which of ours."""

    kolom: Text | None = None
    kolommen: tuple[str, ...] | None = None
    waarden: dict[str, str] | tuple[dict[str, str], ...] | None = None
    leeg: bool = False

    @model_validator(mode="before")
    @classmethod
    def _forms(cls, value: Any) -> Any:
        """The short form is a name; a list of names and of lines has its own form."""
        if value == EMPTY:
            return {"leeg": True}
        if isinstance(value, str):
            if not value:
                raise wrong(
                    "Achter de dubbele punt staat niets. Schrijf de naam van het veld in het bestand, of leeg."
                )
            return {"kolom": value}
        if not isinstance(value, dict):
            raise wrong("Schrijf de naam van het veld in het bestand, of {kolom: …, waarden: {…}}.")
        known = {"kolom", "kolommen", "waarden"}
        if unknown := [key for key in value if key not in known]:
            raise wrong(f"'{unknown[0]}' bestaat hier niet. Kies uit: kolom, kolommen, waarden.")
        if ("kolom" in value) == ("kolommen" in value):
            raise wrong("Schrijf 'kolom' (één veld) of 'kolommen' (een lijst van velden), en niet allebei.")
        return cls._many(value) if "kolommen" in value else cls._one(value)

    @staticmethod
    def _one(value: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(value["kolom"], str) or not value["kolom"]:
            raise wrong("Achter 'kolom' hoort de naam van één veld in het bestand.")
        values = value.get("waarden")
        if "waarden" in value and not (isinstance(values, dict) and values and _texts(values)):
            raise wrong("'waarden' hoort te zijn: {\"waarde in het bestand\": onze waarde, …}.")
        return value

    @staticmethod
    def _many(value: dict[str, Any]) -> dict[str, Any]:
        names, lines = value["kolommen"], value.get("waarden")
        if not (isinstance(names, list) and names and all(isinstance(name, str) and name for name in names)):
            raise wrong("'kolommen' hoort een lijst van namen van velden te zijn.")
        if len(set(names)) < len(names):
            raise wrong("In 'kolommen' staat een veld twee keer.")
        if RESULT in names:
            raise wrong(
                f"Een veld dat '{RESULT}' heet, kan niet worden samengevoegd: dat woord heeft hier een betekenis."
            )
        if not (isinstance(lines, list) and lines and all(isinstance(line, dict) for line in lines)):
            raise wrong(
                f"Bij 'kolommen' hoort 'waarden', een lijst van regels als {{veld: waarde, {RESULT}: onze waarde}}."
            )
        for number, line in enumerate(lines, start=1):
            if not _texts(line) or RESULT not in line:
                raise wrong(
                    f"Regel {number} van 'waarden' hoort '{RESULT}' te hebben, en bij elk veld één waarde."
                )
            if any(name not in names for name in line if name != RESULT):
                raise wrong(f"Regel {number} van 'waarden' noemt een veld dat niet in 'kolommen' staat.")
            if any(_covers(earlier, line) for earlier in lines[: number - 1]):
                raise wrong(
                    f"Regel {number} van 'waarden' kan nooit gelden: een eerdere regel past altijd al."
                )
        return {**value, "kolommen": tuple(names), "waarden": tuple(lines)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        return self.kolommen if self.kolommen is not None else (self.kolom,) if self.kolom is not None else ()

    def results(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every value of ours that is asked for, with its place."""
        if isinstance(self.waarden, dict):
            yield from ((("waarden", key), result) for key, result in self.waarden.items())
        else:
            yield from ((("waarden", at, RESULT), line[RESULT]) for at, line in enumerate(self.waarden or ()))


def _texts(values: dict[Any, Any]) -> bool:
    return all(isinstance(text, str) for text in values.values())


def _covers(earlier: dict[str, str], later: dict[str, str]) -> bool:
    """Whether every row that fits `later` fits `earlier` too."""
    return all(later.get(name) == value for name, value in earlier.items() if name != RESULT)


class Levering(Part):
    """The whole of levering.yaml."""

    indeling: Text | None = None
    peildatum: Annotated[date, BeforeValidator(_day)] | None = None
    peildatum_kolom: Text | None = None
    bestand: Text | None = None
    lezen: Reading = Reading()
    kolommen: dict[str, Column] = Field(default_factory=dict)
    normaliseren: Literal["alle", "geen"] | tuple[str, ...] = "alle"

    @field_validator("normaliseren", mode="before")
    @classmethod
    def _rules(cls, value: Any) -> Any:
        if isinstance(value, list) and value and all(isinstance(name, str) for name in value):
            return tuple(value)
        if value in ("alle", "geen"):
            return value
        raise wrong("Schrijf alle, geen, of een lijst met namen van regels uit config/normalisation.yaml.")

    @field_validator("bestand")
    @classmethod
    def _plain_name(cls, value: str | None) -> str | None:
        if value is not None and ("/" in value or "\\" in value or value in (".", "..")):
            raise wrong("Schrijf alleen de naam van het bestand, zonder map.")
        return value

    @field_validator("kolommen", mode="before")
    @classmethod
    def _known(cls, value: Any) -> Any:
        if not isinstance(value, dict) or not value:
            raise wrong("Onder 'kolommen' horen regels als 'geslacht: naam van het veld in het bestand'.")
        return value

    def mistakes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Columns that are not ours and values that are not ours: the place of each, and what may stand there."""
        for name, column in self.kolommen.items():
            if name not in COLUMNS:
                yield ("kolommen", name), f"'{name}' is geen kolom van ons. Kies uit: {', '.join(COLUMNS)}."
            elif name == PERSON and (column.kolom is None or column.waarden is not None):
                yield (
                    ("kolommen", name),
                    f"'{PERSON}' is de naam van één veld: het wordt niet samengevoegd, vertaald of leeg gelaten.",
                )
            elif column.leeg and name not in MAY_BE_EMPTY:
                yield (
                    ("kolommen", name),
                    f"'{name}' mag niet leeg zijn. Leeg mogen zijn: {', '.join(MAY_BE_EMPTY)}.",
                )
            else:
                for place, result in column.results():
                    if not is_value(name, "" if result == EMPTY else result):
                        yield ("kolommen", name, *place), f"Dit is geen waarde van '{name}'. {allowed(name)}"


def allowed(column: str) -> str:
    """What may stand in a column, in Dutch."""
    empty = " Leeg mag ook: schrijf leeg." if column in MAY_BE_EMPTY else ""
    if column in DAYS:
        return f"Schrijf een datum als 20150301.{empty}"
    values = code_list(column) or ()
    if len(values) <= _SHORT_LIST:
        return f"Kies uit: {', '.join(values)}.{empty}"
    return f"Schrijf een code van vier cijfers; de codes staan in reference/.{empty}"
