"""Pages of running lines: a row of a table is found again as a whole, by its label and all its figures; other numbers are
text, with the lines around them as their context.

What does not belong here: reading the pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attack.facts import SIGNS, squeezed
from attack.numbers import shown
from attack.pieces import Piece

_BEFORE, _AFTER = 6, 1


def pieces(where: str, lines: Sequence[str], rows: Mapping[str, set[tuple[str, ...]]]) -> Iterator[Piece]:
    """What is left of a page when the rows of known tables are taken out."""
    for at, line in enumerate(lines):
        words = line.split()
        figures = _figures(words)
        label = " ".join(words[: len(words) - len(figures)])
        before = lines[max(0, at - _BEFORE) : at]
        if figures and _is_row(label, figures, before, rows):
            continue
        context = " ".join([*before, *lines[at + 1 : at + 1 + _AFTER]])
        yield Piece(f"{where} regel {at + 1}", line, context=context)


def _figures(words: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for word in reversed(words):
        if shown(word) is None and word not in SIGNS:
            break
        found.append(word)
    return tuple(reversed(found))


def _is_row(label: str, figures: tuple[str, ...], before: Sequence[str], rows: Mapping[str, set[tuple[str, ...]]]) -> bool:
    """Whether a known row ends like this line and has just these figures; a long label runs over several lines."""
    for number in range(len(before) + 1):
        told = squeezed(" ".join([*before[len(before) - number :], label]))
        for end in range(min(len(figures), 2) + 1):
            name = told + squeezed("".join(figures[:end]))
            if figures[end:] and figures[end:] in rows.get(name, ()):
                return True
    return False
