"""The demonstration delivery is the same bytes whatever surrounds the process that writes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shared import Made
from trial import FIRST, LONG, digests

from wi2007.project import FOLLOW_UP_PEILDATUM

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
@pytest.mark.parametrize(
    "surroundings",
    [SURROUNDINGS[0], *(pytest.param(one, marks=pytest.mark.long) for one in SURROUNDINGS[1:])],
)
def test_the_same_bytes_in_other_surroundings(
    demonstration: Made, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    for write, peildatum in (("write_delivery", FIRST), ("write_follow_up", FOLLOW_UP_PEILDATUM)):
        folder = tmp_path / write
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", WRITE.format(write), str(folder)],
            env={**os.environ, **surroundings},
            cwd=tmp_path,
            timeout=LONG,
            check=True,
        )
        assert digests(folder).items() <= digests(demonstration.trial.raw(peildatum).parent).items()
