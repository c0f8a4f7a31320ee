"""A quoted field that holds rows of persons is a question; a remark of several lines is a remark. Nobody is lost."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from faults_people import GOOD, SIZE, Sheet
from faults_trial import Attempt, attempt
from inspect_files import look, raw
from text_dialects import zipped

from wi2007.delivery.opening import open_source
from wi2007.delivery.problems import Problem, UnreadableError
from wi2007.delivery.source import Reading
from wi2007.delivery.text import lines, quotes, survey

RULE = quotes.JOINED
LAST = GOOD.beside("opmerking", "geen")
MIDDLE = LAST.ordered((*GOOD.names[:4], "opmerking", *GOOD.names[4:]))
FIRST = LAST.ordered(("opmerking", *GOOD.names))


def stray(
    sheet: Sheet, first: int, last: int, sign: str = ";", end: str = "\n", column: str = "opmerking"
) -> str:
    """The remark of one row begins with a mark and that of a later one ends with one. Rows are counted from 0."""
    at = sheet.names.index(column)
    rows = [list(row) for row in (sheet.names, *sheet.rows)]
    rows[first + 1][at] = '"' + rows[first + 1][at]
    rows[last + 1][at] += '"'
    return "".join(sign.join(row) + end for row in rows)


def problem_of(folder: Path, content: bytes, reading: Reading | None = None) -> Problem | None:
    path = folder / "levering.csv"
    path.write_bytes(content)
    try:
        source = open_source(path, reading or Reading(), folder / "t")
        list(source.blocks([0]))
    except UnreadableError as error:
        return error.problem
    return None


SWALLOWED = {
    "last column, rows between": (stray(LAST, 3, 7), 5, 4),
    "last column, two rows": (stray(LAST, 3, 4), 5, 1),
    "middle column": (stray(MIDDLE, 3, 7), 5, 4),
    "first column": (stray(FIRST, 3, 7), 5, 4),
    "all rows": (stray(LAST, 0, SIZE - 1), 2, SIZE - 1),
    "the header": (stray(LAST, -1, 7), 1, 8),
    "commas, CRLF": (stray(MIDDLE, 3, 7, ",", "\r\n"), 5, 4),
    "tabs, CR": (stray(LAST, 3, 7, "\t", "\r"), 5, 4),
    "streep": (stray(FIRST, 3, 7, "|"), 5, 4),
    "a column of ours": (stray(LAST, 3, 7, column="doelgroep"), 5, 4),
    "the number": (stray(LAST, 3, 7, column="persoonsnummer"), 5, 4),
    "opened in one column, closed in another": (
        stray(LAST, 3, 4).replace('"', "", 1).replace(";VOLDAAN;", ';"VOLDAAN;', 1), None, None,
    ),
    "a mark alone in both fields": (stray(LAST.everywhere("opmerking", ""), 3, 7), 5, 4),
    "a doubled mark within": (stray(LAST.everywhere("opmerking", 'zo""n'), 3, 7).replace('""n\n', 'n\n'), None, None),
    "three marks at both ends": (stray(LAST, 3, 7).replace('"', '"""'), 5, 4),
    "swallowed rows that lack a field": (
        stray(LAST, 3, 4).replace(LAST.rows[4][0] + ";", LAST.rows[4][0], 1), 5, 1,
    ),
    "behind a remark of lines": (
        stray(LAST.put(1, "opmerking", '"a\nb\nc"'), 5, 7), 7, 2,
    ),
    "separators more behind the names": (stray(LAST, 3, 7).replace("opmerking\n", "opmerking;;;\n"), 5, 4),
    "two stretches": (stray(LAST, 3, 4)[:-1] + stray(LAST, 5, 9).partition("\n")[2], 5, None),
    "a title with a mark": ('"Uitdraai van DUO\n' + stray(LAST, 4, 4).replace('"', "", 1), 1, 5),
}  # fmt: skip


@pytest.mark.parametrize("chunk", [7, 64, 1 << 18])
@pytest.mark.parametrize("case", SWALLOWED)
def test_rows_in_a_quoted_field_are_a_question(
    case: str, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "CHUNK", chunk)
    content, row, lost = SWALLOWED[case]
    problem = problem_of(tmp_path, content.encode())
    assert problem is not None
    assert problem.rule in (RULE, "aanhalingstekens") if row is None else problem.rule == RULE
    assert row is None or problem.row == row
    assert lost is None or f" {lost} regel" in problem.about
    assert "Q7K" not in problem.about


FORMS: dict[str, Callable[[str], bytes]] = {
    "UTF-16": lambda text: text.encode("utf-16"),
    "Windows-1252": lambda text: text.replace("geen", "één").encode("cp1252"),
    "BOM": lambda text: text.encode("utf-8-sig"),
    "gz": lambda text: gzip.compress(text.encode()),
    "zip": lambda text: zipped(text.encode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_it_is_asked_in_every_form_of_text(form: str, tmp_path: Path) -> None:
    problem = problem_of(tmp_path, FORMS[form](stray(MIDDLE, 3, 7)))
    assert problem is not None
    assert (problem.rule, problem.row) == (RULE, 5)
    assert "Regel 5 tot en met 9 van het bestand" in problem.about


@pytest.mark.parametrize("apart", [1000, 100_000])
def test_marks_may_be_far_apart(apart: int, tmp_path: Path) -> None:
    row = ";".join(LAST.rows[0])
    lines = [";".join(LAST.names), row, f'{row[:-4]}"geen', *[row] * (apart - 1), f'{row}"', row]
    problem = problem_of(tmp_path, "\n".join(lines).encode())
    assert problem is not None
    assert (problem.rule, problem.row) == (RULE, 3)
    assert f"{apart:,}".replace(",", ".") + " regels" in problem.about


def deliver(folder: Path, text: str, marks: str) -> Attempt:
    files: dict[str, bytes | str] = {"levering.csv": text}
    if marks:
        files["levering.yaml"] = f"lezen: {{aanhalingstekens: {marks}}}\nnormaliseren: alle\n"
    return attempt(folder, files)


def numbers(rows: Iterable[int]) -> list[str]:
    """The persoonsnummers of those rows that are not excluded."""
    asked, names = GOOD.column("gevraagde_nationaliteit"), GOOD.column("persoonsnummer")
    return [names[row] for row in rows if asked[row] != "Turks"]


@pytest.mark.parametrize("sheet", [LAST, MIDDLE])
def test_what_is_set_is_followed(sheet: Sheet, tmp_path: Path) -> None:
    text = stray(sheet, 3, 7)
    asked = deliver(tmp_path / "vraag", text, "")
    assert asked.told() == {(RULE, "", 5)}
    assert "aanhalingstekens: nee" in asked.words()
    letters = deliver(tmp_path / "nee", text, "nee")
    assert letters.message is None
    assert [person["persoonsnummer"] for person in letters.persons] == numbers(range(SIZE))
    marks = deliver(tmp_path / "ja", text, "ja")
    assert marks.message is None
    assert [person["persoonsnummer"] for person in marks.persons] == numbers([*range(4), *range(8, SIZE)])


def test_inspect_asks_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = look(capsys, raw(tmp_path, stray(LAST, 3, 7).encode(), "levering.csv"))
    assert asked.status != 0
    assert RULE in asked.err
    assert "#   aanhalingstekens: ja   # één veld van meer regels" in asked.text
    answer = asked.text.replace("# lezen:", "lezen:").replace(
        "#   aanhalingstekens: nee", "  aanhalingstekens: nee"
    )
    result = attempt(tmp_path / "run", {"levering.csv": stray(LAST, 3, 7), "levering.yaml": answer})
    assert result.message is None
    assert len(result.persons) == len(numbers(range(SIZE)))


REMARKS = {
    "of some lines": "eerst\ndan; en\r\n\ntoen",
    "with many separators in one line": "a;b;c;d;e;f;g;h;i;j",
    "with a separator on each line": "\n".join(["; "] * 50),
    "with marks": 'zo "heet"\n"dat"',
    "of one line end": "\n",
}


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("sheet", [LAST, MIDDLE, FIRST], ids=["last", "middle", "first"])
@pytest.mark.parametrize("quoted", [False, True])
def test_a_remark_of_several_lines_is_no_question(
    remark: str, sheet: Sheet, quoted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "CHUNK", 61)
    text = sheet.put(4, "opmerking", REMARKS[remark]).put(5, "opmerking", REMARKS[remark]).text(quoted=quoted)
    path = tmp_path / "levering.csv"
    path.write_bytes(text.encode())
    source = open_source(path, Reading(), tmp_path / "t")
    assert sum(len(block.rows) for block in source.blocks([0])) == SIZE


def test_rows_read_are_the_rows_that_were_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(survey.Pass):
        def survey(self) -> survey.Survey:
            seen = super().survey()
            return survey.Survey(**{**seen.__dict__, "rows": seen.rows + 1})

    monkeypatch.setattr("wi2007.delivery.text.opening.Pass", Other)
    problem = problem_of(tmp_path, GOOD.bytes())
    assert problem is not None
    assert problem.rule == "rijen_telling"
    assert "Geteld zijn er 42, gelezen 41" in problem.about
