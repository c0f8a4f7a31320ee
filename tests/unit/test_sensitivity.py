"""Other readings: ages at the edge, what changes, how a report tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from content_sample import chapter_of, inputs, report_of, section, tables, with_files
from statements_sample import judged, settings, sources

from schemas.statement_tables import OUTCOMES, STATEMENTS, Outcome
from wi2007 import reference
from wi2007.dates import all_possible_days
from wi2007.delivery.source import EMPTY, Coded
from wi2007.errors import UserError
from wi2007.population.exclusion import SENSITIVITY, left_out, read_sensitivity
from wi2007.population.persons import ages, edge_classes
from wi2007.publication.chapters.statements import Variants
from wi2007.publication.content.inputs import Inputs
from wi2007.publication.document import Paragraph, Section
from wi2007.statements.published import published as printed
from wi2007.statements.variants import (
    TOO_FEW,
    about,
    from_json,
    outcomes,
    to_json,
)

DAY = date(2022, 7, 1)


def test_the_first_and_the_last_day_give_the_oldest_and_the_youngest_class() -> None:
    births = all_possible_days(["19570000", "19570700", "19570615", "00000000", "20220000"])
    labels = reference.age_labels()
    first, last = ([labels[at] for at in edge_classes(births, DAY, first=one)] for one in (True, False))
    assert first == ["65 en ouder", "65 en ouder", "65 en ouder", "Onbekend", "tot 25", "Onbekend"]
    assert last == ["55 tot 65", "55 tot 65", "65 en ouder", "Onbekend", "tot 25", "Onbekend"]


def test_a_class_that_is_certain_is_that_of_both_edges() -> None:
    births = all_possible_days(["19700000", "19570615", "19570000"])
    certain = ages(births, DAY).classes
    for first in (True, False):
        found = edge_classes(births, DAY, first=first)[:-1]
        assert [at for at, label in zip(found, certain, strict=True) if label != at] == [found[2]]


def test_a_column_that_the_delivery_lacks_excludes_nobody_in_another_reading() -> None:
    wider = next(one for one in read_sensitivity().lezingen if one.id == "elke_nationaliteit")
    second = Coded(["0052", "0339"], np.array([1, 0, EMPTY], dtype=np.int32))
    assert left_out({"nationaliteit_2": second}, 3, wider).tolist() == [True, False, False]
    assert left_out({}, 3, wider).tolist() == [False, False, False]


def test_a_reading_that_would_exclude_nobody_is_a_user_error(tmp_path: Path) -> None:
    path = tmp_path / "gevoeligheid.yaml"
    path.write_text(SENSITIVITY.read_text(encoding="utf-8").replace("[Turks]", "[Turk]"), encoding="utf-8")
    with pytest.raises(UserError, match="'Turk' is geen waarde van gevraagde_nationaliteit"):
        read_sensitivity(path)


def results(fewer: bool = False, others: Sequence[str] = ()) -> list[Outcome]:
    rows = list(inputs().records)
    other = [replace(row, aantal=row.aantal // 2) if row.rij == "Marokko" else row for row in rows]
    found = [list(judged(sources(one)).values()) for one in (rows, other if fewer else rows)]
    return outcomes(found[0], {"anders": found[1]}, settings(), printed(), others)


def test_the_same_tables_change_nothing() -> None:
    found = results()
    assert len(found) == 2 * 37
    assert {one.verandert for one in found} == {"nee"}
    for own, other in zip(found[::2], found[1::2], strict=True):
        assert (own.waarde, own.oordeel) == (other.waarde, other.oordeel)


def test_only_statements_about_who_is_counted_otherwise_change() -> None:
    changed = {one.uitspraak for one in results(fewer=True) if one.verandert == "ja"}
    assert "c04" in changed
    assert not changed & {"c01", "c05", "c12", "c24", "c25"}


def test_where_other_persons_count_a_figure_is_no_verdict_on_the_study() -> None:
    """Of a few persons most statements are denied: what is judged of the report is another group in the variant."""
    found = {(one.uitspraak, one.lezing): one for one in results(fewer=True, others=["anders"])}
    own, other = found["c04", "rapport"], found["c04", "anders"]
    assert (own.oordeel, other.oordeel, other.verandert) == ("niet bevestigd", "andere groep", "ja")
    same = found["c05", "anders"]
    assert (same.oordeel, same.verandert) == (found["c05", "rapport"].oordeel, "nee")
    told = chapter_of(Variants, published(list(found.values()))).counted()
    assert told["andere_groep"]
    assert told["oordeel"] == 0, "another group is no other verdict"
    text = " ".join(
        "".join(span.text for span in block.text)
        for block in part(list(found.values())).blocks
        if isinstance(block, Paragraph)
    )
    assert "daar staat ‘andere groep’" in text


def test_a_variant_is_confirmed_only_where_its_own_figure_bears_that_out() -> None:
    """China 12 → 11%: that rounding could make it 12 is not enough."""
    own = judged(sources(list(inputs().records)))["c05"]
    confirmed = replace(own, oordeel="bevestigd", gepubliceerd="12", waarde="11.83")
    near, far = (replace(confirmed, waarde=value) for value in ("11.52", "11.47"))
    found = outcomes([confirmed], {"dichtbij": [near], "verder": [far]}, settings(), printed(), ())
    assert [(one.lezing, one.waarde, one.oordeel) for one in found] == [
        ("rapport", "12", "bevestigd"),
        ("dichtbij", "12", "bevestigd"),
        ("verder", "11", "niet bevestigd"),
    ]


def test_a_figure_has_no_more_digits_than_its_statement_shows() -> None:
    for one in results(fewer=True):
        for part in filter(None, one.waarde.split(";")):
            assert len(part.partition(".")[2]) <= settings().uitspraken[one.uitspraak].decimalen


def test_files_can_be_read_back() -> None:
    told = about(read_sensitivity(), 5)
    assert OUTCOMES.from_csv(OUTCOMES.to_csv(results())) == results()
    assert from_json(to_json(told)) == told
    assert (told.basis, about(read_sensitivity(), None).basis) == (10, None)


def published(found: list[Outcome], why_not: str = "") -> Inputs:
    told = about(read_sensitivity(), 5, why_not)
    first = replace(told.lezingen[0], id="anders")
    return with_files(
        inputs(),
        uitspraken_csv=STATEMENTS.to_csv(judged(sources(list(inputs().records))).values()),
        gevoeligheid_csv=OUTCOMES.to_csv(found),
        gevoeligheid_json=to_json(replace(told, lezingen=(first,))),
    )


def part(found: list[Outcome], why_not: str = "") -> Section:
    (inner,) = section(report_of(published(found, why_not)), "uitspraken").sections
    return inner


def test_the_report_shows_what_changes_and_only_that() -> None:
    found = results(fewer=True)
    made = part(found)
    (table,) = tables(made)
    numbers = chapter_of(Variants, published(found)).counted()
    assert len(table.rows) == numbers["veranderd"] > 0
    assert all(row.cells[1].text != "gelijk" for row in table.rows)
    assert table.download.startswith("gevoeligheid.")


def test_without_a_change_there_is_a_sentence_and_no_table() -> None:
    made = part(results())
    assert tables(made) == []
    texts = [
        "".join(span.text for span in block.text) for block in made.blocks if isinstance(block, Paragraph)
    ]
    assert any("geen van de varianten" in text for text in texts)


def test_a_group_that_is_too_small_is_told_and_not_shown() -> None:
    made = part([], TOO_FEW)
    assert tables(made) == []
    texts = [
        "".join(span.text for span in block.text) for block in made.blocks if isinstance(block, Paragraph)
    ]
    assert any("te klein" in text for text in texts)
