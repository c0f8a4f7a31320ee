"""The demonstration delivery in every dialect gives the same persons and the same cube, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import demo_sheet
import pytest
from dialect_files import file_dialects
from dialects import Dialect, name_dialects, other_dialects, text_dialects, text_of, value_dialects
from engine_deliveries import arguments
from faults_people import Sheet

from wi2007.errors import UserError
from wi2007.steps import population

Made = dict[str, bytes]


def made(folder: Path, dialect: Dialect) -> Made:
    """The persons and the cube of a delivery. Raises `UserError` when it is refused."""
    folder.mkdir()
    delivery = folder / dialect.file
    delivery.write_bytes(dialect.content)
    levering = folder / "levering.yaml"
    if dialect.levering:
        levering.write_text(dialect.levering, encoding="utf-8")
    population.make(arguments(delivery, folder, levering=levering if dialect.levering else None))
    return {name: (folder / name).read_bytes() for name in ("personen.parquet", "kubus.parquet")}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Made:
    content = text_of(demo_sheet.part()).encode()
    return made(tmp_path_factory.mktemp("gewoon") / "t", Dialect("plain", "levering.csv", content))


def wrong(folder: Path, dialects: Iterator[Dialect], plain: Made) -> dict[str, str]:
    """The dialects that did not give what the plain file gives, and what they gave."""
    found = {}
    for number, dialect in enumerate(dialects):
        try:
            ours = made(folder / str(number), dialect)
        except UserError as error:
            found[dialect.name] = str(error)
            continue
        differs = [name for name in plain if ours[name] != plain[name]]
        if differs:
            found[dialect.name] = f"other bytes in {' and '.join(differs)}"
    return found


@pytest.mark.parametrize(
    "dialects",
    [text_dialects, name_dialects, value_dialects, other_dialects, file_dialects],
    ids=lambda some: some.__name__,
)
def test_every_dialect_gives_the_same_bytes(
    tmp_path: Path, plain: Made, dialects: Callable[[Sheet], Iterator[Dialect]]
) -> None:
    assert wrong(tmp_path, dialects(demo_sheet.part()), plain) == {}
