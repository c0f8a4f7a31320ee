"""The demonstration under other readings: what each counts otherwise, and which statements change."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from shared import Made, copy_of
from trial import FIRST

from schemas.statement_tables import OUTCOMES, Outcome
from schemas.variants import DIRECTION, READING
from wi2007.statements.variants import TOO_FEW
from wi2007.steps.case import Case
from wi2007.steps.gate import exact, tables, variants

pytestmark = pytest.mark.slow
PERSONS = {
    ("niemand_uitgesloten", "erbij"): 18_000,
    ("elke_nationaliteit", "eraf"): 12_455,
    ("vroegste_geboortedatum", "eraf"): 500,
    ("vroegste_geboortedatum", "erbij"): 500,
    ("laatste_geboortedatum", "eraf"): 500,
    ("laatste_geboortedatum", "erbij"): 500,
    ("indeling_1_januari", "eraf"): 240,
    ("indeling_1_januari", "erbij"): 240,
}
CHANGED = {
    "niemand_uitgesloten": {
        "c01",
        "c04",
        "c05",
        "c06",
        "c08",
        "c09",
        "c10",
        "c11",
        "c23",
        "c27",
        "c28",
        "c31",
        "c32",
        "c33",
        "c34",
        "c35",
    },
    "elke_nationaliteit": {"c01", "c08", "c11", "c23", "c27", "c28", "c31", "c33", "c34", "c35"},
    "indeling_1_januari": {"c08", "c09"},
}
"""By exact counts. Statements c11, c23 and c34 rest on the workbook of the CBS."""
NEAR = {"c09", "c11", "c33", "c34", "c36"}
"""A digit of these changes or does not by how the counts are rounded."""

Folders = dict[str, Path]


@pytest.fixture
def folders(demonstration: Made, exact_demonstration: Made) -> Folders:
    """What is made of the demonstration, by how its counts are rounded."""
    return {"5": demonstration.trial.processed(FIRST), "uit": exact_demonstration.trial.processed(FIRST)}


def outcomes(folder: Path) -> list[Outcome]:
    return OUTCOMES.from_csv((folder / "publicatie" / "gevoeligheid.csv").read_text(encoding="utf-8"))


def test_what_each_reading_counts_otherwise(folders: Folders) -> None:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in pq.ParquetFile(folders["5"] / "varianten.parquet").read().to_pylist():
        found[row[READING], row[DIRECTION]] += row["aantal"]
    assert found == PERSONS


def changed(folder: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in outcomes(folder):
        if one.verandert == "ja":
            found[one.lezing].add(one.uitspraak)
    return found


def test_which_statements_change(folders: Folders) -> None:
    assert changed(folders["uit"]) == CHANGED
    shown = changed(folders["5"])
    assert shown.keys() == CHANGED.keys()
    assert all((shown[name] ^ ids) <= NEAR for name, ids in CHANGED.items())


def test_other_persons_give_no_verdict_on_the_study(folders: Folders) -> None:
    found = {(one.uitspraak, one.lezing): one for one in outcomes(folders["5"])}
    others = ("niemand_uitgesloten", "elke_nationaliteit")
    for (statement, reading), one in found.items():
        if one.verandert == "ja" and reading in others:
            assert (one.oordeel == "andere groep") or found[
                statement, "rapport"
            ].oordeel == "niet te berekenen"
        assert one.oordeel != "andere groep" or reading in others
    assert (found["c05", others[0]].waarde, found["c05", others[0]].oordeel) == ("11", "andere groep")


def test_exact_and_rounded_counts_tell_the_same_of_large_groups(folders: Folders) -> None:
    exact, shown = (
        {(one.uitspraak, one.lezing): one for one in outcomes(folders[name])} for name in ("uit", "5")
    )
    assert exact.keys() == shown.keys()
    for name in ("c02", "c03", "c04", "c25", "c26", "c29", "c32"):
        for reading in ("rapport", *CHANGED):
            at = (name, reading)
            assert abs(float(exact[at].waarde) - float(shown[at].waarde)) <= 1
    assert exact["c01", "rapport"].waarde == "7919"
    assert shown["c01", "rapport"].waarde == "7920"
    for reading in CHANGED:
        off = int(exact["c01", reading].waarde) - int(shown["c01", reading].waarde)
        assert abs(off) < 5 + 10


def test_of_a_small_group_nothing_is_shown(real: Made) -> None:
    folder = real.trial.processed(FIRST)
    assert outcomes(folder) == []
    assert TOO_FEW in (folder / "publicatie" / "gevoeligheid.json").read_text(encoding="utf-8")


def test_a_group_is_small_below_the_number_that_is_set(
    real: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(FIRST, copy_of(real.trial, tmp_path / "werk").directory)
    given = exact.read_exact(case)
    shown = tables.rounded(case, given).shown
    obliged = (counts for pair, counts in shown.of_pairs.items() if pair[0] == variants.STILL_OBLIGED)
    size = max(sum(counts.values()) for counts in obliged)
    settings = variants.read_sensitivity()
    found = []
    for smallest in (size, size + 1):
        changed = settings.model_copy(update={"vanaf": smallest})
        monkeypatch.setattr(variants, "read_sensitivity", lambda changed=changed: changed)
        variants.make(case, given, shown)
        told = case.text("publicatie/gevoeligheid.json")
        found.append((bool(outcomes(case.made(""))), TOO_FEW in told))
    assert found == [(True, False), (False, True)]
