"""What is told of the statements of the study: every figure must follow from counts that are shown, or be public.

A file or a table of statements is held row by row against the attacker's own computation of the formulas. What does not
belong here: the computing (see `formulas`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from attack.facts import Facts
from attack.formulas import CbsFigure, CbsKey, Formulas, load, same_words, study
from attack.numbers import MONTHS, Token, decimals, tokens
from attack.pieces import Grid, GridRow, Piece, Reading
from attack.verdict import Leak
from attack.world import World

_PLACE = re.compile(r"#uitspraken|uitspraken(\.[\w-]+)?\.csv")
_CBS = re.compile(r"(^|/)cbs[\w.-]*\.csv")
_TEXTS = ("studie", "uitspraak", "kanttekening")
_MOST = 2
Words = tuple[str, str]


def apart(reading: Reading) -> list[Grid]:
    """Takes the tables of statements out of a reading: they are no tables of counts."""
    found = [grid for grid in reading.grids if _PLACE.search(grid.where)]
    reading.grids = [grid for grid in reading.grids if not _PLACE.search(grid.where)]
    return found


@dataclass
class Statements:
    """By statement the numbers that it may tell; `words` are two words in a row of texts held against them."""

    figures: dict[str, dict[str, float]]
    allowed: dict[str, set[float]]
    by_text: dict[str, str]
    verdicts: Counter[str] = field(default_factory=Counter)
    words: set[Words] = field(default_factory=set)
    leaks: list[Leak] = field(default_factory=list)

    def explains(self, piece: Piece, token: Token) -> bool:
        """Whether a number around the tables is one of a statement that is named, or is that of checked words."""
        if _PLACE.search(piece.where) and self.of_text(piece, token):
            return True
        pairs = [(*token.before[-1:], token.text), (token.text, *token.after[:1])]
        return any(pair in self.words for pair in pairs if len(pair) == _MOST)

    def of_text(self, piece: Piece, token: Token) -> bool:
        """Whether a number in a text is one of the statement that it begins with, or of how many there are."""
        text = same_words(piece.text)
        named = [name for words, name in self.by_text.items() if text.startswith(words)]
        if named:
            return any(self.fits(name, token) for name in named)
        return any(value in self._counted() for value in token.values)

    def _counted(self) -> set[int]:
        """How many statements there are, with a verdict or with a remark."""
        total = sum(self.verdicts.values())
        return set(range(total + 1)) if total else set()

    def fits(self, name: str, token: Token) -> bool:
        """Whether a number is one of a statement's, rounded to the decimals that it has."""
        digits = decimals(token.text)
        return any(
            abs(value - rounded) < 1e-9
            for value in token.values
            for exact in self.allowed[name]
            for rounded in ({exact} if digits > _MOST else _rounded(exact, digits))
        )


def check(
    world: World, grids: list[Grid], facts: Facts, reading: Reading, causes: Mapping[str, float]
) -> Statements:
    """Every row of every table of statements held against what the formulas give; `causes` of the change by name."""
    said = study(world.project)
    formulas = load(world, facts.counts, _cbs(reading), causes)
    figures = {name: formulas.of(name) for name in formulas.settings["uitspraken"]}
    allowed = {name: _allowed(world, formulas, name, said.get(name, {})) for name in figures}
    by_text = {same_words(row["uitspraak"]): name for name, row in said.items()}
    made = Statements(figures, allowed, by_text)
    for grid in sorted(grids, key=lambda grid: grid.corner != "id"):
        for row in grid.rows:
            _row(world, made, grid, row)
    for piece in reading.pieces:
        if _PLACE.search(piece.where):
            right = (token for token in tokens(piece.text) if made.of_text(piece, token))
            made.words.update(pair for token in right for pair in _around(token))
    return made


def _row(world: World, made: Statements, grid: Grid, row: GridRow) -> None:
    name = row.label if grid.corner == "id" else made.by_text.get(same_words(_told(row)), "")
    if name not in made.allowed:
        made.leaks.append(Leak("statement", row.where, f"no statement is '{row.label[:60]}'"))
        return
    cells = {cell.heads[-1] if cell.heads else "": cell.text for cell in row.cells}
    if grid.corner == "id":
        made.verdicts[cells["oordeel"]] += 1
        if cells["uitspraak"]:
            made.by_text.setdefault(same_words(cells["uitspraak"]), name)
        _values(made, name, cells["waarde"], row.where)
    for head, text in {"": "" if grid.corner == "id" else row.label, **cells}.items():
        for token in tokens(text):
            if not _known(world, head, token) and not made.fits(name, token):
                made.leaks.append(Leak("statement", row.where, f"{name} {head}: {token}"))
            made.words.update(_around(token))
    line = " ".join([row.label, *(cell.text for cell in row.cells)])
    made.words.update(pair for token in tokens(line) for pair in _around(token))


def _told(row: GridRow) -> str:
    """The label of a row without the words that stand before a statement of the study."""
    return row.label.removeprefix("In de studie: ")


def _around(token: Token) -> Iterator[Words]:
    for before in token.before[-1:]:
        yield before, token.text
    for after in token.after[:1]:
        yield token.text, after
    if not token.before and not token.after:
        yield "", token.text


def _values(made: Statements, name: str, text: str, where: str) -> None:
    """The column `waarde` has just the figures of the formulas, in their order."""
    given = [float(part) for part in text.split(";") if part]
    known = list(made.figures[name].values())[: len(given)]
    if len(known) < len(given) or any(
        abs(value - exact) > 1e-9 * max(1.0, exact) for value, exact in zip(given, known, strict=True)
    ):
        made.leaks.append(Leak("statement", where, f"{name}: {text} does not follow from what is shown"))


def _known(world: World, head: str, token: Token) -> bool:
    """The number of a table or a paragraph, or the peildatum."""
    day = world.peildatum
    if head in ("bron", "plaats"):
        return token.text in world.tables or head == "plaats"
    in_date = token.text in (str(day.year), str(day.day)) and any(
        not word.isdigit() for word in (*token.before[-1:], *token.after[:1])
    )
    return in_date and _is_day(day, token)


def _is_day(day: date, token: Token) -> bool:
    return MONTHS[day.month - 1] in (*token.before[-1:], *token.after[:1])


def _allowed(world: World, formulas: Formulas, name: str, said: Mapping[str, str]) -> set[float]:
    """The figures of a statement, what the study says of it, the days that it is about, and its numbers."""
    statement = formulas.settings["uitspraken"][name]
    public = [said.get(column, "") for column in ("uitspraak", "gepubliceerd", "onder", "boven", "stand")]
    parts = [re.sub(r"[;-]", " ", text) for text in public]
    numbers = {value for text in parts for token in tokens(text) for value in token.values}
    given = statement.get("gegevens", {})
    born = {float(world.peildatum.year - given["leeftijd"])} if "leeftijd" in given else set()
    about = [figure.day for figure in formulas.cbs.values()]
    about += [date.fromisoformat(study(world.project)[one]["stand"]) for one in _printed(statement)]
    days = {float(part) for day in about for part in (day.year, day.day)}
    return {*formulas.of(name).values(), *numbers, *map(float, given.values()), *born, *days}


def _printed(formula: object) -> Iterator[str]:
    """The statements whose printed figure a formula takes: these are public, with their day."""
    if isinstance(formula, Mapping):
        if isinstance(formula.get("gedrukt"), str):
            yield formula["gedrukt"]
        formula = list(formula.values())
    if isinstance(formula, list):
        for part in formula:
            yield from _printed(part)


def _rounded(exact: float, digits: int) -> set[float]:
    step = Decimal(1).scaleb(-digits)
    return {float(Decimal(repr(exact)).quantize(step, way)) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}


def _cbs(reading: Reading) -> dict[CbsKey, CbsFigure]:
    """The figures of CBS, where their file is published."""
    found: dict[CbsKey, CbsFigure] = {}
    for grid in reading.grids:
        if not _CBS.search(grid.where):
            continue
        for row in grid.rows:
            cells = {cell.heads[-1]: cell.text for cell in row.cells}
            if cells.get("aantal"):
                kind = f"{cells['eenheid']} {cells.get('noemer', '')}".rstrip()
                key = (row.label, cells["categorie"], cells["nationaliteit"], kind)
                found[key] = CbsFigure(float(cells["aantal"]), date.fromisoformat(cells["meetmoment"]))
    return found
