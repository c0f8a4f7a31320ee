from pathlib import Path

import pytest

from wi2007.errors import UserError
from wi2007.project import Run, check_peildatum


def deliver(folder: Path, *names: str) -> Run:
    place = folder / "data" / "raw" / "2022-07-01"
    place.mkdir(parents=True)
    for name in names:
        (place / name).write_text("x")
    return Run(folder)


@pytest.mark.parametrize(
    "text", ["2022-7-1", "01-07-2022", "20220701", "2022-02-30", "juli", "", "2022-07-01 "]
)
def test_what_is_no_date_is_no_peildatum(text: str) -> None:
    with pytest.raises(UserError, match="geen peildatum"):
        check_peildatum(text)


def test_peildata_are_the_folders_in_order(tmp_path: Path) -> None:
    run = Run(tmp_path)
    for name in ("2023-10-01", "2022-07-01", ".git"):
        (run.raw / name).mkdir(parents=True)
    (run.raw / ".gitkeep").touch()
    assert run.peildata() == ["2022-07-01", "2023-10-01"]


def test_the_delivery_is_the_one_duo_file(tmp_path: Path) -> None:
    run = deliver(
        tmp_path, "Export DUO.CSV", "cbs_maatwerk.xlsx", "levering.yaml", ".~lock.csv", "lees mij.md"
    )
    assert run.delivery("2022-07-01").name == "Export DUO.CSV"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["a.csv", "b.txt"], r"2 bestanden .*: a.csv, b.txt.*levering.yaml"),
        (["cbs.xlsx"], r"geen bestand van DUO\. Zet .*\.parquet"),
        (["export.RDS", "levering.yaml"], r"andere uitgang: export.RDS\. .*\.xlsx"),
        ([f"{n}.csv" for n in range(5)], "5 bestanden die een levering van DUO kunnen zijn\\. "),
    ],
)
def test_none_or_several_files_are_refused(tmp_path: Path, names: list[str], message: str) -> None:
    with pytest.raises(UserError, match=message):
        deliver(tmp_path, *names).delivery("2022-07-01")


def test_a_peildatum_without_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="bestaat niet"):
        Run(tmp_path).delivery("2024-01-01")


@pytest.mark.parametrize(
    "name",
    [
        "a.csv",
        "a.TXT",
        "a.tsv",
        "a.tab",
        "a.asc",
        "a.dat",
        "a.xlsx",
        "a.sav",
        "a.zsav",
        "a.parquet",
        "a.pq",
        "a.csv.gz",
        "a.zip",
        "A.CSV.ZIP",
        "cbs.csv",
    ],
)
def test_every_ending_that_is_read_is_found(tmp_path: Path, name: str) -> None:
    assert deliver(tmp_path, name, "cbs_tabel.XLSX").delivery("2022-07-01").name == name


def test_a_link_out_of_the_raw_data_is_refused(tmp_path: Path) -> None:
    run = deliver(tmp_path)
    (tmp_path / "elders.csv").write_text("x")
    link = run.raw / "2022-07-01" / "levering.csv"
    link.symlink_to(tmp_path / "elders.csv")
    with pytest.raises(UserError, match=r"levering\.csv .*koppeling .*buiten data/raw"):
        run.delivery("2022-07-01")
    link.unlink()
    link.symlink_to(tmp_path / "weg.csv")
    with pytest.raises(UserError, match="een bestand dat er niet is"):
        run.delivery("2022-07-01")
    link.unlink()
    link.symlink_to(link)
    with pytest.raises(UserError, match="een bestand dat er niet is"):
        run.delivery("2022-07-01")


def test_a_link_within_the_raw_data_and_a_linked_folder_are_read(tmp_path: Path) -> None:
    run = deliver(tmp_path, "levering.csv")
    (run.raw / "2023-07-01").mkdir()
    (run.raw / "2023-07-01" / "zelfde.csv").symlink_to("../2022-07-01/levering.csv")
    assert run.delivery("2023-07-01").name == "zelfde.csv"
    (tmp_path / "schijf").mkdir()
    (tmp_path / "schijf" / "levering.csv").write_text("x")
    (run.raw / "2024-07-01").symlink_to(tmp_path / "schijf")
    assert run.delivery("2024-07-01").name == "levering.csv"
