"""The content document: structure, notices, added tables, empty populations, no figure in a text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from content_sample import PEOPLE, PROTECTED, inputs, section, sentences, specification, tables, texts

from schemas.report import ChapterText
from wi2007 import reference
from wi2007.population.exclusion import read_sensitivity
from wi2007.project import CONFIG, ROOT
from wi2007.publication import soundness, structure
from wi2007.publication.chapters.explanation import markdown
from wi2007.publication.content.texts import facts_of
from wi2007.publication.document import Document, Glossary, Items, KeyFigures, from_json, to_json
from wi2007.publication.report import report
from wi2007.statements.published import published
from wi2007.statements.settings import load as load_statements

ADDED = {
    "number": "X.1",
    "title": "Nog steeds inburgeringsplichtig, naar doelgroep",
    "population": "nog_inburgeringsplichtig",
    "columns": {"variable": "geslacht"},
    "rows": [{"variable": "doelgroep"}],
    "footnotes": ["Een eigen voetnoot."],
}


NEED_MORE = {"cbs", "verandering", "tempo", "vooruitzicht", "uitspraken", "reproductie"}
"""The chapters that are made from other files than the tables and the account."""


def test_the_chapters_stand_in_the_order_of_the_texts() -> None:
    written = [chapter.id for chapter in texts().report.hoofdstukken]
    assert set(written) > NEED_MORE
    made = report(inputs())
    assert [chapter.id for chapter in made.sections] == [name for name in written if name not in NEED_MORE]


def test_chapters_and_figures_are_numbered_through_and_annexes_have_letters() -> None:
    document = report(replace(inputs(compared=True), charts=True))
    numbers = [chapter.number for chapter in document.sections]
    annexes = [number for number in numbers if number.startswith("Bijlage ")]
    chapters = [number for number in numbers if number and number not in annexes]
    assert chapters == [str(at) for at in range(1, len(chapters) + 1)]
    of_appendix = [part.number for part in document.appendix]
    assert annexes + of_appendix == [
        f"Bijlage {letter}" for letter in "ABCDEFGHI"[: len(annexes + of_appendix)]
    ]
    assert [number for number in numbers if number] == chapters + annexes
    unnumbered = {chapter.id for chapter in document.sections if not chapter.number}
    assert unnumbered == {"kerncijfers", "colofon", "reproductie"}
    drawn = [chart.shown for chart in structure.charts(document)]
    assert drawn == [str(at) for at in range(1, len(drawn) + 1)]


def test_a_chapter_says_what_surely_stands_out_under_its_title() -> None:
    many = report(inputs({key: 100 * count for key, count in PEOPLE.items()}))
    told = {chapter.id: chapter.message for chapter in many.sections}
    assert told["nog-inburgeringsplichtig"] == "De meesten zijn 45 jaar of ouder"
    assert told["methode"] == ""
    few = report(inputs({("V", "5022", "0363", "45 tot 55", "IBP", "OUDKOMER"): 3}))
    assert {chapter.message for chapter in few.sections} == {""}


def test_a_chart_says_what_surely_stands_out_above_its_topic() -> None:
    many = inputs({key: 100 * count for key, count in PEOPLE.items()})
    charts = {chart.id: chart for chart in structure.charts(report(replace(many, charts=True)))}
    country = charts["grafiek-2-1-land-van-herkomst"]
    assert country.message == "De grootste groep komt uit Marokko"
    assert country.title == "Nog inburgeringsplichtige mannen en vrouwen naar land van herkomst"
    assert not any(
        sign.isdigit()
        for chart in charts.values()
        for sign in chart.message
        if chart.id != "grafiek-2-2-leeftijdsklasse"
    )


def test_the_annex_is_there_for_the_study_only_and_shows_every_figure() -> None:
    document = report(inputs(compared=True))
    annex = [t for t in tables(section(document, "reproductie")) if t.id.startswith("bijlage")]
    shown = sum(
        sum(column.label == "gepubliceerd" for column in table.columns)
        * sum(row.role != "group" and row.cells[0].text != "–" for row in table.rows)
        for table in annex
    )
    assert shown >= 243
    published = [
        row.cells[i].text
        for table in annex
        for row in table.rows
        for i, column in enumerate(table.columns)
        if row.cells and column.label == "gepubliceerd" and row.cells[i].text != "–"
    ]
    assert len(published) == 243


def test_the_comparison_says_that_its_figures_are_exact_where_others_are_rounded() -> None:
    rounded, exact = (report(inputs(compared=True, **more)) for more in ({"afronding": PROTECTED}, {}))
    annex = section(rounded, "reproductie")
    assert "komen uit de exacte aantallen" in sentences(annex)[0]
    heads = {column.label for table in tables(annex) for column in table.columns}
    assert "exact berekend" in heads
    assert "berekend" not in heads
    assert any("reproductie.pdf" in sentence for sentence in rounded.protection)
    assert not any("reproductie.pdf" in one for one in report(inputs(afronding=PROTECTED)).protection)
    assert "exacte" not in sentences(section(exact, "reproductie"))[0]


def test_the_same_input_gives_the_same_document_and_it_can_be_read_back() -> None:
    text = to_json(report(inputs(compared=True)))
    assert text == to_json(report(inputs(compared=True)))
    assert to_json(from_json(text)) == text


@pytest.mark.parametrize(
    ("demonstration", "words"),
    [
        (True, "demonstratiegegevens en geen echte personen"),
        (False, "Exacte aantallen, niet voor publicatie"),
    ],
)
def test_the_notice(demonstration: bool, words: str) -> None:
    document = report(inputs(demonstratie=demonstration))
    assert words in document.notice
    assert ("demonstratie" in document.title) == demonstration
    assert "niet voor publicatie" in document.title
    assert ("demonstratie" in document.subtitle.lower()) == demonstration


def test_a_report_with_protected_counts_has_no_notice() -> None:
    document = report(inputs(afronding=PROTECTED))
    assert document.notice == ""
    assert document.title == "Wet inburgering 2007: wie is nog inburgeringsplichtig?"
    assert document.subtitle == "Stand op 1 juli 2024"
    assert "publicatie" not in document.description
    demonstration = report(inputs(demonstratie=True, afronding=PROTECTED))
    assert "geen echte personen" in demonstration.notice


def test_an_added_table_comes_in_the_chapter_of_its_population() -> None:
    document = report(inputs(tables=specification(ADDED)))
    chapter = section(document, "nog-inburgeringsplichtig")
    parts = [inner.id for inner in chapter.sections]
    assert (parts[:2], parts[-1]) == (["paragraaf-2-1", "paragraaf-2-2"], "paragraaf-x-1")
    part = section(document, "paragraaf-x-1")
    (table,) = tables(part)
    assert table.download == "tabel_X.1.niet-voor-publicatie.csv"
    assert "Een eigen voetnoot." in table.footnotes
    assert sentences(part)[0].startswith(
        "Bij vrouwen komt ‘Nieuwkomer’ (56% van de vrouwen, 0% van de mannen)"
    )


@pytest.mark.parametrize("appendix", [False, True])
def test_a_chapter_may_have_tables_of_its_own(appendix: bool) -> None:
    made = inputs(tables=specification({**ADDED, "appendix": appendix}))
    own = ChapterText[str](id="doelgroepen", titel="Nieuwkomers en oudkomers", tabellen=["X.1"])
    chapters = [*made.texts.report.hoofdstukken[:-1], own, made.texts.report.hoofdstukken[-1]]
    words = made.texts.report.model_copy(update={"hoofdstukken": chapters})
    document = report(replace(made, texts=replace(made.texts, report=words)))
    soundness.check(document)
    chapter = section(document, "doelgroepen")
    assert chapter.title == "Nieuwkomers en oudkomers"
    assert [inner.id for inner in chapter.sections] == ["paragraaf-x-1"]
    others = [inner.id for one in document.sections if one.id != "doelgroepen" for inner in one.sections]
    assert "paragraaf-x-1" not in others


def test_a_population_without_a_chapter_gets_one() -> None:
    added = {**ADDED, "population": "vertrokken"}
    population = {"label": "Mensen die zijn vertrokken", "filter": {"statuscode": ["VERTROKKEN"]}}
    document = report(inputs(tables=specification(added, vertrokken=population)))
    ids = [chapter.id for chapter in document.sections]
    assert ids.index("populatie-vertrokken") == ids.index("ontheffingen") + 1
    chapter = section(document, "populatie-vertrokken")
    assert chapter.title == "Mensen die zijn vertrokken"
    assert "40 personen" in sentences(chapter)[0]


def test_an_empty_population_is_told_and_claims_nothing() -> None:
    people = {key: count for key, count in PEOPLE.items() if key[4] != "IBP"}
    document = report(inputs(people))
    chapter = section(document, "nog-inburgeringsplichtig")
    assert sentences(chapter) == [
        "Op 1 juli 2024 is niemand meer inburgeringsplichtig onder de Wet inburgering 2007."
    ]
    part = section(document, "paragraaf-2-1")
    assert sentences(part) == ["Op 1 juli 2024 hoort niemand bij deze populatie."]
    assert "." in {cell.text for row in tables(part)[0].rows for cell in row.cells}


def test_nobody_at_all() -> None:
    document = report(inputs({}))
    (figures,) = [b for b in section(document, "kerncijfers").blocks if isinstance(b, KeyFigures)]
    assert [figure.value for figure in figures.figures] == ["0", "0"]


def test_persons_of_unknown_gender_are_told() -> None:
    document = report(inputs())
    assert any(
        "1 persoon is het geslacht onbekend" in t
        for t in sentences(section(document, "nog-inburgeringsplichtig"))
    )
    assert any(
        "1 persoon is het geslacht onbekend" in note
        for note in tables(section(document, "paragraaf-2-1"))[0].footnotes
    )


def test_a_file_name_is_no_markup() -> None:
    assert "levering_*juli*_[DUO].csv" in report(inputs()).source


def test_the_funnel_shows_reason_and_ground() -> None:
    funnel = next(t for t in tables(section(report(inputs()), "levering")) if t.id == "trechter")
    assert [row.label for row in funnel.rows] == [
        "Gelezen rijen",
        "Niet meegeteld",
        "Personen in dit rapport",
    ]
    assert funnel.rows[1].cells[0].text == "Om een reden (een uitspraak)"
    assert [row.cells[1].text for row in funnel.rows] == ["281", "5", "276"]


TURKS = {
    "stap": "uitgesloten",
    "regel": "turkse_nationaliteit",
    "omschrijving": "Om een reden",
    "bron": "een uitspraak",
    "kolommen": ["gevraagde_nationaliteit"],
    "waarden": ["Turks"],
    "aantal": 5,
}


def left_out(*rules: dict[str, Any]) -> str:
    """What a report says of who is left out, by these rules."""
    kept = sum(PEOPLE.values())
    read = {"stap": "gelezen", "omschrijving": "", "aantal": kept + sum(one["aantal"] for one in rules)}
    rest = {"stap": "overgebleven", "omschrijving": "", "aantal": kept}
    document = report(inputs(trechter=[read, *rules, rest]))
    (figures,) = [b for b in section(document, "kerncijfers").blocks if isinstance(b, KeyFigures)]
    told = sentences(section(document, "levering"))
    return " ".join([*(figure.remark for figure in figures.figures), *told])


def test_who_is_left_out_follows_from_the_rules() -> None:
    one = left_out(TURKS)
    assert "exclusief 5 personen met gevraagde nationaliteit Turks" in one
    assert "Personen met ‘Turks’ als gevraagde nationaliteit tellen niet mee." in one
    other = {
        **TURKS,
        "regel": "zonder_status",
        "kolommen": ["statuscode"],
        "waarden": ["ONBEKEND"],
        "aantal": 2,
    }
    both = left_out(TURKS, other)
    assert "exclusief 7 personen die niet meetellen" in both
    assert "alleen de personen" not in both
    alone = left_out(other)
    assert "exclusief 2 personen met statuscode ONBEKEND" in alone
    assert "Turks" not in alone
    assert "exclusief" not in left_out()


def test_a_funnel_that_does_not_add_up_is_refused() -> None:
    funnel = [
        {"stap": "gelezen", "omschrijving": "", "bron": "", "aantal": 9},
        {"stap": "overgebleven", "omschrijving": "", "bron": "", "aantal": 8},
    ]
    with pytest.raises(ValueError, match="add up"):
        inputs(trechter=funnel)


def test_warnings_are_told_with_their_column() -> None:
    warning = {
        "regel": "x",
        "kolom": "gemeentecode",
        "omschrijving": "Iets vreemds",
        "omvang": "minder dan 1%",
    }
    found = tables(section(report(inputs(waarschuwingen=[warning])), "levering"))
    shown = next(t for t in found if t.id == "waarschuwingen")
    assert shown.rows[0].label == "Iets vreemds (kolom gemeentecode)"
    assert shown.rows[0].cells[0].text == "minder dan 1%"


def test_a_wide_table_is_turned() -> None:
    wide = {
        "number": "X.2",
        "title": "Leeftijd naar land",
        "population": "wi2007",
        "columns": {"variable": "land_van_herkomst", "largest": 20, "rest": "Overig"},
        "rows": [{"variable": "geslacht"}],
    }
    people = {("M", f"50{n}", "0363", "25 tot 35", "IBP", "OUDKOMER"): n for n in range(22, 34)}
    (table,) = tables(section(report(inputs(people, specification(wide))), "paragraaf-x-2"))
    assert [column.label for column in table.columns] == ["Totaal", "man", "vrouw"]
    assert len(table.rows) == 14
    assert "Percentages van het aantal personen in de rij." in table.footnotes


def slugs(document: Document) -> list[str]:
    found: list[str] = []
    for chapter in (*document.sections, *document.appendix):
        for part in (chapter, *chapter.sections):
            found += [part.id, *(block.id for block in part.blocks if hasattr(block, "id"))]
    return found


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    document = report(inputs(compared=True, tables=specification(ADDED)))
    ids = slugs(document)
    assert len(ids) == len(set(ids))
    text = to_json(document)
    (glossary,) = [b for b in section(document, "begrippen").blocks if isinstance(b, Glossary)]
    terms = {term.id for term in glossary.terms}
    assert set(re.findall(r'"term": "([a-z0-9-]+)",\n\s+"href"', text)) <= terms
    assert {href[1:] for href in re.findall(r'"href": "(#[^"]+)"', text)} <= set(ids)


def words_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key not in KEYS_OF_CELLS for text in words_of(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in words_of(inner)]
    return [value] if isinstance(value, str) else []


KEYS_OF_CELLS = {"tabel", "tabellen", "id", "populatie", "rijvariabele"}


def test_no_figure_stands_in_a_text() -> None:
    loaded = texts()
    given = [loaded.report, loaded.words, loaded.phrases]
    for text in words_of([each.model_dump() for each in given]) + [term.definitie for term in loaded.terms]:
        said = re.sub(r"\{[{%].*?[}%]\}", "", text, flags=re.DOTALL)
        assert not re.search(r"\d", said.replace("wi2007", "").replace("SHA-256", "")), text


def test_facts_have_a_source() -> None:
    assert all(len(fact.bron) > 10 for fact in texts().facts.values())


def test_every_code_of_the_route_unknown_is_explained() -> None:
    codes = [status.code for status in reference.statuses().values() if status.route == "Onbekend"]
    assert len(codes) == 4
    (term,) = [term.definitie for term in texts().terms if term.id == "route-onbekend"]
    document = report(inputs())
    told = [
        "".join(span.text for span in item)
        for block in section(document, "methode-tellen").blocks
        if isinstance(block, Items)
        for item in block.items
    ]
    notes = " ".join(note for table in specification().tables for note in table.footnotes)
    for words in (term, " ".join(told), notes):
        assert [code for code in codes if code not in words] == []
        assert "niet inburgeringsplichtig" in words


def test_every_route_has_words_for_how_it_ended() -> None:
    assert set(texts().words.routes) == set(reference.routes())


OLD_WORDS = re.compile(
    r"\blezing(en)?\b|\bmensen\b|elke honderd|zonder wie in dit rapport|gaat de laagste|staat vast dat"
    r"|bij de tijd|(?<!inburgerings)plichtig aan|(?<![\w{%])-\d",
    re.IGNORECASE,
)


def test_readers_find_one_word_for_one_thing() -> None:
    """Variant (not lezing), personen, procent, nog inburgeringsplichtig; and a minus is no hyphen."""
    loaded = texts()
    given = [loaded.report, loaded.words, loaded.phrases, loaded.workbook, *loaded.terms, *loaded.signs]
    found = words_of([each.model_dump(mode="json") for each in given])
    tables_of = specification()
    found += [text for table in tables_of.tables for text in (table.title, *table.footnotes)]
    found += [chart.title for table in tables_of.tables for chart in table.charts or ()]
    found += [population.label for population in tables_of.populations.values()]
    said = load_statements(CONFIG / "uitspraken.yaml", tables_of, published())
    for one in said.uitspraken.values():
        found += [one.zin, one.niet_te_berekenen or "", *(remark.tekst for remark in one.kanttekeningen)]
    readings = read_sensitivity()
    found += [text for one in readings.lezingen for text in (one.naam, one.omschrijving, one.reden)]
    found.append((ROOT / "README.md").read_text(encoding="utf-8"))
    found.remove("lezing")  # the name of a part that is made from the data
    assert [text for text in found if OLD_WORDS.search(text)] == []
    titles = [table.title for table in tables_of.tables]
    assert [title for title in titles if "Nog steeds inburgeringsplichtig" in title] == []


def test_every_route_is_explained() -> None:
    terms = {term.term.removesuffix(" (uitstroomroute)") for term in texts().terms}
    assert set(reference.routes()) - {"Nog steeds inburgeringsplichtig"} <= terms


def test_the_glossary_of_the_documentation_is_the_one_of_the_report() -> None:
    loaded = texts()
    assert (ROOT / "docs/begrippen.md").read_text(encoding="utf-8") == markdown(
        loaded.terms, facts_of(loaded)
    )


def test_texts_files_are_all_read() -> None:
    assert {path.name for path in (CONFIG / "report").iterdir()} == {
        "bijschriften_en.yaml",
        "rapport.yaml",
        "woorden.yaml",
        "bevindingen.yaml",
        "feiten.yaml",
        "tekens.yaml",
        "werkboek.yaml",
        "uitgave.yaml",
        "bronnen.yaml",
    }
