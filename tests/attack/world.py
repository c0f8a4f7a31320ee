"""What everybody knows: the code lists, which code belongs to which route, province and population, and the tables.

Read from `reference/` and `config/`, which are public. What does not belong here: anything from a published folder.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from attack.settings import read_yaml

ROOT = Path(__file__).parents[2]
Codes = frozenset[str]
Cell = frozenset[tuple[str, Codes]]
"""A condition on persons: for some variables the codes that they may have. Empty is everybody."""

Reader = Callable[[str], list[dict[str, str]]]

EVERYBODY: Cell = frozenset()
TOTAL = "totaal"
BASE_OF = {
    "uitstroomroute": "statuscode",
    "ontheffingsgrond": "statuscode",
    "provincie": "gemeente",
    "gemeentegroep": "gemeente",
}
_ANSWERS = {"zeker": "Hoort bij de groep", "mogelijk": "Niet bekend", "niet": "Hoort niet bij de groep"}
_NUMBERS = {
    "geen": "In geen groep",
    "één": "In één groep",
    "twee": "In twee groepen",
    "drie of vier": "In drie of vier groepen",
    "Onbekend": "Niet bekend",
}
POLICY = ("beleid_examen", "beleid_werk", "beleid_lessen", "beleid_weinig_haast")
PROVINCES = [
    "Groningen",
    "Friesland",
    "Drenthe",
    "Overijssel",
    "Flevoland",
    "Gelderland",
    "Utrecht",
    "Noord-Holland",
    "Zuid-Holland",
    "Zeeland",
    "Noord-Brabant",
    "Limburg",
]
"""From north to south, as CBS numbers them."""
_SEXES = {"man": "M", "mannen": "M", "vrouw": "V", "vrouwen": "V"}
_CODE_BEHIND = re.compile(r"\((\w+)\)$")


@dataclass(frozen=True)
class World:
    """Code lists at a peildatum: for each variable label to codes (of its base variable), and all codes."""

    peildatum: date
    labels: Mapping[str, Mapping[str, Codes]]
    universe: Mapping[str, Codes]
    tables: Mapping[str, Mapping[str, Any]]
    populations: Mapping[str, Cell]
    names: Mapping[str, str]
    """What a variable is called in a heading, to its name."""
    project: Path = ROOT
    single: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Base variable and code to label."""

    def codes(self, variable: str, label: str) -> Codes | None:
        """The codes of a label, or nothing when the variable has no such label."""
        known = self.labels.get(variable, {})
        found = known.get(norm(label))
        if found is None and (behind := _CODE_BEHIND.search(label.strip())):
            code = behind[1]
            found = frozenset({code}) if code in self.universe.get(base(variable), ()) else None
        return found

    def name(self, cell: Cell) -> str:
        """A cell for people."""
        if not cell:
            return "iedereen"
        return ", ".join(
            f"{variable} {self._codes_name(variable, codes)}" for variable, codes in sorted(cell)
        )

    def _codes_name(self, variable: str, codes: Codes) -> str:
        names = sorted(self.single.get((variable, code), code) for code in codes)
        return "/".join(names) if len(names) < 4 else f"{names[0]} en {len(names) - 1} andere"


@lru_cache(maxsize=100_000)
def norm(text: str) -> str:
    """A label without case and needless white space."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def base(variable: str) -> str:
    """The variable whose codes say it."""
    return BASE_OF.get(variable, variable)


@cache
def world(peildatum: str, project: Path = ROOT) -> World:
    """The world on a day, by the lists and settings of a project."""
    day = date.fromisoformat(peildatum)
    rows = _reader(project)
    lists = _lists(rows, day)
    labels: dict[str, dict[str, Codes]] = {variable: _by_label(known) for variable, known in lists.items()}
    universe = {variable: frozenset(known) for variable, known in lists.items()}
    labels["geslacht"] = {word: frozenset(code) for word, code in _SEXES.items()}
    universe["geslacht"] = frozenset("MVO")
    labels["uitstroomroute"] = _groups(rows("uitstroomroutes.csv"), "uitstroomroute", "statuscode")
    grounds = [row for row in rows("uitstroomroutes.csv") if row["ontheffingsgrond"]]
    labels["ontheffingsgrond"] = _groups(grounds, "ontheffingsgrond", "statuscode")
    labels["provincie"] = _provinces(rows("provincies.csv"), universe["gemeente"])
    labels["gemeentegroep"] = _large_and_others(rows("gemeentegroepen.csv"), universe["gemeente"])
    settings = read_yaml((project / "config/tables.yaml").read_text(encoding="utf-8"))
    return World(
        peildatum=day,
        labels=labels,
        universe=universe,
        tables={table["number"]: table for table in settings["tables"]},
        populations={name: _population(found, labels) for name, found in settings["populations"].items()},
        project=project,
        names={norm(text["label"]): name for name, text in settings["variables"].items()},
        single={
            (variable, code): label for variable, known in lists.items() for code, label in known.items()
        },
    )


def _lists(rows: Reader, day: date) -> dict[str, dict[str, str]]:
    return {
        "gemeente": {
            row["gemeentecode"]: row["leesnaam"] for row in rows("gemeenten.csv") if _valid(row, day)
        },
        "land_van_herkomst": {row["landcode"]: row["leesnaam"] for row in rows("landen.csv")},
        "leeftijdsklasse": {
            name: name for name in [*(r["leeftijdsklasse"] for r in rows("leeftijdsklassen.csv")), "Onbekend"]
        },
        "statuscode": {row["statuscode"]: row["statuscode"] for row in rows("uitstroomroutes.csv")},
        "doelgroep": {"NIEUWKOMER": "Nieuwkomer", "OUDKOMER": "Oudkomer", "Onbekend": "Onbekend"},
        "geslacht": {"M": "man", "V": "vrouw", "O": "geslacht O"},
        **{name: _years(rows("jarenklassen.csv"), name) for name in ("jaren_tot_aow", "jaren_plichtig")},
        **dict.fromkeys(POLICY, _ANSWERS),
        "beleid_samen": _NUMBERS,
    }


def _years(rows: list[dict[str, str]], variable: str) -> dict[str, str]:
    names = [*(row["klasse"] for row in rows if row["kenmerk"] == variable), "Onbekend"]
    return {name: name for name in names}


def _reader(project: Path) -> Reader:
    """Reads a list of codes; a list that there is not has no rows."""

    def rows(name: str) -> list[dict[str, str]]:
        path = project / "reference" / name
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows


def _valid(row: Mapping[str, str], day: date) -> bool:
    start, end = row["geldig_vanaf"], row["geldig_tot"]
    return (not start or date.fromisoformat(start) <= day) and (not end or day < date.fromisoformat(end))


def _by_label(known: Mapping[str, str]) -> dict[str, Codes]:
    """Label to code; a label of several codes only with its code behind it."""
    times: dict[str, list[str]] = {}
    for code, label in known.items():
        times.setdefault(norm(label), []).append(code)
    return {label: frozenset(codes) for label, codes in times.items() if len(codes) == 1}


def _groups(rows: list[dict[str, str]], whole: str, part: str) -> dict[str, Codes]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(norm(row[whole]), set()).add(row[part])
    return {label: frozenset(codes) for label, codes in found.items()}


def _provinces(lies: list[dict[str, str]], municipalities: Codes) -> dict[str, Codes]:
    rows = [row for row in lies if row["gemeentecode"] in municipalities]
    found = _groups(rows, "provincie", "gemeentecode")
    return {
        **{norm(name): found[norm(name)] for name in PROVINCES if found},
        norm("Register niet-ingezetenen"): frozenset({"1999"}),
        "onbekend": frozenset({"0000"}),
    }


def _large_and_others(large: list[dict[str, str]], municipalities: Codes) -> dict[str, Codes]:
    found = _groups(large, "groep", "gemeentecode")
    others = municipalities - frozenset({"0000", "1999"}).union(*found.values())
    return {
        **found,
        "andere gemeenten": others,
        norm("Register niet-ingezetenen"): frozenset({"1999"}),
        "onbekend": frozenset({"0000"}),
    }


def _population(found: Mapping[str, Any], labels: Mapping[str, Mapping[str, Codes]]) -> Cell:
    return frozenset(
        (base(variable), frozenset().union(*(labels[variable][norm(value)] for value in values)))
        for variable, values in found["filter"].items()
    )
