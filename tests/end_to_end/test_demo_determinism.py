"""The demonstration delivery is the same bytes whatever surrounds the process that writes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRITE = "import pathlib, sys; from wi2007 import demo; demo.{}(pathlib.Path(sys.argv[1]))"

SURROUNDINGS = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8", "OMP_NUM_THREADS": "7"},
    {
        "PYTHONHASHSEED": "3",
        "PYTHONUTF8": "0",
        "LC_ALL": "POSIX",
        "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX2 FMA3",
    },
]


@pytest.mark.slow
@pytest.mark.parametrize("write", ["write_delivery", "write_follow_up"])
def test_the_same_bytes_in_other_surroundings(tmp_path: Path, write: str) -> None:
    contents = set()
    for number, surroundings in enumerate(SURROUNDINGS):
        folder = tmp_path / str(number) / "peildatum"
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", WRITE.format(write), str(folder)],
            env={**os.environ, **surroundings},
            cwd=tmp_path,
            check=True,
        )
        contents.add(tuple((path.name, path.read_bytes()) for path in sorted(folder.iterdir())))
    assert len(contents) == 1
