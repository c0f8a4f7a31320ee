"""Choose the worksheet with the delivery: the one that is set, or the only one that it can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Decision
from wi2007.delivery.workbook import words
from wi2007.delivery.workbook.sheets import Worksheet


@dataclass(frozen=True)
class Chosen:
    """A worksheet, and why it is that one."""

    sheet: Worksheet
    decision: Decision


def choose(
    sheets: Sequence[Worksheet],
    filled: Sequence[Worksheet],
    wanted: str | None,
    named: Callable[[Worksheet], bool],
    question: Callable[[], str],
) -> Chosen:
    """Return the sheet with the delivery.

    `named` says whether a sheet names our columns; it is called where that matters.

    Raises `UnreadableError` when there is none, or more than one, with the words that `question` gives.
    """
    if wanted is not None:
        return Chosen(sheet := _by_name(sheets, wanted), words.sheet_by_hand(sheet))
    if not filled:
        raise UnreadableError(Problem("werkblad_leeg"))
    seen = [sheet for sheet in filled if not sheet.hidden]
    hidden = [sheet for sheet in filled if sheet.hidden]
    if len(filled) == 1 and seen:
        return Chosen(seen[0], words.only_sheet(seen[0], others=len(sheets) > 1))
    with_names = [sheet for sheet in seen if named(sheet)]
    if len(with_names) == 1:
        return Chosen(with_names[0], words.only_named_sheet(with_names[0], len(seen)))
    if len(seen) == 1 and not any(named(sheet) for sheet in hidden):
        return Chosen(seen[0], words.only_visible_sheet(seen[0]))
    raise UnreadableError(Problem("werkblad_onduidelijk", about=question()))


def _by_name(sheets: Sequence[Worksheet], wanted: str) -> Worksheet:
    exact = [sheet for sheet in sheets if sheet.name == wanted]
    alike = exact or [sheet for sheet in sheets if sheet.name.strip().casefold() == wanted.strip().casefold()]
    if len(alike) != 1:
        raise UnreadableError(Problem("werkblad_onbekend"))
    return alike[0]
