"""How who is still obliged is spread over the municipalities: as the full table shows it."""

from __future__ import annotations

from collections.abc import Iterable

from content_sample import PEOPLE, PROTECTED, People, chapter_of, inputs, report_of, section, sentences

from wi2007 import reference
from wi2007.publication.chapters.spread import Spreading

LARGE = ("0363", "0599", "0518", "0344")


def obliged(sizes: Iterable[tuple[str, int]]) -> People:
    """So many persons who are still obliged in each of these municipalities."""
    return {("M", "5022", code, "45 tot 55", "IBP", "OUDKOMER"): size for code, size in sizes}


def test_municipalities_are_counted_by_what_the_table_shows() -> None:
    """Four with 60, one with 50, one with 11, one with 10, one with 1; the RNI is no municipality."""
    others = [("0014", 50), ("0034", 11), ("0037", 10), ("0047", 1), ("1999", 40)]
    made = chapter_of(Spreading, inputs(obliged([*((code, 60) for code in LARGE), *others])))
    found = made.values()["spreiding"]
    valid = [
        code
        for code, item in reference.municipalities().items()
        if code not in reference.NO_MUNICIPALITY and item.valid_on(made.inputs.account.peildatum)
    ]
    assert found.gemeenten == len(valid)
    assert found.met_weinig == len(valid) - 6
    assert found.met_veel == 5
    assert (found.in_grootste.part, found.in_grootste.whole) == (312, 312)


def test_the_largest_municipalities_are_told_as_a_part_of_who_lives_in_the_netherlands() -> None:
    people = obliged([*((code, 100) for code in LARGE), ("1999", 200)])
    made = chapter_of(Spreading, inputs(people))
    found = made.values()["spreiding"]
    assert (found.in_grootste.part, found.in_grootste.whole) == (400, 400)


def test_every_municipality_is_in_one_class_of_the_chart() -> None:
    people = obliged(zip(LARGE, (5, 6, 95, 96), strict=True))
    made = chapter_of(Spreading, inputs(people))
    (chart,) = made.charts["spreiding"]
    number = made.values()["spreiding"].gemeenten
    labels = [row.label for row in chart.data.rows]
    assert labels == [
        "0",
        "1 tot en met 5",
        "6 tot en met 10",
        "11 tot en met 45",
        "46 tot en met 95",
        "96 of meer",
    ]
    assert [row.values[0] for row in chart.data.rows][1:] == [round(100 / number)] * 2 + [0] + [
        round(100 / number)
    ] * 2


def test_of_rounded_counts_no_class_is_called_the_largest() -> None:
    """A municipality that shows 5 may have one to nine: its class is that of what is shown."""
    people = obliged(zip(LARGE, (50, 60, 95, 100), strict=True))
    for rounding, told in ((None, True), (PROTECTED, False)):
        made = chapter_of(Spreading, inputs(people, afronding=rounding))
        (chart,) = made.charts["spreiding"]
        assert ("het grootst is" in chart.alt) == told
        assert ("afgerond aantal" in chart.alt) != told


def test_the_report_tells_the_spread_once_in_its_summary_and_once_in_its_chapter() -> None:
    document = report_of(inputs(PEOPLE))
    told = " ".join(sentences(section(document, "spreiding")))
    assert "gemeenten met 10 personen of minder" in told
    assert any(text.startswith("Waar.") for text in sentences(section(document, "kerncijfers")))


def test_of_too_few_persons_no_spread_is_told() -> None:
    document = report_of(inputs(obliged([("0363", 4)])))
    assert "spreiding" not in [chapter.id for chapter in document.sections]
