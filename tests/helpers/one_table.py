"""A specification of one table: sex by something else.

What does not belong here: counts.
"""

from __future__ import annotations

import yaml

from schemas.tables import Specification
from wi2007.project import CONFIG


def sex_by(**row: object) -> Specification:
    """The table whose rows are these, in the populations of `tables.yaml`."""
    raw = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))
    table = {
        "number": "1",
        "title": "Een tabel",
        "population": "wi2007",
        "columns": {"variable": "geslacht"},
        "rows": [row],
    }
    return Specification.model_validate({**raw, "tables": [table]})
