from datetime import date
from itertools import pairwise

import pytest

from wi2007 import reference


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2013, 1, 1), 408),
        (date(2014, 1, 1), 403),
        (date(2019, 1, 1), 355),
        (date(2022, 1, 1), 345),
        (date(2022, 3, 24), 344),
        (date(2022, 7, 1), 344),
        (date(2023, 1, 1), 342),
    ],
)
def test_number_of_municipalities_is_the_known_one(day: date, number: int) -> None:
    special = {reference.RNI, reference.UNKNOWN_CODE}
    valid = [code for code, item in reference.municipalities().items() if item.valid_on(day)]
    assert len(set(valid) - special) == number


def test_readers_see_the_usual_names() -> None:
    assert reference.municipalities()["0518"].label == "Den Haag"
    assert reference.countries()["6014"].label == "Verenigde Staten"


def test_former_states_keep_their_own_code() -> None:
    countries = reference.countries()
    assert countries["6045"].label == "Joegoslavië"
    assert countries["9049"].label == "Sovjet-Unie"
    assert {"6068", "5102", "5053"} <= countries.keys()


def test_every_successor_is_a_municipality_and_every_code_has_one_main_successor() -> None:
    known = reference.municipalities().keys()
    main = [item.code for item in reference.reorganisations() if item.main_successor]
    assert all(item.successor in known for item in reference.reorganisations())
    assert len(main) == len(set(main))
    assert set(main) == {item.code for item in reference.reorganisations()}


def test_age_classes_join_without_gap_or_overlap() -> None:
    classes = reference.age_classes()
    assert classes[0].lower == 0
    assert classes[-1].upper is None
    assert all(left.upper == right.lower for left, right in pairwise(classes))


def test_routes_are_the_seven_of_the_study() -> None:
    assert len(reference.routes()) == 7
    assert "Nog steeds inburgeringsplichtig" in reference.routes()
