"""A delivery in parts: the same as one file, with every refusal, and rows that are told by part."""

from __future__ import annotations

import csv
import gzip
import io
import shutil
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from engine_deliveries import PEILDATUM, Row, Run, person, random_people, text_of
from steps import read_delivery
from trial import replace_in

from schemas.columns import COLUMNS
from wi2007.cli import main
from wi2007.errors import UserError
from wi2007.project import parts_of
from wi2007.validation.outcome import from_json
from wi2007.validation.report import to_html, write_csv


def as_text(rows: Sequence[Row], path: Path) -> None:
    path.write_text(text_of(list(rows)), encoding="utf-8")


def as_packed(rows: Sequence[Row], path: Path) -> None:
    path.write_bytes(gzip.compress(text_of(list(rows)).encode()))


def as_parquet(rows: Sequence[Row], path: Path) -> None:
    pq.write_table(pa.table({name: [row[name] for row in rows] for name in COLUMNS}), path)


Write = Callable[[Sequence[Row], Path], None]
KINDS: dict[str, Write] = {".csv": as_text, ".csv.gz": as_packed, ".parquet": as_parquet}


def delivered(folder: Path, parts: Sequence[Sequence[Row]], write: Write, end: str) -> Path:
    folder.mkdir(parents=True)
    for number, rows in enumerate(parts, start=1):
        write(rows, folder / f"levering-{number:02d}{end}")
    return folder / f"levering-01{end}"


def read(delivery: Path, folder: Path) -> Run:
    """Do the step, and give what it left and told."""
    folder.mkdir(exist_ok=True)
    message = None
    try:
        read_delivery(delivery, folder)
    except UserError as error:
        message = str(error)
    with (folder / "validatie.csv").open(encoding="utf-8", newline="") as file:
        failures = list(csv.DictReader(file))
    return Run(folder, message, failures, (folder / "validatie.html").read_text(encoding="utf-8"))


def cut(rows: Sequence[Row], *at: int) -> list[Sequence[Row]]:
    return [rows[first:last] for first, last in pairwise([0, *at, len(rows)])]


@pytest.mark.parametrize("end", KINDS)
def test_parts_are_read_as_one_delivery(end: str, tmp_path: Path) -> None:
    write = KINDS[end]
    rows = random_people(700, seed=3)
    whole = read(delivered(tmp_path / "heel", [rows], write, end), tmp_path / "een")
    parts = read(delivered(tmp_path / "delen", cut(rows, 100, 101, 600), write, end), tmp_path / "meer")
    assert whole.message is parts.message is None
    for name in ("personen.parquet", "uitgesloten.parquet", "kubus.parquet", "beleid.parquet"):
        assert pq.read_table(tmp_path / "een" / name).equals(pq.read_table(tmp_path / "meer" / name)), name
    assert parts.processing["trechter"] == whole.processing["trechter"]
    about = parts.processing["levering"]
    assert about["bestand"] == f"levering-01{end} t/m levering-04{end}"
    assert {"over": "delen", "waarde": f"4 bestanden: levering-01{end} t/m levering-04{end}"}.items() <= next(
        one for one in about["lezing"] if one["over"] == "delen"
    ).items()
    assert about["bytes"] == sum(path.stat().st_size for path in (tmp_path / "delen").iterdir())
    head = 0 if write is as_parquet else 1
    edges = [0, 100, 101, 600]
    assert parts.failures == [in_part(one, edges, head, end) for one in whole.failures]
    assert {one["bestand"] for one in parts.failures} > {f"levering-0{at}{end}" for at in (1, 3, 4)}


def in_part(failure: dict[str, str], edges: Sequence[int], head: int, end: str) -> dict[str, str]:
    """The same failure as the parts have it, that begin at these persons; `head` rows stand above them."""
    if not failure["rijnummer"]:
        return {**failure, "bestand": ""}
    at = int(failure["rijnummer"]) - head - 1
    part = sum(edge <= at for edge in edges)
    own = at - edges[part - 1] + head + 1
    return {**failure, "rijnummer": str(own), "bestand": f"levering-{part:02d}{end}"}


def test_a_folder_of_parquet_is_one_delivery(tmp_path: Path) -> None:
    rows = random_people(300, seed=4)
    folder = tmp_path / "export.parquet"
    folder.mkdir()
    for number, some in enumerate(cut(rows, 150)):
        as_parquet(some, folder / f"part-{number:05d}-c0ffee.snappy.parquet")
    (folder / "_SUCCESS").touch()
    made = read(folder, tmp_path / "stap")
    assert made.message is None
    assert made.processing["trechter"][0]["aantal"] == 300
    assert made.processing["levering"]["bestand"] == "export.parquet (2 bestanden)"


def test_rows_that_are_wrong_are_told_by_part(tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 41)]
    rows[4]["gemeentecode"] = rows[12]["gemeentecode"] = rows[39]["gemeentecode"] = "9999"
    made = read(delivered(tmp_path / "delen", cut(rows, 10, 30), as_text, ".csv"), tmp_path / "stap")
    assert made.message is not None
    assert "(levering-01.csv t/m levering-03.csv) is geweigerd" in made.message
    assert "3 keer, de eerste in rij 6 van levering-01.csv" in made.message
    told = [(one["rijnummer"], one["bestand"]) for one in made.failures if one["regel"] == "codelijst"]
    assert told == [("6", "levering-01.csv"), ("4", "levering-02.csv"), ("11", "levering-03.csv")]
    assert "6 (levering-01.csv), 4 (levering-02.csv), 11 (levering-03.csv)" in made.html
    assert "elk deel telt zijn eigen rijen" in made.html


def test_the_same_person_in_two_parts_is_refused(tmp_path: Path) -> None:
    rows = [person(number) for number in (*range(1, 21), 7)]
    made = read(delivered(tmp_path / "delen", cut(rows, 10, 20), as_parquet, ".parquet"), tmp_path / "stap")
    told = [
        (one["rijnummer"], one["bestand"]) for one in made.failures if one["regel"] == "persoonsnummer_dubbel"
    ]
    assert told == [("7", "levering-01.parquet"), ("1", "levering-03.parquet")]


def test_parts_with_other_fields_are_refused(tmp_path: Path) -> None:
    first = delivered(
        tmp_path / "delen", cut([person(number) for number in range(1, 21)], 10), as_text, ".csv"
    )
    second = first.with_name("levering-02.csv")
    replace_in(second, "geslacht;geboortedatum", "geboortedatum;geslacht")
    made = read(first, tmp_path / "stap")
    assert made.rules == {("deel_anders", "")}
    assert "In levering-02.csv zijn de velden of hun volgorde anders dan in levering-01.csv." in (
        made.message or ""
    )


def test_a_part_that_is_damaged_is_named(tmp_path: Path) -> None:
    first = delivered(
        tmp_path / "delen", cut([person(number) for number in range(1, 21)], 10), as_parquet, ".parquet"
    )
    second = first.with_name("levering-02.parquet")
    second.write_bytes(second.read_bytes()[:-40])
    made = read(first, tmp_path / "stap")
    assert made.rules == {("bestand_beschadigd", "")}
    assert "Dit is in levering-02.parquet." in (made.message or "")


def test_an_empty_part_is_told_as_an_empty_file_is(tmp_path: Path) -> None:
    first = delivered(
        tmp_path / "delen", cut([person(number) for number in range(1, 21)], 10), as_text, ".csv"
    )
    first.with_name("levering-02.csv").write_text("", encoding="utf-8")
    made = read(first, tmp_path / "stap")
    assert "Dit is in levering-02.csv" in (made.message or "")


def test_a_part_without_rows_is_no_reason_to_stop(tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 21)]
    made = read(
        delivered(tmp_path / "delen", [rows[:10], [], rows[10:]], as_parquet, ".parquet"), tmp_path / "stap"
    )
    assert made.message is None
    assert made.processing["trechter"][0]["aantal"] == 20


def test_the_report_can_be_written_again_from_what_is_kept(tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 41)]
    rows[30]["doelgroep"] = ""
    rows[31]["startdatum_plicht"] = "19990101"
    made = read(delivered(tmp_path / "delen", cut(rows, 10), as_text, ".csv"), tmp_path / "stap")
    assert made.message is None
    outcome = from_json((made.folder / "validatie.json").read_text(encoding="utf-8"))
    text = io.StringIO()
    write_csv(outcome, text)
    assert text.getvalue() == (made.folder / "validatie.csv").read_text(encoding="utf-8")
    assert to_html(outcome) == made.html


def test_inspect_looks_at_all_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "data" / "raw" / PEILDATUM
    first = delivered(place, cut(random_people(300, seed=5), 100), as_text, ".csv")
    assert main(["inspect", str(first)]) == 0
    assert "levering-01.csv t/m levering-02.csv: 300 rijen" in capsys.readouterr().out
    for path in parts_of(first):
        path.unlink()
    shutil.rmtree(place)
    folder = place / "export"
    folder.mkdir(parents=True)
    as_parquet(random_people(200, seed=6), folder / "part-0.parquet")
    as_parquet(random_people(100, seed=7, first=900), folder / "part-1.parquet")
    assert main(["inspect", str(folder), "--peildatum", PEILDATUM]) == 0
    assert "export (2 bestanden): 300 rijen" in capsys.readouterr().out
