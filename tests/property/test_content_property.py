"""Every sentence about any population is grammatical and true; a sentence that the oracle cannot read fails."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa
import yaml
from content_oracle import Oracle, number, whole
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from schemas.tables import Specification
from wi2007.project import CONFIG, REFERENCE
from wi2007.publication.chapters.register import load_texts
from wi2007.publication.content.inputs import Account, Delivery, Inputs, Step
from wi2007.publication.content.texts import Texts
from wi2007.publication.document import Document, Items, KeyFigures, Paragraph, Section, Table
from wi2007.publication.report import report
from wi2007.tables.build import tidy_tables

PEILDATUM = date(2024, 7, 1)
KEYS = ["geslacht", "land_van_herkomst", "gemeente", "leeftijdsklasse", "statuscode", "doelgroep"]
VALUES = {
    "geslacht": ["M", "V", "O"],
    "land_van_herkomst": ["5022", "6043", "9049", "6014", "6022", "5043", "7042", "0000"],
    "gemeente": ["0363", "0518", "0599", "0344", "0772", "0402", "1999", "0000"],
    "leeftijdsklasse": ["25 tot 35", "35 tot 45", "55 tot 65", "65 en ouder", "tot 25", "Onbekend"],
    "statuscode": ["IBP", "VOLDAAN", "NI", "ONTHEFFING_AGI", "VERTROKKEN", "GEHEEL_VRIJGESTELD"],
    "doelgroep": ["NIEUWKOMER", "OUDKOMER", "Onbekend"],
}
ADDED = """
- number: "2.6"
  title: Nog steeds inburgeringsplichtig, naar doelgroep
  population: nog_inburgeringsplichtig
  columns: {variable: geslacht}
  rows: [{variable: doelgroep}]
- number: "3.1"
  title: Statuscode naar leeftijd
  population: vertrokken
  columns: {variable: leeftijdsklasse}
  rows: [{variable: statuscode}]
"""
Cube = Counter[tuple[str, ...]]


@cache
def specification() -> Specification:
    """The project's tables, few countries and municipalities, and two tables more."""
    raw = yaml.safe_load((CONFIG / "tables.yaml").read_text(encoding="utf-8"))
    for table in raw["tables"]:
        for axis in (table["columns"], *table["rows"]):
            if "largest" in axis:
                axis["largest"] = 4
    raw["tables"] += yaml.safe_load(ADDED)
    raw["populations"]["vertrokken"] = {
        "label": "Mensen die zijn vertrokken",
        "filter": {"uitstroomroute": ["Natuurlijke uitstroom"]},
    }
    return Specification.model_validate(raw)


@cache
def texts() -> Texts:
    return load_texts(CONFIG / "report", REFERENCE / "begrippen.yaml")


@st.composite
def cubes(draw: Callable[[Any], Any]) -> Cube:
    """Populations with few values of each variable, so that ties, gaps and empty groups are common."""
    chosen = [
        draw(st.lists(st.sampled_from(VALUES[key]), min_size=1, max_size=4, unique=True)) for key in KEYS
    ]
    cell = st.tuples(*(st.sampled_from(values) for values in chosen))
    count = st.one_of(st.integers(1, 3), st.integers(1, 5000))
    return Counter(dict(draw(st.lists(st.tuples(cell, count), max_size=25))))


def inputs(cube: Cube) -> Inputs:
    cells = sorted(cube)
    columns = {key: pa.array([cell[i] for cell in cells], pa.string()) for i, key in enumerate(KEYS)}
    table = pa.table({**columns, "aantal": pa.array([cube[cell] for cell in cells], pa.int64())})
    people = sum(cube.values())
    return Inputs(
        records=tidy_tables(table, specification(), PEILDATUM),
        specification=specification(),
        account=Account(
            PEILDATUM,
            False,
            Delivery("levering_*van*_[DUO].csv", "ab", (), ("persoonsnummer",), {}, ()),
            (Step("gelezen", "", "", people), Step("overgebleven", "", "", people)),
            {},
            (),
            None,
        ),
        texts=texts(),
        charts=False,
    )


def sections(document: Document) -> Iterator[Section]:
    for section in document.sections:
        yield section
        yield from section.sections


def findings(section: Section) -> list[str]:
    return [
        "".join(span.text for span in block.text)
        for block in section.blocks
        if isinstance(block, Paragraph) and block.role == "finding"
    ]


def all_texts(document: Document) -> Iterator[str]:
    yield from (document.title, document.subtitle, document.notice, document.description, document.source)
    for section in sections(document):
        yield section.title
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield "".join(span.text for span in block.text)
            elif isinstance(block, Items):
                yield from ("".join(span.text for span in item) for item in block.items)
            elif isinstance(block, KeyFigures):
                yield from (f"{figure.label} {figure.remark}" for figure in block.figures)
            elif isinstance(block, Table):
                yield from (block.title, block.population, *block.footnotes)


@given(cube=cubes())
@examples(60)
def test_every_sentence_is_grammatical_and_true(cube: Cube) -> None:
    check(cube)


def check(cube: Cube) -> None:
    made = inputs(cube)
    document = report(made)
    check_grammar(document)
    check_claims(document, made)
    check_men_and_women(document, made)


def check_grammar(document: Document) -> None:
    for text in all_texts(document):
        assert text == " ".join(text.split())
        assert not re.search(r"[{}]|None|nan|\\|\(\)| [.,;:]|\.\.|,,| en \.", text), text
        assert not re.search(r"\b(?<![.,\d])1 personen|\b(?:[02-9]|\d\d+) persoon\b", text), text
    for section in sections(document):
        for text in findings(section):
            assert re.match(r"[‘]?[A-ZÅÇ0-9]", text), text
            assert text.endswith("."), text


def check_claims(document: Document, made: Inputs) -> None:
    for section in sections(document):
        number = next((b.number for b in section.blocks if isinstance(b, Table) and b.number), None)
        rows = [row for row in made.records if row.tabel == number]
        for paragraph in findings(section):
            if rows:
                Oracle(rows, decimals(number)).check(paragraph)


def decimals(number: str | None) -> int:
    return specification().table(number or "").decimals


def check_men_and_women(document: Document, made: Inputs) -> None:
    for section in document.sections:
        for text in findings(section):
            population = "wi2007" if section.id == "uitstroom" else "nog_inburgeringsplichtig"
            sizes = {
                row.kolom: row.aantal
                for row in made.records
                if row.populatie == population and row.rij == "totaal" and row.kolomvariabele == "geslacht"
            }
            places = 1 if population == "wi2007" else 0
            oracle = Oracle([], places)
            percents = [number(found) for found in re.findall(r"([\d,]+)%", text)]
            men, women = (oracle.shown(sizes[k], sizes["totaal"]) for k in ("man", "vrouw"))
            if "meer mannen dan" in text:
                assert sizes["man"] > sizes["vrouw"] and percents == [men, women]
            elif "meer vrouwen dan" in text:
                assert sizes["man"] < sizes["vrouw"] and percents == [women, men]
            else:
                assert "evenveel" in text and sizes["man"] == sizes["vrouw"] and percents == [men]
            unknown = sizes["totaal"] - sizes["man"] - sizes["vrouw"]
            found = re.search(r"Van ([\d.]+) perso", text)
            assert (whole(found[1]) if found else 0) == unknown
