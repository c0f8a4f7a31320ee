"""Shares, lists and names in words."""

from fractions import Fraction

import pytest
from content_sample import texts

from wi2007 import reference
from wi2007.publication.content import wording
from wi2007.publication.content.blocks import Share

WORDS = texts().words


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (27, 100, "ruim een kwart (27%)"),
        (36, 100, "ruim een derde (36%)"),
        (66, 100, "ongeveer twee derde (66%)"),
        (50, 100, "de helft (50%)"),
        (1, 3, "een derde (33%)"),
        (48, 100, "bijna de helft (48%)"),
        (58, 100, "meer dan de helft (58%)"),
        (16, 100, "16%"),
        (82, 100, "82%"),
        (43, 100, "43%"),
        (0, 100, "0%"),
        (0, 0, "0%"),
        (100, 100, "100%"),
    ],
)
def test_a_share_in_words(part: int, whole: int, said: str) -> None:
    assert wording.part(Share(part, whole, 0), WORDS) == said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (100, "iedereen (100%)"),
        (99, "bijna iedereen (99%)"),
        (0, "niemand (0%)"),
        (60, "meer dan de helft (60%)"),
    ],
)
def test_how_many_of_a_group(part: int, said: str) -> None:
    assert wording.how_many(Share(part, 100, 0), WORDS) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (1000, 1000, "bijna iedereen (100%)"),
        (100, 100, "100%"),
        (0, 100, "0%"),
        (560, 1000, "meer dan de helft (56%)"),
        (55, 100, "55%"),
        (2600, 10000, "ruim een kwart (26%)"),
        (2520, 10000, "ongeveer een kwart (25%)"),
        (260, 1000, "26%"),
    ],
)
def test_words_hold_for_every_count_that_rounding_leaves(part: int, whole: int, said: str) -> None:
    assert wording.how_many(Share(part, whole, 0, spread=4), WORDS) == said


def test_words_never_say_more_than_the_share() -> None:
    for thousandths in range(1001):
        share = Fraction(thousandths, 1000)
        said = wording.fraction_words(share, WORDS)
        named = next((b for b in WORDS.breuken if said.endswith(b.woorden)), None)
        if not said or said == WORDS.meer_dan_de_helft:
            continue
        assert named is not None
        anchor = Fraction(named.teller, named.noemer)
        assert not said.startswith("ruim") or share > anchor
        assert not said.startswith("bijna") or share < anchor
        assert abs(share - anchor) <= Fraction(5, 100)


def test_rounding_is_half_away_from_zero() -> None:
    assert wording.percent(Share(1, 8, 0)) == "13%"
    assert wording.percent(Share(1, 2000, 1)) == "0,1%"


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_lists(items: list[str], said: str) -> None:
    assert wording.listing(items) == said


def test_one_person_and_more() -> None:
    assert [wording.persons(n) for n in (0, 1, 2, 1000)] == [
        "0 personen",
        "1 persoon",
        "2 personen",
        "1.000 personen",
    ]


def test_articles_belong_to_countries_there_are() -> None:
    labels = {country.label for country in reference.countries().values()}
    for article, names in WORDS.lidwoorden.items():
        assert set(names) <= labels
        assert [wording.with_article(name, WORDS) for name in names] == [
            f"{article} {name}" for name in names
        ]
    assert wording.with_article("Marokko", WORDS) == "Marokko"


def test_every_age_class_has_words() -> None:
    for each in reference.age_classes():
        assert wording.age_words(each.label, WORDS)
    assert wording.age_words(reference.UNKNOWN, WORDS) == {}


def test_capitals_pass_over_quotation_marks() -> None:
    assert wording.capital("‘een’ ding") == "‘Een’ ding"
    assert wording.capital("de Sovjet-Unie") == "De Sovjet-Unie"
    assert wording.capital("") == ""


def test_numbers_in_a_reason_are_written_the_dutch_way() -> None:
    assert (
        wording.rewritten("tabel 2.4 telt met 146112 op tot 236997")
        == "tabel 2.4 telt met 146.112 op tot 236.997"
    )
