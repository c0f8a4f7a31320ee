"""`validatie.html` in a browser: accessible, within its window, nothing asked of a network, marked on every print."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from engine_deliveries import COLUMNS, PEILDATUM, random_people, run_rows
from faults_people import GOOD
from rendering_text import pdf_pages, squeezed
from test_browser_html import BROWSERS, HERE, HOW, missing, validated

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEXT = "2023-07-01"


def refused(folder: Path) -> Path:
    people = random_people(800, seed=4)
    for at in range(300):
        people[at] |= {"geslacht": "Q", "statusdatum": "20240101"}
    totals = {**dict.fromkeys(COLUMNS, ""), "persoonsnummer": "Totaal"}
    run_rows(folder / "vorig", random_people(500, seed=3), peildatum=PEILDATUM)
    earlier = folder / "vorig" / "verdeling.json"
    assert run_rows(folder, [*people, totals], peildatum=NEXT, previous=earlier).message is not None
    return folder / "validatie.html"


def accepted(folder: Path) -> Path:
    people = [dict(zip(GOOD.names, row, strict=True)) for row in GOOD.rows]
    assert run_rows(folder, people).failures == []
    return folder / "validatie.html"


@pytest.fixture(scope="module", params=[refused, accepted], ids=["geweigerd", "goedgekeurd"])
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, Path]:
    if lacking := missing():
        pytest.skip(f"niet op deze machine: {lacking}. {HOW}.")
    folder = tmp_path_factory.mktemp("validatie")
    page, printed = request.param(folder), folder / "afdruk.pdf"
    browser = next(path for path in map(shutil.which, BROWSERS) if path)
    words = ["node", HERE / "validatie.mjs", browser, page, printed]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return page, json.loads(done.stdout), printed


def test_axe_finds_no_violation(seen: tuple[Path, Any, Path]) -> None:
    for look in seen[1]:
        assert look["violations"] == [], look["width"]


def test_the_page_fits_its_window_and_asks_nothing(seen: tuple[Path, Any, Path]) -> None:
    for look in seen[1]:
        assert (look["outside"], look["requests"]) == ([], [])
        assert look["page"] <= look["width"]


def test_the_validator_has_no_remarks(seen: tuple[Path, Any, Path]) -> None:
    done = validated(seen[0])
    messages = json.loads(done.stderr)["messages"]
    assert [(message.get("lastLine"), message["message"]) for message in messages] == []


def test_the_print_says_on_every_page_that_it_is_internal(seen: tuple[Path, Any, Path]) -> None:
    pages = pdf_pages(seen[2].read_bytes())
    assert pages
    for text in pages:
        assert squeezed("Intern stuk, niet voor publicatie") in squeezed(text)
