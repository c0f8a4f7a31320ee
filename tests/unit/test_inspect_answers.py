"""The lines of a proposal that stand behind `#`: with the sign taken off, one answer for each question, they count."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from dialect_files import sav
from dialect_values import DATES, each
from engine_deliveries import PEILDATUM
from faults_people import GOOD, Sheet
from faults_trial import attempt
from inspect_files import Looked, look, raw

from schemas.columns import COLUMNS
from schemas.levering import Levering, Reading
from wi2007.mapping.levering import read_layout

SETTING = re.compile(r"( *)# ( *)([a-z_0-9]+|\"[^\"]*\"): ?.*")
NAMES = {*Levering.model_fields, *Reading.model_fields, *COLUMNS}


def low(text: str) -> str:
    """A date that can be read in two orders."""
    return f"{1 + int(text[6:]) % 12:02d}/{text[4:6]}/{text[:4]}"


SHEETS: dict[str, Sheet] = {
    "digits for sex": each(GOOD, ("geslacht",), lambda text: {"M": "0", "V": "1"}[text]),
    "an order that nothing proves": each(GOOD, DATES, low),
    "NA for a country": each(GOOD, ("land_van_herkomst",), lambda code: "NA" if code == "9023" else code),
    "a column that is not there": GOOD.ordered(tuple(n for n in GOOD.names if n != "nationaliteit_3")),
    "two fields alike": GOOD.renamed({"gemeentecode": "woongemeente"}).beside(
        "gemnr", GOOD.column("gemeentecode")
    ),
}  # fmt: skip


def answered(text: str) -> str:
    """The proposal with the sign taken off every setting, the first answer for each column, codes filled in."""
    codes, lines, seen = iter("MV"), [], set()
    for line in text.splitlines():
        found = SETTING.fullmatch(line)
        is_inside = found is not None and len(found[1]) + len(found[2]) > 2
        name = "" if found is None or is_inside else found[3]
        if found is None or (not is_inside and name not in NAMES):
            lines.append(line)
        elif name not in seen and not line.endswith(": VUL_IN   # de naam van het veld"):
            seen |= {name} - {""}
            plain = found[1] + line[len(found[1]) + 2 :]
            lines.append(re.sub("VUL_IN", lambda _: next(codes), plain))
    return "\n".join(lines)


def proposal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sheet: Sheet, name: str = "levering.csv"
) -> Looked:
    return look(capsys, raw(tmp_path, sheet.text(end="\r\n").encode(), name))


@pytest.mark.parametrize("case", SHEETS)
def test_answers_count_with_their_sign_taken_off(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = SHEETS[case]
    looked = proposal(tmp_path, capsys, sheet)
    assert looked.status == 2
    text = answered(looked.text)
    looked.target.write_text(text, encoding="utf-8")
    layout = read_layout(looked.target, PEILDATUM).levering
    assert layout.lezen.codering == "utf-8"
    assert layout.lezen.scheidingsteken == "puntkomma"
    assert layout.lezen.koprij == 1
    result = attempt(tmp_path / "then", {"levering.csv": sheet.bytes(), "levering.yaml": text})
    assert result.message is None, text


def labelled(labels: dict[float, str]) -> bytes:
    """The good persons as SPSS has them, with 1 for a man and 2 for a woman under these labels."""
    frame = pd.DataFrame(list(GOOD.rows), columns=list(COLUMNS), dtype=object)
    frame["geslacht"] = [{"M": 1.0, "V": 2.0}[text] for text in frame["geslacht"]]
    return sav(frame, variable_value_labels={"geslacht": labels})


LABELLED = [
    ({1.0: "Groep A", 2.0: "Groep B"}, ["waarden", "lees: waarde"]),
    ({2.0: "Man"}, ["waarden", "lees: waarde"]),
]  # fmt: skip


@pytest.mark.parametrize(("labels", "answers"), LABELLED)
def test_answers_on_labels_count_too(
    labels: dict[float, str], answers: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = labelled(labels)
    looked = look(capsys, raw(tmp_path, content, "levering.sav"))
    assert looked.status == 2
    assert all(answer in looked.text for answer in answers)
    text = answered(looked.text)
    result = attempt(tmp_path / "then", {"levering.sav": content, "levering.yaml": text})
    assert result.message is None, text


def test_codes_and_labels_that_differ_are_one_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = pd.DataFrame(list(GOOD.rows), columns=list(COLUMNS), dtype=object)
    names = {"M": "Vrouw", "V": "Man"}
    content = sav(frame, variable_value_labels={"geslacht": names})
    looked = look(capsys, raw(tmp_path, content, "levering.sav"))
    assert (looked.status, looked.verdict("geslacht")) == (2, "onzeker")
    for choice, note in (("label", "de labels gelden"), ("waarde", "de waarden gelden")):
        assert f"  # geslacht: {{kolom: geslacht, lees: {choice}}}   # {note}\n" in looked.text
    text = answered(looked.text)
    result = attempt(tmp_path / "then", {"levering.sav": content, "levering.yaml": text})
    assert result.message is None
    straight = attempt(tmp_path / "plain", {"levering.csv": GOOD.bytes()})
    turned = {"M": "V", "V": "M"}
    assert [turned[person["geslacht"]] for person in result.persons] == [
        one["geslacht"] for one in straight.persons
    ]


@pytest.mark.parametrize("man", ["H", "J", "0"])
def test_letters_that_depend_on_each_other_are_all_asked(
    man: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """M is mevrouw beside H, and meisje beside J."""
    woman = "1" if man == "0" else "M"
    sheet = each(GOOD, ("geslacht",), {"M": man, "V": woman}.__getitem__)
    looked = proposal(tmp_path, capsys, sheet)
    assert (looked.status, "geslacht" in looked.columns) == (2, False)
    for code in (man, woman):
        ours = "M" if (man, code) == ("J", "M") else "VUL_IN"
        assert re.search(rf"  #     \"?{code}\"?: {ours}   # 20 rijen", looked.text)


def test_a_question_is_never_called_ready(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for case, sheet in SHEETS.items():
        looked = proposal(tmp_path / case.replace(" ", "_"), capsys, sheet)
        assert looked.status == 2
        assert "VRAAG: " in looked.text


WORDS = [
    ("codering", "Windows-1252", "windows-1252"), ("codering", "UTF-8", "utf-8"),
    ("codering", "UTF-16 (little endian)", "utf-16"),
    ("codering", "UTF-16 (big endian)", "utf-16"), ("codering", "cp1252", "windows-1252"),
    ("scheidingsteken", "Puntkomma", "puntkomma"),
    ("scheidingsteken", '";"', "puntkomma"), ("scheidingsteken", "TAB", "tab"), ("soort", "SPSS", "sav"),
    ("soort", "Parquet", "parquet"),
    ("soort", "XLSX", "xlsx"), ("soort", '"tekst, ingepakt als zip"', "tekst"), ("aanhalingstekens", "Ja", "ja"),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "word", "ours"), WORDS)
def test_every_name_that_is_told_can_be_set(setting: str, word: str, ours: str, tmp_path: Path) -> None:
    path = raw(tmp_path, f"lezen: {{{setting}: {word}}}\n", "levering.yaml")
    assert getattr(read_layout(path, PEILDATUM).levering.lezen, setting) == ours
