"""Classes of a map: round limits, nobody left out, and words that say what is in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wi2007.publication.map.classes import Figure, classes
from wi2007.publication.map.legend import alternative, label
from wi2007.publication.map.settings import Measure


def figures(*counts: int, total: int = 1000) -> list[Figure]:
    return [
        Figure(f"{n:04d}", f"Plaats {n}", count, total, Decimal(count) / total * 100)
        for n, count in enumerate(counts)
    ]


def labels(found: list[Figure], measure: Measure = "aantal") -> list[str]:
    return [label(one, measure) for one in classes(found, measure)]


def test_counts_in_fives_have_limits_in_fives() -> None:
    counts = [0, 0, *[5] * 40, *[10] * 20, *[15] * 10, *[20] * 5, 40, 60, 80, 120, 800]
    assert labels(figures(*counts)) == [
        "0",
        "minder dan 10",
        "10 tot 15",
        "15 tot 20",
        "20 tot 60",
        "60 of meer",
    ]


def test_percentages_have_their_sign_and_dutch_numbers() -> None:
    found = [Figure(f"{n:04d}", "", n, 1000, Decimal(n) / 10) for n in range(1, 31)]
    assert labels(found, "aandeel") == [
        "minder dan 0,8%",
        "0,8 tot 1,5%",
        "1,5 tot 2,5%",
        "2,5 tot 3%",
        "3% of meer",
    ]


def test_large_numbers_have_points() -> None:
    assert labels(figures(1, *[2_000] * 9))[-1] == "2.000 of meer"


def test_a_share_of_nobody_is_a_class_of_its_own_and_a_count_of_nobody_is_none() -> None:
    found = [Figure("0001", "A", 0, 0, None), Figure("0002", "B", 10, 100, Decimal(10))]
    assert labels(found, "aandeel") == ["meer dan 0%", "te weinig personen voor een percentage"]
    assert labels(found, "aantal") == ["0", "meer dan 0"]


@pytest.mark.parametrize(("counts", "told"), [((0, 0), ["0"]), ((5, 5, 5), ["meer dan 0"])])
def test_equal_figures_are_one_class(counts: tuple[int, ...], told: list[str]) -> None:
    assert labels(figures(*counts)) == told


def test_what_is_shown_as_nought_stands_with_the_noughts() -> None:
    """Five of two thousand is shown as 0%: the map may not tell that it is more than none."""
    found = [Figure("0001", "A", 5, 2000, Decimal(0)), Figure("0002", "B", 0, 2000, Decimal(0))]
    (only,) = classes(found, "aandeel")
    assert only.is_nought
    assert only.members == ("0001", "0002")


def test_the_text_alternative_names_the_few_in_the_highest_class() -> None:
    found = figures(0, 0, 0, 5, 5, 5, 5, 10, 60)
    names = {one.code: one.name for one in found}
    told = alternative(classes(found, "aantal"), "aantal", names)
    assert told.startswith("Kaart van Nederland met 9 gemeenten in 4 klassen naar het aantal personen")
    assert "de meeste gemeenten (4) staan in de klasse ‘minder dan 10’" in told
    assert told.endswith("staat Plaats 8.")


def test_the_text_alternative_counts_many_and_says_when_classes_are_equally_large() -> None:
    found = figures(0, 0, 0, 0, 5, 5, 5, 5)
    told = alternative(classes(found, "aandeel"), "aandeel", {one.code: one.name for one in found})
    assert "de klassen ‘0%’ en ‘meer dan 0%’ zijn even groot (4 gemeenten)" in told
    nobody = alternative(classes(figures(0), "aandeel"), "aandeel", {"0000": "Plaats 0"})
    assert nobody.endswith("met 1 gemeente in één klasse naar het deel dat nog inburgeringsplichtig is: 0%.")
