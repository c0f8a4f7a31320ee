"""Numbers follow the order of the document, and what refers to a table by its number in the files gets that number."""

from dataclasses import replace

import pytest
from content_sample import inputs, specification
from rendering_sample import chart, sample_document

from wi2007.errors import UserError
from wi2007.publication import soundness, structure
from wi2007.publication.content.wording import plain, reference_to, spans
from wi2007.publication.document import Chart, Document, Paragraph, Section, Span, Table
from wi2007.publication.numbering import numbered
from wi2007.publication.report import report


def table(number: str, ident: str) -> Table:
    return Table(ident, number, f"Titel {ident}", "", "Rij", (), ())


def of(*sections: Section, appendix: tuple[Section, ...] = ()) -> Document:
    return replace(sample_document(), sections=sections, appendix=appendix)


def named(number: str) -> str:
    return f"in de bestanden {number}"


def chapter(ident: str, *blocks: Table | Chart | Paragraph, inner: tuple[Section, ...] = ()) -> Section:
    return Section(ident, "", ident, blocks, inner)


def numbers(sections: tuple[Section, ...]) -> list[tuple[str, str]]:
    return [(one.id, one.number) for one in sections]


def test_chapters_get_numbers_annexes_letters_and_the_appendix_goes_on() -> None:
    parts = [chapter(name) for name in ("vooraf", "een", "twee", "bij", "slot")]
    made = numbered(
        of(*parts, appendix=(chapter("vol"),)), {"vooraf": "geen", "bij": "letter", "slot": "geen"}, named
    )
    assert numbers(made.sections) == [("vooraf", ""), ("een", "1"), ("twee", "2"), ("bij", "A"), ("slot", "")]
    assert numbers(made.appendix) == [("vol", "B")]
    many = numbered(
        of(*(chapter(f"a{at}") for at in range(28))), {f"a{at}": "letter" for at in range(28)}, named
    )
    assert [one.number for one in many.sections[-3:]] == ["Z", "AA", "AB"]


def test_figures_and_tables_are_numbered_through_in_reading_order() -> None:
    second = chapter("twee", table("U.1", "c"), inner=(chapter("drie", chart("y"), table("", "d")),))
    made = numbered(of(chapter("een", table("2.2", "a"), chart("x"), table("2.1", "b")), second), {}, named)
    blocks = list(structure.blocks(made))
    assert [(one.id, one.shown) for one in blocks if isinstance(one, Table)] == [
        ("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")
    ]  # fmt: skip
    assert [(one.id, one.shown) for one in blocks if isinstance(one, Chart)] == [("x", "1"), ("y", "2")]
    assert [one.named for one in blocks if isinstance(one, Table)] == [
        "in de bestanden 2.2", "in de bestanden 2.1", "in de bestanden U.1", ""
    ]  # fmt: skip
    assert all(one.data.shown == "" for one in blocks if isinstance(one, Chart))
    assert [one.number for one in blocks if isinstance(one, Table)] == ["2.2", "2.1", "U.1", ""]


def test_references_become_numbers_and_links() -> None:
    said = Paragraph(spans("[tabel](tabel:2.1), [tabel](tabel:B.1) en [figuur](figuur:x)"))
    foot = replace(table("2.1", "b"), footnotes=(plain("Zie [tabel](tabel:B.1)."),))
    full = chapter("vol", table("B.1", "z"), said)
    made = numbered(of(chapter("een", said, chart("x"), foot), appendix=(full,)), {}, named)
    (first, *_), (*_, last) = made.sections[0].blocks, made.appendix[0].blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert first.text == (
        Span("tabel 1", href="#b"), Span(", "), Span("tabel 2", href="#z"), Span(" en "), Span("figuur 1", href="#x")
    )  # fmt: skip
    assert last.text[2] == Span("tabel 2", href="#z")
    assert next(one for one in structure.tables(made) if one.id == "b").footnotes == ("Zie tabel 2.",)
    soundness.check(made)


@pytest.mark.parametrize("target", ["tabel:9.9", "figuur:kaart"])
def test_a_reference_to_what_is_not_there_is_the_users_mistake(target: str) -> None:
    text = of(chapter("een", Paragraph((Span(reference_to(target)),))))
    with pytest.raises(UserError, match=target.replace(":", " ")):
        numbered(text, {}, named)


def test_every_table_of_a_report_has_a_number_and_leads_to_the_files() -> None:
    added = {
        "number": "7.31", "title": "Erbij", "population": "wi2007",
        "columns": {"variable": "geslacht"}, "rows": [{"variable": "provincie"}],
    }  # fmt: skip
    document = report(inputs(tables=specification(added)))
    tables = [one for one in structure.blocks(document) if isinstance(one, Table)]
    assert [one.shown for one in tables] == [str(at) for at in range(1, len(tables) + 1)]
    leads = {one.number: one.named for one in tables if one.number}
    assert leads["7.31"] == "In de bestanden: tabel 7.31"
    assert leads["2.1"] == "In de bestanden en in de studie: tabel 2.1"
    assert not any("\ue000" in text for text in structure.visible_texts(document))
