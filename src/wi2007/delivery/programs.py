"""Describe the kinds of files of cases: their reader, their units of dates, and the number of cases they declare."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pyreadstat

from wi2007.delivery import kinds, typed
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import EXCEL_DAY_ZERO

Moment = Callable[[Any], str]
"""Turns a number of a field with dates into text."""

SPSS_EPOCH: Final = datetime(1582, 10, 14)
_EPOCH: Final = datetime(1960, 1, 1)
"""The epoch of Stata and SAS."""
_HEAD: Final = 16 << 20
_SPSS_MOMENTS: Final = (
    "DATE",
    "ADATE",
    "EDATE",
    "SDATE",
    "JDATE",
    "DATETIME",
    "YMDHMS",
    "MOYR",
    "QYR",
    "WKYR",
)
"""Formats of SPSS whose values are seconds since its epoch; the width stands behind the name."""
_SAS_MOMENTS: Final = (
    "DATETIME", "DATEAMPM", "E8601DT", "B8601DT", "IS8601DT", "DTDATE", "MDYAMPM", "NLDATM", "DTYEAR",
    "DTMONYY", "DTWKDATX", "E8601DN", "B8601DN", "E8601DZ", "B8601DZ", "TIMESTAMP",
)  # fmt: skip
_SAS_DAYS: Final = (
    "DATE", "DDMMYY", "MMDDYY", "YYMMDD", "YYMM", "YYQ", "MONYY", "MONNAME", "MMYY", "WORDDAT", "WEEKDAT",
    "E8601DA", "B8601DA", "IS8601DA", "JULIAN", "JULDAY", "DAY", "YEAR", "MONTH", "EURDF", "NLDAT", "QTR",
    "DOWNAME", "NENGO", "MINGUO", "WEEKU", "WEEKV", "WEEKW", "PDJUL",
)  # fmt: skip
_STATA: Final = b"<stata_dta>"
_OBSERVATIONS: Final = re.compile(
    rb"HEADER RECORD\*{7}OBS(?:V8)? {3,5}HEADER RECORD!{7}(?= *(\d*)).{32}", re.DOTALL
)
_RECORD: Final = 80
_LAST_EXACT: Final = {3: 2.0**13, 4: 2.0**21, 5: 2.0**29, 6: 2.0**37, 7: 2.0**45}
"""SAS may store a number in fewer than eight bytes: up to here whole numbers are kept as they are."""


@dataclass(frozen=True)
class Program:
    """A kind of file of cases.

    `read` is the function of pyreadstat and `options` its arguments; `moment` gives for the format of a variable how
    its dates are written, None when it holds none. `exact` is the number from which digits may be lost in so many
    bytes. `check` and `counted` compare the file with what it declares of itself, and raise `UnreadableError`;
    `counted` gives the number of cases, None where it cannot be known, and whether that is sure. `day_zero` is as in
    `wi2007.delivery.source.Source`.
    """

    name: str
    read: Callable[..., Any]
    moment: Callable[[str], Moment | None]
    options: Mapping[str, Any] = field(default_factory=dict)
    exact: Callable[[int | None], float | None] = lambda width: None
    check: Callable[[Path], None] = lambda path: None
    counted: Callable[[Path, int | None, Any], tuple[int | None, bool]] = lambda path, rows, about: (
        rows,
        True,
    )
    day_zero: date | None = None


def _written(epoch: datetime, value: float | None, **units: float) -> str:
    """Return a number of units since an epoch as a date, or as a date and time when it is not midnight; else as a
    number.
    """
    if value is None:
        return ""
    (unit, times), *_ = units.items()
    try:
        return typed.text_of(epoch + timedelta(**{unit: value * times}))
    except (OverflowError, ValueError):
        return typed.text_of(value)


def _seconds_of_spss(value: float | None) -> str:
    return _written(SPSS_EPOCH, value, seconds=1)


def _seconds(value: float | None) -> str:
    return _written(_EPOCH, value, seconds=1)


def _milliseconds(value: float | None) -> str:
    return _written(_EPOCH, value, seconds=0.001)


def _days(value: float | None) -> str:
    return _written(_EPOCH, value, days=1)


def _of_spss(form: str) -> Moment | None:
    return _seconds_of_spss if form.rstrip("0123456789.") in _SPSS_MOMENTS else None


def _of_sas(form: str) -> Moment | None:
    """Return how SAS writes a format: a date is a number of days, a date and time one of seconds; the format's name
    tells which.
    """
    name = form.upper().lstrip("$")
    if name.startswith(_SAS_MOMENTS):
        return _seconds
    return _days if name.startswith(_SAS_DAYS) and not name.startswith("DAYS") else None


def _of_stata(form: str) -> Moment | None:
    """Return how Stata writes `%td` and the like; months, quarters and business days are no days, and get their
    unit's name.
    """
    found = re.match(r"%-?t?([cCdwmqhyb])", form) if form.startswith(("%t", "%-t", "%d", "%-d")) else None
    if not found:
        return None
    unit = found[1]
    if unit in "cC":
        return _milliseconds
    return (
        _days if unit == "d" else lambda value: "" if value is None else f"{typed.text_of(value)} (%t{unit})"
    )


def _exact_in_sas(width: int | None) -> float | None:
    return _LAST_EXACT.get(width or 8)


def _second_count(path: Path, rows: int | None, about: Any) -> tuple[int | None, bool]:
    """Return the number of cases and whether it is sure.

    SPSS 14 and later write it twice; ReadStat reads the first and passes over later cases.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for order in "<>":
        _, found, behind = head.partition(struct.pack(f"{order}4iq", 7, 16, 8, 2, 1))
        if rows is not None and found and len(behind) >= 8:
            if rows < int(struct.unpack_from(f"{order}q", behind)[0]):
                raise UnreadableError(Problem("bestand_beschadigd"))
            break
    return rows, rows is not None


def _by_length(path: Path, rows: int | None, about: Any) -> tuple[int | None, bool]:
    """Return the number of cases of a transport file, which is filled with spaces to whole records; version 8
    declares it too.
    """
    size, width = path.stat().st_size, sum(about.variable_storage_width.values())
    with path.open("rb") as file:
        head = file.read(_HEAD)
        found = _OBSERVATIONS.search(head)
        if not found or size % _RECORD or not width:
            raise UnreadableError(Problem("bestand_beschadigd"))
        file.seek(max(found.end(), size - _RECORD + 1))
        filled = size - found.end() - (len(tail := file.read()) - len(tail.rstrip(b" ")))
    cases = -(-filled // width)
    told = int(found[1] or 0) if found[0].startswith(b"HEADER RECORD*******OBSV8") else 0
    if cases * width > size - found.end() or (told and told != cases):
        raise UnreadableError(Problem("bestand_beschadigd"))
    return cases, bool(told)


def _ends_as_stata(path: Path) -> None:
    """Check the end of a file of Stata 13 or later: the labels stand behind the cases and say where they end."""
    with path.open("rb") as file:
        begin = file.read(len(_STATA))
        file.seek(max(0, path.stat().st_size - 100))
        if begin == _STATA and not file.read().rstrip(b"\r\n\0 ").endswith(b"</stata_dta>"):
            raise UnreadableError(Problem("bestand_beschadigd"))


def _ends_as_portable(path: Path) -> None:
    """Check that a portable file ends with the letter Z, repeated to the end of the last line."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 200))
        if not file.read().rstrip(b"\r\n \x1a\0").endswith(b"Z"):
            raise UnreadableError(Problem("bestand_beschadigd"))


PROGRAMS: Final = {
    kinds.SAV: Program(
        kinds.NAMES[kinds.SAV],
        pyreadstat.read_sav,
        _of_spss,
        {"user_missing": True},
        counted=_second_count,
        day_zero=EXCEL_DAY_ZERO,
    ),
    kinds.POR: Program(
        kinds.NAMES[kinds.POR],
        pyreadstat.read_por,
        _of_spss,
        check=_ends_as_portable,
        day_zero=EXCEL_DAY_ZERO,
    ),
    kinds.DTA: Program(kinds.NAMES[kinds.DTA], pyreadstat.read_dta, _of_stata, check=_ends_as_stata),
    kinds.SAS7BDAT: Program(
        kinds.NAMES[kinds.SAS7BDAT], pyreadstat.read_sas7bdat, _of_sas, exact=_exact_in_sas
    ),
    kinds.XPT: Program(
        kinds.NAMES[kinds.XPT], pyreadstat.read_xport, _of_sas, exact=_exact_in_sas, counted=_by_length
    ),
}
