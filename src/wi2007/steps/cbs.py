"""Step cbs: from the CBS workbook beside a delivery to one tidy table, or to an empty one where there is no workbook.

CBS's figures are public and rounded by CBS: they need no gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from schemas.cbs import CBS, CbsRow
from wi2007 import settings
from wi2007.cbs.table import source_to_json
from wi2007.mapping.levering import cbs_workbook_of, find_layout
from wi2007.pipeline import PUBLICATION
from wi2007.project import CONFIG
from wi2007.steps.case import Case
from wi2007.steps.edge import write_text

SIGNS = CONFIG / "report" / "tekens.yaml"


def make(case: Case) -> None:
    """Write the table and where it is from; the gate holds the table against its contract."""
    peildatum = case.peildatum
    folder = case.run.folder(peildatum)
    workbook = cbs_workbook_of(
        case.run, peildatum, find_layout(folder, peildatum, settings.read().layout(peildatum))
    )
    rows: Sequence[CbsRow] = ()
    source = None
    if workbook is not None:
        from wi2007.cbs.reading import read_workbook  # noqa: PLC0415  without a workbook nothing reads one
        from wi2007.cbs.settings import load_layout, load_signs  # noqa: PLC0415  as above

        layout, signs = load_layout(own=case.run.cbs_layout(peildatum)), load_signs(SIGNS)
        found, source = read_workbook(workbook, layout, signs, date.fromisoformat(peildatum))
        rows = found.rows
    write_text(case.made(PUBLICATION + CBS.file), CBS.to_csv(rows))
    write_text(case.made("publicatie/cbs.json"), source_to_json(source))
