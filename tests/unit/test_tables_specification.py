"""A wrong `tables.yaml` ends with a short Dutch message that says where it is and what to do."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from wi2007 import study
from wi2007.errors import UserError
from wi2007.project import CONFIG
from wi2007.tables.specification import load

GOOD: dict[str, Any] = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))


def refused(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> str:
    raw = deepcopy(GOOD)
    change(raw)
    return refused_text(tmp_path, yaml.safe_dump(raw, allow_unicode=True))


def refused_text(tmp_path: Path, text: str) -> str:
    path = tmp_path / "tables.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load(path)
    message = str(error.value)
    assert "tables.yaml" in message
    assert "pydantic" not in message
    assert "[type=" not in message
    return message


def test_the_projects_own_tables_are_right() -> None:
    tables = load(CONFIG / "tables.yaml").tables
    of_study = list(dict.fromkeys(figure.tabel for figure in study.figures()))
    assert [table.number for table in tables][: len(of_study)] == of_study
    assert all(table.number.startswith("B.") == table.appendix for table in tables)
    assert all(table.charts == [] for table in tables if table.appendix)


CHANGES: list[tuple[Callable[[dict[str, Any]], object], list[str]]] = [
    (lambda r: r["tables"][0].pop("title"), ["tabel 2.1", "title", "ontbreekt"]),
    (lambda r: r["tables"][0].update(kolommen=1), ["tabel 2.1", "kolommen", "bestaat niet"]),
    (lambda r: r["tables"][1].update(number=2.10), ["plaats 2", "number", "aanhalingstekens"]),
    (lambda r: r["tables"][1].update(number="2/1"), ["tabel 2/1", "number"]),
    (lambda r: r["tables"][1].update(number="2.1"), ["tabel 2.1", "2 keer"]),
    (lambda r: r["tables"][2].update(population="allen"), ["tabel 2.3", "'allen'", "wi2007"]),
    (lambda r: r["tables"][2].update(decimals="1"), ["tabel 2.3", "decimals", "heel getal"]),
    (lambda r: r["tables"][2].update(decimals=-1), ["tabel 2.3", "decimals", "te klein"]),
    (lambda r: r["tables"][2].update(decimals=9), ["tabel 2.3", "decimals", "te groot"]),
    (lambda r: r["tables"][2].update(appendix="ja"), ["tabel 2.3", "appendix", "true of false"]),
    (lambda r: r["tables"][2].update(appendix=True), ["tabel 2.3", "charts", "bijlage", "Haal charts weg"]),
    (lambda r: r["tables"][0]["rows"][0].update(present_only=True), ["tabel 2.1", "present_only", "largest"]),
    (lambda r: r["tables"][2].update(rows=[]), ["tabel 2.3", "rows", "ten minste één"]),
    (lambda r: r["tables"][2].update(rows="geslacht"), ["tabel 2.3", "rows", "lijst"]),
    (lambda r: r["tables"][2].update(columns=["geslacht"]), ["tabel 2.3", "columns", "sleutel: waarde"]),
    (lambda r: r["tables"][2]["columns"].update(total="ja"), ["columns.total", "true of false"]),
    (
        lambda r: r["tables"][0]["columns"].update(variable="sekse"),
        ["columns.variable", "'sekse'", "geslacht"],
    ),
    (lambda r: r["tables"][0]["rows"][0].update(variable=[1]), ["rows (onderdeel 1).variable", "Kies uit"]),
    (lambda r: r["tables"][0]["rows"][0].pop("rest"), ["tabel 2.1", "rows", "largest", "zonder rest"]),
    (lambda r: r["tables"][0]["rows"][0].pop("largest"), ["tabel 2.1", "rows", "rest", "zonder largest"]),
    (lambda r: r["tables"][0]["rows"][0].update(rest="totaal"), ["tabel 2.1", "niet 'totaal'"]),
    (lambda r: r["tables"][1]["rows"][0].update(apart=["9997"]), ["tabel 2.2", "apart", "'9997'"]),
    (lambda r: r["tables"][1]["rows"][0].update(apart=["1999", "1999"]), ["tabel 2.2", "meer dan één keer"]),
    (lambda r: r["tables"][1]["rows"][1].update(apart=["Onbekend"]), ["tabel 2.2", "apart", "largest"]),
    (lambda r: r["tables"][1]["rows"].append({"variable": "gemeente"}), ["tabel 2.2", "gemeente", "2 keer"]),
    (lambda r: r["tables"][0]["rows"].append({"variable": "geslacht"}), ["tabel 2.1", "columns", "geslacht"]),
    (
        lambda r: r["tables"][0]["charts"][0].update(kind="taart"),
        ["tabel 2.1", "charts", "'taart'", "pyramid"],
    ),
    (lambda r: r["tables"][0]["charts"][0].update(rows="gemeente"), ["tabel 2.1", "charts", "gemeente"]),
    (
        lambda r: r["populations"]["wi2007"].update(filter={"gemeente": ["Lutjebroek"]}),
        ["populatie wi2007", "gemeente", "'Lutjebroek'"],
    ),
    (
        lambda r: r["populations"]["wi2007"].update(filter={"postcode": ["1234"]}),
        ["populatie wi2007", "postcode", "Kies uit"],
    ),
    (
        lambda r: r["populations"]["wi2007"].update(filter={"geslacht": []}),
        ["populatie wi2007", "ten minste één"],
    ),
    (lambda r: r["variables"]["gemeente"].update(never_ranked=["XX"]), ["variabele gemeente", "'XX'"]),
    (lambda r: r.pop("tables"), ["tables", "ontbreekt"]),
    (lambda r: r.update(tables=None), ["tables", "lijst"]),
    (lambda r: r["tables"].append("los"), [f"plaats {len(GOOD['tables']) + 1}", "sleutel: waarde"]),
]


@pytest.mark.parametrize(("change", "says"), CHANGES)
def test_a_mistake_is_named(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], says: list[str]
) -> None:
    message = refused(tmp_path, change)
    assert "(1 fout)" in message
    for words in says:
        assert words in message


SMALL = """\
populations:
  wi2007:
    label: Allen
  vrouwen:
    label: Vrouwen
    filter:
      geslacht: [vrouw, O]
variables:
  gemeente:
    label: Gemeente
    never_ranked: ["1999"]
tables:
  - number: "1"
    title: Een
    population: wi2007
    columns:
      variable: geslacht
    rows:
      - variable: leeftijdsklasse
  - number: "2"
    title: Twee
    population: vrouwen
    columns:
      variable: geslacht
    rows:
      - variable: leeftijdsklasse
      - variable: gemeente
        largest: 2
        rest: Overig
        apart: ["1999"]
    charts:
      - kind: bars
        rows: gemeente
        title: Grafiek
      - kind: bars
        rows: leeftijdsklasse
        title: Grafiek
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('  - number: "2"', '  - number: "1" # HIER', "tabel 1 staat er 2 keer in"),
        ("population: vrouwen", "population: allen # HIER", "tabel 2, sleutel population: 'allen' bestaat niet"),
        ("geslacht: [vrouw, O]", "geslacht: [vrouw, X] # HIER", "populatie vrouwen, sleutel filter.geslacht: 'X'"),
        ('never_ranked: ["1999"]', 'never_ranked: ["19"] # HIER', "variabele gemeente, sleutel never_ranked: '19'"),
        ('apart: ["1999"]', 'apart: ["19"] # HIER', "sleutel rows (onderdeel 2), apart: '19'"),
        ("- variable: gemeente", "- variable: gemeente # HIER\n        present_only: true", "present_only kan niet"),
        ("rows: leeftijdsklasse", "rows: doelgroep # HIER", "charts (onderdeel 2): doelgroep staat niet in de rijen"),
        ("rows: gemeente", "rows: doelgroep # HIER", "charts (onderdeel 1): doelgroep staat niet in de rijen"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_the_line_where_it_is(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = SMALL.replace(old, new)
    (line,) = [at for at, one in enumerate(text.splitlines(), 1) if "# HIER" in one]
    message = refused_text(tmp_path, text)
    assert says in message
    assert f"regel {line}:" in message


def test_a_number_of_several_tables_is_told_once_at_the_second(tmp_path: Path) -> None:
    third = SMALL[SMALL.index('  - number: "2"') :]
    message = refused_text(tmp_path, (SMALL + third + third))
    assert "tabel 2 staat er 3 keer in" in message
    assert "(1 fout)" in message
    assert f"regel {SMALL.count(chr(10)) + 1}:" in message


def test_what_is_wrong_with_a_whole_table_is_told_without_a_key(tmp_path: Path) -> None:
    message = refused(tmp_path, lambda raw: raw["tables"].append("los"))
    assert f"tabel op plaats {len(GOOD['tables']) + 1}: hier horen" in message


def test_a_small_specification_is_right(tmp_path: Path) -> None:
    path = tmp_path / "tables.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert [table.number for table in load(path).tables] == ["1", "2"]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["tables"][0].pop("title")
        raw["tables"][1].pop("title")

    assert "2 fouten" in refused(tmp_path, change)


def test_many_mistakes_are_counted(tmp_path: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["tables"] = [{} for _ in range(9)]

    message = refused(tmp_path, change)
    assert "45 fouten" in message
    assert "en nog 35" in message


@pytest.mark.parametrize("text", ["", "tables", "- 1", "tables: [", "a: b: c", "{}", "tables:\n\t- x"])
def test_other_text_is_refused(tmp_path: Path, text: str) -> None:
    refused_text(tmp_path, text)


def test_a_repeated_key_is_refused_with_its_line(tmp_path: Path) -> None:
    text = (CONFIG / "tables.yaml").read_text(encoding="utf-8") + "\ntables: []\n"
    message = refused_text(tmp_path, text)
    assert "'tables' staat er twee keer" in message
    assert f"regel {text.count(chr(10))}" in message


def test_a_missing_file_and_other_encodings_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="niet te lezen"):
        load(tmp_path / "weg.yaml")
    path = tmp_path / "tables.yaml"
    path.write_bytes("# België".encode("cp1252"))
    with pytest.raises(UserError, match="UTF-8"):
        load(path)
