"""The publication in the report: what is set is told, and what is not set is not claimed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from content_sample import PROTECTED, inputs, section, sentences, tables, texts

from schemas.imprint import ContactText, EditionText, ImprintText, RevisionText
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.document import Document, Fact
from wi2007.publication.imprint import Imprint
from wi2007.publication.report import report

REVISION = RevisionText(datum=date(2024, 11, 4), wat="Tabel 2.5 is verbeterd.", reden="Een verkeerde kop.")
EDITION = EditionText(
    peildatum=date(2024, 7, 1),
    publicatiedatum=date(2024, 10, 1),
    versie="1.1",
    adres="https://example.org/rapport",
    revisies=[REVISION],
)
CONTACT = ContactText(naam="De balie", email="de_balie@example.org", adres="Postbus 1, Den Haag")


def made(contact: ContactText | None = None, *editions: EditionText, **changes: Any) -> Document:
    """A report of which this is set."""
    return report(with_imprint(inputs(**{"afronding": PROTECTED, **changes}), contact, *editions))


def with_imprint(of: Inputs, contact: ContactText | None, *editions: EditionText) -> Inputs:
    own: ImprintText = texts().imprint.text
    text = own.model_copy(update={"contact": contact, "uitgaven": list(editions)})
    return replace(of, texts=replace(of.texts, imprint=Imprint(text, "<svg/>")))


def lines(document: Document) -> dict[str, str]:
    """The lines of the first page."""
    return {fact.label: shown(fact) for fact in document.imprint.facts}


def shown(fact: Fact) -> str:
    return "".join(span.text for span in fact.value)


def colophon(document: Document) -> str:
    return "\n".join(sentences(section(document, "colofon")))


def provenance(document: Document) -> dict[str, str]:
    (table,) = [table for table in tables(section(document, "herkomst-en-inlezen")) if table.id == "herkomst"]
    return {row.label: row.cells[0].text for row in table.rows}


def test_where_nothing_is_set_nothing_is_claimed() -> None:
    document = made()
    assert list(lines(document)) == ["Peildatum", "Versie", "Uitgever", "Bron"]
    assert lines(document)["Versie"] == "1"
    imprint = document.imprint
    assert (imprint.day, imprint.published, imprint.address, imprint.email) == ("", "", "", "")
    assert imprint.citation == (
        "Project wi2007, ‘Wet inburgering 2007: wie is nog inburgeringsplichtig?’, peildatum 1 juli 2024, versie 1"
    )
    assert "Contact" not in colophon(document)
    assert not any(table.id == "revisies" for table in tables(section(document, "colofon")))
    assert provenance(document)["Versie van dit rapport"] == "1"


def test_what_is_set_stands_on_the_first_page_and_in_the_colophon() -> None:
    document = made(CONTACT, EDITION)
    assert lines(document) == {
        "Peildatum": "1 juli 2024",
        "Gepubliceerd": "1 oktober 2024, gewijzigd op 4 november 2024",
        "Versie": "1.1 (uitgave 1)",
        "Uitgever": "Project wi2007",
        "Bron": document.source,
        "Contact": "De balie, de_balie@example.org, Postbus 1, Den Haag",
    }
    contact = document.imprint.facts[-1].value
    assert [span.href for span in contact if span.href] == ["mailto:de_balie@example.org"]
    told = colophon(document)
    assert (
        "Project wi2007 (2024), ‘Wet inburgering 2007: wie is nog inburgeringsplichtig?’, peildatum 1 juli 2024, "
        "versie 1.1, https://example.org/rapport" in told
    )
    assert "Neem contact op met De balie, de_balie@example.org, Postbus 1, Den Haag." in told
    assert "onder de licentie Creative Commons Naamsvermelding 4.0 Internationaal." in told
    (changes,) = [table for table in tables(section(document, "colofon")) if table.id == "revisies"]
    assert [(row.label, *(cell.text for cell in row.cells)) for row in changes.rows] == [
        ("4 november 2024", "Tabel 2.5 is verbeterd.", "Een verkeerde kop.")
    ]
    assert provenance(document)["Versie van dit rapport"] == "1.1 (uitgave 1)"
    imprint = document.imprint
    assert (imprint.published, imprint.changed, imprint.day) == ("2024-10-01", "2024-11-04", "2024-11-04")
    assert (imprint.address, imprint.email, imprint.logo) == (EDITION.adres, CONTACT.email, "<svg/>")


@pytest.mark.parametrize("other", [{"uitgave": 2}, {"peildatum": date(2023, 7, 1)}])
def test_what_is_set_for_another_release_is_not_told_of_this_one(other: dict[str, Any]) -> None:
    assert made(None, EDITION.model_copy(update=other)).imprint == made().imprint


def test_exact_counts_are_no_publication() -> None:
    document = made(CONTACT, EDITION, afronding=None)
    assert "Gepubliceerd" not in lines(document)
    assert "Versie" not in lines(document)
    assert (document.imprint.citation, document.imprint.licence, document.imprint.day) == ("", None, "")
    assert "Citeren" not in colophon(document)
    assert "Hergebruik" not in colophon(document)


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        (ContactText(email="a@b.nl"), "a@b.nl"),
        (ContactText(adres="Postbus 1"), "Postbus 1"),
        (ContactText(naam="Balie", adres="Postbus 1"), "Balie, Postbus 1"),
    ],
)
def test_a_contact_has_what_is_known_of_it(contact: ContactText, shown: str) -> None:
    assert lines(made(contact))["Contact"] == shown


def test_the_study_and_the_table_of_cbs_are_named() -> None:
    document = made()
    names = [reference.title for reference in document.imprint.references]
    assert names[0] == "Regioplan (2023), Inburgeraars onder de Wi2007"
    assert names[1].startswith(
        "Centraal Bureau voor de Statistiek (2020), Nog inburgeringsplichtige inburgeraars"
    )
    for chapter in ("leeswijzer", "colofon", "methode-beperkingen"):
        assert names[0] in "\n".join(everything(document, chapter)), chapter
    assert names[1] in "\n".join(everything(document, "colofon"))


def everything(document: Document, chapter: str) -> list[str]:
    """Every sentence and every item of a list."""
    found = []
    for block in section(document, chapter).blocks:
        for text in getattr(block, "items", ()) or [getattr(block, "text", ())]:
            found.append("".join(span.text for span in text))
    return found


@pytest.mark.parametrize(
    ("known", "named", "address"),
    [
        ({"adres": None}, "Regioplan (2023), Inburgeraars onder de Wi2007", ""),
        ({"jaar": None, "adres": "https://a.nl"}, "Regioplan, Inburgeraars onder de Wi2007", "https://a.nl"),
        ({"makers": None, "adres": None}, "Inburgeraars onder de Wi2007 (2023)", ""),
        ({"makers": None, "jaar": None, "adres": None}, "Inburgeraars onder de Wi2007", ""),
    ],
)
def test_what_is_not_known_of_a_source_is_left_out(known: dict[str, Any], named: str, address: str) -> None:
    of = inputs(afronding=PROTECTED)
    sources = texts().sources
    changed = sources.model_copy(update={"studie": sources.studie.model_copy(update=known)})
    document = report(replace(of, texts=replace(of.texts, sources=changed)))
    reference = document.imprint.references[0]
    assert (reference.title, reference.href) == (named, address)
    assert f"({named}) dezelfde tabel" in "\n".join(everything(document, "leeswijzer"))


def test_what_the_register_cannot_answer_is_said_in_the_chapter_on_limits() -> None:
    told = "\n".join(everything(made(), "methode-beperkingen"))
    for word in ("gezond", "Nederlands", "waarom", "wil"):
        assert word in told
    assert "in gesprekken met personen uit de groep en met gemeenten" in told


def test_the_colours_and_the_name_are_those_that_are_set() -> None:
    of = with_imprint(inputs(afronding=PROTECTED), None)
    own = of.texts.imprint.text
    house = own.instelling.model_copy(
        update={
            "naam": "Het Ministerie",
            "kleuren": own.instelling.kleuren.model_copy(
                update={"hoofdkleur": "#7A0F3C", "accent": "#b5500b"}
            ),
        }
    )
    text = own.model_copy(update={"instelling": house})
    document = report(replace(of, texts=replace(of.texts, imprint=Imprint(text))))
    assert document.publisher == lines(document)["Uitgever"] == document.imprint.logo_name == "Het Ministerie"
    assert (document.imprint.main, document.imprint.mark) == ("#7a0f3c", "#b5500b")
