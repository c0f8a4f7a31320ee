"""The parts of the chapter on CBS by name, as `config/report/rapport.yaml` asks for them.

What does not belong here: how one is made.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.cbs import CBS
from wi2007.publication.content.cbs import beside, estimates
from wi2007.publication.content.cbs.figures import TOLD, CbsFigures, numbers
from wi2007.publication.content.cbs.tables import Setting, of_characteristic
from wi2007.publication.content.charts import chart_of
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.phrases import Writer
from wi2007.publication.document import Block, Sign


def cbs_part(name: str, inputs: Inputs, writer: Writer, legend: Sequence[Sign]) -> list[Block]:
    """The blocks of one part; none without a workbook."""
    if not inputs.cbs or inputs.cbs_source is None:
        return []
    setting = Setting(
        inputs.cbs,
        inputs.cbs_source,
        writer,
        legend,
        CBS.named(inputs.account.exact),
        CbsFigures(inputs.cbs).dag,
    )
    named = numbers(inputs.cbs)
    if name == "cbs_naast_duo":
        found = beside.table(inputs, setting, named["naast"])
        return [found] if found else []
    if name == "cbs_schatting":
        made = estimates.estimates(inputs)
        return [estimates.table(made, setting, named["schatting"])] if made else []
    wanted = [kenmerk for kenmerk in inputs.cbs.characteristics if _belongs(kenmerk, name)]
    return [
        block for kenmerk in wanted for block in _characteristic(kenmerk, inputs, setting, named[kenmerk])
    ]


def _belongs(kenmerk: str, part: str) -> bool:
    return kenmerk == part.removeprefix("cbs_") or (part == "cbs_overig" and kenmerk not in TOLD)


def _characteristic(kenmerk: str, inputs: Inputs, setting: Setting, name: str) -> list[Block]:
    """The charts of a characteristic, then its table."""
    origin = setting.words("bron_grafiek", reconstructie=setting.source.reconstruction)
    charts = [chart_of(drawing, setting.population, origin) for drawing in inputs.cbs_charts.get(kenmerk, [])]
    return [*charts, of_characteristic(setting, kenmerk, name)]
