"""Text alternatives follow from the figures, and every table gets a chart."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from charts_sample import GENDER, KINDS, ROUTES, Cells, draw

from schemas.tidy import TidyRow

PEOPLE = (("man", 100), ("vrouw", 200))


def gender(**rows: tuple[int, int]) -> Cells:
    return {
        (row, column): (count, base)
        for row, counts in rows.items()
        for (column, base), count in zip(PEOPLE, counts, strict=True)
    }


def told(cells: Cells, kind: str | None = "pairs", variable: str = "doelgroep") -> str:
    return draw(variable, "geslacht", cells, kind).alt


def test_pairs_tell_the_largest() -> None:
    assert told(gender(Nieuwkomer=(50, 90), Oudkomer=(40, 20), Onbekend=(10, 90))) == (
        "Staafdiagram met per doelgroep een staaf voor mannen en een staaf voor vrouwen: het grootst is Nieuwkomer met "
        "50% van de mannen en 45% van de vrouwen."
    )


def test_men_and_women_may_differ_in_what_is_largest() -> None:
    words = told(gender(Nieuwkomer=(60, 60), Oudkomer=(20, 100), Onbekend=(20, 40)))
    assert words.endswith("bij mannen is Nieuwkomer (60%) het grootst en bij vrouwen is Oudkomer (50%).")


def test_of_equals_none_is_the_largest() -> None:
    words = told(gender(Nieuwkomer=(60, 80), Oudkomer=(20, 80), Onbekend=(20, 40)))
    assert words.endswith("een staaf voor vrouwen.")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_compared_that_is_not_sure(kind: str) -> None:
    asked: list[int] = []

    def never(first: TidyRow, second: TidyRow, decimals: int) -> bool:
        asked.append(decimals)
        return False

    words = draw("doelgroep", "geslacht", GENDER, kind, never).alt
    assert asked
    assert ":" not in words


def test_every_kind_is_drawn_as_no_other_is() -> None:
    assert len({draw("doelgroep", "geslacht", GENDER, kind).wide for kind in KINDS}) == len(KINDS)


def test_the_unknown_is_never_said_to_be_the_largest() -> None:
    assert "het grootst is Oudkomer" in told(gender(Nieuwkomer=(5, 4), Oudkomer=(20, 60), Onbekend=(75, 136)))


def test_pyramid_bars_and_heat_maps() -> None:
    age = {("25 tot 35", k): v for (r, k), v in GENDER.items() if r == "Nieuwkomer"}
    age |= {("35 tot 45", k): v for (r, k), v in GENDER.items() if r == "Oudkomer"}
    assert draw("leeftijdsklasse", "geslacht", age, "pyramid").alt == (
        "Piramide met per leeftijd links een staaf voor mannen en rechts voor vrouwen: bij mannen is 35 tot 45 (75%) "
        "het grootst en bij vrouwen is 25 tot 35 (83%)."
    )
    assert draw("doelgroep", "geslacht", GENDER, "bars").alt == (
        "Staafdiagram met per doelgroep het percentage van iedereen: het grootst is Nieuwkomer (60%) en het kleinst is "
        "Oudkomer (40%)."
    )
    assert draw("uitstroomroute", "gemeente", ROUTES, "composition").alt == (
        "Heatmap met een vak per uitstroomroute en gemeente, donkerder waar het percentage hoger is: bij Inburgering "
        "voldaan loopt het percentage van 45% (Register niet-ingezetenen) tot 55% (Den Haag)."
    )


@pytest.mark.parametrize("kind", [*KINDS, None])
def test_nobody_in_the_table(kind: str | None) -> None:
    nobody = dict.fromkeys(GENDER, (0, 0))
    drawing = draw("doelgroep", "geslacht", nobody, kind)
    assert drawing.alt.endswith("; er zijn geen cijfers om te tonen.")
    assert ">.<" in drawing.wide
    assert {word for row in drawing.data.rows for word in row.texts} == {"."}


def test_a_population_of_one_gender_is_drawn_with_single_bars() -> None:
    women = {(row, column): ((0, 0) if column == "man" else cell) for (row, column), cell in GENDER.items()}
    drawing = draw("doelgroep", "geslacht", women, "pairs")
    assert drawing.data.columns == ("Vrouwen",)
    assert "In procenten van alle vrouwen in deze groep" in drawing.wide


def test_an_added_table_gets_a_suitable_chart() -> None:
    assert draw("doelgroep", "geslacht", GENDER).title == "Proef: doelgroep"
    assert "Piramide" in draw("leeftijdsklasse", "geslacht", GENDER).alt
    assert "Heatmap" in draw("uitstroomroute", "gemeente", ROUTES).alt


def test_a_long_list_is_cut_and_says_so() -> None:
    many = {
        (f"Land {number:03}", column): (number, 40000)
        for number in range(1, 201)
        for column in ("totaal", "man", "vrouw")
    }
    drawing = draw("land_van_herkomst", "geslacht", many)
    assert "alleen de 20 grootste van 200 (land van herkomst)" in drawing.wide
    assert [row.label for row in drawing.data.rows] == [f"Land {number:03}" for number in range(200, 180, -1)]


def test_many_rows_and_columns_stay_readable() -> None:
    many = {
        (f"Land {row:03}", f"Plaats {column:02}"): (row + column, 40000)
        for row in range(100)
        for column in range(60)
    }
    drawing = draw("land_van_herkomst", "gemeente", many)
    assert (
        "alleen de 20 grootste van 100 (land van herkomst) en de 12 grootste van 60 (gemeente)"
        in drawing.wide
    )
    assert len(drawing.data.rows) <= 20
    assert len(drawing.data.columns) <= 12
    assert float(ElementTree.fromstring(drawing.narrow).attrib["height"]) < 3000
