"""The key with which the workflow marks what a step depends on: the same content gives the same mark, to us alone.

Snakemake keeps these marks under `.snakemake/`, and `snakemake --report` shows them. A plain digest of a small
delivery, or of corrections, would let whoever has them try a guess. With another key everything is made again, once.
What does not belong here: the keys of the rounding (`wi2007.steps.gate.secret`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from wi2007.steps.gate.secret import make_key

FILE: Final = "data/volgsleutel"
"""From the working directory, beside the other keys."""
_SHORTEST: Final = 32


def mark(directory: Path, values: Sequence[str]) -> str:
    """Give the mark of these values in a working directory: 64 hexadecimal digits."""
    return hmac.new(_key(directory / FILE), "\0".join(values).encode(), hashlib.sha256).hexdigest()


@cache
def _key(path: Path) -> bytes:
    """The key in a file, made at first use; where that cannot be kept it is one for this run alone."""
    try:
        if path.exists() and len(path.read_bytes().strip()) < _SHORTEST:
            path.unlink()
        if not path.exists():
            make_key(path)
        return path.read_bytes().strip()
    except OSError:
        return secrets.token_bytes(_SHORTEST)
