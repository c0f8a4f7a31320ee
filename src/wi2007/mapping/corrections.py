"""Corrections of single values: read correcties.yaml, word every mistake in it, and apply it to batches of persons.

A correction names the value that it replaces. Where the delivery no longer has that value, or not that person, the
correction is out of date and the delivery is refused: nobody can say then which of the two is right.
No message tells a value or a persoonsnummer, only the line of the correction.
What does not belong here: what a correction may be (`schemas.corrections`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from schemas.corrections import Correction, Corrections
from schemas.values import is_value
from wi2007.decisions import Place, read_yaml
from wi2007.errors import UserError
from wi2007.project import CORRECTIONS

if TYPE_CHECKING:
    from wi2007.delivery.source import Coded

_MISTAKEN: Final = (
    *("correcties.yml", "correcties.yaml.txt", "correcties.yml.txt", CORRECTIONS),
    *("correctie.yaml", "correctie.yml", "corrections.yaml", "corrections.yml"),
)
_SHOWN: Final = 10
_EMPTY: Final = -1
"""The code of an empty field, `delivery.source.EMPTY`: its module needs numpy."""
_GONE: Final = -2
_EXAMPLE: Final = "docs/correcties.md geeft een voorbeeld."


@dataclass(frozen=True)
class CorrectionList:
    """The corrections of a delivery, each with the line on which it stands; `name` is the file for messages."""

    corrections: tuple[Correction, ...] = ()
    lines: tuple[int, ...] = ()
    name: str = CORRECTIONS

    @property
    def digest(self) -> str:
        """The SHA-256 of the corrections; comments, layout and order make no difference. Empty when there are none."""
        if not self.corrections:
            return ""
        texts = sorted(one.model_dump_json() for one in self.corrections)
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()


NONE: Final = CorrectionList()


def find_corrections(folder: Path) -> CorrectionList:
    """Return the corrections beside a delivery; none without a file.

    Raises `UserError` for every mistake in it, and when there is one under another name.
    """
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if CORRECTIONS in names:
        return read_corrections(folder / CORRECTIONS)
    for name in names:
        if name.lower() in _MISTAKEN:
            raise UserError(
                f"In data/raw/{folder.name}/ staat {name}. Geef het bestand de naam {CORRECTIONS}: "
                "alleen dan worden de correcties gebruikt."
            )
    return NONE


def read_corrections(path: Path) -> CorrectionList:
    """Return the corrections of a file. Raises `UserError` with every mistake and its line."""
    name = f"data/raw/{path.parent.name}/{path.name}"
    content, lines = read_yaml(path, name)

    def where(place: Place) -> str:
        place = tuple(place)
        while place and place not in lines:
            place = place[:-1]
        return f"In {name}, regel {lines[place]}: " if place else f"In {name}: "

    try:
        found = Corrections.model_validate(content)
    except ValidationError as error:
        told = [where(problem["loc"]) + _words(problem) for problem in error.errors()]
        raise UserError(_listed(told)) from None
    if mistakes := [where(place) + message for place, message in found.mistakes()]:
        raise UserError(_listed(mistakes))
    at = [lines["correcties", number] for number in range(len(found.correcties))]
    return CorrectionList(found.correcties, tuple(at), name)


def _words(problem: Any) -> str:
    key = problem["loc"][-1] if problem["loc"] else ""
    match problem["type"]:
        case "levering":
            return str(problem["ctx"]["message"])
        case "extra_forbidden":
            known = Corrections.model_fields if len(problem["loc"]) == 1 else Correction.model_fields
            return f"deze sleutel bestaat hier niet. Kies uit: {', '.join(known)}."
        case "missing":
            return f"'{key}' ontbreekt. {_EXAMPLE}"
        case "string_too_short":
            return f"achter '{key}' staat niets. Vul het in; schrijf leeg voor geen waarde."
    return f"'{key}' heeft een vorm die hier niet kan. {_EXAMPLE}"


def _listed(messages: Sequence[str]) -> str:
    more = len(messages) - _SHOWN
    return "\n".join([*messages[:_SHOWN], *([f"En nog {more} fouten in dit bestand."] if more > 0 else [])])


@dataclass(frozen=True)
class _Lists:
    """The list of values of a column as the file gives it, with the new values behind it, and without those that are
    none of ours and are corrected. Each stays the same object as long as the first does.

    `places` are those of the longer list in the trimmed one, the last for an empty field; None where both are the same.
    """

    given: list[str]
    longer: list[str]
    trimmed: list[str]
    places: Any

    @classmethod
    def of(cls, values: list[str], corrections: Sequence[Correction]) -> _Lists:
        """Make the lists for these corrections of a column."""
        import numpy as np  # noqa: PLC0415  settings are read without it

        longer = list(dict.fromkeys([*values, *(one.new for one in corrections if one.new)]))
        wrong = {one.old for one in corrections if one.old and not is_value(one.kolom, one.old)}
        trimmed = [value for value in longer if value not in wrong]
        if len(trimmed) == len(longer):
            return cls(values, longer, longer, None)
        places = {value: at for at, value in enumerate(trimmed)}
        return cls(
            values,
            longer,
            trimmed,
            np.array([*(places.get(value, _GONE) for value in longer), _EMPTY], dtype=np.int32),
        )


@dataclass
class Corrector:
    """Applies corrections to the batches of one reading, and remembers which rows it found."""

    listed: CorrectionList
    _right: set[int] = field(default_factory=set)
    """The corrections of which the person already has the new value."""
    _other: set[int] = field(default_factory=set)
    """Those of which the person has a third value."""
    _done: set[int] = field(default_factory=set)
    _lists: dict[str, _Lists] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._of: dict[str, list[int]] = {}
        for at, one in enumerate(self.listed.corrections):
            self._of.setdefault(one.persoonsnummer, []).append(at)

    def corrected(
        self, numbers: Any, columns: Mapping[str, Coded]
    ) -> tuple[dict[str, Coded], dict[str, int]]:
        """Return the columns of a batch with corrected values, and the number of changed rows by column.

        `numbers` are the persoonsnummers of the rows, an Arrow string array.
        """
        import numpy as np  # noqa: PLC0415  settings are read without it
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.compute as pc  # noqa: PLC0415

        made = {name: self._extended(name, column) for name, column in columns.items()}
        counts: dict[str, int] = {}
        meant = pc.is_in(numbers, value_set=pa.array(list(self._of), numbers.type))
        for row in np.flatnonzero(meant.to_numpy(zero_copy_only=False)).tolist():
            for at in self._of[numbers[row].as_py()]:
                one = self.listed.corrections[at]
                if one.kolom in made and self._apply(at, one, made[one.kolom], row):
                    counts[one.kolom] = counts.get(one.kolom, 0) + 1
        return {name: self._trimmed(name, column) for name, column in made.items()}, counts

    def _apply(self, at: int, one: Correction, column: Coded, row: int) -> bool:
        code = int(column.codes[row])
        value = column.values[code] if code != _EMPTY else ""
        if value != one.old:
            (self._right if value == one.new else self._other).add(at)
            return False
        column.codes[row] = column.values.index(one.new) if one.new else _EMPTY
        self._done.add(at)
        return True

    def _extended(self, name: str, column: Coded) -> Coded:
        """The column with the new values in its list, and codes that may be changed."""
        wanted = [one for one in self.listed.corrections if one.kolom == name]
        if not wanted:
            return column
        known = self._lists.get(name)
        if known is None or known.given is not column.values:
            known = self._lists[name] = _Lists.of(column.values, wanted)
        return type(column)(known.longer, column.codes.copy())

    def _trimmed(self, name: str, column: Coded) -> Coded:
        """The column without the values that are none of ours, where no row has them any more."""
        known = self._lists.get(name)
        if known is None or known.places is None or (known.places[column.codes] == _GONE).any():
            return column
        return type(column)(known.trimmed, known.places[column.codes])

    def check(self, columns: Sequence[str]) -> None:
        """Raise `UserError` that names the line of every correction that no longer holds; call it after the last row.

        `columns` are ours that the delivery has.
        """
        told = []
        for at, (one, line) in enumerate(zip(self.listed.corrections, self.listed.lines, strict=True)):
            why = self._why_not(at, one, columns)
            if why:
                told.append(f"In {self.listed.name}, regel {line}: {why}")
        if told:
            raise UserError(_listed(told))

    def _why_not(self, at: int, one: Correction, columns: Sequence[str]) -> str:
        if one.kolom not in columns:
            return f"de levering heeft geen '{one.kolom}'. Haal de correctie weg, of verbeter 'kolom'."
        if at in self._right:
            return (
                f"'{one.kolom}' van deze persoon is in de levering al goed. Haal de correctie weg: "
                "zij is niet meer nodig."
            )
        if at in self._other:
            return (
                f"'{one.kolom}' van deze persoon is in de levering niet meer wat bij 'oud' staat, en ook niet wat bij "
                "'nieuw' staat. Ga na wat goed is, en verbeter de correctie of haal haar weg."
            )
        if at not in self._done:
            return "deze persoon staat niet in de levering. Kijk of het persoonsnummer klopt, of haal de correctie weg."
        return ""
