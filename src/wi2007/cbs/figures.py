"""Read one cell of figures: a number as Excel shows it, or a sign that stands for one, and whether it is provisional.

A point is never a zero: `config/report/tekens.yaml` gives the meaning of a sign for each edition of CBS's legend.
CBS writes signs into formats too: `0"**"` is a revised figure, `0;-0;"-"` shows a zero as nil.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from schemas.report import SignEdition

BUILT_IN = {9: "0%", 10: "0.00%", **dict.fromkeys(range(41, 45), '#,##0;-#,##0;"-"')}
"""Formats that a file names by number only, as far as they show other things than digits."""

_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_DIGITS = frozenset("0#?")
_TESTS = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}
_MARK = re.compile(r"\s*(\*{1,2})$")
_SPACES = "[ \u00a0\u202f]"
_WHOLE = re.compile(rf"\d{{1,3}}(?:{_SPACES}\d{{3}})+|\d+")
_DECIMAL = re.compile(rf"(?:\d{{1,3}}(?:{_SPACES}\d{{3}})+|\d+),\d+")


@dataclass(frozen=True)
class Shown:
    """What Excel shows: digits or not, as a percentage or not, and the words around or instead of them."""

    digits: bool = True
    percent: bool = False
    words: str = ""


PLAIN = Shown()


def as_shown(code: str, value: float) -> Shown:
    """Return how Excel shows a number with this format."""
    sections = _sections(code)
    return _read_section(_chosen(sections, value))


def _chosen(sections: list[str], value: float) -> str:
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, found in zip(sections, conditions, strict=True):
            if found is None or _TESTS[found[1]](value, float(found[2])):
                return section
        return "General"
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


@lru_cache(maxsize=256)
def _read_section(section: str) -> Shown:
    if not section or "general" in section.casefold() or "standaard" in section.casefold():
        return Shown(digits=bool(section)) if not section else PLAIN
    digits, percent = False, False
    quoted, bare = "", ""
    for character, is_quoted in _characters(section):
        if is_quoted:
            quoted += character
        elif character in _DIGITS:
            digits = True
        else:
            percent = percent or character == "%"
            bare += character
    words = quoted if digits else quoted + bare
    return Shown(digits, percent, " ".join(words.split()))


def _sections(code: str) -> list[str]:
    """Return the parts of a format between semicolons: for numbers above, below and at zero, and texts."""
    parts = [""]
    quoted = escaped = False
    for character in code:
        if character == ";" and not quoted and not escaped:
            parts.append("")
            continue
        if character == '"' and not escaped:
            quoted = not quoted
        escaped = character == "\\" and not escaped and not quoted
        parts[-1] += character
    return parts


def _characters(section: str) -> Iterator[tuple[str, bool]]:
    """Yield every character of a section that means something, and whether it is shown as it stands."""
    quoted = bracket = False
    skip = literal = False
    for character in section:
        if skip:
            skip = False
        elif literal:
            literal = False
            yield character, True
        elif character == '"':
            quoted = not quoted
        elif quoted:
            yield character, True
        elif bracket:
            bracket = character != "]"
        elif character == "[":
            bracket = True
        elif character in "_*":  # room as wide as the next character, or the next character over and over
            skip = True
        elif character == "\\":
            literal = True
        else:
            yield character, False


class OddError(Exception):
    """A cell holds something that is no figure; the text says what kind, in Dutch, without the value.

    `sign` is a sign that is not known, or known in another edition only; never another text.
    """

    def __init__(self, what: str, sign: str = "") -> None:
        super().__init__(what)
        self.sign = sign


@dataclass(frozen=True)
class Signs:
    """The signs of one edition: which stand for no figure, for nil, for less than half the unit, and the marks."""

    missing: Mapping[str, str]
    nil: Mapping[str, str]
    zero: str
    marks: frozenset[str]
    edition: date
    others: Mapping[str, str] = field(default_factory=dict)
    """Signs of other editions, each with a day on which it held."""

    @property
    def words(self) -> frozenset[str]:
        """Every text that is a sign and no mark."""
        return frozenset([*self.missing, *self.nil])

    def meaning(self, word: str) -> str:
        """Return the meaning of a sign: no figure, or nil."""
        return "ontbreekt" if word in self.missing else "nihil" if word in self.nil else ""


@dataclass(frozen=True)
class Figure:
    """A cell: `value` is None where there is no figure, `sign` says why, or which zero it is."""

    value: Decimal | None = None
    sign: str = ""
    mark: str = ""


def signs_of(editions: Iterable[SignEdition], day: date, occurring: Iterable[str] | None = None) -> Signs:
    """Return the signs of the last edition that holds on a day; before the first edition those of the first.

    `occurring` are the signs in a workbook whose edition is not set: where that edition does not know them all and
    others do, it is the last of those that do, as long as no edition reads one of the signs otherwise.
    """
    ordered = sorted(editions, key=lambda edition: edition.geldig_vanaf)
    chosen = ([one for one in ordered if one.geldig_vanaf <= day] or ordered[:1])[-1]
    all_signs = [_signs(one) for one in ordered]
    wanted = set(occurring or ()) & {word for one in all_signs for word in one.words}
    own = _signs(chosen)
    if not wanted <= own.words:
        knowing = [one for one in all_signs if wanted <= one.words]
        agreed = all(
            len({one.meaning(word) for one in all_signs if word in one.words}) == 1 for word in wanted
        )
        own = knowing[-1] if knowing and agreed else own
    ends = [one.geldig_vanaf - timedelta(days=1) for one in ordered[1:]]
    days = [*ends, max(day, ordered[-1].geldig_vanaf)]
    held = {word: until.isoformat() for one, until in zip(all_signs, days, strict=True) for word in one.words}
    return replace(own, others={word: until for word, until in held.items() if word not in own.words})


def _signs(edition: SignEdition) -> Signs:
    def listed(kind: str) -> dict[str, str]:
        return {
            written: one.teken
            for one in edition.tekens
            if one.lezen == kind
            for written in (one.teken, *one.ook)
        }

    return Signs(
        missing=listed("ontbreekt"),
        nil=listed("nihil"),
        zero=next(iter(listed("nul")), ""),
        marks=frozenset([*listed("voorlopig"), *listed("nader_voorlopig")]),
        edition=edition.geldig_vanaf,
    )


def sign_in(value: Any, code: str) -> str:
    """Return what a cell shows in the place of a number, where that may be a sign."""
    if isinstance(value, str):
        return value.strip().rstrip("*").rstrip()
    if isinstance(value, (int, float)) and not isinstance(value, bool) and code:
        shown = as_shown(code, float(value))
        return "" if shown.digits else shown.words
    return ""


def split_mark(text: str, signs: Signs) -> tuple[str, str]:
    """Return a text without the mark of a provisional figure behind it, and the mark."""
    found = _MARK.search(text)
    if found is None or found[1] not in signs.marks:
        return text, ""
    return text[: found.start()].rstrip(), found[1]


def stronger(*marks: str) -> str:
    """Return the mark that holds where several do: a revised figure is provisional too."""
    return max(marks, key=len, default="")


def figure(value: Any, code: str, signs: Signs) -> Figure:
    """Return the figure that a cell with this format shows.

    Raises `OddError` when it is neither a number nor a known sign.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise OddError("hier staat een datum, een tijd of waar/onwaar in plaats van een cijfer")
    if isinstance(value, str):
        return _of_text(value.strip(), signs)
    shown = as_shown(code, float(value)) if code else PLAIN
    if not shown.digits:
        return _hidden(shown.words, signs)
    if value < 0:
        raise OddError("hier staat een getal onder nul")
    number = Decimal(repr(value)) * (100 if shown.percent else 1)
    mark = split_mark(shown.words, signs)[1]
    return _number(number, mark, signs)


def _hidden(words: str, signs: Signs) -> Figure:
    """Return the figure of a number whose format shows something else: that is what CBS publishes."""
    if not words:
        raise OddError("de opmaak van deze cel laat het getal niet zien")
    return _of_text(words, signs)


def _of_text(text: str, signs: Signs) -> Figure:
    words, mark = split_mark(text, signs)
    if not words:
        return Figure(mark=mark)
    if words in signs.missing:
        return Figure(None, signs.missing[words], mark)
    if words in signs.nil:
        return Figure(Decimal(0), signs.nil[words], mark)
    plain = words.removesuffix("%").rstrip()
    if _WHOLE.fullmatch(plain) or _DECIMAL.fullmatch(plain):
        return _number(Decimal(re.sub(_SPACES, "", plain).replace(",", ".")), mark, signs)
    if words in signs.others:
        raise OddError(
            "dit teken staat niet in de verklaring van tekens van deze uitgave, wel in die van "
            f"{signs.others[words]}; zet in cbs.yaml de uitgave van het werkboek",
            words,
        )
    if len(words) <= 2:
        sign = "" if any(one.isalnum() for one in words) else words
        raise OddError("dit teken staat in geen verklaring van tekens (config/report/tekens.yaml)", sign)
    raise OddError("hier staat tekst in plaats van een cijfer")


def _number(number: Decimal, mark: str, signs: Signs) -> Figure:
    return Figure(number.normalize() + 0, "" if number else signs.zero, mark)
