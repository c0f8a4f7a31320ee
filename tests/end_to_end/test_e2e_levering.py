"""The whole program on deliveries with a levering.yaml: what it sets is done, an edit makes everything anew."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from trial import ALL_STEPS, FIRST, Trial, delivery_text, only

from wi2007.project import ROOT
from wi2007.run import wiring

SETTING = """# Hoe dit bestand is ingedeeld
bestand: export.csv
peildatum: 2022-07-01
kolommen:
  persoonsnummer: PSEUDO_ID
  geslacht: {kolom: SEKSE, waarden: {1: M, 2: V, 9: O}}
  statusdatum: leeg
"""


def other_layout(text: str) -> str:
    """The same persons with other names and values, dates the Dutch way, and codes without zeros."""
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    lines = [
        "SEKSE;PSEUDO_ID;" + ";".join(name.upper() for name in list(rows[0])[2:] if name != "statusdatum")
    ]
    for row in rows:
        del row["statusdatum"]
        number, gender, born = row.pop("persoonsnummer"), row.pop("geslacht"), row.pop("geboortedatum")
        row["gemeentecode"] = str(int(row["gemeentecode"]))
        rest = [f"{born[6:]}-{born[4:6]}-{born[:4]}", *row.values()]
        lines.append(";".join([{"M": "1", "V": "2", "O": "9"}[gender], number, *rest]))
    return "\r\n".join(lines) + "\r\n"


@pytest.mark.slow
def test_a_delivery_with_its_levering_yaml(tmp_path: Path) -> None:
    text = delivery_text(rows=120)
    trial = Trial(tmp_path)
    folder = trial.raw(FIRST).parent
    trial.deliver(FIRST, other_layout(text))
    trial.raw(FIRST).rename(folder / "export.csv")
    (folder / "oud.csv").write_text("een ander bestand", encoding="utf-8")
    levering = folder / "levering.yaml"
    levering.write_text(SETTING, encoding="utf-8")

    first = trial.run()
    assert (first.status, first.steps) == (0, only(FIRST, ALL_STEPS)), first.err
    record = json.loads((trial.processed(FIRST) / "verwerking.json").read_text(encoding="utf-8"))
    assert record["levering"]["bestand"] == "export.csv"
    assert record["levering"]["velden"]["persoonsnummer"] == ["PSEUDO_ID"]
    counted = {(one["regel"], one["kolom"]): one["aantal"] for one in record["levering"]["normalisaties"]}
    assert counted["levering", "geslacht"] == counted["datum_dag_maand_jaar", "geboortedatum"] == 120

    levering.write_text("# een ander verhaal\n" + SETTING, encoding="utf-8")
    assert trial.run().steps == {}
    report = {path.name: path.read_bytes() for path in trial.report(FIRST).iterdir() if path.is_file()}
    levering.write_text(SETTING.replace("2: V", "2: zqgeheim"), encoding="utf-8")
    refused = trial.run()
    assert refused.status == 2
    assert f"data/raw/{FIRST}/levering.yaml, regel 6" in refused.err
    assert "zqgeheim" not in refused.err + refused.out
    assert "Traceback" not in refused.err
    assert {name: (trial.report(FIRST) / name).read_bytes() for name in report} == report

    # An edit is seen, and what only the file can tell is told too.
    levering.write_text(SETTING.replace("SEKSE", "GENDER"), encoding="utf-8")
    last = trial.run()
    assert last.status == 2
    assert "het bestand heeft geen veld 'GENDER'" in last.err
    assert {name: (trial.report(FIRST) / name).read_bytes() for name in report} == report


def test_what_is_set_is_in_what_every_rule_carries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial(tmp_path)
    trial.deliver(FIRST, delivery_text(rows=3))
    monkeypatch.chdir(tmp_path)
    found = []
    for setting in (None, "normaliseren: geen", "# uitleg\nnormaliseren: geen", "normaliseren: [spaties]"):
        if setting is not None:
            (trial.raw(FIRST).parent / "levering.yaml").write_text(setting, encoding="utf-8")
        wiring._layout.cache_clear()
        found.append(wiring.delivery_digest(SimpleNamespace(peildatum=FIRST)))
    assert found[1] == found[2]
    assert len(set(found)) == 3
    assert wiring.layout(SimpleNamespace(peildatum=FIRST)) == [
        "--levering",
        f"data/raw/{FIRST}/levering.yaml",
    ]
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow/rules").glob("*.smk"))
    bodies = dict(part.split(":", 1) for part in re.split(r"^rule ", rules, flags=re.MULTILINE)[1:])
    assert [name for name, body in bodies.items() if "delivery=wiring.delivery_digest" not in body] == ["cbs"]
