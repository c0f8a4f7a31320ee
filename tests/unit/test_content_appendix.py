"""The appendix: which tables stand in it, what they show, and the choice of a municipality with its shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from content_sample import PEOPLE, PROTECTED, inputs, section, specification, tables, texts

from schemas.report import SignEdition
from wi2007.publication import soundness, structure, volumes
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.inputs import legend
from wi2007.publication.document import Choice, Chooser, Document, Items, Section, Table
from wi2007.publication.report import report
from wi2007.tables.tidy import percentage

FULL = {
    "number": "B.9",
    "title": "Alle leeftijden",
    "population": "wi2007",
    "columns": {"variable": "geslacht"},
    "rows": [{"variable": "leeftijdsklasse"}],
    "appendix": True,
}


def part(document: Document, name: str) -> Section:
    return next(each for each in document.appendix if each.id == name)


def chooser(document: Document) -> Chooser:
    (found,) = structure.choosers(document)
    return found


def full(document: Document, number: str) -> Table:
    return next(table for table in structure.tables(document) if table.number == number)


def figures(choice: Choice, made: Chooser) -> dict[str, list[str]]:
    labels = [row.label for row in structure.rows_to_choose(made)]
    texts = [[cell.text for cell in cells] for cells in choice.cells]
    return {f"{label} {at}": text for at, (label, text) in enumerate(zip(labels, texts, strict=True))}


def test_full_tables_stand_by_row_variable_and_in_no_chapter() -> None:
    document = report(inputs())
    assert [one.title for one in document.appendix[:2]] == [
        "Alle gemeenten",
        "Alle landen",
    ]
    numbers = [[t.number for inner in one.sections for t in tables(inner)] for one in document.appendix[:2]]
    assert numbers == [["B.1", "B.2", "B.3"], ["B.4", "B.5"]]
    paper = volumes.on_paper(document)
    assert not [table for table in structure.tables(paper) if table.number.startswith("B.")]
    assert part(document, "bijlage-landen").blocks


def test_a_full_table_shows_counts_with_their_value_and_totals_first() -> None:
    table = full(report(inputs()), "B.3")
    rows = {row.label: row for row in table.rows}
    assert [column.label for column in table.columns][:2] == ["Totaal", "Gedeeltelijke vrijstelling"]
    assert [cell.text for cell in rows["Amsterdam"].cells] == ["150", "0", "0", "100", "0", "50", "0", "0"]
    assert [cell.value for cell in rows["Amsterdam"].cells][:4] == [150.0, 0.0, 0.0, 100.0]
    assert (table.rows[0].label, table.rows[0].role, table.rows[0].cells[0].text) == (
        "Totaal",
        "total",
        "276",
    )
    assert {row.role for row in table.rows[1:-2]} == {"row"}
    assert [(row.label, row.role) for row in table.rows[-2:]] == [
        ("Register niet-ingezetenen", "rest"),
        ("Onbekend", "rest"),
    ]
    assert table.download == "tabel_B.3.niet-voor-publicatie.csv"
    assert table.footnotes[0].startswith("Aantallen personen.")
    assert structure.is_long(table)


def test_a_choice_has_the_shares_of_its_own_row_beside_those_of_everybody() -> None:
    made = chooser(report(inputs()))
    assert [table.population.split(" ")[0] for table in made.tables] == ["personen", "iedereen"]
    still, routes = made.tables
    assert [row.label for row in still.rows if row.role == "group"] == ["Geslacht", "Leeftijd"]
    assert [row.label for row in routes.rows if row.role == "group"] == []
    assert [cell.text for cell in still.rows[0].cells] == ["76", "100"]
    amsterdam = next(choice for choice in made.choices if choice.key == "0363")
    shown = figures(amsterdam, made)
    assert shown["Totaal 0"] == ["50", "100"]
    assert shown["Mannen 1"] == ["30", "60"]
    assert shown["Vrouwen 2"] == ["20", "40"]
    assert shown["45 tot 55 6"] == ["50", "100"]
    assert shown["Totaal 10"] == ["150", "100"]
    assert shown["Inburgering voldaan 13"] == ["100", "67"]
    assert shown["Nog steeds inburgeringsplichtig 15"] == ["50", "33"]


def test_everybody_is_the_netherlands_without_who_lives_elsewhere() -> None:
    """22,000 of the RNI, nearly all departed, would set every municipality below the average on who left."""
    people = PEOPLE | {("M", "5022", "1999", "45 tot 55", "VERTROKKEN", "OUDKOMER"): 300}
    made = chooser(report(inputs(people)))
    routes = made.tables[1]
    whole, with_all = (sum(count for key, count in people.items() if key[2] != away) for away in ("1999", ""))
    assert routes.rows[0].cells[0].value == whole != with_all
    departed = next(row for row in routes.rows if row.label == "Natuurlijke uitstroom")
    gone = [c for k, c in people.items() if k[4] in ("VERTROKKEN", "OVERLEDEN") and k[2] != "1999"]
    assert departed.cells[0].value == sum(gone)
    assert {column.group for column in routes.columns} == {"Nederland zonder RNI"}
    assert "zonder de personen in het Register" in " ".join(routes.footnotes)


def test_a_share_of_nobody_is_a_point_that_is_explained() -> None:
    made = chooser(report(inputs()))
    empty = next(choice for choice in made.choices if choice.label == "Zwolle")
    assert {cell.text for row in empty.cells for cell in row[1:]} == {"."}
    assert {cell.text for row in empty.cells for cell in row[:1]} == {"0"}
    assert any("Een punt betekent" in note for note in made.tables[0].footnotes)


def test_only_municipalities_can_be_chosen_by_their_code() -> None:
    made = chooser(report(inputs()))
    labels = [choice.label for choice in made.choices]
    assert len(labels) == 342
    assert not {"Register niet-ingezetenen", "Onbekend"} & set(labels)
    assert all(choice.key.isdigit() and len(choice.key) == 4 for choice in made.choices)
    people = {("M", "5022", "0457", "45 tot 55", "IBP", "OUDKOMER"): 30}
    assert "weesp" in {choice.key for choice in chooser(report(inputs(people))).choices}


def test_every_figure_of_a_choice_is_that_of_the_tables() -> None:
    gathered = inputs()
    document = report(gathered)
    made = chooser(document)
    for number, start in (("B.1", 0), ("B.2", 3), ("B.3", 10)):
        tidy = gathered.tables[number]
        columns = [c for c in tidy.columns if c != "totaal" or start != 3]
        for choice in made.choices:
            cells = choice.cells[start : start + len(columns)]
            for column, (count, share) in zip(columns, cells, strict=True):
                record = tidy.cell("gemeente", choice.label, column)
                whole = tidy.cell("gemeente", choice.label, "totaal")
                assert record is not None and whole is not None
                assert count.value == record.aantal
                shown = Share(record.aantal, whole.aantal, 0).shown
                told = (
                    (percentage(record.aantal, whole.aantal), str(shown))
                    if whole.aantal >= 10
                    else (None, ".")
                )
                assert (share.value, share.text) == told


def test_the_tables_of_a_choice_are_found_by_what_they_are_about() -> None:
    raw = specification()
    numbers = {"B.1": "X.8", "B.2": "X.7", "B.3": "X.6"}
    renamed = [
        table.model_copy(update={"number": numbers.get(table.number, table.number)}) for table in raw.tables
    ]
    other = chooser(report(inputs(tables=raw.model_copy(update={"tables": renamed}))))
    own = chooser(report(inputs()))
    assert (other.tables, other.choices) == (own.tables, own.choices)
    assert other.fallback == own.fallback


def test_a_variable_without_texts_gets_a_part_of_its_own() -> None:
    document = report(inputs(tables=specification(FULL)))
    own = part(document, "bijlage-leeftijdsklasse")
    assert own.title == "Volledige tabellen naar leeftijd"
    assert [table.number for inner in own.sections for table in tables(inner)] == ["B.9"]
    soundness.check(document)


def test_without_full_tables_there_is_no_appendix_and_nothing_points_to_it() -> None:
    raw = specification()
    short = raw.model_copy(update={"tables": [table for table in raw.tables if not table.appendix]})
    document = report(inputs(tables=short))
    assert document.appendix == ()
    words = " ".join(structure.visible_texts(document))
    assert "De volledige tabellen" not in words
    assert "De volledige tabellen" in " ".join(structure.visible_texts(report(inputs())))


def test_the_legend_is_that_of_the_peildatum() -> None:
    editions = texts().signs
    signs = {sign.sign: sign.meaning for sign in legend(editions, date(2022, 7, 1))}
    assert {".", "0", "*", "**"} <= signs.keys()
    assert "x" not in signs
    assert "geheim" in signs["."]
    assert "naar nul is afgerond" in signs["0"]
    older = {sign.sign for sign in legend(editions, date(2019, 12, 31))}
    assert "x" in older
    assert legend(editions, date(1900, 1, 1)) == legend(editions, date(2010, 1, 1))
    assert legend(reversed(editions), date(2022, 7, 1)) == legend(editions, date(2022, 7, 1))
    assert all(isinstance(edition, SignEdition) and len(edition.bron) > 10 for edition in editions)


def test_who_stands_in_a_merged_row_is_named() -> None:
    made = inputs(afronding=PROTECTED)
    gone = {"Ameland", "Vlieland"}
    kept = [row for row in made.records if row.tabel != "B.3" or row.rij not in gone]
    merged = [
        replace(row, rij="Samengevoegd") for row in made.records if (row.tabel, row.rij) == ("B.3", "Ameland")
    ]
    document = report(replace(made, records=[*kept, *merged]))
    found = {
        table.number: table for part in document.appendix for one in part.sections for table in tables(one)
    }
    assert any(note.endswith("Het zijn: Ameland en Vlieland.") for note in found["B.3"].footnotes)
    assert not any("Samengevoegd" in note for note in found["B.1"].footnotes)
    points = [table.footnotes[-1] for table in chooser(document).tables]
    assert "te weinig personen voor een percentage." in points[0]
    assert "of de groep staat in de tabel niet apart maar in de rij ‘Samengevoegd’." in points[1]
    assert "niemand is" not in " ".join(sign.meaning for sign in document.legend)


def test_legend_and_protection_have_a_chapter() -> None:
    document = report(inputs(afronding=PROTECTED))
    sentences = document.protection
    assert len(sentences) > 3
    assert "afgerond op een veelvoud van 5" in sentences[0]
    chapter = section(document, "tekens")
    assert [block.items for block in chapter.blocks if isinstance(block, Items)] == [
        tuple(((replace(block.items[0][0], text=text)),) for text in sentences)
        for block in chapter.blocks
        if isinstance(block, Items)
    ]
    (table,) = tables(chapter)
    assert [row.label for row in table.rows] == [sign.sign for sign in document.legend]
    assert [row.cells[0].text for row in table.rows] == [sign.meaning for sign in document.legend]
    words = " ".join(structure.visible_texts(document))
    assert "niet afgerond" not in words
    assert "Kleine aantallen zijn in dit rapport niet beschermd" not in words


@pytest.mark.parametrize(
    ("cells", "message"),
    [(((),), "has other cells"), (None, "double choice")],
)
def test_a_choice_that_cannot_be_laid_out_is_refused(cells: object, message: str) -> None:
    document = report(inputs())
    made = chooser(document)
    first, second = made.choices[:2]
    wrong = replace(second, cells=cells) if cells else replace(second, key=first.key)
    broken = replace(made, choices=(first, wrong))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=message):
        soundness.check(replace(document, appendix=(Section("a", "", "A", (broken,)),)))
