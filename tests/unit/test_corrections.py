"""Corrections of single values (correcties.yaml): what they change, how that is counted, and when they are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from engine_deliveries import PEILDATUM, Row, person, random_people, run_rows, text_of
from steps import read_delivery

from wi2007.delivery.source import EMPTY, Coded
from wi2007.errors import UserError
from wi2007.mapping.corrections import Corrector, find_corrections, read_corrections
from wi2007.mapping.levering import find_layout, find_settings

WHY = {"reden": "brief van DUO", "bron": "mail van 3 mei"}


def one(number: int, column: str, old: str, new: str) -> dict[str, str]:
    return {"persoonsnummer": f"P{number:08d}", "kolom": column, "oud": old, "nieuw": new, **WHY}


def written(folder: Path, *corrections: dict[str, str]) -> Path:
    """The file, with each correction on a line of its own from line 3."""
    path = folder / PEILDATUM / "correcties.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"  - {json.dumps(correction, ensure_ascii=False)}" for correction in corrections]
    path.write_text("\n".join(["# wat niet klopt", "correcties:", *lines]) + "\n", encoding="utf-8")
    return path


def read(folder: Path, rows: list[Row], *corrections: dict[str, str]) -> Any:
    return run_rows(folder / "stap", rows, corrections=written(folder, *corrections))


def test_a_correction_is_as_if_the_delivery_had_it(tmp_path: Path) -> None:
    rows = random_people(300)
    rows[7] |= {"statuscode": "IBP", "nationaliteit_2": "", "statusdatum": "20150301", "geslacht": "M"}
    right = [dict(row) for row in rows]
    right[7] |= {
        "statuscode": "VOLDAAN",
        "nationaliteit_2": "0339",
        "statusdatum": "20160401",
        "geslacht": "V",
    }
    made = read(
        tmp_path,
        rows,
        one(8, "statuscode", "IBP", "VOLDAAN"),
        one(8, "nationaliteit_2", "leeg", "0339"),
        one(8, "statusdatum", "2015-03-01", "20160401"),
        one(8, "geslacht", "M", "V"),
    )
    wanted = run_rows(tmp_path / "goed", right)
    assert made.message is None
    assert (made.persons, made.excluded, made.cube) == (wanted.persons, wanted.excluded, wanted.cube)
    assert made.processing["trechter"] == wanted.processing["trechter"]
    done = [found for found in made.processing["levering"]["normalisaties"] if found["regel"] == "correctie"]
    assert [(found["kolom"], found["aantal"]) for found in done] == [
        ("geslacht", 1),
        ("nationaliteit_2", 1),
        ("statuscode", 1),
        ("statusdatum", 1),
    ]


def test_a_value_that_is_no_value_can_be_corrected(tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 50)]
    rows[3]["statuscode"] = "VOLDAN"
    assert ("codelijst", "statuscode") in run_rows(tmp_path / "fout", rows).rules
    made = read(tmp_path, rows, one(4, "statuscode", "VOLDAN", "VOLDAAN"))
    assert made.message is None


def test_a_value_that_is_none_of_ours_is_refused_in_other_rows(tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 50)]
    rows[3]["statuscode"] = rows[20]["statuscode"] = "VOLDAN"
    made = read(tmp_path, rows, one(4, "statuscode", "VOLDAN", "VOLDAAN"))
    assert made.rows("codelijst", "statuscode") == [22]


def test_a_value_that_was_corrected_stays_away_from_the_lists_of_later_batches(tmp_path: Path) -> None:
    corrector = Corrector(read_corrections(written(tmp_path, one(0, "statuscode", "VOLDAN", "VOLDAAN"))))
    values = ["IBP", "VOLDAN"]
    for at, codes in enumerate([[1, 0], [0, EMPTY], [0, 1]]):
        numbers = pa.array([f"P{2 * at:08d}", f"P{2 * at + 1:08d}"])
        made, _ = corrector.corrected(numbers, {"statuscode": Coded(values, np.array(codes, dtype=np.int32))})
        column = made["statuscode"]
        shown = [column.values[code] if code != EMPTY else "" for code in column.codes]
        assert shown == [["VOLDAAN", "IBP"], ["IBP", ""], ["IBP", "VOLDAN"]][at]
        assert ("VOLDAN" in column.values) == (at == 2)


def test_a_value_can_be_taken_away(tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 50)]
    made = read(tmp_path, rows, one(4, "doelgroep", "NIEUWKOMER", "leeg"))
    assert [p["doelgroep"] for p in made.persons if p["persoonsnummer"] == "P00000004"] == ["Onbekend"]


OUT_OF_DATE = {
    "already right": (one(4, "geslacht", "M", "V"), "is in de levering al goed. Haal de correctie weg"),
    "a third value": (
        one(4, "geslacht", "M", "O"),
        "niet meer wat bij 'oud' staat, en ook niet wat bij 'nieuw' staat",
    ),
    "nobody of that number": (one(99, "geslacht", "M", "V"), "deze persoon staat niet in de levering"),
}


@pytest.mark.parametrize("case", OUT_OF_DATE)
def test_a_correction_that_no_longer_holds_is_refused_with_its_line(case: str, tmp_path: Path) -> None:
    correction, words = OUT_OF_DATE[case]
    delivery = tmp_path / "levering.csv"
    delivery.write_text(text_of([person(number) for number in range(1, 50)]), encoding="utf-8")
    path = written(tmp_path, one(5, "geslacht", "V", "M"), correction)
    with pytest.raises(UserError) as caught:
        read_delivery(delivery, tmp_path, corrections=path)
    message = str(caught.value)
    assert words in message
    assert f"In data/raw/{PEILDATUM}/correcties.yaml, regel 4: " in message
    assert "regel 3" not in message
    assert "P00000" not in message
    assert not (tmp_path / "personen.parquet").exists()


def test_what_is_wrong_with_the_delivery_itself_is_told_first(tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 50)]
    rows[9]["gemeentecode"] = "9999"
    made = read(tmp_path, rows, one(4, "geslacht", "M", "V"))
    assert ("codelijst", "gemeentecode") in made.rules


def test_a_column_that_the_delivery_lacks_cannot_be_corrected(tmp_path: Path) -> None:
    rows = [person(number) for number in range(1, 50)]
    delivery = tmp_path / "levering.csv"
    columns = tuple(name for name in rows[0] if name != "doelgroep")
    delivery.write_text(text_of(rows, columns), encoding="utf-8")
    with pytest.raises(UserError, match="regel 3: de levering heeft geen 'doelgroep'"):
        read_delivery(
            delivery, tmp_path, corrections=written(tmp_path, one(4, "doelgroep", "NIEUWKOMER", "OUDKOMER"))
        )


def test_from_batch_to_batch_every_row_keeps_its_value_and_is_corrected_where_it_is(tmp_path: Path) -> None:
    """The list of values of a file grows while the list with corrected values has one more already."""
    corrector = Corrector(read_corrections(written(tmp_path, one(2, "inkomensbron", "loon", "geen"))))
    lists = [["loon"], ["loon", "bijstand"], ["loon", "bijstand"]]
    found, counted = [], 0
    for at, values in enumerate(lists):
        codes = np.array([0, len(values) - 1, EMPTY], dtype=np.int32)
        numbers = pa.array([f"P{3 * at + step:08d}" for step in range(3)])
        made, counts = corrector.corrected(numbers, {"inkomensbron": Coded(values, codes)})
        counted += sum(counts.values())
        column = made["inkomensbron"]
        found += [column.values[code] if code != EMPTY else "" for code in column.codes]
        assert codes.tolist() == [0, len(values) - 1, EMPTY]
    assert found == ["loon", "loon", "", "loon", "bijstand", "", "loon", "bijstand", ""]
    assert counted == 0
    with pytest.raises(UserError, match="ook niet wat bij 'nieuw' staat"):
        corrector.check(("inkomensbron",))


def test_the_list_of_values_stays_one_object_while_that_of_the_file_does(tmp_path: Path) -> None:
    corrector = Corrector(read_corrections(written(tmp_path, one(0, "inkomensbron", "loon", "geen"))))
    values = ["loon"]
    columns = [
        corrector.corrected(
            pa.array([f"P{at:08d}"]), {"inkomensbron": Coded(values, np.zeros(1, dtype=np.int32))}
        )
        for at in range(2)
    ]
    first, second = (made["inkomensbron"] for made, _ in columns)
    assert first.values is second.values
    assert [one.values[one.codes[0]] for one in (first, second)] == ["geen", "loon"]
    corrector.check(("inkomensbron",))


def test_corrections_count_in_the_digest_of_what_is_set_and_their_order_does_not(tmp_path: Path) -> None:
    folder = tmp_path / PEILDATUM
    folder.mkdir()
    nothing = find_layout(folder, PEILDATUM, None).digest
    first, second = one(1, "geslacht", "M", "V"), one(2, "geslacht", "M", "V")
    written(tmp_path, first, second)
    both = find_layout(folder, PEILDATUM, None).digest
    written(tmp_path, second, first)
    assert nothing == ""
    assert find_layout(folder, PEILDATUM, None).digest == both != nothing
    written(tmp_path, first)
    assert find_layout(folder, PEILDATUM, None).digest not in (both, nothing)
    assert find_settings(folder, PEILDATUM, None).digest == nothing


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert find_corrections(tmp_path).corrections == ()
    assert find_corrections(tmp_path / "er niet").corrections == ()
