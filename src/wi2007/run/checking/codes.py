"""Check what settings say about values of the delivery, against the code lists and the rules of other files.

Each function yields places in its file with what is wrong there; `Mistakes` collects them instead of stopping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from schemas.columns import COLUMNS
from schemas.disclosure import Disclosure
from schemas.tempo import TempoChoices
from schemas.values import NUMBERS, code_list, is_value
from wi2007 import reference
from wi2007.decisions import Decisions, Place, in_words
from wi2007.errors import UserError
from wi2007.inspection.settings import Settings
from wi2007.mapping.normalise.methods import METHODS
from wi2007.mapping.normalise.rules import LABEL, Listed
from wi2007.tables import variables
from wi2007.validation.rules import Rules

T = TypeVar("T")

Found = Iterable[tuple[Place, str]]
"""Places in a file, each with what is wrong there and what to do."""
EMPTY = "leeg"
_RECODES = "waarden"
"""The method of a rule whose `waarden` give the new value of each value."""


@dataclass
class Mistakes:
    """The mistakes, each once, in the order in which they were found."""

    found: dict[str, None] = field(default_factory=dict)

    def attempt(self, work: Callable[..., T], *values: object) -> T | None:
        """Return what `work` gives; where it raises `UserError`, keep its mistake and return None."""
        try:
            return work(*values)
        except UserError as error:
            self.found[str(error)] = None
            return None

    def held(self, decisions: Decisions, found: Found) -> None:
        """Keep what is wrong in one file, with the line of each."""
        mistakes = [decisions.at(place, f"{in_words(place)}: {what}") for place, what in found]
        if mistakes:
            self.attempt(decisions.refuse, list(dict.fromkeys(mistakes)))


def choose(names: Iterable[str]) -> str:
    """Return the allowed values for a message; of a long list the beginning."""
    known = list(names)
    more = f" en nog {len(known) - 20}" if len(known) > 20 else ""
    return f"Kies uit: {', '.join(known[:20])}{more}."


def of_validation(rules: Rules) -> Found:
    """Check the values that mean unknown, and the days, in `validation.yaml`."""
    for column, unknown in rules.unknown.items():
        for value in unknown.values:
            if value != EMPTY and not is_value(column, value):
                yield (
                    ("onbekend", column, "waarden"),
                    f"'{value}' is geen waarde van {column}. {_values(column)}",
                )
        for status in unknown.among:
            if status not in reference.statuses():
                yield (
                    ("onbekend", column, "onder"),
                    f"'{status}' is geen statuscode. {choose(reference.statuses())}",
                )
    limits = rules.limits
    if limits.youngest <= limits.birth:
        yield (
            ("grenzen", "jongste_geboortedatum"),
            "deze dag ligt niet na geboortedatum. Maak hem later, of geboortedatum eerder.",
        )


def of_normalisation(listed: Sequence[Listed], rules: Rules) -> Found:
    """Check the methods, questions and results of the rules in `normalisation.yaml`."""
    for at, rule in enumerate(listed):
        place = ("regels", at)
        if rule.method != LABEL and rule.method not in METHODS:
            yield (*place, "wijze"), f"de wijze '{rule.method}' bestaat niet. {choose([*METHODS, LABEL])}"
        if rule.question and rule.question not in rules.rules:
            yield (
                (*place, "vraag"),
                f"de regel '{rule.question}' staat niet in config/validation.yaml. Zet hem daar, of verbeter de naam.",
            )
        for text, ours in rule.values.items() if rule.method == _RECODES else ():
            for column in rule.columns:
                if ours and not is_value(column, ours):
                    yield (
                        (*place, "waarden", text),
                        f"'{ours}' is geen waarde van {column}. {_values(column)}",
                    )


def of_inspection(settings: Settings, listed: Sequence[Listed]) -> Found:
    """Check the codes, columns and rules in `inspectie.yaml`."""
    rules = [rule.name for rule in listed]
    yield from _of_codes(settings)
    for ground in settings.ontheffing.gronden:
        if ground not in reference.statuses():
            yield (
                ("ontheffing", "gronden", ground),
                f"'{ground}' is geen statuscode. {choose(reference.statuses())}",
            )
    for part in ("zwakke_regels", "schrijfwijzen"):
        for name in getattr(settings, part):
            if name not in rules:
                yield (
                    (part, name),
                    f"de regel '{name}' staat niet in config/normalisation.yaml. {choose(rules)}",
                )
    for column in settings.woorden:
        if column not in COLUMNS:
            yield ("woorden", column), f"'{column}' is geen kolom van de levering. {choose(COLUMNS)}"


def _of_codes(settings: Settings) -> Found:
    """Check the columns, and the values of ours that codes probably mean."""
    values = {
        "codes": {column: list(meanings) for column, meanings in settings.codes.items()},
        "codes_samen": {column: list(codes.values()) for column, codes in settings.codes_samen.items()},
    }
    for part, columns in values.items():
        for column, ours in columns.items():
            if column not in COLUMNS:
                yield (part, column), f"'{column}' is geen kolom van de levering. {choose(COLUMNS)}"
                continue
            for value in ours:
                if not is_value(column, value):
                    place = (part, column, value) if part == "codes" else (part, column)
                    yield place, f"'{value}' is geen waarde van {column}. {_values(column)}"


def of_disclosure(rules: Disclosure) -> Found:
    """Check the exempt codes in `disclosure.yaml`."""
    for at, one in enumerate(rules.groepsonthulling.uitgezonderd):
        if one.code not in variables.all_labels(one.variabele):
            yield (
                ("groepsonthulling", "uitgezonderd", at, "code"),
                f"'{one.code}' is geen code van {one.variabele}. Gebruik een code uit de lijst in reference/.",
            )


def of_tempo(choices: TempoChoices) -> Found:
    """Check the countries in `tempo.yaml`."""
    codes = choices.landen.apart
    for at, code in enumerate(codes):
        if code not in reference.countries():
            yield (
                ("landen", "apart", at),
                f"de landcode '{code}' bestaat niet. Gebruik een code uit reference/landen.csv.",
            )
        if code in codes[:at]:
            yield ("landen", "apart", at), f"de landcode '{code}' staat er twee keer. Laat er één staan."


def _values(column: str) -> str:
    known = code_list(column)
    if column in NUMBERS:
        return f"Schrijf een geheel getal van 0 tot en met {NUMBERS[column]}."
    if known is None:
        return "Schrijf een datum als 19680000, met nullen voor wat onbekend is."
    return choose(known) if len(known) <= 20 else "Gebruik een code uit de lijst in reference/."
