"""Ages and classes are what trying every possible day of birth gives."""

from __future__ import annotations

from datetime import date

from engine_oracle import age_class, birthdays, possible_births
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st

from wi2007 import reference
from wi2007.dates import all_possible_days
from wi2007.population.persons import ages

PEILDATA = st.dates(date(2010, 1, 1), date(2040, 12, 31))
DAYS = st.dates(date(1930, 1, 1), date(2009, 12, 31)).map(lambda day: day.strftime("%Y%m%d"))
BIRTHS = st.one_of(
    DAYS, DAYS.map(lambda d: d[:6] + "00"), DAYS.map(lambda d: d[:4] + "0000"), st.just("00000000")
)


@examples(40)
@given(births=st.lists(BIRTHS, min_size=1, max_size=8, unique=True), peildatum=PEILDATA)
@example(births=["19640229", "19720229", "19640200"], peildatum=date(2022, 2, 28))
@example(births=["19640229", "19720229", "19640200"], peildatum=date(2022, 3, 1))
@example(births=["19640229", "19640200"], peildatum=date(2024, 2, 29))
@example(births=["19570700", "19670000", "19570000"], peildatum=date(2022, 7, 1))
@example(births=["19570700", "19571200", "19570000"], peildatum=date(2022, 12, 31))
@example(births=["20100000", "20100200"], peildatum=date(2010, 2, 1))
def test_ages_are_those_of_all_possible_births(births: list[str], peildatum: date) -> None:
    found = ages(all_possible_days(births), peildatum)
    for at, birth in enumerate(births):
        years = {birthdays(day, peildatum) for day in possible_births(birth, peildatum)}
        assert bool(found.certain[at]) == (len(years) == 1)
        if len(years) == 1:
            assert int(found.years[at]) == years.pop()
        assert reference.age_labels()[found.classes[at]] == age_class(birth, peildatum)
