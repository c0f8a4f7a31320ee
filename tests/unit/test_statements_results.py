"""Statements of a few persons: which are told, of which day, in which words, and what cannot be computed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from content_sample import PEOPLE, PROTECTED, inputs, report_of, section, tables, with_files
from statements_sample import CBS, CHANGES, STUDY_DAY, judged, settings, sources, specification

from schemas.statement_tables import STATEMENTS, Result
from schemas.statements import SumRef
from schemas.tidy import TidyRow
from wi2007 import reference
from wi2007.project import EXACT
from wi2007.publication.document import Items, Section
from wi2007.statements.figure import NotComputableError, known, percent
from wi2007.statements.published import Nearness, nearness, published
from wi2007.statements.settings import born_after
from wi2007.statements.sources import Cells, Rounding, read_changes, read_tables, rounding_of

LATER = date(2024, 7, 1)
OBLIGED = "nog_inburgeringsplichtig"
NOT, AGAIN = "niet te berekenen", "niet van toepassing"


def rows() -> list[TidyRow]:
    return list(inputs().records)


def test_at_another_peildatum_nothing_of_the_study_stands_beside_a_statement() -> None:
    found = judged(sources(rows(), LATER, cbs=None))
    assert {one.oordeel for one in found.values()} == {NOT, AGAIN}
    assert [one.id for one in found.values() if one.gepubliceerd or one.tolerantie] == []
    assert [one.id for one in found.values() if one.oordeel == AGAIN and one.studie] == []
    assert found["c01"].uitspraak == "Op 1 juli 2024 moeten 76 personen nog inburgeren."
    assert found["c04"].uitspraak == "Van wie op 1 juli 2024 nog moet inburgeren, komt 66% uit Marokko."


def test_a_figure_of_cbs_is_held_against_the_study_when_it_is_about_the_same_day() -> None:
    found = judged(sources(rows()))
    assert (found["c12"].oordeel, found["c12"].gepubliceerd) == ("bevestigd", "9010")
    later = CBS.replace("2019-01-01", "2020-01-01")
    assert judged(sources(rows(), cbs=later))["c12"].oordeel == AGAIN


def test_a_later_report_leaves_out_what_says_nothing_of_its_day() -> None:
    """What CBS counted in 2019 is what it was, and the conversations were held in 2022."""
    of_cbs = {f"c{number}" for number in range(12, 23)}
    left_out = of_cbs | {"c24", "c35"}
    for cbs in (CBS, None):
        assert judged(sources(rows(), LATER, cbs=cbs)).keys() == published().keys() - left_out
    newer = judged(sources(rows(), LATER, cbs=CBS.replace("2019-01-01", "2023-01-01")))
    assert newer.keys() == published().keys() - {"c24", "c35"}
    assert {newer[name].oordeel for name in of_cbs} == {AGAIN}


def test_a_point_in_the_table_of_cbs_is_not_nil() -> None:
    point = CBS.replace("inkomen,bijstand,totaal,aantal,,2500,,", "inkomen,bijstand,totaal,aantal,,,.,")
    found = judged(sources(rows(), cbs=point))
    assert [found[name].oordeel for name in ("c13", "c14", "c34")] == [NOT] * 3
    assert "een punt" in found["c13"].kanttekening
    assert found["c12"].oordeel == "bevestigd"


def test_of_ways_to_compute_the_first_that_can_be_is_taken() -> None:
    counts = "doelgroep,nieuwkomer,totaal,aantal,,3425,,,2019-01-01,Tabel 1,A1\n"
    both = judged(sources(rows(), cbs=CBS + counts))["c21"]
    assert both.waarde.startswith("38.01")
    assert judged(sources(rows()))["c21"].waarde == "38"


def test_without_a_table_of_cbs_the_line_goes_through_what_the_study_prints() -> None:
    found = judged(sources(rows(), cbs=None))["c23"]
    assert (found.waarde, found.bron) == (judged(sources(rows()))["c23"].waarde, "studie;2.1")
    assert "tussen 1 januari 2019 (CBS) en 1 juli 2022 (DUO)" in found.uitspraak
    assert judged(sources(rows(), cbs=None))["c12"].oordeel == NOT, "a print is no figure of CBS"


def test_who_grows_older_is_still_obliged_and_no_outflow() -> None:
    found = judged(sources(rows(), LATER, cbs=None, changes=CHANGES))["c37"]
    assert found.waarde == "210;85;65;20"
    assert "ouder" not in found.uitspraak
    assert "geen uitstroomroute: 40 personen kwamen in de oudste leeftijdsklasse" in found.kanttekening


@pytest.mark.parametrize(("unknown", "said"), [(0, False), (1, False), (42, True)])
def test_another_mean_is_told_where_it_is_another(unknown: int, said: bool) -> None:
    """Not: 9,1 in plaats van 9,1."""
    cells = [row for row in rows() if (row.populatie, row.rijvariabele) == (OBLIGED, "gemeente")]
    ten = [row.rij for row in cells if row.tabel == "B.1" and row.kolom == "totaal"][:12]
    made = [
        replace(row, aantal={**dict.fromkeys(ten, 300), "Onbekend": unknown}.get(row.rij, 0))
        if row.rijvariabele == "gemeente" and row.populatie == OBLIGED
        else replace(row, aantal=3600 + unknown)
        if (row.populatie, row.rijvariabele, row.kolom) == (OBLIGED, "totaal", "totaal")
        else row
        for row in rows()
    ]
    remark = judged(sources(made))["c10"].kanttekening
    assert (f"({unknown})" in remark) == bool(unknown)
    assert ("in plaats van" in remark) == said


def test_a_figure_that_rounds_to_the_printed_one_is_confirmed() -> None:
    """54,9 for 55, whatever else the study counted; how it counted is a remark."""
    shares = {"Amsterdam": 5493, "Register niet-ingezetenen": 56}
    assert "zoals_gedrukt" not in settings().uitspraken["c09"].zin
    study = published()["c09"]
    figures = [known(shares["Amsterdam"]), known(10000)]
    assert nearness([percent(figures)], study, held=True) == Nearness.WITHIN


def test_a_table_of_cbs_without_rows_is_none() -> None:
    head = CBS.splitlines()[0] + "\n"
    assert judged(sources(rows(), cbs=head))["c12"].kanttekening == settings().redenen.geen_cbs


def test_a_country_without_a_row_of_its_own_is_not_guessed() -> None:
    found = judged(sources([row for row in rows() if "Marokko" not in (row.rij, row.kolom)]))
    assert {name for name in ("c04", "c30", "c32") if found[name].oordeel == NOT} == {"c04", "c30", "c32"}
    assert found["c05"].oordeel != NOT


def test_nobody_to_take_a_share_of() -> None:
    nobody = [replace(row, aantal=0, procent=None, noemer=0) for row in rows()]
    found = judged(sources(nobody, cbs=None))
    assert found["c02"].kanttekening == settings().redenen.noemer_nul
    assert found["c07"].uitspraak.startswith("Van wie op 1 juli 2022 nog moet inburgeren, is niemand jonger")


def test_when_counts_are_rounded_nobody_is_almost_nobody() -> None:
    found = judged(sources(rows(), rounding=Rounding(4)))["c07"]
    assert "zijn te weinig personen jonger dan 25 jaar om te tonen" in found.uitspraak
    assert "na 1 juli 1997" in found.uitspraak
    assert found.oordeel == "bevestigd met kanttekening"


def test_the_largest_are_those_that_may_rank() -> None:
    cells = Cells(read_tables(rows()), specification(), Rounding())
    asked = SumRef(populatie="nog_inburgeringsplichtig", variabele="gemeente", grootste="zoveel")
    assert cells.sum(asked, {"zoveel": 2}).value == 75
    with pytest.raises(NotComputableError, match="te_weinig"):
        cells.sum(asked, {"zoveel": 1000})


def test_a_sum_is_off_by_as_few_rounded_counts_as_give_it() -> None:
    asked = SumRef(populatie="nog_inburgeringsplichtig", variabele="gemeente", grootste="zoveel")
    rounded, loose = Rounding(4), Rounding(4, loose=True)
    for number, rounding, parts in ((3, rounded, 3), (2, rounded, 2), (3, loose, 3), (10, rounded, 10)):
        made = Cells(read_tables(rows()), specification(), rounding).sum(asked, {"zoveel": number})
        assert made.high - made.value == 4 * parts
    most = SumRef(populatie="wi2007", variabele="statuscode", rijen=list(reference.statuses())[1:])
    known = Cells(read_tables(rows()), specification(), rounded).sum(most, {})
    assert known.high - known.value == 4 * 2, "everybody less one"


def test_how_far_counts_are_off_is_in_the_record() -> None:
    assert rounding_of({"afronding": None}) == Rounding()
    assert rounding_of({"afronding": PROTECTED}) == Rounding(4)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (STUDY_DAY, "1 juli 1997"),
        (date(2024, 2, 29), "28 februari 1999"),
        (date(2025, 2, 28), "28 februari 2000"),
    ],
)
def test_who_is_younger_is_born_after_a_day(day: date, words: str) -> None:
    assert born_after(day, 25) == words


def test_the_file_can_be_read_back() -> None:
    found = list(judged(sources(rows())).values())
    assert STATEMENTS.from_csv(STATEMENTS.to_csv(found)) == found
    assert STATEMENTS.to_csv(found, EXACT).splitlines()[0].endswith(",let_op")


def test_no_figure_is_typed_in_a_text() -> None:
    """Figures come from formulas and from `gegevens`; what stands between braces asks for them."""
    for name, statement in settings().uitspraken.items():
        texts = [statement.zin, *(remark.tekst for remark in statement.kanttekeningen)]
        texts += [statement.niet_te_berekenen or ""]
        bare = [re.sub(r"\{[{%].*?[%}]\}", "", text) for text in texts]
        assert not [text for text in bare if re.search(r"\d", text)], name


def annex(results: list[Result]) -> Section:
    return section(report_of(with_files(inputs(), uitspraken_csv=STATEMENTS.to_csv(results))), "uitspraken")


def test_the_annex_holds_every_statement_beside_the_study() -> None:
    made = annex(list(judged(sources(rows())).values()))
    (table,) = tables(made)
    assert len(table.rows) == len(published())
    assert [column.label for column in table.columns] == ["Berekend", "In de studie", "Oordeel"]
    assert table.rows[0].cells[0].text == "76"
    assert table.rows[0].cells[1].text == "7.919"
    (remarks,) = [block for block in made.blocks if isinstance(block, Items)]
    told = {one.kanttekening for one in judged(sources(rows())).values() if one.kanttekening}
    assert {item[1].text.strip() for item in remarks.items} == told


def test_the_annex_of_another_peildatum_has_the_sentences_and_why_some_are_not_there() -> None:
    made = annex(list(judged(sources(rows(), LATER, cbs=None)).values()))
    (table,) = tables(made)
    labels = [row.label for row in table.rows]
    assert labels[0] == "Op 1 juli 2024 moeten 76 personen nog inburgeren."
    assert [column.label for column in table.columns] == [
        "Studie, 1 juli 2022",
        "1 juli 2024",
        "Kanttekening",
    ]
    assert [cell.text for cell in table.rows[0].cells[:2]] == ["7.919", "76"]
    assert labels[-1].startswith("In de studie: ")
    assert table.download == "uitspraken.niet-voor-publicatie.csv"


def test_an_annex_with_both_has_two_tables() -> None:
    made = annex(list(judged(sources(rows(), cbs=CBS.replace("2019-01-01", "2020-01-01"))).values()))
    assert [table.id for table in tables(made)] == ["uitspraken-studie", "uitspraken-opnieuw"]
    assert sum(len(table.rows) for table in tables(made)) == len(published())


def test_without_statements_there_is_no_annex() -> None:
    assert "uitspraken" not in [chapter.id for chapter in report_of(inputs()).sections]
    assert PEOPLE


def test_a_change_is_read_from_the_first_table_that_has_the_row() -> None:
    head = "tabel,populatie,rijvariabele,rij,kolomvariabele,kolom,deel,route,aantal\n"
    row = "{},nog_inburgeringsplichtig,totaal,totaal,geslacht,{},uitgestroomd,{},{}\n"
    lines = [
        ("2.1", "totaal", "Ontheffing", -40),
        ("2.1", "man", "Ontheffing", -15),
        ("2.2", "totaal", "Ontheffing", -40),
    ]
    text = head + "".join(row.format(*line) for line in lines)
    asked = settings().vergelijking
    assert read_changes(text, asked) == {"ontheffing": 40, "examen": 0}
    assert read_changes(head, asked) is None
