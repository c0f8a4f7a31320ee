"""What `docs/tabellen.md` tells people to write works."""

from __future__ import annotations

import re
from pathlib import Path

from schemas.tables import Chart, Table
from wi2007.project import CONFIG, ROOT
from wi2007.tables.specification import load

TEXT = (ROOT / "docs" / "tabellen.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


def test_the_examples_can_be_pasted(tmp_path: Path) -> None:
    table, population = EXAMPLES
    own = (CONFIG / "tables.yaml").read_text(encoding="utf-8")
    path = tmp_path / "tables.yaml"
    path.write_text(own.replace("\ntables:\n", f"{population}\ntables:\n") + table, encoding="utf-8")
    specification = load(path)
    assert specification.tables[-1].number == "X.1"
    assert "amsterdam" in specification.populations


def test_every_key_and_kind_of_chart_is_told() -> None:
    kinds = re.findall(r'"(\w+)"|\'(\w+)\'', str(Chart.model_fields["kind"].annotation))
    for name in [*Table.model_fields, *(a or b for a, b in kinds)]:
        assert f"| `{name}` |" in TEXT
