"""Every sentence about any population is grammatical and true; a sentence that the oracle cannot read fails."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa
import yaml
from content_oracle import Oracle, Truth, number, whole
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from invented import policy_of

from schemas.disclosure import Disclosure
from schemas.tables import Specification
from schemas.tidy import TidyRow
from wi2007.decisions import read
from wi2007.project import CONFIG, REFERENCE
from wi2007.protection.audit import NotSafeError
from wi2007.protection.cells import Tables
from wi2007.protection.gate import Draws, protect
from wi2007.protection.linear import NoSolutionError
from wi2007.protection.request import ProtectionRequest
from wi2007.protection.rounding import draw
from wi2007.publication.chapters.register import load_texts
from wi2007.publication.content.inputs import Account, Delivery, Inputs, Protection, Step
from wi2007.publication.content.texts import Texts
from wi2007.publication.document import Document, Items, KeyFigures, Paragraph, Section, Table
from wi2007.publication.report import report
from wi2007.tables.build import Counted, Counts, Merged, Pair, all_counted, tables_of

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
- number: "X.1"
  title: Nog steeds inburgeringsplichtig, naar doelgroep
  population: nog_inburgeringsplichtig
  columns: {variable: geslacht}
  rows: [{variable: doelgroep}]
- number: "X.2"
  title: Statuscode naar leeftijd
  population: vertrokken
  columns: {variable: leeftijdsklasse}
  rows: [{variable: statuscode}]
"""
Cube = Counter[tuple[str, ...]]
ALL = ("wi2007", "uitstroomroute", "geslacht")
LARGEST = {
    "land_van_herkomst": r"komt uit (.*), het meest voorkomende land van herkomst",
    "gemeente": r"woont in (.*), de gemeente met de meeste personen",
}


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
def rules() -> Disclosure:
    return read(CONFIG / "disclosure.yaml").held(Disclosure)


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


def exact(cube: Cube) -> dict[Pair, Counts]:
    cells = sorted(cube)
    columns = {key: pa.array([cell[i] for cell in cells], pa.string()) for i, key in enumerate(KEYS)}
    made = pa.table({**columns, "aantal": pa.array([cube[cell] for cell in cells], pa.int64())})
    return all_counted(made, policy_of(made), specification())


def inputs(
    of_pairs: Counted, people: int, merged: Merged | None = None, protection: Protection | None = None
) -> Inputs:
    return Inputs(
        records=tables_of(of_pairs, specification(), PEILDATUM, merged or {}),
        specification=specification(),
        account=Account(
            PEILDATUM,
            False,
            Delivery("levering_*van*_[DUO].csv", "ab", (), ("persoonsnummer",), {}, ()),
            (Step("gelezen", "", "", people), Step("overgebleven", "", "", people)),
            {},
            (),
            protection,
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


@given(cube=cubes(), base=st.sampled_from([5, 10]), key=st.binary(min_size=1, max_size=4))
@examples(60)
def test_every_comparison_in_rounded_tables_is_true_of_the_persons(cube: Cube, base: int, key: bytes) -> None:
    request = ProtectionRequest(Tables(exact(cube), specification()), {}, PEILDATUM, base, rules())
    try:
        made = protect(request, Draws(lambda attempt: draw(key, base, attempt)))
    except (NoSolutionError, NotSafeError):
        return
    protection = Protection(base, base * made.reach, bool(made.loose), 1, bool(made.merged))
    people = sum(made.of_pairs[ALL].values()) if ALL in made.of_pairs else 0
    look(inputs(made.of_pairs, people, made.merged, protection), exact(cube))


def check(cube: Cube) -> None:
    look(inputs(exact(cube), sum(cube.values())), exact(cube))


def look(made: Inputs, persons: Counted) -> None:
    document = report(made)
    check_grammar(document)
    check_claims(document, made, persons)
    check_men_and_women(document, made, persons)
    check_key_figures(document, persons)


def check_key_figures(document: Document, persons: Counted) -> None:
    """The country and the municipality that are called the largest are."""
    for section in sections(document):
        for figure in (f for block in section.blocks if isinstance(block, KeyFigures) for f in block.figures):
            for variable, pattern in LARGEST.items():
                if found := re.fullmatch(pattern, figure.label):
                    counts = Truth(persons, "nog_inburgeringsplichtig", "geslacht").rows(variable)
                    name = re.sub(r"^(?:de|het) (?=[A-Z])", "", found[1])
                    others = [
                        count
                        for label, count in counts.items()
                        if label not in {name, "Register niet-ingezetenen", "Onbekend"}
                    ]
                    assert counts[name] > max(others)


def check_grammar(document: Document) -> None:
    for text in all_texts(document):
        assert text == " ".join(text.split())
        assert not re.search(r"[{}]|None|nan|\\|\(\)| [.,;:]|\.\.|,,| en \.", text), text
        assert not re.search(r"\b(?<![.,\d])1 personen|\b(?:[02-9]|\d\d+) persoon\b", text), text
    for section in sections(document):
        for text in findings(section):
            assert re.match(r"[‘]?[A-ZÅÇ0-9]", text), text
            assert text.endswith("."), text


def check_claims(document: Document, made: Inputs, persons: Counted) -> None:
    for section in sections(document):
        number = next((b.number for b in section.blocks if isinstance(b, Table) and b.number), None)
        rows = [row for row in made.records if row.tabel == number]
        for paragraph in findings(section):
            if rows:
                truth = Truth(persons, rows[0].populatie, rows[0].kolomvariabele)
                holds_of_some(
                    paragraph, [Oracle(part, decimals(number), truth) for part in by_variable(rows)]
                )


def by_variable(rows: list[TidyRow]) -> list[list[TidyRow]]:
    """The rows of a table; of each variable apart where a label stands at several (Onbekend)."""
    variables = dict.fromkeys(row.rijvariabele for row in rows if row.rijvariabele != "totaal")
    labels = [label for name in variables for label in {row.rij for row in rows if row.rijvariabele == name}]
    if len(labels) == len(set(labels)):
        return [rows]
    return [[row for row in rows if row.rijvariabele in ("totaal", name)] for name in variables]


def holds_of_some(paragraph: str, oracles: list[Oracle]) -> None:
    """Check a sentence that tells of one of several variables, and does not say of which."""
    *others, last = oracles
    for one in others:
        with suppress(AssertionError, KeyError, StopIteration, ValueError):
            one.check(paragraph)
            return
    last.check(paragraph)


def decimals(number: str | None) -> int:
    return specification().table(number or "").decimals


def check_men_and_women(document: Document, made: Inputs, persons: Counted) -> None:
    for section in document.sections:
        for text in filter(re.compile("mannen|vrouwen").search, findings(section)):
            population = "wi2007" if section.id == "uitstroom" else "nog_inburgeringsplichtig"
            sizes = {
                row.kolom: row.aantal
                for row in made.records
                if row.populatie == population and row.rij == "totaal" and row.kolomvariabele == "geslacht"
            }
            places = 1 if population == "wi2007" else 0
            truth = Truth(persons, population, "geslacht")
            oracle = Oracle([], places, truth)
            real = {column: truth.size(column) for column in ("man", "vrouw")}
            percents = [number(found) for found in re.findall(r"([\d,]+)%", text)]
            men, women = (oracle.shown(sizes[k], sizes["totaal"]) for k in ("man", "vrouw"))
            if "meer mannen dan" in text:
                assert real["man"] > real["vrouw"] and percents == [men, women]
            elif "meer vrouwen dan" in text:
                assert real["man"] < real["vrouw"] and percents == [women, men]
            else:
                assert text.startswith("Het aandeel mannen is") and percents == [men, women]
            unknown = sizes["totaal"] - sizes["man"] - sizes["vrouw"]
            found = re.search(r"Van ([\d.]+) perso", text)
            assert (whole(found[1]) if found else 0) == unknown
