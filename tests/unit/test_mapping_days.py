"""The order of day and month in a whole column, the one form that levering.yaml sets, and dates in three fields."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from schemas.levering import form_parts
from wi2007.delivery.source import EMPTY, Coded
from wi2007.mapping.normalise.column import Column
from wi2007.mapping.normalise.field import Field, Whole
from wi2007.mapping.normalise.rules import listed
from wi2007.mapping.values import Parted

ASKED = "?"


def read(texts: list[str], form: str | None = None) -> list[str]:
    """What the dates of a column become, `ASKED` where they are a question."""
    column = Column("geboortedatum", listed(), date(2022, 7, 1), Field(whole=Whole(lambda: texts), form=form))
    found = [column.read(text) for text in texts]
    return [ASKED if one.question else one.text for one in found]


ORDERS = [
    ("a day above 12 proves it", ["05/06/1970", "15/06/1970"], ["19700605", "19700615"]),
    ("a month that comes second proves it", ["05/06/1970", "06/15/1970"], ["19700506", "19700615"]),
    ("nothing proves it", ["05/06/1970", "06/07/1970"], [ASKED, ASKED]),
    ("two orders", ["05/06/1970", "15/06/1970", "06/15/1970"], [ASKED, ASKED, ASKED]),
    ("the same in both orders", ["05/05/1970", "06/07/1970"], ["19700505", ASKED]),
    ("a day that does not exist proves nothing", ["05/06/1970", "31/02/1970"], [ASKED, "31/02/1970"]),
    ("an unknown day proves it", ["00/06/1970", "05/06/1970"], ["19700600", "19700605"]),
    ("an unknown date proves nothing", ["00/00/1970", "05/06/1970"], ["19700000", ASKED]),
    ("a time is no matter", ["05/06/1970 00:00:00", "15/06/1970 0:00"], ["19700605", "19700615"]),
    ("spaces are no matter", ["05/06/1970", " 15/06/1970"], ["19700605", "19700615"]),
    ("dates in another form prove nothing", ["05/06/1970", "1970-06-15"], [ASKED, "19700615"]),
    ("points have the day first", ["05.06.1970", "06.07.1970"], ["19700605", "19700706"]),
    ("points that cannot have", ["05.06.1970", "06.15.1970"], [ASKED, ASKED]),
    ("hyphens have the day first", ["05-06-1970", "06-15-1970"], ["19700605", "06-15-1970"]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "dates"), [case[1:] for case in ORDERS], ids=[case[0] for case in ORDERS])
def test_the_column_proves_the_order_or_it_is_asked(texts: list[str], dates: list[str]) -> None:
    assert read(texts) == dates


@pytest.mark.parametrize("sign", ["/", "-", "."])
def test_a_column_that_a_program_turned_where_it_could_is_asked(sign: str) -> None:
    left = [sign.join(("15", "06", str(year))) for year in range(1970, 1974)]
    turned = [f"{year}-06-05" for year in range(1970, 1974)]
    assert ASKED in read([*turned, *left])
    assert ASKED in read([*left, *turned])
    assert ASKED not in read([*turned, "1970-06-13", *left])
    assert ASKED not in read([*turned, sign.join(("05", "06", "1970")), *left])


FORMS = [
    ("dd/mm/jjjj", "05/06/1970", "19700605"), ("mm/dd/jjjj", "05/06/1970", "19700506"),
    ("d-m-jjjj", "5-6-1970", "19700605"),
    ("mm-dd-jjjj", "06-15-1970", "19700615"), ("ddmmjjjj", "05061970", "19700605"),
    ("jjjjmmdd", "19700605", "19700605"),
    ("jjjj.dd.mm", "1970.05.06", "19700605"), ("dd mmm jjjj", "05 jun 1970", "19700605"),
    ("ddmmmjjjj", "05JUN1970", "19700605"),
    ("mmm d, jjjj", "June 5, 1970", "19700605"), ("DD/MM/JJJJ", "05/06/1970", "19700605"),
    ("dd/mm/jjjj", "00/00/1970", "19700000"),
    ("dd/mm/jjjj", " 05/06/1970 00:00:00", "19700605"), ("dd/mm/jjjj", "NULL", ""), ("dd/mm/jjjj", "-", ""),
    ("dd/mm/jjjj", "1970-06-05", ASKED), ("dd/mm/jjjj", "19700605", ASKED), ("dd/mm/jjjj", "05-06-1970", ASKED),
    ("dd/mm/jjjj", "05/06/70", ASKED), ("ddmmjjjj", "5061970", ASKED), ("dd/mm/jjjj", "31/02/1970", "19700231"),
    ("dd mmm jjjj", "05 06 1970", ASKED), ("dd mmm jjjj", "05 juin 1970", ASKED),
]  # fmt: skip


@pytest.mark.parametrize(("form", "text", "ours"), FORMS)
def test_the_form_that_is_set_is_the_only_one(form: str, text: str, ours: str) -> None:
    assert read([text], form) == [ours]


@pytest.mark.parametrize(
    "form",
    ["", "dd/mm/jj", "dd/mm", "dd/dd/jjjj", "dd/mm/yyyy", "dmjjjj", "dd/mm/jjjj x", "d1m2jjjj", "ddd/m/jjjj"],
)
def test_what_is_no_form_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        form_parts(form)


PARTS = [
    (("1970", "6", "15"), "19700615"), (("1970.0", " 06", "15,0"), "19700615"), (("1970", "00", "0"), "19700000"),
    (("1970", "", ""), "19700000"), (("1970", "6", ""), "19700600"), (("0", "0", "0"), "00000000"),
    (("0000", "", ""), "00000000"),
    (("", "", ""), ""), (("NULL", ".", "NA"), ""), (("1970", "13", "1"), "19701301"),
    (("1970", "2", "31"), "19700231"),
    (("1970", "99", "99"), "19709999"), (("70", "6", "15"), ASKED), (("1970", "0", "15"), ASKED),
    (("", "6", "15"), ASKED),
    (("1970", "juni", "15"), ASKED), (("1970", "6", "?"), ASKED), (("9999x", "6", "15"), ASKED),
    (("1970", "6", "150"), ASKED),
    (("1970", "6"), "19700600"), (("1970",), "19700000"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "ours"), PARTS)
def test_a_date_in_three_fields(parts: tuple[str, ...], ours: str) -> None:
    fields = [
        Coded([part] if part else [], np.array([0 if part else EMPTY], dtype=np.int32)) for part in parts
    ]
    made, counts, questions = Parted(["NULL", ".", "NA"]).ours(fields)
    (code,) = made.codes
    assert list(questions) == (["datumdelen_onbekend"] if ours == ASKED else [])
    assert (made.values[code] if code != EMPTY else "") == ours.replace(ASKED, "")
    assert counts == {"levering": int(bool(ours.replace(ASKED, "")))}
