"""The contracts of `beleid.parquet` and of `config/beleidsgroepen.yaml`: the policy groups of who is still obliged.

`beleid.parquet` has one row for each combination that occurs, sorted by all keys. Exact: never published.
What does not belong here: judging who is in a group (`wi2007.population.policy`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas import columns as c
from schemas.cube import DIMENSIONS, OF_DIMENSIONS, OF_MEASURES, SET_TYPES
from schemas.dataset import Column, text
from schemas.exact import ExactFile
from schemas.values import is_value
from wi2007.reference import UNKNOWN, YEARS_OBLIGED, YEARS_TO_AOW, year_labels

TOGETHER: Final = "beleid_samen"
SURE, POSSIBLE, NOT = MEMBERSHIPS = ("zeker", "mogelijk", "niet")
"""Whether somebody is in a policy group."""
IN_HOW_MANY: Final = ("geen", "één", "twee", "drie of vier", UNKNOWN)
"""In how many policy groups somebody is."""
YEARS: Final = (YEARS_TO_AOW, YEARS_OBLIGED)
_MEMBER: Final = (
    "Of iemand hoort bij de beleidsgroep van iedereen die {}. Mogelijk als de levering het niet zegt."
)
_RULES: Final = "config/beleidsgroepen.yaml"


def _group(who: str) -> Column:
    return text(_MEMBER.format(who), _RULES, written="code", values=MEMBERSHIPS)


_OF_POLICY: Final[dict[str, Column]] = {
    YEARS_TO_AOW: text(
        "Jaren vanaf de peildatum tot de AOW-leeftijd; Onbekend als de geboortedatum meer dan één klasse toelaat.",
        "geboortedatum, reference/aow_leeftijd.csv, reference/jarenklassen.csv",
        values=partial(year_labels, YEARS_TO_AOW),
    ),
    YEARS_OBLIGED: text(
        "Jaren vanaf het begin van de inburgeringsplicht tot de peildatum; Onbekend zonder die dag.",
        "startdatum_plicht, reference/jarenklassen.csv",
        values=partial(year_labels, YEARS_OBLIGED),
    ),
    "beleid_examen": _group("het examen nog kan halen"),
    "beleid_werk": _group("werkt en de ontheffing AVI kan krijgen"),
    "beleid_lessen": _group("lessen volgde en de ontheffing AGI kan krijgen"),
    "beleid_weinig_haast": _group("weinig aanleiding heeft om nog in te burgeren"),
    TOGETHER: text(
        "Bij hoeveel beleidsgroepen iemand zeker hoort; Onbekend als dat niet van elke groep zeker is.",
        _RULES,
        values=IN_HOW_MANY,
    ),
}
OF_POLICY: Final = tuple(_OF_POLICY)
"""What is known of who is still obliged alone."""
GROUPS: Final = tuple(name for name in OF_POLICY if name.startswith("beleid_") and name != TOGETHER)
POLICY: Final = ExactFile(
    "beleid.parquet",
    "De beleidsgroepen",
    "wie nog inburgeringsplichtig is, naar de kenmerken van de kubus en naar beleidsgroep "
    "(`config/beleidsgroepen.yaml`).",
    columns={**OF_DIMENSIONS, **_OF_POLICY, **OF_MEASURES},
    key=(*DIMENSIONS, *OF_POLICY),
    types=SET_TYPES,
)

Words = Annotated[str, Field(min_length=1)]
_TESTS: Final = {
    **dict.fromkeys((c.EXAMS, c.HOURS), ("minstens",)),
    c.EXAM_DAY: ("hoogstens_jaren_geleden",),
    **dict.fromkeys((c.INCOME, c.REFUSED, "doelgroep"), ("waarden",)),
    **dict.fromkeys(YEARS, ("minstens", "minder_dan")),
}
"""How each trait may be tested."""
Trait = Literal[tuple(_TESTS)]  # type: ignore[valid-type]
Name = Literal[GROUPS]  # type: ignore[valid-type]
COLUMN_OF: Final = {YEARS_TO_AOW: c.BIRTH, YEARS_OBLIGED: c.START_DAY}
"""The column of a delivery that a trait follows from, where it is not its own."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Condition(_Model):
    """One test of one trait, or several conditions of which all or one must hold."""

    alle: Annotated[list[Condition], Field(min_length=1)] | None = None
    een_van: Annotated[list[Condition], Field(min_length=1)] | None = None
    kenmerk: Trait | None = None  # type: ignore[valid-type]
    minstens: Annotated[int, Field(ge=0)] | None = None
    minder_dan: Annotated[int, Field(ge=0)] | None = None
    hoogstens_jaren_geleden: Annotated[int, Field(ge=0, le=100)] | None = None
    waarden: Annotated[list[Words], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in ("alle", "een_van", "kenmerk") if getattr(self, name) is not None]
        tests = [
            name
            for name in ("minstens", "minder_dan", "hoogstens_jaren_geleden", "waarden")
            if getattr(self, name) is not None
        ]
        if len(given) != 1 or (self.kenmerk is None and tests):
            raise PydanticCustomError("told", "een regel heeft precies één van alle, een_van en kenmerk")
        if self.kenmerk is not None and (len(tests) != 1 or tests[0] not in _TESTS[self.kenmerk]):
            allowed = " of ".join(_TESTS[self.kenmerk])
            raise PydanticCustomError(
                "told",
                "bij {kenmerk} hoort precies één van: {tests}",
                {"kenmerk": self.kenmerk, "tests": allowed},
            )
        return self

    def walk(self) -> Iterator[Condition]:
        """Give every test in it."""
        if self.kenmerk is not None:
            yield self
        for part in (*(self.alle or ()), *(self.een_van or ())):
            yield from part.walk()


class Group(_Model):
    """A policy group: the rule by which somebody is in it, what that supposes, and the reason."""

    groep: Name
    naam: Words
    regel: Condition
    aanname: Words
    reden: Words

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a delivery that tell whether somebody is in it, each once."""
        named = (str(test.kenmerk) for test in self.regel.walk())
        return tuple(dict.fromkeys(COLUMN_OF.get(name, name) for name in named))


class PolicyGroups(_Model):
    """The whole of `config/beleidsgroepen.yaml`."""

    groepen: list[Group]

    def mistakes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What only the code lists and the other groups can tell: where, and what is wrong."""
        names = [one.groep for one in self.groepen]
        for at, name in enumerate(names):
            if name in names[:at]:
                yield ("groepen", at, "groep"), f"de groep '{name}' staat er twee keer"
        for name in GROUPS:
            if name not in names:
                yield ("groepen",), f"de groep '{name}' ontbreekt"
        for at, one in enumerate(self.groepen):
            for test in one.regel.walk():
                for value in test.waarden or ():
                    if not is_value(str(test.kenmerk), value):
                        yield ("groepen", at, "regel"), f"'{value}' is geen waarde van {test.kenmerk}"
