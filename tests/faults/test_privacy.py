"""Privacy: a secret in every column of bad deliveries is nowhere to be found but in the deliveries themselves.

All of them are tried without starting a process. A few lie in one working directory and are refused by one run of the
whole command, once quietly and once with all messages. What is searched: standard output and error, every file outside
`data/`, and what was in the folder for temporary files while the run was on.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from faults_forms import parquet, spss, workbook, zipped
from faults_people import BETWEEN, GOOD, Sheet
from faults_secrets import SECRETS, kept, leaks, told
from faults_trial import attempt
from steps import read_delivery
from trial import Ran, Trial, copy_project, replace_in

from schemas.columns import COLUMNS
from wi2007.steps.edge import run_step

LETTERS, DIGITS, OTHERS = SECRETS


def planted(sheet: Sheet = GOOD) -> Sheet:
    """Secrets in every column: three rows that hold nothing else, and one row for each column."""
    for at, secret in enumerate(SECRETS):
        sheet = sheet.with_row(4 + at, tuple(f"{secret}" for _ in COLUMNS))
    for at, column in enumerate(COLUMNS):
        sheet = sheet.put(10 + at, column, SECRETS[at % 3] + ("" if column == "persoonsnummer" else " x"))
    return sheet


NUMBERED = Sheet(COLUMNS, tuple((f"{SECRETS[at % 3]}{at}", *row[1:]) for at, row in enumerate(GOOD.rows)))
"""Persons with a secret for a number, and otherwise good."""
BAD = planted()
TEXT, NUMBERS = BAD.text(), NUMBERED.text()
LINES = NUMBERS.splitlines()


def _formula(book: Any, page: Any) -> None:
    for column in range(len(COLUMNS)):
        page.write_formula(6, column, f'="{LETTERS}"', None, LETTERS)
        page.write_string(7, column, OTHERS)
        page.write_number(8, column, int(DIGITS) * 100_000_000 + 7)
        page.write_comment(9, column, f"{LETTERS} van {OTHERS}")
    book.set_properties({"author": LETTERS, "comments": OTHERS})


def _labels() -> bytes:
    labels = {name: {LETTERS: OTHERS, DIGITS: LETTERS} for name in COLUMNS[1:]}
    return spss(BAD, variable_value_labels=labels, note=[LETTERS, OTHERS])


DELIVERIES: dict[str, dict[str, bytes | str]] = {
    "values in text": {"levering.csv": TEXT},
    "values, quoted, in UTF-16": {"levering.txt": BAD.text("\t", "\r\n", quoted=True).encode("utf-16")},
    "rows too short and too long": {
        "levering.csv": NUMBERS.replace(";M;", f";{LETTERS};;M;", 9).replace(";V;", f"{DIGITS}", 9),
    },
    "a quotation mark that never closes": {"levering.csv": NUMBERS.replace(LETTERS, f'"{LETTERS}', 1)},
    "a quotation mark in a field": {"levering.csv": NUMBERS.replace(OTHERS, f'{OTHERS}"{OTHERS}', 1)},
    "no header": {"levering.csv": "\n".join(LINES[1:])},
    "no header, but one name": {"levering.csv": "\n".join([LINES[1].replace(";M;", ";geslacht;"), *LINES[2:]])},
    "the header runs on into the first row": {"levering.csv": NUMBERS.replace("\n", ";", 1)},
    "the header twice, a total, double numbers": {
        "levering.csv": "\n".join([*LINES, LINES[0], *LINES[1:4], f"Totaal {LETTERS}" + ";" * BETWEEN]),
    },
    "a NUL among the letters": {"levering.csv": NUMBERS.replace(OTHERS, f"{OTHERS}\0", 1)},
    "two encodings": {"levering.csv": NUMBERS.encode() + f"{LETTERS}é".encode("cp1252") + b";" * BETWEEN},
    "one line without end": {"levering.csv": LINES[0] + "\n" + f"{LETTERS};{OTHERS};" * 300_000},
    "a workbook": {"levering.xlsx": workbook(BAD, _formula)},
    "a damaged workbook": {"levering.xlsx": workbook(BAD)[:-300]},
    "SPSS with labels": {"levering.sav": _labels()},
    "damaged SPSS": {"levering.sav": spss(BAD)[:-300]},
    "Parquet": {"levering.parquet": parquet(BAD)},
    "damaged Parquet": {"levering.parquet": parquet(BAD)[:-300]},
    "a zip": {"levering.zip": zipped({"levering.csv": TEXT.encode()})},
    "a damaged zip": {"levering.zip": zipped({"levering.csv": TEXT.encode()})[:-100]},
    "a gz that is cut off": {"levering.csv.gz": gzip.compress(TEXT.encode())[:-100]},
    "a zip that hides a gz": {"levering.zip": zipped({"a.csv": gzip.compress(TEXT.encode())})},
    "a web page": {"levering.csv": f"<html><td>{LETTERS}<td>{DIGITS}<td>{OTHERS}"},
    "a levering.yaml that is no YAML": {
        "levering.csv": NUMBERS, "levering.yaml": f"kolommen: {{geslacht: [{LETTERS}, '{OTHERS}\n",
    },
    "a levering.yaml that recodes to nothing of ours": {
        "levering.csv": NUMBERS,
        "levering.yaml": f"kolommen:\n  geslacht: {{kolom: geslacht, waarden: {{{LETTERS}: Man, {DIGITS}: Vrouw}}}}\n",
    },
    "a levering.yaml that recodes and combines": {
        "levering.csv": TEXT,
        "levering.yaml": f"kolommen:\n  statuscode:\n    kolommen: [statuscode, doelgroep]\n    waarden:\n"
        f"      - {{statuscode: {LETTERS}, doelgroep: '{OTHERS}', wordt: IBP}}\n",
    },
}  # fmt: skip
ACCEPTED = "2022-07-01"
"""Numbers and a column of remarks that are secrets, and nothing wrong: the whole report is made."""
RUN = ("values in text", "no header", "a workbook", "a levering.yaml that is no YAML")
DAYS = {f"2015-{at + 1:02d}-15": name for at, name in enumerate(RUN)}


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_no_secret_is_told_of_a_bad_delivery(
    delivery: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    with kept(temporary, tmp_path / "even"):
        result = attempt(tmp_path, DELIVERIES[delivery])
    said = capfd.readouterr()
    assert result.message is not None
    assert result.nothing_lost()
    assert told("".join((result.message, said.out, said.err)).encode()) == set()
    assert leaks(result.directory) == {}
    assert leaks(tmp_path / "even", but=()) == {}
    assert list(temporary.iterdir()) == []


@dataclass(frozen=True)
class Runs:
    """What two runs left behind."""

    directory: Path
    quiet: Ran
    loud: Ran
    briefly: Path


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("geheim")
    temporary, briefly = folder / "tmp", folder / "even"
    temporary.mkdir()
    trial = Trial(folder / "werk", variables={"TMPDIR": str(temporary)})
    for day, name in DAYS.items():
        _put(trial.raw(day).parent, DELIVERIES[name])
    remarked = NUMBERED.beside("opmerking", list(SECRETS) * 13 + [LETTERS]).text()
    _put(trial.raw(ACCEPTED).parent, {"levering.csv": remarked})
    with kept(temporary, briefly):
        quiet = trial.run()
        loud = trial.run("--verbose")
    assert [path.name for path in temporary.rglob("*")] == []
    return Runs(trial.directory, quiet, loud, briefly)


def _put(folder: Path, files: dict[str, bytes | str]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.mark.slow
def test_no_secret_is_told_anywhere(runs: Runs) -> None:
    for ran in (runs.quiet, runs.loud):
        assert ran.status == 2, ran.err
        assert told(ran.out.encode()) == set()
        assert told(ran.err.encode()) == set()
    assert leaks(runs.directory) == {}
    assert leaks(runs.briefly, but=()) == {}


@pytest.mark.slow
def test_every_delivery_was_refused_and_told_by_its_day(runs: Runs) -> None:
    for day in DAYS:
        assert day in runs.quiet.err
        assert not (runs.directory / "reports" / day / "rapport.html").exists()
    assert (runs.directory / "reports" / ACCEPTED / "rapport.pdf").is_file()
    assert "Traceback" not in runs.quiet.err
    assert "Onverwachte fout" not in runs.quiet.err


@pytest.mark.slow
def test_nothing_is_left_over_in_data(runs: Runs) -> None:
    made = {path.name for path in (runs.directory / "data/processed").rglob("*") if path.is_file()}
    assert not {name for name in made if name.endswith((".deel", "uitgepakt.txt", "omgezet.txt"))}
    assert list((runs.directory / "data").rglob(".tijdelijk")) == []


def test_the_search_would_find_a_secret() -> None:
    import base64
    import zlib

    for secret in SECRETS:
        for written in (
            secret.encode(),
            f"<p>{secret}</p>".encode("utf-16"),
            secret.encode().hex().encode(),
            base64.b64encode(b"xx" + secret.encode() + b"yyyyyyyyyy"),
            base64.urlsafe_b64encode(b"data/raw/" + secret.encode()),
            b"%PDF stream\n" + zlib.compress(b"abc" * 50 + secret.encode()) + b"endstream",
            gzip.compress(secret.encode()),
            base64.b64encode(zlib.compress(secret.encode() * 3)),
        ):
            assert told(b"anything " + written + b" behind") == {secret}


BROKEN = {
    "while the file is opened": "wi2007.validation.held.open_delivery",
    "while a batch is judged": "wi2007.validation.check.check",
    "while rows are excluded": "wi2007.population.stream.excluded_by",
    "while persons are derived": "wi2007.population.persons.Deriver.persons",
    "while the numbers are kept": "wi2007.validation.unique.PersonNumbers.add",
    "while the cube is counted": "wi2007.population.cube.Cube.add",
    "while the outcome is written": "wi2007.steps.read.to_json",
    "while the report of a refusal is written": "wi2007.steps.read.write_report",
}


@pytest.fixture
def attempt_to_break(tmp_path: Path) -> Iterator[Path]:
    delivery = tmp_path / "levering.csv"
    delivery.write_text(NUMBERS, encoding="utf-8")
    yield delivery


@pytest.mark.parametrize("place", BROKEN)
@pytest.mark.parametrize("kind", [ValueError, KeyError, OSError, MemoryError])
def test_a_defect_tells_its_kind_and_its_place_only(
    place: str,
    kind: type[Exception],
    attempt_to_break: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(*args: Any, **kwargs: Any) -> Any:
        try:
            raise LookupError(f"{LETTERS} in {OTHERS}")
        except LookupError as error:
            raise kind(f"kan {DIGITS} niet lezen: {LETTERS}") from error

    monkeypatch.setattr(BROKEN[place], fail)
    if place.startswith("while the report"):
        attempt_to_break.write_text(TEXT, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        run_step(lambda: read_delivery(attempt_to_break, attempt_to_break.parent))
    said = capfd.readouterr()
    assert ended.value.code == 1
    assert "Onverwachte fout" in said.err
    assert told((said.out + said.err).encode()) == set()
    left = {path.name for path in attempt_to_break.parent.iterdir()}
    assert left == {"levering.csv"}


@pytest.mark.slow
@pytest.mark.parametrize("words", [pytest.param((), marks=pytest.mark.long), ("--verbose",)])
def test_a_defect_in_a_run_is_not_told_with_a_secret(words: tuple[str, ...], tmp_path: Path) -> None:
    project = copy_project(tmp_path / "kopie")
    replace_in(
        project / "src/wi2007/population/stream.py",
        "        which = excluded_by(",
        "        import threading, warnings\n        warnings.warn(str(numbers.to_pylist()))\n"
        "        thread = threading.Thread(target=int, args=(str(numbers.to_pylist()),))\n"
        "        thread.start()\n        thread.join()\n"
        "        raise ValueError(str(numbers.to_pylist()))\n        which = excluded_by(",
    )
    trial = Trial(tmp_path / "werk", project, {"TMPDIR": str(tmp_path)})
    _put(trial.raw("2022-07-01").parent, {"levering.csv": NUMBERS})
    ran = trial.run(*words)
    assert ran.status == 1
    assert told((ran.out + ran.err).encode()) == set()
    assert leaks(trial.directory) == {}
