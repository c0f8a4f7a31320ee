"""CBS beside DUO: the number still obliged by both, on which day, of whom, and how it is rounded.

What does not belong here: why they differ, in words (`config/report/rapport.yaml`).
"""

from __future__ import annotations

from wi2007 import dutch
from wi2007.publication.content.cbs.tables import Setting
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.shown import slug
from wi2007.publication.document import Cell, Column, Row, Table

OBLIGED = "nog_inburgeringsplichtig"


def table(inputs: Inputs, setting: Setting, name: str) -> Table | None:
    """Both side by side; None where CBS does not give everybody."""
    everybody = inputs.cbs.count("totaal", "totaal")
    if everybody is None:
        return None
    protection = inputs.account.protection
    duo = inputs.size(OBLIGED)
    rounding = (
        setting.words("afronding_duo", basis=protection.base)
        if protection
        else setting.words("geen_afronding")
    )
    rows = (
        Row(setting.words("dag"), (Cell(setting.day), Cell(dutch.day(inputs.account.peildatum)))),
        Row(
            setting.words("personen"),
            (Cell(dutch.count(everybody), float(everybody)), Cell(dutch.count(duo), float(duo))),
        ),
        Row(setting.words("wie"), (Cell(setting.words("wie_cbs")), Cell(setting.words("wie_duo")))),
        Row(setting.words("afronding"), (Cell(setting.words("afronding_cbs")), Cell(rounding))),
    )
    return Table(
        id=f"tabel-{slug(name)}",
        number=name,
        title=setting.words("naast_titel"),
        population=setting.words("naast_populatie"),
        header=setting.words("kenmerk"),
        columns=(Column(setting.words("cbs"), numeric=False), Column(setting.words("duo"), numeric=False)),
        rows=rows,
        source=setting.words("schatting_bron", cbs=setting.origin),
        sortable=False,
    )
