"""Read `config/config.yaml` and word every mistake in it for the researcher."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from schemas.configuration import Configuration
from wi2007.decisions import in_line, name, plain
from wi2007.errors import UserError
from wi2007.project import CONFIG, ROOT

FILE = CONFIG / "config.yaml"
OFF = "uit"
"""The setting of `afronding` with which nothing is protected."""
ALLOWED = {
    "peildata": "alle, of een lijst van datums zoals [2022-07-01]",
    "indeling": "de naam van een bestand in config/deliveries/ zonder .yaml, of per peildatum een naam",
    "afronding": "5, 10 of uit (zonder aanhalingstekens)",
    "hertrekking": "per peildatum een reden, bijvoorbeeld {2024-07-01: verbeterde levering van 3 mei}",
    "kaart": (
        "bestand (een GeoJSON met gemeentegrenzen) en bronvermelding, en wie dat wil code en maat "
        "(aandeel of aantal); docs/kaart.md geeft een voorbeeld"
    ),
    "rekenkernen": "alle, of een geheel getal vanaf 1",
}


def read(path: Path = FILE) -> Configuration:
    """Return the configuration in effect; a key that is left out has its default.

    Raises `UserError` for a file that is absent, empty or no YAML, an unknown key or a value that is not allowed.
    """
    return check(_load(path), path)


def check(values: Mapping[str, Any], path: Path = FILE) -> Configuration:
    """Return a configuration that is already read, checked against its schema; raises `UserError`."""
    try:
        configuration = Configuration.model_validate(dict(values))
    except ValidationError as error:
        keys = dict.fromkeys(str(problem["loc"][0]) for problem in error.errors())
        raise UserError(" ".join(_wrong(key, _where(key, values, path)) for key in keys)) from None
    boundaries = boundary_file(configuration)
    if boundaries is not None and not boundaries.is_file():
        raise UserError(
            f"In {name(path)}{_line('kaart', path)} noemt 'kaart' het bestand {name(boundaries)}, maar dat is er niet. "
            "Zet het bestand daar neer, verbeter 'bestand', of haal 'kaart' weg: dan komt er geen kaart."
        )
    return configuration


def boundary_file(configuration: Configuration) -> Path | None:
    """Return the file with the boundaries of municipalities, None without one; relative to the project's folder."""
    return None if configuration.kaart is None else ROOT / configuration.kaart.bestand


def _where(key: str, values: Mapping[str, Any], path: Path) -> str:
    """Where a value was set: in the file, or on the command line of Snakemake instead of it."""
    try:
        own = plain(path)
    except (OSError, ValueError, yaml.YAMLError):
        own = values
    if isinstance(own, dict) and (key not in own or own[key] != values.get(key)):
        return "Op de opdrachtregel (--config of --configfile)"
    return f"In {name(path)}{_line(key, path)}"


def _wrong(key: str, where: str) -> str:
    if key not in ALLOWED:
        return (
            f"{where} staat '{key}', maar die instelling bestaat niet. "
            f"Haal de regel weg of kies uit: {', '.join(ALLOWED)}."
        )
    return f"{where} heeft '{key}' een waarde die niet kan. Schrijf: {ALLOWED[key]}."


def _line(key: str, path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        if line.split(":")[0].strip("'\" ") == key:
            return f", regel {number},"
    return ""


def _load(path: Path) -> Mapping[str, Any]:
    try:
        values = plain(path)
    except yaml.MarkedYAMLError as error:
        raise UserError(
            f"{name(path)}{in_line(error)} is geen geldige YAML. Kijk daar naar aanhalingstekens, haakjes, inspringing "
            "en dubbele punten."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise UserError(
            f"{name(path)} kan niet als tekst (UTF-8) worden gelezen. Sla het bestand zo op."
        ) from None
    except FileNotFoundError:
        raise UserError(
            f"{name(path)} ontbreekt. Zet het bestand terug, met minstens 'peildata: alle'."
        ) from None
    except OSError as error:
        raise UserError(f"{name(path)} kan niet worden gelezen ({error.strerror}).") from None
    except ValueError:
        raise UserError(
            f"In {name(path)} staat een datum die niet bestaat. Schrijf een datum als 2022-07-01."
        ) from None
    if not isinstance(values, dict):
        raise UserError(
            f"{name(path)} hoort minstens één regel als 'peildata: alle' te hebben, met een dubbele punt."
        )
    return values
