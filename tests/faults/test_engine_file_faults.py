"""Files that cannot be read, or only just: each ends in a clear refusal or in the right rows, never in a guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_deliveries import person, run, text_of

from schemas.columns import COLUMNS

HEADER = ";".join(COLUMNS)
ROWS = [person(number) for number in range(1, 6)]
GOOD = text_of(ROWS)
LINES = GOOD.splitlines()


def joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


REFUSED = {
    "empty file": (b"", "bestand_leeg", "", None),
    "only a byte order mark": (b"\xef\xbb\xbf", "bestand_leeg", "", None),
    "only blank lines": (b"\n\n  \n", "bestand_leeg", "", None),
    "header only": (HEADER + "\n", "geen_rijen", "", None),
    "header only, without line end": (HEADER, "geen_rijen", "", None),
    "header and blank lines": (HEADER + "\r\n\r\n\r\n", "geen_rijen", "", None),
    "pdf": (b"%PDF-1.7\n" + GOOD.encode(), "bestand_soort", "", None),
    "NUL in row 4": (
        joined([*LINES[:3], LINES[3].replace("VOLDAAN", "VOL\0AAN"), *LINES[4:]]),
        "bestand_nulteken",
        "",
        4,
    ),
    "neither encoding, row 3": (GOOD.encode().replace(b"P00000002", b"P\xe9\x81"), "bestand_codering", "", 3),
    "colon": (GOOD.replace(";", ":"), "kop_scheidingsteken", "", 1),
    "no header": (joined(LINES[1:]), "kop_ontbreekt", "", 1),
    "quote opens and never closes": (GOOD.replace(";VOLDAAN;", ';"VOLDAAN;', 1), "aanhalingstekens", "", 2),
    "quote inside a field": (GOOD.replace("P00000003", 'P0"0003'), "aanhalingstekens", "", 4),
    "text behind a closing quote": (GOOD.replace("P00000003", '"P03"x'), "aanhalingstekens", "", 4),
    "missing column": (GOOD.replace("statusdatum", "datum", 1), "kolom_ontbreekt", "statusdatum", None),
    "double column": (GOOD.replace("doelgroep", "geslacht", 1), "kolom_dubbel", "geslacht", None),
    "row too short": (joined([*LINES[:2], "P9;V;19700101", *LINES[2:]]), "rij_aantal_velden", "", 3),
    "row too long": (joined([*LINES, LINES[1] + ";"]), "rij_aantal_velden", "", 7),
    "cut off in the last row": (GOOD[:-40], "rij_aantal_velden", "", 6),
    "lines without end from row 4": (joined(LINES[:3]) + "x;" * (10 << 20), "bestand_onleesbaar", "", 4),
    "one endless line": (HEADER + "\n" + "x" * (20 << 20), "bestand_onleesbaar", "", 2),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_with_rule_and_row(fault: str, tmp_path: Path) -> None:
    content, rule, column, row = REFUSED[fault]
    result = run(tmp_path, content)
    assert result.message is not None
    assert rule in result.message
    assert (rule, column) in result.rules
    assert result.rows(rule, column) == ([] if row is None else [row])
    assert "Geweigerd" in result.html
    assert rule in result.html
    assert not (tmp_path / "personen.parquet").exists()
    assert not (tmp_path / "kubus.parquet").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "levering.csv",
        "validatie.csv",
        "validatie.html",
    ]


ACCEPTED = {
    "as it should be": GOOD,
    "windows line ends": GOOD.replace("\n", "\r\n"),
    "old line ends": GOOD.replace("\n", "\r"),
    "mixed line ends": GOOD.replace("\n", "\r\n", 3),
    "no line end at the end": GOOD.rstrip("\n"),
    "byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "byte order mark and quotes": b"\xef\xbb\xbf"
    + GOOD.replace(HEADER, HEADER.replace("persoonsnummer", '"persoonsnummer"')).encode(),
    "header in capitals with spaces": GOOD.replace(HEADER, HEADER.upper().replace(";", " ;") + " "),
    "other order": text_of(ROWS, tuple(reversed(COLUMNS))),
    "without optional columns": text_of(
        ROWS, tuple(c for c in COLUMNS if c not in ("doelgroep", "startdatum_plicht"))
    ),
    "everything quoted": "\n".join(";".join(f'"{field}"' for field in line.split(";")) for line in LINES)
    + "\n",
}


@pytest.mark.parametrize("variant", ACCEPTED)
def test_what_makes_no_difference_is_accepted_without_a_word(variant: str, tmp_path: Path) -> None:
    result = run(tmp_path, ACCEPTED[variant])
    assert result.message is None
    assert result.failures == []
    assert [person["persoonsnummer"] for person in result.persons] == [row["persoonsnummer"] for row in ROWS]
    assert {person["leeftijd"] for person in result.persons} == {52}
    assert "Goedgekeurd" in result.html


def test_windows_1252_is_seen_and_read(tmp_path: Path) -> None:
    content = GOOD.replace(HEADER, HEADER + ";naam").replace("nee\n", "nee;Curaçao – België\n")
    result = run(tmp_path, content.encode("windows-1252"))
    assert result.message is None
    assert result.processing["levering"]["lezing"][1]["waarde"] == "Windows-1252"
    assert len(result.persons) == 5


def test_a_letter_cut_by_the_end_of_a_block_is_no_other_encoding(tmp_path: Path) -> None:
    rows = [person(number) | {"naam": "é" * 50} for number in range(20_000)]
    for shift in range(2):
        content = "x" * shift + text_of(rows, (*COLUMNS, "naam"))
        result = run(tmp_path / str(shift), content.replace("xpersoonsnummer", "persoonsnummer "))
        assert result.message is None
        assert result.processing["levering"]["lezing"][1]["waarde"] == "UTF-8"


def test_empty_lines_count_as_rows_and_are_told(tmp_path: Path) -> None:
    lines = ["", LINES[0], LINES[1], "", LINES[2], LINES[3].replace(";V;", ";?;"), "", "", LINES[4], ""]
    result = run(tmp_path, joined(lines))
    assert result.rows("lege_regel") == [4, 7, 8, 10]
    assert result.rows("codelijst", "geslacht") == [6]
    assert {f["ernst"] for f in result.failures if f["regel"] == "lege_regel"} == {"waarschuwing"}


def test_a_row_of_separators_alone_is_empty_and_one_with_a_remark_is_not(tmp_path: Path) -> None:
    result = run(tmp_path / "a", joined([*LINES[:3], ";" * (len(COLUMNS) - 1), "", *LINES[3:]]))
    assert result.message is None
    assert result.rows("lege_regel") == [4, 5]
    lines = [line + f";{'opmerking' if at == 0 else ''}" for at, line in enumerate(LINES)]
    result = run(tmp_path / "b", joined([*lines[:3], ";" * len(COLUMNS) + "x", "", *lines[3:]]))
    assert result.rows("veld_leeg", "persoonsnummer") == [4]
    assert result.rows("lege_regel") == [5]


def test_row_numbers_stay_right_behind_every_kind_of_oddity(tmp_path: Path) -> None:
    columns = (*COLUMNS, "opmerking")
    rows = [person(number) | {"opmerking": "ja"} for number in range(1, 8)]
    lines = text_of(rows, columns).splitlines()
    lines[2] = lines[2].replace(";ja", ';"twee\nregels; en ""zo"""')
    lines[3] += ";te lang"
    lines[6] = lines[6].replace("0363", "36?")
    result = run(tmp_path, "\n".join([*lines[:4], "", *lines[4:]]) + "\n")
    assert result.rows("rij_aantal_velden") == [4]
    assert result.rows("lege_regel") == [5]
    assert result.rows("codelijst", "gemeentecode") == [8]


def test_only_listed_words_for_nothing_are_nothing(tmp_path: Path) -> None:
    rows = [
        person(1, statusdatum="NULL"),
        person(2, nationaliteit_2="NA"),
        person(3, doelgroep="niets"),
        person(4, startdatum_plicht=" "),
        person(5, persoonsnummer="NULL"),
        person(6, geslacht="NULL"),
    ]
    result = run(tmp_path, text_of(rows))
    assert {rule for rule in result.rules if rule[0] not in ("status_zonder_datum",)} == {
        ("codelijst", "doelgroep"),
        ("persoonsnummer_geen", "persoonsnummer"),
        ("veld_leeg", "geslacht"),
    }
    assert result.rows("codelijst", "doelgroep") == [4]
    assert result.rows("veld_leeg", "geslacht") == [7]


def test_columns_that_nobody_asked_for_are_a_warning(tmp_path: Path) -> None:
    rows = [row | {"naam": "Jansen", "": "x"} for row in ROWS]
    result = run(tmp_path, text_of(rows, ("naam", *COLUMNS, "")))
    assert result.message is None
    assert result.rules == {("kolom_onbekend", "naam"), ("kolom_onbekend", "(zonder naam)")}
    assert len(result.processing["waarschuwingen"]) == 2
    assert "Jansen" not in result.html


def test_missing_columns_do_not_hide_wrong_values(tmp_path: Path) -> None:
    columns = tuple(name for name in COLUMNS if name not in ("persoonsnummer", "geboortedatum"))
    rows = [person(1), person(2, geslacht="?"), person(3, statusdatum="20230101")]
    result = run(tmp_path, text_of(rows, columns))
    assert {("kolom_ontbreekt", "persoonsnummer"), ("kolom_ontbreekt", "geboortedatum")} < result.rules
    assert result.rows("codelijst", "geslacht") == [3]
    assert result.rows("datum_na_peildatum", "statusdatum") == [4]
