"""Which peildata a run makes, from what is there, what is configured and what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from wi2007 import settings
from wi2007.errors import UserError
from wi2007.mapping.levering import delivery_of, find_layout
from wi2007.project import Run
from wi2007.run.choice import NOTHING, choose, is_empty, previous, wants_demonstration


@pytest.fixture
def run(tmp_path: Path) -> Run:
    for peildatum in ("2024-07-01", "2022-07-01"):
        folder = tmp_path / "data/raw" / peildatum
        folder.mkdir(parents=True)
        (folder / "levering.csv").touch()
    return Run(tmp_path)


def test_every_folder_in_order_of_date(run: Run) -> None:
    assert choose(run, (), None).peildata == ("2022-07-01", "2024-07-01")


def test_the_configuration_goes_above_the_folders_and_the_command_above_the_configuration(run: Run) -> None:
    assert choose(run, (), ["2024-07-01"]).peildata == ("2024-07-01",)
    assert choose(run, ["2022-07-01", "2022-07-01"], ["2024-07-01"]).peildata == ("2022-07-01",)


def test_what_cannot_be_made_does_not_hold_up_the_rest(run: Run) -> None:
    choice = choose(run, ["2022-07-01", "2023-07-01", "gisteren"], None)
    assert choice.peildata == ("2022-07-01",)
    assert len(choice.problems) == 2


@pytest.mark.parametrize("name", [None, ".gitkeep", ".2022-07-01.deel"])
def test_nothing_there_asks_for_the_demonstration(tmp_path: Path, name: str | None) -> None:
    run = Run(tmp_path)
    if name:
        run.raw.mkdir(parents=True)
        (run.raw / name).touch()
    assert is_empty(run)
    assert wants_demonstration(run, [])
    assert wants_demonstration(run, ["2022-07-01"])
    assert not wants_demonstration(run, ["2024-07-01"])
    assert choose(run, (), None).problems == (NOTHING,)


def test_a_delivery_or_a_loose_file_is_something(run: Run, tmp_path: Path) -> None:
    assert not wants_demonstration(run, [])
    loose = Run(tmp_path / "los")
    loose.raw.mkdir(parents=True)
    (loose.raw / "levering.csv").touch()
    assert not wants_demonstration(loose, [])
    assert len(choose(loose, (), None).problems) == 1


def configuration(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_date_may_stand_with_or_without_quotes(tmp_path: Path) -> None:
    text = "peildata: [2024-07-01, '2022-07-01', 2024-07-01]\nrekenkernen: 3\n"
    read = settings.read(configuration(tmp_path, text))
    assert read.chosen_peildata() == ["2022-07-01", "2024-07-01"]
    assert read.cores() == 3


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    read = settings.read(configuration(tmp_path, "peildata: alle\n"))
    assert (read.chosen_peildata(), read.cores()) == (None, None)


def test_the_configuration_of_the_project_is_right() -> None:
    read = settings.read()
    assert (read.chosen_peildata(), read.cores()) == (None, None)


@pytest.mark.parametrize(
    "text", ["rekenkernen: -1", "rekenkernen: 1.5", "rekenkernen: true", "peildata: 2022-07-01", "a: 1"]
)
def test_a_wrong_value_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="regel 2,"):
        settings.read(configuration(tmp_path, f"# kop\n{text}\n"))


def test_the_layout_of_the_configuration_holds_for_all_or_by_peildatum(tmp_path: Path) -> None:
    one = settings.read(configuration(tmp_path, "indeling: standaard"))
    assert one.layout("2022-07-01") == "standaard"
    several = settings.read(configuration(tmp_path, "indeling: {2022-07-01: a, '2024-07-01': b}"))
    assert [several.layout(f"{year}-07-01") for year in (2022, 2023, 2024)] == ["a", None, "b"]
    assert settings.read(configuration(tmp_path, "peildata: alle")).layout("2022-07-01") is None
    for wrong in ("indeling: [a]", "indeling: {gisteren: a}", "indeling: ''"):
        with pytest.raises(UserError, match="config/deliveries"):
            settings.read(configuration(tmp_path, wrong))


def test_levering_yaml_says_which_file_is_the_delivery(run: Run) -> None:
    folder = run.raw / "2022-07-01"
    (folder / "ander.csv").touch()
    assert choose(run, ["2022-07-01"], None).peildata == ()
    (folder / "levering.yaml").write_text("bestand: ander.csv", encoding="utf-8")
    assert choose(run, ["2022-07-01"], None).peildata == ("2022-07-01",)
    layout = find_layout(folder, "2022-07-01", None)
    assert delivery_of(run, "2022-07-01", layout) == folder / "ander.csv"


def test_a_wrong_levering_yaml_or_layout_does_not_hold_up_the_rest(run: Run) -> None:
    (run.raw / "2022-07-01" / "levering.yaml").write_text("bestand: weg.csv", encoding="utf-8")
    choice = choose(run, (), None)
    assert choice.peildata == ("2024-07-01",)
    assert "regel 1: dit bestand staat niet in data/raw/2022-07-01/" in choice.problems[0]
    other = choose(run, (), None, {"2024-07-01": "onbekend"}.get)
    assert other.peildata == ()
    assert "In config/config.yaml noemt 'indeling'" in other.problems[1]


def test_a_cbs_yaml_that_cannot_be_used_is_told_before_anything_is_made(run: Run) -> None:
    folder = run.raw / "2022-07-01"
    (folder / "cbs.yaml").write_text("bladen: nee\n", encoding="utf-8")
    assert choose(run, (), None).problems == ()
    (folder / "cbs_maatwerk.xlsx").touch()
    choice = choose(run, (), None)
    assert choice.peildata == ("2024-07-01",)
    assert "cbs.yaml is niet goed ingevuld" in choice.problems[0]


KINDS = {"2021-07-01": "P1", "2022-07-01": "DEMO1", "2023-10-01": "DEMO1", "2024-07-01": "P1"}


@pytest.fixture
def mixed(tmp_path: Path) -> Run:
    """Real deliveries around those of the demonstration."""
    for name, person in KINDS.items():
        folder = tmp_path / "data" / "raw" / name
        folder.mkdir(parents=True)
        (folder / "levering.csv").write_bytes(f"persoonsnummer;geslacht\r\n{person};M\r\n".encode())
    return Run(tmp_path)


@pytest.mark.parametrize(
    ("peildatum", "earlier"),
    [("2021-07-01", None), ("2022-07-01", None), ("2023-10-01", "2022-07-01"), ("2024-07-01", "2021-07-01")],
)
def test_a_delivery_is_compared_with_the_nearest_of_its_own_kind(
    mixed: Run, peildatum: str, earlier: str | None
) -> None:
    assert previous(mixed, peildatum, mixed.delivery) == earlier


def test_beside_real_deliveries_the_demonstration_is_made_only_when_it_is_named(mixed: Run) -> None:
    choice = choose(mixed, (), None)
    assert choice.peildata == ("2021-07-01", "2024-07-01")
    assert "De demonstratie (2022-07-01, 2023-10-01) is overgeslagen" in choice.notes[0]
    assert choose(mixed, ["2022-07-01"], None).peildata == ("2022-07-01",)
    assert choose(mixed, (), ["2022-07-01"]).notes == ()
