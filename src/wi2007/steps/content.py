"""Step content: from the publication folder to the content document, charts, downloads and the comparison.

It reads nothing exact: only `publicatie/`, configuration and reference.
"""

from __future__ import annotations

from wi2007 import settings
from wi2007.pipeline import PUBLICATION
from wi2007.publication.document import to_json
from wi2007.publication.map.settings import MapSettings
from wi2007.publication.report import Settings, inputs_of
from wi2007.publication.report import make as make_report
from wi2007.steps import derived
from wi2007.steps.case import Case
from wi2007.steps.edge import tell, write_folder, write_text


def make(case: Case) -> None:
    """Write what follows from the published tables, then the document, its charts and the downloads."""
    derived.write_statements(case)
    derived.write_outlook(case)
    inputs = inputs_of({path.name: path for path in case.made(PUBLICATION).iterdir()}, Settings(map=_map()))
    made = make_report(inputs)
    account = inputs.account
    if passed_over := inputs.texts.imprint.passed_over(account.peildatum, account.release):
        tell(passed_over, 0)
    downloads = case.made("rapport/downloads")
    write_folder(case.made("publicatie/grafieken"), made.charts)
    write_folder(downloads / "tabellen", made.downloads)
    if made.comparison:
        write_text(downloads / "reproductie.csv", made.comparison)
    write_text(case.made("publicatie/inhoud.json"), to_json(made.document))


def _map() -> MapSettings | None:
    """How the municipalities are drawn, where the configuration asks for a map."""
    configuration = settings.read()
    asked, boundaries = configuration.kaart, settings.boundary_file(configuration)
    if asked is None or boundaries is None:
        return None
    return MapSettings(boundaries, asked.code, asked.bronvermelding, asked.maat)
