"""The chapter on the change: sentences, parts, the bridge, rankings, and one line where nothing is compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from change_sample import COLUMNS, Published, changes, csv_text, told
from content_sample import PROTECTED, chapter_of, inputs, section, sentences, tables, texts, with_files

from schemas.change import CHANGE
from wi2007.project import EXACT
from wi2007.publication import soundness
from wi2007.publication.chapters.change import Change
from wi2007.publication.content.changes import read_told
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.document import Chart, Document, Items, Section, from_json, to_json
from wi2007.publication.report import report


def with_changes(found: Published, exact: bool = False) -> Inputs:
    made = inputs() if exact else inputs(afronding=PROTECTED)
    return with_files(made, verandering_csv=found.csv, verandering_json=found.json)


@pytest.fixture(scope="module")
def chapter() -> Document:
    return report(with_changes(changes()))


def words(part: Section) -> list[str]:
    return [
        "".join(span.text for span in item)
        for block in part.blocks
        if isinstance(block, Items)
        for item in block.items
    ]


def test_what_it_reads_holds_to_the_contract_and_is_written_the_same(tmp_path: Path) -> None:
    path = tmp_path / "verandering.csv"
    path.write_text(csv_text(), encoding="utf-8")
    assert len(CHANGE.checked(path)) == len(changes().rows)
    assert tuple(CHANGE.from_csv(csv_text())) == changes().rows
    head, first, *_ = CHANGE.to_csv(changes().rows, EXACT).splitlines()
    assert head.endswith("deel,route,aantal,let_op")
    assert first.endswith("begin,,1000,niet voor publicatie")


def test_every_part_of_the_configuration_is_explained() -> None:
    names = [*read_told(told()).labels, "afronding"]
    assert {f"uitleg_{name}" for name in names} <= texts().report.verandering.keys()


def test_from_begin_to_end_in_sentences(chapter: Document) -> None:
    (first,) = sentences(section(chapter, "verandering"))
    assert "Op 1 juli 2022 waren 1.000 personen nog inburgeringsplichtig" in first
    assert "Op 1 juli 2024 zijn het er 785." in first
    assert "Dat zijn er 215 minder (−21,5%)." in first
    (second,) = sentences(section(chapter, "verandering-oorzaken"))
    assert "200 personen uit: 20,0% van de groep op 1 juli 2022." in second
    assert "De grootste route is ‘Ontheffing’, met 150 personen." in second
    assert "Door andere oorzaken nam het aantal met 20 toe en met 30 af." in second


def test_every_part_is_told_with_its_share_of_the_begin(chapter: Document) -> None:
    found = words(section(chapter, "verandering-oorzaken"))
    heads = ["Niet meer", "Uitgestroomd: 200", "Weer", "Afronding"]
    assert [line.startswith(head) for line, head in zip(found, heads, strict=True)] == [True] * 4
    assert "200 personen eraf (20,0%)" in found[1]
    assert "‘Ontheffing’ 150 (15,0%) en ‘Inburgering voldaan’ 50 (5,0%)." in found[1]
    assert "20 personen erbij (2,0%)" in found[2]
    assert "elk apart afgerond" in found[3]


def test_the_table_of_parts_adds_up_in_every_column(chapter: Document) -> None:
    (table,) = tables(section(chapter, "verandering-oorzaken"))
    assert (table.number, table.download, table.beside) == ("V.1", "verandering.csv", True)
    assert [row.label for row in table.rows] == [
        "Begin: 1 juli 2022",
        "Niet meer in het register",
        "Uitgestroomd: Inburgering voldaan",
        "Uitgestroomd: Ontheffing",
        "Weer inburgeringsplichtig",
        "Afronding",
        "Eind: 1 juli 2024",
    ]
    for column, (begin, parts) in zip((0, 2, 4), COLUMNS.values(), strict=True):
        counts = [row.cells[column].value or 0 for row in table.rows]
        assert (counts[0], counts[-1]) == (begin, begin + sum(parts.values()))
        assert sum(counts[:-1]) == counts[-1]
    assert [cell.text for cell in table.rows[3].cells] == ["−150", "−15,0", "−100", "−16,7", "−50", "−12,5"]
    assert any("‘Afronding’" in note for note in table.footnotes)
    assert not any("onbekend geslacht" in note for note in table.footnotes)


def test_who_is_of_unknown_gender_is_told_of() -> None:
    columns = {**COLUMNS, "vrouw": (395, COLUMNS["vrouw"][1])}
    (table,) = tables(section(report(with_changes(changes(columns))), "verandering-oorzaken"))
    assert any("onbekend geslacht" in note for note in table.footnotes)


def test_the_bridge_draws_the_same_figures() -> None:
    part = chapter_of(Change, with_changes(changes())).part("verandering_tabel")
    (chart,) = (block for block in part if isinstance(block, Chart))
    assert [tuple(cell.text for cell in row.cells) for row in chart.data.rows] == [
        ("1.000", "1.000"),
        ("−30", "970"),
        ("−50", "920"),
        ("−150", "770"),
        ("+20", "790"),
        ("−5", "785"),
        ("785", "785"),
    ]
    assert chart.alt == (
        "Brugdiagram van 1.000 (1 juli 2022) naar 785 (1 juli 2024): het meest eraf door ‘Uitgestroomd: "
        "Ontheffing’ (−150); het meest erbij door ‘Weer inburgeringsplichtig’ (+20)."
    )


def test_the_largest_changes_and_what_they_come_from(chapter: Document) -> None:
    part = section(chapter, "verandering-landen")
    (table,) = tables(part)
    assert [(row.label, [cell.text for cell in row.cells]) for row in table.rows] == [
        ("Marokko", ["300", "245", "−55", "−18,3", "Uitgestroomd: Ontheffing (−60)"]),
    ]
    (told_of,) = sentences(part)
    assert "bij Marokko: 55 personen minder, 18,3% van het aantal op 1 juli 2022" in told_of
    assert part.title == "Landen met de grootste verandering in personen", (
        "a large group changes most in persons"
    )
    assert table.title.startswith("Landen van herkomst met de grootste verandering in personen")
    assert "‘Uitgestroomd: Ontheffing’ (60 personen)" in told_of


def test_of_equals_none_is_named_and_rounding_is_no_cause(chapter: Document) -> None:
    part = section(chapter, "verandering-gemeenten")
    (table,) = tables(part)
    assert {row.label: row.cells[-1].text for row in table.rows} == {
        "Amsterdam": "–",
        "Utrecht": "Verhuisd (−35)",
    }
    assert sentences(part) == []


@pytest.mark.parametrize(("rest", "listed"), [(0, True), (20, True), (50, False)])
def test_what_a_category_without_a_row_can_have_changed_is_counted(rest: int, listed: bool) -> None:
    """Of three who stand together one may have changed as much as all of them are."""
    countries = {"Marokko": (300, {"verhuisd": -70}), "Samengevoegd": (rest, {})}
    document = report(with_changes(changes(countries=countries)))
    found = [part.id for part in section(document, "verandering").sections]
    assert ("verandering-landen" in found) == listed


def test_equals_that_do_not_all_fit_are_left_out() -> None:
    countries = {"Marokko": (300, {"verhuisd": -60})} | {
        name: (50, {"verhuisd": -10}) for name in ("China", "Irak", "Syrië", "Iran", "Ghana")
    }
    (table,) = tables(section(report(with_changes(changes(countries=countries))), "verandering-landen"))
    assert [row.label for row in table.rows] == ["Marokko"]


def test_with_renewed_pseudonyms_only_the_net_change_is_told() -> None:
    columns = {
        "totaal": (1000, {"netto": -215}),
        "man": (600, {"netto": -115}),
        "vrouw": (400, {"netto": -100}),
    }
    made = with_changes(changes(columns, pseudoniemen="vernieuwd"))
    document = report(made)
    notice = sentences(section(document, "verandering"))[-1]
    assert "vernieuwd" in notice
    assert "per saldo" in notice
    part = section(document, "verandering-oorzaken")
    assert chapter_of(Change, made).charts == {}
    assert words(part) == [
        "Verschil per saldo: 215 personen eraf (21,5%). Wie erbij kwam min wie eraf ging. Meer is niet bekend."
    ]
    assert sentences(part) == []


@pytest.mark.parametrize(
    ("why", "words_of"),
    [
        ("geen_eerdere_levering", "geen eerdere peildatum"),
        ("demonstratie_naast_echt", "één verzonnen en één echt"),
    ],
)
def test_without_an_earlier_peildatum_one_line_says_so(why: str, words_of: str) -> None:
    found = Published((), told(vergeleken=False, waarom_niet=why))
    document = report(with_changes(found))
    assert "verandering" not in [chapter.id for chapter in document.sections]
    (line,) = [text for text in sentences(section(document, "methode-ontbreekt")) if "CBS" not in text]
    assert words_of in line
    assert not any(sign.isdigit() for sign in line)


def test_nobody_at_all_and_nothing_changed() -> None:
    columns: dict[str, tuple[int, dict[str, int]]] = {name: (0, {}) for name in COLUMNS}
    document = report(with_changes(changes(columns, {}, {})))
    soundness.check(document)
    (told_of,) = sentences(section(document, "verandering"))
    assert "niet te zien of het er meer of minder zijn geworden" in told_of
    assert [part.id for part in section(document, "verandering").sections] == ["verandering-oorzaken"]
    (table,) = tables(section(document, "verandering-oorzaken"))
    assert [cell.text for cell in table.rows[0].cells] == ["0", "."] * 3


def test_exact_counts_have_no_rounding_and_are_marked() -> None:
    columns = {
        name: (begin, {part: n for part, n in parts.items() if part != "afronding"})
        for name, (begin, parts) in COLUMNS.items()
    }
    document = report(with_changes(changes(columns, basis=None), exact=True))
    (table,) = tables(section(document, "verandering-oorzaken"))
    assert table.download == "verandering.niet-voor-publicatie.csv"
    assert not any("afgerond" in note for note in table.footnotes)
    assert "Afronding" not in [row.label for row in table.rows]
    (ranked,) = tables(section(document, "verandering-landen"))
    assert not any("afgerond" in note for note in ranked.footnotes)


def test_the_document_can_be_laid_out_and_read_back(chapter: Document) -> None:
    soundness.check(chapter)
    assert from_json(to_json(chapter)) == chapter


@pytest.mark.parametrize(
    ("end", "told"),
    [(-10, "Dat zijn er 10 minder (−1,0%)"), (-5, "niet te zien of het er meer"), (5, "niet te zien")],
)
def test_more_or_fewer_is_told_where_rounding_leaves_no_doubt(end: int, told: str) -> None:
    columns: dict[str, tuple[int, dict[str, int]]] = {
        name: (1000, {"uitgestroomd/Ontheffing": end}) for name in COLUMNS
    }
    (sentence,) = sentences(section(report(with_changes(changes(columns, {}, {}))), "verandering"))
    assert told in sentence
