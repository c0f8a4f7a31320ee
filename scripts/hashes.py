"""Write the requirements of a lock with the SHA-256 of every file that uv.lock has of them, for pip.

    python3 scripts/hashes.py requirements.lock > with-hashes.txt

pip then takes no file that was not locked, wherever it comes from. Runs with any Python from 3.11, without libraries.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def hashes() -> dict[tuple[str, str], list[str]]:
    """The hashes of all files of a package and version."""
    found: dict[tuple[str, str], list[str]] = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]:
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        found[package["name"], package.get("version", "")] = [file["hash"] for file in files]
    return found


def with_hashes(lines: list[str]) -> list[str]:
    """Each requirement with its hashes. Raises `KeyError` for one that is not locked."""
    known, made = hashes(), []
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        requirement, _, marker = (part.strip() for part in line.partition(";"))
        name, _, version = requirement.partition("==")
        plain = re.sub(r"[-_.]+", "-", name.split("[")[0]).lower()
        made.append(
            " ".join(
                [
                    requirement,
                    *([f"; {marker}"] if marker else []),
                    *(f"--hash={one}" for one in known[plain, version]),
                ]
            )
        )
    return made


if __name__ == "__main__":
    print("\n".join(with_hashes((ROOT / sys.argv[1]).read_text(encoding="utf-8").splitlines())))
