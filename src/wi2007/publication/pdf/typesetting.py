"""Run Typst on the template, with the fonts of the project alone."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from wi2007.publication import fonts

STANDARDS: Final[list[Any]] = ["ua-1", "a-3a"]
TEMPLATE: Final = Path(__file__).with_name("report.typ")


@dataclass(frozen=True)
class Spot:
    """Where a block begins (`name` is that of the block) or ends (no name): the page, and millimetres from its top."""

    name: str
    page: int
    y: float


class Typesetter:
    """The template with its input: where its blocks come to stand, and the PDF."""

    def __init__(self, report: Mapping[str, Any], day: date) -> None:
        self._day = day
        self._compiler = typst.Compiler(
            TEMPLATE,
            root=TEMPLATE.parent,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(report, ensure_ascii=False)},
        )

    def spots(self) -> list[Spot]:
        """Tell where blocks begin and end, in their order."""
        return [Spot(**spot) for spot in json.loads(self._compiler.query("<spot>", field="value"))]

    def pdf(self) -> bytes:
        """Make the PDF. Raises `ValueError` when the typesetter warns, `typst.TypstError` when it is not accessible."""
        moment = datetime(self._day.year, self._day.month, self._day.day, tzinfo=UTC)
        pdf, warnings = self._compiler.compile_with_warnings(
            format="pdf", pdf_standards=STANDARDS, timestamp=int(moment.timestamp())
        )
        if warnings:
            raise ValueError("; ".join(warning.message for warning in warnings))
        if not isinstance(pdf, bytes):
            raise TypeError("the typesetter gave no single PDF")
        return pdf


@cache
def _fonts() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        for face in fonts.PDF_FACES:
            Path(folder, face.original.name).symlink_to(face.original)
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
