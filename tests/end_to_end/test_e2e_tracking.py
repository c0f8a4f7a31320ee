"""What Snakemake keeps of a run: no digest of the delivery, and nothing made in vain while the key is there."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from shared import succeeded
from trial import ALL_STEPS, FIRST, Trial, delivery_text

from wi2007 import fingerprint
from wi2007.run.tracking import FILE

pytestmark = pytest.mark.slow


def kept(trial: Trial) -> str:
    """All that Snakemake keeps."""
    paths = (trial.directory / ".snakemake").rglob("*")
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file())


def test_a_guess_of_the_delivery_cannot_be_tried_and_another_key_changes_no_result(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    trial.deliver(FIRST, delivery_text(400))
    succeeded(trial)
    delivery = hashlib.sha256(trial.raw(FIRST).read_bytes()).hexdigest()
    guess = hashlib.sha256(
        "\0".join([fingerprint.code("exact"), f"levering {delivery} ", "eerder "]).encode()
    )
    assert trial.processed(FIRST).name in kept(trial)
    assert not [one for one in (delivery, guess.hexdigest()) if one in kept(trial)]
    assert succeeded(trial).steps == {}
    before = trial.results()
    (trial.directory / FILE).unlink()
    assert succeeded(trial).steps[FIRST] == ALL_STEPS
    assert trial.results() == before
    assert succeeded(trial).steps == {}
