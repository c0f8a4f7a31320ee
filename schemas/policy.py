"""The contracts of `beleid.parquet` and of `config/beleidsgroepen.yaml`: the policy groups of who is still obliged.

`beleid.parquet` has the dimensions of the cube, of who is still obliged alone, and besides: `jaren_tot_aow` and
`jaren_plichtig` classes of `reference/jarenklassen.csv` or Onbekend · for each policy group whether somebody is in it:
zeker, mogelijk (the delivery does not tell) or niet · `beleid_samen` in how many groups · `aantal` · `wie`, as in
`kubus.parquet`. One row for each combination that occurs, sorted by all keys. Exact: never published.
What does not belong here: judging who is in a group (`wi2007.population.policy`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas import columns as c
from schemas import meanings
from schemas.cube import DIMENSIONS, MEASURES, cube_schema
from schemas.meanings import described
from schemas.values import is_value
from wi2007.reference import UNKNOWN, YEARS_OBLIGED, YEARS_TO_AOW, year_labels

if TYPE_CHECKING:
    import pandera.pandas as pandera

GROUPS: Final = ("beleid_examen", "beleid_werk", "beleid_lessen", "beleid_weinig_haast")
TOGETHER: Final = "beleid_samen"
SURE, POSSIBLE, NOT = MEMBERSHIPS = ("zeker", "mogelijk", "niet")
"""Whether somebody is in a policy group."""
IN_HOW_MANY: Final = ("geen", "één", "twee", "drie of vier", UNKNOWN)
"""In how many policy groups somebody is."""
YEARS: Final = (YEARS_TO_AOW, YEARS_OBLIGED)
OF_POLICY: Final = (*YEARS, *GROUPS, TOGETHER)
"""What is known of who is still obliged alone."""
POLICY: Final = pa.schema([*((name, pa.string()) for name in (*DIMENSIONS, *OF_POLICY)), *MEASURES])


def policy_lists() -> dict[str, tuple[str, ...]]:
    """Return the values that each of `OF_POLICY` can have, in the order for readers."""
    return {
        **{name: year_labels(name) for name in YEARS},
        **dict.fromkeys(GROUPS, MEMBERSHIPS),
        TOGETHER: IN_HOW_MANY,
    }


def policy_schema() -> pandera.DataFrameSchema:
    """The contract of the file as pandas reads it."""
    import pandera.pandas as pandera  # noqa: PLC0415  half a second, and not every user of the names needs it

    of_cube = cube_schema().columns
    own = {
        name: pandera.Column(str, pandera.Check.isin(list(values))) for name, values in policy_lists().items()
    }
    measures = {name: of_cube.pop(name) for name, _ in MEASURES}
    return pandera.DataFrameSchema(
        described({**of_cube, **own, **measures}, meanings.POLICY),
        unique=[*DIMENSIONS, *OF_POLICY],
        name="beleid",
        strict=True,
        ordered=True,
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
