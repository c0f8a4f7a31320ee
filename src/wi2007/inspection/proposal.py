"""Make the whole proposal: for each of our columns a setting or a question, also for a date in three fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from schemas.columns import COLUMNS, REQUIRED, STATUS_DAY
from schemas.values import DAYS
from wi2007.dates import possible_days
from wi2007.inspection.contents import Readers
from wi2007.inspection.evidence import Found, Verdict, judged, match
from wi2007.inspection.naming import Named, plain
from wi2007.inspection.profile import Profile, Seen
from wi2007.inspection.recode import Asked, Recode, asked, recodes
from wi2007.inspection.settings import Settings
from wi2007.mapping.normalise.column import Read
from wi2007.mapping.normalise.days import readings
from wi2007.mapping.normalise.field import plain_number
from wi2007.mapping.plan import shown_name

_RANGES: Final = {"jaar": range(1850, 2200), "maand": range(1, 13), "dag": range(1, 32)}
Parts = tuple[Profile, Profile, Profile]


def parts_of(column: str, profiles: Sequence[Profile], settings: Settings) -> Parts | None:
    """Return the fields with the year, the month and the day of a date; None where one is missing."""
    found = [
        [profile for profile in profiles if _is_part(profile, column, part, settings)]
        for part in settings.datumdelen.delen
    ]
    if any(len(fields) != 1 for fields in found):
        return None
    (year,), (month,), (day,) = found
    return (year, month, day) if len({year.place, month.place, day.place}) == 3 else None


def _is_part(profile: Profile, column: str, part: str, settings: Settings) -> bool:
    """Return whether a field is named for a part of this date, and holds such numbers or nothing."""
    words = settings.datumdelen
    for name in (plain(profile.name), plain(profile.title)):
        of_date = any(word in name for word in words.velden[column])
        if of_date and any(word in name for word in words.delen[part]):
            return _share(profile, part) >= settings.grenzen.zeker
    return False


def _share(profile: Profile, part: str) -> float:
    """Return the share of the filled rows with a number that this part can be, or 0 for unknown."""
    total = sum(profile.rows_of.values())
    fitting = sum(rows for text, rows in profile.rows_of.items() if _fits(plain_number(text), part))
    return fitting / total if total else 0.0


def _fits(number: str, part: str) -> bool:
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        return False
    return int(number) == 0 or int(number) in _RANGES[part]


@dataclass(frozen=True)
class Entry:
    """One of our columns. `is_set` says that levering.yaml sets it; otherwise it asks.

    `asked` is what a run would ask about its values; `parts` are the fields of a date in three.
    """

    found: Found
    recode: Recode | None
    is_set: bool
    asked: Asked | None = None
    parts: tuple[Profile, ...] = ()

    @property
    def column(self) -> str:
        """The column of ours."""
        return self.found.column

    @property
    def fields(self) -> tuple[Profile, ...]:
        """The fields it is made from."""
        if self.parts or self.recode is not None:
            return self.parts or (self.recode.fields if self.recode is not None else ())
        return () if self.found.field is None else (self.found.field,)


@dataclass(frozen=True)
class Day:
    """A field with one date in every row; `agrees` says that it is the peildatum."""

    field: Profile
    agrees: bool


@dataclass(frozen=True)
class Proposal:
    """The profiles and the proposal. `nameable` are the places of fields that a name can point at."""

    seen: Seen
    entries: tuple[Entry, ...]
    day: Day | None
    nameable: frozenset[int]

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns that are still a question."""
        return tuple(one.column for one in self.entries if one.column in REQUIRED and not one.is_set)

    @property
    def needs_nothing(self) -> bool:
        """Whether a run finds every column by its name."""
        return not self.missing and all(
            (entry.found.field is None and not entry.parts)
            or (
                entry.found.evidence is not None
                and entry.found.evidence.named == Named.OURS
                and not entry.recode
                and not entry.parts
            )
            for entry in self.entries
        )


def propose(
    seen: Seen, readers: Readers, settings: Settings, peildatum: date | None, *, inside: bool
) -> Proposal:
    """Weigh the evidence and return the proposal.

    Codes of the file, and names that look like none, are written only `inside` `data/`.
    """
    day = _day(seen, readers, settings, peildatum)
    apart = frozenset() if day is None else frozenset({day.field.place})
    found = judged(seen, match(seen, settings, apart), settings, apart)
    nameable = _nameable(seen, inside=inside)
    others = recodes(found.values(), seen, readers, settings)
    entries = [_entry(found[name], others.get(name), nameable, inside=inside) for name in COLUMNS]
    return Proposal(seen, tuple(_of_parts(seen, entries, settings, nameable)), day, nameable)


def _of_parts(
    seen: Seen, entries: Sequence[Entry], settings: Settings, nameable: frozenset[int]
) -> Iterator[Entry]:
    """Yield a date that no one field holds, made from its three fields."""
    taken = {field.place for entry in entries if entry.found.holds for field in entry.fields}
    free = [profile for profile in seen.profiles if profile.place in nameable and profile.place not in taken]
    for entry in entries:
        parts = None
        if entry.column in DAYS and not entry.found.holds and entry.asked is None:
            parts = parts_of(entry.column, free, settings)
        if parts is None:
            yield entry
        else:
            found = Found(entry.column, Verdict.LIKELY)
            yield Entry(found, None, is_set=True, parts=parts)


def _entry(found: Found, recode: Recode | None, nameable: frozenset[int], *, inside: bool) -> Entry:
    fields = [] if found.field is None else [found.field]
    if recode is not None:
        fields += recode.fields
        clear = inside and recode.is_full
        found = replace(found, verdict=Verdict.LIKELY if clear else Verdict.UNSURE)
        recode = recode if inside else replace(recode, lines=())
    question = asked(found) if recode is None else None
    if question is not None:
        found = replace(found, verdict=Verdict.UNSURE)
    by_name = found.evidence is not None and found.evidence.named == Named.OURS
    alone = not found.others and not found.columns and recode is None and question is None
    is_set = (found.holds or (by_name and alone)) and all(field.place in nameable for field in fields)
    return Entry(found, recode, is_set, question)


def _day(seen: Seen, readers: Readers, settings: Settings, peildatum: date | None) -> Day | None:
    """Return the first field that is named for the peildatum and has one date in every row."""
    for profile in seen.profiles:
        if plain(profile.name) not in settings.peildatum or profile.filled < profile.rows:
            continue
        column = readers.column(STATUS_DAY, profile.rows_of)
        days = {day for text in profile.rows_of for day in _days(column.read(text))}
        if days and profile.distinct == 1 and profile.complete:
            return Day(profile, peildatum is not None and f"{peildatum:%Y%m%d}" in days)
    return None


def _days(read: Read) -> list[str]:
    """Return the days that a value may be."""
    texts = readings(read.text) if read.question else [read.text]
    return [text for text in texts if possible_days(text) is not None]


def _nameable(seen: Seen, *, inside: bool) -> frozenset[int]:
    """Return fields with a name that no other field has; outside `data/` only names that may be told."""
    names = [profile.name for profile in seen.profiles]
    return frozenset(
        profile.place
        for profile in seen.profiles
        if profile.name.strip()
        and names.count(profile.name) == 1
        and (inside or shown_name(profile.name.strip(), profile.place, True) == profile.name.strip())
    )
