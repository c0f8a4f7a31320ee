"""Pages of running lines: a row of a table is found again as a whole, by its label and all its figures.

Other numbers are text, with the lines around them as their context.

What does not belong here: reading the pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from attack.facts import SIGNS, squeezed
from attack.numbers import shown
from attack.pieces import TEXT, Piece

_BEFORE, _AFTER = 6, 1


def pieces(
    where: str,
    lines: Sequence[str],
    rows: Mapping[str, set[tuple[str, ...]]],
    headings: Collection[str],
    earlier: Sequence[str] = (),
) -> Iterator[Piece]:
    """What is left of a page when the rows of known tables and the numbers of pages are taken out.

    `where` ends in the number of the page and of all pages; `headings` are squeezed texts of the report. A sentence may
    run on from the page before, of which `earlier` are the lines: its last but one, above the foot, to the first below
    the head.
    """
    page, pages = (int(word) for word in where.rsplit(" van ", 1)[0].split()[-1:] + where.split()[-1:])
    for at, line in enumerate(lines):
        words = line.split()
        figures = _figures(words)
        label = " ".join(words[: len(words) - len(figures)])
        before = lines[max(0, at - _BEFORE) : at]
        if figures and _is_row(label, figures, before, rows):
            continue
        rest = _without_pages(line, (page, pages), headings, before)
        if line.startswith("bladzijde ") and before and before[-1].endswith("Cijfers op"):
            rest = _without_pages(f"Cijfers op {line}", (page, pages), headings, ())
        context = " ".join([*before, *lines[at + 1 : at + 1 + _AFTER]])
        over = earlier[-2:-1] if at == 1 else lines[at - 1 : at]
        running = (" ".join(over), " ".join(lines[at + 1 : at + 2]))
        yield Piece(f"{where} regel {at + 1}", rest, TEXT, context, *running)


def _without_pages(line: str, at: tuple[int, int], headings: Collection[str], before: Sequence[str]) -> str:
    """The line without the page that it is on or points to; a heading may begin up to three lines before."""
    footer = f" {at[0]} van {at[1]}"
    if line.endswith(footer):
        return line.removesuffix(footer)
    label, _, number = line.rpartition(" ")
    points = number.isdigit() and int(number) <= at[1]
    begun = [" ".join([*before[-lines:], label]) for lines in (1, 2, 3)]
    if points and (
        squeezed(label) in headings
        or any(squeezed(whole) in headings for whole in begun)
        or label.endswith(("Cijfers op bladzijde", "Cijfers bij de grafieken"))
    ):
        return label
    return line


def _figures(words: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for word in reversed(words):
        if shown(word) is None and word not in SIGNS:
            break
        found.append(word)
    return tuple(reversed(found))


def _is_row(
    label: str, figures: tuple[str, ...], before: Sequence[str], rows: Mapping[str, set[tuple[str, ...]]]
) -> bool:
    """Whether a known row ends like this line and has just these figures; a long label runs over several lines."""
    for number in range(len(before) + 1):
        told = squeezed(" ".join([*before[len(before) - number :], label]))
        for end in range(min(len(figures), 2) + 1):
            name = told + squeezed("".join(figures[:end]))
            if figures[end:] and figures[end:] in rows.get(name, ()):
                return True
    return False
