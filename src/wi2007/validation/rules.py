"""The rules as data (`config/validation.yaml`): meaning, severity, what to do, source, threshold.

A file of rules without one that a check is known by (`NEEDED`) is refused before anything is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wi2007.errors import UserError
from wi2007.project import CONFIG

if TYPE_CHECKING:
    from schemas.validation import PeakEntry
    from schemas.validation import Threshold as Entry

NEEDED: Final = (
    # of the file as a whole
    "bestand_leeg",
    "bestand_codering",
    "bestand_onleesbaar",
    "deel_anders",
    "kop_onherkenbaar",
    "kolom_ontbreekt",
    "kolom_dubbel",
    "kolom_onbekend",
    "geen_rijen",
    "rij_aantal_velden",
    "lege_regel",
    "kop_herhaald",
    "totaalrij",
    # of values
    "veld_leeg",
    "persoonsnummer_geen",
    "persoonsnummer_te_lang",
    "spaties",
    "persoonsnummer_tekens",
    "formule",
    "wetenschappelijke_notatie",
    "persoonsnummer_datum",
    "codelijst",
    "geheel_getal",
    "gemeente_nog_niet_geldig",
    "gemeente_zonder_opvolger",
    "geboortedatum_ongeldig",
    "datum_ongeldig",
    "datum_na_peildatum",
    "datum_te_vroeg",
    "datum_voor_wi2007",
    "leeftijd_onmogelijk",
    # of rows
    "datums_volgorde",
    "status_zonder_datum",
    "vertrokken_in_gemeente",
    "te_jong",
    "turks_zonder_nationaliteit",
    "turks_niet_uitgesloten",
    "nationaliteit_dubbel",
    "nationaliteit_gat",
    # of all rows together
    "persoonsnummer_dubbel",
    "demonstratie_vermengd",
    "aandeel_onbekend",
    "datum_te_vaak",
    "een_waarde",
    "een_waarde_geworden",
    "rij_aantal_verschil",
    "verdeling_verschoven",
)
"""The names that checks are known by. Of the rules on how a file is read and mapped only the oldest are here; a test
compares all names with the code.
"""

RULES: Final = CONFIG / "validation.yaml"
ERROR: Final = "fout"
WARNING: Final = "waarschuwing"


@dataclass(frozen=True)
class Threshold:
    """Shares of the rows from which on a failure is reported, and refused; fewer than `least` rows are ignored.

    `points` (of a category) and `points_together` (of a column) are percentage points, `noise` standard deviations.
    """

    told_above: float = 0.0
    error_above: float | None = None
    least: int = 0
    points: float = 0.0
    points_together: float = 0.0
    noise: float = 0.0

    def is_reported(self, count: int, rows: int) -> bool:
        """Return whether so many of the rows are worth reporting."""
        return not self.told_above or (count >= self.least and count > self.told_above * rows)

    def is_error(self, count: int, rows: int) -> bool:
        """Return whether so many of the rows are too many."""
        return self.error_above is not None and count >= self.least and count > self.error_above * rows


@dataclass(frozen=True)
class Rule:
    """One rule. `columns` is empty when it concerns the file or a whole row."""

    name: str
    severity: str
    columns: tuple[str, ...]
    description: str
    what_to_do: str
    source: str = ""
    threshold: Threshold | None = None


@dataclass(frozen=True)
class Limits:
    """Days before which a date is an error (`birth`, `other`) or unlikely (`act`); `youngest` is the last day of birth.

    Nobody is older than `oldest_age` years at the peildatum.
    """

    birth: date
    other: date
    act: date
    youngest: date
    oldest_age: int


@dataclass(frozen=True)
class Unknown:
    """Which values of a column mean unknown (`leeg` an empty field), and how many are too many.

    With `among` only the rows with one of these status codes count.
    """

    values: tuple[str, ...]
    threshold: Threshold
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeakLimits:
    """The limits from which on one day of a column is in too many rows (`wi2007.validation.judge`).

    `times` is a factor over the same day in other years, `times_known` that for a day that programs fill in;
    `ordinary` gives days that are frequent for a reason, with the share of the rows that they may have.
    """

    threshold: Threshold
    times: float | None = None
    times_known: float | None = None
    ordinary: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """All rules in the order of the file, which is the order of the report."""

    rules: dict[str, Rule]
    limits: Limits
    unknown: dict[str, Unknown] = field(default_factory=dict)
    peaks: dict[str, PeakLimits] = field(default_factory=dict)
    known_days: dict[str, str] = field(default_factory=dict)
    """Days that programs fill in where they know none, as yyyymmdd, with their description."""

    def of(self, name: str) -> Rule:
        """Return the rule that a check is named after; raises `UserError` when the file has no such rule."""
        if name not in self.rules:
            raise _missing([name], list(self.rules))
        return self.rules[name]

    def threshold(self, name: str) -> Threshold:
        """Return the threshold of a rule; an empty one where the file has none."""
        return self.of(name).threshold or Threshold()


def read_rules(path: Path = RULES) -> Rules:
    """Return the rules. Raises `UserError` when the file cannot be used or lacks a rule that a check is named after."""
    from wi2007.validation.file import read_file  # noqa: PLC0415  # the report is written again without pydantic

    content = read_file(path)
    rules = {
        entry.regel: Rule(
            name=entry.regel,
            severity=entry.ernst,
            columns=tuple(entry.kolommen),
            description=entry.omschrijving,
            what_to_do=entry.doen,
            source=entry.bron,
            threshold=_threshold(entry.drempel) if entry.drempel else None,
        )
        for entry in content.regels
    }
    if lacking := [name for name in NEEDED if name not in rules]:
        raise _missing(lacking, [name for name in rules if name not in NEEDED])
    limits = content.grenzen
    return Rules(
        rules=rules,
        limits=Limits(
            birth=limits.geboortedatum,
            other=limits.statusdatum_en_startdatum,
            act=limits.wi2007,
            youngest=limits.jongste_geboortedatum,
            oldest_age=limits.oudste_leeftijd,
        ),
        unknown={
            name: Unknown(tuple(entry.waarden), _threshold(entry), tuple(entry.onder))
            for name, entry in content.onbekend.items()
        },
        peaks={name: _peak_limits(entry) for name, entry in content.ophoping.kolommen.items()},
        known_days=dict(content.ophoping.bekend),
    )


def _threshold(entry: Entry) -> Threshold:
    return Threshold(
        told_above=entry.melden_boven or 0.0,
        error_above=entry.fout_boven,
        least=entry.minstens,
        points=entry.punten or 0.0,
        points_together=entry.punten_samen or 0.0,
        noise=entry.ruis,
    )


def _peak_limits(entry: PeakEntry) -> PeakLimits:
    threshold = Threshold(
        told_above=entry.melden_boven or 0.0, error_above=entry.fout_boven, least=entry.minstens
    )
    return PeakLimits(threshold, entry.keer, entry.keer_bekend, dict(entry.gewoon))


def _missing(names: list[str], others: list[str]) -> UserError:
    """Return the error on a check without a rule: which, and the name that may be a typing error."""
    named = []
    for name in names:
        alike = get_close_matches(name, others, n=1, cutoff=0.8)
        named.append(f"'{name}'" + (f" (er staat wel '{alike[0]}')" if alike else ""))
    what = "ontbreekt de regel" if len(named) == 1 else "ontbreken de regels"
    return UserError(
        f"In config/validation.yaml {what} {', '.join(named)}. Er is een controle met die naam: zet de "
        "regel terug, met wat hij betekent en wat u kunt doen."
    )
