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
    ("names", "message"), [(["a.csv", "b.txt"], "2 bestanden"), (["cbs.xlsx"], "geen bestand")]
)
def test_none_or_several_files_are_refused(tmp_path: Path, names: list[str], message: str) -> None:
    with pytest.raises(UserError, match=message):
        deliver(tmp_path, *names).delivery("2022-07-01")


def test_a_peildatum_without_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="bestaat niet"):
        Run(tmp_path).delivery("2024-01-01")
