"""Every sentence about any population is grammatical and true: claims are read back and held against the tables.

The oracle reads the tidy rows itself; it knows nothing of blocks or findings. A sentence it cannot read fails.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pyarrow as pa
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.tables import Specification
from wi2007.project import CONFIG, REFERENCE
from wi2007.publication.content.account import Account, Delivery, Step
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.content.report import report
from wi2007.publication.content.texts import Texts, load
from wi2007.publication.document import Document, Items, KeyFigures, Paragraph, Section, Table
from wi2007.tables.build import tidy_tables
from wi2007.tables.tidy import TidyRow

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
    return load(CONFIG / "report", REFERENCE / "begrippen.yaml")


@st.composite
def cubes(draw: Callable[[Any], Any]) -> Cube:
    """Populations with few values of each variable, so that ties, gaps and empty groups are common."""
    chosen = [draw(st.lists(st.sampled_from(VALUES[key]), min_size=1, max_size=4, unique=True)) for key in KEYS]
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
            Delivery("levering_*van*_[DUO].csv", 1, "ab", "utf-8", ";", ("persoonsnummer",)),
            (Step("gelezen", "", "", people), Step("overgebleven", "", "", people)),
            {},
            (),
        ),
        texts=texts(),
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
@settings(max_examples=100, deadline=None)
def test_every_sentence_is_grammatical_and_true(cube: Cube) -> None:
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
        assert not re.search(r"volgt [^.]* en [^.]*\. Samen|volgen [^,.]*(?<! en) \([^)]*\)\.", text), text
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


SHARE = r"(?:(?P<woorden>[a-z ]+) \()?(?P<procent>[\d,]+)%\)?"
ITEM = re.compile(r"(?:,? ?(?:en )?)(?P<naam>[^(),]+?) \((?P<procent>[\d,]+)%\)")
PAIR = re.compile(r"(?P<naam>[^(),]+?) \((?P<a>[\d,]+)% van de (?P<wie>vrouwen|mannen), (?P<b>[\d,]+)% van de \w+\)")
UNIVERSE = r"van (?:alle personen|de personen)[^.:]*"
FRACTIONS = {
    "een tiende": 10,
    "een vijfde": 20,
    "een kwart": 25,
    "een derde": Fraction(100, 3),
    "de helft": 50,
    "twee derde": Fraction(200, 3),
    "driekwart": 75,
}


class Oracle:
    """Reads sentences about one table and checks them with the table's tidy rows."""

    def __init__(self, rows: list[TidyRow], places: int) -> None:
        self.rows = rows
        self.places = places
        self.cells = {(r.rij, r.kolom): r for r in rows if r.rijvariabele != "totaal"}
        self.totals = {r.kolom: r.aantal for r in rows if r.rijvariabele == "totaal"}
        self.columns = list(self.totals)
        self.everybody = self.totals.get("totaal", sum(self.totals.values()))

    def check(self, paragraph: str) -> None:
        self.check_words(paragraph)
        for sentence in re.split(r"(?<=[.]) (?=[‘A-Z0-9])", paragraph):
            for pattern, name in SENTENCES:
                if found := re.fullmatch(pattern, sentence):
                    getattr(self, name)(found)
                    break
            else:
                raise AssertionError(f"a sentence that nobody checks: {sentence}")

    def check_words(self, text: str) -> None:
        for near, name, percent in re.findall(
            rf"(ongeveer|bijna|ruim|)\s?({'|'.join(FRACTIONS)}) \(([\d,]+)%\)", text.lower()
        ):
            shown, anchor = number(percent), FRACTIONS[name]
            if "meer dan de helft" in text and name == "de helft" and near == "":
                continue
            slack = Fraction(1, 2 * 10**self.places)
            low, high = {
                "ongeveer": (anchor - 2, anchor + 2),
                "bijna": (anchor - 5, anchor),
                "ruim": (anchor, anchor + 5),
                "": (anchor, anchor),
            }[near]
            assert low - slack <= Fraction(shown) <= high + slack, text
        for percent in re.findall(r"bijna iedereen \(([\d,]+)%\)", text):
            assert 95 <= number(percent) <= 100
        for percent in re.findall(r"meer dan de helft \(([\d,]+)%\)", text):
            assert 50 <= number(percent) < 67

    def label(self, name: str) -> str:
        """A name in a sentence back to the label in the table."""
        plain = re.sub(r"^(?:de|het) (?=[A-Z])", "", name.strip().strip("‘’"))
        for pattern, label in (
            (r"jonger dan (\d+) jaar", "tot {}"),
            (r"(\d+) tot (\d+) jaar", "{} tot {}"),
            (r"(\d+) jaar of ouder", "{} en ouder"),
        ):
            if found := re.fullmatch(pattern, plain):
                plain = label.format(*found.groups())
        known = {row for row, _ in self.cells} | set(self.columns)
        assert plain in known, f"{name} is in no row or column"
        assert not plain.startswith("Overig"), "a rest is called by name"
        return plain

    def variable_of(self, row: str) -> str:
        return next(r.rijvariabele for r in self.rows if r.rij == row)

    def overall(self, row: str) -> int:
        if "totaal" in self.columns:
            return self.cells[row, "totaal"].aantal
        return sum(self.cells[row, column].aantal for column in self.columns)

    def ranked(self, row: str) -> list[tuple[int, str]]:
        """Counts of the rows beside this one that take part in a ranking, most first."""
        variable = self.variable_of(row)
        barred = {"Overig", "Register niet-ingezetenen"} | (
            set() if variable == "uitstroomroute" else {"Onbekend"}
        )
        names = dict.fromkeys(r.rij for r in self.rows if r.rijvariabele == variable)
        return sorted(((self.overall(n), n) for n in names if n not in barred), key=lambda x: -x[0])

    def shown(self, part: int, whole: int) -> Decimal:
        return Decimal(repr(100 * part / whole if whole else 0.0)).quantize(
            Decimal(1).scaleb(-self.places), ROUND_HALF_UP
        )

    def share(self, row: str, column: str) -> Decimal:
        return self.shown(self.cells[row, column].aantal, self.totals[column])

    def average(self, row: str) -> Decimal:
        return self.shown(self.overall(row), self.everybody)

    # what sentences claim

    def largest(self, found: re.Match[str]) -> None:
        label = self.label(found["naam"])
        counts = self.ranked(label)
        assert counts[0] == (self.overall(label), label)
        assert len(counts) == 1 or counts[1][0] < counts[0][0]
        assert number(found["procent"]) == self.average(label)
        self.named = [label]

    def after(self, found: re.Match[str]) -> None:
        items = [(self.label(m["naam"]), number(m["procent"])) for m in ITEM.finditer(found["lijst"])]
        assert (found["werkwoord"] == "volgt") == (len(items) == 1)
        for label, percent in items:
            assert percent == self.average(label)
        self.named += [label for label, _ in items]
        expected = [count for count, _ in self.ranked(self.named[0])][: len(self.named)]
        assert [self.overall(label) for label in self.named] == expected

    def together(self, found: re.Match[str]) -> None:
        part = sum(self.overall(label) for label in self.named)
        assert number(found["procent"]) == self.shown(part, self.everybody)

    def tied(self, found: re.Match[str]) -> None:
        names = [self.label(name) for name in re.split(r", | en ", found["lijst"])]
        counts = self.ranked(names[0])
        top = [name for count, name in counts if count == counts[0][0]]
        assert sorted(names) == sorted(top)
        assert number(found["procent"]) == self.average(names[0])

    def many_tied(self, found: re.Match[str]) -> None:
        per_variable = [self.ranked(row) for row in dict.fromkeys(row for row, _ in self.cells)]
        assert any(
            sum(count == counts[0][0] for count, _ in counts) == int(found["aantal"])
            and self.shown(counts[0][0], self.everybody) == number(found["procent"])
            for counts in per_variable
            if counts
        )

    def everyone(self, found: re.Match[str]) -> None:
        label = self.label(found["naam"])
        assert self.overall(label) == self.everybody > 0

    def only_rest(self, found: re.Match[str]) -> None:
        names = re.findall("‘([^’]+)’", found["lijst"])
        assert sum(self.overall(name) for name in names) == self.everybody
        assert ("rijen" in found[0]) == (len(names) > 1)

    def gender(self, found: re.Match[str]) -> None:
        who = found["wie"].lower()
        for pair in PAIR.finditer(found["lijst"]):
            name = re.sub(r"^(?:en |de gemeenten? |de leeftijdsklassen? )+", "", pair["naam"].strip(" ,"))
            label = self.label(name.removeprefix("en "))
            assert pair["wie"] == who
            columns = ("vrouw", "man") if who == "vrouwen" else ("man", "vrouw")
            first, second = (self.share(label, column) for column in columns)
            assert (number(pair["a"]), number(pair["b"])) == (first, second)
            assert first - second >= 2
        assert PAIR.search(found["lijst"])
        plural = len(PAIR.findall(found["lijst"])) > 1
        assert not re.search(r"\bkomt\b", found[0]) or not plural
        assert not re.search(r"^Bij .* komen ", found[0]) or plural

    def little(self, found: re.Match[str]) -> None:
        limit = number(found["punten"])
        assert any(
            max(abs(self.share(row, "man") - self.share(row, "vrouw")) for row in rows) == limit
            for rows in self.per_variable()
        )

    def no_difference(self, found: re.Match[str]) -> None:
        assert any(
            all(self.share(row, "man") == self.share(row, "vrouw") for row in rows)
            for rows in self.per_variable()
        )

    def per_variable(self) -> list[list[str]]:
        groups: dict[str, list[str]] = {}
        for row in dict.fromkeys(row for row, _ in self.cells):
            groups.setdefault(self.variable_of(row), []).append(row)
        return list(groups.values())

    def ages(self, found: re.Match[str], lowest: int, unknown: bool) -> int:
        rows = [r for r in self.rows if r.rijvariabele == "leeftijdsklasse" and r.kolom == "totaal"]
        assert bool(next((r.aantal for r in rows if r.rij == "Onbekend"), 0)) == unknown
        lower = {r.rij: 0 if r.rij.startswith("tot") else int(r.rij.split()[0]) for r in rows if r.rij != "Onbekend"}
        return sum(r.aantal for r in rows if r.rij in lower and lower[r.rij] >= lowest)

    def older(self, found: re.Match[str]) -> None:
        part = self.ages(found, int(found["jaar"]), unknown="staat vast" in found[0])
        assert 2 * part > self.everybody
        assert number(found["procent"]) == self.shown(part, self.everybody)

    def youngest(self, found: re.Match[str]) -> None:
        unknown = found[0].startswith("Voor zover")
        year = int(found["jaar"])
        assert self.ages(found, 0, unknown) == self.ages(found, year, unknown)

    def unknown_age(self, found: re.Match[str]) -> None:
        assert self.cells["Onbekend", "totaal"].aantal == whole(found["aantal"])

    def high_low(self, found: re.Match[str]) -> None:
        row = self.label(found["rij"])
        shares = {column: self.share(row, column) for column in self.ordinary_columns()}
        high = {self.label(m["naam"]): number(m["procent"]) for m in ITEM.finditer(found["hoog"])}
        low = {self.label(m["naam"]): number(m["procent"]) for m in ITEM.finditer(found["laag"])}
        assert high == {c: s for c, s in shares.items() if s == max(shares.values())}
        assert low == {c: s for c, s in shares.items() if s == min(shares.values())}
        self.row = row

    def mean(self, found: re.Match[str]) -> None:
        assert number(found["procent"]) == self.average(self.row)

    def same_everywhere(self, found: re.Match[str]) -> None:
        self.row = self.label(found["rij"])
        for column in self.ordinary_columns():
            assert self.share(self.row, column) == number(found["procent"])

    def one_column(self, found: re.Match[str]) -> None:
        self.row = self.label(found["rij"])
        assert self.ordinary_columns() == [self.label(found["kolom"])]
        assert self.share(self.row, self.ordinary_columns()[0]) == number(found["procent"])

    def ordinary_columns(self) -> list[str]:
        barred = ("Overig", "Register", "Onbekend", "totaal")
        return [c for c in self.columns if not c.startswith(barred) and self.totals[c]]

    def above(self, found: re.Match[str]) -> None:
        row = self.label(found["rij"])
        average = self.average(row)
        assert number(found["procent"]) == average
        items = [(self.label(m["naam"]), number(m["procent"])) for m in ITEM.finditer(found["lijst"])]
        assert items
        for column, percent in items:
            assert percent == self.share(row, column) >= average + 2

    def apart(self, found: re.Match[str]) -> None:
        row, column = self.label(found["rij"]), found["kolom"]
        assert number(found["procent"]) == self.share(row, column)
        assert 2 * self.cells[row, column].aantal > self.totals[column]
        assert ("iedereen (" in found[0] and "bijna" not in found[0]) == (
            self.cells[row, column].aantal == self.totals[column]
        )

    def nobody(self, found: re.Match[str]) -> None:
        assert self.everybody == 0


def number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def whole(text: str) -> int:
    return int(text.replace(".", ""))


GROUP = r"(?:personen uit|inwoners van|personen van|personen met \w+ \w+|personen in \w+ \w+)"
NAME = r"(?P<naam>[^:]+?)"
SENTENCES = [
    (rf"De grootste groep komt uit {NAME}: {SHARE} {UNIVERSE}\.", "largest"),
    (rf"De grootste groep is {NAME}: {SHARE} {UNIVERSE}\.", "largest"),
    (rf"De gemeente {NAME} telt de meeste personen: {SHARE} {UNIVERSE}\.", "largest"),
    (rf"De uitstroomroute {NAME} komt het meest voor: bij {SHARE} {UNIVERSE}\.", "largest"),
    (rf"De grootste leeftijdsklasse is {NAME}: {SHARE} {UNIVERSE}\.", "largest"),
    (r"Daarna (?P<werkwoord>volgt|volgen) (?P<lijst>.*)\.", "after"),
    (rf"Samen is dat {SHARE}\.", "together"),
    (rf"(?P<lijst>.*) komen als land van herkomst even vaak en het vaakst voor: elk bij (?P<procent>[\d,]+)% {UNIVERSE}\.", "tied"),
    (rf"De gemeenten (?P<lijst>.*) tellen de meeste personen en zijn even groot: elk (?P<procent>[\d,]+)% {UNIVERSE}\.", "tied"),
    (rf"(?P<lijst>.*) zijn even groot en vormen de grootste groepen: elk (?P<procent>[\d,]+)% {UNIVERSE}\.", "tied"),
    (rf"De grootste leeftijdsklassen zijn (?P<lijst>.*): elk (?P<procent>[\d,]+)% {UNIVERSE}\.", "tied"),
    (rf"De (?P<aantal>\d+) grootste groepen zijn even groot: elk (?P<procent>[\d,]+)% {UNIVERSE}\.", "many_tied"),
    (rf"Voor iedereen is [a-z ]+ gelijk: {NAME} \((?P<procent>[\d,]+)% {UNIVERSE}\)\.", "everyone"),
    (r"In deze indeling staat iedereen in de rij(?:en)? (?P<lijst>.*)\.", "only_rest"),
    (r"(?P<wie>Vrouwen|Mannen) (?:komen|wonen) vaker dan (?:mannen|vrouwen) (?:uit|in) (?P<lijst>.*)\.", "gender"),
    (r"Bij (?P<wie>vrouwen|mannen) (?:komt|komen) (?P<lijst>.*) vaker voor dan bij (?:mannen|vrouwen)\.", "gender"),
    (r"Mannen en vrouwen verschillen hierin weinig: in geen enkele rij meer dan (?P<punten>[\d,]+) procentpunt\.", "little"),
    (r"In de afgeronde percentages is er geen verschil tussen mannen en vrouwen\.", "no_difference"),
    (rf"Van {SHARE} staat vast dat zij (?P<jaar>\d+) jaar of ouder zijn\.", "older"),
    (r"(?:[A-Z][a-z ]+ \()?(?P<procent>[\d,]+)%\)? is (?P<jaar>\d+) jaar of ouder\.", "older"),
    (r"Niemand is jonger dan (?P<jaar>\d+) jaar\.", "youngest"),
    (r"Voor zover de leeftijd bekend is, is niemand jonger dan (?P<jaar>\d+) jaar\.", "youngest"),
    (r"Van (?P<aantal>[\d.]+) perso(?:on|nen) is de leeftijdsklasse onbekend\.", "unknown_age"),
    (rf"Van de \w+ in deze tabel is het aandeel (?P<rij>.+?) het hoogst bij {GROUP} (?P<hoog>.*) en het laagst bij {GROUP} (?P<laag>.*)\.", "high_low"),
    (r"Het aandeel (?P<rij>.+?) is bij de \w+ in deze tabel even groot: (?P<procent>[\d,]+)%\.", "same_everywhere"),
    (rf"Bij {GROUP} (?P<kolom>.+) is het aandeel (?P<rij>.+) (?P<procent>[\d,]+)%\.", "one_column"),
    (rf"Gemiddeld is het (?P<procent>[\d,]+)% {UNIVERSE}\.", "mean"),
    (rf"De \w+ (?P<rij>.+) komt vaker dan gemiddeld \((?P<procent>[\d,]+)% {UNIVERSE}\) voor bij {GROUP} (?P<lijst>.*)\.", "above"),
    (r"Van de personen in de groep ‘(?P<kolom>.+)’ hoort (?:(?:[a-z ]+) \()?(?P<procent>[\d,]+)%\)? bij (?P<rij>.+)\.", "apart"),
    (r"Op \d+ \w+ \d+ hoort niemand bij deze populatie\.", "nobody"),
]


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
