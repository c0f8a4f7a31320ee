"""From a published folder to a verdict: read, work out what is told, look for what is told too much, and solve.

What does not belong here: how each of these is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from attack import (
    cbs,
    change,
    channels,
    chapter,
    english,
    geometry,
    grouping,
    lists,
    order,
    pages,
    policy,
    presence,
    rankings,
    remarks,
    scope,
    sensitivity,
    spread,
    statements,
    tempo,
)
from attack.explained import Explainer, known
from attack.facts import Facts, gather, squeezed
from attack.facts import rows as rows_of
from attack.funnel import levels
from attack.pieces import HIDDEN, Piece, Reading
from attack.programs import ContradictionError, Problem, Row, narrower
from attack.relations import Relation, relations
from attack.verdict import Leak, Verdict
from attack.world import ROOT, Cell, World, world

DERIVED = (spread, policy)
"""The chapters whose numbers follow from tables of `tables.yaml`: each has its `CHAPTER`, and `read` derives them."""


def attack(folder: Path, base: int, project: Path = ROOT, true_groups: bool = False) -> Verdict:
    """Everything that can be told from the published files in `folder`, named after its peildatum.

    `project` holds the lists and settings that everybody can read. `true_groups`: the rule on groups that stand out is
    known to be applied to true counts.
    """
    here = tempo.with_periods(world(folder.name, project))
    names = scope.files(folder)
    reading = Reading()
    for name in names:
        reading.add(channels.read(name, name, (folder / name).read_bytes()))
    verdict = Verdict()
    verdict.unexplained += [
        Leak("file", name, "this file is no part of a publication")
        for name in names
        if not any(one.fullmatch(name) for one in known()[1])
    ]
    counted = order.read(reading)
    reading = english.as_dutch(reading)
    reading.pieces += [Piece(f"naam van {name}", name.rsplit("/", 1)[-1], HIDDEN) for name in names]
    of_lists = lists.apart(folder, project, reading)
    of_readings = sensitivity.apart(reading)
    of_statements, whole = statements.apart(reading), reading
    reading, of_cbs = cbs.CHAPTER.split(reading)
    reading, of_tempo = tempo.CHAPTER.split(reading)
    reading, of_change = change.CHAPTER.split(reading)
    of_derived = []
    for one in DERIVED:
        reading, own = one.CHAPTER.split(reading)
        of_derived.append(own)
    facts = gather(here, reading, base)
    apart = (of_cbs, of_tempo, of_change, *of_derived)
    rows_of(facts, [grid for some in apart for grid in some.grids])
    timed = tempo.read(here, of_tempo, facts)
    changed = change.read(project, of_change, reading.tidy, folder, base)
    told_of = statements.check(here, of_statements, facts, whole, changed.causes)
    of_other_readings = sensitivity.check(here, of_readings, whole, told_of)
    rows = rankings.check(here, reading, facts)
    if true_groups:
        rows += grouping.told(here, facts)
    verdict.leaks += [
        *facts.leaks,
        *told_of.leaks,
        *timed.leaks,
        *changed.leaks,
        *of_other_readings,
        *of_lists,
        *presence.check(here, reading.tidy),
        *geometry.check(reading.drawings),
    ]
    book = cbs.read(cbs.books(folder))
    of_book = (book, cbs.CHAPTER.texts(reading, of_cbs))
    explainer = Explainer(here, facts, reading, _digests(folder), told_of, of_book)
    explainer.order = counted
    explainer.tempo = tempo.Explainer(timed, tempo.CHAPTER.texts(reading, of_tempo))
    explainer.change = change.Explainer(changed, change.CHAPTER.texts(reading, of_change), folder)
    for one, own in zip(DERIVED, of_derived, strict=True):
        words = chapter.Words(one.CHAPTER, one.CHAPTER.texts(reading, own))
        explainer.derived.append(chapter.Explainer(one.read(here, reading.tidy), words))
    told = [*reading.pieces, *facts.loose]
    told += (piece for some in apart for piece in chapter.pieces(some))
    headings = {squeezed(piece.text) for piece in reading.pieces if piece.where.startswith("rapport.html")}
    for (_, earlier), (where, lines) in zip([("", []), *reading.lines], reading.lines, strict=False):
        told += pages.pieces(where, lines, facts.rows, headings, earlier)
    verdict.unexplained += _once(explainer.strange(told))
    verdict.numbers = explainer.looked_at
    _solve(verdict, here, facts, (rows, remarks.check(here, facts, reading.grids)), _spread(folder, base))
    return verdict


def _digests(folder: Path) -> dict[str, tuple[str, str]]:
    """Size and SHA-256 of every file in the folder, as text: no secret to who has the file."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    return {name: (str(len(content)), hashlib.sha256(content).hexdigest()) for name, content in found.items()}


def _spread(folder: Path, base: int) -> int:
    """A count is off by less than this: the base, unless the manifest of very few persons says that it may be more."""
    manifest = folder / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else {}
    return int(told.get("afronding", {}).get("afwijking") or base)


def _once(found: Iterator[Leak]) -> list[Leak]:
    return list(dict.fromkeys(found))


def _solve(
    verdict: Verdict, here: World, facts: Facts, also: tuple[list[Row], list[remarks.Bound]], reach: int
) -> None:
    """Bounds from the method, relations from what the cells mean, and everything else that is told (`also`)."""
    rows, bounds = also
    counts, extra = levels(facts)
    found = [*relations(here, facts.counts), *extra, *tempo.older(here, facts.counts)]
    shown = dict(counts)
    derive(shown, found)
    base = facts.base
    verdict.violated += list(_broken(here, shown, found))
    allowed = {cell: (max(0, count - reach + 1), count + reach - 1) for cell, count in shown.items()}
    lower: dict[Cell, float] = {cell: ends[0] for cell, ends in allowed.items()}
    upper: dict[Cell, float] = {cell: ends[1] for cell, ends in allowed.items()}
    for relation in found:
        for cell in (relation.whole, *relation.parts):
            lower.setdefault(cell, 0)
            upper.setdefault(cell, float("inf"))
    for cell, count in shown.items():
        if count % base:
            lower[cell] = upper[cell] = count
    for cell, value, where in facts.claims:
        verdict.violated.append(f"{here.name(cell)}: {facts.counts[cell]} and {value} ({where})")
        spread = 0 if value % base else reach - 1
        lower[cell], upper[cell] = max(lower[cell], value - spread), min(upper[cell], value + spread)
    for bound in bounds:
        bound.narrow(lower, upper)
    small = {cell: ends for cell, ends in allowed.items() if shown[cell] <= 2 * base}
    names = {cell: here.name(cell) for cell in small}
    verdict.cells, verdict.small, verdict.relations = len(shown), len(small), len(found)
    known_rows = [row for row in [*rows, *_of_percentages(facts)] if all(cell in lower for cell in row)]
    if any(lower[cell] > upper[cell] for cell in lower):
        verdict.violated.append("two values of one cell have no count in common")
        return
    problem = Problem(lower, upper, found, known_rows)
    try:
        verdict.narrower += narrower(problem, shown, small, names)
    except ContradictionError:
        verdict.violated.append("no counts at all agree with everything that is told")
    verdict.programs = problem.solved


def derive(shown: dict[Cell, int], found: list[Relation]) -> None:
    """Cells that nobody shows but a subtraction gives: rounded as well, says the method."""
    for relation in found:
        missing = [cell for cell in relation.parts if cell not in shown]
        if len(missing) == 1 and relation.whole in shown:
            value = shown[relation.whole] - sum(shown.get(cell, 0) for cell in relation.parts)
            if value >= 0:
                shown[missing[0]] = value


def _broken(here: World, shown: dict[Cell, int], found: list[Relation]) -> Iterator[str]:
    """Sums that do not hold for the counts that are shown."""
    for relation in found:
        if relation.whole in shown:
            parts = sum(shown.get(cell, 0) for cell in relation.parts)
            complete = all(cell in shown for cell in relation.parts)
            if parts > shown[relation.whole] or (complete and parts != shown[relation.whole]):
                yield f"{here.name(relation.whole)}: {shown[relation.whole]}, the parts {parts}"


def _of_percentages(facts: Facts) -> Iterator[Row]:
    """A percentage of true counts holds its cell between two parts of the whole."""
    for part in facts.parts:
        if part.cell != part.whole:
            low, high = (part.percent - part.slack) / 100, (part.percent + part.slack) / 100
            yield {part.cell: 1.0, part.whole: -(low - 1e-12)}
            yield {part.cell: -1.0, part.whole: high + 1e-12}
