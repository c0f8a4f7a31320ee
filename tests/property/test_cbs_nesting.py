"""However known heads and labels are nested, a figure has the meaning of its path or is asked about."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from cbs_books import read, write
from examples import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from wi2007.cbs.misfit import address
from wi2007.errors import UserError

TITLE = "Tabel 1. Personen, 1 januari 2019"
HEADS = {
    "Bron van inkomen": "inkomen",
    "Geslacht": "geslacht",
    "Nationaliteiten": "nationaliteit",
    "Doelgroep": "doelgroep",
}
LABELS = {
    "Bijstand": {("inkomen", "bijstand")},
    "Vrouw": {("geslacht", "vrouw")},
    "Turks": {("nationaliteit", "Turks")},
    "Nieuwkomer": {("doelgroep", "nieuwkomer")},
    "Overig": {("inkomen", "overig inkomen"), ("nationaliteit", "Overig")},
    "Onbekend": {
        *(("inkomen", "inkomen onbekend"), ("nationaliteit", "Onbekend")),
        *(("geslacht", "geslacht onbekend"), ("doelgroep", "doelgroep onbekend")),
    },
}
FREE = {"Bijstand", "Vrouw", "Nieuwkomer"}
UNKNOWN = ("Zonder", "Taal thuis", "Loon of")
WORDS = st.sampled_from([*HEADS, *LABELS, "Totaal", *UNKNOWN])
CLEAR = (
    *(
        ("Totaal",),
        ("Bijstand",),
        ("Vrouw",),
        ("Geslacht", "Totaal"),
        ("Geslacht", "Vrouw"),
        ("Doelgroep", "Onbekend"),
    ),
    *(("Bron van inkomen", "Overig"), ("Bron van inkomen", "Bijstand"), ("Nationaliteiten", "Turks")),
    *(("Nationaliteiten", "Overig"), ("Nationaliteiten", "Turks", "Bijstand"), ("Totaal", "Nieuwkomer")),
    *(
        ("Nationaliteiten", "Turks", "Bron van inkomen", "Overig"),
        ("Doelgroep", "Nieuwkomer", "Nationaliteiten", "Turks"),
    ),
)
ANY = st.lists(WORDS, min_size=1, max_size=4).map(tuple)
Path_ = tuple[str, ...]


def changed(path: Path_, at: int, words: str, added: int) -> Path_:
    """A path with one of its labels replaced (0) or another one added there (1)."""
    return (*path[: at % len(path)], words, *path[at % len(path) + 1 - added :])


NEARLY = st.builds(changed, st.sampled_from(CLEAR), st.integers(0, 3), WORDS, st.integers(0, 1))
PATH = st.one_of(st.sampled_from(CLEAR), st.sampled_from(CLEAR), NEARLY, ANY)


def meaning(path: Path_) -> dict[str, str] | None:
    """What a person reads in a path: categories by characteristic; None where it is no clear path."""
    found: dict[str, str] = {}
    head, before = "", ""
    for words in path:
        if words in UNKNOWN or (before in HEADS and words in HEADS and before != words):
            return None
        is_below_head, before = before in HEADS, words
        if words in HEADS:
            head = HEADS[words]
        elif words != "Totaal":
            fitting = [one for one in LABELS[words] if one[0] == head] or (
                list(LABELS[words]) if words in FREE else []
            )
            if is_below_head and fitting and fitting[0][0] != head:
                return None
            if len(fitting) != 1 or found.get(fitting[0][0], fitting[0][1]) != fitting[0][1]:
                return None
            found.update(fitting)
    return None if before in HEADS else found


def without_rows(path: Path_) -> Path_:
    """A path that is not indented without its rows of empty cells: categories right above one of their kind."""
    head, kept = "", []
    for words, after in pairwise((*path, "")):
        head = HEADS.get(words, head)
        kinds = {kind for kind, _ in LABELS.get(words, set()) if kind == head or words in FREE}
        if not kinds & {kind for kind, _ in LABELS.get(after, set())}:
            kept.append(words)
    return tuple(kept)


def both(row: Path_, column: Path_) -> tuple[str, str, str] | None:
    """What the cell of two paths is about."""
    down, across = meaning(row), meaning(column)
    if down is None or across is None:
        return None
    found = down | across
    if any(down[one] != across[one] for one in down.keys() & across.keys()):
        return None
    nationality = found.pop("nationaliteit", "totaal")
    return (*next(iter(found.items()), ("totaal", "totaal")), nationality) if len(found) < 2 else None


@examples(200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(PATH, min_size=1, max_size=2),
    columns=st.lists(PATH, min_size=1, max_size=2),
    indented=st.booleans(),
    corner=st.sampled_from(["", "Kenmerk"]),
)
def test_every_figure_has_the_meaning_of_its_path(
    tmp_path: Path, rows: list[Path_], columns: list[Path_], indented: bool, corner: str
) -> None:
    deepest = max(map(len, columns))  # heads run on to the right: all columns have as many
    columns = [("Totaal",) * (deepest - len(column)) + column for column in columns]
    rows = rows if indented else rows[:1]  # heads that are not indented hold for the rows after them
    cells: dict[str, object] = {"A1": TITLE, f"A{2 + deepest}": corner}
    places: dict[str, tuple[Path_, Path_]] = {}
    for across, column in enumerate(columns, start=2):
        for at, words in enumerate(column):
            cells[address(3 + at, across)] = words
    unit = 3 + deepest
    cells[f"B{unit}"] = "absoluut"
    at = unit
    for number, path in enumerate(rows):
        for depth, words in enumerate(path):
            at += 1
            cells[f"A{at}"] = "   " * depth * indented + words
        for across, column in enumerate(columns, start=2):
            cells[address(at, across)] = 5 * (10 * number + across)
            places[address(at, across)] = (path if indented else without_rows(path), column)
    book = write(
        tmp_path / "cbs.xlsx", {"Tabel 1": {place: value for place, value in cells.items() if value}}
    )
    try:
        table, _ = read(book)
    except UserError:
        return
    for row in table.rows:
        expected = both(*places[row.cel])
        said = (row.kenmerk, row.categorie, row.nationaliteit)
        assert said == expected, (places[row.cel], said)
