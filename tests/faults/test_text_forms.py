"""Forms of text that have one reading: each gives the persons of the good delivery, and what was done is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults_people import BETWEEN, GOOD, SIZE, Sheet
from faults_trial import Attempt, attempt

from schemas.columns import COLUMNS
from wi2007.delivery.text import lines
from wi2007.delivery.text import rows as reader

HEADER, *ROWS = GOOD.text().splitlines()
TEXT = GOOD.text()
PERSONS = [row[0] for row in GOOD.rows if row[4] != "Turks"]
EMPTY = ";" * BETWEEN


def text(*parts: str | list[str], end: str = "\n") -> bytes:
    """Lines, and lists of lines, one after the other."""
    every = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    return end.join([*every, ""]).encode()


def numbered(how: str, rows: list[str] = ROWS) -> list[str]:
    return [f"{how.format(at)};{row}" for at, row in enumerate(rows, 1)]


def quoted(sheet: Sheet, sign: str, mark: str = "'") -> bytes:
    """Every field between marks, as sqlite3 and MySQL write them."""
    rows = [sheet.names, *sheet.rows]
    return text([sign.join(mark + field.replace(mark, 2 * mark) + mark for field in row) for row in rows])


TITLED = ["Uitdraai; stand 1 juli 2024", ""]
NAMED = GOOD.beside("plaats", ["'s-Gravenhage", "'S-GRAVENHAGE", "O'Brien;\n'x'", "", "''"] * (SIZE // 5))
STROKES = ";".join("-" * len(name) for name in COLUMNS)
TYPES = "varchar(20);char(1);date;int;nvarchar(20);integer;int;int;int;char(4);varchar2(30 );date;date;text"

# What it is, the bytes, and what is told of it: a rule in validatie.csv, or the subject of a decision.
FORMS: dict[str, tuple[bytes, str]] = {
    "a separator behind every row": (text(HEADER, [row + ";" for row in ROWS]), "extra_veld"),
    "three separators behind every row": (text(HEADER, [row + ";;;" for row in ROWS]), "extra_veld"),
    "spaces behind a separator more": (text(HEADER, [row + "; " for row in ROWS]), "extra_veld"),
    "a separator behind the names only": (text(HEADER + ";", ROWS), "extra_veld"),
    "a separator behind names and rows": (text(HEADER + ";", [row + ";" for row in ROWS]), "koprij"),
    "R's row numbers": (text(HEADER, numbered("{}")), "extra_veld"),
    "R's row numbers, quoted": (text(HEADER, numbered('"{}"')), "extra_veld"),
    "R's row numbers after sorting": (text(HEADER, [*numbered("{}")[20:], *numbered("{}")[:20]]), "extra_veld"),
    "numbers from 0": (text(HEADER, [f"{at};{row}" for at, row in enumerate(ROWS)]), "extra_veld"),
    "the index of pandas": (text(";" + HEADER, numbered("{}")), "kolom_onbekend"),
    "a title and an empty line": (text(TITLED, TEXT.splitlines()), "opschrift"),
    "a title and a row of separators": (text("Uitdraai" + EMPTY, EMPTY, TEXT.splitlines()), "opschrift"),
    "titles with one of our names": (text("geslacht; 2; 3", "1;2;3;4", "statuscode,x", TEXT.splitlines()), "opschrift"),
    "a title with commas": (text("a,b,c,d,e,f", TEXT.splitlines()), "opschrift"),
    "a title with a sign and a note": (text("sep=;", "DUO;x", TEXT.splitlines()), "opschrift"),
    "rows of separators": (text(HEADER, EMPTY, ROWS[:9], EMPTY, EMPTY, ROWS[9:], EMPTY), "lege_regel"),
    "rows of spaces": (text(HEADER, " ", ROWS[:9], "\t", ROWS[9:], "   ", ""), "lege_regel"),
    "rows of spaces between separators": (text(HEADER, ROWS, " ;" * BETWEEN, "\xa0;" * BETWEEN, ";;"), "lege_regel"),
    "rows of nothing in marks": (text(HEADER, ROWS[:3], '"";' * BETWEEN + '""', ROWS[3:], '""'), "lege_regel"),
    "single marks": (quoted(GOOD, ";"), "enkele aanhalingstekens"),
    "single marks, commas": (quoted(NAMED, ","), "enkele aanhalingstekens"),
    "single marks below bare names": (text(HEADER) + quoted(GOOD, ";").partition(b"\n")[2], "enkele aanhalingstekens"),
    "single marks, numbers and NULL bare": (
        quoted(GOOD, ";").replace(b"''", b"NULL").replace(b"'0363'", b"363"), "enkele aanhalingstekens",
    ),
    "a space before the mark": (quoted(GOOD, "; ", '"'), "De spaties tussen"),
    "spaces around the separator": (quoted(NAMED, "   , ", '"'), "De spaties tussen"),
    "single marks with a space": (quoted(NAMED, " ; "), "enkele aanhalingstekens"),
    "values with single marks": (NAMED.bytes(), "kolom_onbekend"),
    "Ctrl-Z on a line of its own": (TEXT.encode() + b"\x1a", "einde"),
    "Ctrl-Z behind the last row": (TEXT.rstrip().encode() + b"\x1a", "einde"),
    "Ctrl-Z with a line end": (TEXT.encode() + b"\x1a\r\n", "einde"),
    "Ctrl-Z behind a mark": (GOOD.text(quoted=True).rstrip().encode() + b"\x1a\x1a", "einde"),
    "two byte order marks": (("\ufeff\ufeff" + TEXT).encode(), "twee merktekens"),
    "two byte order marks, UTF-16": (("\ufeff\ufeff" + TEXT).encode("utf-16-le"), "twee merktekens"),
    "two byte order marks, quoted": (("\ufeff\ufeff" + GOOD.text(quoted=True)).encode(), "twee merktekens"),
    "the count of sqlcmd": (text(HEADER, STROKES, ROWS, "", "(40 rows affected)"), "rij_voet"),
    "the count of psql": (text(HEADER, ROWS, "(40 rows)"), "rij_voet"),
    "a count in Dutch": (text(HEADER, ROWS, "40 rijen", ""), "rij_voet"),
    "a count and a Ctrl-Z": (text(HEADER, ROWS, "40 rijen geselecteerd.") + b"\x1a", "rij_voet"),
    "a word for the count": (text(HEADER, ROWS, "", "Aantal records: 40"), "rij_voet"),
    "the end": (text(HEADER, ROWS, "-- einde", end="\r\n"), "rij_voet"),
    "the end, with stars": (text(HEADER, ROWS, "*** Einde bestand ***", "Time: 12,3 ms"), "rij_voet"),
    "strokes below the rows": (text(HEADER, ROWS, "-----", "-----"), "rij_voet"),
    "strokes below the names": (text(HEADER, STROKES, ROWS), "rij_opmaak"),
    "one stroke below the names": (text(HEADER, "-----+-----", ROWS), "rij_opmaak"),
    "types below the names": (text(HEADER, TYPES, ROWS), "rij_opmaak"),
    "strokes and types": (text(HEADER, TYPES, STROKES, ROWS), "rij_opmaak"),
    "types of R": (text(HEADER, ";".join(["<chr>"] * BETWEEN + ["<dbl>"]), ROWS), "rij_opmaak"),
    "all at once": (text(TITLED, HEADER, STROKES, EMPTY, [r + ";" for r in ROWS], "(40 rows)"), "extra_veld"),
}  # fmt: skip


def told(result: Attempt) -> str:
    decisions = [
        text for decision in result.record["lezing"] for text in (decision["over"], decision["waarom"])
    ]
    return " ".join([*decisions, *(rule for rule, _, _ in result.told("waarschuwing"))])


@pytest.mark.parametrize("form", FORMS)
def test_a_form_with_one_reading_is_read(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "CHUNK", 97)
    monkeypatch.setattr(reader, "BLOCK_BYTES", 1200)
    content, expected = FORMS[form]
    result = attempt(tmp_path, {"levering.csv": content})
    assert result.message is None, result.told()
    assert sorted(person["persoonsnummer"] for person in result.persons) == PERSONS
    assert expected in told(result)


BOTH = [f"{at};{row};" for at, row in enumerate([row.rpartition(";")[0] for row in ROWS], 1)]
REFUSED: dict[str, tuple[bytes, set[str]]] = {
    "the last field not empty everywhere": (text(HEADER, [r + ";" for r in ROWS[1:]], ROWS[0] + ";x"), {"extra_veld"}),
    "the first field no count": (text(HEADER, numbered("r{}")), {"extra_veld"}),
    "row numbers and a separator more": (text(HEADER, [row + ";" for row in numbered("{}")]), {"rij_aantal_velden"}),
    "either of two": (text(HEADER, BOTH), {"extra_veld"}),
    "some rows longer": (text(HEADER, ROWS[:9], [row + ";" for row in ROWS[9:]]), {"rij_aantal_velden"}),
    "another count": (text(HEADER, ROWS[1:], "(40 rows affected)"), {"rij_voet_telling"}),
    "another count, packed in words": (text(HEADER, ROWS, "Totaal aantal personen: 41"), {"rij_voet_telling"}),
    "cut off in a number": (text(HEADER, ROWS, "Q7K000"), {"rij_aantal_velden"}),
    "a number in a footer's place": (text(HEADER, ROWS, "123456"), {"rij_aantal_velden"}),
    "a footer between the rows": (text(HEADER, ROWS[:9], "(9 rows affected)", ROWS[9:]), {"rij_aantal_velden"}),
    "strokes between the rows": (text(HEADER, ROWS[:9], "-----", ROWS[9:]), {"rij_aantal_velden"}),
    "Ctrl-Z between the rows": (text(HEADER, ROWS[:9], "\x1a", ROWS[9:]), {"rij_aantal_velden"}),
    "a mark of the beginning between": (("\ufeff\ufeff" + TEXT + "\ufeff").encode(), {"bom_midden"}),
    "single marks, one gone": (quoted(GOOD, ";").replace(b"'V'", b"'V", 1), {"aanhalingstekens", "codelijst"}),
    "rows as wide as the names above them": (text(ROWS[0], HEADER, ROWS[1:]), {"kop_ontbreekt"}),
}  # fmt: skip


@pytest.mark.parametrize("form", REFUSED)
def test_what_is_not_certain_is_refused_with_its_cause(form: str, tmp_path: Path) -> None:
    content, rules = REFUSED[form]
    result = attempt(tmp_path, {"levering.csv": content})
    assert result.message is not None
    assert {rule for rule, _, _ in result.told()} & rules
    assert "Q7K" not in result.words()


@pytest.mark.parametrize(
    ("content", "which"),
    [
        (text(HEADER, numbered("r{}")), "eerste"),
        (text(HEADER, [row + ";x" for row in ROWS]), "laatste"),
    ],
)
def test_the_field_without_a_name_can_be_set(content: bytes, which: str, tmp_path: Path) -> None:
    levering = f"lezen: {{extra_veld: {which}}}\nnormaliseren: alle\n"
    result = attempt(tmp_path, {"levering.csv": content, "levering.yaml": levering})
    assert result.message is None
    assert [person["persoonsnummer"] for person in result.persons] == PERSONS


def test_a_title_is_passed_over_where_only_levering_knows_the_names(tmp_path: Path) -> None:
    sheet = GOOD.renamed({name: f"V{at}" for at, name in enumerate(COLUMNS)})
    lines = "".join(f"  {name}: V{at}\n" for at, name in enumerate(COLUMNS))
    files = {"levering.csv": "Uitdraai; 2024\n\n" + sheet.text(), "levering.yaml": f"kolommen:\n{lines}"}
    result = attempt(tmp_path, files)
    assert result.message is None
    assert [person["persoonsnummer"] for person in result.persons] == PERSONS


def test_rows_of_another_length_say_how_long_they_are(tmp_path: Path) -> None:
    result = attempt(tmp_path, {"levering.csv": text(HEADER, ROWS[:9], [row + ";" for row in ROWS[9:]])})
    assert (
        f"Een rij hoort {len(COLUMNS)} velden te hebben; hier zijn het er {len(COLUMNS) + 1}."
        in result.words()
    )


def test_every_row_is_in_the_account(tmp_path: Path) -> None:
    content = text(TITLED, HEADER, STROKES, EMPTY, ROWS, "", "(40 rows)", "-- einde")
    result = attempt(tmp_path, {"levering.csv": content})
    assert result.message is None
    page = (result.reports / "validatie.html").read_text(encoding="utf-8")
    assert "Opmaak of voetregel" in page
    assert result.told("waarschuwing") == {
        ("rij_opmaak", "", 4),
        ("lege_regel", "", 5),
        ("lege_regel", "", 46),
        ("rij_voet", "", 47),
        ("rij_voet", "", 48),
    }
