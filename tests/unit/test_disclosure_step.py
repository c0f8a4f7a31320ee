"""The step disclosure on files: what comes out, what is kept, and what is refused."""

from __future__ import annotations

import csv
import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from gate_files import people, processing, step, write
from trial import replace_in

from schemas.tidy import TIDY
from wi2007.project import CONFIG
from wi2007.protection import audit
from wi2007.protection.audit import Interval
from wi2007.steps.gate import register

KEY = "een sleutel die lang genoeg is"
PUBLIC = ("tabellen.csv", "verwerking.json", "reproductie.csv")
MANY = 440
"""Groups with which there are small counts in every table, and a rounding is found at once."""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("poort")
    write(folder, people(MANY))
    made = step(folder, key=KEY)
    assert (made.returncode, made.stderr) == (0, "")
    return folder


@pytest.fixture
def folder(done: Path, tmp_path: Path) -> Path:
    return shutil.copytree(done, tmp_path / "poort")


def public(folder: Path) -> Any:
    return json.loads((folder / "publicatie" / "verwerking.json").read_text(encoding="utf-8"))


def leaves(folder: Path) -> None:
    """As `wi2007 uitgaven --vastleggen` keeps it, of the last release."""
    path = folder / "data" / "uitgaven" / "2022-07-01.json"
    known = register.read(path)
    register.write(path, "2022-07-01", known.with_left(known.releases[-1].nummer, "2024-09-01"))


def numbers(content: Any) -> Iterator[int]:
    """Every whole number in a record."""
    if isinstance(content, dict):
        for value in content.values():
            yield from numbers(value)
    elif isinstance(content, list):
        for value in content:
            yield from numbers(value)
    elif isinstance(content, int) and not isinstance(content, bool):
        yield content


def test_every_published_count_is_a_multiple_and_the_tables_add_up(done: Path) -> None:
    table = TIDY.checked(done / "publicatie" / "tabellen.csv")
    assert (table["aantal"] % 5 == 0).all()
    assert (table["noemer"] % 5 == 0).all()
    assert set(table["tabel"]) >= {"2.1", "2.5", "B.1", "B.7"}


def test_the_record_of_the_processing_tells_nothing_exact(done: Path) -> None:
    told = public(done)
    by_step = {one["stap"]: one["aantal"] for one in told["trechter"]}
    assert by_step["gelezen"] == by_step["uitgesloten"] + by_step["overgebleven"]
    assert by_step["uitgesloten"] in (10, 15)
    assert not [number for number in numbers({**told, "afronding": 0}) if number % 5]
    assert {**told["afronding"], "samengevoegd": None} == {
        "basis": 5,
        "afwijking": 5,
        "rest_wijkt_verder_af": False,
        "uitgave": 1,
        "samengevoegd": None,
    }
    text = json.dumps(told)
    assert all(word not in text for word in ("0a0a", "654321", "87 rijen", '"aantal": 3', '"aantal": 4'))
    assert told["levering"]["normalisaties"] == told["waarschuwingen"] == []


def test_the_funnel_and_the_tables_agree(done: Path) -> None:
    table = TIDY.checked(done / "publicatie" / "tabellen.csv")
    everybody = table.query("tabel == '2.3' and rij == 'totaal' and kolom == 'totaal'")["aantal"].item()
    assert everybody == public(done)["trechter"][-1]["aantal"]


def test_the_record_for_the_output_checker(done: Path) -> None:
    summary = json.loads((done / "outputcontrole" / "verslag.json").read_text(encoding="utf-8"))
    assert summary["verbanden_geschonden"] == summary["cellen_smaller_dan_de_afronding"] == 0
    assert 0 < summary["grootste_afwijking"] < 5
    assert summary["kleine_cellen"] > 100
    with (done / "outputcontrole" / "cellen.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert len(cells) == summary["kleine_cellen"]
    assert all(int(one["minst"]) <= int(one["aantal"]) <= int(one["meest"]) for one in cells)
    assert "INTERN" in (done / "outputcontrole" / "verslag.txt").read_text(encoding="utf-8")


def test_the_same_release_rounds_the_same_whatever_the_order_of_rows(folder: Path) -> None:
    before = [(folder / "publicatie" / name).read_bytes() for name in PUBLIC]
    table = people(MANY)
    write(folder, table.take(list(reversed(range(table.num_rows)))))
    assert step(folder, key=KEY).returncode == 0
    assert [(folder / "publicatie" / name).read_bytes() for name in PUBLIC] == before
    entered = json.loads((folder / "data" / "uitgaven" / "2022-07-01.json").read_text(encoding="utf-8"))
    assert len(entered["uitgaven"]) == 1


def test_a_release_whose_tables_were_kept_but_not_entered_is_entered_by_the_next_run(folder: Path) -> None:
    """As after a run that was killed between the two."""
    before = (folder / "publicatie" / "tabellen.csv").read_bytes()
    register = folder / "data" / "uitgaven" / "2022-07-01.json"
    entered = register.read_bytes()
    register.unlink()
    assert step(folder, key=KEY).returncode == 0
    assert (folder / "publicatie" / "tabellen.csv").read_bytes() == before
    assert register.read_bytes() == entered


@pytest.mark.parametrize("kept", ["as it went out", "damaged", "gone"])
def test_a_release_stays_what_it_was_beside_another_peildatum(
    folder: Path, tmp_path: Path, kept: str
) -> None:
    before = (folder / "publicatie" / "tabellen.csv").read_bytes()
    path = folder / "data" / "uitgaven" / "2022-07-01.1.cellen.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    if kept == "damaged":
        path.write_text("{", encoding="utf-8")
    elif kept == "gone":
        path.unlink()
    earlier = tmp_path / "eerder"
    write(earlier, people(MANY - 150), peildatum="2021-07-01")
    assert step(earlier, key=KEY).returncode == 0
    again = step(folder, key=KEY, earlier=earlier)
    assert (again.returncode, again.stderr) == (0, "")
    assert (folder / "publicatie" / "tabellen.csv").read_bytes() == before
    entered = json.loads((folder / "data" / "uitgaven" / "2022-07-01.json").read_text(encoding="utf-8"))
    assert len(entered["uitgaven"]) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"key": "een andere sleutel, ook lang"}, "een andere sleutel"),
        ({"rounding": "10"}, "een andere basis"),
        ({"people": people(MANY + 1)}, "andere gegevens"),
    ],
    ids=["key", "base", "data"],
)
def test_a_second_draw_is_refused_without_a_reason(folder: Path, change: dict[str, Any], told: str) -> None:
    leaves(folder)
    before = {path: path.read_bytes() for path in sorted((folder / "publicatie").iterdir())}
    write(folder, change.get("people", people(MANY)))
    words = {"key": change.get("key", KEY), "rounding": change.get("rounding", "5")}
    refused = step(folder, words["rounding"], key=words["key"])
    assert refused.returncode == 2
    assert told in refused.stderr
    assert "hertrekking" in refused.stderr
    assert {path: path.read_bytes() for path in before} == before
    allowed = step(folder, words["rounding"], reason="verbeterde levering", key=words["key"])
    assert (allowed.returncode, allowed.stderr) == (0, "")
    assert public(folder)["afronding"]["uitgave"] == 2
    leaves(folder)
    write(folder, people(MANY + 2))
    again = step(folder, "5", reason="verbeterde levering", key=KEY)
    assert again.returncode == 2


def test_a_release_that_never_left_is_replaced_and_that_is_told(folder: Path, tmp_path: Path) -> None:
    """As the first one of the new data: it is drawn as it would be where the other never was."""
    write(folder, people(MANY + 1))
    replaced = step(folder, key=KEY)
    assert replaced.returncode == 0
    assert "2022-07-01: uitgave 1 was niet vastgelegd" in replaced.stderr
    assert "door andere gegevens" in replaced.stderr
    assert public(folder)["afronding"]["uitgave"] == 1
    alone = tmp_path / "alleen"
    write(alone, people(MANY + 1))
    assert step(alone, key=KEY).returncode == 0
    for name in PUBLIC:
        assert (folder / "publicatie" / name).read_bytes() == (alone / "publicatie" / name).read_bytes()
    kept = [path / "data" / "uitgaven" / "2022-07-01.1.cellen.json" for path in (folder, alone)]
    assert kept[0].read_bytes() == kept[1].read_bytes()
    assert step(folder, key=KEY).stderr == ""


def test_beside_one_that_left_corrected_data_are_drawn_anew(folder: Path, tmp_path: Path) -> None:
    """With the draw of the first release only the cells of who was corrected would change (decision 0013)."""
    leaves(folder)
    write(folder, people(MANY + 1))
    assert step(folder, reason="verbeterde levering", key=KEY).returncode == 0
    alone = tmp_path / "alleen"
    write(alone, people(MANY + 1))
    assert step(alone, key=KEY).returncode == 0
    tables = [(one / "publicatie" / "tabellen.csv").read_bytes() for one in (folder, alone)]
    assert tables[0] != tables[1]


@pytest.mark.parametrize(
    ("more", "demonstration", "rounding", "warned"),
    [(5, False, "5", True), (5, False, "10", False), (MANY, False, "5", False), (5, True, "5", False)],
    ids=["few", "few, at base 10", "many", "of another kind"],
)
def test_after_few_changes_the_user_is_warned(
    done: Path, tmp_path: Path, more: int, demonstration: bool, rounding: str, warned: bool
) -> None:
    earlier = shutil.copytree(done, tmp_path / "eerder")
    write(earlier, people(MANY), demonstratie=demonstration)
    write(tmp_path / "later", people(MANY + more), peildatum="2023-07-01")
    made = step(tmp_path / "later", rounding, key=KEY, earlier=earlier)
    assert made.returncode == 0
    assert made.stderr.startswith("Let op: sinds de vorige peildatum zijn minder dan 100 mensen") == warned
    record = json.loads((tmp_path / "later" / "outputcontrole" / "verslag.json").read_text(encoding="utf-8"))
    assert record["weinig_veranderd"] == (more == 5 and not demonstration)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    write(tmp_path, people(60))
    first = step(tmp_path)
    assert first.returncode == 0
    assert "Er is een afrondsleutel gemaakt" in first.stderr
    path = tmp_path / "data" / "afrondsleutel"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data" / "uitgaven" / "2022-07-01.json").stat().st_mode) == 0o600
    key = path.read_text(encoding="utf-8").strip()
    assert len(key) == 64
    assert key not in first.stderr
    assert step(tmp_path).stderr == ""
    published = [each.read_text(encoding="utf-8") for each in (tmp_path / "publicatie").iterdir()]
    assert not any(key in text for text in published)


@pytest.mark.parametrize(("mode", "told"), [(0o640, "chmod 600"), (0o604, "chmod 600")])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int, told: str) -> None:
    write(tmp_path, people(60))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "afrondsleutel").write_text("x" * 40, encoding="utf-8")
    (tmp_path / "data" / "afrondsleutel").chmod(mode)
    refused = step(tmp_path)
    assert refused.returncode == 2
    assert told in refused.stderr
    assert not (tmp_path / "publicatie").exists()


def test_a_key_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    write(tmp_path, people(60))
    refused = step(tmp_path, key="kort")
    assert refused.returncode == 2
    assert "minder dan 16 tekens" in refused.stderr
    assert "kort\n" not in refused.stderr


def test_a_damaged_register_stops_the_step(folder: Path) -> None:
    (folder / "data" / "uitgaven" / "2022-07-01.json").write_text("{", encoding="utf-8")
    refused = step(folder, key=KEY)
    assert refused.returncode == 2
    assert "beschadigd" in refused.stderr


def test_a_demonstration_has_its_own_key_and_leaves_no_trace(tmp_path: Path) -> None:
    write(tmp_path, people(60), demonstratie=True)
    assert step(tmp_path).returncode == 0
    assert not (tmp_path / "data" / "afrondsleutel").exists()
    assert not (tmp_path / "data" / "uitgaven").exists()


@pytest.mark.parametrize(
    ("changes", "rounding", "compared"),
    [
        ({"demonstratie": True}, "5", True),
        ({"demonstratie": True, "peildatum": "2023-10-01"}, "5", False),
        ({}, "5", False),
        ({}, "uit", True),
    ],
    ids=["demonstration", "another peildatum", "real", "off"],
)
def test_the_study_is_compared_with_demonstration_data_or_off_the_record(
    tmp_path: Path, changes: dict[str, Any], rounding: str, compared: bool
) -> None:
    write(tmp_path, people(60), **changes)
    assert step(tmp_path, rounding, key=KEY).returncode == 0
    lines = (tmp_path / "publicatie" / "reproductie.csv").read_text(encoding="utf-8").splitlines()
    assert (len(lines) == 244) == compared
    assert compared or len(lines) == 1


def test_off_gives_exact_counts_without_key_or_release(tmp_path: Path) -> None:
    table: pa.Table = people(60)
    write(tmp_path, table)
    assert step(tmp_path, "uit").returncode == 0
    told = public(tmp_path)
    assert told["afronding"] is None
    assert told["trechter"] == processing(table)["trechter"]
    assert not (tmp_path / "data" / "afrondsleutel").exists()
    assert not (tmp_path / "data" / "uitgaven").exists()


def test_what_cannot_be_made_safe_ends_with_exit_1_and_leaves_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An audit that finds a cell narrower than rounding leaves, at every draw."""
    found = audit.intervals
    monkeypatch.setattr(
        audit, "intervals", lambda *a: {**found(*a), (("x", ("y",)),): Interval(3, 3, (0, 4))}
    )
    write(tmp_path, people(60))
    made = step(tmp_path, key=KEY, config=config_with(tmp_path / "config", "pogingen: 100", "pogingen: 3"))
    assert made.returncode == 1
    assert "Er is niets gemaakt" in made.stderr
    assert "afronding: 10" in made.stderr
    assert not (tmp_path / "publicatie").exists()


def config_with(folder: Path, old: str, new: str) -> Path:
    """The configuration with another rule of the gate."""
    shutil.copytree(CONFIG, folder)
    replace_in(folder / "disclosure.yaml", old, new)
    return folder


def test_a_wrong_rule_is_told_in_dutch(tmp_path: Path) -> None:
    write(tmp_path, people(60))
    config = config_with(tmp_path / "config", "aandeel: 0.9", "aandeel: 9")
    refused = step(tmp_path, key=KEY, config=config)
    assert refused.returncode == 2
    assert "is niet goed ingevuld" in refused.stderr
