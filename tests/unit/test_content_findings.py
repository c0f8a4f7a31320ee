"""What stands out is chosen rightly: ties, gaps, empty groups, who is larger."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from wi2007.publication.content.blocks import Block, Kind
from wi2007.publication.content.findings import Finding, findings, of_genders
from wi2007.publication.content.surely import Thresholds

LIMITS = Thresholds(
    told=3,
    named=2,
    tied=4,
    listed=2,
    gender_points=Fraction(2),
    average_points=Fraction(2),
    chance=Fraction(0),
    nearly=Fraction(95, 100),
    floor=1,
)


def block(
    rows: dict[str, tuple[int, ...]],
    columns: tuple[str, ...] = ("totaal", "man", "vrouw"),
    variable: str = "land_van_herkomst",
    apart: tuple[str, ...] = (),
) -> Block:
    def kind(label: str) -> Kind:
        return "rest" if label == "Overig" else "apart" if label in apart else "gewoon"

    return Block(
        table="1",
        population="p",
        variable=variable,
        column_variable="geslacht" if "man" in columns else "gemeente",
        rows={label: kind(label) for label in rows},
        columns={label: kind(label) for label in columns},
        counts={(row, column): n for row, ns in rows.items() for column, n in zip(columns, ns, strict=True)},
        bases={column: sum(ns[i] for ns in rows.values()) for i, column in enumerate(columns)},
        decimals=0,
    )


def names(found: list[Finding]) -> list[str]:
    return [finding.name for finding in found]


def test_nobody() -> None:
    assert findings(block({"Marokko": (0, 0, 0), "Overig": (0, 0, 0)}), LIMITS) == [Finding("leeg")]


def test_the_largest_and_those_after_it() -> None:
    found = findings(block({"Marokko": (60, 30, 30), "China": (30, 15, 15), "Overig": (20, 10, 10)}), LIMITS)
    assert names(found) == ["grootste", "geslacht_gelijk"]
    assert found[0].facts["top"] == "Marokko"
    assert [label for label, _ in found[0].facts["daarna"]] == ["China"]
    assert found[0].facts["samen"].part == 90


def test_a_rest_is_never_the_largest() -> None:
    found = findings(block({"Overig": (99, 99, 0), "China": (100, 100, 0)}), LIMITS)
    assert found[0].facts["top"] == "China"


def test_of_what_may_be_as_large_in_the_rest_nothing_is_told() -> None:
    assert findings(block({"Overig": (99, 99, 0), "China": (99, 99, 0)}), LIMITS) == []


def test_only_a_rest() -> None:
    found = findings(block({"China": (0, 0, 0), "Overig": (9, 4, 5)}), LIMITS)
    assert found[0] == Finding("alleen_rest", {"rijen": ["Overig"]})


def test_one_category_for_everybody() -> None:
    assert names(findings(block({"China": (9, 4, 5), "Overig": (0, 0, 0)}), LIMITS))[0] == "iedereen"


def test_ties_at_the_top() -> None:
    rows = dict.fromkeys("ABCDE", (5, 3, 2))
    few = findings(block(dict(list(rows.items())[:3])), LIMITS)[0]
    assert few.name == "gelijk_grootst"
    assert few.facts["namen"] == ["A", "B", "C"]
    many = findings(block(rows), LIMITS)[0]
    assert (many.name, many.facts["aantal"]) == ("velen_gelijk", 5)


@pytest.mark.parametrize(
    ("men", "women", "expected"),
    [((90, 10), (10, 90), ["B", "A"]), ((50, 50), (50, 50), None)],
)
def test_men_and_women(men: tuple[int, int], women: tuple[int, int], expected: list[str] | None) -> None:
    rows = {"A": (men[0] + women[0], men[0], women[0]), "B": (men[1] + women[1], men[1], women[1])}
    found = findings(block(rows), LIMITS)[-1]
    if expected is None:
        assert found == Finding("geslacht_gelijk", {"verschil": Decimal(0)})
    else:
        assert [found.facts[who][0].label for who in ("vrouwen", "mannen")] == expected


def test_no_comparison_with_an_empty_group() -> None:
    assert names(findings(block({"A": (5, 5, 0), "B": (4, 4, 0)}), LIMITS)) == ["grootste"]


def test_a_large_difference_in_the_rest_is_not_called_small() -> None:
    rows = {"A": (100, 50, 50), "Overig": (95, 95, 0), "Register": (95, 0, 95)}
    assert names(findings(block(rows, apart=("Register",)), LIMITS)) == ["grootste"]


@pytest.mark.parametrize(
    ("counts", "majority", "youngest", "unknown"),
    [
        ((0, 10, 30, 60, 0), ("45 tot 55", 60), "25 tot 35", 0),
        ((0, 10, 30, 60, 5), ("45 tot 55", 60), "25 tot 35", 5),
        ((90, 5, 5, 0, 0), None, None, 0),
        ((0, 0, 0, 9, 0), None, "45 tot 55", 0),
    ],
)
def test_ages(
    counts: tuple[int, ...], majority: tuple[str, int] | None, youngest: str | None, unknown: int
) -> None:
    labels = ("tot 25", "25 tot 35", "35 tot 45", "45 tot 55", "Onbekend")
    rows = {label: (count,) for label, count in zip(labels, counts, strict=True)}
    made = block(rows, columns=("totaal",), variable="leeftijdsklasse", apart=("Onbekend",))
    (found,) = findings(made, LIMITS)
    told = found.facts["meerderheid"]
    assert (told and (told[0], told[1].part)) == majority
    assert (found.facts["jongste"], found.facts["onbekend"]) == (youngest, unknown)


COLUMNS = ("Amsterdam", "Den Haag", "RNI", "Overig")


def test_columns_are_compared_without_rest_and_rni() -> None:
    rows = {"Voldaan": (50, 60, 0, 90), "Vertrokken": (10, 20, 40, 5), "Onbekend": (40, 20, 0, 5)}
    found = findings(block(rows, COLUMNS, "uitstroomroute", apart=("RNI",)), LIMITS)
    assert names(found) == ["twee_kolommen", "boven_gemiddeld", "apart"]
    assert [label for label, _ in found[0].facts["hoogst"]] == ["Den Haag"]
    assert [label for label, _ in found[0].facts["laagst"]] == ["Amsterdam"]
    assert found[1].facts["rij"] == "Onbekend"
    assert (found[2].facts["kolom"], found[2].facts["rij"]) == ("RNI", "Vertrokken")


def test_columns_are_compared_with_everybody_in_the_netherlands() -> None:
    """Nearly all of the RNI left the country: with them everybody would seem to have done better than average."""
    rni = "Register niet-ingezetenen"
    rows = {"Voldaan": (600, 500, 0, 0), "Vertrokken": (400, 500, 2000, 0)}
    columns = ("Eindhoven", "Amsterdam", rni, "Overig")
    made = block(rows, columns, "uitstroomroute", apart=(rni,))
    found = findings(made, LIMITS)[0]
    assert (found.facts["gemiddeld"].part, found.facts["gemiddeld"].whole) == (1100, 2000)
    assert found.facts["zonder"] == (rni,)
    assert made.overall("Voldaan").whole == 4000
    off = replace(made, spread=4).average("Voldaan").figure
    assert (off.low, off.high) == (Fraction(1092, 2008), Fraction(1108, 1992))


def test_nothing_is_said_of_whom_no_municipality_is_known() -> None:
    rows = {"Voldaan": (60, 50, 90), "Onbekend": (40, 50, 10)}
    found = findings(
        block(rows, ("Den Haag", "Amsterdam", "Onbekend"), "uitstroomroute", apart=("Onbekend",)), LIMITS
    )
    assert "apart" not in names(found)


def test_of_three_columns_the_highest_and_the_lowest_are_told() -> None:
    rows = {"Voldaan": (500, 600, 700), "Onbekend": (500, 400, 300)}
    columns = ("Amsterdam", "Den Haag", "Eindhoven")
    found = findings(block(rows, columns, "uitstroomroute"), LIMITS)[0]
    assert found.name == "hoog_laag"
    assert [label for label, _ in (*found.facts["hoogst"], *found.facts["laagst"])] == [
        "Eindhoven",
        "Amsterdam",
    ]


def test_a_column_that_is_not_above_the_average_is_not_among_the_highest() -> None:
    """Of few persons (25 tot 35) it is not sure whether they are above the next, which may then not be named either."""
    shares = {
        "25 tot 35": (365, 630),
        "35 tot 45": (3130, 4890),
        "45 tot 55": (5094, 8085),
        "55 tot 65": (4680, 8360),
        "65 en ouder": (1306, 3265),
    }
    rows = {
        "AGI": tuple(part for part, _ in shares.values()),
        "Medisch": tuple(whole - part for part, whole in shares.values()),
    }
    found = findings(block(rows, tuple(shares), "ontheffingsgrond"), replace(LIMITS, chance=Fraction(3)))[0]
    assert found.name == "hoog_laag"
    assert found.facts["hoogst"] == []
    assert [label for label, _ in found.facts["laagst"]] == ["65 en ouder"]


def test_together_is_told_where_it_is_what_the_percentages_add_up_to() -> None:
    """62 and 38 percent are shown, and together they are 99.4: nothing is said of that."""
    rows = {"Oudkomer": (4880, 0, 0), "Nieuwkomer": (2995, 0, 0), "Overig": (45, 0, 0)}
    (found,) = findings(block(rows, variable="doelgroep"), LIMITS)
    assert found.facts["daarna"]
    assert found.facts["samen"] is None


def test_equal_columns_and_one_column() -> None:
    rows = {"Voldaan": (50, 50, 0, 0), "Onbekend": (50, 50, 0, 0)}
    assert names(findings(block(rows, COLUMNS, "uitstroomroute", apart=("RNI",)), LIMITS)) == [
        "kolommen_gelijk"
    ]
    rows = {"Voldaan": (50, 0, 0, 90), "Onbekend": (50, 0, 0, 10)}
    assert names(findings(block(rows, COLUMNS, "uitstroomroute", apart=("RNI",)), LIMITS))[0] == "een_kolom"


def test_men_and_women_without_a_total_say_nothing_about_everybody() -> None:
    rows = {"A": (5, 9), "B": (5, 1)}
    assert names(findings(block(rows, ("man", "vrouw")), LIMITS)) == ["geslacht_verschil"]


def test_men_women_and_unknown_in_a_population() -> None:
    found = of_genders({"totaal": 10, "man": 4, "vrouw": 5}, 0, 0, LIMITS)
    assert found is not None
    assert (found.facts["mannen"].part, found.facts["vrouwen"].part, found.facts["onbekend"]) == (4, 5, 1)
    assert found.facts["meer"] == "vrouwen"
    assert of_genders({"totaal": 0, "man": 0, "vrouw": 0}, 0, 0, LIMITS) is None


def rounded(rows: dict[str, tuple[int, ...]], **more: Any) -> Block:
    return replace(block(rows, **more), spread=4)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((100, 85, 40), ["A"]),
        ((100, 90, 40), ["A"]),
        ((100, 95, 40), ["A", "B"]),
        ((100, 95, 90), None),
        ((45, 45, 40), None),
    ],
)
def test_rounding_leaves_open_which_is_the_largest(counts: tuple[int, ...], told: list[str] | None) -> None:
    made = rounded({label: (count,) for label, count in zip("ABC", counts, strict=True)}, columns=("totaal",))
    found = findings(made, LIMITS)
    names = [
        label
        for one in found
        for label in ([one.facts["top"]] if one.name == "grootste" else [x for x, _ in one.facts["groepen"]])
    ]
    assert names == (told or [])


def test_what_follows_is_told_as_far_as_its_place_is_sure() -> None:
    made = rounded({"A": (200,), "B": (100,), "C": (95,), "D": (20,)}, columns=("totaal",))
    assert findings(made, LIMITS)[0].facts["daarna"] == []
    made = rounded({"A": (200,), "B": (100,), "C": (99,), "D": (20,)}, columns=("totaal",))
    assert [label for label, _ in findings(made, LIMITS)[0].facts["daarna"]] == ["B", "C"]
    made = rounded({"A": (200,), "B": (100,), "C": (60,), "D": (20,)}, columns=("totaal",))
    assert [label for label, _ in findings(made, LIMITS)[0].facts["daarna"]] == ["B", "C"]


def test_a_merged_rest_may_hold_a_larger_category() -> None:
    rows = {"A": (100,), "B": (40,), "Overig": (120,)}
    assert names(findings(rounded(rows, columns=("totaal",)), LIMITS)) == ["grootste"]
    assert findings(replace(rounded(rows, columns=("totaal",)), merged=None), LIMITS) == []
    assert findings(replace(rounded(rows, columns=("totaal",)), merged=95), LIMITS) == []
    assert names(findings(replace(rounded(rows, columns=("totaal",)), merged=60), LIMITS)) == ["grootste"]


def test_a_difference_that_chance_gives_is_not_told() -> None:
    by_chance = {"A": (105, 45, 60), "B": (95, 55, 40)}
    told = {"A": (1050, 450, 600), "B": (950, 550, 400)}
    limits = replace(LIMITS, chance=Fraction(3))
    assert names(findings(block(by_chance), limits)) == []
    assert names(findings(block(told), limits)) == ["geslacht_verschil"]


def test_a_small_difference_is_bounded_by_what_rounding_leaves() -> None:
    equal = {"A": (100, 50, 50), "B": (100, 50, 50)}
    large = {"A": (20000, 10000, 10000), "B": (20000, 10000, 10000)}
    assert "geslacht_gelijk" not in names(findings(rounded(equal), LIMITS))
    found = findings(replace(rounded(large), decimals=1), LIMITS)
    assert found[-1] == Finding("geslacht_gelijk", {"verschil": Decimal("0.1")})


def test_a_group_below_the_floor_has_no_percentages() -> None:
    limits = replace(LIMITS, floor=50)
    assert findings(block({"A": (40, 30, 10), "Overig": (5, 5, 0)}), limits) == [
        Finding("te_klein", {"aantal": 45})
    ]
    assert names(findings(block({"A": (60, 59, 1), "B": (10, 10, 0)}), limits)) == ["grootste"]
    columns = {"Voldaan": (5, 600, 0, 60), "Vertrokken": (35, 300, 0, 40)}
    (found, *_) = findings(block(columns, COLUMNS, "uitstroomroute", apart=("RNI",)), limits)
    assert [label for label, _ in found.facts["hoogst"]] == ["Den Haag"]
    assert found.facts["laagst"] == []


def test_what_is_rounded_to_nobody_in_the_rest_may_be_as_large_as_what_ranks_last() -> None:
    """Of a country that shows 5 there may be one person, and of one in a rest that shows 0 as well."""
    rows = {"Turkije": (545, 545, 0), "Marokko": (5, 5, 0), "Overig": (0, 0, 0)}
    (found,) = findings(rounded(rows), LIMITS)[:1]
    assert (found.name, found.facts["top"], found.facts["daarna"]) == ("grootste", "Turkije", [])
    (found,) = findings(rounded({**rows, "Marokko": (50, 50, 0)}), LIMITS)[:1]
    assert [label for label, _ in found.facts["daarna"]] == ["Marokko"]
