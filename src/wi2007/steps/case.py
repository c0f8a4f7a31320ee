"""What a step is given: a peildatum in a working directory, and where its files are."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wi2007.project import Run


@dataclass(frozen=True)
class Case:
    """One peildatum; `earlier` is the peildatum before it, if any, and `rounding` is 5, 10 or uit.

    A `draft` is made in folders of its own, from those of drafts, and is no release.
    """

    peildatum: str
    directory: Path = field(default_factory=Path.cwd)
    earlier: str | None = None
    rounding: str = "5"
    draft: bool = False

    @property
    def run(self) -> Run:
        """The data and reports of the working directory."""
        return Run(self.directory, self.draft)

    @property
    def report(self) -> Path:
        """Where readers find the report."""
        return self.run.report(self.peildatum)

    @property
    def internal(self) -> Path:
        """Where the researcher finds what no reader gets."""
        return self.run.internal(self.peildatum)

    def made(self, name: str) -> Path:
        """Give the place of a file between delivery and report, named as in `wi2007.pipeline`."""
        return self.run.processed(self.peildatum) / name

    def before(self, name: str) -> Path | None:
        """Give the place of a file of the peildatum before; None when there is no such peildatum."""
        return self.run.processed(self.earlier) / name if self.earlier else None

    def text(self, name: str) -> str:
        """Read a file between delivery and report."""
        return self.made(name).read_text(encoding="utf-8")

    def json(self, name: str) -> Any:
        """Read a JSON file between delivery and report."""
        return json.loads(self.text(name))
