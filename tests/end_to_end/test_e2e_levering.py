"""The whole program on deliveries with a levering.yaml: what it sets is done, a mistake in it is told with its line."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from shared import AWKWARD_NAMES, ROWS, SETTING, Made
from trial import FIRST, Trial, delivery_text

from wi2007.pipeline import STEPS
from wi2007.run import wiring


def test_what_levering_yaml_sets_is_done_and_told(real: Made) -> None:
    record = json.loads((real.trial.processed(FIRST) / "verwerking.json").read_text(encoding="utf-8"))
    assert record["levering"]["bestand"] == AWKWARD_NAMES[FIRST]
    assert record["levering"]["velden"]["persoonsnummer"] == ["PSEUDO_ID"]
    counted = {(one["regel"], one["kolom"]): one["aantal"] for one in record["levering"]["normalisaties"]}
    assert counted["levering", "geslacht"] == counted["datum_dag_maand_jaar", "geboortedatum"] == ROWS


@pytest.mark.slow
def test_an_edit_of_levering_yaml_is_seen(made: Trial) -> None:
    levering = made.raw(FIRST, "levering.yaml")
    levering.write_text("# een ander verhaal\n" + SETTING, encoding="utf-8")
    assert made.run(FIRST).steps == {}
    report = {path.name: path.read_bytes() for path in made.report(FIRST).iterdir() if path.is_file()}
    for old, new, told in (
        ("2: V", "2: zqgeheim", f"data/raw/{FIRST}/levering.yaml, regel 6"),
        ("SEKSE", "GENDER", "het bestand heeft geen veld 'GENDER'"),
    ):
        levering.write_text(SETTING.replace(old, new), encoding="utf-8")
        refused = made.run(FIRST)
        assert refused.status == 2
        assert told in refused.err
        assert "zqgeheim" not in refused.err + refused.out
        assert "Traceback" not in refused.err
        assert {name: (made.report(FIRST) / name).read_bytes() for name in report} == report


def test_what_is_set_is_in_what_every_rule_carries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial(tmp_path)
    trial.deliver(FIRST, delivery_text(rows=3))
    monkeypatch.chdir(tmp_path)
    found = []
    for setting in (None, "normaliseren: geen", "# uitleg\nnormaliseren: geen", "normaliseren: [spaties]"):
        if setting is not None:
            (trial.raw(FIRST).parent / "levering.yaml").write_text(setting, encoding="utf-8")
        wiring._layout.cache_clear()
        found.append(wiring.tracked("read", {})(SimpleNamespace(peildatum=FIRST)))
    assert found[1] == found[2]
    assert len(set(found)) == 3
    assert [step.name for step in STEPS.values() if "levering" not in step.sources] == ["cbs"]
