"""The step as a process: exit status, what it says, what it imports, and the same bytes anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from engine_deliveries import PEILDATUM, person, random_people, text_of

from wi2007.project import ROOT

HEAVY = ("scipy", "matplotlib", "typst", "snakemake", "tqdm", "hypothesis", "duckdb")


def step(
    folder: Path, content: str, peildatum: str = PEILDATUM, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The step as a process, on a delivery in its place under `folder`."""
    raw = folder / "data" / "raw" / peildatum
    raw.mkdir(parents=True, exist_ok=True)
    (raw / "levering.csv").write_text(content, encoding="utf-8")
    return process(folder, peildatum, **environment)


def process(folder: Path, peildatum: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wi2007.steps", "read", peildatum],
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"} | environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=600,
    )


def program(code: str, delivery: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Another process that may use the helpers of the tests, with the code of this checkout."""
    places = (ROOT / "tests" / "helpers", ROOT / "src", ROOT)
    return subprocess.run(
        [sys.executable, "-c", code, str(delivery), str(folder)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places))},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=600,
    )


def made(folder: Path) -> Path:
    return folder / "data" / "processed" / PEILDATUM


def test_an_accepted_delivery_says_nothing(tmp_path: Path) -> None:
    done = step(tmp_path, text_of(random_people(50)))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_refused_delivery_ends_with_2_and_a_short_message(tmp_path: Path) -> None:
    done = step(
        tmp_path, text_of([person(at, geslacht="GEHEIM", gemeentecode=f"g{at}") for at in range(500)])
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(
        f"De levering voor peildatum {PEILDATUM} (levering.csv) is geweigerd: 1.000 fouten"
    )
    assert len(done.stderr) < 1000
    assert "Traceback" not in done.stderr
    report = tmp_path / "reports" / PEILDATUM / "intern"
    assert "GEHEIM" not in done.stderr + (report / "validatie.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in report.iterdir()) == ["validatie.csv", "validatie.html"]
    assert not any(made(tmp_path).iterdir())


@pytest.mark.parametrize("fault", ["no file", "a folder", "no date"])
def test_a_delivery_that_cannot_be_opened_is_refused(fault: str, tmp_path: Path) -> None:
    delivery = tmp_path / "data" / "raw" / PEILDATUM / "levering.csv"
    delivery.parent.mkdir(parents=True)
    if fault == "a folder":
        delivery.mkdir()
    done = process(tmp_path, "2022-07" if fault == "no date" else PEILDATUM)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_same_bytes_in_any_surroundings(tmp_path: Path) -> None:
    content = text_of(random_people(2000))
    surroundings = [
        {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "nl_NL.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "OMP_NUM_THREADS": "1"},
        {"PYTHONHASHSEED": "3", "ARROW_NUM_THREADS": "7", "OMP_NUM_THREADS": "7"},
    ]
    names = [
        "personen.parquet",
        "uitgesloten.parquet",
        "kubus.parquet",
        "uitstroom.parquet",
        "beleid.parquet",
        "verwerking.json",
        "validatie.json",
        "verdeling.json",
    ]
    found = []
    for number, environment in enumerate(surroundings):
        folder = tmp_path / str(number)
        assert step(folder, content, **environment).returncode == 0
        found.append([(made(folder) / name).read_bytes() for name in names])
    assert found[0] == found[1] == found[2]


def test_a_run_imports_nothing_heavy(tmp_path: Path) -> None:
    delivery = tmp_path / "levering.csv"
    delivery.write_text(text_of(random_people(20)), encoding="utf-8")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from steps import read_delivery\n"
        "import pandera, pandas\n"
        "sys.modules['hypothesis'] = None\n"
        "read_delivery(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        f"print([name for name in {HEAVY} if sys.modules.get(name)])\n"
    )
    done = program(code, delivery, tmp_path)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("screen", ["screen", "nowhere/screen"])
def test_a_bar_on_the_screen_that_is_named(screen: str, tmp_path: Path) -> None:
    terminal = tmp_path / screen
    done = step(tmp_path / "run", text_of(random_people(50)), WI2007_PROGRESS=str(terminal))
    assert (done.returncode, done.stderr) == (0, "")
    if terminal.parent.exists():
        assert "rijen gelezen" in terminal.read_text(encoding="utf-8")


@pytest.mark.long
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """The larger file is more bytes larger than half of the first peak, so it cannot have been kept."""
    header, rows = text_of(random_people(20_000)).split("\n", 1)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from steps import read_delivery\n"
        "from memory import peak_kb\n"
        "from wi2007.delivery.text import rows as reader\n"
        "from wi2007.validation import unique\n"
        "reader.BLOCK_BYTES, reader.BATCH_ROWS, unique.LIMIT_BYTES = 1 << 20, 20_000, 1 << 20\n"
        "read_delivery(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print(peak_kb())\n"
    )
    peaks = []
    for times in (60, 180):
        delivery = tmp_path / "levering.csv"
        with delivery.open("w", encoding="utf-8") as file:
            file.write(header + "\n")
            for number in range(times):
                file.write(rows.replace("P0", f"P{number:02d}"))
        done = program(code, delivery, tmp_path)
        peaks.append(int(done.stdout.split()[-1]))
    assert peaks[1] < 1.5 * peaks[0]
