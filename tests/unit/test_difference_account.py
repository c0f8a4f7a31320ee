"""What went into two reports and what they say otherwise: in words, the largest first, and no digest ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from wi2007.difference.account import Account, Statement, Told
from wi2007.difference.blocks import Beside, markdown, text
from wi2007.difference.given import DELIVERY_UNKNOWN, SAME, Given, differences, from_record
from wi2007.difference.sentences import Pair, moved, split, weight
from wi2007.publication.document import (
    Chart,
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Span,
    Table,
)
from wi2007.run.account import findings

DAY = date(2022, 7, 1)
RECORD: dict[str, Any] = {
    "levering": {"bestand": "mei.csv", "bytes": 10, "sha256": "d1", "indeling": "", "correcties": ""},
    "cbs": {"cbs.xlsx": {"bytes": 1, "sha256": "d2"}},
    "invoer": {
        "config/exclusions.yaml": {"sha256": "d3"},
        "reference/landen.csv": {"sha256": "d4"},
        "schemas/tidy.py": {"sha256": "d5"},
    },
    "instellingen": {"config/exclusions.yaml": {"regels": [1], "volgorde": "a"}},
    "programma": {"versie": "0.1.0", "commit": "0123456789abcdef", "gewijzigd": False, "modules": "d6"},
    "versies": {"python": "3.11.7", "numpy": "2.4.6"},
}
CHANGED = [
    ("levering", {"sha256": "x1"}, "De levering is een andere (mei.csv)."),
    (
        "levering",
        {"bestand": "juni.csv", "sha256": "x1"},
        "De levering is een andere: eerst mei.csv, nu juni.csv.",
    ),
    ("levering", {"correcties": "x2"}, "De correcties (correcties.yaml) zijn erbij gekomen."),
    (
        "levering",
        {"indeling": "x3"},
        "De indeling van de levering (levering.yaml, of wat 'indeling' noemt) is erbij",
    ),
    ("cbs", {"cbs.xlsx": {"sha256": "x4"}}, "Het werkboek van het CBS is veranderd."),
    (
        "invoer",
        {"reference/landen.csv": {"sha256": "x5"}},
        "Codelijsten die anders zijn: reference/landen.csv.",
    ),
    ("invoer", {"schemas/tidy.py": {"sha256": "x6"}}, "Het programma is een ander."),
    (
        "programma",
        {"modules": "x7", "commit": "fedcba9876543210"},
        "eerst versie 0.1.0 (commit 0123456789), nu versie 0.1.0 (commit fedcba9876)",
    ),
    ("versies", {"numpy": "2.5.0"}, "Bibliotheken met een andere versie: numpy (2.4.6 → 2.5.0)."),
]


def with_other(part: str, values: dict[str, Any]) -> Given:
    return from_record({**RECORD, part: {**RECORD[part], **values}})


@pytest.mark.parametrize(("part", "values", "told"), CHANGED)
def test_each_input_that_differs_is_named_and_no_other(part: str, values: dict[str, Any], told: str) -> None:
    (sentence,) = differences(from_record(RECORD), with_other(part, values))
    assert told in sentence


def test_settings_are_named_with_the_keys_that_differ() -> None:
    after = with_other("invoer", {"config/exclusions.yaml": {"sha256": "x8"}})
    after = replace(after, settings={"config/exclusions.yaml": {"regels": [2], "volgorde": "a"}})
    (sentence,) = differences(from_record(RECORD), after)
    assert sentence == "Instellingen die anders zijn: config/exclusions.yaml (regels)."


def test_the_same_is_the_same_and_what_is_not_known_is_said() -> None:
    given = from_record(RECORD)
    assert differences(given, given) == [SAME]
    assert differences(Given(), given) == [DELIVERY_UNKNOWN, "Het werkboek van het CBS is erbij gekomen."]


def test_corrections_that_were_taken_away() -> None:
    (sentence,) = differences(with_other("levering", {"correcties": "x2"}), from_record(RECORD))
    assert sentence.endswith("zijn weggehaald.")


def test_sentences_end_at_their_end() -> None:
    told = "In Amsterdam wonen 1.285 personen (16%). Daarna volgt ‘Den Haag’. 3 van de 4 niet."
    assert split(told) == [
        "In Amsterdam wonen 1.285 personen (16%).",
        "Daarna volgt ‘Den Haag’.",
        "3 van de 4 niet.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        ("1.285 personen", "1.293 personen", 0.0),
        ("1.285 personen", "1.295 personen", 10 / 1285),
        ("16% van 20", "17% van 25", 0.0),
        ("16% van 20", "18% van 20", 0.02),
        ("54,6%", "54,7%", 0.0),
        ("54,6%", "54,8%", 0.002),
    ],
)
def test_a_number_weighs_what_rounding_cannot_explain(before: str, after: str, share: float) -> None:
    assert weight(before, after, noise=8) == pytest.approx(share)


def test_exact_numbers_have_no_rounding() -> None:
    assert weight("54,6% van 1.285", "54,7% van 1.285", noise=0) == pytest.approx(0.001)


def test_numbers_stand_by_what_moved_most_and_words_in_their_order() -> None:
    before = {
        "Eerst": ["Er zijn 100 mensen.", "De meesten wonen in Ede."],
        "Dan": ["Het zijn er 50.", "Weg."],
    }
    after = {
        "Eerst": ["Er zijn 120 mensen.", "De meesten wonen in Urk."],
        "Dan": ["Het zijn er 90.", "Nieuw?"],
    }
    found = moved(before, after, noise=8)
    assert found.renumbered == (
        Pair("Dan", "Het zijn er 50.", "Het zijn er 90."),
        Pair("Eerst", "Er zijn 100 mensen.", "Er zijn 120 mensen."),
    )
    assert found.reworded == (
        Pair("Eerst", "De meesten wonen in Ede.", "De meesten wonen in Urk."),
        Pair("Dan", "Weg.", ""),
        Pair("Dan", "", "Nieuw?"),
    )


def test_the_same_sentence_in_two_chapters_is_told_once_and_rounding_is_counted() -> None:
    before = {"Een": ["Het zijn er 50.", "Van 105 niet."], "Twee": ["Het zijn er 50."]}
    after = {"Een": ["Het zijn er 90.", "Van 100 niet."], "Twee": ["Het zijn er 90."]}
    found = moved(before, after, noise=8)
    assert [pair.where for pair in found.renumbered] == ["Een"]
    assert (found.small, found.reworded) == (1, ())


def test_many_sentences_of_one_pattern_keep_their_pairs() -> None:
    before = {
        "Een": [f"Groep {name} heeft {count} personen." for name, count in (("a", 10), ("b", 20), ("c", 30))]
    }
    after = {
        "Een": [f"Groep {name} heeft {count} personen." for name, count in (("a", 40), ("b", 50), ("c", 60))]
    }
    assert [(one.before[6], one.after[6]) for one in moved(before, after, 8).renumbered] == [
        ("a", "a"),
        ("b", "b"),
        ("c", "c"),
    ]


def test_the_day_of_the_peildatum_is_no_difference() -> None:
    later = date(2023, 10, 1)
    one, other = (
        Account(day, findings={"Een": [f"Op {words} waren er 100."]})
        for day, words in ((DAY, "1 juli 2022"), (later, "1 oktober 2023"))
    )
    assert Told(one, other, 8, ("eerst", "dan"), None).is_empty


def account(**changed: Any) -> Account:
    usual: dict[str, Any] = {
        "given": from_record(RECORD),
        "funnel": {"Personen in de levering": 1000, "Personen in de analyse": 900},
        "remarks": {"Een datum ontbreekt (statusdatum)": "1 tot 5% van de rijen"},
        "findings": {"Samenvatting": ["De meesten wonen in Ede."]},
        "statements": {
            "c01": Statement("Er zijn er 100.", "bevestigd"),
            "c02": Statement("", "niet te berekenen"),
        },
    }
    return Account(DAY, **{**usual, **changed})


def told(after: Account, most: int | None = 10) -> str:
    return markdown(list(Told(account(), after, 8, ("voor", "na"), most).blocks()))


def test_a_report_beside_itself_only_says_that_the_input_is_the_same() -> None:
    assert Told(account(), account(), 8, ("voor", "na"), 10).is_empty
    assert told(account()) == f"### Wat er inging\n\n{SAME}\n"


@pytest.mark.parametrize(
    ("changed", "row"),
    [
        (
            {"funnel": {"Personen in de levering": 1000, "Personen in de analyse": 880}},
            "| Personen in de analyse | 900 | 880 |",
        ),
        ({"funnel": {"Personen in de levering": 1000}}, "| Personen in de analyse | 900 | – |"),
        ({"remarks": {}}, "| Een datum ontbreekt (statusdatum) | 1 tot 5% van de rijen | niet |"),
        (
            {"findings": {"Samenvatting": ["De meesten wonen in Urk."]}},
            "| Samenvatting | De meesten wonen in Ede. | De meesten wonen in Urk. |",
        ),
        (
            {"statements": {"c01": Statement("Er zijn er 150.", "niet bevestigd")}},
            "| c01 | bevestigd: Er zijn er 100. | niet bevestigd: Er zijn er 150. |",
        ),
        (
            {"statements": {"c01": Statement("Er zijn er 150.", "bevestigd")}},
            "| c01 | Er zijn er 100. | Er zijn er 150. |",
        ),
    ],
)
def test_each_kind_of_difference_has_its_row(changed: dict[str, Any], row: str) -> None:
    after = account(**changed)
    assert row in told(after).splitlines()
    assert not Told(account(), after, 8, ("voor", "na"), 10).is_empty


def test_steps_that_rounding_explains_are_not_told() -> None:
    assert told(account(funnel={"Personen in de levering": 1005, "Personen in de analyse": 895})) == told(
        account()
    )


def test_no_more_than_asked_for_is_shown_and_the_rest_counted() -> None:
    before = account(findings={"Een": [f"Zin {word}." for word in "abc"]})
    after = account(findings={"Een": [f"Anders {word}!" for word in "abc"]})
    words = markdown(list(Told(before, after, 8, ("voor", "na"), 2).blocks()))
    assert words.count("| Een |") == 2
    assert "En nog 4. Met --alles staat alles er." in words


def test_a_draft_says_so() -> None:
    assert (
        "Proef, niet voor publicatie" in Told(account(), account(draft=True), 8, ("a", "b"), 1).notices()[0]
    )
    assert Told(account(), account(), 8, ("a", "b"), 1).notices() == []


def test_no_digest_is_ever_told() -> None:
    marks = {"levering": "a" * 64, "indeling": "b" * 64, "correcties": "c" * 64}
    after = replace(
        from_record(RECORD), marks=marks, files={"config/x.yaml": "d" * 64}, workbooks={"w": "e" * 64}
    )
    words = told(account(given=after))
    assert not [letter for letter in "abcde" if letter * 9 in words]


def test_sentences_stand_below_each_other_on_a_screen() -> None:
    block = Beside(("waar", "voor", "na"), (("Samenvatting", "Een.", "Twee."),))
    assert text([block]) == "Samenvatting\n  voor  Een.\n  na    Twee.\n"


def test_findings_are_messages_summary_and_what_stands_out() -> None:
    table = Table("t", "", "", "", "", (), ())
    blocks = (
        Paragraph((Span("Uitleg zonder bevinding."),)),
        Paragraph((Span("Mannen "), Span("vaker.", strong=True)), role="finding"),
        Chart("c", "Titel", "", "", "", table, message="Ede is het grootst"),
    )
    summary = (KeyFigures((KeyFigure("7.920", "nog plichtig", ""),)), Paragraph((Span("De kern."),)))
    made = Document(
        *("",) * 8,
        language="nl",
        keywords=(),
        sections=(
            Section("kern", "", "Samenvatting", summary),
            Section(
                "een", "1", "Wie", sections=(Section("a", "1.1", "Land", blocks, message="Minder dan eerst"),)
            ),
            Section("en", "", "Summary", summary, language="en"),
        ),
    )
    assert findings(made) == {
        "Samenvatting": ["nog plichtig: 7.920", "De kern."],
        "Wie": ["Minder dan eerst", "Mannen vaker.", "Ede is het grootst"],
    }
