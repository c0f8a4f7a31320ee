"""A drawing does not depend on the machine: not on matplotlib's own settings, hashing, language or time zone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HELPERS = Path(__file__).parents[1] / "helpers"
PROGRAM = """
import hashlib
from charts_sample import GENDER, draw
drawing = draw("doelgroep", "geslacht", GENDER, "pairs")
print(hashlib.sha256((drawing.wide + drawing.narrow).encode()).hexdigest())
"""
SETTINGS = """
font.size: 30
hatch.linewidth: 5
hatch.color: red
lines.antialiased: False
patch.force_edgecolor: True
path.simplify: True
savefig.bbox: tight
savefig.dpi: 300
svg.fonttype: path
text.usetex: False
"""


def drawn(**variables: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(HELPERS), **variables}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True, env=environment
    )
    return done.stdout


def test_same_bytes_everywhere(tmp_path: Path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text(SETTINGS, encoding="utf-8")
    here = drawn(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    assert len(here) == 65
    assert here == drawn(
        MATPLOTLIBRC=str(settings), PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="nl_NL.UTF-8"
    )
