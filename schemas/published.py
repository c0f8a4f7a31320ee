"""Every published table, once: what checks, the data package, the downloads and the dictionary go through.

A new table is declared beside the others and added here. What does not belong here: any one table.
"""

from __future__ import annotations

from typing import Any, Final

from schemas.cbs import CBS
from schemas.change import CHANGE
from schemas.dataset import Dataset
from schemas.statement_tables import OUTCOMES, REPRODUCTION, STATEMENTS
from schemas.tempo_tables import OUTLOOK, TEMPO
from schemas.tidy import TIDY
from wi2007.project import PUBLIC

PUBLISHED: Final[tuple[Dataset[Any], ...]] = (
    TIDY,
    CHANGE,
    CBS,
    TEMPO,
    OUTLOOK,
    STATEMENTS,
    OUTCOMES,
    REPRODUCTION,
)


def by_file(mark: str = PUBLIC) -> dict[str, Dataset[Any]]:
    """Give each declaration by the name of its file, with the mark of the report in it."""
    return {dataset.named(mark): dataset for dataset in PUBLISHED}
