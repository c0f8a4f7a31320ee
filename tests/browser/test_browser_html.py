"""The HTML report in a browser and before a validator: accessible, valid, narrow, sorted, printed, without a network.

Needs Node 20 or later with the packages beside this file, Chromium and Java: `sh scripts/browser-tools.sh`.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rendering_real import Parts, real_parts, sample_parts
from rendering_text import pdf_pages, squeezed

from wi2007.publication import html, structure, volumes
from wi2007.publication.document import Choice

HERE = Path(__file__).parent
WORDS = ["", "zzzz", "SUDWEST f", "'S-", "weesp", "0518"]
NAMES = ["Weesp", "0457", "363", "'s-Grav", "’s grav", "s-Grav", "grav", "SÚDWEST", "sudwest fr", "zzzz"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "sh scripts/browser-tools.sh zet klaar wat hiervoor nodig is"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Seen:
    """A document, its page, and what the browser made of it."""

    parts: Parts
    page: Path
    found: dict[str, Any]
    folder: Path


def asked_for(parts: Parts) -> list[Choice]:
    """Some of the choices, the first and the last among them."""
    (chooser,) = structure.choosers(parts.document)
    return [*chooser.choices[:: max(1, len(chooser.choices) // 4)], chooser.choices[-1]]


def missing() -> str:
    """What these tests need and this machine lacks."""
    wanted = {"Node": ("node",), "Chromium": BROWSERS, "Java": ("java",)}
    lacking = [name for name, commands in wanted.items() if not any(map(shutil.which, commands))]
    if not (HERE / "node_modules").is_dir():
        lacking.append("tests/browser/node_modules")
    return ", ".join(lacking)


def validated(page: Path) -> subprocess.CompletedProcess[str]:
    """What the validator of the W3C says of a page; it compiles only once, since it runs for seconds."""
    jar = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
    java = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    words = [*java, "-jar", jar, "--format", "json", page]
    return subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)


@pytest.fixture(scope="module", params=["lastig", "echt"])
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    if lacking := missing():
        pytest.skip(f"niet op deze machine: {lacking}. {HOW}.")
    parts = sample_parts() if request.param == "lastig" else real_parts()
    folder = tmp_path_factory.mktemp(f"browser-{request.param}")
    page = folder / "rapport.html"
    page.write_text(html.render(parts.document, parts.charts, parts.downloads), encoding="utf-8")
    (folder / "tabellen").mkdir()
    for name, content in parts.downloads.items():
        (folder / "tabellen" / name).write_bytes(content)
    browser = next(path for path in map(shutil.which, BROWSERS) if path)
    choices = [{"key": choice.key, "label": choice.label} for choice in asked_for(parts)]
    asked = {"words": WORDS, "choices": choices, "names": NAMES}
    words = ["node", HERE / "measure.mjs", browser, page, folder, json.dumps(asked)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return Seen(parts, page, json.loads(done.stdout), folder)


def looks(seen: Seen) -> list[dict[str, Any]]:
    return [*seen.found["looks"], seen.found["contrast"]]


def test_the_validator_has_no_remarks(seen: Seen) -> None:
    done = validated(seen.page)
    messages = json.loads(done.stderr)["messages"]
    # It takes every picture inside a page for blocked, also where `img-src data:` lets it in, as the browser does.
    told = [message for message in messages if "image “data:image/svg+xml;base64," not in message["message"]]
    assert [(message.get("lastLine"), message["message"]) for message in told] == []
    assert done.returncode == 0


def test_axe_finds_no_violation(seen: Seen) -> None:
    for look in looks(seen):
        assert look["violations"] == [], look["width"]
        assert look["opened"]["violations"] == [], look["width"]


def test_nothing_is_asked_of_a_network_and_nothing_goes_wrong(seen: Seen) -> None:
    for look in looks(seen):
        assert look["requests"] == []
        assert look["errors"] == []


def test_no_page_is_wider_than_its_window(seen: Seen) -> None:
    for look in looks(seen):
        for state in (look, look["opened"]):
            assert state["widths"]["page"] <= look["width"]
            assert state["widths"]["outside"] == []


def test_a_chart_is_shown_once_in_the_width_that_fits(seen: Seen) -> None:
    count = len(list(structure.charts(seen.parts.document)))
    for look in looks(seen):
        narrow = look["width"] < 640
        expected = {"wide": 0 if narrow else count, "narrow": count if narrow else 0}
        assert look["widths"]["shown"] == expected


def test_the_keyboard_skips_to_the_text_and_stops_where_something_scrolls(seen: Seen) -> None:
    for found in seen.found["keyboard"]:
        assert (found["first"], found["target"]) == ("#r-inhoud", "MAIN")
        for stop in found["stops"]:
            assert stop["named"]
            if stop["shown"]:
                assert stop["focusable"] == stop["scrolls"]
    assert any(stop["scrolls"] for stop in seen.found["keyboard"][1]["stops"])


def test_tables_are_sorted_by_what_they_show(seen: Seen) -> None:
    tables = {table.id: table for table in structure.tables(seen.parts.document)}
    assert seen.found["sorting"]
    for sorted_table in seen.found["sorting"]:
        assert sorted_table["id"] in tables
        for column in sorted_table["columns"]:
            first, second, third = column["states"]
            start = "descending" if column["numeric"] else "ascending"
            other = "ascending" if column["numeric"] else "descending"
            assert [state["sort"] for state in column["states"]] == [start, other, None]
            assert [state["marked"] for state in column["states"]] == [1, 1, 0]
            assert {"ascending": "oplopend", "descending": "aflopend"}[start] in first["told"]
            assert third["rows"] == sorted_table["before"]
            for state in (first, second):
                check_order(sorted_table["before"], state["rows"], column, state["sort"])


def check_order(before: list[Any], after: list[Any], column: dict[str, Any], direction: str) -> None:
    """Rows are in order within their group, the others keep their places, and no row is lost."""
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert sorted(map(str, old)) == sorted(map(str, new))
        fixed = [place for place, row in enumerate(old) if row["role"] != "row"]
        assert [new[place] for place in fixed] == [old[place] for place in fixed]
        if not column["numeric"] or column["index"] == 0:
            continue
        shown = [row["values"][column["index"] - 1] for row in new if row["role"] == "row"]
        known = [float(value) for value in shown if value is not None]
        assert shown[: len(known)] == [value for value in shown if value is not None], "no value comes last"
        assert known == sorted(known, reverse=direction == "descending")


def test_downloads_are_the_published_files(seen: Seen) -> None:
    for kind in ("downloads", "downloadsWithoutScript"):
        files = {name: base64.b64decode(content) for name, content in seen.found[kind].items()}
        document = volumes.on_screen(seen.parts.document)
        tables = structure.tables(document)
        assert files.keys() == {table.download or f"{table.id}.csv" for table in tables}
        for name in structure.download_files(document):
            assert files[name] == seen.parts.downloads[name]


def test_the_print_says_on_every_page_what_it_is_and_shows_what_was_folded(seen: Seen) -> None:
    pages = pdf_pages((seen.folder / "afdruk.pdf").read_bytes())
    notice = squeezed(structure.short_notice(seen.parts.document))
    assert len(pages) > 3
    assert [number for number, text in enumerate(pages) if notice not in squeezed(text)] == []
    whole = squeezed("\n".join(pages))
    for chart in structure.charts(seen.parts.document):
        for row in chart.data.rows:
            assert squeezed(row.label + "".join(cell.text for cell in row.cells)) in whole


def plain(text: str) -> str:
    """A name as the filter compares it: letters and digits, no accents, no capitals."""
    letters = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def fits(label: str, word: str, others: dict[str, list[str]]) -> bool:
    """Whether a row is found: by its own name, or from three letters on by another name or code."""
    wanted = plain(word)
    return wanted in plain(label) or (
        len(wanted) > 2 and any(wanted in plain(one) for one in others.get(label, []))
    )


def test_a_long_table_shows_the_rows_that_are_looked_for(seen: Seen) -> None:
    tables = {table.id: table for table in structure.tables(seen.parts.document) if structure.is_long(table)}
    found = seen.found["filters"]
    (chooser,) = structure.choosers(seen.parts.document)
    others = {
        choice.label: [choice.key, *(part for one in choice.others for part in (one.name, one.code))]
        for choice in chooser.choices
    }
    assert found["errors"] == []
    assert {one["id"] for one in found["tables"]} == tables.keys()
    hits = 0
    for one in found["tables"]:
        rows = tables[one["id"]].rows
        assert one["name"]
        for typed in one["typed"]:
            wanted = [
                row.label for row in rows if row.role == "total" or fits(row.label, typed["word"], others)
            ]
            assert typed["shown"] == wanted
            count = len(wanted) - sum(row.role == "total" for row in rows)
            assert typed["told"] == f"{count} van de {typed['rows'] - 1} rijen"
            hits += bool(typed["word"]) and count
    assert hits


def check_choice(seen: Seen, shown: dict[str, Any], choice: Choice) -> None:
    """What the page shows of a choice is what the document says, beside the figures of everybody."""
    (chooser,) = structure.choosers(seen.parts.document)
    assert (shown["selected"], shown["lost"], shown["fallback"]) == (choice.label, "", 0)
    assert choice.label in shown["told"]
    cells = [[cell.text for cell in row] for row in choice.cells]
    lengths: list[str] = []
    for table, made in zip(chooser.tables, shown["tables"], strict=True):
        assert (
            choice.label in made["title"]
            and table.title in made["title"]
            and table.population in made["title"]
        )
        assert made["groups"] == [choice.label, table.columns[0].group]
        assert made["notes"] == list(table.footnotes)
        for row, texts in zip(table.rows, made["rows"], strict=True):
            own = cells.pop(0) if row.role != "group" else []
            others = [cell.text for cell in row.cells]
            assert texts == [row.label, *own, *others]
            if row.role == "row":
                lengths += [own[-1], others[-1]]
    assert not cells
    drawn = [bar.removesuffix("%") for made in shown["tables"] for bar in made["bars"]]
    assert [float(bar) for bar in drawn] == [float(t.replace(",", ".")) if t != "." else 0 for t in lengths]


def test_a_choice_shows_its_figures_beside_those_of_everybody(seen: Seen) -> None:
    (chooser,) = structure.choosers(seen.parts.document)
    choices = {choice.key: choice for choice in chooser.choices}
    for found in seen.found["choosing"]:
        assert (found["errors"], found["requests"]) == ([], [])
        assert (found["violations"], found["openViolations"]) == ([], [])
        assert found["widths"]["outside"] == []
        assert found["widths"]["page"] <= found["widths"]["window"]
        assert found["options"] == [choice.label for choice in chooser.choices]
        assert found["marked"] == chooser.choices[0].label
        assert found["closed"] == ["false", 0, ""]
        assert found["name"] == chooser.prompt
        assert found["before"]["tables"] == found["after"]["tables"] == []
        assert found["after"]["address"] == f"#{chooser.id}"
        check_choice(seen, found["byKeyboard"], chooser.choices[0])
        for picked in found["picked"]:
            check_choice(seen, picked, choices[picked["key"]])
            assert picked["address"] == f"#{chooser.id}={quote(picked['key'])}"
        check_choice(seen, found["byAddress"], asked_for(seen.parts)[0])


def test_a_municipality_is_found_by_every_name_and_code_it_has_or_had(seen: Seen) -> None:
    if asked_for(seen.parts)[0].key == "0363":
        return  # the awkward document has no municipalities
    for found in seen.found["choosing"]:
        typed = found["typed"]
        assert typed["Weesp"] == typed["0457"] == [["Amsterdam", "Weesp is nu Amsterdam"]]
        assert typed["363"][0] == ["Amsterdam", ""]
        for word in ("'s-Grav", "’s grav", "s-Grav", "grav"):
            assert ["Den Haag", "'s-Gravenhage"] in typed[word], word
        for word in ("SÚDWEST", "sudwest fr"):
            assert typed[word] == [["Súdwest-Fryslân", ""]]
        assert (typed["zzzz"], found["expanded"]) == ([], "false")


def test_an_address_opens_the_choice_that_it_names(seen: Seen) -> None:
    links = seen.found["links"]
    assert all(link["errors"] == [] and link["inView"] for link in links.values())
    check_choice(seen, links["known"], asked_for(seen.parts)[-1])
    for name in ("unknown", "broken", "none"):
        assert links[name]["tables"] == []
        assert "niet in dit rapport" in links[name]["lost"]


def test_a_print_has_the_choice_and_of_long_tables_only_what_was_looked_for(seen: Seen) -> None:
    (chooser,) = structure.choosers(seen.parts.document)
    choice = asked_for(seen.parts)[0]
    printed = squeezed("\n".join(pdf_pages((seen.folder / "afdruk-keuze.pdf").read_bytes())))
    bare = squeezed("\n".join(pdf_pages((seen.folder / "afdruk.pdf").read_bytes())))
    assert squeezed(f"{choice.label}: {chooser.tables[0].title}") in printed
    assert squeezed(chooser.prompt) not in printed
    assert squeezed(chooser.prompt) not in bare
    assert squeezed(chooser.empty) in bare
    assert squeezed(chooser.empty) not in printed
    full = [t for t in structure.tables(seen.parts.document) if structure.is_long(t) and t.download]
    for table in full:
        row = table.rows[len(table.rows) // 2]
        run = squeezed(row.label + "".join(cell.text for cell in row.cells))
        assert run not in bare
        assert squeezed(f"Zij staat in het bestand {table.download}") in bare


def test_the_locked_packages_name_no_registry() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())
