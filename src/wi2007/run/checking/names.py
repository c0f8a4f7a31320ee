"""Check the names in statements and texts against the tables, the lists and each other, and placeholders and links.

Each function yields places in its file with what is wrong there. Which placeholders hold where is only known when a
text is filled in; here a name has to hold anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from jinja2 import TemplateError, meta, nodes

from schemas.cbs_layout import CbsLayout
from schemas.comparison import Comparison
from schemas.report import ChapterText, KeyFigureText, Phrases, ReportText, WordsText
from schemas.statements import CbsRef, ChangeRef, Statements
from schemas.tables import Specification, Table, Variable
from schemas.tidy import TOTAL
from schemas.workbook import WorkbookText
from wi2007 import reference
from wi2007.cbs.labels import named
from wi2007.decisions import Place
from wi2007.publication.chapters.register import NAMES as IN_TEXTS
from wi2007.publication.content.changes import OBLIGED
from wi2007.publication.content.findings import NAMES
from wi2007.publication.content.texts import Texts
from wi2007.publication.content.writer import PIECES, TEMPLATES
from wi2007.run.checking.codes import Found, choose
from wi2007.study import Figure
from wi2007.tables import variables

VARIABLES = get_args(Variable)
STANDARD = "standaard"
CONDITION = "als"
"""The key of a condition: an expression without braces."""
_LINK = re.compile(r"\]\((begrip:|#)([^)\s{}]+)\)")


def of_statements(said: Statements, tables: Specification, comparison: Comparison) -> Found:
    """Check the parts of a change, and the formulas that use them, in `uitspraken.yaml`."""
    for name, asked in said.vergelijking.items():
        for key, what in _change(asked, tables, comparison):
            yield ("vergelijking", name, key), what
    for name, statement in said.uitspraken.items():
        for where, formula in statement.formulas():
            for part in formula.walk():
                if part.verandering is not None and part.verandering not in said.vergelijking:
                    yield (
                        ("uitspraken", name, *where),
                        f"'{part.verandering}' staat niet onder vergelijking. {choose(said.vergelijking)}",
                    )


def _change(asked: ChangeRef, tables: Specification, comparison: Comparison) -> Iterator[tuple[str, str]]:
    if asked.populatie not in tables.populations:
        yield "populatie", f"de populatie '{asked.populatie}' bestaat niet. {choose(tables.populations)}"
    if asked.rijvariabele not in (TOTAL, *VARIABLES):
        yield "rijvariabele", f"'{asked.rijvariabele}' is geen variabele. {choose((TOTAL, *VARIABLES))}"
    elif asked.rij not in _Labels().of(asked.rijvariabele):
        yield "rij", _no_name(asked.rij, asked.rijvariabele)
    parts = [part.deel for part in comparison.named]
    if asked.deel not in parts:
        yield "deel", f"het deel '{asked.deel}' staat niet in config/vergelijking.yaml. {choose(parts)}"
    if asked.route and asked.route not in reference.routes():
        yield "route", f"'{asked.route}' is geen uitstroomroute. {choose(reference.routes())}"


def of_cbs(said: Statements, layout: CbsLayout) -> Found:
    """Check the figures of CBS in `uitspraken.yaml`: `config/cbs.yaml` must know them."""
    pairs, nationalities = named(layout)
    for name, statement in said.uitspraken.items():
        for where, formula in statement.formulas():
            for asked in (part.cbs for part in formula.walk() if part.cbs is not None):
                for what in _unknown_to_cbs(asked, pairs, nationalities):
                    yield ("uitspraken", name, *where), what


def _unknown_to_cbs(
    asked: CbsRef, pairs: set[tuple[str, str]], nationalities: set[str] | None
) -> Iterator[str]:
    if (asked.kenmerk, asked.categorie) not in pairs | {(TOTAL, TOTAL)}:
        yield (
            f"kenmerk '{asked.kenmerk}' met categorie '{asked.categorie}' komt in config/cbs.yaml niet voor. "
            f"{choose(sorted(_near(asked.kenmerk, pairs)))}"
        )
    if nationalities is not None and asked.nationaliteit not in nationalities | {TOTAL}:
        yield (
            f"de nationaliteit '{asked.nationaliteit}' komt in config/cbs.yaml niet voor. "
            f"{choose(sorted(nationalities))}"
        )


def _near(trait: str, pairs: set[tuple[str, str]]) -> set[str]:
    """Return the categories of a characteristic, or the characteristics where it is none of them."""
    return {f"{kind}: {one}" for kind, one in pairs if kind == trait} or {kind for kind, _ in pairs}


def of_study(figures: tuple[Figure, ...], tables: Specification) -> Iterator[tuple[str, str]]:
    """Check the names in `studie_2022.csv`; the place is a table and a row in words, as the list has no lines here."""
    known, labels = {table.number: table for table in tables.tables}, _Labels()
    for figure in figures:
        if figure.tabel not in known:
            yield f"tabel {figure.tabel}", f"deze tabel staat niet in config/tables.yaml. {choose(known)}"
            continue
        table = known[figure.tabel]
        if figure.populatie not in tables.populations:
            yield (
                f"tabel {figure.tabel}",
                f"de populatie '{figure.populatie}' bestaat niet. {choose(tables.populations)}",
            )
        for kind, variable, label in (
            ("rij", figure.rijvariabele, figure.rij),
            ("kolom", figure.kolomvariabele, figure.kolom),
        ):
            place = f"tabel {figure.tabel}, {kind} '{label}'"
            if variable not in (TOTAL, *VARIABLES):
                yield place, f"'{variable}' is geen variabele. {choose((TOTAL, *VARIABLES))}"
            elif label not in labels.of(variable, table):
                yield place, _no_name(label, variable)


def of_report(report: ReportText[str], tables: Specification) -> Found:
    """Populations, tables, rows and columns in `rapport.yaml`."""
    seen: set[str] = set()
    placed: set[str] = set()
    known = [table.number for table in tables.tables]
    for place, chapter in _chapters(report):
        if chapter.populatie is not None and chapter.populatie not in tables.populations:
            yield (
                (*place, "populatie"),
                f"de populatie '{chapter.populatie}' bestaat niet. {choose(tables.populations)}",
            )
        if chapter.id in seen:
            yield (
                (*place, "id"),
                f"de naam '{chapter.id}' is al in gebruik. Geef elk hoofdstuk een eigen naam.",
            )
        seen.add(chapter.id)
        for at, number in enumerate(chapter.tabellen):
            if number not in known:
                yield (
                    (*place, "tabellen", at),
                    f"tabel '{number}' staat niet in config/tables.yaml. {choose(known)}",
                )
            elif number in placed:
                yield (
                    (*place, "tabellen", at),
                    f"tabel '{number}' staat al in een ander hoofdstuk. Noem haar één keer.",
                )
            placed.add(number)
    for variable in report.bijlagen:
        if variable not in VARIABLES:
            yield ("bijlagen", variable), f"'{variable}' is geen variabele. {choose(VARIABLES)}"
    for at, figure in enumerate(report.kerncijfers):
        for key, what in _key_figure(figure, tables):
            yield ("kerncijfers", at, key), what


def _chapters(report: ReportText[str]) -> Iterator[tuple[Place, ChapterText[str]]]:
    ahead: list[tuple[Place, ChapterText[str]]] = [
        (("hoofdstukken", at), one) for at, one in enumerate(report.hoofdstukken)
    ]
    while ahead:
        place, chapter = ahead.pop(0)
        yield place, chapter
        ahead += [((*place, "onderdelen", at), one) for at, one in enumerate(chapter.onderdelen)]


def _key_figure(figure: KeyFigureText, tables: Specification) -> Iterator[tuple[str, str]]:
    known, labels = {table.number: table for table in tables.tables}, _Labels()
    if figure.tabel not in known:
        yield "tabel", f"tabel '{figure.tabel}' staat niet in config/tables.yaml. {choose(known)}"
        return
    table = known[figure.tabel]
    rows = [TOTAL, *(axis.variable for axis in table.rows)]
    if figure.rijvariabele not in rows:
        yield (
            "rijvariabele",
            f"'{figure.rijvariabele}' staat niet in de rijen van tabel {table.number}. {choose(rows)}",
        )
    elif figure.rij is not None and figure.rij not in labels.of(figure.rijvariabele, table):
        yield "rij", _no_name(figure.rij, figure.rijvariabele)
    if figure.kolom not in labels.of(table.columns.variable, table):
        yield "kolom", _no_name(figure.kolom, table.columns.variable)
    everybody = (OBLIGED, TOTAL, None, "aantal")
    if figure.lijn and (table.population, figure.rijvariabele, figure.rij, figure.maat) != everybody:
        yield (
            "lijn",
            f"een lijn is er alleen van alle personen samen in populatie '{OBLIGED}' (maat: aantal).",
        )


def of_words(words: WordsText, tables: Specification) -> Found:
    """Check the variables, populations and countries in `woorden.yaml`."""
    for variable in words.variabelen:
        if variable not in VARIABLES:
            yield ("variabelen", variable), f"'{variable}' is geen variabele. {choose(VARIABLES)}"
    for population in words.populaties:
        if population not in tables.populations:
            yield (
                ("populaties", population),
                f"de populatie '{population}' bestaat niet. {choose(tables.populations)}",
            )
    named = _Labels().of("land_van_herkomst")
    for article, countries in words.lidwoorden.items():
        for at, country in enumerate(countries):
            if country not in named:
                yield ("lidwoorden", article, at), _no_name(country, "land_van_herkomst")


def of_phrases(phrases: Phrases) -> Found:
    """Check the findings, variables and pieces in `bevindingen.yaml`."""
    for name in NAMES:
        if STANDARD not in phrases.zinnen.get(name, {}):
            yield (
                ("zinnen", name),
                f"de zin '{name}' met '{STANDARD}' ontbreekt. Zet haar terug: die bevinding kan voorkomen.",
            )
    for name, texts in phrases.zinnen.items():
        if name not in NAMES:
            yield ("zinnen", name), f"de bevinding '{name}' bestaat niet. {choose(NAMES)}"
        for variable in texts:
            if variable not in (STANDARD, *VARIABLES):
                yield (
                    ("zinnen", name, variable),
                    f"'{variable}' is geen variabele. {choose((STANDARD, *VARIABLES))}",
                )
    for name, texts in phrases.titels.items():
        if name not in NAMES:
            yield ("titels", name), f"de bevinding '{name}' bestaat niet. {choose(NAMES)}"
        for variable in texts:
            if variable not in VARIABLES:
                yield ("titels", name, variable), f"'{variable}' is geen variabele. {choose(VARIABLES)}"
    for name in PIECES:
        if name not in phrases.stukken:
            yield ("stukken",), f"het stuk '{name}' ontbreekt. Zet het terug."


def of_workbook(workbook: WorkbookText, report: ReportText[str]) -> Found:
    """Chapters that `werkboek.yaml` takes along by how their name begins."""
    chapters = [chapter.id for _, chapter in _chapters(report)]
    for at, beginning in enumerate(workbook.methode):
        if not any(chapter.startswith(beginning) for chapter in chapters):
            yield (
                ("methode", at),
                f"geen hoofdstuk in rapport.yaml heeft een naam die begint met '{beginning}'. {choose(chapters)}",
            )


def of_footnotes(tables: Specification, texts: Texts) -> Found:
    """Check the footnotes in `tables.yaml`: their placeholders, and numbers that follow from the table itself."""
    for at, table in enumerate(tables.tables):
        for number, text in enumerate(table.footnotes):
            place = ("tables", at, "footnotes", number)
            for what in _wrong(text, tuple(texts.facts), ()) if "{" in text else ():
                yield place, what
            for what in _typed(text, table, texts.words):
                yield place, what


def _typed(text: str, table: Table, words: WordsText) -> Iterator[str]:
    """Say where a text gives the number of a ranked axis itself, which another number in the table would contradict."""
    for axis in (table.columns, *table.rows):
        named = words.variabelen.get(axis.variable, words.andere_variabele).meervoud.split()[-1]
        numbers = "|".join(map(re.escape, words.telwoorden[2:]))
        found = re.search(rf"\b(?:\d+|{numbers})\s+(?:grootste\s+)?{re.escape(named)}\b", text)
        if axis.largest is not None and found:
            name = "{{ grootste." + axis.variable + "|telwoord }}"
            yield f"'{found[0]}' volgt uit 'largest'. Schrijf {name} in plaats van het getal."


class _Labels:
    """Every name that a row or column of a variable can have; in a table also that of its rest."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {TOTAL: frozenset()}

    def of(self, variable: str, table: Table | None = None) -> frozenset[str]:
        """Return the names, with `totaal` among them."""
        if variable not in self._known:
            self._known[variable] = frozenset(variables.all_labels(variable).values())
        axes = (table.columns, *table.rows) if table is not None else ()
        rests = (axis.rest for axis in axes if axis.variable == variable and axis.rest is not None)
        return self._known[variable].union((TOTAL,), rests)


def _no_name(label: str, variable: str) -> str:
    known = [TOTAL, *dict.fromkeys(variables.all_labels(variable).values())]
    what = choose(known) if len(known) <= 20 else "Gebruik een naam uit de lijst in reference/."
    return f"'{label}' is geen naam van {variable}. {what}"


def of_texts(content: Any, texts: Texts) -> Found:
    """Return what is wrong with the texts of one file, read as YAML."""
    terms = [term.id for term in texts.terms]
    for place, text in _texts(content, ()):
        is_condition = place[-1:] == (CONDITION,)
        if not is_condition and "{" not in text and "](" not in text:
            continue
        template = f"{{% if {text} %}}{{% endif %}}" if is_condition else text
        for what in _wrong(template, tuple(texts.facts), tuple(texts.phrases.stukken)):
            yield place, what
        for kind, name in _LINK.findall(text):
            if kind == "begrip:" and name not in terms:
                yield place, f"het begrip '{name}' staat niet in reference/begrippen.yaml. {choose(terms)}"


def _texts(part: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(part, str):
        yield place, part
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _texts(value, (*place, key))
    elif isinstance(part, list):
        for at, value in enumerate(part):
            yield from _texts(value, (*place, at))


@lru_cache(maxsize=4096)
def _wrong(template: str, facts: tuple[str, ...], pieces: tuple[str, ...]) -> tuple[str, ...]:
    try:
        tree = TEMPLATES.parse(template)
    except TemplateError as error:
        return (f"deze tekst is niet goed ({error.message}). Kijk naar de accolades en aanhalingstekens.",)
    return tuple(_unknown(tree, facts, pieces))


def _unknown(tree: nodes.Template, facts: tuple[str, ...], pieces: tuple[str, ...]) -> Iterator[str]:
    filters = {node.name for node in tree.find_all(nodes.Filter)} - TEMPLATES.filters.keys()
    for name in sorted(filters):
        yield f"het filter '{name}' bestaat niet. De filters staan in docs/teksten.md."
    for name in sorted(meta.find_undeclared_variables(tree) - IN_TEXTS) if not filters else ():
        yield f"'{name}' bestaat niet. De namen die mogen, staan in docs/teksten.md."
    for part in tree.find_all(nodes.Getattr):
        if isinstance(part.node, nodes.Name) and part.node.name == "feiten" and part.attr not in facts:
            yield f"het feit '{part.attr}' staat niet in feiten.yaml. {choose(facts)}"
    for call in tree.find_all(nodes.Call):
        asked = call.args if isinstance(call.node, nodes.Name) and call.node.name == "stuk" else []
        for one in asked:
            if isinstance(one, nodes.Const) and one.value not in pieces:
                yield f"het stuk '{one.value}' staat niet in bevindingen.yaml. {choose(pieces)}"
