"""The contract of levering.yaml and of `config/deliveries/*.yaml`: how a delivery is read and mapped to our columns.

Every scalar arrives as the text that stands in the file (`NO`, `01` and `2024-07-01` mean what was written). A message
never repeats a value that was set: it may be a value of a person's row.
What does not belong here: reading the file and finding its lines (`wi2007.mapping.levering`), the file it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from schemas.columns import BIRTH, COLUMNS, PERSON
from schemas.values import DAYS, MAY_BE_EMPTY, NUMBERS, code_list, is_value

EMPTY: Final = "leeg"
RESULT: Final = "wordt"
PARTS: Final = ("jaar", "maand", "dag")
"""The fields that a date is made from, where it has more than one."""
_SHORT_LIST: Final = 15
_BOOKS: Final = ("xlsx", "xlsb", "xls", "ods")
_ALSO: Final = {
    "soort": {
        "tekst": ("tekst, ingepakt als gz", "tekst, ingepakt als zip", "csv", "txt"),
        "xlsx": ("excel", "werkmap van excel"),
        "ods": ("libreoffice", "openoffice"),
        "sav": ("spss", "zsav"),
        "por": ("spss (por)",),
        "dta": ("stata",),
        "sas7bdat": ("sas",),
        "xpt": ("sas (xpt)",),
        "parquet": ("pq",),
        "arrow": ("feather", "arrow (feather)"),
    },
    "codering": {
        "utf-8": ("utf8", "utf-8-sig", "utf-8 met bom"),
        "windows-1252": ("windows 1252", "windows1252", "cp1252", "ansi"),
        "utf-16": ("utf16", "utf-16 (little endian)", "utf-16 (big endian)", "utf-16-le", "utf-16-be"),
    },
    "scheidingsteken": {
        "puntkomma": (";",),
        "komma": (",",),
        "tab": ("\t", "tabteken"),
        "streep": ("|", "verticale streep", "streep (|)"),
    },
    "aanhalingstekens": {"ja": ("yes", "true"), "nee": ("no", "false", "geen")},
}
"""Other names of settings: those that the program itself tells, and usual ones. Capitals make no difference."""

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


def form_parts(form: str) -> list[str]:
    """The parts of `datumvorm`: letters d, m, j and the signs between them. Raises `ValueError` when it is no form."""
    parts = re.findall(r"d+|m+|j+|[^dmj]+", form.lower())
    letters = [part for part in parts if part[0] in "dmj"]
    sizes = {part[0]: len(part) for part in letters}
    if len(letters) != 3 or len(sizes) != 3 or sizes["j"] != 4 or sizes["d"] > 2 or sizes["m"] > 4:
        raise ValueError(form)
    if any(sign.isalnum() for part in parts if part not in letters for sign in part):
        raise ValueError(form)
    if len(parts) == 3 and (sizes["d"], sizes["m"]) != (2, 2) and sizes["m"] < 3:
        raise ValueError(form)
    return parts


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
    extra_veld: Literal["eerste", "laatste"] | None = None

    @field_validator("soort", "codering", "scheidingsteken", "aanhalingstekens", mode="before")
    @classmethod
    def _named(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        word = " ".join(value.lower().split()) or value
        names = _ALSO[info.field_name or ""]
        return next((name for name, others in names.items() if word == name or word in others), value)

    @model_validator(mode="after")
    def _agrees(self) -> Reading:
        fits = {
            "codering": ("tekst",),
            "scheidingsteken": ("tekst",),
            "aanhalingstekens": ("tekst",),
            "extra_veld": ("tekst",),
            "koprij": ("tekst", *_BOOKS),
            "werkblad": _BOOKS,
        }
        for name, kinds in fits.items():
            if getattr(self, name) is not None and self.soort is not None and self.soort not in kinds:
                raise wrong(f"'{name}' en 'soort: {self.soort}' gaan niet samen. Haal een van de twee weg.")
        text = [
            name
            for name in ("codering", "scheidingsteken", "aanhalingstekens", "extra_veld")
            if getattr(self, name)
        ]
        if self.werkblad is not None and text:
            raise wrong(f"'werkblad' en '{text[0]}' gaan niet samen. Haal een van de twee weg.")
        return self


class Column(Part):
    """Which field or fields one of our columns is made from, and which of their values become which of ours.

    `lees` says what counts in a field with labels, `datumvorm` how dates are written; `jaar`, `maand` and `dag` name
    fields.
    """

    kolom: Text | None = None
    kolommen: tuple[str, ...] | None = None
    jaar: Text | None = None
    maand: Text | None = None
    dag: Text | None = None
    waarden: dict[str, str] | tuple[dict[str, str], ...] | None = None
    lees: Literal["label", "waarde"] | None = None
    datumvorm: Text | None = None
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
        known = ("kolom", "kolommen", *PARTS, "waarden", "lees", "datumvorm")
        if unknown := [key for key in value if key not in known]:
            raise wrong(f"'{unknown[0]}' bestaat hier niet. Kies uit: {', '.join(known)}.")
        if any(part in value for part in PARTS):
            return cls._of_parts(value)
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
        if value.get("lees", "label") not in ("label", "waarde"):
            raise wrong("Achter 'lees' hoort label (het label telt) of waarde (het label telt niet).")
        if "datumvorm" in value:
            try:
                form_parts(value["datumvorm"] if isinstance(value["datumvorm"], str) else "")
            except ValueError:
                raise wrong(
                    "'datumvorm' hoort te zijn zoals dd/mm/jjjj: d voor de dag, m voor de maand (mmm in letters), jjjj "
                    "voor een jaartal van vier cijfers, en ertussen de tekens van het bestand."
                ) from None
        return value

    @staticmethod
    def _of_parts(value: dict[str, Any]) -> dict[str, Any]:
        others = [key for key in value if key not in PARTS]
        if others:
            raise wrong(f"'{others[0]}' gaat niet samen met jaar, maand en dag. Haal een van de twee weg.")
        if any(not isinstance(name, str) or not name for name in value.values()):
            raise wrong("Achter jaar, maand en dag hoort elk de naam van één veld in het bestand.")
        if "jaar" not in value or ("dag" in value and "maand" not in value):
            raise wrong("Noem de velden van boven af: jaar, dan maand, dan dag.")
        return value

    @staticmethod
    def _many(value: dict[str, Any]) -> dict[str, Any]:
        names, lines = value["kolommen"], value.get("waarden")
        if not (isinstance(names, list) and names and all(isinstance(name, str) and name for name in names)):
            raise wrong("'kolommen' hoort een lijst van namen van velden te zijn.")
        if len(set(names)) < len(names):
            raise wrong("In 'kolommen' staat een veld twee keer.")
        if alone := [key for key in ("lees", "datumvorm") if key in value]:
            raise wrong(f"'{alone[0]}' hoort bij 'kolom' (één veld), niet bij 'kolommen'.")
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
        if self.kolommen is not None:
            return self.kolommen
        return tuple(name for name in (self.kolom, self.jaar, self.maand, self.dag) if name is not None)

    @property
    def keys(self) -> tuple[str, ...]:
        """For each name the setting in which it stands."""
        if self.kolommen is not None:
            return ("kolommen",) * len(self.kolommen)
        return tuple(key for key in ("kolom", *PARTS) if getattr(self, key) is not None)

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
            elif name == PERSON and (
                column.kolom is None or column.waarden or column.lees or column.datumvorm
            ):
                yield (
                    ("kolommen", name),
                    f"'{PERSON}' is de naam van één veld: het wordt niet samengevoegd, vertaald of leeg gelaten.",
                )
            elif column.leeg and name not in MAY_BE_EMPTY:
                yield (
                    ("kolommen", name),
                    f"'{name}' mag niet leeg zijn. Leeg mogen zijn: {', '.join(MAY_BE_EMPTY)}.",
                )
            elif message := _unfit(name, column):
                yield ("kolommen", name), message
            else:
                for place, result in column.results():
                    if not is_value(name, "" if result == EMPTY else result):
                        yield ("kolommen", name, *place), f"Dit is geen waarde van '{name}'. {allowed(name)}"


def _unfit(name: str, column: Column) -> str:
    """A setting that this column cannot have; empty when all is well."""
    if name not in DAYS and (column.jaar is not None or column.datumvorm is not None):
        key = "datumvorm" if column.datumvorm is not None else "jaar"
        return f"'{key}' hoort bij een datum. Datums zijn: {', '.join(DAYS)}."
    if name in DAYS and column.lees is not None:
        return f"'lees' hoort bij een kolom met codes, niet bij '{name}'."
    if name != BIRTH and column.jaar is not None and column.dag is None:
        return f"'{name}' heeft jaar, maand en dag nodig. Alleen '{BIRTH}' mag onbekende delen hebben."
    return ""


def allowed(column: str) -> str:
    """What may stand in a column, in Dutch."""
    empty = " Leeg mag ook: schrijf leeg." if column in MAY_BE_EMPTY else ""
    if column in DAYS:
        return f"Schrijf een datum als 20150301.{empty}"
    if column in NUMBERS:
        return f"Schrijf een geheel getal van 0 tot en met {NUMBERS[column]}.{empty}"
    values = code_list(column) or ()
    if len(values) <= _SHORT_LIST:
        return f"Kies uit: {', '.join(values)}.{empty}"
    return f"Schrijf een code van vier cijfers; de codes staan in reference/.{empty}"
