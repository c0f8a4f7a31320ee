"""The script that a researcher would write by hand in pandas: the yardstick of `make bench`.

It stands alone, reads the whole file, checks every column and row by the same rules, derives, writes the persons to
Parquet and counts the cube. It is written as good pandas is, whole columns at a time; only birth dates, which may be
incomplete and for which pandas has nothing, go through a function.
`python benchmarks/researcher.py DELIVERY PERSONS CUBE FAILURES`.
"""

from __future__ import annotations

import re
import sys
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

PEILDATUM = pd.Timestamp("2022-07-01")
REFERENCE = Path(__file__).resolve().parents[1] / "reference"
NATIONALITIES = [f"nationaliteit_{number}" for number in range(1, 5)]
DIMENSIONS = ["geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep"]
REQUIRED = [
    "persoonsnummer",
    "geslacht",
    "geboortedatum",
    "land_van_herkomst",
    "gevraagde_nationaliteit",
    "gemeentecode",
]
CLASSES = ["tot 25", "25 tot 35", "35 tot 45", "45 tot 55", "55 tot 65", "65 en ouder"]

failures: list[pd.DataFrame] = []


def fail(rule: str, column: str, wrong: Any, severity: str = "fout") -> None:
    """Remember the rows that break a rule; the header is row 1."""
    rows = np.flatnonzero(wrong.to_numpy()) + 2
    failures.append(pd.DataFrame({"regel": rule, "kolom": column, "rijnummer": rows, "ernst": severity}))


def table(name: str) -> pd.DataFrame:
    """A reference table as text."""
    return pd.read_csv(REFERENCE / f"{name}.csv", dtype=str, keep_default_na=False)


def municipalities() -> Any:
    """For every code that can be followed: the code at the peildatum."""
    known = table("gemeenten").set_index("gemeentecode")
    begin = pd.to_datetime(known["geldig_vanaf"]).fillna(pd.Timestamp("1800-01-01"))
    end = pd.to_datetime(known["geldig_tot"]).fillna(pd.Timestamp("2200-01-01"))
    changes = table("herindelingen").query("hoofdopvolger == 'ja'")
    changes = changes[pd.to_datetime(changes["ingangsdatum"]) <= PEILDATUM]
    successor = changes.set_index("gemeentecode")["opvolger"]
    now = known.index[begin <= PEILDATUM].to_series()
    for _ in range(10):
        ended = end.reindex(now).to_numpy() <= PEILDATUM
        now = now.where(~ended, now.map(successor))
    return now.dropna()


def check_codes(df: pd.DataFrame, now: Any) -> None:
    """Every column against its code list."""
    for column in [*REQUIRED, "statuscode"]:
        fail("veld_leeg", column, df[column] == "")
    lists: dict[str, Any] = {
        "geslacht": ["M", "V", "O"],
        "land_van_herkomst": table("landen")["landcode"],
        "gevraagde_nationaliteit": ["Nederlands", "Turks", "anders"],
        "gemeentecode": table("gemeenten")["gemeentecode"],
        "statuscode": table("uitstroomroutes")["statuscode"],
        "doelgroep": ["NIEUWKOMER", "OUDKOMER", ""],
    }
    nationalities = [*table("nationaliteiten")["nationaliteitcode"], ""]
    lists |= dict.fromkeys(NATIONALITIES, nationalities)
    for column, codes in lists.items():
        fail("codelijst", column, ~df[column].isin(codes))
    fail("gemeente", "gemeentecode", ~df["gemeentecode"].isin(now.index))


def check_numbers(df: pd.DataFrame) -> None:
    """Every persoonsnummer is there, clean, and unique."""
    number = df["persoonsnummer"]
    fail("spaties", "persoonsnummer", number != number.str.strip())
    fail("persoonsnummer_dubbel", "persoonsnummer", number.duplicated(keep=False) & (number != ""))


def possible_days(text: str) -> tuple[date, date] | None:
    """The first and last day that a birth date allows, of which parts may be 00; None when it is no date."""
    if not re.fullmatch("[0-9]{8}", text):
        return None
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    try:
        if text == "00000000":
            return date(1900, 1, 1), PEILDATUM.date()
        if month == 0 and day == 0:
            return date(year, 1, 1), date(year, 12, 31)
        if day == 0:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def births(df: pd.DataFrame) -> tuple[Any, Any]:
    """The first and last day that each birth date allows."""
    days = df["geboortedatum"].map(possible_days)
    fail("geboortedatum_ongeldig", "geboortedatum", days.isna())
    first = pd.to_datetime(days.str[0], errors="coerce")
    last = pd.to_datetime(days.str[1], errors="coerce")
    fail("datum_na_peildatum", "geboortedatum", first > PEILDATUM)
    fail("datum_te_vroeg", "geboortedatum", last < pd.Timestamp("1900-01-01"))
    return first, last.where(last <= PEILDATUM, PEILDATUM)


def day(df: pd.DataFrame, column: str) -> Any:
    """A day of the calendar, or missing."""
    text = df[column]
    days = pd.to_datetime(text, format="%Y%m%d", errors="coerce")
    fail("datum_ongeldig", column, (text != "") & (days.isna() | ~text.str.fullmatch(r"[0-9]{8}")))
    fail("datum_na_peildatum", column, days > PEILDATUM)
    fail("datum_te_vroeg", column, days < pd.Timestamp("1990-01-01"))
    early = (days < pd.Timestamp("2007-01-01")) & (days >= pd.Timestamp("1990-01-01"))
    fail("datum_voor_wi2007", column, early, "waarschuwing")
    return days


def full_years(births: Any) -> Any:
    """Full years at the peildatum."""
    to_come = births.dt.month * 100 + births.dt.day > PEILDATUM.month * 100 + PEILDATUM.day
    return PEILDATUM.year - births.dt.year - to_come


def classes(first: Any, last: Any) -> Any:
    """The age class where it is certain, else Onbekend."""
    edges = [0, 25, 35, 45, 55, 65, 200]
    oldest = pd.cut(full_years(first), edges, right=False, labels=CLASSES).astype(object)
    youngest = pd.cut(full_years(last), edges, right=False, labels=CLASSES).astype(object)
    return youngest.where(oldest == youngest, "Onbekend").fillna("Onbekend")


def main(delivery: str, persons: str, cube: str, failed: str) -> None:
    """Read, check, derive, write, count."""
    df = pd.read_csv(delivery, sep=";", dtype=str, keep_default_na=False)
    now = municipalities()
    check_codes(df, now)
    check_numbers(df)
    first, last = births(df)
    status_day, start = day(df, "statusdatum"), day(df, "startdatum_plicht")
    disorder = (first >= start) | (start > status_day) | (first >= status_day)
    fail("datums_volgorde", "", disorder, "waarschuwing")
    found = pd.concat(failures).sort_values("rijnummer", kind="stable")
    found.to_csv(failed, index=False)
    print("filled:", {column: int((df[column] != "").sum()) for column in df.columns})
    print("demonstration:", df["persoonsnummer"].str.startswith("DEMO").all())
    if (found["ernst"] == "fout").any():
        sys.exit("refused")

    oldest, youngest = full_years(first), full_years(last)
    df["leeftijd"] = youngest.where(oldest == youngest).astype("Int16")
    df["leeftijdsklasse"] = classes(first, last)
    df["gemeente"] = df["gemeentecode"].map(now)
    routes = table("uitstroomroutes").set_index("statuscode")["uitstroomroute"]
    df["uitstroomroute"] = df["statuscode"].map(routes)
    df["statusdatum"], df["startdatum_plicht"] = status_day, start
    df["doelgroep"] = df["doelgroep"].replace("", "Onbekend")
    df = df[df["gevraagde_nationaliteit"] != "Turks"]

    columns = [
        "persoonsnummer",
        *DIMENSIONS,
        "leeftijd",
        "uitstroomroute",
        "statusdatum",
        "startdatum_plicht",
    ]
    df[columns].to_parquet(persons, index=False)
    counts = df.groupby(DIMENSIONS, observed=True).size().rename("aantal").reset_index()
    counts.to_parquet(cube, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
