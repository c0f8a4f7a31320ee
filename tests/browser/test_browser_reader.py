"""A reader of the HTML report: a walk on a phone, values and pictures of charts, copies, a dark screen, speed.

Needs what `test_browser_html.py` needs.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rendering_real import Parts
from shared import Made
from test_browser_html import BROWSERS, HERE, HOW, missing

from wi2007.project import FOLLOW_UP_PEILDATUM
from wi2007.publication import structure
from wi2007.publication.document import Chart, Table, from_json
from wi2007.publication.html.svg import tells_by_tone
from wi2007.publication.imprint import colours

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COPIED = ("tabel-2-1", "tabel-2-4", "tabel-b-1")
NARROW = 320
DARK = re.compile(r"\d+")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def report(demonstration: Made) -> Path:
    """The folder of the follow-up demonstration, as readers get it."""
    return demonstration.trial.report(FOLLOW_UP_PEILDATUM)


@pytest.fixture(scope="module")
def parts(demonstration: Made, report: Path) -> Parts:
    """What its page was made from."""
    published = demonstration.trial.processed(FOLLOW_UP_PEILDATUM) / "publicatie"
    document = from_json((published / "inhoud.json").read_text(encoding="utf-8"))
    names = structure.chart_files(document)
    drawings = {name: (published / "grafieken" / name).read_text(encoding="utf-8") for name in names}
    files = {name: (report / "tabellen" / name).read_bytes() for name in structure.download_files(document)}
    return Parts(document, drawings, files)


@pytest.fixture(scope="module")
def found(report: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if lacking := missing():
        pytest.skip(f"niet op deze machine: {lacking}. {HOW}.")
    browser = next(path for path in map(shutil.which, BROWSERS) if path)
    asked = json.dumps({"word": "Weesp", "copied": COPIED})
    folder = tmp_path_factory.mktemp("lezer")
    words = ["node", HERE / "reader.mjs", browser, report / "rapport.html", folder, asked]
    done = subprocess.run(words, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def charts(parts: Parts) -> dict[str, Chart]:
    return {chart.id: chart for chart in structure.charts(parts.document)}


def tables(parts: Parts) -> dict[str, Table]:
    return {table.id: table for table in structure.tables(parts.document)}


def test_a_walk_on_a_phone(parts: Parts, found: dict[str, Any]) -> None:
    """Type an old name, read the figure, follow a link to the table, take it along, and go back."""
    walk = found["walk"]
    (chooser,) = structure.choosers(parts.document)
    (amsterdam,) = [choice for choice in chooser.choices if choice.label == "Amsterdam"]
    firsts, at = [], 0
    for table in chooser.tables:
        firsts += [amsterdam.cells[at][0].text] * (table.id != chooser.course)
        at += sum(row.role != "group" for row in table.rows)
    full = tables(parts)[chooser.full[0]]
    (row,) = [row for row in full.rows if row.label == "Amsterdam"]
    assert walk["offered"] == ["AmsterdamWeesp is nu Amsterdam"]
    assert walk["was"] == "Weesp is nu Amsterdam."
    assert walk["figures"] == walk["back"]["figures"] == firsts
    assert walk["link"] == structure.lead(full) + full.title
    assert [text for text in walk["rows"] if text.startswith("Amsterdam")] == [
        "Amsterdam" + "".join(cell.text for cell in row.cells)
    ]
    assert len(walk["rows"]) < 4
    assert walk["file"]["name"] == full.download
    assert base64.b64decode(walk["file"]["content"]) == parts.downloads[full.download]
    assert (walk["back"]["value"], walk["back"]["hash"]) == ("Amsterdam", "#mijn-gemeente=0363")
    assert walk["errors"] == []


def test_the_choice_begins_with_how_it_went(parts: Parts, found: dict[str, Any]) -> None:
    (chooser,) = structure.choosers(parts.document)
    course = chooser.tables[0]
    assert course.id == chooser.course
    (amsterdam,) = [choice for choice in chooser.choices if choice.label == "Amsterdam"]
    rows = zip(course.rows, amsterdam.cells, strict=False)
    wanted = [[row.label, *(cell.text for cell in (*own, *row.cells))] for row, own in rows]
    assert found["walk"]["course"] == wanted


def test_the_files_that_the_page_points_to_lie_beside_it(report: Path) -> None:
    page = (report / "rapport.html").read_text(encoding="utf-8")
    beside = set(re.findall(r'href="((?:tabellen/|rapport)[^"#]*)"', page))
    assert {"rapport.pdf", "tabellen/datapackage.json"} < beside
    assert [name for name in beside if not (report / name).is_file()] == []


def test_the_keyboard_alone_is_enough(found: dict[str, Any]) -> None:
    keyboard = found["keyboard"]
    assert keyboard["steps"] < 40
    assert keyboard["figures"] == found["walk"]["figures"]
    assert keyboard["href"].startswith("#tabel")
    assert 0 < keyboard["rows"] < 4


def words_of(chart: Chart, cell: str) -> list[str]:
    """What is said of a bar: its row, and its column with the figure of the table."""
    row, column = map(int, cell.split())
    label, data = chart.data.rows[row].label, chart.data
    return [label, f"{data.columns[column].label}: {data.rows[row].cells[column].text}"]


def test_a_bar_says_which_figure_of_its_table_it_is(parts: Parts, found: dict[str, Any]) -> None:
    assert (found["figures"]["errors"], found["figures"]["requests"]) == ([], [])
    seen = {one["id"]: one for one in found["figures"]["charts"]}
    assert seen.keys() == charts(parts).keys()
    hovered = 0
    for ident, chart in charts(parts).items():
        marked = set(re.findall(r'data-cell="([^"]*)"', parts.charts[chart.wide]))
        for cell, told in seen[ident]["hovered"].items():
            assert told == words_of(chart, cell), ident
        assert seen[ident]["hovered"].keys() == marked
        hovered += len(marked)
    assert hovered > 50


def test_the_arrow_keys_go_through_the_values_and_say_them(parts: Parts, found: dict[str, Any]) -> None:
    for one in found["figures"]["charts"]:
        chart = charts(parts)[one["id"]]
        shown = [told for told, _ in one["keys"]]
        assert one["keys"], f"{one['id']} has no values to point at"
        assert one["escaped"]
        assert all(said == ", ".join(told) for told, said in one["keys"])
        assert shown[3] == shown[0] != shown[2]
        figures = {cell.text for row in chart.data.rows for cell in row.cells}
        labels = {row.label for row in chart.data.rows}
        for told in shown:
            assert told[0] in labels
            assert all(line.rpartition(": ")[2] in figures for line in told[1:])


def test_a_chart_goes_along_as_a_drawing_with_its_title_source_and_notice(
    parts: Parts, found: dict[str, Any]
) -> None:
    first, again = found["svg"]
    assert first == again, "the same bytes, on a dark screen too"
    assert first.keys() == {f"{ident}.svg" for ident in charts(parts)}
    for ident, chart in charts(parts).items():
        root = ElementTree.fromstring(base64.b64decode(first[f"{ident}.svg"]))
        told = " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))
        assert chart.title in told
        assert parts.document.notice in told
        assert chart.source in told
        drawn = ElementTree.fromstring(parts.charts[chart.wide])
        for text in drawn.iter(f"{SVG}text"):
            assert "".join(text.itertext()) in told
        assert root.find(f"{SVG}desc") is not None
        style = root.find(f"{SVG}style")
        assert style is not None
        assert "@font-face" in str(style.text)


def test_a_chart_goes_along_as_a_picture(parts: Parts, found: dict[str, Any]) -> None:
    (made,) = found["png"]
    assert made.keys() == {f"{ident}.png" for ident in charts(parts)}
    for ident in charts(parts):
        content = base64.b64decode(made[f"{ident}.png"])
        assert content.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", content[16:24])
        root = ElementTree.fromstring(base64.b64decode(found["svg"][0][f"{ident}.svg"]))
        assert (width, height) == (
            2 * int(float(root.attrib["width"])),
            2 * int(float(root.attrib["height"])),
        )
        assert len(content) > 5000


def test_a_copied_table_has_tabs_and_dutch_numbers(parts: Parts, found: dict[str, Any]) -> None:
    copies = found["copies"]
    assert copies["errors"] == []
    for ident in COPIED:
        table = tables(parts)[ident]
        lines = [line.split("\t") for line in copies["tables"][ident].split("\n")]
        body = lines[1 + any(column.group for column in table.columns) :]
        assert body == [[row.label, *(cell.text for cell in row.cells)] for row in table.rows]
        assert {len(line) for line in lines} == {len(table.columns) + 1}
        assert lines[0][0] == table.header
    assert copies["link"].endswith(copies["hash"])
    assert copies["hash"] == f"#{COPIED[0]}"
    assert copies["heading"][1] == f"#{copies['heading'][0]}"


def test_heads_stick_and_a_table_that_goes_on_says_so(found: dict[str, Any]) -> None:
    passed = 0
    for width, seen in found["heads"].items():
        for table in seen:
            assert table["hinted"] == table["cut"], (width, table)
            if table["passed"]:
                passed += 1
                assert abs(table["off"]) <= 2, (width, table)
    assert passed > 20
    assert [table["id"] for table in found["heads"]["1280"] if table["cut"]] == []
    assert any(table["cut"] for table in found["heads"][str(NARROW)])


def test_a_dark_screen_has_no_violations(found: dict[str, Any]) -> None:
    for seen in found["dark"]:
        assert (seen["violations"], seen["errors"]) == ([], [])
        ground = "#" + "".join(f"{int(part):02x}" for part in DARK.findall(seen["ground"])[:3])
        assert ground == colours.DARK[0]


def turned(colour: str) -> str:
    """A colour as `invert(1) hue-rotate(180deg)` shows it, by the matrix of Filter Effects."""
    red, green, blue = (255 - int(colour[at : at + 2], 16) for at in (1, 3, 5))
    rows = ((-0.574, 1.43, 0.144), (0.426, 0.43, 0.144), (0.426, 1.43, -0.856))
    parts = (min(255, max(0, round(r * red + g * green + b * blue))) for r, g, b in rows)
    return "#" + "".join(f"{part:02x}" for part in parts)


def test_charts_can_be_read_on_a_dark_screen(parts: Parts) -> None:
    """Letters 4.5 to 1, and of every bar its surface or its outline 3 to 1; where darker is more nothing is turned."""
    ground = colours.DARK[0]
    turns = [drawing for drawing in parts.charts.values() if not tells_by_tone(drawing)]
    assert 0 < len(turns) < len(parts.charts)
    for drawing in turns:
        for node in ElementTree.fromstring(drawing).iter():
            paints = {node.get(name) or "none" for name in ("fill", "stroke")}
            known = [turned(paint) for paint in paints if paint.startswith("#")]
            if node.tag == f"{SVG}text":
                assert colours.contrast(turned(node.get("fill", "#000000")), ground) >= colours.TEXT
            elif node.get("data-cell"):
                assert max(colours.contrast(one, ground) for one in known) >= colours.MARKS


def test_no_page_is_wider_than_its_window_at_any_width_or_zoom(found: dict[str, Any]) -> None:
    for seen in found["widths"]:
        assert seen["violations"] == [], seen["width"]
        for state in (seen["shut"], seen["opened"]):
            assert state["outside"] == [], seen["width"]
            assert state["page"] <= seen["width"]


def test_the_page_is_there_within_a_second_on_a_slow_processor(found: dict[str, Any]) -> None:
    """The best of some times each, as the machine may be busy; four times slower than it is."""
    for width in (1280, 360):
        seen = [one for one in found["speed"] if one["width"] == width]
        print(width, seen, file=sys.stderr)
        assert min(one["first"] for one in seen) < 1000
        assert min(one["largest"] for one in seen) < 1000
        assert {one["elements"] < 8000 for one in seen} == {True}
