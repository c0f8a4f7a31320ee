"""The declaration of steps: a file has one maker, is not read before it is written, and the docs say the same."""

from __future__ import annotations

from collections import Counter

import yaml

from wi2007.pipeline import PUBLICATION, STEPS, between, follows, graph, overview
from wi2007.project import ROOT
from wi2007.run.resources import NEEDS
from wi2007.steps.dictionary import with_steps


def test_every_file_has_one_maker() -> None:
    made = Counter(name for step in STEPS.values() for name in step.writes)
    assert {name for name, makers in made.items() if makers > 1} == set()


def test_nothing_is_read_before_it_is_written() -> None:
    written: set[str] = set()
    for step in STEPS.values():
        assert set(step.reads) <= written, step.name
        written |= set(step.writes)
    assert all(set(step.earlier) <= written for step in STEPS.values())


def test_right_of_the_gate_only_what_is_public_is_read() -> None:
    for step in STEPS.values():
        if step.wing == "public" and not step.is_last:
            assert [name for name in step.reads if not name.startswith((PUBLICATION, "rapport/"))] == []


def test_every_step_is_a_module_and_a_rule() -> None:
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow" / "rules").glob("*.smk"))
    for name in STEPS:
        assert (ROOT / "src" / "wi2007" / "steps" / f"{name}.py").is_file()
        assert f"\nrule {name}:\n" in rules
    assert rules.count("\nrule ") == len(STEPS)


def test_a_cluster_is_told_what_every_step_needs_and_groups_every_step() -> None:
    profile = yaml.safe_load((ROOT / "workflow/profiles/slurm/config.yaml").read_text(encoding="utf-8"))
    assert list(NEEDS) == list(STEPS)
    assert profile["groups"] == [f"{name}=peildatum_{{peildatum}}" for name in STEPS]
    assert NEEDS["read"].time(0) < NEEDS["read"].time(10**9) < NEEDS["read"].time(10**10)
    shared = yaml.safe_load((ROOT / "workflow/profiles/default/config.yaml").read_text(encoding="utf-8"))
    assert {name: profile.get(name) for name in shared if name != "cores"} == {
        name: value for name, value in shared.items() if name != "cores"
    }


def test_the_report_itself_is_not_between_delivery_and_report() -> None:
    assert "publicatie/inhoud.json" in between()
    assert not [name for name in between() if name.startswith("rapport/")]


def test_the_architecture_has_the_steps_as_they_are() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert with_steps(page, overview()) == page, "run python -m wi2007.steps.dictionary"


def test_the_readme_has_the_graph_as_it_is() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_steps(page, graph()) == page, "run python -m wi2007.steps.dictionary"


def test_the_graph_leads_from_the_delivery_to_the_report_past_the_gate() -> None:
    after = follows()
    assert [name for name in STEPS if not after[name]] == ["read", "cbs"]
    assert after["content"] == ["protect"]
    assert set(after["place"]) == {"html", "pdf", "workbooks"}
    for name, step in STEPS.items():
        assert f'{name}["{name}: {step.doing}"]' in graph()
